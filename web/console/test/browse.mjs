// A browser for tests: Debian's chromium through playwright-core, signed in on demand.
import { chromium } from 'playwright-core';

const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });

// open gives a page with a language, a theme and a size; what goes wrong in the page is collected in page.errors.
export async function open(browser, base, { language = 'zh', theme = 'light', width = 1280, height = 800, login = 'admin', password = 'demo-password' } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: language === 'zh' ? 'zh-CN' : 'en-GB', baseURL: base, reducedMotion: 'reduce' });
  await context.addInitScript(([l, th]) => { if (!localStorage.getItem('xiaoer.preferences')) localStorage.setItem('xiaoer.preferences', JSON.stringify({ language: l, theme: th })); }, [language, theme]);
  const page = await context.newPage();
  page.errors = [];
  page.on('pageerror', (e) => page.errors.push(String(e)));
  page.on('console', (m) => m.type() === 'error' && !/status of (4|5)\d\d|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION/.test(m.text()) && page.errors.push(m.text()));
  if (login) await context.request.post('/api/v1/auth/login', { data: { login, password }, headers: { 'X-CSRF': '1' } });
  return page;
}
