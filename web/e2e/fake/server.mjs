// One HTTP server with the built widget and shop, the fake shopper API and a little shop data. Tests start their own on
// a free port; `node fake/server.mjs 8090` serves one to look at.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { demoAnswer } from './script.mjs'
import { shopApi } from './shop.mjs'
import { Shopper } from './shopper.mjs'

const dist = fileURLToPath(new URL('../../dist', import.meta.url))
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.svg': 'image/svg+xml', '.json': 'application/json' }
// what the real server sends with the frame: no inline script, no foreign host
const FRAME_CSP = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' blob: data:; base-uri 'none'; form-action 'none'"

export async function startFake({ pages = {} } = {}) {
  const shopper = new Shopper()
  const shop = shopApi()
  const server = createServer((req, res) => {
    const url = new URL(req.url, 'http://x')
    route(req, res, url, { shopper, shop, pages }).catch((e) => {
      console.error(e)
      res.destroy()
    })
  })
  await new Promise((r) => server.listen(0, '127.0.0.1', r))
  const origin = `http://127.0.0.1:${server.address().port}`
  return { shopper, origin, close: () => (server.closeAllConnections(), new Promise((r) => server.close(r))) }
}

async function route(req, res, url, { shopper, shop, pages }) {
  const path = url.pathname
  if (path.startsWith('/widget/v1')) return shopper.handle(req, res, url)
  if (path.startsWith('/shop/api')) return shop.handle(req, res, url)
  if (path.startsWith('/shop/pictures/')) return send(res, 200, shop.picture(path), '.svg')
  if (pages[path]) return send(res, 200, pages[path](url), '.html')
  if (path === '/widget/frame') return file(res, 'widget/frame.html', { 'Content-Security-Policy': FRAME_CSP })
  if (path.startsWith('/widget/')) return file(res, path)
  if (path.startsWith('/shop')) return extname(path) ? file(res, path) : file(res, 'shop/index.html')
  send(res, 404, 'not found', '.html')
}

async function file(res, path, headers = {}) {
  const at = join(dist, normalize('/' + path))
  try {
    send(res, 200, await readFile(at), extname(at), headers)
  } catch {
    send(res, 404, 'not found', '.html')
  }
}

function send(res, status, body, ext, headers = {}) {
  res.writeHead(status, { 'Content-Type': TYPES[ext] ?? 'application/octet-stream', ...headers })
  res.end(body)
}

/** The page of a shop at another origin, with the one script tag. */
export const hostPage = (service, { lang = 'zh-CN', attributes = '', body = '' } = {}) =>
  `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>host</title></head>
<body style="font-family:sans-serif;min-height:150vh"><h1>A shop of its own</h1><p><a href="#x" id="before">before</a></p>${body}
<script>window.xiaoer=window.xiaoer||function(){(xiaoer.q=xiaoer.q||[]).push(arguments)}</script>
<script src="${service}/widget/loader.js" data-account="web" ${attributes} async></script></body></html>`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const fake = await startFake({ pages: {} })
  fake.shopper.answer = demoAnswer
  console.log(`${fake.origin}/shop/`)
}
