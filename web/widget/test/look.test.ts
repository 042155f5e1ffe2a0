// What can be known of the look without a browser: both languages complete, all colours readable.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { EN } from '../src/frame/texts.en'
import { clock, day, fill, money } from '../src/frame/texts'
import { ZH } from '../src/frame/texts.zh'
import { coin, list, num, rec, str } from '../src/frame/read'

const css = readFileSync(new URL('../../tokens/tokens.css', import.meta.url), 'utf8')

function tokens(theme: string): Record<string, string> {
  const at = css.indexOf(`[data-theme='${theme}']`)
  const body = css.slice(at, css.indexOf('}', at))
  return Object.fromEntries([...body.matchAll(/--x-([\w-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1], m[2]]))
}

// WCAG 2.2, relative luminance and contrast ratio
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)].sort((m, n) => n - m)
  return (x! + 0.05) / (y! + 0.05)
}

const grounds = ['ground', 'surface', 'raised', 'sunken', 'hover', 'selected', 'agent']
const text = ['text', 'text-2', 'text-3', 'link'].flatMap((f) => grounds.map((g) => [f, g] as const))
const pairs = [
  ...text,
  ...(['good', 'warn', 'bad', 'info'] as const).flatMap((m) => [[m, `${m}-soft`], [m, 'surface']] as const),
  ['on-brand', 'brand'], ['on-brand', 'brand-strong'], ['on-mine', 'mine'], ['on-agent', 'agent'], ['on-staff', 'staff'],
  ['brand', 'surface'], ['brand', 'brand-soft'], ['accent', 'surface'], ['accent', 'accent-soft'],
] as [string, string][]

describe.each(['light', 'dark'])('%s', (theme) => {
  const t = tokens(theme)
  it.each(pairs)('%s on %s is readable', (front, back) => expect(contrast(t[front]!, t[back]!)).toBeGreaterThanOrEqual(4.5))
  it.each([['control', 'surface'], ['control', 'ground'], ['focus', 'surface']])('%s on %s can be seen', (front, back) => expect(contrast(t[front]!, t[back]!)).toBeGreaterThanOrEqual(3))
})

describe('words', () => {
  it('are complete in both languages, with the same places to fill', () => {
    expect(Object.keys(EN).sort()).toEqual(Object.keys(ZH).sort())
    const places = (s: string) => [...s.matchAll(/\{\w+\}/g)].map(String).sort()
    for (const [k, zh] of Object.entries(ZH)) expect([k, places(EN[k as keyof typeof ZH])]).toEqual([k, places(zh)])
  })

  it('fills values in once', () => {
    expect(fill('{a} {b}', { a: '{b}', b: 1 })).toBe('{b} 1')
    expect(fill('{c}', {})).toBe('{c}')
  })

  it('writes money from minor units', () => {
    expect(money({ amount: 129900, currency: 'CNY' }, 'zh')).toBe('¥1,299')
    expect(money({ amount: 1250, currency: 'USD' }, 'en')).toBe('$12.50')
    expect(money({ amount: 5, currency: 'not a code' }, 'en')).toBe('0.05 not a code')
    expect(money(undefined, 'zh')).toBe('')
  })

  it('writes days and times, and nothing for what is no time', () => {
    const now = new Date(2026, 10, 22, 12)
    expect(day(new Date(2026, 10, 22, 1).toISOString(), 'zh', ZH, now)).toBe('今天')
    expect(day(new Date(2026, 10, 21, 23).toISOString(), 'en', EN, now)).toBe('Yesterday')
    expect(day(new Date(2025, 0, 2).toISOString(), 'en', EN, now)).toContain('2025')
    expect([day('never', 'zh', ZH, now), clock(undefined, 'zh')]).toEqual(['', ''])
  })
})

describe('card bodies', () => {
  it('become something harmless, whatever they are', () => {
    for (const v of [undefined, null, 7, 'x', [], () => 0]) expect([rec(v), list(v).length <= 1]).toEqual([{}, true])
    expect([str({}), str(7), num('7'), num(Number.NaN), coin({ amount: '1' })]).toEqual(['', '7', undefined, undefined, undefined])
    expect(list(Array.from({ length: 99 }, () => 0))).toHaveLength(50)
  })
})
