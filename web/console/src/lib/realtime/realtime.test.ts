import { describe, expect, it, vi } from 'vitest';
import type { Hint } from '../api';
import { staleKeys } from './hints';
import { SseParser } from './sse';
import { Stream, waitAfter, type LinkState } from './stream';

describe('SseParser', () => {
  const text = ': beat\n\nid: 7\nevent: change\ndata: {"a":1}\n\ndata: x\ndata: y\r\n\r\n';
  it('reads events', () => expect(new SseParser().push(text)).toEqual([{ id: '7', event: 'change', data: '{"a":1}' }, { id: '7', event: 'message', data: 'x\ny' }]));
  it('does not mind where pieces end', () => {
    const parser = new SseParser();
    expect([...text].flatMap((c) => parser.push(c)).map((e) => e.data)).toEqual(['{"a":1}', 'x\ny']);
  });
});

it('makes stale what a hint touches, and only that', () => {
  expect(staleKeys({ subject: 'conversation', id: 'c' })).toContainEqual(['messages', 'c']);
  expect(staleKeys({ subject: 'ticket', id: 't' })).toEqual([['tickets'], ['ticket', 't']]);
  expect(staleKeys({ subject: 'weather', id: 'x' })).toEqual([]);
});

it('waits longer after each failure, never longer than half a minute', () => {
  expect([0, 1, 2, 3, 9].map((n) => waitAfter(n, () => 1))).toEqual([1000, 1000, 2000, 4000, 30_000]);
  expect(waitAfter(3, () => 0)).toBe(2000);
});

// world is a server of scripted connections: each gives a body, a refusal, or breaks.
function world(script: (string | number)[]) {
  const headers: (string | null)[] = [];
  const states: LinkState[] = [];
  const hints: Hint[] = [];
  const gap = vi.fn();
  const ended = vi.fn();
  let done!: () => void;
  const over = new Promise<void>((r) => (done = r));
  const fetch = vi.fn(async (_url: unknown, o: { headers: Record<string, string> }) => {
    headers.push(o.headers['Last-Event-ID'] ?? null);
    const next = script.shift();
    if (next === undefined) {
      stream.stop();
      done();
    }
    if (typeof next !== 'string') return new Response('', { status: next ?? 500 });
    return new Response(next);
  });
  const stream: Stream = new Stream({ fetch: fetch as never, hint: (h) => void hints.push(h), gap, ended, state: (s) => void states.push(s), random: () => 0, later: (f) => queueMicrotask(f) });
  stream.start();
  return { over, headers, states, hints, gap, ended };
}

const change = (n: number) => `id: ${n}\nevent: change\ndata: {"subject":"ticket","id":"t${n}","seq":${n}}\n\n`;

describe('Stream', () => {
  it('resumes where it was and asks again for what may be missed', async () => {
    const w = world([change(1) + change(2), change(3)]);
    await w.over;
    expect(w.hints.map((h) => h.id)).toEqual(['t1', 't2', 't3']);
    expect(w.headers).toEqual([null, '2', '3']);
    expect(w.gap).toHaveBeenCalledTimes(1);
  });
  it('says polling after two failures and live again after', async () => {
    const w = world([503, 503, change(1)]);
    await w.over;
    expect(w.states).toEqual(['connecting', 'connecting', 'polling', 'live', 'connecting']);
  });
  it('takes a reset and an unreadable hint for a gap, and tells the end of a session', async () => {
    const w = world(['event: reset\ndata: {}\n\nevent: change\ndata: {oops\n\nevent: bye\ndata: {}\n\n']);
    await w.over;
    expect(w.gap).toHaveBeenCalledTimes(2);
    expect(w.ended).toHaveBeenCalledTimes(1);
  });
});
