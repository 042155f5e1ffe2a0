import type { InboxFilter, InboxQuery } from '../../lib/api';

export const filters: readonly InboxFilter[] = ['mine', 'waiting', 'agent', 'all', 'closed'];
export const facets = ['category', 'emotion', 'intent', 'channel', 'rating', 'day'] as const;
export type Facet = (typeof facets)[number];

// readFilters takes the inbox's question from an address; what it does not know it leaves alone.
export function readFilters(search: URLSearchParams): InboxQuery {
  const asked = search.get('filter') as InboxFilter;
  const query: InboxQuery = { filter: filters.includes(asked) ? asked : 'all' };
  const q = search.get('q')?.trim();
  if (q) query.q = q;
  const { rating, ...words } = Object.fromEntries(facets.map((f) => [f, search.get(f) || undefined]));
  const stars = Number(rating);
  return Object.assign(query, defined(words), stars >= 1 && stars <= 5 ? { rating: stars } : {});
}

const defined = (o: Record<string, string | undefined>) => Object.fromEntries(Object.entries(o).filter(([, v]) => v));

export const activeFacets = (q: InboxQuery) => facets.filter((f) => q[f]).map((f) => [f, String(q[f])] as const);

// neighbour is the row a step away from the chosen one, kept within the list.
export function neighbour(ids: readonly string[], now: string | undefined, step: 1 | -1): string | undefined {
  const at = now ? ids.indexOf(now) : -1;
  if (at < 0) return step > 0 ? ids[0] : ids[ids.length - 1];
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))];
}
