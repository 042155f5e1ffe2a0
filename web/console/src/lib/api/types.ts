// What the staff API says, as docs/architecture.md tells it. Absent means unknown, never a guess.

export type Pair = { zh: string; en: string };
export type Person = { id: string; name: string };
export type Money = { amount: number; currency: string };
export type Page<T> = { items: T[]; next_cursor?: string };

export type Role = 'admin' | 'supervisor' | 'staff' | 'marketer' | 'viewer';
export type Me = {
  staff_id: string;
  name: string;
  role: Role;
  language: 'zh' | 'en';
  teams: string[];
  permissions: string[];
};
export type DemoLogin = { login: string; password: string; name: string; role: Role };
export type Meta = { name: string; version: string; demo: boolean; demo_logins?: DemoLogin[] };

export type Handler = 'agent' | 'waiting' | 'staff';
export type InboxFilter = 'mine' | 'waiting' | 'agent' | 'all' | 'closed';
export type InboxRow = {
  id: string;
  customer: { id: string; name: string; tier?: string };
  channel: string;
  status: 'open' | 'closed';
  handler: Handler;
  assignee?: Person;
  team?: Person;
  last_text: string;
  last_author?: Author;
  last_at: string;
  unread: number;
  emotion?: string;
  intensity?: number;
  category?: string;
  intent?: string;
  priority: number;
  rating?: number;
  language: 'zh' | 'en';
  waiting_since?: string;
};
export type InboxPage = Page<InboxRow> & { counts?: Partial<Record<InboxFilter, number>> };

export type Presence = { staff_id: string; name: string; state: 'viewing' | 'typing' };
export type Conversation = Omit<InboxRow, 'customer'> & {
  customer: Customer;
  assurance?: string;
  reason?: string;
  summary?: string;
  last_seq: number;
  read_seq?: number;
  delivered_seq?: number;
  page?: string;
  created_at: string;
  closed_at?: string;
  present?: Presence[];
  customer_typing?: boolean;
};

export type Author = 'customer' | 'agent' | 'staff' | 'system';
export type MessageKind = 'text' | 'image' | 'card' | 'notice' | 'note' | 'action';
export type Citation = { article_id: string; passage_id: string; title: string; text?: string; url?: string };
export type Attachment = { id: string; name: string; mime: string; size: number; url: string };
export type CardAction = { id: string; label: string; style?: string };
export type Card = { id: string; kind: string; status: string; title: string; body: unknown; actions?: CardAction[] | null };
export type Message = {
  id: string;
  seq: number;
  author: Author;
  author_id?: string;
  author_name?: string;
  kind: MessageKind;
  text: string;
  citations?: Citation[];
  card?: Card;
  press?: { card_id: string; action: string; values?: Record<string, string> };
  suggestions?: string[];
  attachments?: Attachment[];
  ai_generated: boolean;
  client_id?: string;
  turn_id?: string;
  at: string;
  delivered_at?: string;
  read_at?: string;
};

export type Scored = { label: string; p: number };
export type Entity = { kind: string; text: string; value: string; start?: number; end?: number };
export type Understanding = {
  text?: string;
  original?: string;
  language?: string;
  category?: string;
  category_p?: number;
  topic?: string;
  intent?: string;
  intent_p?: number;
  intents?: Scored[];
  out_of_scope?: boolean;
  emotion?: string;
  intensity?: number;
  emotion_shift?: number;
  urgency?: number;
  wants_human?: boolean;
  entities?: Entity[];
  findings?: { kind: string; detail: string }[];
  segments?: { text: string; intent: string; p: number }[];
};
export type Decision = {
  turn_id: string;
  conversation_id: string;
  seq_from: number;
  seq_to: number;
  at: string;
  took_ms: number;
  understanding?: Understanding;
  commands?: unknown[];
  flow?: { name?: string; step?: string; slots?: Record<string, unknown> };
  tools?: { name: string; args?: unknown; outcome?: string; took_ms?: number; detail?: string }[];
  passages?: { id: string; score: number; title?: string; text?: string; article_id?: string }[];
  answerable?: boolean;
  model?: { name?: string; tokens?: number; cost?: number; latency_ms?: number };
  checks?: ({ name?: string; ok?: boolean; detail?: string } | string)[];
  why?: Pair[];
};

