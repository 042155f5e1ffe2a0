// The staff API over invented data, in memory: the same routes, shapes and errors as the real one, and live hints.
// Extra, for tests only: POST /fake/say, /fake/fail and /fake/cut make things happen that need other people.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seed } from './data.mjs';
import { studioRoutes, studioSeed } from './studio.mjs';

const dist = join(dirname(fileURLToPath(import.meta.url)), '../../../dist/console');
const mime = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'";
const reads = ['conversation.read', 'customer.read', 'order.read', 'ticket.read', 'knowledge.read', 'search.read', 'insight.read', 'journey.read', 'flow.read', 'staff.read', 'stream.read'];
const works = ['conversation.reply', 'conversation.assign', 'decision.read', 'ticket.write', 'knowledge.write', 'approval.read'];
const rights = { admin: [...reads, ...works, 'conversation.all', 'ticket.all', 'knowledge.publish', 'journey.write', 'audit.read', 'staff.write', 'approval.decide'], supervisor: [...reads, ...works, 'conversation.all', 'knowledge.publish', 'approval.decide'], staff: [...reads, ...works], viewer: ['knowledge.read', 'insight.read', 'staff.read', 'search.read', 'stream.read'] };

export class Problem extends Error {
  constructor(status, code, detail, extra = {}) {
    super(detail);
    Object.assign(this, { status, code, extra });
  }
}

function approvalsOf() {
  const at = new Date(Date.now() - 240_000).toISOString();
  return [{ id: 'eff_1', tool: 'return_items', state: 'approval', summary: { zh: '退货 1 × 咖啡机，退款 ¥5,999.00', en: 'Return 1 × coffee machine and refund ¥5,999.00' }, amount: { amount: 599_900, currency: 'CNY' },
    lines: [{ label: { zh: '订单', en: 'Order' }, value: { zh: 'QH20261101', en: 'QH20261101' } }], reason: { zh: '金额超过单笔上限，需要人工审批', en: 'the amount is above the limit for one action; a person has to approve it' },
    customer: { id: 'cus_1', name: '李娜', tier: 'gold' }, conversation_id: 'cnv_1', asked_at: at, updated_at: at }];
}

export function makeFake() {
  const s = { approvals: approvalsOf(), ...seed(), ...studioSeed(), sessions: new Map(), streams: new Set(), events: 0, present: new Map(), wrong: 0, fails: [], log: [] };
  s.hint = (subject, id) => {
    s.events++;
    const text = `id: ${s.events}\nevent: change\ndata: ${JSON.stringify({ type: `${subject}.changed`, subject, id, seq: s.events })}\n\n`;
    for (const r of s.streams) r.write(text);
  };
  const server = createServer((req, res) => void handle(s, req, res));
  server.state = s;
  return server;
}

async function handle(s, req, res) {
  const url = new URL(req.url, 'http://x');
  try {
    if (url.pathname.startsWith('/api/v1')) return await api(s, req, res, url);
    if (url.pathname.startsWith('/fake/')) return send(res, 200, await fake(s, url.pathname.slice(6), await bodyOf(req)));
    return await file(res, url.pathname);
  } catch (e) {
    const status = e.status ?? 500;
    send(res, status, { type: 'about:blank', title: e.code ?? 'internal', status, code: e.code ?? 'internal', detail: e.message, ...e.extra }, 'application/problem+json', e.extra?.headers);
  }
}

function send(res, status, data, type = 'application/json', headers = {}) {
  res.writeHead(status, { 'Content-Type': type, ...headers });
  res.end(data === undefined ? '' : JSON.stringify(data));
}

async function bodyOf(req) {
  let text = '';
  for await (const piece of req) text += piece;
  return text ? JSON.parse(text) : {};
}

async function file(res, path) {
  const rest = path.replace(/^\/console\/?/, '');
  const name = extname(rest) ? normalize(rest).replace(/^(\.\.[/\\])+/, '') : 'index.html';
  try {
    const data = await readFile(join(dist, name));
    res.writeHead(200, { 'Content-Type': mime[extname(name)] ?? 'application/octet-stream', 'Content-Security-Policy': policy });
    res.end(data);
  } catch {
    res.writeHead(404).end();
  }
}

