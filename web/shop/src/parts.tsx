import type { ComponentChildren } from 'preact'
import type { ProductBrief } from './lib/api'
import { link } from './lib/route'
import { xiaoer } from './lib/track'
import { money } from './lib/words'
import { useShop, type Asked } from './shop'

/** The three faces of asked data: waiting, failed with a way to mend it, here. */
export function Show<T>({ of, again, children }: { of: Asked<T>; again(): void; children(value: T): ComponentChildren }) {
  const { w } = useShop()
  if (of.state === 'loading') return <div class="wait" role="status" aria-label={w.loading}><i /><i /><i /><i /></div>
  if (of.state === 'here') return <>{children(of.value)}</>
  return (
    <div class="void" role="alert">
      <p>{of.detail || w.failed}</p>
      <button class="btn" onClick={again}>{w.retry}</button>
    </div>
  )
}

export function Picture({ src, alt = '' }: { src: string; alt?: string }) {
  return <span class="pic">{src && <img src={src} alt={alt} loading="lazy" />}</span>
}

export function Tags({ tags }: { tags: string[] }) {
  const { w } = useShop()
  const names: Record<string, string> = { new: w.isNew, offer: w.offer, member: w.member }
  return <>{tags.filter((t) => names[t]).map((t) => <span key={t} class={`tag ${t}`}>{names[t]}</span>)}</>
}

export function Price({ p }: { p: Pick<ProductBrief, 'price' | 'list_price'> }) {
  const { locale } = useShop()
  return (
    <span class="price">
      {money(p.price, locale)}
      {p.list_price && p.list_price.amount > p.price.amount && <s>{money(p.list_price, locale)}</s>}
    </span>
  )
}

export function Tile({ p }: { p: ProductBrief }) {
  return (
    <a class="tile" {...link(`/products/${p.product_id}`)}>
      <Picture src={p.image} />
      <span class="tags"><Tags tags={p.tags ?? []} /></span>
      <span class="name">{p.name}</span>
      <small>{p.subtitle}</small>
      <span class="row"><Price p={p} /><small class={p.in_stock ? '' : 'out'}>{p.stock_text}</small></span>
    </a>
  )
}

export function Grid({ items }: { items: ProductBrief[] }) {
  return <div class="grid">{items.map((p) => <Tile key={p.product_id} p={p} />)}</div>
}

/** Opens the chat from where the question arises. */
export function Ask({ label, primary, text }: { label?: string; primary?: boolean; text?: string }) {
  const { w } = useShop()
  return <button class={`btn ${primary ? 'primary' : ''}`} onClick={() => (text ? xiaoer('ask', text) : xiaoer('open'))}>{label ?? w.askXiaoer}</button>
}
