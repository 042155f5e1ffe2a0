import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from './api';
import { drafts, keepDraft } from './drafts';
import { clock, money, percent, span } from './format';
import { carryOutAll, defer, takeBack } from './later';
import { deliver, dropOutgoing, enqueue, outbox } from './outbox';
import { isDark, languageOf } from './preferences';
import { Store } from './store';
import { changed } from './url';

beforeEach(() => localStorage.clear());

describe('format', () => {
  it('writes money of minor units', () => expect([money({ amount: 45900, currency: 'CNY' }, 'zh'), money({ amount: 5, currency: 'USD' }, 'en'), money(undefined, 'en')]).toEqual(['¥459.00', '$0.05', '']));
  it('writes spans in their largest whole unit', () => expect([420, 45_000, 12 * 60_000, 3 * 3_600_000, 50 * 3_600_000].map((ms) => span(ms, 'en'))).toEqual(['420 ms', '45 s', '12 min', '3 h', '2 d']));
  it('is brief about today', () => {
    const now = new Date(2026, 10, 22, 12, 0);
    expect(clock(new Date(2026, 10, 22, 9, 5).toISOString(), 'zh', now)).toBe('09:05');
    expect(clock(new Date(2026, 10, 3).toISOString(), 'en', now)).toBe('3 Nov');
    expect(clock('nonsense', 'en', now)).toBe('nonsense');
  });
  it('has no share of nothing', () => expect([percent(undefined), percent(Number.NaN), percent(0.609, 1)]).toEqual(['–', '–', '60.9%']));
});

describe('Store', () => {
  it('outlives the page', () => {
    new Store('k', 0).set(3);
    expect(new Store('k', 0).get()).toBe(3);
  });
  it('survives rubbish in the storage', () => {
    localStorage.setItem('k', '{oops');
    expect(new Store('k', 7).get()).toBe(7);
  });
  it('without a key stays in memory', () => {
    new Store('', 0).set(1);
    expect(localStorage.length).toBe(0);
  });
});

it('keeps drafts per conversation and forgets empty ones', () => {
  keepDraft('a', { text: 'x' });
  keepDraft('b', { text: '', note: true });
  keepDraft('a', { text: '' });
  expect(drafts.get()).toEqual({ b: { text: '', note: true } });
});

describe('outbox', () => {
  afterEach(() => outbox.set([]));
  const none = () => Promise.resolve();
  it('sends again with the same id when the line breaks', async () => {
    const o = enqueue('c', 'hello', 'text');
    const send = vi.fn().mockRejectedValueOnce(new ApiError(0)).mockRejectedValueOnce(new ApiError(503)).mockResolvedValue({ id: 'm', seq: 1 });
    expect(await deliver(o, send, none)).toBe(true);
    expect(new Set(send.mock.calls.map(([, m]) => m.client_id))).toEqual(new Set([o.client_id]));
    expect(send).toHaveBeenCalledTimes(3);
  });
  it('shows a refusal and waits for a person', async () => {
    const o = enqueue('c', 'hello', 'text');
    const send = vi.fn().mockRejectedValue(new ApiError(409, { detail: 'closed' }));
    expect(await deliver(o, send, none)).toBe(false);
    expect(send).toHaveBeenCalledTimes(1);
    expect(outbox.get()[0]).toMatchObject({ state: 'failed', why: 'closed' });
    dropOutgoing(o.client_id);
    expect(outbox.get()).toEqual([]);
    const told = vi.fn();
    const end = outbox.subscribe(told);
    dropOutgoing(o.client_id);
    end();
    expect(told).not.toHaveBeenCalled();
  });
  it('gives up after four tries and keeps the words', async () => {
    const o = enqueue('c', 'hello', 'text');
    const send = vi.fn().mockRejectedValue(new ApiError(0));
    await deliver(o, send, none);
    expect(send).toHaveBeenCalledTimes(4);
    expect(outbox.get()[0]).toMatchObject({ text: 'hello', state: 'failed' });
  });
});

describe('defer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  it('does it after a while, once', () => {
    const run = vi.fn();
    defer('a', 'x', run);
    defer('a', 'x', run);
    vi.advanceTimersByTime(60_000);
    expect(run).toHaveBeenCalledTimes(1);
  });
  it('does not do what was taken back', () => {
    const run = vi.fn();
    defer('a', 'x', run);
    takeBack('a');
    vi.advanceTimersByTime(60_000);
    expect(run).not.toHaveBeenCalled();
  });
  it('does it at once when the page is left', () => {
    const run = vi.fn();
    defer('a', 'x', run);
    carryOutAll();
    expect(run).toHaveBeenCalledTimes(1);
  });
});

it('follows the system until somebody chooses', () => {
  expect([isDark({}, true), isDark({ theme: 'light' }, true), isDark({ theme: 'dark' }, false), isDark({ theme: 'system' }, false)]).toEqual([true, false, true, false]);
  expect(languageOf({ language: 'zh' })).toBe('zh');
});
it('keeps addresses short', () => expect(changed(new URLSearchParams('a=1&b=2'), { a: undefined, c: '3' }).toString()).toBe('b=2&c=3'));
