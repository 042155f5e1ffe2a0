// Faults of the line, in a real browser: nothing missed, nothing twice, nothing lost that was written.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../lib/browser.mjs'
import { seqs, texts, world } from '../lib/world.mjs'

const w = world()
const upTo = (n) => Array.from({ length: n }, (_, i) => i + 1)
const reaches = (chat, n) => until(`${n} messages`, async () => (await seqs(chat.frame)).at(-1) === n, 15000)

test('cut streams, doubles and gaps', async () => {
  const chat = await w.chat('/?lang=en')
  await until('stream', () => w.shopper.streams > 0)
  const c = w.shopper.last
  let n = 0
  const add = (quiet) => c.append({ author: 'agent', text: `m${++n}` }, { quiet })
  for (let round = 0; round < 4; round++) {
    add()
    add(true) // never pushed: only a number tells
    add()
    c.push('message', c.messages[n - 1], n)
    c.push('message', c.messages[Math.max(0, n - 3)], n)
    w.shopper.cutStreams()
    add(true)
  }
  await reaches(chat, 16)
  assert.deepEqual(await seqs(chat.frame), upTo(16))
  assert.ok(w.shopper.streams >= 2, 'streams were opened again')
})

test('no stream gets through: polling alone is enough', async () => {
  w.shopper.streamsRefused = true
  const chat = await w.chat('/?lang=en')
  await until('polls', () => w.shopper.requests.some((r) => r.path.includes('wait=20')), 15000)
  w.shopper.answer = async (c, m) => c.append({ author: 'agent', text: `re ${m.text}` })
  await w.say(chat, 'one')
  await chat.frame.getByText('re one').waitFor()
  assert.deepEqual(await seqs(chat.frame), [1, 2])
})

test('a lost answer does not double a message, a refused one comes through later, order is kept', async () => {
  const chat = await w.chat('/?lang=en')
  w.shopper.fault({ path: '/messages', method: 'POST', after: true })
  w.shopper.fault({ path: '/messages', method: 'POST', status: 503 })
  w.shopper.fault({ path: '/messages', method: 'POST', status: 429, retryAfter: 1 })
  for (const t of ['first', 'second', 'third']) await w.say(chat, t)
  await reaches(chat, 3)
  assert.deepEqual((await texts(chat.frame)).slice(-3), ['first', 'second', 'third'])
  assert.equal(w.shopper.last.seq, 3)
})

test('what cannot be sent says so, keeps the words and goes at a press', async () => {
  const chat = await w.chat('/?lang=en')
  w.shopper.fault({ path: '/messages', method: 'POST', status: 413, detail: 'Too long: 4,000 characters at most.' })
  await w.say(chat, 'long words')
  await chat.frame.getByText('Too long: 4,000 characters at most.').waitFor()
  await chat.frame.getByRole('button', { name: 'Remove' }).click()
  assert.equal(await chat.frame.getByText('long words').count(), 0)
})

test('offline is told, unsent words survive a reload, and all is well afterwards', async () => {
  const chat = await w.chat('/?lang=en')
  await w.say(chat, 'before')
  await reaches(chat, 1)
  await until('stream', () => w.shopper.streams > 0)
  w.shopper.fault({ path: '/messages', times: 1000, cut: true })
  w.shopper.streamsRefused = true
  w.shopper.cutStreams()
  await chat.frame.getByText('You are offline').waitFor()
  await w.say(chat, 'while away')
  await chat.frame.locator('.going').waitFor()
  w.shopper.faults = []
  w.shopper.streamsRefused = false
  await chat.page.reload()
  await chat.page.getByRole('button', { name: /Chat with us/ }).click()
  await reaches(chat, 2)
  assert.deepEqual((await texts(chat.frame)).slice(-2), ['before', 'while away'])
  assert.equal(w.shopper.last.seq, 2)
})

test('a session that cannot be opened says how to mend it, and opens at the press', async () => {
  w.shopper.fault({ path: '/sessions', times: 1, status: 500 })
  const chat = await w.chat('/?lang=en')
  await chat.frame.getByText('The chat could not be opened').waitFor()
  await chat.frame.getByRole('button', { name: 'Try again' }).click()
  await w.say(chat, 'here now')
  await reaches(chat, 1)
})

test('an expired token is renewed without losing the thread', async () => {
  const chat = await w.chat('/?lang=en')
  await w.say(chat, 'one')
  await reaches(chat, 1)
  w.shopper.tokens.clear()
  w.shopper.cutStreams()
  await w.say(chat, 'two')
  await reaches(chat, 2)
  assert.deepEqual(await seqs(chat.frame), [1, 2])
})

test('words of the model are shown live, then replaced by the message', async () => {
  const chat = await w.chat('/?lang=en')
  await until('stream', () => w.shopper.streams > 0)
  const c = w.shopper.last
  for (const text of ['Seven ', '**days**', ' are']) c.push('delta', { turn_id: 't1', text })
  await chat.frame.locator('.live', { hasText: 'Seven days are' }).waitFor()
  c.append({ author: 'agent', turn_id: 't1', text: 'Seven **days** are given.' })
  await chat.frame.getByText('Seven days are given.').waitFor()
  assert.equal(await chat.frame.locator('.live').count(), 0)
})
