// The main job, end to end, in a real browser against the real server: a shopper writes, is understood, gets an answer with
// its source, has an order looked up and a return carried out after confirming it, complains and sees a ticket, asks for a
// person and talks to one; staff sees and does all of it live. In Chinese and in English.
// STORY_SHOTS=DIR keeps the pictures.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { join } from 'node:path'
import { frameOf, launch, openPage } from '../lib/browser.mjs'
import { startReal } from '../lib/real.mjs'

let real, browser
before(async () => {
  real = await startReal()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await real?.close()
})

const shots = process.env.STORY_SHOTS
const shot = (page, name) => (shots ? page.screenshot({ path: join(shots, name + '.png') }) : undefined)
const slow = { timeout: 25000 }

/** The shopper's side: opens the shop as a seed customer and the chat on it. */
async function shopper({ customer, locale }) {
  const opened = await openPage(browser, { origins: [real.origin], locale })
  const { page } = opened
  await page.goto(real.origin + '/shop/')
  await page.locator('select').first().selectOption(customer)
  await page.getByRole('button', { name: /咨询客服|Chat with us/ }).click()
  const frame = frameOf(page)
  const input = frame.locator('.composer textarea')
  await input.waitFor(slow)
  const say = async (text) => {
    await input.fill(text)
    await input.press('Enter')
  }
  return { ...opened, frame, say }
}

/** The staff's side: signs in with a demo account and opens the waiting conversations. */
async function desk({ login, locale }) {
  const opened = await openPage(browser, { origins: [real.origin], locale, viewport: { width: 1440, height: 900 } })
  const { page } = opened
  await page.goto(real.origin + '/console/login')
  await page.locator('.login-demo button', { hasText: login }).click(slow)
  await page.waitForURL(/inbox/, slow)
  return opened
}

const stories = [
  {
    lang: 'zh', locale: 'zh-CN', customer: 'li-na', login: 'xiaomei',
    question: '签收后几天内可以无理由退货？', source: /7 ?天/,
    track: '我的四件套到哪了', tracked: /运输中|派送|在途/,
    wish: '我想退跑鞋', reason: '不想要了', confirm: /^确认$/, returned: /RT\d+/,
    complaint: '电饭煲用了几天就坏了，质量太差，我要投诉！', pick: /电饭煲/, fault: '加热一半就断电，煮不熟饭',
    human: '转人工', staff: '您好，我是人工客服小美，电饭煲的情况我看到了。', thanks: '好的谢谢', take: /接管|接待|接入/, close: /结束|关闭/, why: /为什么|依据|决策/,
    waiting: /转接|人工/,
  },
  {
    lang: 'en', locale: 'en-GB', customer: 'emma', login: 'anna',
    question: 'How many days do I have to return something?', source: /7 days|seven days/i,
    track: 'Where is my desk lamp?', tracked: /transit|on its way|out for delivery/i,
    wish: 'I want to return the backpack', reason: 'I no longer want it', confirm: /^confirm$/i, returned: /RT\d+/,
    complaint: 'The mug arrived cracked, terrible quality, I want to complain!', pick: /mug|backpack/i, fault: 'It has a crack from the rim to the handle and leaks',
    human: 'I want to talk to a real person', staff: 'Hello, Anna here. I have read about the cracked mug.', thanks: 'Thank you', take: /take/i, close: /close|end/i, why: /why/i,
    waiting: /person/i,
  },
]

for (const s of stories) {
  test(`the story in ${s.lang}`, { timeout: 200000 }, async () => {
    const c = await shopper(s)
    const f = c.frame
    const last = (what) => f.locator('.msg.agent, .card').filter(what).last()

    await c.say(s.question)
    const answer = last({ hasText: s.source })
    await answer.waitFor(slow)
    await f.getByRole('button', { name: /来源|source/i }).last().click(slow)
    await f.getByRole('dialog').waitFor(slow)
    await shot(c.page, `${s.lang}-1-answer-with-source`)
    await c.page.keyboard.press('Escape')

    await c.say(s.track)
    await last({ hasText: s.tracked }).waitFor(slow)
    await shot(c.page, `${s.lang}-2-order-looked-up`)

    await c.say(s.wish)
    await f.getByRole('button', { name: s.reason }).last().click(slow)
    const confirm = f.locator('.k-confirm').last()
    await confirm.waitFor(slow)
    await shot(c.page, `${s.lang}-3-return-to-confirm`)
    await confirm.getByRole('button', { name: s.confirm }).click()
    await last({ hasText: s.returned }).waitFor(slow)
    await shot(c.page, `${s.lang}-4-returned`)

    await c.say(s.complaint)
    await settleComplaint(f, c, s)
    await f.locator('.k-ticket').last().waitFor(slow)
    await shot(c.page, `${s.lang}-5-complaint-and-ticket`)

    await c.say(s.human)
    await f.getByText(s.waiting).last().waitFor(slow)
    const d = await desk(s)
    await d.page.goto(real.origin + '/console/inbox?filter=waiting')
    await d.page.locator('.row').first().click(slow)
    await d.page.locator('.messages').getByText(s.complaint, { exact: true }).first().waitFor(slow)
    await shot(d.page, `${s.lang}-6-console-inbox`)
    await d.page.keyboard.press('t')
    await d.page.locator('.composer textarea').fill(s.staff)
    await d.page.locator('.composer textarea').press('Enter')
    await f.locator('.msg.staff', { hasText: s.staff }).waitFor(slow)

    await c.say(s.thanks)
    await d.page.locator('.messages').getByText(s.thanks, { exact: true }).last().waitFor(slow)
    await shot(d.page, `${s.lang}-7-console-talk`)
    await shot(c.page, `${s.lang}-8-talking-to-a-person`)
    for (const side of [c, d]) {
      assert.deepEqual(side.seen.foreign, [], 'a request left the house')
      assert.deepEqual(side.seen.errors, [], 'a page failed')
      await side.context.close()
    }
  })
}

/** Answers what the complaint flow asks, by its buttons where it offers them, until the ticket is there. */
async function settleComplaint(f, c, s) {
  for (let i = 0; i < 6; i++) {
    const ticket = f.locator('.k-ticket')
    const choice = f.locator('.card:not(.done) button:enabled', { hasText: s.pick })
    await Promise.race([ticket.last().waitFor(slow).catch(() => {}), new Promise((r) => setTimeout(r, 1500))])
    if ((await ticket.count()) > 0) return
    const open = f.locator('.k-choice').last()
    const buttons = open.locator('button:enabled')
    if ((await open.count()) > 0 && (await buttons.count()) > 0) {
      const wanted = (await choice.count()) > 0 ? choice.last() : buttons.first()
      await wanted.click()
      continue
    }
    await c.say(s.fault)
  }
}
