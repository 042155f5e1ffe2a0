// Builds the loader (one classic script with a fixed name) and the frame (a page with hashed assets), then weighs both:
// a build above its limit fails, so that the widget stays light for every shop that embeds it.
// Vite's bundler and minifier are called directly: Vite itself wraps every dynamic import in 600 bytes of preloading.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { transform } from 'lightningcss'
import { build } from 'rolldown'

const root = fileURLToPath(new URL('.', import.meta.url))
const out = join(root, '../dist/widget')
const assets = join(out, 'assets')
const KIB = 1024
// frame: what every shopper loads (script, style, one language); later: what comes with the first card, form or sheet
const LIMIT = { loader: 3 * KIB, frame: 25 * KIB, later: 6 * KIB }

rmSync(out, { recursive: true, force: true })
mkdirSync(assets, { recursive: true })
const same = { transform: { target: 'es2021', jsx: { runtime: 'automatic', importSource: 'preact' } }, tsconfig: false }
const minify = true

await build({ ...same, input: join(root, 'src/loader.ts'), output: { file: join(out, 'loader.js'), format: 'iife', minify } })
const frame = await build({
  ...same,
  input: { frame: join(root, 'src/frame/main.tsx') },
  output: { dir: assets, format: 'esm', minify, entryFileNames: '[name]-[hash].js', chunkFileNames: '[name]-[hash].js' },
})
const entry = frame.output.find((c) => c.type === 'chunk' && c.isEntry).fileName
writeFileSync(join(assets, styleName()), style())
const page = readFileSync(join(root, 'frame.html'), 'utf8')
writeFileSync(join(out, 'frame.html'), page.replace('/src/frame/main.tsx', `/widget/assets/${entry}`).replace('/src/frame/style.css', `/widget/assets/${styleName()}`))
weigh()

/** The shared tokens serve three front ends; the frame carries only those it uses. */
function style() {
  const css = readFileSync(join(root, '../tokens/tokens.css'), 'utf8') + readFileSync(join(root, 'src/frame/style.css'), 'utf8')
  const used = new Set([...css.matchAll(/var\((--x-[\w-]+)/g)].map((m) => m[1]))
  const trimmed = css.replace(/(--x-[\w-]+):[^;]+;/g, (all, name) => (used.has(name) ? all : ''))
  return transform({ filename: 'frame.css', code: Buffer.from(trimmed), minify: true }).code
}

function styleName() {
  return `frame-${createHash('sha256').update(style()).digest('hex').slice(0, 8)}.css`
}

function weigh() {
  const size = (f) => gzipSync(readFileSync(f), { level: 9 }).length
  const sum = (files) => files.reduce((n, f) => n + size(join(assets, f)), 0)
  const all = readdirSync(assets)
  const words = all.filter((f) => f.startsWith('texts.'))
  const start = all.filter((f) => f === entry || f.endsWith('.css'))
  const sizes = {
    loader: size(join(out, 'loader.js')),
    frame: sum(start) + Math.max(...words.map((f) => sum([f]))),
    later: sum(all.filter((f) => !words.includes(f) && !start.includes(f))),
  }
  writeFileSync(join(out, 'sizes.json'), JSON.stringify(sizes))
  for (const [part, bytes] of Object.entries(sizes)) {
    console.log(`widget ${part}: ${bytes} bytes gzip of ${LIMIT[part]} allowed`)
    if (bytes > LIMIT[part]) {
      console.error(`widget ${part} is too heavy`)
      process.exitCode = 1
    }
  }
}
