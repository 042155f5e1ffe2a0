// The one script tag on the shop's page: makes the button and the frame, and carries the page's calls to the frame.
// It lives in a shadow root, so that neither side's styles reach the other, and touches nothing else of the page.
import { readFrame, trusted, wrap, type HostMessage, type Identity, type Locale, type Theme } from './protocol'

type Call = [command: string, ...rest: unknown[]]
interface Api {
  (...call: Call): void
  q?: ArrayLike<unknown>[]
  live?: boolean
}
declare global {
  interface Window {
    xiaoer?: Api
  }
}

const CSS = `:host{all:initial}
button{font:600 15px/1 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;border:0;cursor:pointer}
.b{position:fixed;right:20px;bottom:calc(20px + env(safe-area-inset-bottom));z-index:2147483000;display:flex;align-items:center;gap:8px;height:52px;padding:0 20px 0 16px;border-radius:26px;background:var(--b,#0f766e);color:var(--o,#fff);box-shadow:0 6px 20px rgb(10 40 36/.28);transition:transform .15s}
.b:hover{transform:translateY(-2px)}
button:focus-visible{outline:3px solid var(--b,#0f766e);outline-offset:3px}
.n{position:absolute;top:-5px;right:-3px;min-width:20px;height:20px;line-height:20px;border-radius:10px;background:#b42318;color:#fff;font-size:12px;text-align:center}
.t{position:fixed;right:20px;bottom:calc(84px + env(safe-area-inset-bottom));z-index:2147483000;max-width:280px;padding:12px 14px;border-radius:14px 14px 4px 14px;background:#fff;color:#16211f;font-weight:400;line-height:1.5;text-align:start;box-shadow:0 6px 24px rgb(10 40 36/.22)}
iframe{position:fixed;right:20px;bottom:calc(20px + env(safe-area-inset-bottom));z-index:2147483001;width:392px;height:min(680px,calc(100dvh - 40px));border:0;border-radius:16px;box-shadow:0 16px 48px rgb(10 40 36/.28);color-scheme:light}
.f iframe{inset:0;width:100%;height:100dvh;border-radius:0}
[hidden]{display:none!important}
@media(prefers-reduced-motion){.b{transition:none}}`

const WORDS = {
  zh: { name: '在线客服', open: '咨询客服', unread: '条未读消息' },
  en: { name: 'Customer service chat', open: 'Chat with us', unread: 'unread' },
}

