import { defineConfig } from 'vite'

export default defineConfig({
  base: '/shop/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { outDir: '../dist/shop', emptyOutDir: true, target: 'es2021', assetsInlineLimit: 0 },
  server: { proxy: { '/shop/api': 'http://127.0.0.1:8080', '/shop/pictures': 'http://127.0.0.1:8080', '/widget': 'http://127.0.0.1:8080' } },
})
