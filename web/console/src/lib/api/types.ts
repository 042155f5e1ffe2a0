// The names under which pages know the staff API's shapes. They come from the generated description; only where that is
// looser than what the platform says (a closed set of words, the decision record) is it narrowed here.
import type { components, operations } from './schema';

type S = components['schemas'];
type Query<O extends keyof operations> = NonNullable<operations[O]['parameters']['query']>;

export type Language = 'zh' | 'en';
export type Pair = S['Text'];
export type Person = S['Person'];
export type Money = S['Money'];
export type Me = S['Me'];
export type Role = Me['role'];
export type Meta = S['Meta'];
export type Handler = S['ConversationRow']['handler'];
export type Author = 'customer' | 'agent' | 'staff' | 'system';
export type MessageKind = 'text' | 'image' | 'card' | 'notice' | 'note' | 'action';

export type InboxFilter = NonNullable<Query<'list-conversations'>['filter']>;
export type InboxQuery = Query<'list-conversations'> & { filter: InboxFilter };
export type InboxRow = Omit<S['ConversationRow'], 'language'> & { language: Language };
export type InboxPage = Omit<S['InboxOutputBody'], 'items'> & { items: InboxRow[] };
export type Conversation = Omit<S['ConversationFull'], 'language'> & { language: Language };
export type Citation = S['Citation'];
export type Attachment = S['Attachment'];
export type Card = S['Card'];
export type Message = Omit<S['Message'], 'author' | 'kind'> & { author: Author; kind: MessageKind };
export type QuickReply = S['QuickReply'];

export type Customer = S['Customer'];
export type Order = S['Order'];
export type TimelineItem = S['TimelineItem'];

export type TicketQuery = Query<'list-tickets'>;
export type TicketRow = S['TicketRow'];
export type Ticket = S['TicketFull'];
export type TicketPatch = S['ChangeTicketInputBody'];
export type NewTicket = S['OpenTicketInputBody'];
export type TicketEvent = S['TicketEvent'];
export type Sla = S['SLA'];

export type Approval = S['Approval'];

export type ArticleQuery = Query<'list-articles'>;
export type Article = S['Article'];
export type ArticleStatus = Article['status'];
export type ArticleInput = S['CreateArticleInputBody'];
export type ArticleVersion = S['ArticleVersion'];

export type Gap = S['Gap'];
export type GapFull = S['GapOutputBody'];
export type Draft = S['Draft'];
export type DraftWords = { title: string; questions: string[]; body: string };
export type Proof = S['Proof'];
export type ProofChange = S['Change'];

export type SearchHit = S['Found'];
export type Insight = S['Summary'];
export type Count = S['Count'];
export type Presence = NonNullable<Me['presence']>;
export type Flow = S['Flow'];
export type FlowRow = S['FlowRow'];
export type FlowFull = S['FlowFull'];
export type FlowFigures = S['Figures'];
export type FlowStep = S['Step'];
export type FlowSlot = S['Slot'];
export type FlowSay = S['Say'];
export type FlowBranch = S['Branch'];
export type JourneyVersion = S['Version'];
export type JourneyTable = S['Table'];
export type JourneyNode = S['Node'];
export type StaffMember = S['StaffView'];
export type NewStaff = S['CreateStaffInputBody'];
export type StaffPatch = S['ChangeStaffInputBody'];
export type Team = S['TeamView'];
export type Hint = { type?: string; subject: string; id: string; seq?: number };

// The decision record, as docs/architecture.md tells it; the description calls it opaque.
export type Scored = { label: string; p: number };
export type Entity = { kind: string; text: string; value: string };
export type Understanding = {
  category?: string;
  category_p?: number;
  topic?: string;
  intent?: string;
  intent_p?: number;
  intents?: Scored[];
  out_of_scope?: boolean;
  emotion?: string;
  intensity?: number;
  urgency?: number;
  wants_human?: boolean;
  entities?: Entity[];
  findings?: { kind: string; detail: string }[];
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
  flow?: { name?: string; step?: string | number; slots?: Record<string, unknown> };
  tools?: { name: string; args?: unknown; outcome?: string; took_ms?: number; detail?: string }[];
  effects?: { id?: string; tool: string; state: string }[];
  passages?: { id: string; score: number; title?: string; text?: string; article_id?: string }[];
  answerable?: boolean;
  model?: { name?: string; tokens?: number; cost?: number; latency_ms?: number };
  checks?: ({ name?: string; ok?: boolean; detail?: string } | string)[];
  why?: Pair[];
};
