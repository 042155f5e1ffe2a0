import { describe, expect, it } from 'vitest';
import { newcomers } from '../app/useAlerts';
import { ApiError, type Flow, type JourneyNode, type Message } from '../lib/api';
import { safeNext } from './auth/LoginPage';
import type { Translate } from '../lib/i18n';
import { texts } from '../lib/i18n/texts';
import { matching } from './conversation/quick';
import { readable } from './conversation/why';
import { inOrder } from './conversation/useConversation';
import { activeFacets, neighbour, readFilters } from './inbox/filters';
import { listPath, periodOf, rangeOf, shares } from './insight/period';
import { citedPassage, emptyArticle, fromDay, same, titleOf, toDay, validity } from './knowledge/article';
import { draw, edgesOf, kindOf, share } from './flow/layout';
import { byStage, faultsOf, linesOf, pairsOf, parted, replaced } from './journey/node';
import { marks } from './search/marks';
import { hitPath, placePath } from './search/places';
import { countdown } from './ticket/sla';

describe('inbox', () => {
  it('reads its question from the address and nothing else', () => {
    expect(readFilters(new URLSearchParams('filter=waiting&q= 跑鞋 &emotion=anger&rating=5&evil=1'))).toEqual({ filter: 'waiting', q: '跑鞋', emotion: 'anger', rating: 5 });
    expect(readFilters(new URLSearchParams('filter=nonsense&rating=99'))).toEqual({ filter: 'all' });
  });
  it('names the facets that narrow', () => expect(activeFacets({ filter: 'all', day: '2026-11-22', rating: 1 })).toEqual([['rating', '1'], ['day', '2026-11-22']]));
  it('walks within the list', () => {
    const ids = ['a', 'b', 'c'];
    expect([neighbour(ids, undefined, 1), neighbour(ids, 'a', -1), neighbour(ids, 'b', 1), neighbour(ids, 'c', 1), neighbour(ids, 'gone', -1), neighbour([], 'a', 1)]).toEqual(['a', 'a', 'c', 'c', 'c', undefined]);
  });
  it('tells only of those who are new', () => expect(newcomers(new Set(['a']), ['a', 'b'])).toEqual(['b']));
});

describe('conversation', () => {
  const m = (seq: number, text = '') => ({ seq, text }) as Message;
  it('orders messages by number, each once, the newest telling last', () => expect(inOrder([{ items: [m(3), m(4, 'new')] }, { items: [m(1), m(2), m(4, 'old')] }]).map((x) => `${x.seq}${x.text}`)).toEqual(['1', '2', '3', '4new']));
  it('finds ready answers by shortcut and words', () => {
    const items = [{ id: '1', shortcut: 'hi', title: { zh: '问候', en: 'Greeting' }, text: { zh: '您好', en: 'Hello' } }, { id: '2', shortcut: 'bye', title: { zh: '告别', en: 'Bye' }, text: { zh: '再见', en: 'Bye' } }];
    expect(matching(items, 'hi', 'zh').map((x) => x.id)).toEqual(['1']);
    expect(matching(items, '再', 'zh').map((x) => x.id)).toEqual(['2']);
  });
});

describe('flow', () => {
  const none = { say: { zh: '无', en: 'none' }, to: 'other' };
  const flow = { id: 'x', title: { zh: '', en: '' }, intents: [], assurance: '', complaint: false, slots: { order: { ask: { zh: '', en: '' }, none } },
    steps: [{ collect: 'order' }, { propose: { tool: 'cancel_order' }, declined: { to: 'end' } }, { branch: [{ if: 'a', to: 'other' }] }, { end: true }, { id: 'other', offer: ['return'], if: 'b' }, { branch: [{ to: 'other' }] }] } as unknown as Flow;
  const ways = edgesOf(flow);
  it('knows every way out of a step', () => expect(ways.map((e) => `${e.from}>${e.to} ${e.why}`)).toEqual(['0>4 none', '0>1 next', '1>6 declined', '1>2 next', '2>4 branch', '2>3 next', '3>6 branch', '4>5 next', '5>4 branch']));
  it('tells what a step does', () => expect(flow.steps.map(kindOf)).toEqual(['collect', 'propose', 'branch', 'end', 'offer', 'branch']));
  it('lets no two lines lie on each other', () => {
    for (const a of ways) for (const b of ways) if (a !== b && a.lane && a.lane === b.lane && a.to > a.from === b.to > b.from) expect(Math.max(a.from, b.from), `${a.from}>${a.to} ${b.from}>${b.to}`).toBeGreaterThanOrEqual(Math.min(Math.max(a.from, a.to), Math.max(b.from, b.to)));
  });
  it('draws within its frame', () => {
    const p = draw(flow);
    expect(p.lines).toHaveLength(ways.length);
    for (const line of p.lines) for (const n of line.d.match(/-?[\d.]+/g)!.map(Number)) expect(n).toBeGreaterThanOrEqual(0);
    expect(p.top(6)).toBeLessThan(p.height);
  });
  it('shares of nothing are nothing', () => expect([share(1, 2), share(3, 0), share(5, 4)]).toEqual([0.5, 0, 1]));
});