function start(script: HTMLScriptElement): void {
  const doc = document
  const data = script.dataset
  const service = new URL(script.src).origin
  const small = matchMedia('(max-width:520px)')
  let locale: Locale = word(data.locale ?? doc.documentElement.lang)
  let theme = (data.theme ?? 'auto') as Theme
  let ready = false
  let opened = false
  let page = location.href
  const waiting: HostMessage[] = []
  const hear: Record<string, (v?: unknown) => unknown> = {}

  const root = doc.createElement('div')
  const shadow = root.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(CSS)
  shadow.adoptedStyleSheets = [sheet]
  const wrapper = add(shadow, 'div')
  const button = add(wrapper, 'button', 'b')
  const icon = doc.createElementNS('http://www.w3.org/2000/svg', 'svg')
  for (const [k, v] of [['width', '22'], ['height', '22'], ['viewBox', '0 0 24 24'], ['aria-hidden', 'true']]) icon.setAttribute(k!, v!)
  const path = icon.appendChild(doc.createElementNS('http://www.w3.org/2000/svg', 'path'))
  path.setAttribute('d', 'M12 3C6.9 3 3 6.5 3 10.9c0 2.5 1.3 4.7 3.4 6.2L6 21l4-2.3c.6.1 1.3.2 2 .2 5.1 0 9-3.5 9-8S17.1 3 12 3Z')
  path.setAttribute('fill', 'currentColor')
  button.append(icon)
  const label = add(button, 'span')
  const badge = add(button, 'span', 'n')
  const teaser = add(wrapper, 'button', 't')
  const frame = doc.createElement('iframe')
  badge.hidden = teaser.hidden = frame.hidden = true
  button.setAttribute('aria-haspopup', 'dialog')
  button.onclick = teaser.onclick = () => show(true)

  function say(m: HostMessage): void {
    if (ready) frame.contentWindow?.postMessage(wrap(m), service)
    else waiting.push(m)
  }

  function words(): void {
    frame.title = WORDS[locale].name
    label.textContent = WORDS[locale].open
  }

  function show(open: boolean): void {
    if (open === opened) return
    opened = open
    frame.hidden = !open
    button.hidden = open
    fit()
    if (open) {
      badge.hidden = teaser.hidden = true
      frame.focus()
    } else button.focus()
    say({ type: open ? 'open' : 'close' })
    hear[open ? 'open' : 'close']?.()
  }

  function fit(): void {
    wrapper.className = small.matches ? 'f' : ''
    // the page behind a full screen chat must not scroll
    doc.documentElement.style.overflow = opened && small.matches ? 'hidden' : ''
  }

  function unread(count: number, text: string): void {
    if (opened) return
    badge.hidden = teaser.hidden = !count
    badge.textContent = String(count)
    badge.setAttribute('aria-label', `${count} ${WORDS[locale].unread}`)
    teaser.textContent = text
    teaser.hidden = !text || !count
    hear.unread?.(count)
  }

  function go(url: string): void {
    if (hear.link) hear.link(url)
    else if (new URL(url, service).origin === location.origin) location.assign(url)
  }

  const commands: Record<string, (a?: any, b?: any) => void> = {
    open: () => show(true),
    close: () => show(false),
    // the shopper pressed something on the page that asks this
    ask: (text: string) => {
      show(true)
      say({ type: 'ask', text })
    },
    identify: (identity?: Identity | null) => say({ type: 'identify', identity: identity ?? null }),
    track: (event: string | { type: string; properties?: object }, properties?: object) => {
      if (page !== location.href) say({ type: 'page', page: (page = location.href) })
      const { type, properties: own } = typeof event === 'string' ? { type: event, properties } : event
      say({ type: 'track', event: { type, at: new Date().toISOString(), properties: { ...own } } })
    },
    locale: (l: string) => {
      locale = word(l)
      words()
      say({ type: 'locale', locale })
    },
    theme: (t: Theme) => say({ type: 'theme', theme: (theme = t) }),
    on: (name: string, f: (v?: unknown) => unknown) => (hear[name] = f),
  }

  addEventListener('message', (e) => {
    if (!trusted(e, frame.contentWindow, service)) return
    const m = readFrame(e.data)
    if (!m) return
    if (m.type === 'ready') {
      ready = true
      say({ type: 'hello', locale, theme, page, narrow: small.matches })
      waiting.splice(0).forEach(say)
    } else if (m.type === 'close') show(false)
    else if (m.type === 'unread') unread(m.count, m.text)
    else if (m.type === 'brand') {
      root.style.setProperty('--b', m.brand)
      root.style.setProperty('--o', m.on_brand)
    } else go(m.url)
  })
  small.onchange = fit

  const api: Api = (name, ...rest) => {
    const command = Object.prototype.hasOwnProperty.call(commands, name) && commands[name]
    if (command) command(...(rest as [unknown, unknown]))
    else console.warn(`xiaoer: unknown command "${name}"; known: ${Object.keys(commands).join(', ')}`)
  }
  const early = window.xiaoer?.q ?? []
  api.live = true
  window.xiaoer = api

  words()
  fit()
  frame.allow = 'clipboard-write'
  frame.src = `${service}/widget/frame?account=${encodeURIComponent(data.account ?? 'web')}&origin=${encodeURIComponent(location.origin)}&locale=${locale}&theme=${theme}`
  wrapper.append(frame)
  doc.body.append(root)
  if (data.customerId && data.signature) commands.identify!({ customer_id: data.customerId, signature: data.signature })
  for (const call of early) api(...(Array.from(call) as Call))

  function add<K extends keyof HTMLElementTagNameMap>(to: ParentNode, tag: K, name = ''): HTMLElementTagNameMap[K] {
    const made = doc.createElement(tag)
    made.className = name
    to.append(made)
    return made
  }
}

function word(tag: string): Locale {
  return !tag || /^zh/i.test(tag) ? 'zh' : 'en'
}

// currentScript is gone by the time a deferred callback runs
const script = document.currentScript as HTMLScriptElement | null
if (script && !window.xiaoer?.live) {
  if (document.body) start(script)
  else addEventListener('DOMContentLoaded', () => start(script))
}
