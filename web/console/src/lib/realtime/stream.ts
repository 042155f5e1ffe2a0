import type { Hint } from '../api';
import { SseParser } from './sse';

export type LinkState = 'connecting' | 'live' | 'polling' | 'offline';

type Deps = {
  fetch: typeof fetch;
  hint: (h: Hint) => void;
  gap: () => void; // something may have been missed: ask for everything again
  ended?: () => void; // the session is over
  state: (s: LinkState) => void;
  random?: () => number;
  later?: (f: () => void, ms: number) => unknown;
  silence?: number; // a stream without a sign of life for so long counts as broken
};

// Stream reads hints for as long as it runs: it resumes by Last-Event-ID, waits longer after each failure, and says
// "polling" after two failures in a row so that the page asks by itself meanwhile.
export class Stream {
  private last = '';
  private failures = 0;
  private stopped = false;
  private lived = false;
  private abort = new AbortController();

  private readonly deps: Deps;

  constructor(deps: Deps) {
    this.deps = deps;
  }

  start(): this {
    this.deps.state('connecting');
    void this.run();
    return this;
  }

  stop(): void {
    this.stopped = true;
    this.abort.abort();
  }

  // wake tries again at once, after the network came back or the page is looked at again.
  wake(): void {
    if (!this.stopped) this.abort.abort();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.abort = new AbortController();
      const lived = await this.once(this.abort).catch(() => false);
      if (this.stopped) return;
      this.failures = lived ? 0 : this.failures + 1;
      if (this.failures >= 2) this.deps.state(isOffline() ? 'offline' : 'polling');
      else this.deps.state('connecting');
      await this.pause(waitAfter(this.failures, this.deps.random ?? Math.random));
    }
  }

  private async once(abort: AbortController): Promise<boolean> {
    const headers: Record<string, string> = { Accept: 'text/event-stream' };
    if (this.last) headers['Last-Event-ID'] = this.last;
    const answer = await this.deps.fetch('/api/v1/stream', { headers, credentials: 'same-origin', signal: abort.signal });
    if (!answer.ok || !answer.body) return false;
    this.deps.state('live');
    if (this.lived) this.deps.gap();
    this.lived = true;
    this.failures = 0;
    await this.read(answer.body, abort);
    return true;
  }

  private async read(body: ReadableStream<Uint8Array>, abort: AbortController): Promise<void> {
    const parser = new SseParser();
    const decoder = new TextDecoder();
    const reader = body.getReader();
    const limit = this.deps.silence ?? 60_000;
    let alarm = setTimeout(() => abort.abort(), limit);
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        clearTimeout(alarm);
        alarm = setTimeout(() => abort.abort(), limit);
        for (const e of parser.push(decoder.decode(value, { stream: true }))) this.take(e);
      }
    } catch {
      return; // broken or woken: the loop goes on
    } finally {
      clearTimeout(alarm);
    }
  }

  private take(e: { id: string; event: string; data: string }): void {
    if (e.id) this.last = e.id;
    if (e.event === 'reset') return this.deps.gap();
    if (e.event === 'bye') return this.deps.ended?.();
    if (e.event !== 'change') return;
    try {
      this.deps.hint(JSON.parse(e.data) as Hint);
    } catch {
      this.deps.gap(); // an unreadable hint still says that something changed
    }
  }

  private pause(ms: number): Promise<void> {
    this.abort = new AbortController(); // so that wake ends the pause too
    return new Promise((done) => {
      (this.deps.later ?? setTimeout)(done, ms);
      this.abort.signal.addEventListener('abort', () => done(), { once: true });
    });
  }
}

const isOffline = () => typeof navigator !== 'undefined' && navigator.onLine === false;

// Full jitter between half and all of 1, 2, 4 ... 30 seconds; a stream that lived is tried again within one.
export function waitAfter(failures: number, random: () => number): number {
  const top = Math.min(30_000, 1000 * 2 ** Math.max(0, failures - 1));
  return top / 2 + (random() * top) / 2;
}
