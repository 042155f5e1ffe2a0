// The words of the widget and how values are put into them. Only the language in use is loaded; the shop may replace
// any word through /config.
import type { Locale } from '../protocol'
import type { ZH } from './texts.zh'

export type Words = typeof ZH

const loaded: Partial<Record<Locale, Words>> = {}

/** Fetches a language; again costs nothing. */
export async function learn(locale: Locale): Promise<void> {
  loaded[locale] ??= locale === 'en' ? (await import('./texts.en')).EN : (await import('./texts.zh')).ZH
}

export const learnt = (locale: Locale): boolean => !!loaded[locale]

/** The words of a language that has been learnt, with the shop's own on top. */
export function words(locale: Locale, own?: Record<string, string>): Words {
  const base = loaded[locale]!
  if (!own) return base
  const known = Object.entries(own).filter(([k, v]) => k in base && typeof v === 'string')
  return { ...base, ...Object.fromEntries(known) }
}

export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (all, key: string) => (key in values ? String(values[key]) : all))
}

/** Minor units to what a person reads: ¥1,299 or $12.50. */
export function money(m: { amount: number; currency: string } | undefined, locale: Locale): string {
  if (!m || typeof m.amount !== 'number') return ''
  try {
    const whole = m.amount % 100 === 0
    return new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : 'en', {
      style: 'currency',
      currency: m.currency || 'CNY',
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: whole ? 0 : 2,
    }).format(m.amount / 100)
  } catch {
    return `${m.amount / 100} ${m.currency}` // a currency code the browser does not know
  }
}

export function clock(at: string | undefined, locale: Locale): string {
  const t = at ? new Date(at) : undefined
  if (!t || Number.isNaN(+t)) return ''
  return t.toLocaleTimeString(locale === 'zh' ? 'zh-CN' : 'en', { hour: '2-digit', minute: '2-digit', hour12: false })
}

export function day(at: string | undefined, locale: Locale, w: Words, now = new Date()): string {
  const t = at ? new Date(at) : undefined
  if (!t || Number.isNaN(+t)) return ''
  const days = Math.round((+midnight(now) - +midnight(t)) / 86_400_000)
  if (days === 0) return w.today
  if (days === 1) return w.yesterday
  return t.toLocaleDateString(locale === 'zh' ? 'zh-CN' : 'en', { month: 'short', day: 'numeric', ...(t.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }) })
}

/** Today's times as a clock, other days with their date. */
export function when(at: string | undefined, locale: Locale, w: Words): string {
  const d = day(at, locale, w)
  if (!d) return at ?? ''
  return d === w.today ? clock(at, locale) : `${d} ${clock(at, locale)}`
}

function midnight(t: Date): Date {
  return new Date(t.getFullYear(), t.getMonth(), t.getDate())
}