describe('journey', () => {
  const n = (key: string, stage: JourneyNode['stage'], part: Partial<JourneyNode> = {}) => ({ key, stage, participation: 'lead', dial: 'answer', flows: ['return'], ...part }) as JourneyNode;
  it('groups by stage in the order of the way', () => expect(byStage({ nodes: [n('c', 'aftersale'), n('a', 'presale'), n('d', 'aftersale')] }).map((g) => `${g.stage} ${g.nodes.map((x) => x.key).join('')}`)).toEqual(['presale a', 'aftersale cd']));
  it('is off where the agent takes no part, and only there', () => {
    expect(parted(n('a', 'insale', { participation: 'none' }))).toMatchObject({ dial: 'off', flows: [] });
    expect(parted(n('a', 'insale', { dial: 'off' })).dial).toBe('answer');
  });
  it('pairs lines of both languages', () => {
    const pairs = pairsOf('门店\n网站\n', 'Store\n Web ');
    expect(pairs).toEqual([{ zh: '门店', en: 'Store' }, { zh: '网站', en: 'Web' }]);
    expect(linesOf(pairs, 'en')).toBe('Store\nWeb');
    expect(pairsOf('门店', 'Store\nWeb')[1]).toEqual({ zh: '', en: 'Web' });
  });
  it('changes one row and finds its mistakes', () => {
    expect(replaced({ nodes: [n('a', 'presale'), n('b', 'presale')] }, n('b', 'presale', { dial: 'alone' })).nodes.map((x) => x.dial)).toEqual(['answer', 'alone']);
    const e = new ApiError(422, { errors: [{ location: 'body.nodes[1].duty', message: 'two languages' }, { location: 'body.table.nodes[0].okr', message: 'x' }] });
    expect([faultsOf(e, 1), faultsOf(e, 0), faultsOf(new Error('x'), 0)]).toEqual([{ duty: 'two languages' }, { okr: 'x' }, {}]);
  });
});

describe('reasons', () => {
  const t = ((key: keyof typeof texts) => texts[key][0]) as Translate;
  const en = ((key: keyof typeof texts) => texts[key][1]) as Translate;
  it('spells out the platform’s words', () => {
    expect(readable({ zh: '理解为 complaint_quality（complaint，1.00），情绪 anger', en: '' }, 'zh', t)).toBe('理解为 质量投诉（投诉，1.00），情绪 生气');
    expect(readable({ zh: '工具 list_orders：call', en: '' }, 'zh', t)).toBe('工具 列出订单：已执行');
  });
  it('leaves English sentences alone', () => expect(readable({ zh: '', en: 'tool open_ticket: the call can return nothing_known' }, 'en', en)).toBe('tool Open a ticket: the call can return nothing_known'));
});

describe('ticket clock', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  const at = (min: number) => new Date(now + min * 60_000).toISOString();
  it.each([
    [{ state: 'ok', due_at: at(600), paused: false }, 'due', 'good'],
    [{ state: 'ok', due_at: at(30), paused: false }, 'due', 'warn'],
    [{ state: 'warning', due_at: at(600), paused: false }, 'due', 'warn'],
    [{ state: 'ok', first_due_at: at(-1), due_at: at(600), paused: false }, 'late', 'bad'],
    [{ state: 'breached', due_at: at(600), paused: false }, 'due', 'bad'],
    [{ state: 'paused', due_at: at(-5), paused: true }, 'paused', 'plain'],
    [{ state: 'met', due_at: at(-5), paused: false }, 'met', 'good'],
    [{ state: 'ok', paused: false }, 'none', 'plain'],
  ] as const)('%j is %s, %s', (sla, kind, tone) => expect(countdown(sla, now)).toMatchObject({ kind, tone }));
});

