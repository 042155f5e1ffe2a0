import { expect, it } from 'vitest';
import { blocks } from './blocks';

const kinds = (s: string) => blocks(s).map((b) => b.kind);

it('tells the blocks apart', () =>
  expect(kinds('# A\n\ntext\nmore\n\n- a\n- b\n\n1. x\n2. y\n\n> q\n\n```\ncode\n```\n\n---\n\n|a|b|\n|---|---|\n|1|2|')).toEqual(['heading', 'paragraph', 'list', 'list', 'quote', 'code', 'rule', 'table']));
it('keeps lists of both sorts apart', () => expect(blocks('- a\n- b\n1. c').map((b) => b.kind === 'list' && [b.ordered, b.items.length])).toEqual([[false, 2], [true, 1]]));
it('reads Chinese numbering', () => expect(blocks('1、甲\n2、乙')[0]).toMatchObject({ kind: 'paragraph' }));
it('reads a table', () => {
  const [table] = blocks('|a|b|\n|:--|--:|\n|1|**2**|');
  expect(table).toMatchObject({ kind: 'table', head: [[{ text: 'a' }], [{ text: 'b' }]], rows: [[[{ text: '1' }], [{ kind: 'strong' }]]] });
});
it('takes a lonely bar for words', () => expect(kinds('|x')).toEqual(['paragraph']));
it('ends an open fence at the end', () => expect(blocks('```\na\nb')).toEqual([{ kind: 'code', text: 'a\nb' }]));
it('ends on any input', () => {
  for (const s of ['', '\n\n', '>', '> > > > > > > x', '- ', '#', '|\n|-|', '```', '* * *', '1.']) expect(Array.isArray(blocks(s))).toBe(true);
});
it('keeps HTML as words', () => expect(JSON.stringify(blocks('<script>alert(1)</script>'))).toContain('"kind":"text","text":"<script>alert(1)</script>"'));
