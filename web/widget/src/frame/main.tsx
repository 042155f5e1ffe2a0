// The frame's beginning: who embeds us, in which language and light, and when the chat has to start.
import { render } from 'preact'
import { httpApi } from '../core/api'
import { Chat } from '../core/chat'
import { localShelf, Memory } from '../core/memory'
import { plain } from '../core/richtext'
import type { Config } from '../core/wire'
import { readHost, trusted, wrap, type FrameMessage, type HostMessage, type Locale, type Theme } from '../protocol'
import { App } from './App'
import { learn, learnt, words } from './texts'

const query = new URLSearchParams(location.search)
const host = originOf(query.get('origin'))
const root = document.getElementById('app')!
const api = httpApi('/widget/v1')
const dark = matchMedia('(prefers-color-scheme: dark)')

let locale: Locale = query.get('locale') === 'en' ? 'en' : 'zh'
let theme: Theme = 'auto'
let page = ''
let config: Config = {}
let shown = false
let greeted = false

const chat = new Chat({
  api,
  memory: new Memory(query.get('account') ?? 'web', localShelf()),
  locale: () => locale,
  page: () => page,
  newId: () => crypto.randomUUID?.() ?? `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`,
})

function say(m: FrameMessage): void {
  // the exact origin: a page that lied about it never gets the message
  if (host) parent.postMessage(wrap(m), host)
}

function draw(): void {
  if (!learnt(locale)) return // drawn again when the words are here
  const w = words(locale, config.texts)
  document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en'
  document.title = config.title || w.title
  const night = theme === 'dark' || (theme === 'auto' && dark.matches)
  document.documentElement.dataset.theme = night ? 'dark' : 'light'
  if (config.allowed_origins?.length && host !== location.origin && !config.allowed_origins.includes(host)) {
    render(<p class="void">{w.notAllowed}</p>, root)
    return
  }
  render(<App chat={chat} config={config} locale={locale} shown={shown} host={host} close={() => say({ type: 'close' })} navigate={(url) => say({ type: 'link', url })} />, root)
}

/** Texts and colours are a comfort: without them the built-in ones serve. */
async function configure(): Promise<void> {
  void learn(locale).then(draw)
  config = await api.config(page, locale).catch(() => config)
  const { brand, on_brand } = config.colours ?? {}
  if (brand && on_brand && /^#[0-9a-f]{6}$/i.test(brand) && /^#[0-9a-f]{6}$/i.test(on_brand)) {
    for (const [k, v] of [['--x-brand', brand], ['--x-mine', brand], ['--x-on-brand', on_brand], ['--x-on-mine', on_brand]]) document.documentElement.style.setProperty(k!, v!)
    say({ type: 'brand', brand, on_brand })
  }
  draw()
}

const begin = () => void chat.start().catch(() => undefined)

function hear(m: HostMessage): void {
  switch (m.type) {
    case 'hello':
      ;({ locale, theme, page } = m)
      greeted = true
      void configure()
      // an identify that the page has queued comes right behind, and must come first
      setTimeout(() => (shown || chat.known) && begin(), 30)
      break
    case 'open':
      shown = true
      begin()
      break
    case 'close':
      shown = false
      break
    case 'ask':
      chat.send(m.text)
      break
    case 'identify':
      void chat.identify(m.identity).catch(() => undefined)
      break
    case 'track':
      chat.track(m.event)
      break
    case 'locale':
      locale = m.locale
      void configure()
      break
    case 'theme':
      theme = m.theme
      break
    case 'page':
      page = m.page
      void configure()
  }
  if (greeted) draw()
}

/** The button on the page shows what came while the chat was closed. */
let told = ''
function tellUnread(): void {
  const fresh = shown ? [] : chat.unread()
  const last = fresh[fresh.length - 1]
  const text = last ? plain(last.text || last.card?.title || '', 90) : ''
  const now = `${fresh.length}/${text}`
  if (now !== told) say({ type: 'unread', count: fresh.length, text })
  told = now
}

function originOf(given: string | null): string {
  try {
    const url = new URL(given ?? '')
    return /^https?:$/.test(url.protocol) ? url.origin : ''
  } catch {
    return ''
  }
}

addEventListener('message', (e) => {
  const m = host && trusted(e, parent, host) ? readHost(e.data) : undefined
  if (m) hear(m)
})
dark.addEventListener('change', draw)
addEventListener('online', () => chat.retryConnection())
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible') return
  chat.retryConnection()
  if (shown) chat.seen()
})
chat.subscribe(tellUnread)
if (parent !== window) say({ type: 'ready' })
else {
  // opened by itself, for example from a link in a message: the whole window is the chat
  shown = greeted = true
  void configure()
  begin()
}
