// A small invented shop for looking at pages and for browser tests. Times count back from the start of the server.
const minute = 60_000;
const day = 24 * 60 * minute;

const people = [
  ['cus_1', '李娜', 'gold', 'zh', '上海'], ['cus_2', 'Emma Hughes', 'silver', 'en', '上海'], ['cus_3', '王伟', 'silver', 'zh', '杭州'], ['cus_4', '', '', 'zh', ''],
  ['cus_5', '周敏', 'diamond', 'zh', '北京'], ['cus_6', 'Tom Baker', '', 'en', '深圳'], ['cus_7', '陈晓', 'gold', 'zh', '杭州'], ['cus_8', '赵云飞', 'silver', 'zh', '上海'],
];

export function seed(now = Date.now()) {
  const ago = (ms) => new Date(now - ms).toISOString();
  const customers = Object.fromEntries(people.map(([id, name, tier, language, city], i) => [id, {
    id, name, tier: tier || undefined, points: tier ? 320 + i * 411 : 0, language, phone: name ? `+86 138****${1200 + i}` : undefined, email: language === 'en' ? 'e***@example.com' : undefined, city: city || undefined,
    created_at: ago((200 - i * 20) * day), stage: ['aftersale', 'insale', 'presale'][i % 3], visitor: !name, identities: [{ channel: 'webchat', handle: `web-${i}` }], coupons: tier === 'gold' ? [{ name: '满 300 减 30', expires_at: ago(-9 * day) }] : [], counts: { conversations: 2, orders: 3, tickets: 1 },
  }]));
  const staff = [
    { id: 'stf_1', login: 'admin', name: '林主管', role: 'admin', language: 'zh', teams: ['team_1'], active: true, presence: 'online', capacity: 0, last_seen_at: ago(minute) },
    { id: 'stf_2', login: 'xiaomei', name: '小美', role: 'staff', language: 'zh', teams: ['team_1'], active: true, presence: 'online', capacity: 6, last_seen_at: ago(5 * minute) },
    { id: 'stf_3', login: 'david', name: 'David Lin', role: 'supervisor', language: 'en', teams: ['team_1', 'team_2'], active: true, presence: 'away', capacity: 6, last_seen_at: ago(3 * 60 * minute) },
    { id: 'stf_4', login: 'viewer', name: '访客观察', role: 'viewer', language: 'zh', teams: [], active: true, presence: 'offline', capacity: 0 },
    { id: 'stf_5', login: 'old', name: '已离职', role: 'staff', language: 'zh', teams: ['team_2'], active: false, presence: 'offline', capacity: 0 },
  ];
  const teams = [{ id: 'team_1', name: { zh: '线上客服', en: 'Online service' }, members: 3 }, { id: 'team_2', name: { zh: '售后', en: 'After-sales' }, department: 'quality', members: 2 }];
  const conversations = stories(ago, minute, day).concat(crowd(ago, minute));
  return { now, customers, staff, teams, conversations, messages: messagesOf(ago, minute), decisions: decisionsOf(ago, minute), tickets: ticketsOf(now, ago, minute, day), articles: articlesOf(ago, day), orders: ordersOf(ago, day), quick: quickOf() };
}

