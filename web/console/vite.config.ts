import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The console lives under /console/; in development the API is asked at XIAOER_API (the fake one by default).
const api = process.env.XIAOER_API ?? 'http://127.0.0.1:8791';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: { outDir: '../dist/console', emptyOutDir: true, target: 'es2022', manifest: true, chunkSizeWarningLimit: 900 },
  server: { port: 8790, proxy: { '/api': api } },
  test: { environment: 'jsdom', include: ['src/**/*.test.ts', 'src/**/*.test.tsx'] },
});
