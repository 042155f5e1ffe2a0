// A handful of products, enough to look at the storefront without the real shop.
const yuan = (amount) => ({ amount, currency: 'CNY' })
const NAMES = [
  ['p1', '云步缓震跑鞋', 'Cloudstep running shoes', 'sport', 32900, 39900],
  ['p2', '山泉真空保温杯', 'Spring vacuum bottle', 'kitchen', 12900],
  ['p3', '柴米 IH 电饭煲', 'Chaimi IH rice cooker', 'kitchen', 59900],
  ['p4', '林间双肩背包', 'Woodland backpack', 'travel', 25900],
  ['p5', '暖光阅读台灯', 'Warm reading lamp', 'home', 19900, 23900],
  ['p6', '手作马克杯', 'Hand-thrown mug', 'kitchen', 6900],
  ['p7', '晨雾意式咖啡机', 'Mist espresso machine', 'kitchen', 129900],
  ['p8', '亚麻四件套', 'Linen bedding set', 'home', 45900],
]
const CATEGORIES = [['home', '家居', 'Home'], ['kitchen', '厨房', 'Kitchen'], ['sport', '运动', 'Sport'], ['travel', '出行', 'Travel']]

export function shopApi() {
  const en = (url) => url.searchParams.get('locale') === 'en'
  let customer
  const brief = ([id, zh, eng, category, price, list], e) => ({
    product_id: id, name: e ? eng : zh, subtitle: e ? 'Made to be used every day' : '每天都用得上的好物', category_id: category, price: yuan(price),
    ...(list ? { list_price: yuan(list) } : {}), image: `/shop/pictures/${id}.svg`, tags: [...(['p5', 'p8', 'p1', 'p7'].includes(id) ? ['new'] : []), ...(list ? ['offer'] : [])], stock_text: e ? 'In stock' : '有货', in_stock: id !== 'p8',
  })
  const full = (row, e) => ({
    ...brief(row, e), category_name: e ? 'Kitchen' : '厨房', description: e ? 'A calm, sturdy companion.' : '简单耐用，用料扎实，陪你很多年。', highlights: e ? ['Light', 'Washable'] : ['轻盈', '可水洗', '两年质保'],
    specs: [{ label: e ? 'Weight' : '重量', value: '240 g' }, { label: e ? 'Colour' : '颜色', value: e ? 'Moss' : '苔绿' }],
    skus: [41, 42, 43].map((n) => ({ sku: `${row[0]}-${n}`, name: `${n}`, price: yuan(row[4]), in_stock: n !== 43 })),
    stores: [{ store_id: 'st1', name: e ? 'Hubin store' : '湖滨店', city: e ? 'Hangzhou' : '杭州', quantity: 6, stock_text: e ? '6 left' : '有货 6 件' }, { store_id: 'st2', name: e ? 'Chengxi store' : '城西店', city: e ? 'Hangzhou' : '杭州', quantity: 0, stock_text: e ? 'Sold out' : '暂无' }],
    has_guide: true, warranty_text: e ? '2 years' : '全国联保 2 年', return_text: e ? '7-day returns' : '7 天无理由退货', related: NAMES.slice(4, 8).map((r) => brief(r, e)),
  })
  const routes = {
    '/categories': (u) => ({ items: CATEGORIES.map(([id, zh, e]) => ({ id, name: en(u) ? e : zh, product_count: NAMES.filter((n) => n[3] === id).length, image: `/shop/pictures/category-${id}.svg` })) }),
    '/products': (u) => {
      const q = u.searchParams
      let items = NAMES.map((n) => brief(n, en(u)))
      if (q.get('category')) items = items.filter((p) => p.category_id === q.get('category'))
      if (q.get('tag')) items = items.filter((p) => p.tags.includes(q.get('tag')))
      if (q.get('q')) items = items.filter((p) => p.name.toLowerCase().includes(q.get('q').toLowerCase()))
      return { items: items.slice(0, Number(q.get('limit') ?? 100)), total: items.length }
    },
    '/stores': (u) => ({ items: [1, 2, 3].map((n) => ({ store_id: `st${n}`, name: en(u) ? `Store ${n}` : `第 ${n} 店`, city: en(u) ? (n < 3 ? 'Hangzhou' : 'Shanghai') : n < 3 ? '杭州' : '上海', address: '湖滨路 88 号', phone: '0571-8800-1234', hours_text: '10:00–22:00', open_now: n !== 2, services: en(u) ? ['Pick-up', 'Repairs'] : ['到店自提', '维修'] })) }),
    '/guides': (u) => ({ items: NAMES.slice(0, 7).map((n) => ({ product_id: n[0], title: en(u) ? `Using your ${n[2]}` : `${n[1]}使用指南`, name: en(u) ? n[2] : n[1], image: `/shop/pictures/${n[0]}.svg` })) }),
    '/orders': (u) => customer && ({ items: [{ order_id: 'o1', number: 'XE20261120001', kind: 'online', status: 'shipped', status_text: en(u) ? 'In transit' : '运输中', placed_at: '2026-11-20T09:12:00+08:00', total: yuan(45800), items: NAMES.slice(0, 2).map((n) => ({ product_id: n[0], sku: n[0] + '-42', name: en(u) ? n[2] : n[1], image: `/shop/pictures/${n[0]}.svg`, quantity: 1, price: yuan(n[4]) })), shipment: { carrier: '青鸟快运', tracking_number: 'QN7784120093', status_text: en(u) ? 'In transit' : '运输中', eta: '2026-11-23T18:00:00+08:00', events: [{ at: '2026-11-22T08:30:00+08:00', text: '到达杭州转运中心', place: '杭州' }] } }] }),
    '/me': () => customer,
  }
  return {
    async handle(req, res, url) {
      const path = url.pathname.slice('/shop/api'.length)
      const answer = (status, body) => (res.writeHead(status, { 'Content-Type': 'application/json' }), res.end(body ? JSON.stringify(body) : ''))
      if (path === '/login') {
        const parts = []
        for await (const p of req) parts.push(p)
        const id = JSON.parse(Buffer.concat(parts)).customer_id
        customer = { customer_id: id, name: { 'li-na': '李娜', 'wang-wei': '王伟', emma: 'Emma' }[id], signature: 'a'.repeat(64), tier: '金卡会员', points: 2380, coupons: 2 }
        return answer(200, customer)
      }
      if (path === '/logout') return (customer = undefined), answer(204)
      const one = /^\/(products|guides)\/(\w+)$/.exec(path)
      const row = one && NAMES.find((n) => n[0] === one[2])
      if (one && !row) return answer(404, { status: 404, detail: 'No such product.' })
      if (one?.[1] === 'products') return answer(200, full(row, en(url)))
      if (one) return answer(200, { product_id: row[0], title: `${row[1]}使用指南`, intro: '第一次使用前，请花两分钟读一读。', sections: [{ id: 'start', title: '第一次使用', steps: ['取下所有包装和贴纸。', '用温水清洗后晾干。'], note: '请勿使用钢丝球。' }, { id: 'care', title: '日常保养', steps: ['每周清洁一次。', '长期不用时放在干燥处。'] }] })
      const data = routes[path]?.(url)
      if (path === '/me' && !data) return answer(204)
      if (path === '/orders' && !data) return answer(401, { status: 401, detail: 'Log in first.' })
      data ? answer(200, data) : answer(404, { status: 404, detail: 'No such route.' })
    },
    picture(path) {
      const hue = ([...path].reduce((n, c) => n + c.charCodeAt(0), 0) * 37) % 360
      return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><rect width="400" height="400" fill="hsl(${hue} 30% 90%)"/><circle cx="200" cy="200" r="110" fill="hsl(${hue} 40% 55%)"/><rect x="150" y="120" width="100" height="180" rx="26" fill="hsl(${hue} 45% 40%)"/></svg>`
    },
  }
}
