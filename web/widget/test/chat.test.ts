// The chat against a server in memory, on a clock of our own: nothing missed, nothing twice, whatever breaks.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError, type Api } from '../src/core/api'
import { Backoff } from '../src/core/backoff'
import { Chat } from '../src/core/chat'
import type { Source, World } from '../src/core/link'
import { Memory, type Shelf } from '../src/core/memory'
import type { Message } from '../src/core/wire'

class FakeSource implements Source {
  onopen: ((e: Event) => unknown) | null = null
  onerror: ((e: Event) => unknown) | null = null
  closed = false
  private hear = new Map<string, (e: MessageEvent) => void>()
  constructor(readonly url: string) {}
  addEventListener(kind: string, f: (e: MessageEvent) => void) {
    this.hear.set(kind, f)
  }
  close() {
    this.closed = true
  }
  open() {
    this.onopen?.({} as Event)
  }
  emit(kind: string, data: unknown) {
    if (!this.closed) this.hear.get(kind)?.({ data: typeof data === 'string' ? data : JSON.stringify(data) } as MessageEvent)
  }
  cut() {
    this.onerror?.({} as Event)
  }
}

class Server {
  messages: Message[] = []
  seen = new Map<string, number>()
  sessions = 0
  sends = 0
  acts: unknown[] = []
  events: { event_id?: string }[] = []
  faults: { at: string; error: ApiError; after?: boolean }[] = []
  conversation = 'conv1'
  valid = new Set<string>()
  sources: FakeSource[] = []
  autoOpen = true

  add(m: Partial<Message>, push = true): Message {
    const full: Message = { seq: this.messages.length + 1, author: 'agent', kind: 'text', text: 'x', ...m }
    this.messages.push(full)
    if (push) this.source?.emit('message', full)
    return full
  }
  get source(): FakeSource | undefined {
    return this.sources.filter((s) => !s.closed).at(-1)
  }
  trip(at: string, after = false): void {
    const i = this.faults.findIndex((f) => f.at === at && !!f.after === after)
    if (i >= 0) throw this.faults.splice(i, 1)[0]!.error
  }
  private check(token: string): void {
    if (!this.valid.has(token)) throw new ApiError(401)
  }
  api: Api = {
    session: async () => {
      this.trip('session')
      const token = `t${++this.sessions}`
      this.valid.add(token)
      return { token, conversation_id: this.conversation, visitor_id: 'v1', seq: this.messages.length }
    },
    messages: async (token, after, wait, signal) => {
      this.trip('messages')
      this.check(token)
      if (wait) await new Promise<void>((r) => (setTimeout(r, wait * 1000), signal?.addEventListener('abort', () => r())))
      return { messages: this.messages.filter((m) => m.seq > after).slice(0, 3), seq: this.messages.length }
    },
    send: async (token, m) => {
      this.sends++
      this.trip('send')
      this.check(token)
      if (!this.seen.has(m.client_id)) this.seen.set(m.client_id, this.add({ author: 'customer', text: m.text, client_id: m.client_id }).seq)
      this.trip('send', true)
      return { id: 'x', seq: this.seen.get(m.client_id)! }
    },
    act: async (_, a) => {
      this.trip('act')
      this.acts.push(a)
    },
    events: async (_, e) => {
      this.trip('events')
      this.events.push(...e)
    },
    typing: async () => undefined,
    read: async () => undefined,
    upload: async () => ({ id: 'att1', url: '/a' }),
    citation: async () => ({ passage_id: 'p', title: '', text: '' }),
    tickets: async () => ({ tickets: [] }),
    ticket: async () => ({ ticket_id: 't', number: '', title: '', status: '', status_text: '' }),
    comment: async () => ({}) as never,
    config: async () => ({}),
    streamUrl: (t, after) => `${t}/${after}`,
  }
}

let server: Server
let shelf: Shelf & { kept: Map<string, string> }
let hidden: boolean
let ids: number

