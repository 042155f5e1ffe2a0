import { hostPage, startFake } from './fake/server.mjs'
import { launch, openPage, openChat, until } from './lib/browser.mjs'
const svc = process.argv[2]
const lang = process.argv[3] ?? 'zh-CN'
const says = process.argv.slice(4)
const host = await startFake({ pages: { '/': () => hostPage(svc, { lang, attributes: process.env.ATTR ?? '' }) } })
const b = await launch()
const { page, seen } = await openPage(b, { viewport: { width: 480, height: 760 } })
page.on('console', (m) => console.log('console', m.type(), m.text().slice(0, 200)))
page.on('response', (r) => r.status() >= 400 && console.log(r.status(), r.url()))
await page.goto(host.origin + '/')
const f = await openChat(page)
await page.waitForTimeout(800)
await page.screenshot({ path: '/tmp/widget/shots/real-0.png' })
let i = 0
for (const s of says) {
  const n = await f.locator('[data-seq]').count()
  if (s.startsWith('press:')) await f.getByRole('button', { name: s.slice(6) }).last().click()
  else { await f.locator('.composer textarea').fill(s); await f.locator('.composer textarea').press('Enter') }
  await until('reply', async () => (await f.locator('[data-seq]').count()) > n + (s.startsWith('press:') ? 0 : 1), 6000).catch((e) => console.log(String(e)))
  await page.waitForTimeout(700)
  await page.screenshot({ path: `/tmp/widget/shots/real-${++i}.png` })
}
console.log(seen)
await b.close(); await host.close()
