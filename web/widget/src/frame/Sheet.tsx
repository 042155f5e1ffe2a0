import { useEffect, useRef, useState } from 'preact/hooks'
import { ApiError } from '../core/api'
import type { Citation, Ticket } from '../core/wire'
import { Timeline, TicketBody } from './Cards'
import { useSurface } from './context'
import { Icon } from './icons'
import { list, rec } from './read'
import { Out, Rich } from './Rich'
import { day, fill } from './texts'

/** What a sheet shows. */
export type Panel = { kind: 'source'; id: string; title: string } | { kind: 'tickets'; id: string }

export const sheet = (p: Panel, close: () => void) =>
  p.kind === 'source' ? <SourceSheet id={p.id} title={p.title} close={close} /> : <TicketsSheet key={p.id} first={p.id} close={close} />

/** A panel over the chat: keeps the focus inside, closes by Esc. */
function Sheet({ title, close, back, children }: { title: string; close(): void; back?: () => void; children: preact.ComponentChildren }) {
  const { w } = useSurface()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current!.focus({ preventScroll: true })
  }, [])
  const key = (e: KeyboardEvent) => {
    if (e.key === 'Escape') {
      e.stopPropagation()
      close()
    } else if (e.key === 'Tab') trap(e, box.current!)
  }
  return (
    <div class="scrim" onClick={(e) => e.target === e.currentTarget && close()}>
      <div class="sheet" role="dialog" aria-modal="true" aria-label={title} tabIndex={-1} ref={box} onKeyDown={key}>
        <header>
          {back && (
            <button type="button" class="icon" aria-label={w.back} onClick={back}>
              <Icon name="back" />
            </button>
          )}
          <h2>{title}</h2>
          <button type="button" class="icon" aria-label={w.close} onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <div class="sheet-body">{children}</div>
      </div>
    </div>
  )
}

function trap(e: KeyboardEvent, box: HTMLElement): void {
  const all = [...box.querySelectorAll<HTMLElement>('button:not(:disabled),a[href],input,select,textarea,[tabindex="0"]')]
  const first = all[0]
  const last = all[all.length - 1]
  if (!first || !last) return
  const at = document.activeElement
  if (e.shiftKey ? at === first || at === box : at === last) {
    e.preventDefault()
    ;(e.shiftKey ? last : first).focus()
  }
}

type Loaded<T> = { state: 'loading' } | { state: 'failed'; why: string } | { state: 'here'; value: T }

/** Something the server is asked for when a sheet opens, with a way to ask again. */
function useAsked<T>(ask: () => Promise<T>, key: string): [Loaded<T>, () => void] {
  const [now, set] = useState<Loaded<T>>({ state: 'loading' })
  const [round, again] = useState(0)
  useEffect(() => {
    let live = true
    set({ state: 'loading' })
    ask().then(
      (value) => live && set({ state: 'here', value }),
      (e: unknown) => live && set({ state: 'failed', why: e instanceof ApiError ? e.detail : '' }),
    )
    return () => {
      live = false
    }
  }, [key, round])
  return [now, () => again((n) => n + 1)]
}

function Wait() {
  const { w } = useSurface()
  return (
    <div class="skeleton" role="status">
      <span class="vh">{w.loading}</span>
      <i />
      <i />
      <i />
    </div>
  )
}

function Failed({ text, again }: { text: string; again(): void }) {
  const { w } = useSurface()
  return (
    <div class="void" role="alert">
      <Icon name="alert" size={28} />
      <p>{text}</p>
      <button type="button" class="btn primary" onClick={again}>
        {w.retry}
      </button>
    </div>
  )
}

function SourceSheet({ id, title, close }: { id: string; title: string; close(): void }) {
  const { chat, w, locale, rule } = useSurface()
  const [got, again] = useAsked<Citation & { updated_at?: string }>(() => chat.citation(id), id)
  const url = got.state === 'here' && got.value.url ? rule(got.value.url) : undefined
  return (
    <Sheet title={w.source} close={close}>
      <h3 class="src-title">{got.state === 'here' ? got.value.title || title : title}</h3>
      {got.state === 'loading' && <Wait />}
      {got.state === 'failed' && <Failed text={w.sourceFailed} again={again} />}
      {got.state === 'here' && (
        <>
          <blockquote>
            <Rich text={got.value.text ?? ''} />
          </blockquote>
          <p class="sub">
            {got.value.updated_at && fill(w.updated, { date: day(got.value.updated_at, locale, w) })} {url && <Out href={url}>{w.openPage}</Out>}
          </p>
        </>
      )}
    </Sheet>
  )
}

function TicketsSheet({ first, close }: { first: string; close(): void }) {
  const { w } = useSurface()
  const [one, setOne] = useState(first)
  return (
    <Sheet title={w.tickets} close={close} back={one && !first ? () => setOne('') : undefined}>
      {one ? <OneTicket id={one} /> : <TicketList open={setOne} />}
    </Sheet>
  )
}

function TicketList({ open }: { open(id: string): void }) {
  const { chat, w } = useSurface()
  const [got, again] = useAsked<{ tickets: Ticket[] }>(() => chat.tickets(), 'all')
  if (got.state === 'loading') return <Wait />
  if (got.state === 'failed') return <Failed text={got.why || w.ticketsFailed} again={again} />
  const tickets = list(got.value?.tickets)
  if (!tickets.length)
    return (
      <div class="void">
        <Icon name="ticket" size={28} />
        <p>{w.noTickets}</p>
      </div>
    )
  return (
    <ul class="tickets">
      {tickets.map((t, i) => (
        <li key={i}>
          <button type="button" class="card" onClick={() => open(String(t.ticket_id))}>
            <TicketBody body={t} />
          </button>
        </li>
      ))}
    </ul>
  )
}

function OneTicket({ id }: { id: string }) {
  const { chat, w } = useSurface()
  const [got, again] = useAsked<Ticket>(() => chat.ticket(id), id)
  if (got.state === 'loading') return <Wait />
  if (got.state === 'failed') return <Failed text={got.why || w.ticketsFailed} again={again} />
  const body = rec(got.value)
  return (
    <>
      <TicketBody body={body} />
      <Timeline events={list(body.events)} />
      <Comment id={id} sent={again} />
      <button type="button" class="btn" onClick={again}>
        <Icon name="retry" size={15} /> {w.refresh}
      </button>
    </>
  )
}

/** Words for a ticket. Its id stays while the text does, so that sending again after a failure adds nothing twice. */
function Comment({ id, sent }: { id: string; sent(): void }) {
  const { chat, w } = useSurface()
  const [text, setText] = useState('')
  const [state, set] = useState<'' | 'busy' | 'failed'>('')
  const key = useRef('')
  const send = (e: Event) => {
    e.preventDefault()
    key.current ||= chat.newId()
    set('busy')
    chat.comment(id, key.current, text.trim()).then(sent, () => set('failed'))
  }
  const typed = (e: { currentTarget: HTMLTextAreaElement }) => {
    setText(e.currentTarget.value)
    key.current = ''
  }
  return (
    <form onSubmit={send}>
      <textarea rows={2} maxLength={4000} aria-label={w.ticketWrite} placeholder={w.ticketWrite} value={text} onInput={typed} />
      {state === 'failed' && (
        <p class="err" role="alert">
          {w.pressFailed}
        </p>
      )}
      <button class="btn primary" disabled={!text.trim() || state === 'busy'}>
        {state === 'busy' ? w.working : w.send}
      </button>
    </form>
  )
}
