// The chat itself, without a face: session, outbox, presses, marks, behaviour events. The views read `state` and call
// the methods; every change goes through the pure steps of state.ts.
import type { BehaviourEvent, Identity } from '../protocol'
import { ApiError, type Api } from './api'
import { Backoff } from './backoff'
import { Link, browser, type World } from './link'
import type { Memory } from './memory'
import * as st from './state'
import type { Outgoing, State } from './state'
import type { Attachment, Message, Page, StatusEvent } from './wire'

export interface Surroundings {
  api: Api
  memory: Memory
  locale: () => string
  page: () => string
  newId: () => string
  world?: World
}

const AUTO_TRIES = 4 // then the shopper is asked
const MAX_EVENTS = 50

export class Chat {
  state: State = st.empty
  private readonly listeners = new Set<() => void>()
  private readonly link: Link
  private readonly world: World
  private identity: Identity | null | undefined
  private starting: Promise<void> | undefined
  private sending = false
  private files = new Map<string, File>()
  private events: BehaviourEvent[] = []
  private eventTimer: ReturnType<typeof setTimeout> | undefined
  private readTo = 0
  private typedAt = -Infinity
  private life = 0 // answers for an earlier person or conversation are dropped

  constructor(private readonly about: Surroundings) {
    this.world = about.world ?? browser
    this.link = new Link(
      about.api,
      {
        token: () => this.token,
        complete: () => this.state.complete,
        hasGap: () => st.hasGap(this.state),
        onPage: (after, page) => this.onPage(after, page),
        onMessage: (m) => this.set(st.receive(this.state, m)),
        onEvent: (kind, data) => this.onEvent(kind, data),
        onConnection: (connection) => this.set({ ...this.state, connection }),
        renew: () => this.renew(),
      },
      this.world,
    )
  }

  get token(): string {
    return this.about.memory.now.token ?? ''
  }

  /** Calls back after every change; gives the way to stop. */
  subscribe(f: () => void): () => void {
    this.listeners.add(f)
    return () => this.listeners.delete(f)
  }

  private set(s: State): void {
    if (s === this.state) return
    this.state = s
    for (const f of this.listeners) f()
  }

  /** Opens the session and the line; again is harmless. */
  start(): Promise<void> {
    this.starting ??= this.open().catch((e: unknown) => {
      this.starting = undefined
      this.set({ ...this.state, phase: 'failed', connection: (e as ApiError).status === 0 ? 'offline' : 'connecting' })
      throw e
    })
    return this.starting
  }

  private async open(): Promise<void> {
    this.set({ ...this.state, phase: 'starting' })
    const held = this.about.memory.now
    const samePerson = this.identity?.customer_id === held.customer_id
    // a logged-in person was here before: an anonymous page must not go on in that name
    if (!samePerson && held.customer_id) this.forget(true)
    if (!samePerson || !held.token || !held.conversation_id) await this.newSession()
    else this.set({ ...this.state, conversation: held.conversation_id! })
    const unsent = (this.about.memory.now.outbox ?? []).map((o) => ({ ...o, state: 'sending' as const }))
    this.set(unsent.reduce(st.queueUp, { ...this.state, phase: 'ready' }))
    this.link.start()
    void this.flush()
  }

  /** A token is there or could be had without asking anyone: the visitor has been here. */
  get known(): boolean {
    return this.token !== '' || !!this.identity
  }

  private async newSession(): Promise<void> {
    const life = this.life
    const { memory, api } = this.about
    const s = await api.session({
      visitor_id: memory.now.visitor_id,
      identity: this.identity ?? undefined,
      locale: this.about.locale(),
      page: this.about.page(),
    })
    if (life !== this.life) return
    memory.keep({ token: s.token, conversation_id: s.conversation_id, visitor_id: s.visitor_id, customer_id: this.identity?.customer_id })
    const fresh = s.conversation_id !== this.state.conversation
    if (fresh) memory.keep({ read: undefined })
    const kept = fresh ? { ...st.empty, outbox: this.state.outbox, phase: this.state.phase } : this.state
    this.set({ ...kept, conversation: s.conversation_id, handler: s.handler ?? 'agent', closed: false })
  }

  private async renew(): Promise<void> {
    this.about.memory.keep({ token: undefined })
    await this.newSession()
  }

  /** The page tells who is logged in, or with null that nobody is. Another person never sees the former's chat. */
  async identify(identity: Identity | null): Promise<void> {
    const before = this.about.memory.now.customer_id
    this.identity = identity
    if (identity?.customer_id === before && (identity === null || this.token)) return
    const leaving = before !== undefined // a logged-in person leaves: nothing of theirs stays behind
    this.life++
    const running = this.starting !== undefined
    this.link.stop()
    this.starting = undefined
    this.forget(leaving)
    this.files.clear()
    this.readTo = 0
    this.set(st.empty)
    if (running || identity) await this.start()
  }

