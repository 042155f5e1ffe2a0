// For everyone: keyboard alone, names and roles, phone width, dark, both languages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cards } from '../fake/script.mjs'
import { frameOf, until } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

const w = world()
const inFrame = (page) => page.frames().find((f) => f.url().includes('/widget/frame'))

test('keyboard alone: open, write, break a line, choose, confirm, read a source, close', async () => {
  const { page } = await w.open('/?lang=en')
  const key = (k) => page.keyboard.press(k)
  await page.getByRole('button', { name: 'Chat with us' }).waitFor()
  await page.locator('#before').focus()
  await key('Tab')
  await key('Enter')
  const frame = frameOf(page)
  await frame.locator('.composer textarea:focus').waitFor()
  await page.keyboard.type('line one')
  await key('Shift+Enter')
  await page.keyboard.type('line two')
  await key('Enter')
  await until('sent', () => w.shopper.last?.messages[0]?.text === 'line one\nline two')
  const c = w.shopper.last
  c.append({ author: 'agent', text: 'Which?', citations: [{ passage_id: 'p', title: 'Rules' }] })
  c.append({ author: 'agent', kind: 'card', card: cards.choice })
  c.append({ author: 'agent', kind: 'card', card: cards.confirm })
  await frame.locator('.k-confirm').waitFor()
  const press = async (name) => {
    await back(page, name)
    await key('Enter')
  }
  await press('确认退货')
  await until('confirmed', () => w.shopper.actions.some((a) => a.action === 'confirm'))
  await press('山泉真空保温杯')
  await until('chosen', () => w.shopper.actions.some((a) => a.action === 'choose:s2'))
  await press('Open source')
  const sheet = frame.getByRole('dialog')
  await sheet.getByRole('link').first().waitFor()
  for (let i = 0; i < 6; i++) {
    await key('Tab')
    assert.equal(await inFrame(page).evaluate(() => !!document.activeElement.closest('[role=dialog]')), true, 'focus stays in the dialog')
  }
  await key('Escape')
  await sheet.waitFor({ state: 'detached' })
  await key('Escape')
  await page.getByRole('button', { name: 'Chat with us' }).waitFor()
})

/** Walks backwards by Tab until the focus is on the button of that name. */
async function back(page, name) {
  for (let i = 0; i < 30; i++) {
    const here = await inFrame(page).evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent)
    if (here?.includes(name)) return
    await page.keyboard.press('Shift+Tab')
  }
  throw new Error(`${name} cannot be reached by keyboard`)
}

test('everything that can be pressed has a name, a size and a focus that shows', async () => {
  const chat = await w.chat('/?lang=en')
  const c = w.shopper.last
  c.append({ author: 'agent', text: 'a', citations: [{ passage_id: 'p', title: 'Rules' }] })
  for (const card of Object.values(cards)) c.append({ author: 'agent', kind: 'card', card })
  await chat.frame.locator('.k-rating').waitFor()
  await chat.frame.locator('.k-form textarea').waitFor()
  const bad = await chat.frame.locator('button, a, input:not([type=file]), select, textarea').evaluateAll((all) =>
    all.flatMap((e) => {
      const r = e.getBoundingClientRect()
      const label = e.id && document.querySelector(`label[for="${CSS.escape(e.id)}"]`)?.textContent
      const name = e.getAttribute('aria-label') || e.textContent?.trim() || label
      return name && r.width >= 24 && r.height >= 23.5 ? [] : [`${e.outerHTML.slice(0, 90)} ${r.width}x${r.height}`]
    }),
  )
  assert.deepEqual(bad, [])
  assert.equal(await chat.frame.getByRole('log').getAttribute('aria-live'), 'polite')
  assert.equal(await chat.page.locator('iframe').getAttribute('title'), 'Customer service chat')
})

test('every message of the agent carries its label, also for those who hear it', async () => {
  const chat = await w.chat('/?lang=en')
  const c = w.shopper.last
  for (const t of ['a', 'b', 'c']) c.append({ author: 'agent', text: t })
  await until('three', async () => (await chat.frame.locator('[data-seq]').count()) === 3)
  for (const m of await chat.frame.locator('[data-seq]').all()) assert.match(await m.evaluate((e) => e.textContent), /AI-generated/)
})

test('phone: full screen, no sideways scroll, page behind stands still', async () => {
  const chat = await w.chat('/?lang=en', { viewport: { width: 360, height: 700 }, hasTouch: true, isMobile: true })
  for (const card of Object.values(cards)) w.shopper.last.append({ author: 'agent', kind: 'card', card })
  await chat.frame.locator('.k-rating').waitFor()
  const box = await chat.page.locator('iframe').boundingBox()
  assert.deepEqual([box.x, box.y, box.width, box.height], [0, 0, 360, 700])
  const f = inFrame(chat.page)
  assert.equal(await f.evaluate(() => document.querySelector('.scroll').scrollWidth <= innerWidth), true)
  assert.equal(await chat.page.evaluate(() => getComputedStyle(document.documentElement).overflow), 'hidden')
  await chat.frame.getByRole('button', { name: 'Close chat' }).click()
  await until('the page scrolls again', () => chat.page.evaluate(() => document.documentElement.style.overflow === ''))
})

test('dark by the system and by the page', async () => {
  const ground = (page) => inFrame(page).evaluate(() => getComputedStyle(document.body).backgroundColor)
  const bySystem = await w.chat('/?lang=en', { colorScheme: 'dark' })
  assert.equal(await ground(bySystem.page), 'rgb(21, 30, 28)')
  await bySystem.page.evaluate(() => window.xiaoer('theme', 'light'))
  await until('light by the page', async () => (await ground(bySystem.page)) === 'rgb(255, 255, 255)')
})

test('both languages, by the page and by a call, without losing the talk', async () => {
  const chat = await w.chat('/')
  await chat.frame.getByRole('button', { name: '转人工' }).waitFor()
  await w.say(chat, '你好')
  await until('sent', () => w.shopper.last.seq === 1)
  await chat.page.evaluate(() => window.xiaoer('locale', 'en'))
  await chat.frame.getByRole('button', { name: 'Talk to a person' }).waitFor()
  await chat.frame.getByText('你好', { exact: true }).waitFor()
  assert.equal(await inFrame(chat.page).evaluate(() => document.documentElement.lang), 'en')
  await chat.page.evaluate(() => window.xiaoer('nonsense'))
  assert.deepEqual(chat.seen.errors, [], 'an unknown call is a warning, never an error of the page')
})

test('while an input method composes, Enter is its own', async () => {
  const chat = await w.chat('/')
  await chat.input.fill('nihao')
  await chat.input.dispatchEvent('keydown', { key: 'Enter', isComposing: true })
  await chat.input.dispatchEvent('keydown', { key: 'Enter', keyCode: 229 })
  await chat.page.waitForTimeout(100)
  assert.equal(await chat.input.inputValue(), 'nihao')
})