const world: World = {
  source: (url) => {
    const s = new FakeSource(url)
    server.sources.push(s)
    if (server.autoOpen) queueMicrotask(() => s.open())
    return s
  },
  hidden: () => hidden,
  now: () => Date.now(),
  random: () => 0.5,
}
const make = () => new Chat({ api: server.api, memory: new Memory('web', shelf), locale: () => 'zh', page: () => '/', newId: () => `c${++ids}`, world })
const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms)
const shown = (c: Chat) => c.state.messages.map((m) => m.seq)
const all = () => server.messages.map((m) => m.seq)

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  server = new Server()
  hidden = false
  ids = 0
  const kept = new Map<string, string>()
  shelf = { kept, getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => void kept.set(k, v) }
})
afterEach(() => vi.useRealTimers())

describe('the line', () => {
  it('reads the whole history page by page, then streams from there', async () => {
    for (let i = 0; i < 10; i++) server.add({}, false)
    const c = make()
    await c.start()
    await pass()
    expect(shown(c)).toEqual(all())
    expect(server.source!.url).toBe('t1/10')
    expect(c.state.connection).toBe('live')
  })

  it('misses nothing said while it was cut, and shows nothing twice', async () => {
    const c = make()
    await c.start()
    await pass(6000)
    server.add({})
    server.source!.cut()
    server.add({}, false)
    server.add({}, false)
    await pass(1500)
    expect(shown(c)).toEqual([1, 2, 3])
    server.source!.emit('message', server.messages[1])
    server.source!.emit('message', server.messages[2])
    expect(shown(c)).toEqual([1, 2, 3])
  })

  it('fills a gap as soon as it is seen', async () => {
    const c = make()
    await c.start()
    await pass()
    server.add({}, false)
    server.add({}, false)
    server.add({}) // only the third is pushed
    await pass()
    expect(shown(c)).toEqual([1, 2, 3])
    expect(c.state.complete).toBe(3)
  })

  it('finds what a silent, dead stream did not bring', async () => {
    const c = make()
    await c.start()
    await pass()
    server.add({}, false)
    await pass(26_000)
    expect(shown(c)).toEqual([1])
    await pass(1000)
    expect(server.sources).toHaveLength(2)
  })

  it('polls where streams do not get through, and tries streams again later', async () => {
    server.autoOpen = false
    const c = make()
    await c.start()
    for (let i = 0; i < 3; i++) {
      await pass(3000)
      server.source?.cut()
    }
    await pass(3000)
    expect(c.state.connection).toBe('polling')
    server.add({}, false)
    await pass(20_000)
    expect(shown(c)).toEqual([1])
    const before = server.sources.length
    await pass(90_000)
    expect(server.sources.length).toBeGreaterThan(before)
  })

  it('asks for a new session when the token is not taken any more', async () => {
    const c = make()
    await c.start()
    await pass()
    server.valid.clear()
    server.source!.cut()
    server.add({}, false)
    await pass(3000)
    expect(server.sessions).toBe(2)
    expect(shown(c)).toEqual([1])
  })

  it('tells that it is offline, and is back at a nudge without waiting out the pause', async () => {
    const c = make()
    await c.start()
    await pass()
    for (let i = 0; i < 6; i++) server.faults.push({ at: 'messages', error: new ApiError(0) })
    server.source!.cut()
    await pass(12_000)
    expect(c.state.connection).toBe('offline')
    server.faults = []
    c.retryConnection()
    await pass(1)
    expect(c.state.connection).toBe('live')
  })

  it('waits as long as the server asks', async () => {
    const c = make()
    await c.start()
    await pass(6000)
    server.faults.push({ at: 'messages', error: new ApiError(429, '', '', 9000) })
    server.source!.cut()
    await pass(8000)
    expect(server.source).toBeUndefined()
    await pass(2500)
    expect(server.source).toBeDefined()
  })

  it('rests in a hidden tab', async () => {
    hidden = true
    const c = make()
    await c.start()
    await pass(1000)
    expect(server.sources).toHaveLength(0)
    server.add({}, false)
    await pass(31_000)
    expect(shown(c)).toEqual([1])
  })

  it('survives a storm of cuts, gaps, doubles and errors', async () => {
    let seed = 3
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647
    const c = make()
    await c.start()
    for (let i = 0; i < 120; i++) {
      const r = random()
      if (r < 0.5) server.add({}, random() < 0.6)
      else if (r < 0.7) server.source?.cut()
      else if (r < 0.8) server.faults.push({ at: 'messages', error: new ApiError([0, 429, 500, 503][i % 4]!) })
      else if (r < 0.9 && server.messages.length) server.source?.emit('message', server.messages[Math.floor(random() * server.messages.length)])
      else server.source?.emit('message', '{"seq":') // half a line
      await pass(Math.floor(random() * 4000))
    }
    await pass(120_000)
    expect(shown(c)).toEqual(all())
  })
})

