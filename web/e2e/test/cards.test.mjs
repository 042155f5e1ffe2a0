// Every card kind drawn and pressed; sources, tickets, people, pictures, closing; hostile text in every field.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cards } from '../fake/script.mjs'
import { until } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

const w = world()
const ticket = cards.ticket.body

test('all cards are drawn, and pressing them sends what they say', async () => {
  const chat = await w.chat('/')
  await until('stream', () => w.shopper.streams > 0)
  const c = w.shopper.last
  const f = chat.frame
  for (const card of Object.values(cards)) c.append({ author: 'agent', kind: 'card', text: '', card })
  await f.locator('.k-rating').waitFor()
  assert.equal(await f.locator('.card h3').count(), 8)
  await f.getByText('青鸟快运').waitFor()
  await f.getByText('Verdant 湖滨店').waitFor()
  assert.equal(await f.locator('.k-product .tile').count(), 4)

  await f.getByRole('button', { name: '云步缓震跑鞋 42 码 · ¥329' }).click()
  await f.getByRole('button', { name: '确认退货' }).click()
  await until('two presses', () => w.shopper.actions.length === 2)
  assert.deepEqual(w.shopper.actions.map((a) => [a.card_id, a.action]), [['c-choice', 'choose:s1'], ['c-confirm', 'confirm']])
  assert.equal(new Set(w.shopper.actions.map((a) => a.client_id)).size, 2)
  await f.locator('.k-confirm .state', { hasText: '已完成' }).waitFor()
  assert.equal(await f.locator('.k-confirm button').count(), 0, 'what is done cannot be pressed again')

  await f.getByRole('button', { name: '提交预约' }).click()
  await f.getByText('请填写“故障现象”').waitFor()
  assert.equal(w.shopper.actions.length, 2, 'what is missing is not sent')
  await f.getByLabel('故障现象').fill('不出水')
  await f.getByLabel('上门日期').fill('2026-11-25')
  await f.getByLabel('时段').selectOption('pm')
  await f.getByRole('button', { name: '提交预约' }).click()
  await until('the form', () => w.shopper.actions.length === 3)
  assert.deepEqual(w.shopper.actions[2].values, { fault: '不出水', when: '2026-11-25', slot: 'pm' })

  await f.getByRole('button', { name: '4 星' }).click()
  await f.getByText('感谢您的评价').waitFor()
  assert.equal(w.shopper.actions[3].action, 'rate:4')

  await f.getByRole('button', { name: '查物流' }).click()
  await until('say:', () => c.messages.some((m) => m.text === '查物流'))
})

test('a press that fails says so and can be repeated', async () => {
  const chat = await w.chat('/?lang=en')
  w.shopper.last.append({ author: 'agent', kind: 'card', card: cards.confirm })
  w.shopper.fault({ path: '/actions', status: 409, detail: 'This offer has expired.' })
  const button = chat.frame.getByRole('button', { name: '确认退货' })
  await button.click()
  await chat.frame.getByText('This offer has expired.').waitFor()
  await button.click()
  await chat.frame.locator('.k-confirm .state').waitFor()
  assert.equal(w.shopper.actions.length, 1)
})

test('a source opens beside the answer and gives the focus back', async () => {
  const chat = await w.chat('/?lang=en')
  w.shopper.last.append({ author: 'agent', text: 'Seven days.', citations: [{ passage_id: 'a/b#1', title: 'Returns' }], suggestions: ['How?'] })
  const chip = chat.frame.getByRole('button', { name: 'Open source: Returns' })
  await chip.click()
  const sheet = chat.frame.getByRole('dialog', { name: 'Source' })
  await sheet.getByText('签收后').waitFor()
  assert.ok(w.shopper.requests.some((r) => r.path === '/citations/a%2Fb%231'))
  await chat.page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
  assert.equal(await chip.evaluate((e) => document.activeElement === e), true)
  await chat.frame.getByRole('button', { name: 'How?' }).click()
  await until('suggestion', () => w.shopper.last.messages.some((m) => m.text === 'How?'))
})

test('tickets: none, some, one, and one that does not load', async () => {
  const chat = await w.chat('/?lang=en')
  const f = chat.frame
  await f.getByRole('button', { name: 'My requests' }).click()
  await f.getByText('No requests yet').waitFor()
  await chat.page.keyboard.press('Escape')
  w.shopper.ticketList = [ticket]
  w.shopper.fault({ path: '/tickets', status: 500 })
  await f.getByRole('button', { name: 'My requests' }).click()
  await f.getByRole('button', { name: 'Try again' }).click()
  await f.getByRole('button', { name: /T-20261122-0007/ }).click()
  await f.getByText('工单已登记').waitFor()
})

test('a person: asked for in one tap, named as a person, never labelled as AI', async () => {
  const chat = await w.chat('/?lang=en')
  await until('stream', () => w.shopper.streams > 0)
  const c = w.shopper.last
  await chat.frame.getByRole('button', { name: 'Talk to a person' }).click()
  await until('asked', () => c.messages.some((m) => m.text === 'Talk to a person'))
  c.status({ handler: 'waiting', queue: 3 })
  await chat.frame.getByText('3 ahead of you').waitFor()
  c.status({ handler: 'staff', staffName: 'Chen' })
  c.append({ author: 'staff', author_name: 'Chen', text: 'Hello, I am Chen.' })
  const bubble = chat.frame.locator('.msg.staff')
  await bubble.waitFor()
  assert.doesNotMatch(await bubble.innerText(), /AI/)
})

