// Pictures of the storefront against the fake server, to look at: node look-shop.mjs DIR
import { mkdirSync } from 'node:fs'
import { startFake } from './fake/server.mjs'
import { launch, openPage } from './lib/browser.mjs'

const dir = process.argv[2] ?? 'shots'
mkdirSync(dir, { recursive: true })
const base = process.argv[3] // a real server, when one is running
const fake = base ? { origin: base, close() {} } : await startFake()
const browser = await launch()
const { page, seen } = await openPage(browser, { viewport: { width: 1240, height: 900 } })
const shot = async (path, name) => {
  await page.goto(`${fake.origin}/shop${path}`)
  await page.waitForTimeout(700)
  await page.screenshot({ path: `${dir}/shop-${name}.png` })
}
await shot('/?locale=zh', 'home')
await page.locator('.bar select').selectOption('li-na')
await page.waitForTimeout(300)
await shot('/products', 'list')
const id = await page.locator('a.tile').first().getAttribute('href')
await shot(id.replace('/shop', ''), 'product')
await shot('/orders', 'orders')
await shot('/guides', 'guides')
await page.locator('a.tile').first().click()
await page.waitForTimeout(500)
await page.screenshot({ path: `${dir}/shop-guide.png` })
await shot('/stores?locale=en', 'stores')
await page.setViewportSize({ width: 390, height: 844 })
await shot('/', 'phone')
if (seen.errors.length) console.log(seen.errors)
await browser.close()
await fake.close()
