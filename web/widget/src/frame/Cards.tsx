// One view per card kind of docs/architecture.md. A kind that is not known here still shows its title and its actions.
import { useRef, useState } from 'preact/hooks'
import type { Card, CardAction } from '../core/wire'
import { useSurface } from './context'
import { Icon, type IconName } from './icons'
import { useLater } from './later'
import { Picture } from './Picture'
import { coin, list, num, rec, str, type Rec } from './read'
import { Out } from './Rich'
import { clock, fill, money, when } from './texts'

export interface BodyProps {
  card: Card
  body: Rec
  press(action: string, values?: Record<string, string>): void
  busy: string // the action under way
  said?: string // the words right before the card; a prompt need not repeat them
}

function OrderBody({ card, body }: BodyProps) {
  const { w, locale } = useSurface()
  const items = list(body.items)
  return (
    <>
      <Line left={card.title?.includes(str(body.number)) ? '' : str(body.number)} right={<b class="pill">{str(body.status_text)}</b>} />
      <ul class="rows">
        {items.map((it, i) => (
          <li key={i} class="item">
            <Picture src={it.image} />
            <span class="grow">
              <span class="name">{str(it.name)}</span>
              <small>{fill(w.quantity, { n: num(it.quantity) ?? 1 })}</small>
            </span>
            <span class="price">{money(coin(it.price), locale)}</span>
          </li>
        ))}
      </ul>
      <Line left={when(str(body.placed_at), locale, w)} right={<b>{`${w.total} ${money(coin(body.total), locale)}`}</b>} />
    </>
  )
}

function TrackBody({ body }: BodyProps) {
  const { w, locale } = useSurface()
  return (
    <>
      <Line left={<b>{str(body.status_text)}</b>} right={body.eta ? `${w.eta} ${when(str(body.eta), locale, w)}` : ''} />
      <p class="sub">
        {str(body.carrier)} <Copyable text={str(body.tracking_number)} />
      </p>
      <Timeline events={list(body.events)} />
    </>
  )
}

function Copyable({ text }: { text: string }) {
  const { w } = useSurface()
  const [done, setDone] = useState(false)
  if (!text) return null
  const copy = () => void navigator.clipboard?.writeText(text).then(() => setDone(true), () => undefined)
  return (
    <button type="button" class="plain mono" onClick={copy} aria-label={`${w.copy} ${text}`}>
      {done ? w.copied : text}
    </button>
  )
}

export function Timeline({ events }: { events: Rec[] }) {
  const { w, locale } = useSurface()
  return (
    <ol class="time">
      {events.map((e, i) => (
        <li key={i} class={i ? '' : 'now'}>
          <span>{str(e.text)}</span>
          <small>{[when(str(e.at), locale, w), str(e.place)].filter(Boolean).join(' · ')}</small>
        </li>
      ))}
    </ol>
  )
}

function ProductBody({ body }: BodyProps) {
  const { locale, rule } = useSurface()
  return (
    <ul class="shelf" tabIndex={0}>
      {list(body.products).map((p, i) => {
        const href = str(p.url) && rule(str(p.url))
        const inner = (
          <>
            <Picture src={p.image} />
            <span class="name">{str(p.name)}</span>
            <span class="price">{money(coin(p.price), locale)}</span>
            <small>{str(p.stock_text)}</small>
          </>
        )
        return <li key={i}>{href ? <Out class="tile" href={href}>{inner}</Out> : <span class="tile">{inner}</span>}</li>
      })}
    </ul>
  )
}

