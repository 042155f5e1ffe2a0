import { rich, type Inline } from './inline';

// Blocks of an article: a small, safe part of Markdown (headings, lists, quotes, tables, code, rules).
export type Block =
  | { kind: 'heading'; level: number; children: Inline[] }
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'quote'; children: Block[] }
  | { kind: 'code'; text: string }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'rule' };

type Cursor = { lines: string[]; at: number };

export function blocks(source: string, depth = 0): Block[] {
  const c: Cursor = { lines: source.replace(/\r\n?/g, '\n').split('\n'), at: 0 };
  const out: Block[] = [];
  while (c.at < c.lines.length) {
    if (!line(c).trim()) c.at++;
    else out.push(next(c, depth));
  }
  return out;
}

const line = (c: Cursor) => c.lines[c.at] ?? '';
const bullet = /^\s*(?:[-*+]|(\d{1,4})[.)、])\s+(.*)$/;
const special = /^(#{1,6}\s|```|>|\||\s*(?:[-*+]|\d{1,4}[.)、])\s+|(?:-{3,}|\*{3,})\s*$)/;

function next(c: Cursor, depth: number): Block {
  const text = line(c);
  const heading = /^(#{1,6})\s+(.*)$/.exec(text);
  if (heading) {
    c.at++;
    return { kind: 'heading', level: heading[1]!.length, children: rich(heading[2]!.replace(/\s+#+$/, '')) };
  }
  if (text.startsWith('```')) return fence(c);
  if (/^(-{3,}|\*{3,})\s*$/.test(text)) {
    c.at++;
    return { kind: 'rule' };
  }
  if (text.startsWith('>') && depth < 4) return { kind: 'quote', children: blocks(run(c, (l) => l.startsWith('>')).map((l) => l.replace(/^>\s?/, '')).join('\n'), depth + 1) };
  if (bullet.test(text)) return list(c);
  if (text.startsWith('|') && /^\|[\s:|-]+\|?\s*$/.test(c.lines[c.at + 1] ?? '')) return table(c);
  return paragraph(c);
}

function run(c: Cursor, keep: (l: string) => boolean): string[] {
  const from = c.at;
  while (c.at < c.lines.length && keep(line(c))) c.at++;
  return c.lines.slice(from, c.at);
}

function fence(c: Cursor): Block {
  c.at++;
  const body = run(c, (l) => !l.startsWith('```'));
  c.at++;
  return { kind: 'code', text: body.join('\n') };
}

function list(c: Cursor): Block {
  const ordered = !!bullet.exec(line(c))?.[1];
  const items = run(c, (l) => bullet.test(l) && !!bullet.exec(l)?.[1] === ordered).map((l) => rich(bullet.exec(l)?.[2] ?? ''));
  return { kind: 'list', ordered, items };
}

function table(c: Cursor): Block {
  const rows = run(c, (l) => l.startsWith('|')).map((l) => l.replace(/^\||\|\s*$/g, '').split('|').map((cell) => rich(cell.trim())));
  return { kind: 'table', head: rows[0] ?? [], rows: rows.slice(2) };
}

function paragraph(c: Cursor): Block {
  const first = line(c);
  c.at++;
  const rest = run(c, (l) => !!l.trim() && !special.test(l));
  return { kind: 'paragraph', children: rich([first, ...rest].join('\n')) };
}
