// The shopper API as docs/architecture.md tells it, in memory, with faults to order: what the widget must live with.
import { randomUUID } from 'node:crypto'

const sleep = (ms) => new Promise((r) => setTimeout(r, ms))

/** One conversation and its listeners. */
class Conversation {
  constructor(id) {
    Object.assign(this, { id, messages: [], seq: 0, listeners: new Set(), closed: false, handler: 'agent', seen: new Map(), read: 0, typing: 0 })
  }

  append(m, { quiet = false } = {}) {
    const full = { id: randomUUID(), seq: ++this.seq, at: new Date().toISOString(), kind: 'text', text: '', ai_generated: m.author === 'agent', ...m }
    this.messages.push(full)
    if (!quiet) this.push('message', full, full.seq)
    return full
  }

  push(kind, data, id) {
    for (const hear of [...this.listeners]) hear(kind, data, id)
  }

  status(change) {
    Object.assign(this, change)
    this.push('status', { handler: this.handler, closed: this.closed, staff_name: this.staffName, queue_position: this.queue })
  }
}

export class Shopper {
  constructor() {
    this.conversations = new Map()
    this.tokens = new Map()
    this.events = []
    this.actions = []
    this.uploads = []
    this.requests = []
    this.faults = [] // { path, method?, times, status?, retryAfter?, cut?, delay?, after? } first match is used up
    this.config = { title: '小二 · Verdant', greeting: '', suggestions: [], link_origins: [] }
    this.streams = 0
    this.streamsRefused = false
    this.answer = async () => {}
  }

  get last() {
    return [...this.conversations.values()].at(-1)
  }

  fault(f) {
    this.faults.push({ times: 1, ...f })
  }

  takeFault(method, path) {
    const f = this.faults.find((x) => x.times > 0 && path.startsWith(x.path) && (!x.method || x.method === method))
    if (f) f.times--
    return f
  }

  async handle(req, res, url) {
    const path = url.pathname.slice('/widget/v1'.length)
    this.requests.push({ method: req.method, path: path + url.search, at: Date.now(), headers: req.headers })
    const f = this.takeFault(req.method, path)
    if (f?.delay) await sleep(f.delay)
    if (f?.cut) return res.destroy()
    if (f?.status) return problem(res, f.status, f.code ?? 'fault', f.detail ?? '', f.retryAfter)
    if (path === '/config') return json(res, 200, this.config)
    const body = req.method === 'POST' ? await read(req) : undefined
    if (path === '/sessions') return json(res, 200, this.session(JSON.parse(body)))
    const token = (req.headers.authorization ?? '').replace('Bearer ', '') || url.searchParams.get('token')
    const c = this.tokens.get(token)
    if (!c) return problem(res, 401, 'token_invalid', 'Ask for a new session.')
    const route = `${req.method} ${path.split('/').slice(0, 2).join('/')}`
    const data = body && req.headers['content-type']?.includes('json') ? JSON.parse(body) : body
    await this.serve(route, { req, res, url, c, data, path, fault: f })
  }

  session(ask) {
    const who = ask.identity?.customer_id ?? ask.visitor_id ?? randomUUID()
    let c = this.conversations.get(who)
    if (!c || c.closed) this.conversations.delete(who), this.conversations.set(who, (c = new Conversation(randomUUID())))
    const token = randomUUID()
    this.tokens.set(token, c)
    this.lastSession = ask
    return { token, conversation_id: c.id, visitor_id: who, seq: c.seq, handler: c.handler }
  }

