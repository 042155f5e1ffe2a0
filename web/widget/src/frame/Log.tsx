import { Fragment } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { markOf, suggestions, type Outgoing } from '../core/state'
import type { Card, Citation, Message } from '../core/wire'
import { useSurface } from './context'
import { Icon } from './icons'
import { useLater } from './later'
import { Picture } from './Picture'
import { Rich } from './Rich'
import { clock, day, fill } from './texts'

const NEAR = 80 // pixels from the end that still count as "at the end"

/** The conversation. It follows new messages only while the reader is at the end. */
export function Log({ greeting, starters }: { greeting: string; starters: string[] }) {
  const { chat, w } = useSurface()
  const s = chat.state
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const top = useRef(0)
  const [more, setMore] = useState(false)
  const shown = s.messages.filter((m) => m.kind !== 'action' && m.kind !== 'note')
  const last = shown[shown.length - 1]
  const size = `${last?.seq ?? 0}/${s.outbox.length}/${s.live?.text.length ?? 0}/${!!s.typing}`

  useLayoutEffect(() => {
    const el = box.current!
    if (atEnd.current || s.outbox.length) el.scrollTop = el.scrollHeight
    else setMore(true)
  }, [size])
  useEffect(() => {
    // pictures and keyboards change the height after the fact
    const el = box.current!
    const grown = new ResizeObserver(() => atEnd.current && (el.scrollTop = el.scrollHeight))
    grown.observe(el)
    grown.observe(el.firstElementChild!)
    return () => grown.disconnect()
  }, [])
  useEffect(() => {
    if (s.phase === 'ready') void loadCards().catch(() => undefined) // ahead of the first card
  }, [s.phase])
  const scrolled = () => {
    const el = box.current!
    const near = el.scrollHeight - el.scrollTop - el.clientHeight < NEAR
    // only the reader moves up; content that grows below must not end the following
    atEnd.current = near || (atEnd.current && el.scrollTop >= top.current)
    top.current = el.scrollTop
    if (atEnd.current) setMore(false)
  }
  const down = () => {
    box.current!.scrollTop = box.current!.scrollHeight
  }
  const offered = shown.length || s.outbox.length ? suggestions(s) : starters
  return (
    <div class="scroll" ref={box} onScroll={scrolled} tabIndex={0} role="region" aria-label={w.log}>
      <div class="inner">
        <div role="log" aria-live="polite" aria-label={w.log} aria-busy={s.phase === 'starting'}>
          {(shown.length ? shown[0]!.author === 'customer' : s.phase !== 'starting') && <Bubble m={{ seq: 0, author: 'agent', kind: 'text', text: greeting, ai_generated: true }} first />}
          {shown.map((m, i) => (
            <Entry key={m.seq} m={m} before={shown[i - 1]} last={m === last} />
          ))}
          {s.outbox.map((o) => (
            <Unsent key={o.client_id} o={o} />
          ))}
        </div>
        <Live />
        {s.phase === 'starting' && !shown.length && <Skeleton />}
        {offered.length > 0 && <Offers list={offered} />}
      </div>
      {more && (
        <button type="button" class="more" onClick={down}>
          <Icon name="down" size={16} /> {w.newMessages}
        </button>
      )}
    </div>
  )
}

function Skeleton() {
  const { w } = useSurface()
  return (
    <div class="skeleton" role="status">
      <span class="vh">{w.loading}</span>
      <i />
      <i />
    </div>
  )
}

function Offers({ list }: { list: string[] }) {
  const { w, say } = useSurface()
  return (
    <div class="offers" role="group" aria-label={w.suggestions}>
      {list.map((t) => (
        <button key={t} type="button" onClick={(e) => (e.currentTarget.closest<HTMLElement>('.scroll')!.focus({ preventScroll: true }), say(t))}>
          {t}
        </button>
      ))}
    </div>
  )
}

/** Words as the model makes them, and "is typing". Screen readers get the finished message only. */
function Live() {
  const { chat, w } = useSurface()
  const { live, typing, staffName, handler } = chat.state
  if (live?.text)
    return (
      <div class="msg agent first" aria-hidden="true">
        <Who author="agent" ai />
        <div class="bubble live">
          <Rich text={live.text} />
        </div>
      </div>
    )
  if (!typing && !live) return null
  const name = typing?.name ?? (typing?.author === 'staff' || handler === 'staff' ? (staffName ?? w.person) : w.agent)
  return (
    <div class="msg agent" role="status">
      <div class="bubble dots">
        <span class="vh">{fill(w.typing, { name })}</span>
        <i />
        <i />
        <i />
      </div>
    </div>
  )
}

function Entry({ m, before, last }: { m: Message; before?: Message; last: boolean }) {
  const { w, locale } = useSurface()
  const d = day(m.at, locale, w)
  const newDay = d !== '' && d !== day(before?.at, locale, w)
  const first = newDay || !before || before.author !== m.author || before.author_name !== m.author_name || before.kind === 'notice'
  return (
    <Fragment>
      {newDay && <p class="day">{d}</p>}
      {m.kind === 'notice' || m.author === 'system' ? <p class="notice">{m.text}</p> : <Bubble m={m} first={first} last={last} said={m.text || before?.text} />}
      {(m.kind === 'notice' || m.author === 'system') && m.card && <CardSlot card={m.card} />}
    </Fragment>
  )
}

