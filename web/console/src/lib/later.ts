import { Store, useStore } from './store';

// Deferred is an action that waits a few seconds so that it can be taken back. It is carried out when the time is over
// or the page is left, whichever comes first.
export type Deferred = { id: string; text: string; due: number };
type Held = Deferred & { run: () => void; timer: ReturnType<typeof setTimeout> };

const held = new Map<string, Held>();
const shown = new Store<Deferred[]>('', []);
const show = () => shown.set([...held.values()].map(({ id, text, due }) => ({ id, text, due })));

export const undoSeconds = 5;

export function defer(id: string, text: string, run: () => void, ms = undoSeconds * 1000): void {
  takeBack(id);
  const timer = setTimeout(() => carryOut(id), ms);
  held.set(id, { id, text, run, timer, due: Date.now() + ms });
  show();
}

export function takeBack(id: string): void {
  const h = held.get(id);
  if (!h) return;
  clearTimeout(h.timer);
  held.delete(id);
  show();
}

export function carryOut(id: string): void {
  const h = held.get(id);
  takeBack(id);
  h?.run();
}

export const carryOutAll = () => [...held.keys()].forEach(carryOut);
export const useDeferred = () => useStore(shown);

if (typeof addEventListener === 'function') addEventListener('pagehide', carryOutAll);
