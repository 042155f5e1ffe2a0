// The console in a real browser over the fake staff API: what staff does all day, in both languages, wide and on a phone.
// Needs a build (npm run build) and chromium; says so when one is missing. One line per story; any failure ends with 1.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, open } from './browse.mjs';
import { makeFake } from './fake/server.mjs';

const built = join(dirname(fileURLToPath(import.meta.url)), '../../dist/console/index.html');
if (!existsSync(built)) {
  console.error('The console is not built. Run `npm run build` in web/console first.');
  process.exit(1);
}

const stories = {
  async 'signs in, wrongly first, and comes back to where it wanted'({ page, at }) {
    await page.goto('/console/tickets/tkt_1');
    await page.waitForURL(/login\?next=/);
    await page.fill('#login', 'admin');
    await page.fill('#password', 'wrong');
    await page.press('#password', 'Enter');
    await at.text('账号或密码不对');
    await page.fill('#password', 'demo-password');
    await page.press('#password', 'Enter');
    await page.waitForURL(/tickets\/tkt_1/);
    await at.text('跑鞋三天开胶');
  },
  'login:signs in, wrongly first': { login: '' },

  async 'says how long a locked account waits'({ page, at, fake }) {
    fake.wrong = 9;
    await page.goto('/console/login');
    await page.click('.login-demo button');
    await at.text('14 分钟后再试');
  },
  'login:says how long': { login: '' },

  async 'reads the inbox by keyboard and draws only what is seen'({ page }) {
    await page.goto('/console/inbox');
    await page.waitForSelector('.row');
    assert.ok((await page.locator('.row').count()) < 40, 'the list is not virtual');
    await page.keyboard.press('j');
    await page.waitForURL(/inbox\/cnv_5/);
    await page.keyboard.press('j');
    await page.waitForURL(/inbox\/cnv_1/);
    await page.keyboard.press('k');
    await page.waitForSelector('.row.on >> text=周敏');
    await page.keyboard.press(']');
    await page.waitForURL(/filter=closed/);
    await page.waitForSelector('.inbox-filters .on >> text=已结束');
    await page.waitForFunction(() => [...document.querySelectorAll('.row')].every((r) => r.textContent.includes('已结束')));
  },

  async 'searches the inbox and keeps the words in the address'({ page, at }) {
    await page.goto('/console/inbox?emotion=anger');
    await at.text('生气');
    await page.fill('.inbox-list input', '鞋底');
    await page.waitForURL(/q=/);
    await page.waitForFunction(() => document.querySelectorAll('.row').length === 1);
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll('.row').length === 1);
    await page.fill('.inbox-list input', '没有这样的话');
    await at.text('没有符合的会话');
  },

  async 'sees what a customer says the moment it is said'({ page, at, say }) {
    await page.goto('/console/inbox/cnv_1?filter=all');
    await page.waitForSelector('[data-link=live]', { state: 'attached' });
    await at.text('同批次已有两单');
    await say('cnv_1', '现在就要处理！');
    await page.waitForSelector('.messages >> text=现在就要处理！', { timeout: 3000 });
  },

  async 'shows foreign text as text'({ page, at }) {
    await page.goto('/console/inbox/cnv_1?filter=all');
    await at.text('<img src=x onerror=alert(1)>');
    assert.equal(await page.locator('.messages img[src=x]').count(), 0);
  },

  async 'takes over, answers from a quick reply, hands back'({ page, at, fake }) {
    await page.goto('/console/inbox/cnv_1?filter=waiting');
    await page.waitForSelector('.composer textarea');
    await page.keyboard.press('t');
    await page.waitForFunction(() => document.querySelector('.moves')?.textContent.includes('交回 AI'));
    await page.keyboard.press('r');
    await page.keyboard.type('/sorry');
    await page.waitForSelector('.quick li');
    await page.keyboard.press('Enter');
    assert.match(await page.inputValue('.composer textarea'), /非常抱歉/);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.by-staff >> text=非常抱歉给您带来不便');
    assert.equal(fake.messages.cnv_1.filter((m) => m.author === 'staff' && m.kind === 'text').length, 1);
    await holds(page, '.composer textarea', '');
    await page.click('.moves >> text=交回 AI');
    await at.text('AI 正在接待');
  },

  async 'keeps a draft per conversation, also across a reload'({ page }) {
    await page.goto('/console/inbox/cnv_2?filter=all');
    await page.fill('.composer textarea', 'half a thought');
    await page.click('.row:has-text("周敏")');
    await page.waitForURL(/cnv_5/);
    await holds(page, '.composer textarea', '');
    await page.goto('/console/inbox/cnv_2?filter=all');
    await page.waitForSelector('.composer textarea');
    await holds(page, '.composer textarea', 'half a thought');
  },

  async 'sends again when the line breaks, and never twice'({ page, fake }) {
    await page.goto('/console/inbox/cnv_2?filter=mine');
    await page.waitForSelector('.composer textarea');
    fake.fails.push({ path: '/messages', method: 'POST', status: 503 });
    await page.fill('.composer textarea', 'Tomorrow before noon.');
    await page.press('.composer textarea', 'Enter');
    await page.waitForSelector('.by-staff >> text=Tomorrow before noon.');
    await page.waitForFunction(() => !document.querySelector('.unsent'));
    assert.equal(fake.messages.cnv_2.filter((m) => m.text === 'Tomorrow before noon.').length, 1);
  },

  async 'shows what was refused, with a way to mend it'({ page, fake }) {
    await page.goto('/console/inbox/cnv_2?filter=mine');
    await page.waitForSelector('.composer textarea');
    fake.fails.push({ path: '/messages', method: 'POST', status: 422, detail: 'Too long by 3 letters.' });
    await page.fill('.composer textarea', 'Refused words');
    await page.press('.composer textarea', 'Enter');
    await page.waitForSelector('.unsent.failed >> text=Too long by 3 letters.');
    await page.click('.unsent >> text=编辑');
    await holds(page, '.composer textarea', 'Refused words');
  },

  async 'closes after a moment, and not when taken back'({ page, at, fake }) {
    await page.goto('/console/inbox/cnv_2?filter=mine');
    await page.waitForSelector('.composer textarea');
    await page.keyboard.press('e');
    await at.text('正在结束与Emma');
    await page.keyboard.press('Control+z');
    await page.waitForSelector('.undo', { state: 'detached' });
    const c = fake.conversations.find((x) => x.id === 'cnv_2');
    assert.equal(c.status, 'open');
    await page.keyboard.press('e');
    await page.click('.undo >> text=立即执行');
    await at.text('会话已结束，只能写备注');
    assert.equal(c.status, 'closed');
  },

  async 'tells who else is here'({ page, at, ask }) {
    await page.goto('/console/inbox/cnv_5?filter=all');
    await page.waitForSelector('.composer textarea');
    await page.waitForSelector('[data-link=live]', { state: 'attached' });
    await ask('present', { conversation: 'cnv_5', staff_id: 'stf_2', name: '小美', state: 'typing' });
    await at.text('小美 正在输入回复');
  },

  async 'explains a turn of the agent, in words and in full'({ page, at }) {
    await page.goto('/console/inbox/cnv_1?filter=all');
    await page.click('.message >> text=为什么这样说 >> nth=1');
    await page.waitForURL(/turn=trn_2/);
    await at.text('听出是质量投诉');
    await at.text('order_lookup');
    await page.click('.decision >> text=上一轮');
    await at.text('配送时效，知识库里');
    await page.click('.decision-nav >> text=JSON');
    await page.waitForSelector('pre.json >> text=ask_shipping_time');
  },

  async 'opens the passage an answer stands on'({ page, at }) {
    await page.goto('/console/inbox/cnv_1?filter=all');
    await page.click('.sources button >> nth=1');
    await at.text('往返运费由本店承担');
    await page.click('.passage >> text=打开知识原文');
    await page.waitForURL(/knowledge\/return-policy\?passage=art_ret.2/);
    await at.text('被引用的原文');
  },

  async 'moves, comments and finds tickets'({ page, at, fake }) {
    await page.goto('/console/tickets?status=pending');
    await at.text('咖啡机不出水');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/tkt_3/);
    await page.click('text=转为处理中');
    await page.waitForSelector('.page-head >> text=处理中');
    await page.fill('.comment textarea', '已联系维修中心');
    await page.click('.comment >> text=顾客可见');
    await page.click('.comment button >> text=发表');
    await page.waitForSelector('.event.internal >> text=已联系维修中心');
    assert.equal(fake.tickets[2].events.at(-1).public, false);
  },

  async 'opens a ticket from a conversation, with its customer'({ page, at, fake }) {
    await page.goto('/console/inbox/cnv_1?filter=all');
    await page.click('.moves [aria-label=更多操作]');
    await page.click('.ant-dropdown >> text=新建工单');
    await page.waitForSelector('.ant-modal');
    await page.click('.ant-modal >> text=创建');
    await at.text('请填写');
    await page.fill('#title', '鞋底开胶');
    await page.fill('#description', '见会话');
    await page.click('.ant-modal >> text=创建');
    await page.waitForURL(/tickets\/tkt_7/);
    assert.equal(fake.tickets[6].conversation_id, 'cnv_1');
  },

  async 'merges a ticket'({ page, fake }) {
    await page.goto('/console/tickets/tkt_6');
    await page.click('[aria-label=合并到另一张工单]');
    await page.click('.merge-list >> text=跑鞋三天开胶');
    await page.click('.ant-modal-footer >> text=合并');
    await page.waitForURL(/tkt_1/);
    assert.equal(fake.tickets[5].merged_into, 'tkt_1');
  },

  async 'edits an article with a preview, publishes it, compares versions'({ page, at, fake }) {
    await page.goto('/console/knowledge/shipping-time');
    await page.waitForSelector('.article-read');
    await page.keyboard.press('e');
    await page.fill('section[lang=zh-CN] textarea', '## 新的时效\n\n- 当日达');
    await page.waitForSelector('.article-preview h3 >> text=新的时效');
    await page.click('.article-foot >> text=保存');
    await at.text('已保存为新版本');
    await page.click('.article-foot >> text=发布');
    await at.text('已发布，AI 立即采用');
    assert.equal(fake.articles[1].status, 'published');
    await page.click('.page-head >> text=版本');
    await page.waitForSelector('.diff .added >> text=当日达');
    await page.waitForSelector('.diff .removed >> text=次日送达');
  },

  async 'says so when somebody else saved first, and keeps the words'({ page, at, fake }) {
    await page.goto('/console/knowledge/return-policy?view=write');
    await page.fill('section[lang=en] textarea', 'my words');
    fake.articles[0].version = 9;
    await page.click('.article-foot >> text=保存');
    await at.text('Somebody saved version 9');
    await holds(page, 'section[lang=en] textarea', 'my words');
    await page.click('.rail >> text=工单');
    await at.text('放弃未保存的修改');
  },

  async 'finds everything from one place, and from the palette'({ page, at }) {
    await page.goto('/console/search?q=跑鞋');
    await page.waitForSelector('.hits mark');
    await page.keyboard.press('Control+k');
    await page.waitForSelector('.palette input');
    await page.keyboard.type('X2026112102');
    await page.waitForSelector('.palette li >> text=亚麻围裙');
    await page.keyboard.press('Enter');
    await page.waitForURL(/customers\/cus_1/);
    await at.text('云跑 Air');
  },

  async 'counts, draws, and leads to the list behind a number'({ page, at }) {
    await page.goto('/console/insight');
    await page.waitForSelector('.insight [role=img] svg path', { state: 'attached' });
    await page.click('.share >> text=生气');
    await page.waitForURL(/inbox\?filter=all&emotion=anger/);
    await at.text('情绪: 生气');
  },

  async 'adds a member, and says when the login is taken'({ page, at, fake }) {
    await page.goto('/console/staff');
    await page.click('text=添加成员');
    await page.fill('#name', '新人');
    await page.fill('#login', 'david');
    await page.fill('#password', 'long-enough-password');
    await page.click('.ant-modal >> text=保存');
    await at.text('This login is taken');
    await page.fill('#login', 'xinren');
    await page.click('.ant-modal >> text=保存');
    await page.waitForSelector('td >> text=xinren');
    assert.equal(fake.staff.at(-1).name, '新人');
  },

  async 'edits the journey table, is told what is missing, and goes back a version'({ page, at, fake }) {
    await page.goto('/console/journey');
    await at.text('第 1 版，生效中');
    assert.equal(await page.locator('.journey-table tbody tr:not(.journey-stage)').count(), 3);
    await page.click('[aria-label="编辑“使用”"]');
    await page.fill('[aria-label="服务责任 · 英文"]', '');
    await page.click('.ant-drawer >> text=保存');
    await page.waitForSelector('.journey-field .bad >> text=needs Chinese and English');
    await page.fill('[aria-label="服务责任 · 英文"]', 'Looks after what was sold');
    await page.click('.ant-drawer >> text=保存');
    await at.text('第 2 版，生效中');
    assert.equal(fake.journey[1].table.nodes[2].duty.en, 'Looks after what was sold');
    await page.click('text=历史版本');
    await page.click('.journey-history >> text=恢复');
    await at.text('第 3 版，生效中');
    assert.equal(fake.journey[2].table.nodes[2].duty.en, 'Says so when it does not know');
  },

  async 'shows a flow as a diagram with its numbers, and what a step says'({ page, at, fake }) {
    await page.goto('/console/flows');
    await page.click('.flow-list >> text=取消订单');
    await page.waitForURL(/flows\/cancel_order/);
    await page.waitForSelector('.node-collect');
    assert.equal(await page.locator('.node').count(), 6);
    await page.waitForSelector('.node >> nth=0 >> text=40');
    await page.waitForSelector('.node-collect >> text=−6');
    assert.ok((await page.locator('.diagram svg path.line').count()) >= 6);
    await page.click('.node-collect');
    await page.waitForURL(/step=0/);
    await at.text('您想取消哪一个订单？');
    await at.text('Which order would you like to cancel?');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await at.text('很抱歉。订单已取消。');
    fake.runs = 90;
    await page.waitForSelector('.node >> nth=0 >> text=90', { timeout: 14_000 });
  },

  async 'checks a flow as text and is told the line'({ page, at }) {
    await page.goto('/console/flows/cancel_order?view=text');
    await page.fill('.flow-source textarea', 'id: cancel_order\ntitel: {zh: 取消}');
    await page.click('.flow-source button');
    await page.click('.flow-faults >> text=第 2 行');
    assert.equal(await page.evaluate(() => { const a = document.activeElement; return a.value.slice(a.selectionStart, a.selectionEnd); }), 'titel: {zh: 取消}');
    await page.fill('.flow-source textarea', 'id: cancel_order');
    await page.click('.flow-source button');
    await at.text('没有问题');
    await page.waitForSelector('.flow-side .node-collect');
  },

  async 'changes my availability and my password'({ page, at, fake }) {
    await page.goto('/console/settings');
    await page.click('.ant-segmented >> text=暂离');
    await page.waitForSelector('.ant-segmented-item-selected >> text=暂离');
    await page.click('text=修改密码');
    await page.fill('#current', 'not it');
    await page.fill('#password', 'a-long-new-password');
    await page.fill('#again', 'another-long-password');
    await page.click('.password-form >> text=保存');
    await at.text('两次输入不一样');
    await page.fill('#again', 'a-long-new-password');
    await page.click('.password-form >> text=保存');
    await at.text('The current password is wrong');
    await page.fill('#current', 'demo-password');
    await page.click('.password-form >> text=保存');
    await at.text('密码已修改');
    assert.deepEqual([fake.staff[0].presence, fake.staff[0].changed], ['away', true]);
  },

  async 'reads the audit record, page by page'({ page, at }) {
    await page.goto('/console/settings');
    await page.click('.settings-pages >> text=审计');
    await at.text('记录完整，未被改动');
    await page.waitForSelector('.audit tbody tr');
    assert.equal(await page.locator('.audit tbody tr').count(), 50);
    await page.click('text=更早的记录');
    await page.waitForFunction(() => document.querySelectorAll('.audit tbody tr').length === 100);
  },

  async 'gives a viewer what a viewer may see'({ page, at }) {
    await page.goto('/console/');
    await page.waitForURL(/knowledge/);
    await at.text('七天无理由退货');
    assert.equal(await page.locator('.rail >> text=收件箱').count(), 0);
    assert.equal(await page.locator('text=新建知识').count(), 0);
  },
  'login:gives a viewer': { login: 'viewer' },

  async 'switches language and theme at once and remembers'({ page, at }) {
    await page.goto('/console/settings');
    await page.click('text=English');
    await at.text('Appearance');
    await page.click('.setting >> text=Dark');
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    await page.reload();
    await at.text('Appearance');
    assert.equal(await page.evaluate(() => document.documentElement.lang + document.documentElement.dataset.theme), 'endark');
  },

  async 'works in English'({ page, at }) {
    await page.goto('/console/inbox/cnv_2?filter=mine');
    await at.text('Hand back to AI');
    await at.text('In transit');
    await page.keyboard.press('?');
    await at.text('Keyboard shortcuts');
  },
  'login:works in English': { language: 'en' },

  async 'says when live updates are gone, goes on by asking, and catches up'({ page, at, ask, fake, say }) {
    await page.goto('/console/inbox/cnv_5?filter=all');
    await page.waitForSelector('[data-link=live]', { state: 'attached' });
    fake.fails.push(...Array.from({ length: 3 }, () => ({ path: '/stream', status: 503 })));
    await ask('cut', {});
    await at.text('实时连接中断');
    await say('cnv_5', '还在吗');
    await page.waitForSelector('[data-link=live]', { state: 'attached', timeout: 15_000 });
    await page.waitForSelector('.messages >> text=还在吗');
  },

  async 'leads to signing in when the session ends, and keeps the draft'({ page, fake }) {
    await page.goto('/console/inbox/cnv_2?filter=mine');
    await page.fill('.composer textarea', 'do not lose me');
    fake.sessions.clear();
    await page.click('.inbox-filters >> text=等待', { timeout: 2000 }).catch(() => undefined); // may be gone already
    await page.waitForURL(/login\?next=/);
    assert.match(await page.evaluate(() => localStorage.getItem('xiaoer.drafts')), /do not lose me/);
  },

  async 'shows a failure with a way to try again'({ page, at, fake }) {
    fake.fails.push({ path: '/tickets', status: 500 });
    await page.goto('/console/tickets');
    await at.text('服务器出了问题');
    await page.click('.failure button');
    await at.text('跑鞋三天开胶');
  },

  async 'works on a phone'({ page, at }) {
    await page.goto('/console/inbox');
    await page.click('.row >> nth=1');
    await at.text('同批次已有两单');
    assert.equal(await page.locator('.inbox-list').count(), 0);
    for (const path of ['/inbox', '/inbox/cnv_1', '/tickets', '/tickets/tkt_1', '/knowledge', '/knowledge/return-policy', '/search?q=T', '/insight', '/flows', '/flows/cancel_order?step=0', '/journey', '/audit', '/staff', '/settings', '/customers/cus_1']) {
      await page.goto('/console' + path);
      await page.waitForSelector('main');
      await page.waitForTimeout(250);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
    }
  },
  'login:works on a phone': { width: 390, height: 844 },
};