function StoreBody({ body }: BodyProps) {
  const { w } = useSurface()
  return (
    <ul class="rows">
      {list(body.stores).map((s, i) => {
        const phone = str(s.phone).replace(/[^\d+]/g, '')
        const km = num(s.distance_km)
        return (
          <li key={i} class="shop">
            <Line left={<b>{str(s.name)}</b>} right={km === undefined ? '' : fill(w.distance, { km })} />
            <small>{str(s.address)}</small>
            <small>{[str(s.hours_text), str(s.stock_text)].filter(Boolean).join(' · ')}</small>
            {phone && (
              <a href={`tel:${phone}`} aria-label={fill(w.call, { phone: str(s.phone) })}>
                {str(s.phone)}
              </a>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function ChoiceBody({ card, body, press, busy, said }: BodyProps) {
  const { chat } = useSurface()
  const open = card.status === 'open'
  const taken = chat.state.chosen[card.id] ?? `choose:${str(body.chosen)}`
  return (
    <>
      {str(body.prompt) && str(body.prompt) !== said && <p>{str(body.prompt)}</p>}
      <ul class="options">
        {list(body.options).map((o, i) => (
          <li key={i}>
            <button type="button" class={`option ${taken === `choose:${str(o.value)}` ? 'taken' : ''}`} disabled={!open || !!busy} aria-busy={busy === `choose:${str(o.value)}`} onClick={() => press(`choose:${str(o.value)}`)}>
              {str(o.image) && <Picture src={o.image} />}
              <span class="grow">
                <span class="name">{str(o.label)}</span>
                {str(o.detail) && <small>{str(o.detail)}</small>}
              </span>
              {taken === `choose:${str(o.value)}` && <Icon name="check" size={18} />}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

function ConfirmBody({ card, body }: BodyProps) {
  const { w, locale } = useSurface()
  return (
    <>
      {str(body.summary) && <p>{str(body.summary)}</p>}
      <dl>
        {list(body.lines).map((l, i) => (
          <div key={i}>
            <dt>{str(l.label)}</dt>
            <dd>{str(l.value)}</dd>
          </div>
        ))}
      </dl>
      {card.status === 'open' && str(body.expires_at) && <small>{fill(w.expires, { time: clock(str(body.expires_at), locale) })}</small>}
    </>
  )
}

export function TicketBody({ body }: { body: Rec }) {
  const { w, locale } = useSurface()
  return (
    <>
      <Line left={<span class="mono">{str(body.number)}</span>} right={<b class={`pill ${/resolved|closed|done/.test(str(body.status)) ? 'good' : ''}`}>{str(body.status_text)}</b>} />
      <p class="name">{str(body.title)}</p>
      <small>
        {[str(body.department) && `${w.ticketDepartment}: ${str(body.department)}`, str(body.due_at) && `${w.ticketDue} ${when(str(body.due_at), locale, w)}`]
          .filter(Boolean)
          .join(' · ')}
      </small>
    </>
  )
}

function TicketCard({ body }: BodyProps) {
  const { w, openTicket } = useSurface()
  return (
    <>
      <TicketBody body={body} />
      {str(body.ticket_id) && (
        <button type="button" class="plain" onClick={() => openTicket(str(body.ticket_id))}>
          {w.details}
        </button>
      )}
    </>
  )
}

const loadForm = () => import('./FormCard')

function FormBody(p: BodyProps) {
  const Form = useLater(p.card.status === 'open', loadForm)?.FormCard
  return Form ? <Form {...p} /> : null
}

function RatingBody({ card, body, press, busy }: BodyProps) {
  const { w } = useSurface()
  const [over, setOver] = useState(0)
  const given = Number(/^rate:(\d)$/.exec(busy)?.[1] ?? 0)
  if (card.status !== 'open') return <p>{w.thanks}</p>
  const scale = Math.min(num(body.scale) ?? 5, 10)
  return (
    <>
      <p>{w.rate}</p>
      <div class="stars" role="group" aria-label={w.rate} onMouseLeave={() => setOver(0)}>
        {Array.from({ length: scale }, (_, i) => i + 1).map((n) => (
          <button key={n} type="button" disabled={!!busy} class={n <= (over || given) ? 'on' : ''} aria-label={fill(w.stars, { n })} onMouseEnter={() => setOver(n)} onFocus={() => setOver(n)} onBlur={() => setOver(0)} onClick={() => press(`rate:${n}`)}>
            <Icon name="star" size={26} solid={n <= (over || given)} />
          </button>
        ))}
      </div>
    </>
  )
}

function Line({ left, right }: { left: preact.ComponentChildren; right: preact.ComponentChildren }) {
  return (
    <p class="line">
      <span>{left}</span>
      <span>{right}</span>
    </p>
  )
}

const KINDS: Record<string, { icon: IconName; view: (p: BodyProps) => preact.ComponentChild; own?: boolean }> = {
  order: { icon: 'box', view: OrderBody },
  track: { icon: 'truck', view: TrackBody },
  product: { icon: 'bag', view: ProductBody },
  store: { icon: 'store', view: StoreBody },
  choice: { icon: 'check', view: ChoiceBody, own: true },
  confirm: { icon: 'check', view: ConfirmBody },
  form: { icon: 'ticket', view: FormBody, own: true },
  ticket: { icon: 'ticket', view: TicketCard },
  rating: { icon: 'star', view: RatingBody, own: true },
}

/** A card with its state and its actions. Views that draw their actions themselves are marked `own`. */
export function CardView({ card, said }: { card: Card; said?: string }) {
  const { chat, w, say } = useSurface()
  const known = Object.prototype.hasOwnProperty.call(KINDS, card.kind) ? KINDS[card.kind] : undefined
  const busy = chat.state.pressed[card.id] ?? ''
  const under = busy && card.status === 'open' ? busy : ''
  const why = chat.state.pressFailed[card.id]
  const box = useRef<HTMLElement>(null)
  const press = (action: string, values?: Record<string, string>) => {
    // what was pressed may go; the focus stays where it was
    box.current!.focus({ preventScroll: true })
    if (action.startsWith('say:')) say(action.slice(4))
    else void chat.press(card.id, action, values)
  }
  const View = known?.view
  const actions = (card.actions ?? []).filter((a) => !known?.own || !/^(choose|rate):|^(submit|cancel)$/.test(a.id) || (card.kind === 'choice' && a.id === 'cancel'))
  const live = card.status === 'open'
  return (
    <section ref={box} tabIndex={-1} class={`card k-${known ? card.kind : 'other'} ${live ? '' : 'spent'}`} aria-label={card.title || undefined}>
      {card.title && (
        <h3>
          <Icon name={known?.icon ?? 'ticket'} size={18} />
          <span>{card.title}</span>
        </h3>
      )}
      {View && <View card={card} body={rec(card.body)} press={press} busy={under} said={said} />}
      {actions.length > 0 && (live || actions.some(follows)) && (
        <div class="acts">
          {actions
            .filter((a) => live || follows(a))
            .map((a) => (
              <button key={a.id} type="button" class={`btn ${a.style ?? 'default'}`} disabled={!!under} aria-busy={under === a.id} onClick={() => press(a.id)}>
                {under === a.id ? w.working : a.label}
              </button>
            ))}
        </div>
      )}
      {!live && card.kind !== 'rating' && <Spent status={card.status} kind={card.kind} />}
      {why !== undefined && (
        <p class="err" role="alert">
          {why || w.pressFailed}
        </p>
      )}
    </section>
  )
}

// asking on is possible whatever became of the card
const follows = (a: CardAction): boolean => a.id.startsWith('say:')

function Spent({ status, kind }: { status: string; kind: string }) {
  const { w } = useSurface()
  if (status === 'done' && !/confirm|choice|form/.test(kind)) return null
  const text = status === 'done' ? w.done : status === 'cancelled' ? w.cancelled : status === 'expired' ? w.expired : ''
  return text ? (
    <p class={`state ${status === 'done' ? 'good' : ''}`}>
      {status === 'done' && <Icon name="check" size={16} />}
      {text}
    </p>
  ) : null
}
