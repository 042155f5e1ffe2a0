import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks'
import type { Chat } from '../core/chat'
import { linkRule, type LinkRule } from '../core/richtext'
import type { Config } from '../core/wire'
import type { Locale } from '../protocol'
import { Composer } from './Composer'
import { SurfaceContext, useSurface, type Surface } from './context'
import { Icon } from './icons'
import { Log } from './Log'
import { useLater } from './later'
import type { Panel } from './Sheet'
import { fill, words, type Words } from './texts'

const loadSheets = () => import('./Sheet')

export interface Root {
  chat: Chat
  config: Config
  locale: Locale
  shown: boolean
  host: string // the page's origin
  close(): void
  navigate(url: string): void
}


export function App({ chat, config, locale, shown, host, close, navigate }: Root) {
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  const [panel, setPanel] = useState<Panel>()
  const sheets = useLater(!!panel, loadSheets)?.sheet
  // the focus goes back to what opened the sheet; it is taken before the rest becomes inert
  const opener = useRef<Element | null>(null)
  const show = (p: Panel) => {
    opener.current = document.activeElement
    setPanel(p)
  }
  useEffect(() => {
    if (!panel) (opener.current as HTMLElement | null)?.focus()
  }, [panel])
  useEffect(() => chat.subscribe(() => redraw(undefined as never)), [chat])
  const w = useMemo(() => words(locale, config.texts), [locale, config])
  const rule: LinkRule = useMemo(() => linkRule([location.origin, host, ...(config.link_origins ?? [])]), [config, host])
  const s = chat.state
  useEffect(() => {
    if (shown && document.visibilityState === 'visible') chat.seen()
  }, [shown, s.messages])

  const surface: Surface = {
    chat,
    w,
    locale,
    rule,
    say: (text) => chat.send(text),
    go: (url) => (new URL(url).origin === host ? navigate(url) : void window.open(url, '_blank', 'noopener,noreferrer')),
    openSource: (id, title) => show({ kind: 'source', id, title }),
    openTicket: (id) => show({ kind: 'tickets', id }),
  }
  const shut = () => setPanel(undefined)
  const key = (e: KeyboardEvent) => e.key === 'Escape' && !panel && close()
  return (
    <SurfaceContext.Provider value={surface}>
      <div class="app" onKeyDown={key}>
        <div class="main" inert={!!panel}>
          <Header title={config.title || w.title} tickets={() => show({ kind: 'tickets', id: '' })} close={close} />
          <Banner />
          {s.phase === 'failed' && !s.messages.length ? <Unopened /> : <Log greeting={config.greeting || w.greeting} starters={config.suggestions ?? []} />}
          {s.closed && <Ended />}
          <Composer shown={shown} />
        </div>
        {panel && sheets?.(panel, shut)}
      </div>
    </SurfaceContext.Provider>
  )
}

function Unopened() {
  const { chat, w } = useSurface()
  return (
    <div class="void grow" role="alert">
      <Icon name="alert" size={32} />
      <p>{w.failed}</p>
      <button type="button" class="btn primary" onClick={() => chat.retryConnection()}>
        {w.retry}
      </button>
    </div>
  )
}

function Ended() {
  const { chat, w } = useSurface()
  return (
    <p class="ended" role="status">
      {w.closed}
      <button type="button" class="btn" onClick={() => void chat.again().catch(() => undefined)}>
        {w.again}
      </button>
    </p>
  )
}

/** What is wrong with the line, and what happens next. The region is always there, so that its changes are spoken. */
function Banner() {
  const { chat, w } = useSurface()
  const s = chat.state
  const offline = s.connection === 'offline'
  const cut = offline || (s.connection === 'connecting' && s.messages.length > 0)
  const text = s.phase !== 'ready' ? '' : offline ? w.offline : cut ? w.connecting : s.reduced ? w.reduced : ''
  return (
    <div role="status">
      {text && (
        <p class={`banner ${offline ? 'bad' : ''}`}>
          <span>{text}</span>
          {cut && (
            <button type="button" class="plain" onClick={() => chat.retryConnection()}>
              {w.tryNow}
            </button>
          )}
        </p>
      )}
    </div>
  )
}

function Header({ title, tickets, close }: { title: string; tickets(): void; close(): void }) {
  const { chat, w } = useSurface()
  const { handler, staffName, queue } = chat.state
  const person = handler === 'staff'
  return (
    <header class="top">
      <span class={`face big ${person ? 'person' : ''}`}>
        <Icon name={person ? 'person' : 'spark'} size={20} solid={!person} />
      </span>
      <div class="grow">
        <h1>{title}</h1>
        <p class={`by ${handler}`} role="status">
          {who(w, handler, staffName, queue)}
        </p>
      </div>
      <button type="button" class="icon" aria-label={w.tickets} title={w.tickets} onClick={tickets}>
        <Icon name="ticket" />
      </button>
      <button type="button" class="icon" aria-label={w.close} title={w.close} onClick={close}>
        <Icon name="down" />
      </button>
    </header>
  )
}

function who(w: Words, handler: string, name?: string, queue?: number): string {
  if (handler === 'staff') return fill(w.byStaff, { name: name ?? w.person })
  if (handler !== 'waiting') return w.byAgent
  return queue ? fill(w.byQueue, { n: queue }) : w.byWaiting
}
