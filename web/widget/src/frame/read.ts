// Card bodies come from a server that may be older, newer or wrong. These readers give something harmless for
// everything that is not what it should be, so that a view never has to ask.
export type Rec = Record<string, unknown>

export const rec = (v: unknown): Rec => (typeof v === 'object' && v !== null && !Array.isArray(v) ? (v as Rec) : {})
export const list = (v: unknown): Rec[] => (Array.isArray(v) ? v.slice(0, 50).map(rec) : [])
export const str = (v: unknown): string => (typeof v === 'string' ? v : typeof v === 'number' ? String(v) : '')
export const num = (v: unknown): number | undefined => (typeof v === 'number' && Number.isFinite(v) ? v : undefined)

export function coin(v: unknown): { amount: number; currency: string } | undefined {
  const r = rec(v)
  const amount = num(r.amount)
  return amount === undefined ? undefined : { amount, currency: str(r.currency) }
}