describe('article', () => {
  it('is valid by its own dates', () => {
    const now = Date.parse('2026-11-22T12:00:00Z');
    expect([validity({}, now), validity({ valid_from: '2026-12-01T00:00:00Z' }, now), validity({ valid_to: '2026-11-22T12:00:00Z' }, now)]).toEqual(['valid', 'future', 'past']);
  });
  it('sees through changes that change nothing', () => {
    expect(same(emptyArticle, { ...emptyArticle, kind: '', tags: [' ', ''] })).toBe(true);
    expect(same(emptyArticle, { ...emptyArticle, title: { zh: '新', en: '' } })).toBe(false);
  });
  it('is named in the reader’s language, else in the one there is', () => expect([titleOf({ title: { zh: '甲', en: 'A' } }, 'en'), titleOf({ title: { zh: '甲', en: '' } }, 'en')]).toEqual(['A', '甲']));
  it('finds the cited words by any of their names', () => {
    const a = { passages: [{ id: 'art_x1.1', language: 'zh', text: '甲' }, { id: 'art_x1.2', language: 'zh', text: '乙' }] };
    expect([citedPassage(a, 'psg_x1.4.1')?.text, citedPassage(a, 'art_x1.1')?.text, citedPassage(a, 'psg_x9.1.0'), citedPassage(undefined, 'art_x1.1')]).toEqual(['乙', '甲', undefined, undefined]);
  });
  it('keeps days as days', () => expect(toDay(fromDay('2026-02-28'))).toBe('2026-02-28'));
});

describe('insight', () => {
  const now = new Date(2026, 10, 22, 9);
  it('reads the period', () => {
    expect(periodOf(new URLSearchParams(), now)).toEqual({ from: '2026-11-16', to: '2026-11-22' });
    expect(periodOf(new URLSearchParams('from=2026-11-01&to=2026-11-03'), now)).toEqual({ from: '2026-11-01', to: '2026-11-03' });
    expect(periodOf(new URLSearchParams('from=2026-11-09&to=2026-11-03&days=1'), now)).toEqual({ from: '2026-11-22', to: '2026-11-22' });
  });
  it('asks for whole days', () => {
    const [from, to] = rangeOf('2026-11-01', '2026-11-03');
    expect(Date.parse(to) - Date.parse(from)).toBe(3 * 86_400_000);
  });
  it('shares sum to all, widths follow the largest', () => expect(shares([{ key: 'a', n: 1 }, { key: 'b', n: 3 }], 5)).toEqual([{ key: 'b', n: 3, share: 0.75, width: 1 }, { key: 'a', n: 1, share: 0.25, width: 1 / 3 }]));
  it('leads to the list behind a number', () => expect(readFilters(new URLSearchParams(listPath({ emotion: 'anger' }).split('?')[1]))).toEqual({ filter: 'all', emotion: 'anger' }));
});

describe('search', () => {
  it('marks words, whatever they are', () => {
    expect(marks('跑鞋和保温杯', '保温杯').filter((m) => m.hit)).toEqual([{ text: '保温杯', hit: true }]);
    expect(marks('a.b*c', '.*').map((m) => m.text).join('')).toBe('a.b*c');
    expect(marks('Abc', 'a c').map((m) => m.hit)).toEqual([true, false, true]);
  });
  it('leads to a page for every kind', () => {
    expect(placePath('ticket', 'a/b')).toBe('/tickets/a%2Fb');
    expect(hitPath({ kind: 'order', id: 'o', title: 'X1', snippet: '', ref: { kind: 'customer', id: 'c' } })).toBe('/customers/c');
    expect(hitPath({ kind: 'product', id: 'p', title: 'Mug', snippet: '' })).toBe('/search?q=Mug');
  });
});

it('comes back only into the console after signing in', () => expect(['/inbox?x=1', '//evil', 'https://evil', '/\\evil', null].map(safeNext)).toEqual(['/inbox?x=1', '/', '/', '/', '/']));
