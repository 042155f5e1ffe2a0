// What outlives a page: who this visitor is, the token, and the words not yet sent. Storage may be missing, full or
// forbidden (private windows, foreign frames): then memory alone serves, and the next page starts anew.
import type { Outgoing } from './state'

export interface Remembered {
  token?: string
  conversation_id?: string
  visitor_id?: string
  customer_id?: string
  read?: number // the last message the shopper has seen
  outbox?: Pick<Outgoing, 'client_id' | 'text' | 'at'>[]
}

export interface Shelf {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

export class Memory {
  private held: Remembered

  constructor(
    account: string,
    private readonly shelf: Shelf | undefined,
    private readonly key = `xiaoer:${account}`,
  ) {
    this.held = this.load()
  }

  get now(): Readonly<Remembered> {
    return this.held
  }

  keep(change: Remembered): void {
    this.held = { ...this.held, ...change }
    try {
      this.shelf?.setItem(this.key, JSON.stringify(this.held))
    } catch {
      // full or forbidden: this page still works
    }
  }

  private load(): Remembered {
    try {
      const v: unknown = JSON.parse(this.shelf?.getItem(this.key) ?? '{}')
      return typeof v === 'object' && v !== null && !Array.isArray(v) ? v : {}
    } catch {
      return {}
    }
  }
}

/** localStorage, or nothing where the browser forbids even the asking. */
export function localShelf(): Shelf | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}