async function fake(s, what, b) {
  if (what === 'say') {
    const list = (s.messages[b.conversation] ??= []);
    const m = { id: `msg_x${Math.random()}`, seq: (list.at(-1)?.seq ?? 0) + 1, at: new Date().toISOString(), author: 'customer', kind: 'text', text: b.text, ai_generated: false, delivered: true, read: true };
    list.push(m);
    const c = s.conversations.find((x) => x.id === b.conversation);
    Object.assign(c, { last_text: b.text, last_at: m.at, last_author: 'customer', unread: c.unread + 1 });
    s.hint('conversation', b.conversation);
  } else if (what === 'fail') s.fails.push(b);
  else if (what === 'cut') for (const r of s.streams) r.destroy();
  else if (what === 'present') {
    s.present.set(b.conversation, [{ staff_id: b.staff_id, name: b.name, state: b.state }]);
    s.hint('presence', b.conversation);
  }
  return { ok: true };
}

async function api(s, req, res, url) {
  const path = url.pathname.slice('/api/v1'.length);
  const sid = /xiaoer_session=([^;]+)/.exec(req.headers.cookie ?? '')?.[1];
  const me = s.sessions.get(sid);
  const body = ['POST', 'PUT', 'PATCH'].includes(req.method) ? await bodyOf(req) : undefined;
  if (path === '/meta') return send(res, 200, { name: 'Verdant 小二', version: 'test', demo: true, demo_logins: s.staff.filter((x) => x.active).map((x) => ({ login: x.login, password: 'demo-password', name: x.name, role: x.role })) });
  if (path === '/auth/login') return login(s, res, body);
  if (!me) throw new Problem(401, 'not_signed_in', 'Sign in first.');
  if (body !== undefined && req.headers['x-csrf'] !== '1') throw new Problem(403, 'csrf', 'The header X-CSRF is missing.');
  const planned = s.fails.findIndex((f) => path.includes(f.path) && (!f.method || f.method === req.method));
  if (planned >= 0) {
    const [f] = s.fails.splice(planned, 1);
    throw new Problem(f.status, f.code ?? 'planned', f.detail ?? 'Planned by the test.', f.extra);
  }
  if (path === '/stream') return stream(s, req, res);
  for (const [method, pattern, need, run] of routes) {
    const hit = method === req.method && pattern.exec(path);
    if (!hit) continue;
    if (need && !rights[me.role].includes(need)) throw new Problem(403, 'not_allowed', `Your role "${me.role}" does not have the permission "${need}"; ask an administrator.`);
    const out = run(s, { me, sid, body, q: Object.fromEntries(url.searchParams), id: hit[1] && decodeURIComponent(hit[1]) });
    return send(res, out === undefined ? 204 : 200, out);
  }
  throw new Problem(404, 'no_route', `There is no ${req.method} ${path}.`);
}

function login(s, res, b) {
  if (s.wrong >= 5) throw new Problem(429, 'locked', 'Too many attempts.', { headers: { 'Retry-After': '840' } });
  const who = s.staff.find((x) => x.login === b.login && x.active);
  if (!who || b.password !== 'demo-password') {
    s.wrong++;
    throw new Problem(401, 'login_wrong', 'Login or password is wrong.');
  }
  s.wrong = 0;
  const sid = Math.random().toString(36).slice(2);
  s.sessions.set(sid, who);
  send(res, 200, meOf(who), 'application/json', { 'Set-Cookie': `xiaoer_session=${sid}; Path=/; HttpOnly; SameSite=Lax` });
}

const meOf = (x) => ({ staff_id: x.id, name: x.name, role: x.role, language: x.language, presence: x.presence, teams: x.teams, permissions: rights[x.role] });

function stream(s, req, res) {
  res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  res.write('event: ready\ndata: {}\n\n');
  s.streams.add(res);
  req.on('close', () => s.streams.delete(res));
}

