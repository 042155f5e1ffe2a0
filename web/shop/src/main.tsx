// The demo storefront: a shop as any other, with the widget embedded by its one script tag.
import { render } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { Cart, Checkout, Orders, Return } from './account'
import * as api from './lib/api'
import { keep, lines, type Line } from './lib/cart'
import { go, link, useRoute, type Route } from './lib/route'
import { embed, track, xiaoer } from './lib/track'
import { fill, words } from './lib/words'
import mark from './mark.svg'
import { Guide, Guides, Home, Missing, Product, Products, Stores } from './pages'
import { ShopContext, useShop, type Shop } from './shop'
import '../../tokens/tokens.css'
import './style.css'

const CUSTOMERS: [string, string][] = [['li-na', '李娜 Li Na'], ['wang-wei', '王伟 Wang Wei'], ['emma', 'Emma']]

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case 'home': return <Home />
    case 'products': return <Products route={route} />
    case 'product': return <Product id={route.id} />
    case 'guides': return <Guides />
    case 'guide': return <Guide id={route.id} />
    case 'stores': return <Stores />
    case 'orders': return <Orders />
    case 'return': return <Return id={route.id} />
    case 'cart': return <Cart />
    case 'checkout': return <Checkout />
    default: return <Missing />
  }
}

function App() {
  const route = useRoute()
  const [locale, setLocale] = useState<api.Locale>(firstLocale)
  const [theme, setTheme] = useState(firstTheme)
  const [me, setMe] = useState<api.Me>()
  const [cart, put] = useState<Line[]>(lines)
  const w = words(locale)
  const setCart = (all: Line[]) => (keep(all), put(all))
  const shop = useMemo<Shop>(() => ({ locale, w, me, cart, setCart }), [locale, me, cart])

  useEffect(() => {
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en'
    document.title = w.brand
    remember('shop:locale', locale)
    xiaoer('locale', locale)
  }, [locale])
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    xiaoer('theme', theme)
  }, [theme])
  useEffect(() => {
    xiaoer('on', 'link', follow)
    embed(locale)
  }, [])
  useEffect(() => {
    // again on another language: the tier's name is a word
    api.me(locale).then((m) => become(m, setMe), () => undefined)
  }, [locale])
  useEffect(() => track('page_view', { page: location.pathname }), [route])

  const actAs = async (id: string) => {
    try {
      if (id) become(await api.login(locale, id), setMe)
      else become((await api.logout(locale), undefined), setMe)
    } catch {
      // the select falls back to who is really logged in
      setMe((m) => m && { ...m })
    }
  }
  return (
    <ShopContext.Provider value={shop}>
      <a class="skip" href="#main">{w.skip}</a>
      <DemoBar actAs={actAs} language={() => setLocale(locale === 'zh' ? 'en' : 'zh')} theme={() => (remember('shop:theme', other(theme)), setTheme(other(theme)))} />
      <Head route={route} />
      <main id="main" tabIndex={-1}><Page route={route} /></main>
      <footer><p>{w.footer}</p></footer>
    </ShopContext.Provider>
  )
}

function DemoBar({ actAs, language, theme }: { actAs(id: string): void; language(): void; theme(): void }) {
  const { w, me } = useShop()
  return (
    <div class="bar">
      <label>
        {w.actAs}
        <select value={me?.customer_id ?? ''} onChange={(e) => actAs(e.currentTarget.value)}>
          <option value="">{w.visitor}</option>
          {CUSTOMERS.map(([id, name]) => <option key={id} value={id}>{name}</option>)}
        </select>
      </label>
      {me && <span class="perks">{[me.tier, fill(w.points, { n: me.points }), fill(w.coupons, { n: me.coupons })].join(' · ')}</span>}
      <span class="grow" />
      <button onClick={theme} aria-label={w.theme} title={w.theme}>◐</button>
      <button onClick={language} lang={w.language === 'English' ? 'en' : 'zh-CN'}>{w.language}</button>
    </div>
  )
}

function Head({ route }: { route: Route }) {
  const { w, cart } = useShop()
  const count = cart.reduce((n, l) => n + l.quantity, 0)
  const tabs = [['products', w.products], ['guides', w.guides], ['stores', w.stores], ['orders', w.orders]] as const
  const find = (e: Event) => {
    e.preventDefault()
    const q = String(new FormData(e.currentTarget as HTMLFormElement).get('q') ?? '').trim()
    go(q ? `/products?q=${encodeURIComponent(q)}` : '/products')
  }
  return (
    <header class="head">
      <a class="brand" {...link('/')}><img src={mark} alt="" width="30" height="30" />{w.brand}</a>
      <nav>{tabs.map(([page, name]) => <a key={page} aria-current={route.page.startsWith(page.slice(0, 5)) ? 'page' : undefined} {...link(`/${page}`)}>{name}</a>)}</nav>
      <form role="search" onSubmit={find}>
        <input key={route.query.get('q')} name="q" type="search" placeholder={w.search} aria-label={w.search} defaultValue={route.query.get('q') ?? ''} maxLength={100} />
      </form>
      <a class="cart" {...link('/cart')}>{w.cart}{count > 0 && <b>{count}</b>}</a>
    </header>
  )
}

/** The widget is told at once, so that the chat belongs to whom the page belongs to. */
function become(m: api.Me | undefined, set: (m: api.Me | undefined) => void): void {
  set(m)
  xiaoer('identify', m ? { customer_id: m.customer_id, signature: m.signature } : null)
}

/** A link in the chat to a page of this shop opens without leaving it. */
function follow(url: unknown): void {
  const to = new URL(String(url), location.href)
  if (to.origin === location.origin && to.pathname.startsWith('/shop')) go(to.pathname.slice('/shop'.length) + to.search)
  else if (to.origin === location.origin) location.assign(to)
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // then the choice lasts for this page
  }
}

function recall(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

const other = (theme: string): 'light' | 'dark' => (theme === 'dark' ? 'light' : 'dark')

function firstLocale(): api.Locale {
  const asked = new URLSearchParams(location.search).get('locale') ?? recall('shop:locale') ?? navigator.language
  return /^zh/i.test(asked) ? 'zh' : 'en'
}

function firstTheme(): 'light' | 'dark' {
  const kept = recall('shop:theme')
  if (kept === 'dark' || kept === 'light') return kept
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

render(<App />, document.getElementById('shop')!)