test('a picture is shown, sent with progress, and refused when it is none', async () => {
  const chat = await w.chat('/?lang=en')
  const input = chat.frame.locator('input[type=file]')
  await input.setInputFiles({ name: 'a.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') })
  await chat.frame.getByText('Only PNG').waitFor()
  await input.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.alloc(6 * 1024 * 1024) })
  await chat.frame.getByText('larger than 5 MB').waitFor()
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
  w.shopper.fault({ path: '/attachments', status: 503 })
  await input.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: png })
  await until('message with picture', () => w.shopper.last.messages.some((m) => m.attachments?.length === 1))
  await chat.frame.locator('.shot img').first().waitFor()
})

test('closing asks for a rating, and a new conversation begins empty', async () => {
  const chat = await w.chat('/?lang=en')
  await until('stream', () => w.shopper.streams > 0)
  const c = w.shopper.last
  c.append({ author: 'agent', text: 'Bye' })
  c.append({ author: 'agent', kind: 'card', card: cards.rating })
  c.status({ closed: true })
  await chat.frame.getByText('This conversation has ended').waitFor()
  await chat.frame.getByRole('button', { name: '5 of 5 stars' }).click()
  await chat.frame.getByText('Thank you for rating us').waitFor()
  await chat.frame.getByRole('button', { name: 'Start a new one' }).click()
  await chat.frame.getByText('Bye').waitFor({ state: 'detached' })
  await w.say(chat, 'again')
  await until('in the new conversation', () => w.shopper.last !== c && w.shopper.last.seq === 1)
})

const EVIL = '<img src=x onerror="top.hit=1;alert(1)"><script>alert(2)</script><svg onload=alert(3)>{{7*7}}[x](javascript:alert(4))https://evil.example/x'
const URLS = ['javascript:alert(5)', 'https://evil.example/pixel.png', 'data:text/html,<script>alert(6)</script>', '//evil.example/p']

function poison(v, key = '', url = URLS[0]) {
  if (Array.isArray(v)) return v.map((x) => poison(x, key, url))
  if (v && typeof v === 'object') return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, poison(x, k, url)]))
  if (typeof v !== 'string' || ['kind', 'status', 'type', 'style', 'author'].includes(key)) return v
  return ['image', 'url'].includes(key) ? url : EVIL
}

test('hostile text in every field: no script, no foreign request, no foreign link', async () => {
  w.shopper.config = { title: EVIL, greeting: EVIL, suggestions: [EVIL], texts: { title: EVIL, placeholder: EVIL }, colours: { brand: 'red;}*{background:url(https://evil.example)', on_brand: EVIL }, link_origins: [] }
  const chat = await w.chat('/?lang=en')
  await until('stream', () => w.shopper.streams > 0)
  const c = w.shopper.last
  for (const url of URLS) {
    for (const [kind, card] of Object.entries(cards)) c.append({ author: 'agent', kind: 'card', text: EVIL, card: { ...poison(card, '', url), id: `${kind}${url}` } })
    c.append({ author: 'staff', author_name: EVIL, text: EVIL, at: EVIL, citations: [{ passage_id: EVIL, title: EVIL, url }], suggestions: [EVIL], attachments: [{ id: EVIL, url, name: EVIL, mime: EVIL }] })
  }
  c.append({ author: 'agent', kind: 'card', card: { id: EVIL, kind: '__proto__', status: 'open', title: EVIL, body: EVIL, actions: [{ id: EVIL, label: EVIL }] } })
  c.append({ author: 'system', kind: 'notice', text: EVIL })
  c.push('status', { handler: 'staff', staff_name: EVIL })
  c.push('typing', { author: 'staff', name: EVIL, on: true })
  c.push('delta', { turn_id: EVIL, text: EVIL })
  await until('all there', async () => (await chat.frame.locator('.card').count()) >= 37)
  await chat.frame.getByRole('button', { name: /Open source/ }).first().click()
  await chat.frame.getByRole('dialog').waitFor()
  await chat.page.waitForTimeout(300)
  assert.equal(chat.seen.alerts, 0)
  assert.deepEqual(chat.seen.foreign, [])
  assert.deepEqual(chat.seen.errors, [])
  assert.equal(await chat.page.evaluate('window.hit'), undefined)
  const dom = chat.frame.locator('body')
  assert.equal(await dom.locator('script, object, embed, iframe, [onerror], [onload]').count(), 0)
  const hrefs = await dom.locator('a').evaluateAll((all) => all.map((a) => a.href))
  assert.deepEqual(hrefs.filter((h) => !h.startsWith('tel:') && !h.startsWith(w.service.origin)), [])
  assert.match(await dom.innerText(), /<script>alert\(2\)<\/script>/, 'and it can be read as text')
})