describe('sending', () => {
  it('shows at once, sends in order, keeps one of each', async () => {
    const c = make()
    c.send('one')
    c.send('two')
    expect(c.state.outbox.map((o) => o.text)).toEqual(['one', 'two'])
    await pass(100)
    expect(c.state.messages.map((m) => m.text)).toEqual(['one', 'two'])
    expect(c.state.outbox).toEqual([])
  })

  it('sends again under the same client id when the answer was lost', async () => {
    const c = make()
    await c.start()
    server.faults.push({ at: 'send', error: new ApiError(0), after: true })
    c.send('one')
    await pass(5000)
    expect(server.messages.filter((m) => m.text === 'one')).toHaveLength(1)
    expect(c.state.messages).toHaveLength(1)
    expect(c.state.outbox).toEqual([])
  })

  it('gives up after some tries, keeps the words, and sends them at a press', async () => {
    const c = make()
    await c.start()
    for (let i = 0; i < 5; i++) server.faults.push({ at: 'send', error: new ApiError(500) })
    c.send('one')
    await pass(40_000)
    expect(c.state.outbox[0]!.state).toBe('failed')
    c.retry(c.state.outbox[0]!.client_id)
    await pass(100)
    expect(c.state.messages.map((m) => m.text)).toEqual(['one'])
  })

  it('says why the server refused, and does not try again', async () => {
    const c = make()
    await c.start()
    server.faults.push({ at: 'send', error: new ApiError(422, 'Too long.') })
    c.send('one')
    await pass(10_000)
    expect(c.state.outbox[0]).toMatchObject({ state: 'refused', detail: 'Too long.' })
    expect(server.sends).toBe(1)
    expect(c.discard(c.state.outbox[0]!.client_id)).toBe('one')
    expect(c.state.outbox).toEqual([])
  })

  it('keeps unsent words over a reload', async () => {
    const c = make()
    await c.start()
    for (let i = 0; i < 9; i++) server.faults.push({ at: 'send', error: new ApiError(0) })
    c.send('one')
    await pass(1000)
    server.faults = []
    const after = make()
    await after.start()
    await pass(100)
    expect(after.state.messages.map((m) => m.text)).toEqual(['one'])
    expect(server.sessions).toBe(1)
  })

  it('waits out a 429 by the time it was told', async () => {
    const c = make()
    await c.start()
    server.faults.push({ at: 'send', error: new ApiError(429, '', '', 7000) })
    c.send('one')
    await pass(6900)
    expect(server.messages).toHaveLength(0)
    await pass(200)
    expect(server.messages).toHaveLength(1)
  })

  it('sends nothing for nothing', async () => {
    const c = make()
    c.send('  \n ')
    await pass(10)
    expect(c.state.outbox).toEqual([])
    expect(server.sessions).toBe(0)
  })
})

