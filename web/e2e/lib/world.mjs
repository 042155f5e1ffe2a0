// A shop's page at one origin, the service at another, and a browser: what most tests here start from.
import { after, before, beforeEach } from 'node:test'
import { hostPage, startFake } from '../fake/server.mjs'
import { launch, openChat, openPage } from './browser.mjs'

/** Starts once per file; every test gets a fresh fake conversation store and a fresh browser context. */
export function world({ pages = {} } = {}) {
  const w = { pages: {} }
  before(async () => {
    w.browser = await launch()
    w.host = await startFake({ pages: w.pages })
  })
  beforeEach(async () => {
    await w.service?.close()
    w.service = await startFake()
    w.shopper = w.service.shopper
    for (const k of Object.keys(w.pages)) delete w.pages[k]
    w.pages['/'] = (u) => hostPage(w.service.origin, { lang: u.searchParams.get('lang') ?? 'zh-CN', attributes: u.searchParams.get('attributes') ?? '' })
    for (const [k, page] of Object.entries(pages)) w.pages[k] = (u) => page(w, u)
    w.contexts ??= []
    await Promise.all(w.contexts.splice(0).map((c) => c.close()))
  })
  after(async () => {
    await w.browser?.close()
    await w.service?.close()
    await w.host?.close()
  })
  w.open = async (path = '/', options = {}) => {
    const opened = await openPage(w.browser, { origins: [w.host.origin, w.service.origin], ...options })
    w.contexts.push(opened.context)
    await opened.page.goto(w.host.origin + path)
    return opened
  }
  w.chat = async (path, options) => {
    const opened = await w.open(path, options)
    const frame = await openChat(opened.page)
    return { ...opened, frame, input: frame.locator('.composer textarea') }
  }
  w.say = async (chat, text) => {
    await chat.input.fill(text)
    await chat.input.press('Enter')
  }
  return w
}

/** The texts of the log, in order of the eye. */
export const texts = (frame) => frame.locator('[role=log] .bubble').allInnerTexts()
/** The seqs shown, to find what is missing or doubled. */
export const seqs = (frame) => frame.locator('[data-seq]').evaluateAll((all) => all.map((e) => Number(e.dataset.seq)))
