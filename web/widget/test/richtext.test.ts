import { describe, expect, it } from 'vitest'
import { inline, linkRule, parse, plain } from '../src/core/richtext'

const rule = linkRule(['https://chat.example', 'https://shop.example'])

describe('links', () => {
  it.each([
    ['/shop/p1', 'https://chat.example/shop/p1'],
    ['https://shop.example/a?b=c#d', 'https://shop.example/a?b=c#d'],
  ])('%s leads to %s', (raw, to) => expect(rule(raw)).toBe(to))

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//evil.example/x',
    'https://evil.example/',
    'https://shop.example.evil.example/',
    'https://user:secret@shop.example/',
    'http://shop.example/',
    'https://shop.example:8443/',
    'http://[',
  ])('%s leads nowhere', (raw) => expect(rule(raw)).toBeUndefined())
})

describe('text', () => {
  it('makes paragraphs, breaks, bold and lists', () => {
    expect(parse('One\ntwo **three**\n\n- a\n- b\n\n1. c\n2、 d', rule)).toEqual([
      { p: ['One', { br: true }, 'two ', { bold: 'three' }] },
      { list: [['a'], ['b']], ordered: false },
      { list: [['c'], ['d']], ordered: true },
    ])
  })

  it('leaves HTML as text', () => {
    const evil = '<img src=x onerror=alert(1)> <script>alert(2)</script> &lt;b&gt;'
    expect(parse(evil, rule)).toEqual([{ p: [evil] }])
  })

  it('makes links only to known origins, and shows where the others would lead', () => {
    expect(inline('see [the rules](/r) or [this](https://evil.example/x)', rule)).toEqual([
      'see ',
      { href: 'https://chat.example/r', label: 'the rules' },
      ' or ',
      'this (https://evil.example/x)',
    ])
    expect(inline('[click](javascript:alert`1`)', rule)).toEqual(['click (javascript:alert`1`)'])
  })

  it('ends a bare address at Chinese punctuation', () => {
    expect(inline('见 https://shop.example/a，谢谢', rule)).toEqual(['见 ', { href: 'https://shop.example/a', label: 'https://shop.example/a' }, '，谢谢'])
  })

  it('does not take a number at the start of a sentence for a list', () => {
    expect(parse('7天内可退', rule)).toEqual([{ p: ['7天内可退'] }])
    expect(parse('- ', rule)).toEqual([{ p: ['- '] }])
  })

  it('stays bounded and quick on hostile text', () => {
    const from = performance.now()
    parse('**'.repeat(60_000) + '[['.repeat(60_000), rule)
    parse('[a]('.repeat(60_000), rule)
    expect(performance.now() - from).toBeLessThan(2000)
  })

  it('has nothing for nothing', () => {
    expect(parse('', rule)).toEqual([])
    expect(parse('\n \n', rule)).toEqual([])
  })

  it('previews the words alone, cut by characters and not by halves of them', () => {
    expect(plain('**a**\n b')).toBe('a b')
    expect([...plain('😀'.repeat(300), 10)]).toHaveLength(10)
  })
})
