import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

// changed gives the query of an address after a change; empty values leave it, so that addresses stay short.
export function changed(now: URLSearchParams, change: Record<string, string | undefined>): URLSearchParams {
  const next = new URLSearchParams(now);
  for (const [name, value] of Object.entries(change)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}

// useAddress keeps what is looked at in the address, so that every view can be linked to.
export function useAddress() {
  const [search, setSearch] = useSearchParams();
  const change = useCallback(
    (part: Record<string, string | undefined>, keep = true) => setSearch((now) => changed(now, part), { replace: keep }),
    [setSearch],
  );
  return { search, value: (name: string) => search.get(name) ?? '', change };
}
