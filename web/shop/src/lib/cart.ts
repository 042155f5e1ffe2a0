// The cart of this demo lives in the browser: nothing is ordered, but the behaviour is real.
import type { Money, Product, Sku } from './api'

export interface Line {
  product_id: string
  sku: string
  name: string
  detail: string
  image: string
  price: Money
  quantity: number
}

const KEY = 'shop:cart'

export function lines(): Line[] {
  try {
    const v: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(v) ? (v as Line[]) : []
  } catch {
    return []
  }
}

export function keep(all: Line[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(all))
  } catch {
    // without storage the cart lasts as long as the page
  }
}

export function added(all: Line[], p: Product, s: Sku): Line[] {
  const known = all.find((l) => l.sku === s.sku)
  if (known) return all.map((l) => (l === known ? { ...l, quantity: Math.min(l.quantity + 1, 99) } : l))
  return [...all, { product_id: p.product_id, sku: s.sku, name: p.name, detail: s.name, image: p.image, price: s.price, quantity: 1 }]
}

export function changed(all: Line[], sku: string, quantity: number): Line[] {
  return all.flatMap((l) => (l.sku !== sku ? [l] : quantity > 0 ? [{ ...l, quantity: Math.min(quantity, 99) }] : []))
}

/** What it comes to; a cart holds one currency. */
export function total(all: Line[]): Money {
  return { amount: all.reduce((n, l) => n + l.price.amount * l.quantity, 0), currency: all[0]?.price.currency ?? 'CNY' }
}
