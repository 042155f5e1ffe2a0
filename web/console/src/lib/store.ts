import { useSyncExternalStore } from 'react';

// Store is a value that outlives the page: what a person has chosen or begun to write. Never what the server knows.
// With an empty key it lives in memory only.
export class Store<T> {
  private readonly listeners = new Set<() => void>();
  private value: T;
  private readonly key: string;

  constructor(key: string, empty: T) {
    this.key = key;
    this.value = read(key, empty);
    if (key && typeof addEventListener === 'function')
      addEventListener('storage', (e) => {
        if (e.key === key) this.adopt(read(key, empty));
      });
  }

  get = (): T => this.value;

  set(change: T | ((old: T) => T)): void {
    const next = typeof change === 'function' ? (change as (old: T) => T)(this.value) : change;
    try {
      if (this.key) localStorage.setItem(this.key, JSON.stringify(next));
    } catch {
      // a full or forbidden storage costs only the memory beyond this page
    }
    this.adopt(next);
  }

  subscribe = (f: () => void) => {
    this.listeners.add(f);
    return () => void this.listeners.delete(f);
  };

  private adopt(next: T): void {
    this.value = next;
    for (const f of this.listeners) f();
  }
}

function read<T>(key: string, empty: T): T {
  try {
    const text = key ? localStorage.getItem(key) : null;
    return text === null ? empty : (JSON.parse(text) as T);
  } catch {
    return empty;
  }
}

export const useStore = <T>(store: Store<T>) => useSyncExternalStore(store.subscribe, store.get);