export type Customer = {
  id: string;
  name: string;
  tier?: string;
  points?: number;
  language?: string;
  phone?: string;
  email?: string;
  city?: string;
  created_at?: string;
  stage?: string;
  identities?: { channel: string; handle: string }[];
  coupons?: { name: string; expires_at?: string }[];
  counts?: { conversations?: number; orders?: number; tickets?: number };
};
export type Order = {
  order_id: string;
  number: string;
  status: string;
  status_text: string;
  placed_at: string;
  total: Money;
  channel?: string;
  store?: string;
  items: { sku: string; name: string; image?: string; quantity: number; price: Money }[];
  shipments?: { carrier: string; tracking_number: string; status_text: string }[];
};
export type TimelineItem = {
  at: string;
  kind: string;
  title: string;
  detail?: string;
  ref?: { kind: string; id: string };
};

export type TicketEvent = {
  id: string;
  at: string;
  author?: string;
  author_name?: string;
  kind: string;
  text: string;
  public?: boolean;
};
export type Sla = { state: string; first_due_at?: string; due_at?: string; paused?: boolean };
export type Ticket = {
  id: string;
  number: string;
  title: string;
  description?: string;
  type: string;
  status: string;
  priority: string;
  department?: string;
  assignee?: Person;
  team?: Person;
  customer?: Person;
  conversation_id?: string;
  created_at: string;
  updated_at: string;
  resolved_at?: string;
  merged_into?: string;
  sla?: Sla;
  next?: string[];
  events?: TicketEvent[];
};
export type TicketPage = Page<Ticket> & { counts?: Record<string, number> };
export type TicketPatch = {
  status?: string;
  priority?: string;
  department?: string;
  assignee_id?: string;
  team_id?: string;
  title?: string;
};
export type NewTicket = {
  title: string;
  description: string;
  type: string;
  priority: string;
  department?: string;
  customer_id?: string;
  conversation_id?: string;
};

export type Limits = { stores?: string[]; regions?: string[]; tiers?: string[]; channels?: string[] };
export type Passage = { id: string; text: string };
export type ArticleStatus = 'draft' | 'review' | 'published' | 'withdrawn';
export type Content = {
  title: string;
  category?: string;
  questions?: string[];
  body: string;
  limits?: Limits;
  valid_from?: string;
  valid_until?: string;
  source?: string;
};
export type Article = Content & {
  id: string;
  key: string;
  language: 'zh' | 'en';
  status: ArticleStatus;
  version: number;
  live?: number;
  author?: string;
  created_at?: string;
  updated_at: string;
  passages?: Passage[];
};
export type ArticleVersion = { version: number; status: string; at: string; author?: string; title: string; body: string; note?: string };

export type SearchHit = {
  kind: string;
  id: string;
  title: string;
  snippet?: string;
  at?: string;
  ref?: { kind: string; id: string };
};
export type SearchPage = { items: SearchHit[]; counts?: Record<string, number> };

export type Count = { key: string; n: number };
export type Insight = {
  from: string;
  to: string;
  totals: Partial<
    Record<
      | 'conversations'
      | 'messages'
      | 'automated'
      | 'handoffs'
      | 'waiting_p50_ms'
      | 'waiting_p90_ms'
      | 'first_reply_p50_ms'
      | 'rating_count'
      | 'rating_mean'
      | 'tickets_opened'
      | 'tickets_breached',
      number
    >
  >;
  by_day: { day: string; conversations: number; automated: number; handoffs: number }[];
  by_category: Count[];
  by_emotion: Count[];
  by_intent: Count[];
  by_channel?: Count[];
  by_rating?: Count[];
};

export type StaffMember = {
  id: string;
  login: string;
  name: string;
  role: Role;
  language: 'zh' | 'en';
  teams: string[];
  active: boolean;
  last_seen_at?: string;
};
export type Team = { id: string; name: Pair; members?: number };
export type QuickReply = { id: string; shortcut?: string; title: Pair; text: Pair };
export type Hint = { subject: string; id: string; seq?: number };