function stories(ago, minute, day) {
  const row = (id, customer, o) => ({ id, customer_id: customer, channel: 'webchat', status: 'open', handler: 'agent', last_author: 'customer', unread: 0, emotion: 'neutral', intensity: 0.1, category: 'consultation', intent: 'ask_product', priority: 0, language: 'zh', assurance: 'verified', read_seq: 0, ...o });
  return [
    row('cnv_1', 'cus_1', { handler: 'waiting', waiting_since: ago(6 * minute), last_text: '鞋底才穿三天就开胶了，你们这是什么质量！叫人来。', last_at: ago(2 * minute), unread: 3, emotion: 'anger', intensity: 0.86, category: 'complaint', intent: 'complaint_quality', priority: 2, reason: 'anger', summary: '顾客的跑鞋（订单 X2026112001）穿三天后开胶，已安抚并说明可退可换，顾客要求人工处理。已收集：订单号、问题描述、照片 1 张。', page: '/products/runner-air' }),
    row('cnv_2', 'cus_2', { language: 'en', handler: 'staff', assignee: 'stf_1', last_text: 'Great, thank you! When will the lamp arrive?', last_at: ago(9 * minute), unread: 1, emotion: 'joy', intensity: 0.5, intent: 'track_shipment', read_seq: 6 }),
    row('cnv_3', 'cus_3', { last_text: '您的咖啡机已到维修中心，预计 3 个工作日内完成。', last_author: 'agent', last_at: ago(14 * minute), emotion: 'worry', intensity: 0.4, intent: 'repair' }),
    row('cnv_4', 'cus_4', { last_text: '你们周日几点关门？', last_at: ago(21 * minute), intent: 'ask_store_hours', assurance: 'anonymous' }),
    row('cnv_5', 'cus_5', { handler: 'waiting', waiting_since: ago(minute), last_text: '我要找人工', last_at: ago(minute), unread: 1, category: 'human', intent: 'human', priority: 1, channel: 'wecom', reason: 'customer_asked' }),
    row('cnv_6', 'cus_6', { language: 'en', last_text: 'Do you ship to Shenzhen by tomorrow?', last_at: ago(35 * minute), intent: 'ask_shipping_time', assurance: 'anonymous', channel: 'email' }),
    row('cnv_7', 'cus_7', { handler: 'staff', assignee: 'stf_2', last_text: '好的，我等您消息。', last_at: ago(50 * minute), emotion: 'disappointment', intensity: 0.5, category: 'complaint', intent: 'complaint_logistics', priority: 1 }),
    row('cnv_8', 'cus_8', { status: 'closed', last_text: '谢谢，解决了', last_at: ago(day), closed_at: ago(day), rating: 5, category: 'smalltalk', intent: 'thanks', emotion: 'joy' }),
  ];
}

// A crowd, so that the list has something to scroll.
function crowd(ago, minute) {
  const words = ['这款保温杯能放洗碗机吗？', '积分什么时候到账', 'Is the backpack waterproof?', '想开一张公司抬头的发票', '门店还有 38 码吗', '优惠券用不了', 'How do I return a gift?', '电饭煲的保修期多久'];
  return Array.from({ length: 240 }, (_, i) => ({ id: `cnv_c${i}`, customer_id: `cus_${(i % 8) + 1}`, channel: 'webchat', status: i % 3 ? 'open' : 'closed', handler: 'agent', last_author: i % 2 ? 'agent' : 'customer', last_text: words[i % words.length], last_at: ago((60 + i * 17) * minute), unread: 0, emotion: 'neutral', intensity: 0.1, category: 'consultation', intent: ['ask_care', 'points', 'ask_product', 'invoice'][i % 4], priority: 0, language: i % 3 === 2 ? 'en' : 'zh', assurance: 'known', read_seq: 0 }));
}

const ai = { author: 'agent', author_name: '小二', ai_generated: true, kind: 'text' };