  private forget(visitorToo: boolean): void {
    this.about.memory.keep({ token: undefined, conversation_id: undefined, customer_id: undefined, read: undefined, outbox: [], ...(visitorToo ? { visitor_id: undefined } : {}) })
  }

  /** After closing: the next session call gives a new conversation. */
  async again(): Promise<void> {
    this.link.stop()
    this.life++
    this.readTo = 0
    await this.newSession()
    this.link.start()
  }

  retryConnection(): void {
    if (this.state.phase === 'failed') this.start().catch(() => undefined)
    else this.link.nudge()
    void this.flush()
  }

  private onPage(after: number, page: Page): void {
    let s = st.receivePage(this.state, after, page.messages, page.seq)
    if (page.handler || page.closed !== undefined) s = { ...s, handler: page.handler ?? s.handler, closed: page.closed ?? s.closed }
    this.set(s.connection === 'offline' ? { ...s, connection: 'connecting' } : s)
    void this.flush()
  }

  private onEvent(kind: string, data: unknown): void {
    const s = this.state
    if (kind === 'status') this.set(st.status(s, data as StatusEvent))
    else if (kind === 'marks') this.set(st.marks(s, data as { delivered?: number; read?: number }))
    else if (kind === 'delta') this.set(st.delta(s, data as { turn_id?: string; text?: string }))
    else this.onTyping(data as { author?: string; name?: string; on?: boolean })
  }

  private typingTimer: ReturnType<typeof setTimeout> | undefined
  private onTyping(e: { author?: string; name?: string; on?: boolean }): void {
    clearTimeout(this.typingTimer)
    const typing = e.on === false ? undefined : { author: e.author ?? 'agent', name: e.name }
    // whoever said "typing" may never say "stopped"
    if (typing) this.typingTimer = setTimeout(() => this.set({ ...this.state, typing: undefined }), 12_000)
    this.set({ ...this.state, typing })
  }

  // -- sending

  send(text: string): void {
    const words = text.trim()
    if (words) this.enqueue({ client_id: this.about.newId(), text: words, state: 'sending', at: this.stamp() })
  }

  sendImage(file: File, preview: string): void {
    const client_id = this.about.newId()
    this.files.set(client_id, file)
    this.enqueue({ client_id, text: '', state: 'sending', at: this.stamp(), preview, progress: 0 })
  }

  private stamp(): string {
    return new Date(this.world.now()).toISOString()
  }

  private enqueue(o: Outgoing): void {
    this.set(st.queueUp(this.state, o))
    this.keepOutbox()
    this.start().then(
      () => this.flush(),
      () => this.patch(o.client_id, { state: 'failed' }),
    )
  }

  retry(client_id: string): void {
    this.patch(client_id, { state: 'sending', detail: undefined })
    this.retryConnection()
  }

  /** Takes back what was never sent; its words return to the caller. */
  discard(client_id: string): string {
    const o = this.state.outbox.find((x) => x.client_id === client_id)
    this.files.delete(client_id)
    this.set({ ...this.state, outbox: this.state.outbox.filter((x) => x.client_id !== client_id) })
    this.keepOutbox()
    return o?.text ?? ''
  }

  private patch(client_id: string, change: Partial<Outgoing>): void {
    this.set(st.patchOutgoing(this.state, client_id, change))
    this.keepOutbox()
  }

  private keepOutbox(): void {
    const outbox = this.state.outbox.filter((o) => !o.preview && o.state !== 'refused').map(({ client_id, text, at }) => ({ client_id, text, at }))
    this.about.memory.keep({ outbox })
  }

  /** Sends the outbox in order, one at a time, so that words never overtake each other. */
  private async flush(): Promise<void> {
    if (this.sending || this.state.phase !== 'ready') return
    this.sending = true
    const life = this.life
    try {
      for (let o = this.nextOut(); o && life === this.life; o = this.nextOut()) await this.deliver(o)
    } finally {
      this.sending = false
    }
    if (life !== this.life) void this.flush()
  }

  private nextOut(): Outgoing | undefined {
    return this.state.outbox.find((o) => o.state === 'sending')
  }

  private async deliver(o: Outgoing): Promise<void> {
    const wait = new Backoff(600, 8_000, this.world.random)
    while (this.state.outbox.some((x) => x.client_id === o.client_id && x.state === 'sending')) {
      try {
        return await this.deliverOnce(o)
      } catch (e) {
        const err = e instanceof ApiError ? e : new ApiError(0)
        if (err.status === 401 && wait.count === 0) await this.renew().catch(() => undefined)
        else if (!err.passing) return this.patch(o.client_id, { state: 'refused', detail: err.detail })
        if (wait.count >= AUTO_TRIES) return this.patch(o.client_id, { state: 'failed', detail: undefined })
        const pause = Math.max(wait.next(), err.retryAfter)
        await new Promise((r) => setTimeout(r, pause))
      }
    }
  }

