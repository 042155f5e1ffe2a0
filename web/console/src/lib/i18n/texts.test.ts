import { expect, it } from 'vitest';
import { texts } from './texts';

const entries = Object.entries(texts) as [string, readonly [string, string]][];
const holes = (s: string) => [...s.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();

it('has every text in both languages', () => {
  expect(entries.length).toBeGreaterThan(350);
  for (const [key, [zh, en]] of entries) {
    expect(zh.trim(), key).not.toBe('');
    expect(en.trim(), key).not.toBe('');
  }
});
it('fills the same holes in both', () => entries.forEach(([key, [zh, en]]) => expect(holes(zh), key).toEqual(holes(en))));
it('has no Chinese in the English and says something Chinese in the Chinese', () => {
  // The same word in both languages.
  const both = new Set(['filter.agent', 'author.agent.short', 'channel.sms']);
  for (const [key, [zh, en]] of entries) {
    if (key === 'do.language') continue; // says in the other language what it does
    expect(/[\u4e00-\u9fff]/.test(en), key).toBe(false);
    if (!both.has(key)) expect(/[\u4e00-\u9fff]/.test(zh), key).toBe(true);
  }
});
it('has no unfinished texts', () => entries.forEach(([key, pair]) => expect(pair.join(' '), key).not.toMatch(/\b(TODO|FIXME|lorem)\b/i)));
