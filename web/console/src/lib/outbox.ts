import { ApiError, api } from './api';
import { Store, useStore } from './store';

// A message on its way: not yet acknowledged by the server. It keeps its client id, so that sending again never doubles it.
export type Outgoing = { client_id: string; conversation: string; text: string; kind: 'text' | 'note'; at: string; state: 'sending' | 'failed'; why?: string };

export const outbox = new Store<Outgoing[]>('xiaoer.outbox', []);

export function useOutgoing(conversation: string, acknowledged: ReadonlySet<string>): Outgoing[] {
  return useStore(outbox).filter((o) => o.conversation === conversation && !acknowledged.has(o.client_id));
}

const update = (client_id: string, part: Partial<Outgoing>) =>
  outbox.set((all) => all.map((o) => (o.client_id === client_id ? { ...o, ...part } : o)));

// dropOutgoing forgets a message; where there is none nothing changes, so that nobody is told.
export function dropOutgoing(client_id: string): void {
  if (outbox.get().some((o) => o.client_id === client_id)) outbox.set((all) => all.filter((o) => o.client_id !== client_id));
}

type Send = typeof api.conversations.send;
type Pause = (ms: number) => Promise<void>;
const pause: Pause = (ms) => new Promise((done) => setTimeout(done, ms));

// deliver sends until acknowledged: broken connections are tried again, a refusal is shown and waits for a person.
export async function deliver(o: Outgoing, send: Send = api.conversations.send, wait: Pause = pause): Promise<boolean> {
  update(o.client_id, { state: 'sending', why: undefined });
  for (let attempt = 0; ; attempt++) {
    try {
      await send(o.conversation, { client_id: o.client_id, text: o.text, kind: o.kind });
      return true;
    } catch (e) {
      const passing = e instanceof ApiError && (e.status === 0 || e.status === 429 || e.status >= 502);
      if (!passing || attempt >= 3) {
        update(o.client_id, { state: 'failed', why: e instanceof ApiError ? e.message : String(e) });
        return false;
      }
      await wait(Math.max(e.retryAfter * 1000, 700 * 2 ** attempt));
    }
  }
}

export function enqueue(conversation: string, text: string, kind: 'text' | 'note'): Outgoing {
  const o: Outgoing = { client_id: crypto.randomUUID?.() ?? fallbackId(), conversation, text, kind, at: new Date().toISOString(), state: 'sending' };
  outbox.set((all) => [...all, o]);
  return o;
}

// randomUUID exists only on secure pages; a shop's own network may serve plain http.
const fallbackId = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(16).padStart(8, '0')).join('');