const person = (s, id) => s.staff.concat(s.teams).filter((x) => x.id === id).map((x) => ({ id, name: x.name.zh ?? x.name }))[0];
const brief = (s, id) => (({ id: i, name, tier }) => ({ id: i, name, tier }))(s.customers[id]);
const rowOf = (s, { customer_id, assignee, team, ...c }) => ({ ...c, customer: brief(s, customer_id), assignee: person(s, assignee), team: person(s, team) });
const find = (list, id, what) => list.find((x) => x.id === id) ?? (() => { throw new Problem(404, `${what}_unknown`, `There is no such ${what}.`); })();
const fullOf = (s, c) => ({ ...rowOf(s, c), customer: s.customers[c.customer_id], last_seq: s.messages[c.id]?.at(-1)?.seq ?? 0, created_at: c.last_at, present: s.present.get(c.id) ?? [], customer_typing: false });
const ticketOf = (s, { customer_id, assignee, team, ...t }) => ({ ...t, customer: customer_id && brief(s, customer_id), assignee: person(s, assignee), team: person(s, team), next: t.merged_into ? [] : { new: ['open', 'pending', 'solved', 'closed'], open: ['pending', 'solved', 'closed'], pending: ['open', 'solved', 'closed'], solved: ['open', 'closed'], closed: ['open'] }[t.status] });
const views = { mine: (c, me) => c.status === 'open' && c.assignee === me.id, waiting: (c) => c.status === 'open' && c.handler === 'waiting', agent: (c) => c.status === 'open' && c.handler === 'agent', all: () => true, closed: (c) => c.status === 'closed' };
const has = (q, ...texts) => !q || texts.join(' ').toLowerCase().includes(q.toLowerCase());

function inbox(s, { me, q }) {
  const facets = s.conversations.filter((c) => has(q.q, c.last_text, s.customers[c.customer_id].name) && (!q.customer || c.customer_id === q.customer) && ['category', 'emotion', 'intent', 'channel', 'rating'].every((f) => !q[f] || String(c[f]) === q[f]) && (!q.day || c.last_at.slice(0, 10) === q.day));
  const rows = facets.filter((c) => views[q.filter ?? 'all'](c, me)).sort((a, b) => b.last_at.localeCompare(a.last_at));
  const from = Number(q.cursor ?? 0), limit = Number(q.limit ?? 50);
  return { items: rows.slice(from, from + limit).map((c) => rowOf(s, c)), next_cursor: from + limit < rows.length ? String(from + limit) : undefined, counts: Object.fromEntries(Object.keys(views).map((v) => [v, facets.filter((c) => views[v](c, me)).length])) };
}

const move = (change) => (s, x) => {
  const c = find(s.conversations, x.id, 'conversation');
  if (c.status === 'closed') throw new Problem(409, 'conversation_closed', 'The conversation is closed; only the customer can open it again.');
  Object.assign(c, change(x, c));
  s.hint('conversation', c.id);
  return fullOf(s, c);
};

function say(s, { me, id, body }) {
  const c = find(s.conversations, id, 'conversation');
  const list = (s.messages[id] ??= []);
  const known = list.find((m) => m.client_id === body.client_id);
  if (known) return known;
  if (c.status === 'closed' && body.kind !== 'note') throw new Problem(409, 'conversation_closed', 'The conversation is closed.');
  const m = { id: `msg_${list.length}`, seq: (list.at(-1)?.seq ?? 0) + 1, at: new Date().toISOString(), author: 'staff', author_id: me.id, author_name: me.name, kind: body.kind, text: body.text, ai_generated: false, client_id: body.client_id, delivered: true, read: false };
  list.push(m);
  if (body.kind === 'text') Object.assign(c, { last_text: m.text, last_author: 'staff', last_at: m.at });
  s.hint('conversation', id);
  return m;
}

function listTickets(s, { q }) {
  const rows = s.tickets.filter((t) => has(q.q, t.number, t.title) && (!q.customer || t.customer_id === q.customer) && (!q.assignee || t.assignee === q.assignee) && ['priority', 'department'].every((f) => !q[f] || t[f] === q[f]));
  const counts = {};
  for (const t of rows) counts[t.status] = (counts[t.status] ?? 0) + 1;
  return { items: rows.filter((t) => !q.status || t.status === q.status).sort((a, b) => b.updated_at.localeCompare(a.updated_at)).map((t) => ticketOf(s, t)), counts };
}

