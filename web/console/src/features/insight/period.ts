import type { Count } from '../../lib/api';

const iso = (d: Date) => new Date(d.getTime() - d.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
const isDay = (s: string | null): s is string => !!s && /^\d{4}-\d{2}-\d{2}$/.test(s) && !Number.isNaN(Date.parse(s));

// periodOf reads the days from an address: from and to, or the last so many days; seven without a word.
export function periodOf(search: URLSearchParams, now: Date): { from: string; to: string } {
  const [from, to] = [search.get('from'), search.get('to')];
  if (isDay(from) && isDay(to) && from <= to) return { from, to };
  const days = Math.min(366, Math.max(1, Number(search.get('days')) || 7));
  const start = new Date(now);
  start.setDate(start.getDate() - days + 1);
  return { from: iso(start), to: iso(now) };
}

// rangeOf is the period as the API wants it: from the first midnight to the one after the last day.
export function rangeOf(from: string, to: string): [string, string] {
  const end = new Date(`${to}T00:00:00`);
  end.setDate(end.getDate() + 1);
  return [new Date(`${from}T00:00:00`).toISOString(), end.toISOString()];
}

export function shares(rows: readonly Count[], most: number): (Count & { share: number; width: number })[] {
  const sum = rows.reduce((s, r) => s + r.n, 0) || 1;
  const sorted = [...rows].sort((a, b) => b.n - a.n).slice(0, most);
  const top = sorted[0]?.n || 1;
  return sorted.map((r) => ({ ...r, share: r.n / sum, width: r.n / top }));
}

export const listPath = (facet: Record<string, string>) => `/inbox?${new URLSearchParams({ filter: 'all', ...facet })}`;
