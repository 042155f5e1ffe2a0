// The journey table of the fake staff API: one node of each participation, and the server's check on saving.
const pair = (zh, en) => ({ zh, en });
const node = (key, stage, name, participation, dial, flows) => ({
  key, stage, name, participation, dial, flows, touchpoints: [pair('网页客服', 'Web chat'), pair('门店', 'Store')], behaviour: pair('看了看，问了问，犹豫不决', 'Looks, asks, hesitates'), service: pair('即时回答并给出处', 'Answers at once with the source'),
  duty: pair('不知道就说不知道', 'Says so when it does not know'), okr: pair('首问解决率、首响时间', 'Solved at first question, time to first reply'),
});

const flowOf = () => ({
  id: 'cancel_order', title: pair('取消订单', 'Cancel an order'), intents: ['cancel_order'], assurance: 'verified', complaint: false,
  slots: { order: { from: ['order'], ask: pair('您想取消哪一个订单？', 'Which order would you like to cancel?'), again: pair('请从列表里选。', 'Please pick one.'), options: { tool: 'list_orders', args: { purpose: 'cancel' } }, none: { say: pair('没有可以取消的订单。', 'Nothing can be cancelled.'), to: 'other' } } },
  steps: [
    { collect: 'order' }, { propose: { tool: 'cancel_order', args: { order: '$order' } }, as: 'done', declined: { say: pair('好的，保留不动。', 'It stays as it is.'), to: 'end' } },
    { say: { ...pair('订单已取消。', 'The order is cancelled.'), when: { anger: pair('很抱歉。订单已取消。', 'I am sorry. The order is cancelled.') } } }, { suggest: [pair('退款多久到账', 'When will I get the refund')] }, { end: true }, { id: 'other', offer: ['return', 'human'] },
  ],
});
const figures = (flow, entered) => ({ flow, entered, finished: Math.round(entered * 0.7), cancelled: Math.round(entered * 0.1), handed_off: Math.round(entered * 0.05), refused: 0, open: entered - Math.round(entered * 0.7) - Math.round(entered * 0.1) - Math.round(entered * 0.05), steps: [{ step: 0, reached: entered, left: Math.round(entered * 0.8), stopped: Math.round(entered * 0.15), waiting: 0 }, { step: 1, reached: Math.round(entered * 0.8), left: Math.round(entered * 0.7), stopped: 0, waiting: 1 }] });

export const studioSeed = () => ({
  flows: [flowOf()], runs: 40,
  journey: [{ number: 1, at: new Date(Date.now() - 86_400_000).toISOString(), by: 'stf_1', note: '第一版', table: { nodes: [
    node('know', 'presale', pair('认识品牌', 'Get to know the brand'), 'lead', 'answer', ['coupons']),
    node('enter', 'insale', pair('进店', 'Enter the store'), 'none', 'off', []),
    node('use', 'aftersale', pair('使用', 'Use it'), 'assist', 'confirmed', ['repair', 'return']),
  ] } }],
});

export const studioRoutes = (Problem) => {
  const saveJourney = (s, { body, me }) => {
    const now = s.journey.at(-1);
    if (body.version !== now.number) throw new Problem(409, 'journey_moved_on', `Somebody saved version ${now.number} in the meantime; look at it and save again.`);
    const errors = body.table.nodes.flatMap((n, i) => ['name', 'behaviour', 'service', 'duty', 'okr'].filter((f) => !n[f].zh || !n[f].en).map((f) => ({ location: `body.nodes[${i}].${f}`, message: 'needs Chinese and English, at most 600 bytes each' })));
    if (errors.length) throw new Problem(422, 'journey_invalid', 'The journey table has mistakes; mend the places named.', { errors });
    s.journey.push({ number: now.number + 1, at: new Date().toISOString(), by: me.id, note: body.note, table: body.table });
    s.hint('journey', 'journey');
    return s.journey.at(-1);
  };
  const flow = (s, id) => s.flows.find((f) => f.id === id) ?? (() => { throw new Problem(404, 'flow_unknown', 'There is no such flow.'); })();
  return [
    ['GET', /^\/audit$/, 'audit.read', (s, { q }) => ({ items: Array.from({ length: 120 }, (_, i) => 120 - i).filter((n) => !q.before || n < q.before).slice(0, q.limit).map((seq) => ({ seq, at: new Date(s.now - (120 - seq) * 3_600_000).toISOString(), action: seq % 3 ? 'journey.save' : 'staff.change', actor: { id: 'stf_1', name: '林主管' }, subject: 'journey', address: '192.0.2.7', hash: 'c0ffee' })) })],
    ['POST', /^\/auth\/presence$/, '', (s, { me, body }) => void (me.presence = body.presence)],
    ['POST', /^\/auth\/password$/, '', (s, { me, body }) => { if (body.current !== 'demo-password') throw new Problem(422, 'password_wrong', 'The current password is wrong.'); me.changed = true; return me; }],
    ['GET', /^\/flows$/, 'flow.read', (s) => ({ items: s.flows.map(({ id, title, intents, assurance, complaint, steps }) => ({ id, title, intents, assurance, complaint, steps: steps.length, figures: figures(id, s.runs) })) })],
    ['POST', /^\/flows\/check$/, 'flow.read', (s, { body }) => { const at = body.text.split('\n').findIndex((l) => l.startsWith('titel')) + 1; return at ? { sound: false, faults: [{ line: at, message: 'field titel not found in type flow.Flow' }] } : { sound: true, flow: s.flows[0], faults: [] }; }],
    ['GET', /^\/flows\/([^/]+)\/source$/, 'flow.read', (s, { id }) => ({ text: `id: ${flow(s, id).id}\ntitle: {zh: 取消订单, en: Cancel an order}\n` })],
    ['GET', /^\/flows\/([^/]+)$/, 'flow.read', (s, { id }) => ({ flow: flow(s, id), faults: [] })],
    ['GET', /^\/flows\/([^/]+)\/figures$/, 'flow.read', (s, { id }) => figures(flow(s, id).id, s.runs)],
    ['GET', /^\/journey$/, 'journey.read', (s, { q }) => (q.version ? s.journey.find((v) => v.number === Number(q.version)) : s.journey.at(-1))],
    ['PUT', /^\/journey$/, 'journey.write', saveJourney],
    ['GET', /^\/journey\/versions$/, 'journey.read', (s) => ({ items: [...s.journey].reverse() })],
  ];
};
