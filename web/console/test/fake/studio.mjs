// The journey table of the fake staff API: one node of each participation, and the server's check on saving.
const pair = (zh, en) => ({ zh, en });
const node = (key, stage, name, participation, dial, flows) => ({
  key, stage, name, participation, dial, flows, touchpoints: [pair('网页客服', 'Web chat'), pair('门店', 'Store')], behaviour: pair('看了看，问了问，犹豫不决', 'Looks, asks, hesitates'), service: pair('即时回答并给出处', 'Answers at once with the source'),
  duty: pair('不知道就说不知道', 'Says so when it does not know'), okr: pair('首问解决率、首响时间', 'Solved at first question, time to first reply'),
});

export const studioSeed = () => ({
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
  return [
    ['GET', /^\/journey$/, 'journey.read', (s, { q }) => (q.version ? s.journey.find((v) => v.number === Number(q.version)) : s.journey.at(-1))],
    ['PUT', /^\/journey$/, 'journey.write', saveJourney],
    ['GET', /^\/journey\/versions$/, 'journey.read', (s) => ({ items: [...s.journey].reverse() })],
  ];
};