function messagesOf(ago, minute) {
  const m = (seq, min, o) => ({ id: `msg_${seq}_${min}`, seq, at: ago(min * minute), author: 'customer', kind: 'text', text: '', ai_generated: false, delivered: true, read: true, ...o });
  return {
    cnv_1: [
      m(1, 24 * 60 + 30, { text: '你好，这双跑鞋几天能到上海？' }),
      m(2, 24 * 60 + 30, { ...ai, text: '上海市区一般 **次日送达**，下单后 2 小时内出库。', turn_id: 'trn_1', citations: [{ article_id: 'shipping-time', passage_id: 'art_ship.1', title: '发货与配送时效', text: '上海、杭州、北京、深圳四城市区：工作日 16:00 前付款，次日送达；其余地区 2 至 4 天。' }], suggestions: ['查看我的订单', '修改地址'] }),
      m(3, 12, { text: '鞋底才穿三天就开胶了，订单 X2026112001' }),
      m(4, 12, { ...ai, text: '非常抱歉给您带来这样的体验，新鞋三天开胶确实不应该。您可以选择换货或退货，运费由我们承担。', turn_id: 'trn_2', citations: [{ article_id: 'return-policy', passage_id: 'art_ret.2', title: '质量问题退换', text: '商品存在质量问题的，自签收之日起 15 天内可退换，往返运费由本店承担。' }] }),
      m(5, 12, { ...ai, kind: 'card', text: '', turn_id: 'trn_2', card: { id: 'crd_1', kind: 'order', status: 'open', title: '您的订单', body: { number: 'X2026112001', status_text: '已签收', total: { amount: 45900, currency: 'CNY' }, items: [{ name: '云跑 Air 跑鞋 39 码', quantity: 1, price: { amount: 39900, currency: 'CNY' } }, { name: '保温杯 480ml', quantity: 1, price: { amount: 6000, currency: 'CNY' } }] }, actions: [{ id: 'say:退货', label: '退货', style: 'primary' }, { id: 'say:换货', label: '换货' }] } }),
      m(6, 8, { text: '看图 https://example.com/photo\n<img src=x onerror=alert(1)>' }),
      m(7, 7, { ...ai, kind: 'card', text: '', turn_id: 'trn_3', card: { id: 'crd_2', kind: 'confirm', status: 'cancelled', title: '确认退货', body: { summary: '为您办理退货，退款原路返回', lines: [{ label: '商品', value: '云跑 Air 跑鞋 39 码 × 1' }, { label: '退款', value: '¥399.00' }, { label: '取件', value: '明天 9:00 – 12:00' }] }, actions: [{ id: 'confirm', label: '确认退货', style: 'primary' }, { id: 'cancel', label: '先不退', style: 'default' }] } }),
      m(8, 7, { kind: 'action', press: { card_id: 'crd_2', action: 'cancel' } }),
      m(9, 6, { text: '你们这是什么质量！叫人来。' }),
      m(10, 6, { author: 'system', kind: 'notice', text: '已为您转接人工客服' }),
      m(11, 4, { author: 'staff', author_id: 'stf_2', author_name: '小美', kind: 'note', text: '同批次已有两单反馈开胶，建议直接换新并加赠鞋垫。' }),
      m(12, 2, { text: '鞋底才穿三天就开胶了，你们这是什么质量！叫人来。' }),
    ],
    cnv_2: [
      m(1, 40, { text: 'Hi, where is my desk lamp?' }),
      m(2, 40, { ...ai, author_name: 'Xiaoer', text: 'Your parcel left the Hangzhou warehouse this morning.', turn_id: 'trn_9' }),
      m(3, 40, { ...ai, author_name: 'Xiaoer', kind: 'card', turn_id: 'trn_9', card: { id: 'crd_9', kind: 'track', status: 'done', title: 'Shipment', body: { carrier: 'SF Express', tracking_number: 'SF1234567890', status_text: 'In transit', events: [{ at: ago(200 * minute), text: 'Left the sorting centre', place: 'Hangzhou' }, { at: ago(600 * minute), text: 'Picked up', place: 'Hangzhou' }] }, actions: [] } }),
      m(4, 38, { text: 'Can I talk to a person please?' }),
      m(5, 30, { author: 'system', kind: 'notice', text: '林主管 joined' }),
      m(6, 28, { author: 'staff', author_id: 'stf_1', author_name: '林主管', text: 'Hello Emma! I have asked the courier to deliver before noon.' }),
      m(7, 9, { text: 'Great, thank you! When will the lamp arrive?' }),
    ],
  };
}

