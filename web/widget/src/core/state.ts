// What the chat knows, and the pure steps that change it. Messages are keyed by seq: one seq is one entry, whatever
// arrives how often and in what order. Own messages wait in the outbox under their client id until the server has
// given them a seq.
import type { Handler, Message, StatusEvent } from './wire'

export interface Outgoing {
  client_id: string
  text: string
  state: 'sending' | 'failed' | 'refused'
  detail?: string // the server's words, when it refused
  at: string
  attachment_ids?: string[]
  preview?: string // object URL of an image on its way
  progress?: number // 0..1 while the file leaves
}

export type Phase = 'idle' | 'starting' | 'ready' | 'failed'
export type Connection = 'live' | 'polling' | 'connecting' | 'offline'

export interface State {
  phase: Phase
  connection: Connection
  conversation: string
  messages: Message[] // by seq, each seq once
  complete: number // every message up to this seq has been seen
  outbox: Outgoing[]
  handler: Handler
  closed: boolean
  queue?: number
  staffName?: string
  reduced: boolean
  typing?: { author: string; name?: string }
  live?: { turn: string; text: string } // words of the model before they are a message
  delivered: number
  read: number
  pressed: Record<string, string> // card id -> action under way or done
  pressFailed: Record<string, string> // card id -> why
  chosen: Record<string, string> // card id -> the press that was taken
}

export const empty: State = {
  phase: 'idle',
  connection: 'connecting',
  conversation: '',
  messages: [],
  complete: 0,
  outbox: [],
  handler: 'agent',
  closed: false,
  reduced: false,
  delivered: 0,
  read: 0,
  pressed: {},
  pressFailed: {},
  chosen: {},
}

/** Where in the list a seq is, or belongs. New ones come last, so look from the end. */
function place(list: Message[], seq: number): number {
  let i = list.length
  while (i > 0 && list[i - 1]!.seq >= seq) i--
  return i
}

/** One message of the conversation: shown once, replaced when it comes again. */
export function receive(s: State, m: Message): State {
  if (!Number.isInteger(m.seq) || m.seq < 1) return s
  const i = place(s.messages, m.seq)
  const known = s.messages[i]?.seq === m.seq
  const messages = s.messages.slice()
  messages.splice(i, known ? 1 : 0, known ? { ...messages[i], ...m } : m)
  const next: State = { ...s, messages, complete: m.seq === s.complete + 1 ? m.seq : s.complete }
  return m.author === 'customer' ? unsend(next, m) : answered(next, m, known)
}

/** An own message has come back: its outbox entry is done. Without a client id the words decide. */
function unsend(s: State, m: Message): State {
  const i = m.client_id
    ? s.outbox.findIndex((o) => o.client_id === m.client_id)
    : s.outbox.findIndex((o) => o.state === 'sending' && o.text === m.text && !o.attachment_ids === !m.attachments?.length)
  return i < 0 ? s : { ...s, outbox: s.outbox.filter((_, at) => at !== i) }
}

/** A message of the other side ends typing and replaces what was shown live. */
function answered(s: State, m: Message, known: boolean): State {
  const pressed = m.card && m.card.status !== 'open' ? omit(s.pressed, m.card.id) : s.pressed
  if (known || m.author === 'system') return { ...s, pressed }
  const live = s.live && m.turn_id && s.live.turn !== m.turn_id ? s.live : undefined
  const staffName = m.author === 'staff' && m.author_name ? m.author_name : s.staffName
  return { ...s, pressed, live, typing: undefined, staffName }
}

/** A page of messages that continues from `after` without a hole: all up to `seq` is now seen. */
export function receivePage(s: State, after: number, messages: Message[], seq: number): State {
  const next = messages.reduce(receive, s)
  const last = messages.reduce((top, m) => Math.max(top, m.seq), after)
  // the server's seq may be ahead of a page that was cut short, so only the page itself counts when it has any
  const upTo = messages.length ? last : Math.max(after, seq || 0)
  return after <= s.complete ? { ...next, complete: Math.max(next.complete, upTo) } : next
}

/** True when a message has come whose forerunners have not. Notes of staff take numbers too, so a gap may be right. */
export function hasGap(s: State): boolean {
  const last = s.messages[s.messages.length - 1]
  return last !== undefined && last.seq > s.complete
}

export function queueUp(s: State, o: Outgoing): State {
  return s.outbox.some((x) => x.client_id === o.client_id) ? s : { ...s, outbox: [...s.outbox, o] }
}

export function patchOutgoing(s: State, client_id: string, change: Partial<Outgoing>): State {
  return { ...s, outbox: s.outbox.map((o) => (o.client_id === client_id ? { ...o, ...change } : o)) }
}

/** The server has taken it: from now on it is a message like any other. */
export function accepted(s: State, o: Outgoing, seq: number, attachments?: Message['attachments']): State {
  const known = s.messages.find((m) => m.seq === seq)
  const rest = { ...s, outbox: s.outbox.filter((x) => x.client_id !== o.client_id) }
  if (known) return rest
  const m: Message = { seq, client_id: o.client_id, author: 'customer', kind: attachments ? 'image' : 'text', text: o.text, at: o.at, attachments }
  return receive(rest, m)
}

export function status(s: State, e: StatusEvent): State {
  return {
    ...s,
    handler: e.handler ?? s.handler,
    closed: e.closed ?? s.closed,
    queue: e.queue_position,
    staffName: e.staff_name ?? (e.handler === 'agent' ? undefined : s.staffName),
    reduced: e.reduced ?? false,
  }
}

export function delta(s: State, e: { turn_id?: string; text?: string; reset?: boolean }): State {
  const turn = e.turn_id ?? ''
  const before = s.live && s.live.turn === turn && !e.reset ? s.live.text : ''
  return { ...s, live: { turn, text: before + (e.text ?? '') } }
}

export function marks(s: State, e: { delivered?: number; read?: number }): State {
  return { ...s, delivered: Math.max(s.delivered, e.delivered ?? 0), read: Math.max(s.read, e.read ?? 0) }
}

/** A card's status changes here first, when the press was taken; the server's version follows. */
export function cardDone(s: State, card_id: string, action: string): State {
  const to = action === 'cancel' ? 'cancelled' : 'done'
  const messages = s.messages.map((m) => (m.card?.id === card_id && m.card.status === 'open' ? { ...m, card: { ...m.card, status: to } } : m))
  return { ...s, messages, chosen: { ...s.chosen, [card_id]: action }, pressFailed: omit(s.pressFailed, card_id) }
}

export function pressing(s: State, card_id: string, action: string): State {
  return { ...s, pressed: { ...s.pressed, [card_id]: action }, pressFailed: omit(s.pressFailed, card_id) }
}

export function pressFailed(s: State, card_id: string, why: string): State {
  return { ...s, pressed: omit(s.pressed, card_id), pressFailed: { ...s.pressFailed, [card_id]: why } }
}

function omit<T>(from: Record<string, T>, key: string): Record<string, T> {
  const { [key]: _gone, ...rest } = from
  return rest
}

/** What to offer below the last message: only while it is the last word of the other side. */
export function suggestions(s: State): string[] {
  const last = s.messages[s.messages.length - 1]
  if (!last || last.author === 'customer' || s.outbox.length || s.closed) return []
  return (last.suggestions ?? []).slice(0, 6)
}

export type Mark = 'sent' | 'delivered' | 'read'

export function markOf(s: State, m: Message): Mark {
  if (m.read_at || m.seq <= s.read) return 'read'
  return m.delivered_at || m.seq <= s.delivered ? 'delivered' : 'sent'
}
