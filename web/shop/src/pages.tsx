// The browsing pages: home, list, product, guides, stores.
import { useEffect, useState } from 'preact/hooks'
import * as api from './lib/api'
import { added } from './lib/cart'
import { go, link, type Route } from './lib/route'
import { track } from './lib/track'
import { fill } from './lib/words'
import { Ask, Grid, Picture, Price, Show, Tags } from './parts'
import { useAsked, useShop } from './shop'

export function Home() {
  const { w, locale } = useShop()
  const [categories, again] = useAsked(`categories ${locale}`, () => api.categories(locale))
  const [fresh, againFresh] = useAsked(`new ${locale}`, () => api.products(locale, { tag: 'new', limit: 8 }))
  const [offers] = useAsked(`offer ${locale}`, () => api.products(locale, { tag: 'offer', limit: 4 }))
  return (
    <>
      <section class="hero">
        <div>
          <h1>{w.tagline}</h1>
          <p>{w.heroText}</p>
          <p class="acts">
            <a class="btn primary" {...link('/products?tag=new')}>{w.shopNow}</a>
            <a class="btn" {...link('/stores')}>{w.visit}</a>
          </p>
        </div>
        <div class="hero-art" aria-hidden="true">
          {fresh.state === 'here' && fresh.value.items.slice(0, 3).map((p) => <Picture key={p.product_id} src={p.image} />)}
        </div>
      </section>
      <h2>{w.categories}</h2>
      <Show of={categories} again={again}>
        {({ items }) => (
          <div class="cats">
            {items.map((c) => (
              <a key={c.id} {...link(`/products?category=${c.id}`)}>
                <Picture src={c.image} />
                <b>{c.name}</b>
                <small>{fill(w.count, { n: c.product_count })}</small>
              </a>
            ))}
          </div>
        )}
      </Show>
      <h2>{w.arrivals}<a {...link('/products?tag=new')}>{w.allOf}</a></h2>
      <Show of={fresh} again={againFresh}>{({ items }) => <Grid items={items} />}</Show>
      {offers.state === 'here' && offers.value.items.length > 0 && (
        <>
          <h2>{w.offers}<a {...link('/products?tag=offer')}>{w.allOf}</a></h2>
          <Grid items={offers.value.items} />
        </>
      )}
    </>
  )
}

export function Products({ route }: { route: Route }) {
  const { w, locale } = useShop()
  const by = { category: route.query.get('category') ?? '', q: route.query.get('q') ?? '', tag: route.query.get('tag') ?? '' }
  const key = JSON.stringify([by, locale])
  const [got, again] = useAsked(key, async () => {
    const list = await api.products(locale, by)
    if (by.q) track('search', { query: by.q, results: list.total })
    return list
  })
  const [categories] = useAsked(`categories ${locale}`, () => api.categories(locale))
  return (
    <>
      <h1>{by.q ? `“${by.q}”` : w.products}</h1>
      <nav class="chips" aria-label={w.categories}>
        <a class={by.category || by.tag ? '' : 'on'} {...link('/products')}>{w.all}</a>
        {categories.state === 'here' && categories.value.items.map((c) => (
          <a key={c.id} class={by.category === c.id ? 'on' : ''} aria-current={by.category === c.id} {...link(`/products?category=${c.id}`)}>{c.name}</a>
        ))}
      </nav>
      <Show of={got} again={again}>
        {({ items }) => items.length ? <Grid items={items} /> : (
          <div class="void"><p>{by.q ? fill(w.noneFor, { q: by.q }) : w.none}</p><Ask primary /></div>
        )}
      </Show>
    </>
  )
}

export function Product({ id }: { id: string }) {
  const { locale } = useShop()
  const [got, again] = useAsked(`${id} ${locale}`, () => api.product(locale, id))
  const here = got.state === 'here' && got.value.product_id === id ? got.value : undefined
  useEffect(() => {
    if (here) track('product_view', { product_id: here.product_id, category: here.category_id })
  }, [here?.product_id])
  return <Show of={got} again={again}>{(p) => <ProductView key={p.product_id} p={p} />}</Show>
}

