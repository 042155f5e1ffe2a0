// Pictures of the widget and the shop against the fake server, to look at: node look.mjs DIR
import { mkdirSync } from 'node:fs'
import { demoAnswer } from './fake/script.mjs'
import { hostPage, startFake } from './fake/server.mjs'
import { launch, openChat, openPage } from './lib/browser.mjs'

const dir = process.argv[2] ?? 'shots'
mkdirSync(dir, { recursive: true })
const fake = await startFake()
fake.shopper.answer = demoAnswer
fake.shopper.config = { title: 'Verdant 客服', greeting: '您好，我是智能客服小二 🌿 订单、物流、退换、门店库存，都可以直接问我。', suggestions: ['查一下我的订单', '七天无理由怎么退', '附近哪家店有货'] }
const host = await startFake({ pages: { '/': (u) => hostPage(fake.origin, { lang: u.searchParams.get('lang') ?? 'zh-CN', attributes: `data-theme="${u.searchParams.get('theme') ?? 'light'}"` }) } })
const browser = await launch()
async function talk(name, query, options, says) {
  const { page, context, seen } = await openPage(browser, options)
  await page.goto(`${host.origin}/?${query}`)
  const frame = await openChat(page)
  await page.waitForTimeout(600)
  await page.screenshot({ path: `${dir}/${name}-0.png` })
  for (const [i, text] of says.entries()) {
    await frame.locator('.composer textarea').fill(text)
    await frame.locator('.composer textarea').press('Enter')
    await page.waitForTimeout(/人工|person/.test(text) ? 3500 : 2200)
    await page.screenshot({ path: `${dir}/${name}-${i + 1}.png` })
  }
  if (seen.errors.length) console.log(name, seen.errors)
  await context.close()
}
await talk('zh', 'lang=zh-CN', {}, ['七天无理由怎么退？', 'order track', 'product store', 'choice confirm', 'form', 'ticket rating', '转人工'])
await talk('dark', 'lang=en&theme=dark', { viewport: { width: 390, height: 780 }, hasTouch: true }, ['How do returns work?', 'confirm ticket', 'product', 'Talk to a person'])
await browser.close()
await fake.close()
await host.close()
