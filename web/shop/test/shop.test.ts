import { afterEach, describe, expect, it, vi } from 'vitest'
import * as api from '../src/lib/api'
import { added, changed, keep, lines, total, type Line } from '../src/lib/cart'
import { read } from '../src/lib/route'
import { date, fill, money, words } from '../src/lib/words'

const product = { product_id: 'p1', name: 'Mug', image: '' } as api.Product
const sku = (id: string, amount: number): api.Sku => ({ sku: id, name: id, price: { amount, currency: 'CNY' }, in_stock: true })

describe('routes', () => {
  it.each([
    ['/shop/', 'home', ''],
    ['/shop', 'home', ''],
    ['/shop/products', 'products', ''],
    ['/shop/products/p%2F1', 'product', 'p/1'],
    ['/shop/guides/p1', 'guide', 'p1'],
    ['/shop/orders/o1/return', 'return', 'o1'],
    ['/shop/checkout', 'checkout', ''],
    ['/shop/orders/o1', 'missing', ''],
    ['/shop/%E0%A4%A', 'missing', ''],
  ])('%s is %s %s', (path, page, id) => expect(read(path)).toMatchObject({ page, id }))

  it('keeps the query', () => expect(read('/shop/products', '?q=mug').query.get('q')).toBe('mug'))
})

describe('cart', () => {
  it('adds, counts together, changes and removes', () => {
    let all: Line[] = added(added([], product, sku('a', 100)), product, sku('a', 100))
    all = added(all, product, sku('b', 50))
    expect(total(all)).toEqual({ amount: 250, currency: 'CNY' })
    expect(changed(all, 'a', 0).map((l) => l.sku)).toEqual(['b'])
    expect(changed(all, 'b', 500)[1]!.quantity).toBe(99)
    expect(total([])).toEqual({ amount: 0, currency: 'CNY' })
  })

  it('lives without storage', () => {
    expect(lines()).toEqual([])
    expect(() => keep([])).not.toThrow()
  })
})

describe('server', () => {
  afterEach(() => vi.unstubAllGlobals())
  const answer = (status: number, body?: unknown) => vi.stubGlobal('fetch', vi.fn(async () => new Response(body === undefined ? null : JSON.stringify(body), { status })))

  it('asks in the language, with what narrows the list', async () => {
    answer(200, { items: [], total: 0 })
    await api.products('en', { q: 'a&b', category: '' })
    expect(vi.mocked(fetch).mock.calls[0]![0]).toBe('/shop/api/products?q=a%26b&locale=en')
  })

  it('takes 204 for nobody, and tells problems in the server\'s words', async () => {
    answer(204)
    expect(await api.me('zh')).toBeUndefined()
    answer(404, { detail: 'No such product.' })
    await expect(api.product('zh', 'x')).rejects.toMatchObject({ status: 404, detail: 'No such product.' })
    vi.stubGlobal('fetch', vi.fn(async () => Promise.reject(new TypeError('offline'))))
    await expect(api.stores('zh')).rejects.toMatchObject({ status: 0 })
  })
})

describe('words', () => {
  it('are complete in both languages, with the same places to fill', () => {
    const places = (s: string) => [...s.matchAll(/\{\w+\}/g)].map(String).sort()
    const zh = words('zh')
    const en = words('en')
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
    for (const [k, v] of Object.entries(zh)) expect([k, places(en[k as keyof typeof zh])]).toEqual([k, places(v)])
  })

  it('writes money and dates', () => {
    expect(money({ amount: 6900, currency: 'CNY' }, 'zh')).toBe('¥69')
    expect(date('nothing', 'zh')).toBe('nothing')
    expect(fill('{n} 件', { n: 3 })).toBe('3 件')
  })
})
