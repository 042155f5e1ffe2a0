// Client routing for the handful of pages: a path, its parameters, and history.
import { useEffect, useState } from 'preact/hooks'

const BASE = '/shop'

export interface Route {
  page: 'home' | 'products' | 'product' | 'guides' | 'guide' | 'stores' | 'orders' | 'return' | 'cart' | 'checkout' | 'missing'
  id: string
  query: URLSearchParams
}

const SIMPLE = ['products', 'guides', 'stores', 'orders', 'cart', 'checkout'] as const

export function read(path: string, search = ''): Route {
  const query = new URLSearchParams(search)
  const parts = path.replace(/^\/shop\/?/, '').split('/').filter(Boolean).map(decode)
  const [first = '', id = '', third = ''] = parts
  if (!first) return { page: 'home', id: '', query }
  if (first === 'products' && id) return { page: 'product', id, query }
  if (first === 'guides' && id) return { page: 'guide', id, query }
  if (first === 'orders' && id && third === 'return') return { page: 'return', id, query }
  const page = SIMPLE.find((p) => p === first && !id)
  return { page: page ?? 'missing', id: '', query }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export function go(to: string): void {
  history.pushState(null, '', BASE + to)
  dispatchEvent(new Event('shop:route'))
  scrollTo(0, 0)
}

export function useRoute(): Route {
  const [now, set] = useState(() => read(location.pathname, location.search))
  useEffect(() => {
    const change = () => set(read(location.pathname, location.search))
    addEventListener('popstate', change)
    addEventListener('shop:route', change)
    return () => {
      removeEventListener('popstate', change)
      removeEventListener('shop:route', change)
    }
  }, [])
  return now
}

/** Attributes of a link that stays in the page, yet opens in a new tab as links do. */
export function link(to: string): { href: string; onClick(e: MouseEvent): void } {
  return {
    href: BASE + to,
    onClick(e) {
      if (e.metaKey || e.ctrlKey || e.shiftKey || e.button !== 0) return
      e.preventDefault()
      go(to)
    },
  }
}