function Who({ author, name, ai }: { author: string; name?: string; ai?: boolean }) {
  const { w } = useSurface()
  const person = author === 'staff'
  return (
    <p class="who">
      <span class={`face ${person ? 'person' : ''}`}>
        <Icon name={person ? 'person' : 'spark'} size={14} solid={!person} />
      </span>
      <span>{name || (person ? w.person : w.agent)}</span>
      {person ? name && <span class="tag warm">{w.person}</span> : ai !== false && <span class="tag">{w.ai}</span>}
    </p>
  )
}

function Bubble({ m, first, last, said }: { m: Message; first?: boolean; last?: boolean; said?: string }) {
  const { w, locale } = useSurface()
  const mine = m.author === 'customer'
  return (
    <div class={`msg ${mine ? 'mine' : m.author === 'staff' ? 'staff' : 'agent'} ${first ? 'first' : ''}`} data-seq={m.seq || undefined}>
      {mine && <span class="vh">{w.you}</span>}
      {!mine && first && <Who author={m.author} name={m.author_name} ai={m.author === 'agent'} />}
      {/* every message of the agent is labelled, also for those who cannot see the group it stands in */}
      {!mine && !first && m.author === 'agent' && <span class="vh">{`${w.agent}, ${w.ai}`}</span>}
      {m.attachments?.map((a) => (
        <Shot key={a.id} url={a.url} name={a.name} />
      ))}
      {m.text && (
        <div class="bubble">
          <Rich text={m.text} />
          {m.citations && m.citations.length > 0 && <Sources list={m.citations} />}
        </div>
      )}
      {m.card && <CardSlot card={m.card} said={said} />}
      {(mine ? last : last && m.at) && (
        <p class="meta">
          <time dateTime={m.at}>{clock(m.at, locale)}</time>
          {mine && <MarkOf m={m} />}
        </p>
      )}
    </div>
  )
}

const loadCards = () => import('./Cards')

/** Holds a card's place until the card views are here. */
function CardSlot({ card, said }: { card: Card; said?: string }) {
  const View = useLater(true, loadCards)?.CardView
  return View ? <View card={card} said={said} /> : <p class="card">{card.title}</p>
}

function MarkOf({ m }: { m: Message }) {
  const { chat, w } = useSurface()
  const mark = markOf(chat.state, m)
  return <span class={`mark ${mark}`}>{w[mark]}</span>
}

function Sources({ list }: { list: Citation[] }) {
  const { w, openSource } = useSurface()
  return (
    <div class="sources" role="group" aria-label={w.sources}>
      {list.slice(0, 6).map((c, i) => (
        <button key={c.passage_id} type="button" onClick={() => openSource(c.passage_id, c.title)} aria-label={fill(w.openSource, { title: c.title })}>
          <sup>{i + 1}</sup>
          <span>{c.title}</span>
        </button>
      ))}
    </div>
  )
}

/** A picture in the chat. Own previews are object URLs; everything else passes the link rule. */
function Shot({ url, name }: { url: string; name?: string }) {
  const { chat, w } = useSurface()
  // an image element cannot send a header, so our own pictures take the token in the address; nobody else's do
  if (url.startsWith('/widget/v1/attachments/')) url += `?token=${encodeURIComponent(chat.token)}`
  return <span class="shot">{url.startsWith('blob:') ? <img src={url} alt={name || w.picture} /> : <Picture src={url} alt={name || w.picture} />}</span>
}

function Unsent({ o }: { o: Outgoing }) {
  const { chat, w } = useSurface()
  const bad = o.state !== 'sending'
  return (
    <div class={`msg mine ${bad ? 'bad' : 'going'}`}>
      <span class="vh">{w.you}</span>
      {o.preview && (
        <span class="shot">
          <img src={o.preview} alt={w.picture} />
          {!bad && <progress max={1} value={o.progress ?? 0} aria-label={w.sending} />}
        </span>
      )}
      {o.text && (
        <div class="bubble">
          <Rich text={o.text} />
        </div>
      )}
      <p class="meta">
        {!bad && w.sending}
        {bad && (
          <span class="err" role="alert">
            {o.state === 'refused' ? `${w.refused}${o.detail ? `: ${o.detail}` : ''}` : w.unsent}
          </span>
        )}
        {o.state === 'failed' && (
          <button type="button" class="plain" onClick={() => chat.retry(o.client_id)}>
            <Icon name="retry" size={14} /> {w.retry}
          </button>
        )}
        {bad && (
          <button type="button" class="plain" onClick={() => chat.discard(o.client_id)}>
            {w.remove}
          </button>
        )}
      </p>
    </div>
  )
}