describe('pressing', () => {
  const card = { id: 'card1', kind: 'confirm', status: 'open' }

  it('presses once, however often', async () => {
    server.add({ card }, false)
    const c = make()
    await c.start()
    await pass()
    void c.press('card1', 'confirm')
    void c.press('card1', 'confirm')
    await pass(10)
    expect(server.acts).toHaveLength(1)
    expect(c.state.messages[0]!.card!.status).toBe('done')
  })

  it('tries again under the same client id, then says what is wrong', async () => {
    server.add({ card }, false)
    const c = make()
    await c.start()
    await pass()
    server.faults.push({ at: 'act', error: new ApiError(503) })
    void c.press('card1', 'confirm')
    await pass(3000)
    expect(server.acts).toHaveLength(1)
    server.add({ card: { ...card, id: 'card2' } })
    server.faults.push({ at: 'act', error: new ApiError(409, 'Expired.') })
    void c.press('card2', 'confirm')
    await pass(3000)
    expect(c.state.pressFailed).toEqual({ card2: 'Expired.' })
  })
})

describe('who it is', () => {
  it('starts a new session for a logged-in customer and forgets the former chat', async () => {
    server.add({ text: 'of the visitor' }, false)
    const c = make()
    await c.start()
    await pass()
    server.conversation = 'conv2'
    server.messages = []
    await c.identify({ customer_id: 'li-na', signature: 's' })
    await pass()
    expect(server.sessions).toBe(2)
    expect(c.state.messages).toEqual([])
    await c.identify({ customer_id: 'li-na', signature: 's' })
    expect(server.sessions).toBe(2)
  })

  it('leaves nothing of a customer behind for the next visitor', async () => {
    const c = make()
    await c.identify({ customer_id: 'li-na', signature: 's' })
    await pass()
    await c.identify(null)
    await pass()
    expect(JSON.parse(shelf.kept.get('xiaoer:web')!)).not.toHaveProperty('customer_id')
    expect(server.sessions).toBe(2)
  })

  it('does not go on in the name of someone who is no longer logged in', async () => {
    const c = make()
    await c.identify({ customer_id: 'li-na', signature: 's' })
    await pass()
    const next = make()
    await next.start()
    expect(server.sessions).toBe(2)
  })

  it('starts anew after closing', async () => {
    const c = make()
    await c.start()
    await pass()
    server.conversation = 'conv2'
    server.messages = []
    await c.again()
    await pass()
    expect([c.state.conversation, c.state.closed, shown(c)]).toEqual(['conv2', false, []])
  })
})

describe('behaviour', () => {
  const event = (type: string) => ({ type, at: '2026-11-22T00:00:00Z', properties: {} })

  it('goes in batches with ids, and again when it failed', async () => {
    server.faults.push({ at: 'events', error: new ApiError(503) })
    const c = make()
    c.track(event('page_view'))
    c.track(event('product_view'))
    await pass(500)
    expect(server.events).toHaveLength(0)
    await pass(5000)
    expect(server.events.map((e) => e.event_id)).toEqual(['c1', 'c2'])
  })
})

describe('memory and pauses', () => {
  it('lives without storage, with a full one and with a broken one', () => {
    expect(new Memory('a', undefined).now).toEqual({})
    const full: Shelf = { getItem: () => '[1]', setItem: () => { throw new Error('full') } }
    const m = new Memory('a', full)
    m.keep({ token: 't' })
    expect(m.now).toEqual({ token: 't' })
    expect(new Memory('a', { getItem: () => '{', setItem: () => undefined }).now).toEqual({})
  })

  it('grows, is capped, is never nothing, and starts over', () => {
    const b = new Backoff(500, 20_000, () => 0)
    const steps = Array.from({ length: 8 }, () => b.next())
    expect(steps).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000])
    b.reset()
    expect(b.next()).toBe(250)
  })
})
