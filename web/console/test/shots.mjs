// npm run shots -- DIR [BASE]: a picture of every page in both languages, both themes and on a phone.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launch, open } from './browse.mjs';
import { makeFake } from './fake/server.mjs';

const [dir = 'shots', outside] = process.argv.slice(2);
const pages = { inbox: '/inbox', conversation: '/inbox/cnv_1?filter=all', decision: '/inbox/cnv_1?filter=all&turn=trn_2', english: '/inbox/cnv_2?filter=mine', customer: '/customers/cus_1', tickets: '/tickets', ticket: '/tickets/tkt_1', knowledge: '/knowledge', article: '/knowledge/return-policy', write: '/knowledge/return-policy?view=write', versions: '/knowledge/return-policy?view=versions', search: '/search?q=T1', insight: '/insight', flows: '/flows', flow: '/flows/cancel_order?step=0', journey: '/journey', audit: '/audit', staff: '/staff', settings: '/settings' };
const looks = [['zh', 'light', 1280, 800], ['en', 'light', 1280, 800], ['zh', 'dark', 1280, 800], ['en', 'dark', 390, 844], ['zh', 'light', 390, 844]];

await mkdir(dir, { recursive: true });
const server = makeFake();
if (!outside) await new Promise((done) => server.listen(0, '127.0.0.1', done));
const base = outside ?? `http://127.0.0.1:${server.address().port}`;
const browser = await launch();
for (const [language, theme, width, height] of looks) {
  const page = await open(browser, base, { language, theme, width, height, login: '' });
  const name = (n) => join(dir, `${n}-${language}-${theme}-${width}.png`);
  await page.goto('/console/login');
  await page.waitForSelector('.login-card');
  await page.waitForTimeout(300);
  await page.screenshot({ path: name('login') });
  await page.context().request.post('/api/v1/auth/login', { data: { login: 'admin', password: 'demo-password' }, headers: { 'X-CSRF': '1' } });
  for (const [n, path] of Object.entries(pages)) {
    await page.goto('/console' + path);
    await page.waitForTimeout(n === 'insight' ? 1200 : 650);
    await page.screenshot({ path: name(n) });
  }
  if (page.errors.length) console.log(language, theme, width, page.errors.slice(0, 5));
  await page.context().close();
}
await browser.close();
server.closeAllConnections();
server.close();
