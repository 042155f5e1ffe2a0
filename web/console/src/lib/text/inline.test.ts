import { describe, expect, it } from 'vitest';
import { plain, rich, safeLink } from './inline';

describe('safeLink', () => {
  it.each(['https://a.example/x', 'http://a', 'mailto:a@b.c', 'tel:+861', '/knowledge/a'])('lets %s pass', (href) => expect(safeLink(href)).toBe(href));
  it.each(['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\nscript:x', 'data:text/html,x', '//evil.example', '/\\evil.example', 'vbscript:x', '', 'x'])('refuses %s', (href) => expect(safeLink(href)).toBeUndefined());
});

describe('plain', () => {
  it('keeps markup as text', () => expect(plain('<b>x</b> **y**')).toEqual([{ kind: 'text', text: '<b>x</b> **y**' }]));
  it('breaks lines', () => expect(plain('a\r\nb').map((n) => n.kind)).toEqual(['text', 'break', 'text']));
  it('links addresses without the full stop after them, also in Chinese', () => {
    expect(plain('看 https://a.example/p?x=1。好')).toEqual([
      { kind: 'text', text: '看 ' },
      { kind: 'link', href: 'https://a.example/p?x=1', text: 'https://a.example/p?x=1' },
      { kind: 'text', text: '。好' },
    ]);
    expect(plain('(see http://a.example/x).')[1]).toMatchObject({ href: 'http://a.example/x' });
  });
});

describe('rich', () => {
  it('knows strong, em, code and links', () => {
    expect(rich('**a** *b* `c` [d](https://e)').filter((n) => n.kind !== 'text')).toEqual([
      { kind: 'strong', children: [{ kind: 'text', text: 'a' }] },
      { kind: 'em', children: [{ kind: 'text', text: 'b' }] },
      { kind: 'code', text: 'c' },
      { kind: 'link', href: 'https://e', text: 'd' },
    ]);
  });
  it('shows a link that leads to code as what it is: text', () => {
    expect(rich('[click](javascript:alert(1))').every((n) => n.kind === 'text')).toBe(true);
    expect(rich('[x](data:text/html,1)')).toEqual([{ kind: 'text', text: '[x](data:text/html,1)' }]);
  });
  it('has no node that could carry markup', () => {
    const kinds = JSON.stringify(rich('<img src=x onerror=alert(1)> **<script>** `</pre>`')).match(/"kind":"(\w+)"/g);
    expect(new Set(kinds)).toEqual(new Set(['"kind":"text"', '"kind":"strong"', '"kind":"code"']));
  });
  it('ends on long nestings', () => expect(rich('**'.repeat(2000) + 'x' + '**'.repeat(2000)).length).toBeGreaterThan(0));
});
