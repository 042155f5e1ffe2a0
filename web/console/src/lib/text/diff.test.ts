import { expect, it } from 'vitest';
import { diff } from './diff';

const spell = (a: string, b: string, limit?: number) => diff(a, b, limit).map((l) => ({ same: ' ', added: '+', removed: '-' })[l.kind] + l.text);

it('finds the changed line', () => expect(spell('a\nb\nc', 'a\nx\nc')).toEqual([' a', '-b', '+x', ' c']));
it('finds added and removed lines', () => {
  expect(spell('a\nc', 'a\nb\nc')).toEqual([' a', '+b', ' c']);
  expect(spell('a\nb\nc', 'a\nc')).toEqual([' a', '-b', ' c']);
});
it('keeps what is common in the middle', () => expect(spell('1\na\nb\n2', '3\na\nb\n4')).toEqual(['-1', '+3', ' a', ' b', '-2', '+4']));
it('says nothing of equal texts', () => expect(diff('a\nb', 'a\nb').every((l) => l.kind === 'same')).toBe(true));
it('replaces the middle of what is too large', () => expect(spell('a\n1\n2\nz', 'a\n2\n3\nz', 1)).toEqual([' a', '-1', '-2', '+2', '+3', ' z']));
it('gives both texts back, whatever they are', () => {
  let x = 7;
  const random = () => (x = (x * 16807) % 2147483647) % 5;
  for (let n = 0; n < 60; n++) {
    const [a, b] = [0, 1].map(() => Array.from({ length: random() + random() }, random).join('\n'));
    const lines = diff(a!, b!);
    expect(lines.filter((l) => l.kind !== 'added').map((l) => l.text).join('\n')).toBe(a);
    expect(lines.filter((l) => l.kind !== 'removed').map((l) => l.text).join('\n')).toBe(b);
  }
});
