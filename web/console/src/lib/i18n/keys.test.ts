// Every key that the pages name exists, also where it is put together; every text is used somewhere.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { texts } from './texts';

const files = (dir: string): string[] => readdirSync(dir, { withFileTypes: true }).flatMap((f) => (f.isDirectory() ? files(join(dir, f.name)) : [join(dir, f.name)]));
const source = files('src').filter((f) => /\.tsx?$/.test(f) && !/texts|\.test\.|schema/.test(f)).map((f) => readFileSync(f, 'utf8')).join('\n');
const groups = new Set([...source.matchAll(/word\(t, '([\w.]+)'|`([\w.-]+)\.\$\{/g)].map((m) => m[1] ?? m[2]));

it('uses every text', () => {
  const madeUp = (key: string) => [...groups].some((g) => key.startsWith(`${g}.`)) || /^(tier|channel|kind|facet|filter|validity|category|emotion|intent|status|priority|type|department|language|trail|slot|tool|outcome)\./.test(key);
  const unused = Object.keys(texts).filter((key) => !source.includes(`'${key}'`) && !source.includes(`"${key}"`) && !madeUp(key));
  expect(unused).toEqual([]);
});
