// What every page shares: language, customer, cart. And how a page asks for its data.
import { createContext } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import { ShopError, type Locale, type Me } from './lib/api'
import type { Line } from './lib/cart'
import type { Words } from './lib/words'

export interface Shop {
  locale: Locale
  w: Words
  me: Me | undefined
  cart: Line[]
  setCart(lines: Line[]): void
}

export const ShopContext = createContext<Shop>(undefined as unknown as Shop)
export const useShop = (): Shop => useContext(ShopContext)

export type Asked<T> = { state: 'loading' } | { state: 'failed'; status: number; detail: string } | { state: 'here'; value: T }

/** Asks when `key` changes; the old answer stays on the page until the new one is here. */
export function useAsked<T>(key: string, ask: () => Promise<T>): [Asked<T>, () => void] {
  const [now, set] = useState<Asked<T>>({ state: 'loading' })
  const [round, again] = useState(0)
  useEffect(() => {
    let live = true
    set((before) => (before.state === 'here' ? before : { state: 'loading' }))
    ask().then(
      (value) => live && set({ state: 'here', value }),
      (e: unknown) => live && set({ state: 'failed', status: e instanceof ShopError ? e.status : 0, detail: e instanceof ShopError ? e.detail : '' }),
    )
    return () => {
      live = false
    }
  }, [key, round])
  return [now, () => again((n) => n + 1)]
}
