// The storefront's data, as the server gives it under /shop/api. docs/shop-api.md tells the same in words.
// Every text arrives in the language asked for (?locale=zh|en); times are RFC 3339; money is minor units.

export type Locale = 'zh' | 'en'

export interface Money {
  amount: number
  currency: string
}

export interface Category {
  id: string
  name: string
  product_count: number
  image: string
}

export interface ProductBrief {
  product_id: string
  name: string
  subtitle: string
  category_id: string
  price: Money
  list_price?: Money // before the offer; absent when there is none
  image: string
  tags: string[] // new, offer, member
  stock_text: string
  in_stock: boolean
}

export interface Sku {
  sku: string
  name: string // "42 / black"
  price: Money
  in_stock: boolean
}

export interface StoreStock {
  store_id: string
  name: string
  city: string
  quantity: number
  stock_text: string
}

export interface Product extends ProductBrief {
  category_name: string
  description: string
  highlights: string[]
  specs: { label: string; value: string }[]
  skus: Sku[]
  stores: StoreStock[]
  has_guide: boolean
  warranty_text: string
  return_text: string
  related: ProductBrief[]
}

export interface ProductList {
  items: ProductBrief[]
  total: number
}

export interface Store {
  store_id: string
  name: string
  city: string
  address: string
  phone: string
  hours_text: string
  open_now: boolean
  services: string[]
}

export interface TrackEvent {
  at: string
  text: string
  place?: string
}

export interface Order {
  order_id: string
  number: string
  kind: 'online' | 'store' | 'pickup'
  status: string
  status_text: string
  placed_at: string
  total: Money
  items: { product_id: string; sku: string; name: string; image: string; quantity: number; price: Money }[]
  shipment?: { carrier: string; tracking_number: string; status_text: string; eta?: string; events: TrackEvent[] }
  pickup?: { store_id: string; store_name: string; code?: string }
  after_sales?: { kind: 'return' | 'exchange' | 'refund' | 'repair'; number: string; status_text: string }[]
}

export interface Guide {
  product_id: string
  title: string
  intro: string
  sections: { id: string; title: string; steps: string[]; note?: string }[]
}

export interface GuideBrief {
  product_id: string
  title: string
  name: string
  image: string
}

export interface Me {
  customer_id: string
  name: string
  signature: string // hex HMAC-SHA256 of customer_id, handed on to the widget
  tier: string
  points: number
  coupons: number
}

/** A problem the server told, or the network made; `detail` is fit to be shown. */
export class ShopError extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
  ) {
    super(detail)
  }
}

async function ask<T>(path: string, locale: Locale, init?: RequestInit): Promise<T> {
  const url = `/shop/api${path}${path.includes('?') ? '&' : '?'}locale=${locale}`
  let answer: Response
  try {
    answer = await fetch(url, { credentials: 'same-origin', ...init })
  } catch {
    throw new ShopError(0, '')
  }
  if (answer.status === 204) return undefined as T
  const body: unknown = await answer.json().catch(() => undefined)
  if (answer.ok) return body as T
  throw new ShopError(answer.status, (body as { detail?: string } | undefined)?.detail ?? '')
}

const post = (body?: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body ?? {}),
})

export const categories = (l: Locale) => ask<{ items: Category[] }>('/categories', l)

/** tag narrows to one of `new`, `offer`, `member`. */
export function products(l: Locale, by: { category?: string; q?: string; tag?: string; limit?: number }): Promise<ProductList> {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(by)) if (value) query.set(key, String(value))
  return ask<ProductList>(`/products?${query}`, l)
}

export const product = (l: Locale, id: string) => ask<Product>(`/products/${encodeURIComponent(id)}`, l)
export const stores = (l: Locale) => ask<{ items: Store[] }>('/stores', l)
export const guides = (l: Locale) => ask<{ items: GuideBrief[] }>('/guides', l)
export const guide = (l: Locale, id: string) => ask<Guide>(`/guides/${encodeURIComponent(id)}`, l)
export const orders = (l: Locale) => ask<{ items: Order[] }>('/orders', l)

/** Who is logged in here; undefined for a visitor. */
export const me = (l: Locale) => ask<Me | undefined>('/me', l)
export const login = (l: Locale, id: string) => ask<Me>('/login', l, post({ customer_id: id }))
export const logout = (l: Locale) => ask<void>('/logout', l, post())
