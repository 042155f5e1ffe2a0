import { describe, expect, it } from 'vitest'
import { readFrame, readHost, trusted, wrap } from '../src/protocol'

const event = { type: 'page_view', at: '2026-11-22T00:00:00Z', properties: { page: '/' } }

describe('messages of the page', () => {
  it.each([
    { type: 'hello', locale: 'zh', theme: 'auto', page: 'https://shop.example/', narrow: false },
    { type: 'open' },
    { type: 'close' },
    { type: 'ask', text: 'Where is my order?' },
    { type: 'identify', identity: null },
    { type: 'identify', identity: { customer_id: 'li-na', signature: 'ab' } },
    { type: 'track', event },
    { type: 'locale', locale: 'en' },
    { type: 'theme', theme: 'dark' },
    { type: 'page', page: '/a' },
  ] as const)('takes %j', (m) => {
    expect(readHost(wrap(m))).toMatchObject(m)
  })

  it.each([
    ['nothing', undefined],
    ['a string', 'open'],
    ['a list', [{ type: 'open' }]],
    ['no mark', { type: 'open' }],
    ['another version', { type: 'open', xiaoer: 2 }],
    ['an unknown type', { type: 'eval', xiaoer: 1 }],
    ['a type from the prototype', { type: 'constructor', xiaoer: 1 }],
    ['a frame message', { type: 'ready', xiaoer: 1 }],
    ['a wrong locale', { type: 'locale', locale: 'fr', xiaoer: 1 }],
    ['an identity without signature', { type: 'identify', identity: { customer_id: 'a' }, xiaoer: 1 }],
    ['an event without type', { type: 'track', event: { ...event, type: '' }, xiaoer: 1 }],
    ['an event with a list as properties', { type: 'track', event: { ...event, properties: [] }, xiaoer: 1 }],
    ['a text of a megabyte', { type: 'ask', text: 'x'.repeat(1 << 20), xiaoer: 1 }],
  ])('ignores %s', (_, data) => {
    expect(readHost(data)).toBeUndefined()
  })
})

describe('messages of the frame', () => {
  it.each([
    { type: 'ready' },
    { type: 'close' },
    { type: 'unread', count: 2, text: 'hi' },
    { type: 'brand', brand: '#0f766e', on_brand: '#ffffff' },
    { type: 'link', url: 'https://shop.example/a' },
  ] as const)('takes %j', (m) => {
    expect(readFrame(wrap(m))).toMatchObject(m)
  })

  it('takes no colour that could carry style', () => {
    expect(readFrame({ type: 'brand', brand: 'red;background:url(x)', on_brand: '#fff', xiaoer: 1 })).toBeUndefined()
  })
})

describe('trust', () => {
  const me = {}
  it('needs the one window at the one origin', () => {
    expect(trusted({ data: 0, origin: 'https://a.example', source: me }, me, 'https://a.example')).toBe(true)
    expect(trusted({ data: 0, origin: 'https://b.example', source: me }, me, 'https://a.example')).toBe(false)
    expect(trusted({ data: 0, origin: 'https://a.example', source: {} }, me, 'https://a.example')).toBe(false)
    expect(trusted({ data: 0, origin: 'https://a.example.evil.example', source: me }, me, 'https://a.example')).toBe(false)
  })

  it('trusts no opaque origin and no missing window', () => {
    expect(trusted({ data: 0, origin: 'null', source: me }, me, 'null')).toBe(false)
    expect(trusted({ data: 0, origin: '', source: me }, me, '')).toBe(false)
    expect(trusted({ data: 0, origin: 'https://a.example', source: null }, null, 'https://a.example')).toBe(false)
  })
})
