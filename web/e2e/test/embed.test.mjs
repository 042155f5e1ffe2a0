// The widget on a page of another origin: it works there, and hears only that page.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frameOf, until } from '../lib/browser.mjs'
import { world } from '../lib/world.mjs'

const w = world({
  pages: {
    // a page that embeds the frame itself and pretends to be the shop
    '/liar': (x, u) => `<!doctype html><body><iframe id="f" src="${x.service.origin}/widget/frame?account=web&origin=${encodeURIComponent(u.searchParams.get('origin'))}" width="400" height="600"></iframe>
      <script>got=[];addEventListener('message',e=>got.push(e.data))</script>`,
    '/stranger': () => `<!doctype html><body><script>addEventListener('message',e=>{});
      setInterval(()=>{ for (const m of [{type:'link',url:'/hacked',xiaoer:1},{type:'unread',count:9,text:'phish',xiaoer:1},{type:'close',xiaoer:1}]) parent.postMessage(m,'*') },20)</script>`,
  },
})

test('one script tag at another origin: talk, and get an answer', async () => {
  w.shopper.answer = async (c, m) => c.append({ author: 'agent', text: `Got ${m.text}` })
  const chat = await w.chat('/?lang=en')
  await w.say(chat, 'hello')
  await chat.frame.getByText('Got hello').waitFor()
  assert.equal(await chat.frame.locator('.msg.agent .tag').last().innerText(), 'AI-generated')
  assert.equal(w.shopper.lastSession.page.startsWith(w.host.origin), true)
  assert.deepEqual(chat.seen.errors, [])
  assert.deepEqual(chat.seen.foreign, [])
})

test('calls made before the widget was there are carried out after', async () => {
  w.pages['/early'] = () => `<!doctype html><html lang="en"><body><script>window.xiaoer=function(){(xiaoer.q=xiaoer.q||[]).push(arguments)};
    xiaoer('identify',{customer_id:'li-na',signature:'abc'});xiaoer('track','product_view',{product_id:'p1'});xiaoer('open')</script>
    <script src="${w.service.origin}/widget/loader.js" async></script>`
  const { page } = await w.open('/early')
  await frameOf(page).locator('.composer textarea').waitFor()
  const event = await until('the event', () => w.shopper.events.find((e) => e.type === 'product_view'))
  assert.equal(event.properties.product_id, 'p1')
  assert.equal(typeof event.event_id, 'string')
  assert.deepEqual(w.shopper.lastSession.identity, { customer_id: 'li-na', signature: 'abc' })
  assert.equal(w.shopper.conversations.size, 1, 'no visitor conversation beside the customer\'s own')
})

test('the frame is deaf to a page that is not the origin it was made for', async () => {
  const { page } = await w.open(`/liar?origin=${encodeURIComponent('https://shop.example')}`)
  await page.waitForTimeout(300)
  await page.evaluate(() => {
    const frame = document.getElementById('f').contentWindow
    frame.postMessage({ type: 'hello', locale: 'en', theme: 'dark', page: '/', narrow: false, xiaoer: 1 }, '*')
    frame.postMessage({ type: 'identify', identity: { customer_id: 'li-na', signature: 'x' }, xiaoer: 1 }, '*')
    frame.postMessage({ type: 'open', xiaoer: 1 }, '*')
  })
  await page.waitForTimeout(300)
  assert.deepEqual(await page.evaluate('got'), [], 'and says nothing to it')
  assert.equal(w.shopper.requests.length, 0)
})

test('the page is deaf to windows that are not its frame', async () => {
  const { page } = await w.open('/?lang=en')
  await page.getByRole('button', { name: 'Chat with us' }).waitFor()
  await page.evaluate(() => {
    const f = document.createElement('iframe')
    f.src = '/stranger'
    document.body.append(f)
    postMessage({ type: 'unread', count: 7, text: 'own window', xiaoer: 1 }, '*')
  })
  await page.waitForTimeout(300)
  assert.equal(new URL(page.url()).pathname, '/')
  assert.equal(await page.getByText('phish').count() + await page.getByText('own window').count(), 0)
})

test('a site that is not on the list gets no chat', async () => {
  w.shopper.config.allowed_origins = ['https://shop.example']
  const { page } = await w.open('/?lang=en')
  await page.getByRole('button', { name: 'Chat with us' }).click()
  await frameOf(page).getByText('This page may not use the chat').waitFor()
})

test('what comes while the chat is closed is told on the button, and read when it opens', async () => {
  const chat = await w.chat('/?lang=en')
  await w.say(chat, 'hi')
  await until('taken', () => w.shopper.last?.seq === 1)
  await chat.input.press('Escape')
  const button = chat.page.getByRole('button', { name: /Chat with us/ })
  await button.waitFor()
  assert.equal(await chat.page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.className), 'b', 'focus is back on the button')
  w.shopper.last.append({ author: 'agent', text: 'Need a hand with <b>that</b> guide?' })
  await chat.page.getByText('Need a hand with <b>that</b> guide?').waitFor()
  await button.click()
  await until('read', () => w.shopper.last.read === 2)
})

test('a pressed link of the shop stays in the page of the shop', async () => {
  w.pages['/p2'] = () => '<!doctype html><h1>page two</h1>'
  const chat = await w.chat('/?lang=en')
  w.shopper.last.append({ author: 'agent', text: `See [page two](${w.host.origin}/p2)` })
  await chat.frame.getByRole('link', { name: 'page two' }).click()
  await chat.page.getByRole('heading', { name: 'page two' }).waitFor()
})
