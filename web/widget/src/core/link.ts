// The line to the server. The database behind the API is the truth and everything pushed is a hint: after every
// (re)connection, after every gap and after every silence we ask by number for what came after the last message known
// to be complete. Streams first; long polling where streams do not get through; calm waiting in a hidden tab.
import { ApiError, type Api } from './api'
import { Backoff } from './backoff'
import type { Connection } from './state'
import type { Message, Page } from './wire'

export interface Ends {
  token(): string
  /** Everything up to here has been seen. */
  complete(): number
  hasGap(): boolean
  onPage(after: number, page: Page): void
  onMessage(m: Message): void
  onEvent(kind: 'typing' | 'status' | 'marks' | 'delta', data: unknown): void
  onConnection(c: Connection): void
  /** The token is not taken any more; resolves when there is a new one. */
  renew(): Promise<void>
}

export interface Source {
  onopen: ((e: Event) => unknown) | null
  onerror: ((e: Event) => unknown) | null
  addEventListener(kind: string, hear: (e: MessageEvent) => void): void
  close(): void
}

export interface World {
  source(url: string): Source
  hidden(): boolean
  now(): number
  random(): number
}

export const browser: World = {
  source: (url) => new EventSource(url),
  hidden: () => document.visibilityState === 'hidden',
  now: () => Date.now(),
  random: () => Math.random(),
}

const SILENCE = 25_000 // a quiet stream is checked by asking
const CUTS = 3 // streams that never got going before we poll instead
const POLL_FOR = 60_000 // then streams are tried again
const HIDDEN_REST = 30_000
const STEADY = 5_000 // a stream that lived this long was a real one

export class Link {
  private running = 0 // generation: an older run ends by itself
  private wake: (() => void) | undefined
  private cut: (() => void) | undefined
  private abort: AbortController | undefined
  private badStreams = 0
  private pollUntil = 0
  private readonly backoff: Backoff

  constructor(
    private readonly api: Api,
    private readonly ends: Ends,
    private readonly world: World = browser,
  ) {
    this.backoff = new Backoff(500, 20_000, world.random)
  }

  start(): void {
    void this.run(++this.running)
  }

  stop(): void {
    this.running++
    this.interrupt()
  }

  /** The world has changed (online again, tab shown, a wish to try): do not wait out the pause. */
  nudge(): void {
    this.backoff.reset()
    this.wake?.()
  }

  private interrupt(): void {
    this.cut?.()
    this.abort?.abort()
    this.wake?.()
  }

  private async run(mine: number): Promise<void> {
    const ours = () => mine === this.running
    while (ours()) {
      try {
        await this.catchUp(ours)
        if (!ours()) return
        if (this.world.hidden()) await this.rest(HIDDEN_REST)
        else if (this.world.now() < this.pollUntil) await this.poll(ours)
        else await this.stream(ours)
      } catch (e) {
        if (ours()) await this.mend(e as ApiError)
      }
    }
  }

  private async mend(e: ApiError): Promise<void> {
    this.ends.onConnection(e.status === 0 ? 'offline' : 'connecting')
    try {
      if (e.status === 401 || e.status === 403) return await this.ends.renew()
    } catch (again) {
      e = again as ApiError
    }
    await this.rest(Math.max(this.backoff.next(), e.retryAfter ?? 0))
  }

  /** Asks page after page until nothing is missing. */
  private async catchUp(ours: () => boolean): Promise<number> {
    for (let got = 0; ; ) {
      const after = this.ends.complete()
      const page = await this.ask(after, 0)
      if (!ours()) return got
      this.ends.onPage(after, page)
      got += page.messages.length
      const now = this.ends.complete()
      if (now <= after || now >= page.seq) return got
    }
  }

  private async ask(after: number, wait: number): Promise<Page> {
    this.abort = new AbortController()
    const page = await this.api.messages(this.ends.token(), after, wait, this.abort.signal)
    if (!page || !Array.isArray(page.messages)) throw new ApiError(502, '')
    return page
  }

  private async poll(ours: () => boolean): Promise<void> {
    this.ends.onConnection('polling')
    while (ours() && !this.world.hidden() && this.world.now() < this.pollUntil) {
      const after = this.ends.complete()
      const from = this.world.now()
      const page = await this.ask(after, 20)
      if (!ours()) return
      this.ends.onPage(after, page)
      this.backoff.reset()
      // a server that answers at once without news must not be asked in a tight loop
      if (!page.messages.length && this.world.now() - from < 1000) await this.rest(1000)
    }
  }

  /** Lives as long as the stream does; a cut is the normal end. */
  private async stream(ours: () => boolean): Promise<void> {
    const source = this.world.source(this.api.streamUrl(this.ends.token(), this.ends.complete()))
    let born = 0
    let quiet: ReturnType<typeof setTimeout> | undefined
    let filling = false
    await new Promise<void>((end) => {
      this.cut = end
      const alive = () => {
        clearTimeout(quiet)
        quiet = setTimeout(check, SILENCE)
      }
      const fill = async () => {
        if (filling) return 0
        filling = true
        try {
          return await this.catchUp(ours)
        } catch {
          end()
          return 0
        } finally {
          filling = false
        }
      }
      const check = async () => {
        // news that the stream did not bring: it is dead, however open it looks
        if (this.world.hidden() || (await fill()) > 0) end()
        else alive()
      }
      source.onopen = () => {
        born = this.world.now()
        this.ends.onConnection('live')
        alive()
      }
      source.onerror = () => end()
      hear(source, 'message', (data) => {
        alive()
        this.ends.onMessage(data as Message)
        if (this.ends.hasGap()) void fill()
      })
      for (const kind of ['typing', 'status', 'marks', 'delta'] as const)
        hear(source, kind, (data) => {
          alive()
          this.ends.onEvent(kind, data)
        })
      quiet = setTimeout(check, SILENCE)
    })
    clearTimeout(quiet)
    source.close()
    this.cut = undefined
    if (ours() && !this.world.hidden()) await this.afterCut(born > 0 && this.world.now() - born >= STEADY)
  }

  private async afterCut(steady: boolean): Promise<void> {
    this.ends.onConnection('connecting')
    this.badStreams = steady ? 0 : this.badStreams + 1
    if (steady) this.backoff.reset()
    if (this.badStreams >= CUTS) {
      this.badStreams = 0
      this.pollUntil = this.world.now() + POLL_FOR
    } else await this.rest(this.backoff.next())
  }

  private rest(ms: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(finish, ms)
      function finish(): void {
        clearTimeout(timer)
        done()
      }
      this.wake = finish
    })
  }
}

function hear(source: Source, kind: string, then: (data: unknown) => void): void {
  source.addEventListener(kind, (e) => {
    let data: unknown
    try {
      data = JSON.parse(e.data as string)
    } catch {
      return // half a line of a cut stream
    }
    if (typeof data === 'object' && data !== null) then(data)
  })
}