/** Waits until a field holds a text: pages draw a moment after the address has changed. */
const holds = (page, field, text) => page.waitForFunction(([f, t]) => document.querySelector(f)?.value === t, [field, text]);

const only = process.argv[2];
const browser = await launch();
let failed = 0;
const names = Object.keys(stories).filter((n) => typeof stories[n] === 'function' && (!only || n.includes(only)));

async function tell(name, again = true) {
  const look = Object.entries(stories).find(([k]) => k.startsWith('login:') && name.startsWith(k.slice(6)))?.[1] ?? {};
  const server = makeFake();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${server.address().port}`;
  const page = await open(browser, base, look);
  page.setDefaultTimeout(15000);
  const ask = (what, data) => page.context().request.post(`/fake/${what}`, { data });
  const at = { text: (text) => page.getByText(text, { exact: false }).locator('visible=true').first().waitFor() };
  const begun = Date.now();
  try {
    await stories[name]({ page, at, ask, fake: server.state, say: (conversation, text) => ask('say', { conversation, text }) });
    assert.deepEqual(page.errors, []);
    console.log(`ok   ${name} (${Date.now() - begun} ms)`);
  } catch (e) {
    if (again) { // a browser on a busy machine may stall; what fails twice is broken
      console.log(`AGAIN ${name}: ${String(e.message).split('\n')[0]}`);
      return tell(name, false);
    }
    failed++;
    console.log(`FAIL ${name}\n     ${String(e.message).split('\n').slice(0, 6).join('\n     ')}\n     at ${page.url()} ${page.errors.join(' | ')}`);
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${failed}.png`) });
  } finally {
    await page.context().close();
    server.closeAllConnections();
    server.close();
  }
}

for (let i = 0; i < names.length; i += 2) await Promise.all(names.slice(i, i + 2).map(tell));
await browser.close();
console.log(`${names.length - failed} of ${names.length} stories`);
process.exit(failed ? 1 : 0);
