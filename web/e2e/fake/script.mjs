// A little conversation partner for looking at the widget: one word asks for each card.
export const cards = {
  order: { id: 'c-order', kind: 'order', status: 'open', title: '订单 XE20261120001', body: { order_id: 'o1', number: 'XE20261120001', status: 'shipped', status_text: '运输中', placed_at: '2026-11-20T09:12:00+08:00', total: { amount: 45800, currency: 'CNY' }, items: [{ sku: 's1', name: '云步缓震跑鞋 42 码', image: '/shop/pictures/p1.svg', quantity: 1, price: { amount: 32900, currency: 'CNY' } }, { sku: 's2', name: '山泉真空保温杯 480 ml', image: '/shop/pictures/p2.svg', quantity: 1, price: { amount: 12900, currency: 'CNY' } }] }, actions: [{ id: 'say:查物流', label: '查物流', style: 'primary' }, { id: 'say:申请退货', label: '申请退货' }] },
  track: { id: 'c-track', kind: 'track', status: 'open', title: '物流进度', body: { order_number: 'XE20261120001', carrier: '青鸟快运', tracking_number: 'QN7784120093', status_text: '运输中', eta: '2026-11-23T18:00:00+08:00', events: [{ at: '2026-11-22T08:30:00+08:00', text: '到达杭州转运中心', place: '杭州' }, { at: '2026-11-21T21:10:00+08:00', text: '离开上海分拨中心', place: '上海' }, { at: '2026-11-20T16:00:00+08:00', text: '包裹已揽收', place: '上海' }] }, actions: [] },
  product: { id: 'c-product', kind: 'product', status: 'open', title: '为您找到这些', body: { products: [1, 2, 3, 4].map((n) => ({ product_id: `p${n}`, sku: `s${n}`, name: ['云步缓震跑鞋', '山泉真空保温杯', '柴米 IH 电饭煲', '林间双肩背包'][n - 1], image: `/shop/pictures/p${n}.svg`, price: { amount: [32900, 12900, 59900, 25900][n - 1], currency: 'CNY' }, stock_text: n === 3 ? '仅剩 2 件' : '有货', url: `/shop/products/p${n}` })) }, actions: [] },
  store: { id: 'c-store', kind: 'store', status: 'open', title: '附近门店', body: { stores: [{ store_id: 'st1', name: 'Verdant 湖滨店', address: '杭州市上城区湖滨路 88 号', phone: '0571-8800-1234', hours_text: '10:00–22:00', stock_text: '有货 6 件', distance_km: 1.2 }, { store_id: 'st2', name: 'Verdant 城西店', address: '杭州市西湖区古墩路 701 号', phone: '0571-8800-5678', hours_text: '10:00–21:30', stock_text: '仅剩 1 件', distance_km: 6.8 }] }, actions: [] },
  choice: { id: 'c-choice', kind: 'choice', status: 'open', title: '请选择要退的商品', body: { prompt: '这个订单里有两件商品：', options: [{ value: 's1', label: '云步缓震跑鞋', detail: '42 码 · ¥329', image: '/shop/pictures/p1.svg' }, { value: 's2', label: '山泉真空保温杯', detail: '480 ml · ¥129', image: '/shop/pictures/p2.svg' }] }, actions: [{ id: 'choose:s1', label: '云步缓震跑鞋' }, { id: 'choose:s2', label: '山泉真空保温杯' }] },
  confirm: { id: 'c-confirm', kind: 'confirm', status: 'open', title: '确认退货', body: { summary: '退回 1 件商品，退款原路返回。', lines: [{ label: '商品', value: '云步缓震跑鞋 42 码' }, { label: '退款', value: '¥329.00' }, { label: '方式', value: '上门取件' }], expires_at: '2026-11-22T20:30:00+08:00' }, actions: [{ id: 'confirm', label: '确认退货', style: 'primary' }, { id: 'cancel', label: '取消' }] },
  form: { id: 'c-form', kind: 'form', status: 'open', title: '预约维修', body: { fields: [{ name: 'fault', label: '故障现象', type: 'textarea', required: true }, { name: 'when', label: '上门日期', type: 'date', required: true }, { name: 'slot', label: '时段', type: 'select', options: [{ value: 'am', label: '上午' }, { value: 'pm', label: '下午' }] }, { name: 'phone', label: '联系电话', type: 'phone' }] }, actions: [{ id: 'submit', label: '提交预约', style: 'primary' }, { id: 'cancel', label: '取消' }] },
  ticket: { id: 'c-ticket', kind: 'ticket', status: 'open', title: '工单已登记', body: { ticket_id: 't1', number: 'T-20261122-0007', title: '跑鞋开胶，申请处理', status: 'open', status_text: '处理中', department: '品质部', due_at: '2026-11-24T18:00:00+08:00', events: [{ at: '2026-11-22T10:00:00+08:00', text: '工单已登记' }] }, actions: [] },
  rating: { id: 'c-rating', kind: 'rating', status: 'open', title: '', body: { scale: 5 }, actions: [1, 2, 3, 4, 5].map((n) => ({ id: `rate:${n}`, label: String(n) })) },
}

const sleep = (ms) => new Promise((r) => setTimeout(r, ms))

export async function demoAnswer(c, m) {
  await sleep(400)
  c.push('marks', { delivered: m.seq, read: m.seq })
  c.push('typing', { author: 'agent', on: true })
  await sleep(700)
  const named = Object.keys(cards).filter((k) => m.text.includes(k))
  if (/人工|person/i.test(m.text)) {
    c.status({ handler: 'waiting', queue: 2 })
    c.append({ author: 'system', kind: 'notice', text: '已为您转接人工，请稍候' })
    await sleep(1500)
    c.status({ handler: 'staff', staffName: '陈晓', queue: undefined })
    c.append({ author: 'system', kind: 'notice', text: '陈晓 已加入对话' })
    return c.append({ author: 'staff', author_name: '陈晓', text: '您好，我是陈晓，前面的对话我已经看过了。您的跑鞋开胶问题，我马上为您处理。' })
  }
  if (named.length) return named.forEach((k) => c.append({ author: 'agent', kind: 'card', card: cards[k] }))
  for (const part of ['签收后 ', '**7 天**', '内可以无理由', '退货。']) {
    c.push('delta', { turn_id: 'x', text: part })
    await sleep(150)
  }
  c.append({ author: 'agent', turn_id: 'x', text: '签收后 **7 天**内可以无理由退货：\n\n- 商品完好、吊牌和配件齐全\n- 定制与贴身衣物除外\n\n需要我现在帮您申请吗？', citations: [{ passage_id: 'p-return', article_id: 'a1', title: '七天无理由退货规则' }], suggestions: ['帮我退跑鞋', '退款多久到账', '怎么寄回'] })
}
