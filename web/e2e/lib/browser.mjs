// Debian's chromium through playwright-core: quiet, and talking to this machine only.
import { chromium } from 'playwright-core'

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })

/** A fresh context; `foreign` collects every request that leaves the given origins. */
export async function openPage(browser, { origins = [], ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 820 }, locale: 'zh-CN', ...options })
  const page = await context.newPage()
  const seen = { foreign: [], errors: [], alerts: 0 }
  page.on('request', (r) => {
    const url = r.url()
    if (/^https?:/.test(url) && origins.length && !origins.includes(new URL(url).origin)) seen.foreign.push(url)
  })
  page.on('pageerror', (e) => seen.errors.push(String(e)))
  page.on('dialog', (d) => (seen.alerts++, void d.dismiss()))
  return { context, page, seen }
}

/** The frame's document inside a host page. */
export const frameOf = (page) => page.frameLocator('iframe[src*="/widget/frame"]')

/** Opens the chat by its button and waits for the composer. */
export async function openChat(page) {
  await page.getByRole('button', { name: /咨询客服|Chat with us/ }).click()
  const frame = frameOf(page)
  await frame.locator('.composer textarea').waitFor()
  return frame
}

export async function until(what, check, ms = 20000) {
  const end = Date.now() + ms
  for (;;) {
    const got = await check()
    if (got) return got
    if (Date.now() > end) throw new Error(`never came true: ${what}`)
    await new Promise((r) => setTimeout(r, 25))
  }
}
