// What the page's loader and the frame say to each other, and the only things either side will hear.
// Both sides know the exact origin of the other and drop everything else: a foreign sender, a foreign origin,
// an unknown type, a wrong shape.

export type Locale = 'zh' | 'en'
export type Theme = 'light' | 'dark' | 'auto'

export interface Identity {
  customer_id: string
  signature: string
}

export interface BehaviourEvent {
  event_id?: string
  type: string
  at: string
  properties: Record<string, unknown>
}

/** Page to frame. */
export type HostMessage =
  | { type: 'hello'; locale: Locale; theme: Theme; page: string; narrow: boolean }
  | { type: 'open' }
  | { type: 'close' }
  | { type: 'ask'; text: string }
  | { type: 'identify'; identity: Identity | null }
  | { type: 'track'; event: BehaviourEvent }
  | { type: 'locale'; locale: Locale }
  | { type: 'theme'; theme: Theme }
  | { type: 'page'; page: string }

/** Frame to page. */
export type FrameMessage =
  | { type: 'ready' }
  | { type: 'close' }
  | { type: 'unread'; count: number; text: string }
  | { type: 'brand'; brand: string; on_brand: string }
  | { type: 'link'; url: string }

/** The mark that tells our messages from the page's own traffic; raised when the protocol changes. */
export const VERSION = 1
const MARK = 'xiaoer'

export const wrap = (m: HostMessage | FrameMessage): Record<string, unknown> => ({ ...m, [MARK]: VERSION })

type Shape = Record<string, (v: unknown) => boolean>
const str = (v: unknown): boolean => typeof v === 'string' && v.length < 4096
const bool = (v: unknown): boolean => typeof v === 'boolean'
const locale = (v: unknown): boolean => v === 'zh' || v === 'en'
const theme = (v: unknown): boolean => v === 'light' || v === 'dark' || v === 'auto'
const colour = (v: unknown): boolean => typeof v === 'string' && /^#[0-9a-f]{6}$/i.test(v)
const record = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v)
const identity = (v: unknown): boolean => v === null || (record(v) && str(v.customer_id) && str(v.signature))
const event = (v: unknown): boolean => record(v) && str(v.type) && v.type !== '' && str(v.at) && record(v.properties)

const FROM_HOST: Record<string, Shape> = {
  hello: { locale, theme, page: str, narrow: bool },
  open: {},
  close: {},
  ask: { text: str },
  identify: { identity },
  track: { event },
  locale: { locale },
  theme: { theme },
  page: { page: str },
}

const FROM_FRAME: Record<string, Shape> = {
  ready: {},
  close: {},
  unread: { count: (v) => Number.isInteger(v), text: str },
  brand: { brand: colour, on_brand: colour },
  link: { url: str },
}

function read(data: unknown, shapes: Record<string, Shape>): unknown {
  if (!record(data) || data[MARK] !== VERSION || typeof data.type !== 'string') return undefined
  if (!Object.prototype.hasOwnProperty.call(shapes, data.type)) return undefined
  const shape = shapes[data.type] as Shape
  return Object.keys(shape).every((k) => shape[k]!(data[k])) ? data : undefined
}

/** A well-formed message of the page, or undefined. */
export const readHost = (data: unknown) => read(data, FROM_HOST) as HostMessage | undefined
/** A well-formed message of the frame, or undefined. */
export const readFrame = (data: unknown) => read(data, FROM_FRAME) as FrameMessage | undefined

/** The part of a MessageEvent that decides whether we listen. */
export interface Incoming {
  data: unknown
  origin: string
  source: unknown
}

/** True only for the one window at the one origin that we talk to. */
export function trusted(e: Incoming, source: unknown, origin: string): boolean {
  return source != null && e.source === source && e.origin === origin && origin !== 'null' && origin !== ''
}
