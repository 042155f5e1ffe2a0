// Every word the widget itself says, in both languages. The shop may replace any of them through /config.
import type { Locale } from '../protocol'

const ZH = {
  title: '在线客服',
  greeting: '您好，我是智能客服小二。订单、物流、退换、门店，都可以问我。',
  ai: 'AI 生成',
  agent: '小二',
  person: '人工客服',
  you: '我',
  log: '对话记录',
  placeholder: '输入消息…',
  placeholderClosed: '再说一句即可继续本次对话',
  send: '发送',
  image: '发送图片',
  human: '转人工',
  humanSay: '转人工',
  close: '收起对话',
  back: '返回',
  menu: '更多',
  tickets: '我的工单',
  noTickets: '还没有工单。遇到问题时直接告诉我，我会为您登记并跟进。',
  ticketsFailed: '工单没有加载出来。请检查网络后重试。',
  ticketDue: '预计处理完成',
  ticketDepartment: '负责部门',
  refresh: '刷新',
  byAgent: '智能客服为您服务',
  byWaiting: '正在为您转接人工',
  byQueue: '正在转接人工，前面还有 {n} 位',
  byStaff: '{name} 为您服务',
  closed: '本次对话已结束',
  again: '开始新对话',
  typing: '{name} 正在输入',
  connecting: '连接中断，正在重新连接…',
  offline: '网络已断开。恢复后会自动连接，未发送的消息会保留。',
  reduced: '当前服务繁忙，回答可能较简短；需要时可转人工。',
  tryNow: '立即重试',
  loading: '正在打开对话…',
  failed: '对话没有打开。请检查网络，然后重试。',
  retry: '重试',
  unsent: '未发送',
  refused: '未能发送',
  sending: '发送中',
  sent: '已发送',
  delivered: '已送达',
  read: '已读',
  edit: '修改',
  remove: '删除',
  source: '来源',
  sources: '参考来源',
  openSource: '查看来源：{title}',
  sourceFailed: '没能打开这条来源，它可能已更新。您可以重试，或转人工确认。',
  updated: '更新于 {date}',
  openPage: '打开原文',
  tooBig: '图片超过 5 MB，请压缩后再发。',
  wrongType: '只能发送 PNG、JPEG、WebP 或 GIF 图片。',
  picture: '图片',
  newMessages: '有新消息',
  today: '今天',
  yesterday: '昨天',
  done: '已完成',
  cancelled: '已取消',
  expired: '已过期，请重新提出',
  working: '处理中…',
  pressFailed: '没有成功，请再试一次或转人工。',
  quantity: '×{n}',
  total: '合计',
  stock: '库存',
  call: '拨打 {phone}',
  distance: '距您 {km} km',
  expires: '请在 {time} 前确认',
  choose: '请选择',
  submit: '提交',
  required: '请填写“{label}”',
  optional: '选填',
  rate: '请为本次服务打分',
  stars: '{n} 星',
  thanks: '感谢您的评价！',
  eta: '预计送达',
  details: '查看详情',
  suggestions: '您可能想问',
  notAllowed: '此页面未获准使用客服。请在设置中登记该网站。',
  copy: '复制单号',
  copied: '已复制',
}

export type Words = typeof ZH