function changeTicket(s, { me, id, body }) {
  const t = find(s.tickets, id, 'ticket');
  for (const [field, value] of Object.entries(body)) {
    t[field.replace('_id', '')] = value;
    t.events.push({ id: String(t.events.length + 1), at: new Date().toISOString(), author: 'staff', author_name: me.name, kind: field === 'status' ? 'status' : field.endsWith('_id') ? 'assigned' : 'changed', text: String(value), public: field === 'status' });
  }
  t.updated_at = new Date().toISOString();
  s.hint('ticket', id);
  return ticketOf(s, t);
}

function saveArticle(s, { id, body, me }) {
  const a = find(s.articles, id, 'article');
  if (body.version !== a.version) throw new Problem(409, 'article_moved_on', `Somebody saved version ${a.version} in the meantime; look at it and save again.`);
  (a.history ??= []).push(...['zh', 'en'].map((l) => ({ version: a.version, language: l, status: a.status, at: a.updated_at, by: a.updated_by, title: a.title[l], body: a.body[l] })));
  Object.assign(a, body, { version: a.version + 1, status: 'draft', updated_at: new Date().toISOString(), updated_by: me.name });
  s.hint('article', id);
  return a;
}

function search(s, { q }) {
  const items = [
    ...s.conversations.slice(0, 8).map((c) => ({ kind: 'conversation', id: c.id, title: s.customers[c.customer_id].name || c.id, snippet: c.last_text, at: c.last_at })),
    ...Object.values(s.customers).map((c) => ({ kind: 'customer', id: c.id, title: c.name, snippet: c.city ?? '' })),
    ...s.orders.map((o) => ({ kind: 'order', id: o.order_id, title: o.number, snippet: o.items.map((i) => i.name).join(', '), at: o.placed_at, ref: { kind: 'customer', id: 'cus_1' } })),
    ...s.tickets.map((t) => ({ kind: 'ticket', id: t.id, title: `${t.number} ${t.title}`, snippet: t.description, at: t.updated_at })),
    ...s.articles.map((a) => ({ kind: 'article', id: a.id, title: a.title.zh || a.title.en, snippet: a.body.zh.slice(0, 80), at: a.updated_at })),
  ].filter((h) => h.title && has(q.q, h.title, h.snippet));
  const counts = {};
  for (const h of items) counts[h.kind] = (counts[h.kind] ?? 0) + 1;
  return { items: items.filter((h) => !q.kinds || q.kinds.split(',').includes(h.kind)).slice(0, 40), counts };
}

function summary(s, { q }) {
  const by = (f) => Object.entries(s.conversations.reduce((n, c) => ({ ...n, [c[f]]: (n[c[f]] ?? 0) + 1 }), {})).filter(([k]) => k !== 'undefined').map(([key, n]) => ({ key, n }));
  const days = [];
  for (let d = new Date(q.from), i = 0; d < new Date(q.to) && i < 400; d = new Date(d.getTime() + 86_400_000), i++) days.push({ day: new Date(d.getTime() - d.getTimezoneOffset() * 60_000).toISOString().slice(0, 10), conversations: 30 + ((i * 17) % 22), automated: 21 + ((i * 11) % 9), handoffs: 4 + ((i * 5) % 6) });
  const n = days.reduce((x, d) => x + d.conversations, 0), automated = days.reduce((x, d) => x + d.automated, 0);
  return { from: q.from, to: q.to, totals: { conversations: n, messages: n * 7, answered: n, automated, automation_rate: automated / n, durable: automated - 9, durable_rate: (automated - 9) / n, recontacts: 9, handoffs: days.reduce((x, d) => x + d.handoffs, 0), waiting_p50_ms: 48_000, waiting_p90_ms: 190_000, first_reply_p50_ms: 420, rating_count: 64, rating_mean: 4.61, tickets_opened: 23, tickets_breached: 2 }, by_day: days, by_category: by('category'), by_emotion: by('emotion'), by_intent: by('intent'), by_channel: by('channel'), by_rating: [{ key: '5', n: 44 }, { key: '4', n: 13 }, { key: '3', n: 4 }, { key: '2', n: 1 }, { key: '1', n: 2 }] };
}