  private async deliverOnce(o: Outgoing): Promise<void> {
    const life = this.life
    const attachments = await this.uploaded(o)
    const ids = attachments?.map((a) => a.id)
    const got = await this.about.api.send(this.token, { client_id: o.client_id, text: o.text, ...(ids ? { attachment_ids: ids } : {}) })
    if (life !== this.life) return
    this.set({ ...st.accepted(this.state, o, got.seq, attachments), closed: false })
    this.files.delete(o.client_id)
    this.keepOutbox()
  }

  private async uploaded(o: Outgoing): Promise<Attachment[] | undefined> {
    const file = this.files.get(o.client_id)
    if (!file) return undefined
    const known = this.state.outbox.find((x) => x.client_id === o.client_id)?.attachment_ids?.[0]
    if (known) return [{ id: known, url: o.preview ?? '' }]
    const a = await this.about.api.upload(this.token, file, (progress) => this.set(st.patchOutgoing(this.state, o.client_id, { progress })))
    this.patch(o.client_id, { attachment_ids: [a.id], progress: 1 })
    return [{ ...a, name: file.name, mime: file.type }]
  }

  // -- cards

  async press(card_id: string, action: string, values?: Record<string, string>): Promise<void> {
    if (this.state.pressed[card_id]) return
    this.set(st.pressing(this.state, card_id, action))
    try {
      await this.pressSurely({ card_id, action, client_id: this.about.newId(), ...(values ? { values } : {}) })
      this.set(st.cardDone(this.state, card_id, action))
    } catch (e) {
      this.set(st.pressFailed(this.state, card_id, (e as ApiError).detail ?? ''))
    }
  }

  /** The same client id each time: a press that was taken without our hearing of it is not taken twice. */
  private async pressSurely(a: { card_id: string; action: string; client_id: string; values?: Record<string, string> }): Promise<void> {
    const wait = new Backoff(600, 4_000, this.world.random)
    for (;;) {
      try {
        return await this.about.api.act(this.token, a)
      } catch (e) {
        const err = e instanceof ApiError ? e : new ApiError(0)
        if (err.status === 401 && wait.count === 0) await this.renew()
        else if (!err.passing || wait.count >= 2) throw err
        const pause = Math.max(wait.next(), err.retryAfter)
        await new Promise((r) => setTimeout(r, pause))
      }
    }
  }

  // -- things looked up when asked for

  citation = (id: string) => this.about.api.citation(this.token, id)
  tickets = () => this.about.api.tickets(this.token)
  ticket = (id: string) => this.about.api.ticket(this.token, id)
  comment = (id: string, client_id: string, text: string) => this.about.api.comment(this.token, id, { client_id, text })
  newId = () => this.about.newId()

  // -- small signals: losing one does no harm, so failures are silent

  typed(): void {
    const now = this.world.now()
    if (this.state.phase !== 'ready' || now - this.typedAt < 3000) return
    this.typedAt = now
    this.about.api.typing(this.token).catch(() => undefined)
  }

  /** What the other side said since the shopper last looked, and this page has not shown. */
  unread(): Message[] {
    const from = Math.max(this.readTo, this.about.memory.now.read ?? 0)
    return this.state.messages.filter((m) => m.seq > from && (m.author === 'agent' || m.author === 'staff'))
  }

  /** All that is shown has been read. */
  seen(): void {
    const last = lastForeign(this.state.messages)
    if (this.state.phase !== 'ready' || !last || last.seq <= this.readTo) return
    this.readTo = last.seq
    this.about.memory.keep({ read: last.seq })
    this.about.api.read(this.token, last.seq).catch(() => (this.readTo = 0))
  }

  /** Behaviour events go in small batches; what cannot be sent now goes with the next batch. */
  track(e: BehaviourEvent): void {
    this.events.push({ ...e, event_id: e.event_id ?? this.about.newId() })
    if (this.events.length > MAX_EVENTS) this.events.shift()
    this.eventTimer ??= setTimeout(() => void this.sendEvents(), 400)
  }

  private async sendEvents(tries = 0): Promise<void> {
    this.eventTimer = undefined
    const batch = this.events.splice(0, 20)
    if (!batch.length) return
    try {
      await this.start()
      await this.about.api.events(this.token, batch)
      if (this.events.length) void this.sendEvents()
    } catch (e) {
      if (tries >= 3 || !(e instanceof ApiError) || !(e.passing || e.status === 401)) return
      this.events.unshift(...batch)
      this.eventTimer = setTimeout(() => void this.sendEvents(tries + 1), Math.max(3000 * (tries + 1), e.retryAfter))
    }
  }
}

function lastForeign(list: Message[]): Message | undefined {
  for (let i = list.length - 1; i >= 0; i--) if (list[i]!.author !== 'customer') return list[i]
  return undefined
}
