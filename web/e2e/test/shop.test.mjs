// The storefront with the widget in it: pages, both languages, customers, and the behaviour that reaches the server.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frameOf, until } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

const w = world()
const types = () => w.shopper.events.map((e) => e.type)

async function shop(path = '/?locale=zh', options) {
  const opened = await w.open('/', options)
  await opened.page.goto(`${w.service.origin}/shop${path}`)
  return opened
}

test('from the home page to the checkout, and every step is known', async () => {
  const { page, seen } = await shop()
  await page.getByRole('heading', { name: '新品上架' }).waitFor()
  await page.getByRole('searchbox').fill('背包')
  await page.keyboard.press('Enter')
  await page.locator('a.tile').first().click()
  await page.getByRole('button', { name: '加入购物车' }).click()
  await page.getByRole('link', { name: '打开使用指南' }).click()
  await page.getByRole('heading', { name: /使用指南/ }).waitFor()
  await page.getByRole('link', { name: /^购物车/ }).click()
  await page.getByRole('link', { name: '去结算' }).click()
  await until('all events', () => ['page_view', 'search', 'product_view', 'add_to_cart', 'guide_open', 'checkout_view'].every((t) => types().includes(t)))
  const search = w.shopper.events.find((e) => e.type === 'search')
  assert.deepEqual(search.properties, { query: '背包', results: 1 })
  assert.equal(new Set(w.shopper.events.map((e) => e.event_id)).size, w.shopper.events.length)
  assert.deepEqual(seen.errors, [])
})

test('a customer sees orders, asks about one, and the chat knows who asks', async () => {
  const { page } = await shop('/orders?locale=zh')
  await page.getByText('登录后查看订单').waitFor()
  await page.getByLabel('演示身份').selectOption('li-na')
  await page.getByText('XE20261120001').waitFor()
  await page.getByRole('button', { name: '刷新状态' }).click()
  await page.getByRole('button', { name: '问这笔订单' }).click()
  await until('asked', () => w.shopper.last?.messages.some((m) => m.text === '订单 XE20261120001 到哪了？'))
  assert.equal(w.shopper.lastSession.identity.customer_id, 'li-na')
  await frameOf(page).getByText('订单 XE20261120001 到哪了？').waitFor()
  await until('refresh', () => types().includes('order_refresh'))
})

test('the other language, at once, in shop and chat', async () => {
  const { page } = await shop('/?locale=zh')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'New arrivals' }).waitFor()
  await page.getByRole('button', { name: 'Chat with us' }).click()
  await frameOf(page).getByRole('button', { name: 'Talk to a person' }).waitFor()
})

test('nothing sideways on a phone; an unknown page and an unknown product say so', async () => {
  const { page } = await shop('/?locale=en', { viewport: { width: 360, height: 740 } })
  await page.locator('a.tile').first().waitFor()
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true)
  await page.goto(`${w.service.origin}/shop/nowhere`)
  await page.getByText('There is no such page').waitFor()
  await page.goto(`${w.service.origin}/shop/products/none`)
  await page.getByText('No such product').waitFor()
})