function ProductView({ p }: { p: api.Product }) {
  const { w, cart, setCart } = useShop()
  const [sku, setSku] = useState(p.skus.find((s) => s.in_stock) ?? p.skus[0])
  const [done, setDone] = useState(false)
  const add = () => {
    if (!sku) return
    setCart(added(cart, p, sku))
    setDone(true)
    track('add_to_cart', { product_id: p.product_id, sku: sku.sku, quantity: 1, amount: sku.price.amount, currency: sku.price.currency })
  }
  return (
    <>
      <p class="crumbs"><a {...link('/products')}>{w.products}</a> / <a {...link(`/products?category=${p.category_id}`)}>{p.category_name}</a></p>
      <article class="product">
        <Picture src={p.image} alt={p.name} />
        <div>
          <span class="tags"><Tags tags={p.tags ?? []} /></span>
          <h1>{p.name}</h1>
          <p class="lead">{p.subtitle}</p>
          <p class="big"><Price p={{ ...p, price: sku?.price ?? p.price }} /></p>
          <p>{p.description}</p>
          {p.highlights?.length > 0 && <ul class="ticks">{p.highlights.map((h) => <li key={h}>{h}</li>)}</ul>}
          <fieldset>
            <legend>{w.choose}</legend>
            {p.skus.map((s) => (
              <label key={s.sku} class={s.in_stock ? 'opt' : 'opt out'}>
                <input type="radio" name="sku" checked={s.sku === sku?.sku} onChange={() => (setSku(s), setDone(false))} />
                <span>{s.name}{s.in_stock ? '' : ` · ${w.soldOut}`}</span>
              </label>
            ))}
          </fieldset>
          <p class="acts">
            <button class="btn primary wide" disabled={!sku?.in_stock} onClick={add}>{sku?.in_stock ? w.add : w.soldOut}</button>
            {p.has_guide && <a class="btn" {...link(`/guides/${p.product_id}`)}>{w.openGuide}</a>}
          </p>
          <p role="status" class="good">{done && <>{w.added} · <a {...link('/cart')}>{w.cart}</a></>}</p>
          <dl>
            <div><dt>{w.warranty}</dt><dd>{p.warranty_text}</dd></div>
            <div><dt>{w.returns}</dt><dd>{p.return_text}</dd></div>
          </dl>
        </div>
      </article>
      <div class="two">
        <section>
          <h2>{w.specs}</h2>
          <dl>{p.specs.map((s) => <div key={s.label}><dt>{s.label}</dt><dd>{s.value}</dd></div>)}</dl>
        </section>
        <section>
          <h2>{w.stockByStore}</h2>
          <dl>{p.stores.map((s) => <div key={s.store_id}><dt>{s.city} · {s.name}</dt><dd class={s.quantity ? 'good' : 'dim'}>{s.stock_text}</dd></div>)}</dl>
        </section>
      </div>
      {p.related?.length > 0 && <><h2>{w.related}</h2><Grid items={p.related} /></>}
    </>
  )
}

export function Guides() {
  const { w, locale } = useShop()
  const [got, again] = useAsked(`guides ${locale}`, () => api.guides(locale))
  return (
    <>
      <h1>{w.guides}</h1>
      <Show of={got} again={again}>
        {({ items }) => (
          <div class="grid small">
            {items.map((g) => (
              <a key={g.product_id} class="tile" {...link(`/guides/${g.product_id}`)}>
                <Picture src={g.image} /><span class="name">{g.title}</span><small>{g.name}</small>
              </a>
            ))}
          </div>
        )}
      </Show>
    </>
  )
}

export function Guide({ id }: { id: string }) {
  const { w, locale } = useShop()
  const [got, again] = useAsked(`guide ${id} ${locale}`, () => api.guide(locale, id))
  // every opening counts: a guide opened again and again is a problem nobody reported
  useEffect(() => track('guide_open', { product_id: id }), [id])
  return (
    <Show of={got} again={again}>
      {(g) => (
        <article class="guide">
          <p class="crumbs"><a {...link('/guides')}>{w.guides}</a> / <a {...link(`/products/${g.product_id}`)}>{w.viewProduct}</a></p>
          <h1>{g.title}</h1>
          <p class="lead">{g.intro}</p>
          {g.sections.map((s) => (
            <section key={s.id} id={s.id}>
              <h2>{s.title}</h2>
              <ol>{s.steps.map((t, i) => <li key={i}>{t}</li>)}</ol>
              {s.note && <p class="note">{s.note}</p>}
            </section>
          ))}
          <div class="help"><div><b>{w.needHelp}</b><p>{w.guideHelp}</p></div><Ask primary /></div>
        </article>
      )}
    </Show>
  )
}

export function Stores() {
  const { w, locale } = useShop()
  const [got, again] = useAsked(`stores ${locale}`, () => api.stores(locale))
  return (
    <>
      <h1>{w.stores}</h1>
      <Show of={got} again={again}>
        {({ items }) => [...new Set(items.map((s) => s.city))].map((city) => (
          <section key={city}>
            <h2>{city}</h2>
            <div class="stores">
              {items.filter((s) => s.city === city).map((s) => (
                <article key={s.store_id} class="panel">
                  <p class="row"><b>{s.name}</b><span class={`tag ${s.open_now ? 'open' : ''}`}>{s.open_now ? w.openNow : w.closedNow}</span></p>
                  <p>{s.address}</p>
                  <p class="dim">{s.hours_text} · <a href={`tel:${s.phone.replace(/[^\d+]/g, '')}`}>{s.phone}</a></p>
                  <p class="tags">{s.services.map((x) => <span key={x} class="tag">{x}</span>)}</p>
                </article>
              ))}
            </div>
          </section>
        ))}
      </Show>
    </>
  )
}

export function Missing() {
  const { w } = useShop()
  return <div class="void"><p>{w.missing}</p><button class="btn primary" onClick={() => go('/')}>{w.toHome}</button></div>
}