const EN: Words = {
  title: 'Customer service',
  greeting: "Hi, I'm Xiaoer, the shop's AI assistant. Ask me about orders, delivery, returns or our stores.",
  ai: 'AI-generated',
  agent: 'Xiaoer',
  person: 'Customer service',
  you: 'You',
  log: 'Conversation',
  placeholder: 'Write a message…',
  placeholderClosed: 'Write again to continue this conversation',
  send: 'Send',
  image: 'Send a picture',
  human: 'Talk to a person',
  humanSay: 'Talk to a person',
  close: 'Close chat',
  back: 'Back',
  menu: 'More',
  tickets: 'My requests',
  noTickets: 'No requests yet. Tell me about any problem and I will file it and keep you posted.',
  ticketsFailed: 'Your requests could not be loaded. Check your connection and try again.',
  ticketDue: 'Expected by',
  ticketDepartment: 'Handled by',
  refresh: 'Refresh',
  byAgent: 'AI assistant, at your service',
  byWaiting: 'Finding a person for you',
  byQueue: 'Finding a person, {n} ahead of you',
  byStaff: '{name} is with you',
  closed: 'This conversation has ended',
  again: 'Start a new one',
  typing: '{name} is typing',
  connecting: 'Connection lost. Reconnecting…',
  offline: 'You are offline. We reconnect by ourselves; unsent messages are kept.',
  reduced: 'We are busy, so answers may be brief. You can always ask for a person.',
  tryNow: 'Try now',
  loading: 'Opening the chat…',
  failed: 'The chat could not be opened. Check your connection, then try again.',
  retry: 'Try again',
  unsent: 'Not sent',
  refused: 'Could not be sent',
  sending: 'Sending',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  edit: 'Edit',
  remove: 'Remove',
  source: 'Source',
  sources: 'Sources',
  openSource: 'Open source: {title}',
  sourceFailed: 'This source could not be opened; it may have changed. Try again, or ask a person.',
  updated: 'Updated {date}',
  openPage: 'Open page',
  tooBig: 'The picture is larger than 5 MB. Please send a smaller one.',
  wrongType: 'Only PNG, JPEG, WebP and GIF pictures can be sent.',
  picture: 'Picture',
  newMessages: 'New messages',
  today: 'Today',
  yesterday: 'Yesterday',
  done: 'Done',
  cancelled: 'Cancelled',
  expired: 'Expired, please ask again',
  working: 'Working…',
  pressFailed: 'That did not work. Try again or ask for a person.',
  quantity: '×{n}',
  total: 'Total',
  stock: 'Stock',
  call: 'Call {phone}',
  distance: '{km} km away',
  expires: 'Please confirm by {time}',
  choose: 'Please choose',
  submit: 'Submit',
  required: 'Please fill in “{label}”',
  optional: 'optional',
  rate: 'How did we do?',
  stars: '{n} of 5 stars',
  thanks: 'Thank you for rating us!',
  eta: 'Expected',
  details: 'Details',
  suggestions: 'You may want to ask',
  notAllowed: 'This page may not use the chat. Add its origin in the settings.',
  copy: 'Copy number',
  copied: 'Copied',
}

/** The words of a language, with the shop's own on top. */
export function words(locale: Locale, own?: Record<string, string>): Words {
  const base = locale === 'en' ? EN : ZH
  if (!own) return base
  const known = Object.entries(own).filter(([k, v]) => k in base && typeof v === 'string')
  return { ...base, ...Object.fromEntries(known) }
}

export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (all, key: string) => (key in values ? String(values[key]) : all))
}

/** Minor units to what a person reads: ¥1,299 or $12.50. */
export function money(m: { amount: number; currency: string } | undefined, locale: Locale): string {
  if (!m || typeof m.amount !== 'number') return ''
  try {
    const whole = m.amount % 100 === 0
    return new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : 'en', {
      style: 'currency',
      currency: m.currency || 'CNY',
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: whole ? 0 : 2,
    }).format(m.amount / 100)
  } catch {
    return `${m.amount / 100} ${m.currency}` // a currency code the browser does not know
  }
}

export function clock(at: string | undefined, locale: Locale): string {
  const t = at ? new Date(at) : undefined
  if (!t || Number.isNaN(+t)) return ''
  return t.toLocaleTimeString(locale === 'zh' ? 'zh-CN' : 'en', { hour: '2-digit', minute: '2-digit', hour12: false })
}

export function day(at: string | undefined, locale: Locale, w: Words, now = new Date()): string {
  const t = at ? new Date(at) : undefined
  if (!t || Number.isNaN(+t)) return ''
  const days = Math.round((+midnight(now) - +midnight(t)) / 86_400_000)
  if (days === 0) return w.today
  if (days === 1) return w.yesterday
  return t.toLocaleDateString(locale === 'zh' ? 'zh-CN' : 'en', { month: 'short', day: 'numeric', ...(t.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }) })
}

/** Today's times as a clock, other days with their date. */
export function when(at: string | undefined, locale: Locale, w: Words): string {
  const d = day(at, locale, w)
  if (!d) return at ?? ''
  return d === w.today ? clock(at, locale) : `${d} ${clock(at, locale)}`
}

function midnight(t: Date): Date {
  return new Date(t.getFullYear(), t.getMonth(), t.getDate())
}
