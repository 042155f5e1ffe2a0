// The shopper API's shapes, as docs/architecture.md tells them. Everything optional may be missing: an older or a newer
// server must not break the chat.

export interface Money {
  amount: number
  currency: string
}

export interface Citation {
  passage_id: string
  article_id?: string
  title: string
  text?: string
  url?: string
}

export interface Attachment {
  id: string
  name?: string
  mime?: string
  size?: number
  url: string
}

export interface CardAction {
  id: string
  label: string
  style?: 'primary' | 'default' | 'danger'
}

export interface Card {
  id: string
  kind: string
  status: string
  title?: string
  body?: unknown
  actions?: CardAction[]
}

export type Author = 'customer' | 'agent' | 'staff' | 'system'

export interface Message {
  seq: number
  id?: string
  client_id?: string
  turn_id?: string
  author: Author
  author_name?: string
  kind: string
  text: string
  at?: string
  ai_generated?: boolean
  citations?: Citation[]
  card?: Card
  suggestions?: string[]
  attachments?: Attachment[]
  delivered_at?: string
  read_at?: string
}

export type Handler = 'agent' | 'waiting' | 'staff'

export interface Page {
  messages: Message[]
  seq: number
  handler?: Handler
  closed?: boolean
}

export interface Session {
  token: string
  conversation_id: string
  visitor_id: string
  seq: number
  handler?: Handler
  expires_at?: string
}

export interface StatusEvent {
  handler?: Handler
  closed?: boolean
  queue_position?: number
  staff_name?: string
  reduced?: boolean
}

export interface Config {
  title?: string
  greeting?: string
  suggestions?: string[]
  colours?: { brand?: string; on_brand?: string }
  texts?: Record<string, string>
  link_origins?: string[]
  allowed_origins?: string[]
}

export interface Ticket {
  ticket_id: string
  number: string
  title: string
  status: string
  status_text: string
  department?: string
  due_at?: string
  events?: { at: string; text: string }[]
}
