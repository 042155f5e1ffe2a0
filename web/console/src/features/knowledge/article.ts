import type { Article, ArticleInput, ArticleStatus } from '../../lib/api';
import type { Tone } from '../../ui';

export const articleStatuses: readonly ArticleStatus[] = ['draft', 'review', 'published', 'withdrawn'];
export const articleTone: Record<ArticleStatus, Tone> = { draft: 'warn', review: 'info', published: 'good', withdrawn: 'plain' };
export type Side = 'zh' | 'en';
export const sides: readonly Side[] = ['zh', 'en'];

// validity tells whether an article may answer now, by its own dates.
export function validity(a: Pick<ArticleInput, 'valid_from' | 'valid_to'>, now: number): 'valid' | 'future' | 'past' {
  if (a.valid_from && new Date(a.valid_from).getTime() > now) return 'future';
  if (a.valid_to && new Date(a.valid_to).getTime() <= now) return 'past';
  return 'valid';
}

const nothing = { stores: [], regions: [], tiers: [], channels: [] };
export const emptyArticle: ArticleInput = { title: { zh: '', en: '' }, body: { zh: '', en: '' }, tags: [], scope: nothing };

export const inputOf = (a: Article): ArticleInput => ({ title: a.title, body: a.body, kind: a.kind, tags: a.tags, scope: a.scope, valid_from: a.valid_from, valid_to: a.valid_to });

// tidy drops what says nothing, so that an untouched field is no change.
export function tidy(a: ArticleInput): ArticleInput {
  return {
    title: { zh: a.title.zh.trim(), en: a.title.en.trim() },
    body: a.body,
    kind: a.kind || undefined,
    tags: (a.tags ?? []).map((t) => t.trim()).filter(Boolean),
    scope: { ...nothing, ...a.scope },
    valid_from: a.valid_from || undefined,
    valid_to: a.valid_to || undefined,
  };
}

export const same = (a: ArticleInput, b: ArticleInput) => JSON.stringify(tidy(a)) === JSON.stringify(tidy(b));
export const written = (a: Pick<Article, 'title' | 'body'>, side: Side) => !!(a.title[side] || a.body[side]);

// titleOf is the title in the reader's language, or the one that exists.
export const titleOf = (a: Pick<Article, 'title'>, l: Side) => a.title[l] || a.title.zh || a.title.en;

// citedPassage finds the words an answer stood on. A citation names article, version and place (psg_X.version.place, from
// zero); an article lists its newest passages by place (art_X.place, from one). After an edit the place may hold newer words; the
// message keeps the ones that were said.
export function citedPassage(a: Pick<Article, 'passages'> | undefined, cited: string) {
  const [, article, place] = /^psg_(\w+)\.\d+\.(\d+)$/.exec(cited) ?? [];
  const id = article ? `art_${article}.${Number(place) + 1}` : cited;
  return a?.passages.find((p) => p.id === id);
}

// Day fields of the browser are local; the API speaks RFC 3339.
export const toDay = (at?: string) => (at ? new Date(new Date(at).getTime() - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 10) : '');
export const fromDay = (day: string) => (day ? new Date(`${day}T00:00:00`).toISOString() : undefined);
