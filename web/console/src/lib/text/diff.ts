export type DiffLine = { kind: 'same' | 'added' | 'removed'; text: string };

// diff compares two texts line by line by their longest common subsequence (Wagner and Fischer 1974), after cutting
// equal ends, which are most of it. Beyond `limit` cells the middle is shown as wholly replaced.
export function diff(before: string, after: string, limit = 4_000_000): DiffLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const same = (lines: string[]): DiffLine[] => lines.map((text) => ({ kind: 'same', text }));
  const middle = between(a.slice(head, a.length - tail), b.slice(head, b.length - tail), limit);
  return [...same(a.slice(0, head)), ...middle, ...same(a.slice(a.length - tail))];
}

function between(a: string[], b: string[], limit: number): DiffLine[] {
  const out: DiffLine[] = [];
  const add = (kind: DiffLine['kind'], text: string) => out.push({ kind, text });
  const table = a.length * b.length > limit ? undefined : lengths(a, b);
  let i = 0;
  let j = 0;
  while (table && i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      add('same', a[i]!);
      i++;
      j++;
    } else if (table[i + 1]![j]! >= table[i]![j + 1]!) add('removed', a[i++]!);
    else add('added', b[j++]!);
  }
  while (i < a.length) add('removed', a[i++]!);
  while (j < b.length) add('added', b[j++]!);
  return out;
}

function lengths(a: string[], b: string[]): Uint32Array[] {
  const t = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) t[i]![j] = a[i] === b[j] ? t[i + 1]![j + 1]! + 1 : Math.max(t[i + 1]![j]!, t[i]![j + 1]!);
  return t;
}