const routes = [
  ...studioRoutes(Problem),
  ['GET', /^\/auth\/me$/, '', (s, { me }) => meOf(me)],
  ['POST', /^\/auth\/logout$/, '', (s, { sid }) => void s.sessions.delete(sid)],
  ['GET', /^\/conversations$/, 'conversation.read', inbox],
  ['GET', /^\/conversations\/([^/]+)$/, 'conversation.read', (s, { id }) => fullOf(s, find(s.conversations, id, 'conversation'))],
  ['GET', /^\/conversations\/([^/]+)\/messages$/, 'conversation.read', (s, { id, q }) => ({ items: (s.messages[id] ?? []).filter((m) => (!q.before || m.seq < q.before) && (!q.after || m.seq > q.after)).slice(-(q.limit ?? 50)), last_seq: s.messages[id]?.at(-1)?.seq ?? 0 })],
  ['POST', /^\/conversations\/([^/]+)\/messages$/, 'conversation.reply', say],
  ['GET', /^\/conversations\/([^/]+)\/decisions$/, 'decision.read', (s, { id }) => ({ items: [...(s.decisions[id] ?? [])].reverse() })],
  ['POST', /^\/conversations\/([^/]+)\/take$/, 'conversation.reply', move(({ me }) => ({ handler: 'staff', assignee: me.id, waiting_since: undefined }))],
  ['POST', /^\/conversations\/([^/]+)\/hand-back$/, 'conversation.reply', move(() => ({ handler: 'agent', assignee: undefined, waiting_since: undefined }))],
  ['POST', /^\/conversations\/([^/]+)\/close$/, 'conversation.reply', move(() => ({ status: 'closed', closed_at: new Date().toISOString() }))],
  ['POST', /^\/conversations\/([^/]+)\/assign$/, 'conversation.assign', move(({ body }) => (body.staff_id ? { handler: 'staff', assignee: body.staff_id } : { team: body.team_id }))],
  ['POST', /^\/conversations\/([^/]+)\/read$/, 'conversation.read', (s, { id }) => { find(s.conversations, id, 'conversation').unread = 0; s.hint('conversation', id); }],
  ['POST', /^\/conversations\/([^/]+)\/presence$/, 'conversation.read', () => undefined],
  ['GET', /^\/quick-replies$/, 'conversation.reply', (s) => ({ items: s.quick })],
  ['GET', /^\/customers\/([^/]+)$/, 'customer.read', (s, { id }) => s.customers[id] ?? find([], id, 'customer')],
  ['GET', /^\/customers\/([^/]+)\/orders$/, 'order.read', (s, { id }) => ({ items: id === 'cus_4' ? [] : s.orders })],
  ['GET', /^\/customers\/([^/]+)\/timeline$/, 'customer.read', (s, { id }) => ({ items: [...s.conversations.filter((c) => c.customer_id === id).slice(0, 3).map((c) => ({ at: c.last_at, kind: 'conversation', title: c.last_text, ref: { kind: 'conversation', id: c.id } })), ...s.tickets.filter((t) => t.customer_id === id).map((t) => ({ at: t.created_at, kind: 'ticket', title: t.title, detail: t.number, ref: { kind: 'ticket', id: t.id } })), ...s.orders.map((o) => ({ at: o.placed_at, kind: 'order', title: o.number, detail: o.status_text }))].sort((a, b) => b.at.localeCompare(a.at)) })],
  ['GET', /^\/approvals$/, 'approval.read', (s) => ({ items: s.approvals })],
  ['POST', /^\/approvals\/([^/]+)\/(?:approve|reject)$/, 'approval.decide', (s, { id }) => { const a = find(s.approvals, id, 'approval'); s.approvals = s.approvals.filter((x) => x !== a); s.hint('approval', id); return { ...a, state: 'done' }; }],
  ['GET', /^\/tickets$/, 'ticket.read', listTickets],
  ['POST', /^\/tickets$/, 'ticket.write', (s, { body }) => { const t = { id: `tkt_${s.tickets.length + 1}`, number: `T10000${s.tickets.length + 1}`, status: 'new', created_at: new Date().toISOString(), updated_at: new Date().toISOString(), department: 'service', sla: { state: 'ok', paused: false }, events: [], ...body }; s.tickets.push(t); s.hint('ticket', t.id); return ticketOf(s, t); }],
  ['GET', /^\/tickets\/([^/]+)$/, 'ticket.read', (s, { id }) => ticketOf(s, find(s.tickets, id, 'ticket'))],
  ['PATCH', /^\/tickets\/([^/]+)$/, 'ticket.write', changeTicket],
  ['POST', /^\/tickets\/([^/]+)\/comments$/, 'ticket.write', (s, { id, body, me }) => { const t = find(s.tickets, id, 'ticket'); t.events.push({ id: String(t.events.length + 1), at: new Date().toISOString(), author: 'staff', author_name: me.name, kind: 'comment', text: body.text, public: !!body.public }); s.hint('ticket', id); return ticketOf(s, t); }],
  ['POST', /^\/tickets\/([^/]+)\/merge$/, 'ticket.write', (s, { id, body }) => { const t = find(s.tickets, id, 'ticket'); Object.assign(t, { status: 'closed', merged_into: body.into }); s.hint('ticket', id); return ticketOf(s, find(s.tickets, body.into, 'ticket')); }],
  ['GET', /^\/articles$/, 'knowledge.read', (s, { q }) => ({ items: s.articles.filter((a) => has(q.q, a.title.zh, a.title.en, a.body.zh) && (!q.status || a.status === q.status)) })],
  ['POST', /^\/articles$/, 'knowledge.write', (s, { body, me }) => { const a = { ...s.articles[1], ...body, id: `a-${s.articles.length}`, key: `a-${s.articles.length}`, status: 'draft', live: false, version: 1, updated_at: new Date().toISOString(), updated_by: me.name, passages: [] }; s.articles.push(a); return a; }],
  ['GET', /^\/articles\/([^/]+)$/, 'knowledge.read', (s, { id }) => find(s.articles, id, 'article')],
  ['PUT', /^\/articles\/([^/]+)$/, 'knowledge.write', saveArticle],
  ['POST', /^\/articles\/([^/]+)\/publish$/, 'knowledge.publish', (s, { id }) => { s.hint('article', id); return Object.assign(find(s.articles, id, 'article'), { status: 'published', live: true }); }],
  ['POST', /^\/articles\/([^/]+)\/withdraw$/, 'knowledge.publish', (s, { id }) => { s.hint('article', id); return Object.assign(find(s.articles, id, 'article'), { status: 'withdrawn', live: false }); }],
  ['GET', /^\/articles\/([^/]+)\/versions$/, 'knowledge.read', (s, { id }) => { const a = find(s.articles, id, 'article'); return { items: ['zh', 'en'].filter((l) => a.title[l]).flatMap((l) => [{ version: a.version, language: l, status: a.status, at: a.updated_at, by: a.updated_by, title: a.title[l], body: a.body[l] }, ...(a.history ?? [{ version: 1, language: l, status: 'published', at: a.updated_at, by: 'seed', title: a.title[l], body: a.body[l].split('\n').slice(0, 3).join('\n') }]).filter((v) => v.language === l)]) }; }],
  ['GET', /^\/search$/, 'search.read', search],
  ['GET', /^\/insight\/summary$/, 'insight.read', summary],
  ['GET', /^\/staff$/, 'staff.read', (s) => ({ items: s.staff })],
  ['POST', /^\/staff$/, 'staff.write', (s, { body }) => { if (s.staff.some((x) => x.login === body.login)) throw new Problem(409, 'login_taken', 'This login is taken; choose another one.'); const x = { ...body, password: undefined, id: `stf_${s.staff.length + 1}`, active: true, presence: 'offline', capacity: 0 }; s.staff.push(x); s.hint('staff', x.id); return x; }],
  ['PATCH', /^\/staff\/([^/]+)$/, 'staff.write', (s, { id, body }) => { s.hint('staff', id); return Object.assign(find(s.staff, id, 'member'), body); }],
  ['GET', /^\/teams$/, 'staff.read', (s) => ({ items: s.teams })],
];
