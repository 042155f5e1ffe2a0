// One function per route of the staff API. Pages call these and nothing else.
import { get, patch, post, put } from './client';
import type * as T from './types';

const at = encodeURIComponent;

export type InboxQuery = {
  filter: T.InboxFilter;
  q?: string;
  category?: string;
  emotion?: string;
  intent?: string;
  channel?: string;
  rating?: string;
  day?: string;
  cursor?: string;
};
export type TicketQuery = {
  status?: string;
  priority?: string;
  department?: string;
  assignee?: string;
  q?: string;
  customer?: string;
  conversation?: string;
  cursor?: string;
};

export const auth = {
  meta: () => get<T.Meta>('/meta'),
  me: () => get<T.Me>('/auth/me'),
  login: (login: string, password: string) => post<T.Me>('/auth/login', { login, password }),
  logout: () => post('/auth/logout'),
};

export const conversations = {
  list: (q: InboxQuery, signal?: AbortSignal) => get<T.InboxPage>('/conversations', { ...q, limit: 60 }, signal),
  one: (id: string) => get<T.Conversation>(`/conversations/${at(id)}`),
  messages: (id: string, q: { after?: number; before?: number; limit?: number } = {}) =>
    get<{ items: T.Message[] }>(`/conversations/${at(id)}/messages`, q),
  send: (id: string, m: { client_id: string; text: string; kind: 'text' | 'note' }) =>
    post<{ id: string; seq: number }>(`/conversations/${at(id)}/messages`, m),
  take: (id: string) => post(`/conversations/${at(id)}/take`),
  handBack: (id: string) => post(`/conversations/${at(id)}/hand-back`),
  close: (id: string) => post(`/conversations/${at(id)}/close`),
  assign: (id: string, to: { staff_id?: string; team_id?: string }) => post(`/conversations/${at(id)}/assign`, to),
  read: (id: string, seq: number) => post(`/conversations/${at(id)}/read`, { seq }),
  presence: (id: string, state: 'viewing' | 'typing' | 'gone') => post(`/conversations/${at(id)}/presence`, { state }),
  decisions: (id: string) => get<{ items: T.Decision[] }>(`/conversations/${at(id)}/decisions`),
};

export const customers = {
  one: (id: string) => get<T.Customer>(`/customers/${at(id)}`),
  orders: (id: string) => get<{ items: T.Order[] }>(`/customers/${at(id)}/orders`),
  timeline: (id: string) => get<{ items: T.TimelineItem[] }>(`/customers/${at(id)}/timeline`),
};

export const tickets = {
  list: (q: TicketQuery, signal?: AbortSignal) => get<T.TicketPage>('/tickets', { ...q, limit: 60 }, signal),
  one: (id: string) => get<T.Ticket>(`/tickets/${at(id)}`),
  create: (t: T.NewTicket) => post<T.Ticket>('/tickets', t),
  change: (id: string, p: T.TicketPatch) => patch<T.Ticket>(`/tickets/${at(id)}`, p),
  comment: (id: string, text: string, isPublic: boolean) => post(`/tickets/${at(id)}/comments`, { text, public: isPublic }),
  merge: (id: string, into: string) => post(`/tickets/${at(id)}/merge`, { into }),
};

export type ArticleQuery = { q?: string; status?: string; language?: string; category?: string; key?: string; cursor?: string };

export const articles = {
  list: (q: ArticleQuery, signal?: AbortSignal) => get<T.Page<T.Article>>('/articles', { ...q, limit: 100 }, signal),
  one: (id: string) => get<T.Article>(`/articles/${at(id)}`),
  create: (a: T.Content & { key?: string; language: string }) => post<T.Article>('/articles', a),
  save: (id: string, a: T.Content & { version: number; note?: string }) => put<T.Article>(`/articles/${at(id)}`, a),
  publish: (id: string, version: number) => post<T.Article>(`/articles/${at(id)}/publish`, { version }),
  withdraw: (id: string, version: number) => post<T.Article>(`/articles/${at(id)}/withdraw`, { version }),
  restore: (id: string, version: number) => post<T.Article>(`/articles/${at(id)}/restore`, { version }),
  versions: (id: string) => get<{ items: T.ArticleVersion[] }>(`/articles/${at(id)}/versions`),
};

export const search = (q: string, kinds: string, signal?: AbortSignal) => get<T.SearchPage>('/search', { q, kinds }, signal);
export const insight = (from: string, to: string) => get<T.Insight>('/insight/summary', { from, to });
export const quickReplies = () => get<{ items: T.QuickReply[] }>('/quick-replies');

export const staff = {
  list: () => get<{ items: T.StaffMember[] }>('/staff'),
  create: (s: { login: string; name: string; role: string; language: string; password: string; teams: string[] }) =>
    post<T.StaffMember>('/staff', s),
  change: (id: string, p: Partial<Pick<T.StaffMember, 'name' | 'role' | 'language' | 'teams' | 'active'>> & { password?: string }) =>
    patch<T.StaffMember>(`/staff/${at(id)}`, p),
  teams: () => get<{ items: T.Team[] }>('/teams'),
};