  async serve(route, x) {
    const { res, c, data, url, path } = x
    switch (route) {
      case 'GET /messages':
        return json(res, 200, await this.page(c, Number(url.searchParams.get('after')), Number(url.searchParams.get('wait'))))
      case 'GET /stream':
        return this.stream(x)
      case 'POST /messages':
        return this.message(x)
      case 'POST /actions':
        return this.action(x)
      case 'POST /events':
        this.events.push(...data.events)
        return json(res, 202, {})
      case 'POST /typing':
        c.typing++
        return json(res, 202, {})
      case 'POST /read':
        c.read = Math.max(c.read, data.seq)
        return json(res, 202, {})
      case 'POST /attachments': {
        this.uploads.push(data.length)
        return json(res, 201, { id: `att${this.uploads.length}`, url: '/shop/pictures/p1.svg' })
      }
      case 'GET /citations':
        return json(res, 200, { title: '七天无理由退货规则', text: '签收后 **7 天**内可申请无理由退货：\n- 商品完好、配件齐全\n- 定制与贴身衣物除外\n\n详见[完整规则](/shop/guides/p1)。', url: '/shop/guides/p1', updated_at: '2026-10-02T08:00:00Z' })
      case 'GET /tickets': {
        const id = path.split('/')[2]
        const all = this.ticketList ?? []
        if (!id) return json(res, 200, { tickets: all })
        const one = all.find((t) => t.ticket_id === id)
        return one ? json(res, 200, one) : problem(res, 404, 'ticket_unknown', 'No such ticket.')
      }
      default:
        return problem(res, 404, 'route_unknown', route)
    }
  }

  async page(c, after, wait) {
    const until = Date.now() + wait * 1000
    while (c.seq <= after && Date.now() < until) await sleep(15)
    const messages = c.messages.filter((m) => m.seq > after).slice(0, 50)
    return { messages, seq: c.seq, handler: c.handler, closed: c.closed }
  }

  message({ res, c, data, fault }) {
    const known = c.seen.get(data.client_id)
    if (known) return json(res, 202, known)
    if (c.closed) c.status({ closed: false, handler: 'agent' })
    const attachments = data.attachment_ids?.map((id) => ({ id, name: 'p.png', mime: 'image/png', url: '/shop/pictures/p1.svg' }))
    const m = c.append({ author: 'customer', text: data.text, client_id: data.client_id, kind: attachments ? 'image' : 'text', attachments })
    const answer = { id: m.id, seq: m.seq }
    c.seen.set(data.client_id, answer)
    void this.answer(c, m)
    if (fault?.after) return res.destroy() // taken, but the answer is lost on the way
    json(res, 202, answer)
  }

  action({ res, c, data }) {
    this.actions.push(data)
    const m = c.messages.find((x) => x.card?.id === data.card_id)
    if (m && !data.action.startsWith('say:')) {
      m.card = { ...m.card, status: data.action === 'cancel' ? 'cancelled' : 'done' }
      c.push('message', m, m.seq)
    }
    json(res, 202, { seq: c.seq })
  }

  stream({ req, res, c, url }) {
    if (this.streamsRefused) return res.destroy()
    this.streams++
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    const write = (kind, data, id) => res.write(`${id ? `id: ${id}\n` : ''}event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`)
    const hear = (kind, data, id) => this.filter?.(kind, data) !== false && write(kind, data, id)
    write('status', { handler: c.handler, closed: c.closed })
    for (const m of c.messages.filter((x) => x.seq > Number(url.searchParams.get('after')))) hear('message', m, m.seq)
    c.listeners.add(hear)
    hear.cut = () => res.destroy()
    req.on('close', () => c.listeners.delete(hear))
  }

  cutStreams() {
    for (const c of this.conversations.values()) for (const hear of [...c.listeners]) hear.cut()
  }
}

function json(res, status, body) {
  res.writeHead(status, { 'Content-Type': 'application/json' })
  res.end(JSON.stringify(body))
}

function problem(res, status, code, detail, retryAfter) {
  res.writeHead(status, { 'Content-Type': 'application/problem+json', ...(retryAfter ? { 'Retry-After': String(retryAfter) } : {}) })
  res.end(JSON.stringify({ type: 'about:blank', title: code, status, detail, code }))
}

async function read(req) {
  const parts = []
  for await (const p of req) parts.push(p)
  const all = Buffer.concat(parts)
  return req.headers['content-type']?.includes('json') ? all.toString() : all
}
