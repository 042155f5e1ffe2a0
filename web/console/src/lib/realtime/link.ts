import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { keys } from '../api';
import { livingKeys, staleKeys } from './hints';
import { Stream, type LinkState } from './stream';

let state: LinkState = 'connecting';
const listeners = new Set<() => void>();

function set(next: LinkState): void {
  if (next === state) return;
  state = next;
  for (const f of listeners) f();
}

const subscribe = (f: () => void) => {
  listeners.add(f);
  return () => void listeners.delete(f);
};

// useLink is the state of the connection, for the one place that shows it.
export const useLink = () => useSyncExternalStore(subscribe, () => state);

const pollEvery = 8_000;

// openLink keeps the answers of a query client fresh until the returned function is called.
export function openLink(client: QueryClient): () => void {
  const refresh = (key: readonly unknown[]) => void client.invalidateQueries({ queryKey: key });
  const refreshLiving = () => livingKeys.forEach(refresh);
  const stream = new Stream({
    fetch: (...a) => fetch(...a),
    hint: (h) => staleKeys(h).forEach(refresh),
    gap: refreshLiving,
    ended: () => refresh(keys.me),
    state: set,
  }).start();
  const poll = setInterval(() => state === 'polling' && refreshLiving(), pollEvery);
  const wake = () => document.visibilityState === 'visible' && state !== 'live' && stream.wake();
  addEventListener('online', wake);
  document.addEventListener('visibilitychange', wake);
  return () => {
    stream.stop();
    clearInterval(poll);
    removeEventListener('online', wake);
    document.removeEventListener('visibilitychange', wake);
  };
}
