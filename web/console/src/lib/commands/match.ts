// Ranking of palette entries: every letter in order; starts of words and runs of letters weigh more.
export function score(query: string, text: string): number {
  const q = query.trim().toLowerCase();
  const s = text.toLowerCase();
  if (!q) return 1;
  const at = s.indexOf(q);
  if (at >= 0) return 100 - Math.min(at, 40) + (at === 0 || s[at - 1] === ' ' ? 20 : 0);
  let from = 0;
  let sum = 0;
  for (const letter of q.replace(/\s+/g, '')) {
    const found = s.indexOf(letter, from);
    if (found < 0) return 0;
    sum += found === from ? 3 : 1;
    from = found + 1;
  }
  return (sum / q.length) * 10;
}

export function rank<T>(query: string, items: readonly T[], text: (t: T) => string): T[] {
  return items
    .map((item, i) => ({ item, i, s: score(query, text(item)) }))
    .filter((x) => x.s > 0)
    .sort((a, b) => b.s - a.s || a.i - b.i)
    .map((x) => x.item);
}