function decisionsOf(ago, minute) {
  const base = (turn, from, to, min, o) => ({ turn_id: turn, conversation_id: 'cnv_1', seq_from: from, seq_to: to, at: ago(min * minute), took_ms: 7, commands: ['answer'], tools: [], passages: [], answerable: true, model: { name: '' }, checks: [{ name: 'claims_have_sources', ok: true }, { name: 'no_forbidden_promises', ok: true }], why: [], ...o });
  return { cnv_1: [
    base('trn_1', 1, 1, 24 * 60, { understanding: { category: 'consultation', category_p: 0.97, topic: 'logistics', intent: 'ask_shipping_time', intent_p: 0.91, intents: [{ label: 'ask_shipping_time', p: 0.91 }, { label: 'track_shipment', p: 0.05 }], emotion: 'neutral', intensity: 0.1, entities: [{ kind: 'city', text: '上海', value: 'Shanghai' }, { kind: 'product', text: '跑鞋', value: 'runner-air' }] }, passages: [{ id: 'art_ship.1', score: 12.4, title: '发货与配送时效', article_id: 'shipping-time', text: '上海、杭州、北京、深圳四城市区：工作日 16:00 前付款，次日送达。' }], why: [{ zh: '问题是配送时效，知识库里有当前有效的原文', en: 'The question is about delivery time, and a passage that is valid now answers it' }] }),
    base('trn_2', 3, 3, 12, { took_ms: 11, understanding: { category: 'complaint', category_p: 0.93, topic: 'aftersales', intent: 'complaint_quality', intent_p: 0.88, intents: [{ label: 'complaint_quality', p: 0.88 }, { label: 'return', p: 0.08 }, { label: 'exchange', p: 0.03 }], emotion: 'disappointment', intensity: 0.55, urgency: 0.4, entities: [{ kind: 'order', text: 'X2026112001', value: 'X2026112001' }], findings: [] }, flow: { name: 'complaint_quality', step: 'offer', slots: { order: 'X2026112001', fault: '开胶' } }, tools: [{ name: 'order_lookup', args: { number: 'X2026112001' }, outcome: 'done', took_ms: 2 }], passages: [{ id: 'art_ret.2', score: 9.8, title: '质量问题退换', article_id: 'return-policy' }], commands: [{ start_flow: 'complaint_quality' }, { set_slot: { order: 'X2026112001' } }], why: [{ zh: '听出是质量投诉，情绪失望：先道歉再办理', en: 'Heard a complaint about quality, disappointed: care first, then the process' }, { zh: '订单属于这位顾客，签收 3 天，在 15 天质量退换期内', en: 'The order is this customer’s, delivered 3 days ago, within the 15 days for faults' }] }),
    base('trn_3', 6, 6, 8, { understanding: { category: 'complaint', category_p: 0.7, intent: 'return', intent_p: 0.61, emotion: 'anger', intensity: 0.7 }, flow: { name: 'return', step: 'confirm', slots: { item: '云跑 Air 39' } }, tools: [{ name: 'return_create', args: { item: 'sku-39' }, outcome: 'proposed' }], answerable: undefined, why: [{ zh: '要改变订单，先请顾客确认', en: 'This changes the order, so the customer confirms first' }] }),
  ] };
}

function ticketsOf(now, ago, minute, day) {
  const at = (ms) => new Date(now + ms).toISOString();
  const t = (n, o) => ({ id: `tkt_${n}`, number: `T10000${n}`, title: '', type: 'question', status: 'open', priority: 'normal', department: 'service', customer_id: 'cus_1', created_at: ago(n * 5 * 60 * minute), updated_at: ago(n * 33 * minute), description: '', sla: { state: 'ok', due_at: at(20 * 60 * minute), paused: false }, events: [{ id: '1', at: ago(n * 5 * 60 * minute), author: 'agent', author_name: '小二', kind: 'opened', text: '', public: true }], ...o });
  return [
    t(1, { title: '跑鞋三天开胶', type: 'complaint_quality', priority: 'urgent', department: 'quality', conversation_id: 'cnv_1', assignee: 'stf_1', team: 'team_2', description: '顾客 3 天前签收的云跑 Air 跑鞋开胶，要求处理。\n照片见会话。', sla: { state: 'warning', first_due_at: at(18 * minute), due_at: at(6 * 60 * minute), paused: false }, events: [{ id: '1', at: ago(60 * minute), author: 'agent', author_name: '小二', kind: 'opened', text: '由质量投诉流程开单', public: true }, { id: '2', at: ago(50 * minute), author: 'staff', author_name: '林主管', kind: 'assigned', text: '林主管', public: false }, { id: '3', at: ago(30 * minute), author: 'staff', author_name: '小美', kind: 'comment', text: '同批次 2 单，已通知品质部。', public: false }, { id: '4', at: ago(20 * minute), author: 'staff', author_name: '林主管', kind: 'comment', text: '您好，我们为您寄出一双新鞋，今天出库。', public: true }] }),
    t(2, { title: '快递员未送货上门', type: 'complaint_logistics', priority: 'high', department: 'logistics', customer_id: 'cus_7', sla: { state: 'breached', due_at: at(-95 * minute), paused: false } }),
    t(3, { title: '咖啡机不出水', type: 'repair', department: 'repair', customer_id: 'cus_3', status: 'pending', sla: { state: 'paused', paused: true } }),
    t(4, { title: '建议增加儿童椅', type: 'suggestion', priority: 'low', department: 'product', customer_id: 'cus_5', status: 'new' }),
    t(5, { title: 'Refund arrived late', type: 'question', status: 'solved', customer_id: 'cus_2', sla: { state: 'met', paused: false }, resolved_at: ago(day) }),
    t(6, { title: '跑鞋开胶（重复）', type: 'complaint_quality', department: 'quality', status: 'new', priority: 'high', sla: { state: 'ok', due_at: at(50 * minute), paused: false } }),
  ];
}

