// The pages of the logged-in customer: orders, after-sales, cart, checkout.
import { useEffect, useState } from 'preact/hooks'
import * as api from './lib/api'
import { changed, total } from './lib/cart'
import { link } from './lib/route'
import { track, xiaoer } from './lib/track'
import { date, fill, money } from './lib/words'
import { Ask, Picture, Show } from './parts'
import { useAsked, useShop } from './shop'

export function Orders() {
  const { w, locale, me } = useShop()
  const [got, again] = useAsked(`orders ${locale} ${me?.customer_id}`, () => (me ? api.orders(locale) : Promise.resolve({ items: [] })))
  const [fresh, setFresh] = useState('')
  if (!me) return <><h1>{w.orders}</h1><div class="void"><p>{w.loginFirst}</p></div></>
  const refresh = (id: string) => {
    track('order_refresh', { order_id: id })
    setFresh(id)
    again()
  }
  return (
    <>
      <h1>{w.orders}</h1>
      <Show of={got} again={again}>
        {({ items }) => items.length ? <>{items.map((o) => <OrderView key={o.order_id} o={o} fresh={fresh === o.order_id} refresh={() => refresh(o.order_id)} />)}</> : <div class="void"><p>{w.noOrders}</p></div>}
      </Show>
    </>
  )
}

function OrderView({ o, fresh, refresh }: { o: api.Order; fresh: boolean; refresh(): void }) {
  const { w, locale } = useShop()
  const kinds = { online: w.kindOnline, store: w.kindStore, pickup: w.kindPickup }
  const last = o.shipment?.events[0]
  return (
    <article class="panel order">
      <p class="row">
        <span><b class="mono">{o.number}</b> <span class="tag">{kinds[o.kind]}</span> <small>{fill(w.placed, { at: date(o.placed_at, locale) })}</small></span>
        <b class="status">{o.status_text}</b>
      </p>
      <ul>
        {o.items.map((i) => (
          <li key={i.sku}>
            <Picture src={i.image} />
            <a {...link(`/products/${i.product_id}`)}>{i.name}</a>
            <small>×{i.quantity}</small>
            <span class="num">{money(i.price, locale)}</span>
          </li>
        ))}
      </ul>
      {o.shipment && (
        <p class="note">
          {o.shipment.carrier} <span class="mono">{o.shipment.tracking_number}</span> · {o.shipment.status_text}
          {o.shipment.eta && ` · ${fill(w.eta, { at: date(o.shipment.eta, locale) })}`}
          {last && <small>{date(last.at, locale, true)} {last.text}</small>}
        </p>
      )}
      {o.pickup && <p class="note">{fill(w.pickupAt, { store: o.pickup.store_name })}{o.pickup.code && <> · {w.code} <b class="mono">{o.pickup.code}</b></>}</p>}
      {o.after_sales?.map((a) => <p key={a.number} class="note"><span class="mono">{a.number}</span> · {a.status_text}</p>)}
      <p class="row">
        <span class="acts">
          <button class="btn" onClick={refresh}>{w.refresh}</button>
          <a class="btn" {...link(`/orders/${o.order_id}/return`)}>{w.wantReturn}</a>
          <Ask label={w.askOrder} text={fill(w.sayOrder, { n: o.number })} />
          <small role="status">{fresh && w.refreshed}</small>
        </span>
        <b>{w.total} {money(o.total, locale)}</b>
      </p>
    </article>
  )
}

export function Return({ id }: { id: string }) {
  const { w, locale, me } = useShop()
  const [got] = useAsked(`orders ${locale} ${me?.customer_id}`, () => (me ? api.orders(locale) : Promise.resolve({ items: [] })))
  const number = (got.state === 'here' && got.value.items.find((o) => o.order_id === id)?.number) || id
  useEffect(() => track('return_page_view', { order_id: id }), [id])
  return (
    <article class="guide">
      <p class="crumbs"><a {...link('/orders')}>{w.orders}</a></p>
      <h1>{w.returnTitle}</h1>
      <p class="lead">{w.returnText}</p>
      <p class="acts"><Ask primary label={w.returnStart} text={fill(w.sayReturn, { n: number })} /><Ask label={w.exchangeStart} text={fill(w.sayExchange, { n: number })} /><Ask label={w.repairStart} text={w.sayRepair} /></p>
    </article>
  )
}

export function Cart() {
  const { w, locale, cart, setCart } = useShop()
  if (!cart.length) return <><h1>{w.cart}</h1><div class="void"><p>{w.cartEmpty}</p><a class="btn primary" {...link('/products')}>{w.products}</a></div></>
  return (
    <>
      <h1>{w.cart}</h1>
      <div class="panel order">
        <ul>
          {cart.map((l) => (
            <li key={l.sku}>
              <Picture src={l.image} />
              <span class="grow"><a {...link(`/products/${l.product_id}`)}>{l.name}</a><small>{l.detail}</small></span>
              <span class="step" role="group" aria-label={`${w.quantity}: ${l.name}`}>
                <button aria-label={w.fewer} onClick={() => setCart(changed(cart, l.sku, l.quantity - 1))}>−</button>
                <output>{l.quantity}</output>
                <button aria-label={w.more} onClick={() => setCart(changed(cart, l.sku, l.quantity + 1))}>+</button>
              </span>
              <span class="num">{money({ ...l.price, amount: l.price.amount * l.quantity }, locale)}</span>
            </li>
          ))}
        </ul>
        <p class="row"><b>{w.total} {money(total(cart), locale)}</b><a class="btn primary" {...link('/checkout')}>{w.checkout}</a></p>
      </div>
    </>
  )
}

export function Checkout() {
  const { w, locale, cart } = useShop()
  const sum = total(cart)
  useEffect(() => {
    if (cart.length) track('checkout_view', { items: cart.length, amount: sum.amount, currency: sum.currency })
  }, [])
  return (
    <article class="guide">
      <p class="crumbs"><a {...link('/cart')}>{w.cart}</a></p>
      <h1>{w.checkoutTitle}</h1>
      <div class="panel order">
        <ul>{cart.map((l) => <li key={l.sku}><Picture src={l.image} /><span class="grow">{l.name}<small>{l.detail} ×{l.quantity}</small></span></li>)}</ul>
        <p class="row"><span>{w.total}</span><b>{money(sum, locale)}</b></p>
      </div>
      <p class="note">{w.checkoutNote}</p>
      <div class="help"><b>{w.checkoutHelp}</b><button class="btn primary" onClick={() => xiaoer('open')}>{w.askXiaoer}</button></div>
    </article>
  )
}
