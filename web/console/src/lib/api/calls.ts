// One function per route of the staff API. Pages call these and nothing else.
import { client, got } from './client';
import type * as T from './types';

const { GET, POST, PUT, PATCH } = client;
const of = (id: string) => ({ params: { path: { id } } });
type As<X> = Promise<X>;

export const auth = {
  meta: () => got(GET('/api/v1/meta')),
  me: () => got(GET('/api/v1/auth/me')),
  login: (login: string, password: string) => got(POST('/api/v1/auth/login', { body: { login, password } })),
  logout: () => got(POST('/api/v1/auth/logout')),
  presence: (presence: T.Presence) => got(POST('/api/v1/auth/presence', { body: { presence } })),
  password: (current: string, password: string) => got(POST('/api/v1/auth/password', { body: { current, password } })),
};

export const conversations = {
  list: (query: T.InboxQuery, signal?: AbortSignal) => got(GET('/api/v1/conversations', { params: { query: { limit: 60, ...query } }, signal })) as As<T.InboxPage>,
  one: (id: string) => got(GET('/api/v1/conversations/{id}', of(id))) as As<T.Conversation>,
  messages: (id: string, query: { after?: number; before?: number; limit?: number }) =>
    got(GET('/api/v1/conversations/{id}/messages', { params: { path: { id }, query } })) as As<{ items: T.Message[] }>,
  send: (id: string, body: { client_id: string; text: string; kind: 'text' | 'note' }) => got(POST('/api/v1/conversations/{id}/messages', { ...of(id), body })),
  take: (id: string) => got(POST('/api/v1/conversations/{id}/take', of(id))),
  handBack: (id: string) => got(POST('/api/v1/conversations/{id}/hand-back', of(id))),
  close: (id: string) => got(POST('/api/v1/conversations/{id}/close', of(id))),
  assign: (id: string, body: { staff_id?: string; team_id?: string }) => got(POST('/api/v1/conversations/{id}/assign', { ...of(id), body })),
  read: (id: string, seq: number) => got(POST('/api/v1/conversations/{id}/read', { ...of(id), body: { seq } })),
  presence: (id: string, state: 'viewing' | 'typing' | 'gone') => got(POST('/api/v1/conversations/{id}/presence', { ...of(id), body: { state } })),
  decisions: (id: string) => got(GET('/api/v1/conversations/{id}/decisions', of(id))) as As<{ items: T.Decision[] }>,
};
export const quickReplies = () => got(GET('/api/v1/quick-replies'));

export const customers = {
  one: (id: string) => got(GET('/api/v1/customers/{id}', of(id))),
  orders: (id: string) => got(GET('/api/v1/customers/{id}/orders', of(id))),
  timeline: (id: string) => got(GET('/api/v1/customers/{id}/timeline', of(id))),
};

export const tickets = {
  list: (query: T.TicketQuery, signal?: AbortSignal) => got(GET('/api/v1/tickets', { params: { query: { limit: 60, ...query } }, signal })),
  one: (id: string) => got(GET('/api/v1/tickets/{id}', of(id))),
  create: (body: T.NewTicket) => got(POST('/api/v1/tickets', { body })),
  change: (id: string, body: T.TicketPatch) => got(PATCH('/api/v1/tickets/{id}', { ...of(id), body })),
  comment: (id: string, text: string, isPublic: boolean) => got(POST('/api/v1/tickets/{id}/comments', { ...of(id), body: { text, public: isPublic } })),
  merge: (id: string, into: string) => got(POST('/api/v1/tickets/{id}/merge', { ...of(id), body: { into } })),
};

export const approvals = {
  list: () => got(GET('/api/v1/approvals')),
  approve: (id: string) => got(POST('/api/v1/approvals/{id}/approve', of(id))),
  reject: (id: string, reason: string) => got(POST('/api/v1/approvals/{id}/reject', { ...of(id), body: { reason } })),
};

export const articles = {
  list: (query: T.ArticleQuery, signal?: AbortSignal) => got(GET('/api/v1/articles', { params: { query: { limit: 100, ...query } }, signal })),
  one: (id: string) => got(GET('/api/v1/articles/{id}', of(id))),
  create: (body: T.ArticleInput) => got(POST('/api/v1/articles', { body })),
  save: (id: string, body: T.ArticleInput & { version: number }) => got(PUT('/api/v1/articles/{id}', { ...of(id), body })),
  publish: (id: string, version: number) => got(POST('/api/v1/articles/{id}/publish', { ...of(id), body: { version } })),
  withdraw: (id: string, version: number) => got(POST('/api/v1/articles/{id}/withdraw', { ...of(id), body: { version } })),
  versions: (id: string) => got(GET('/api/v1/articles/{id}/versions', of(id))),
};

export const learning = {
  gaps: (state: 'open' | 'drafted' | 'closed') => got(GET('/api/v1/gaps', { params: { query: { state } } })),
  gap: (id: string) => got(GET('/api/v1/gaps/{id}', of(id))),
  make: (gap: string) => got(POST('/api/v1/gaps/{id}/draft', of(gap))),
  drafts: () => got(GET('/api/v1/drafts')),
  save: (id: string, body: T.DraftWords & { version: number }) => got(PUT('/api/v1/drafts/{id}', { ...of(id), body })),
  prove: (id: string, version: number) => got(POST('/api/v1/drafts/{id}/prove', { ...of(id), body: { version } })),
  accept: (id: string, version: number) => got(POST('/api/v1/drafts/{id}/accept', { ...of(id), body: { version } })),
  reject: (id: string, version: number, reason: string) => got(POST('/api/v1/drafts/{id}/reject', { ...of(id), body: { version, reason } })),
  rollback: (id: string, version: number, reason: string) => got(POST('/api/v1/drafts/{id}/rollback', { ...of(id), body: { version, reason } })),
};

export const search = (q: string, kinds: string, signal?: AbortSignal) => got(GET('/api/v1/search', { params: { query: { q, kinds: kinds || undefined } }, signal }));
export const insight = (from: string, to: string) => got(GET('/api/v1/insight/summary', { params: { query: { from, to } } }));

export const audit = (before: number) => got(GET('/api/v1/audit', { params: { query: { limit: 50, ...(before ? { before } : {}) } } }));
const since = (days: number) => ({ from: new Date(Date.now() - days * 86_400_000).toISOString() });
export const flows = {
  list: (days: number) => got(GET('/api/v1/flows', { params: { query: since(days) } })),
  one: (id: string) => got(GET('/api/v1/flows/{id}', of(id))),
  source: (id: string) => got(GET('/api/v1/flows/{id}/source', of(id))),
  check: (text: string) => got(POST('/api/v1/flows/check', { body: { text } })),
  figures: (id: string, days: number) => got(GET('/api/v1/flows/{id}/figures', { params: { path: { id }, query: since(days) } })),
};

export const journey = {
  get: (version: number) => got(GET('/api/v1/journey', { params: { query: version ? { version } : {} } })),
  save: (version: number, table: T.JourneyTable, note: string) => got(PUT('/api/v1/journey', { body: { version, table, note } })),
  versions: () => got(GET('/api/v1/journey/versions')),
};

export const staff = {
  list: () => got(GET('/api/v1/staff')),
  create: (body: T.NewStaff) => got(POST('/api/v1/staff', { body })),
  change: (id: string, body: T.StaffPatch) => got(PATCH('/api/v1/staff/{id}', { ...of(id), body })),
  teams: () => got(GET('/api/v1/teams')),
};
