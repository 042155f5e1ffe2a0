import { expect, it } from 'vitest';
import { texts } from '../i18n/texts';
import type { Translate } from '../i18n';
import { ApiError, describe as explain, worthRetrying } from './errors';

const t = ((key: keyof typeof texts, vars: Record<string, string> = {}) => texts[key][1].replace(/\{\{(\w+)\}\}/g, (_, k: string) => String(vars[k]))) as Translate;

it('retries only what may pass', () => {
  for (const [status, again] of [[0, true], [502, true], [503, true], [500, false], [422, false], [409, false], [403, false], [401, false], [429, false]] as const) expect(worthRetrying(0, new ApiError(status)), String(status)).toBe(again);
  expect(worthRetrying(2, new ApiError(0))).toBe(false);
});
it('says what happened and how to mend it for every status', () => {
  for (const status of [0, 400, 401, 403, 404, 409, 413, 422, 429, 500, 503]) {
    const said = explain(t, new ApiError(status, { detail: 'Because.' }, 3));
    expect(said.title.length, String(status)).toBeGreaterThan(5);
    expect(said.mend.length, String(status)).toBeGreaterThan(5);
  }
});
it('names the wrong places', () => expect(explain(t, new ApiError(422, { detail: 'Bad.', errors: [{ location: 'body.title', message: 'is empty' }] })).mend).toBe('Bad. title: is empty'));
it('counts the seconds', () => expect(explain(t, new ApiError(429, {}, 12)).mend).toContain('12'));
it('keeps the inside of a server error inside', () => expect(explain(t, new ApiError(500, { detail: 'sql: boom' })).mend).not.toContain('sql'));
it('tells an error of the page itself', () => expect(explain(t, new Error('boom')).mend).toBe('boom'));
