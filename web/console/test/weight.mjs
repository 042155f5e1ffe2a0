// Counts what signing in costs: the entry, the login page, and all they import, gzipped. Over the limit the build fails.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const limit = 300 * 1024;
const dist = join(dirname(fileURLToPath(import.meta.url)), '../../dist/console');
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
const files = new Set();

function take(name) {
  const piece = manifest[name];
  if (!piece || files.has(piece.file)) return;
  files.add(piece.file);
  for (const css of piece.css ?? []) files.add(css);
  for (const other of piece.imports ?? []) take(other);
}

take('index.html');
take('src/features/auth/LoginPage.tsx');
const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0);
console.log(`console: first load of the login page ${(bytes / 1024).toFixed(1)} KB gzip in ${files.size} files (limit ${limit / 1024} KB)`);
if (bytes > limit) {
  console.error('console: too heavy. Look for a page or library that is no longer loaded lazily.');
  process.exit(1);
}