function articlesOf(ago, day) {
  const a = (id, zh, en, bodyZh, bodyEn, o) => ({ id, key: id, title: { zh, en }, body: { zh: bodyZh, en: bodyEn }, status: 'published', live: true, kind: 'policy', tags: [], scope: { stores: [], regions: [], tiers: [], channels: [] }, version: 2, updated_at: ago(3 * day), updated_by: '林主管', passages: [], editions: {}, ...o });
  return [
    a('return-policy', '七天无理由退货怎么办？', 'How do I return within seven days?', '签收之日起 **7 天内**，商品完好可无理由退货。\n\n## 例外\n\n- 贴身衣物拆封后\n- 定制商品\n\n> 质量问题不受此限：15 天内可退换，运费由本店承担。\n\n| 情形 | 期限 | 运费 |\n|---|---|---|\n| 无理由 | 7 天 | 顾客 |\n| 质量问题 | 15 天 | 本店 |', 'Within **7 days** of delivery, goods in good order can be returned without a reason.\n\n## Exceptions\n\n- Underwear once opened\n- Made to order\n\n> Faults are different: 15 days, and we pay for shipping.\n\n| Case | Days | Shipping |\n|---|---|---|\n| No reason | 7 | Customer |\n| Fault | 15 | We |', { tags: ['不想要了能退吗', '退货期限', 'Can I send it back?'], passages: [{ id: 'art_ret.2', language: 'zh', text: '商品存在质量问题的，自签收之日起 15 天内可退换，往返运费由本店承担。' }] }),
    a('shipping-time', '发货与配送时效', 'Delivery times', '上海、杭州、北京、深圳四城市区：工作日 16:00 前付款，**次日送达**；其余地区 2 至 4 天。', 'In the four cities: paid by 16:00 on working days, delivered **the next day**; elsewhere 2 to 4 days.', { kind: 'shipping' }),
    a('winter-sale', '冬季满减', '', '满 300 减 30，仅限门店。', '', { kind: 'promotion', valid_to: ago(day), status: 'published' }),
    a('gold-benefits', '金卡会员有什么权益？', 'What do gold members get?', '生日双倍积分、专属客服、免费礼品包装。', 'Double points on birthdays, own service line, free gift wrap.', { kind: 'membership', status: 'draft', live: false, scope: { stores: [], regions: [], tiers: ['gold'], channels: [] } }),
  ];
}

function ordersOf(ago, day) {
  const o = (n, d, status, status_text, items) => ({ order_id: `ord_${n}`, number: n, status, status_text, placed_at: ago(d * day), total: { amount: items.reduce((s, i) => s + i[1], 0), currency: 'CNY' }, items: items.map(([name, amount], i) => ({ sku: `${n}-${i}`, name, quantity: 1, price: { amount, currency: 'CNY' } })), channel: 'online', shipments: status === 'paid' ? [] : [{ carrier: '顺丰', tracking_number: `SF${n.slice(1)}`, status_text }] });
  return [o('X2026112001', 5, 'delivered', '已签收', [['云跑 Air 跑鞋 39 码', 39900], ['保温杯 480ml', 6000]]), o('X2026112102', 1, 'shipped', '运输中', [['亚麻围裙', 12900]]), o('X2026101203', 42, 'delivered', '已签收', [['电饭煲 3L', 49900]])];
}

const quickOf = () => [
  { id: 'q1', shortcut: 'hi', title: { zh: '问候', en: 'Greeting' }, text: { zh: '{name}您好，我是人工客服，马上为您处理。', en: 'Hello {name}, I am a member of our team and will take care of this.' } },
  { id: 'q2', shortcut: 'sorry', title: { zh: '致歉', en: 'Apology' }, text: { zh: '非常抱歉给您带来不便，我来为您解决。', en: 'I am sorry for the trouble; let me put this right.' } },
  { id: 'q3', shortcut: 'wait', title: { zh: '请稍等', en: 'One moment' }, text: { zh: '请稍等两分钟，我正在核实。', en: 'Please give me two minutes to check.' } },
];
