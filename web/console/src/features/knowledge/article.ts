import type { Article, ArticleStatus, Content } from '../../lib/api';
import type { Tone } from '../../ui';

export const articleStatuses: readonly ArticleStatus[] = ['draft', 'review', 'published', 'withdrawn'];
export const articleTone: Record<ArticleStatus, Tone> = { draft: 'warn', review: 'info', published: 'good', withdrawn: 'plain' };

// validity tells whether an article may answer now, by its own dates.
export function validity(a: Pick<Content, 'valid_from' | 'valid_until'>, now: number): 'valid' | 'future' | 'past' {
  if (a.valid_from && new Date(a.valid_from).getTime() > now) return 'future';
  if (a.valid_until && new Date(a.valid_until).getTime() <= now) return 'past';
  return 'valid';
}

export const emptyContent: Content = { title: '', body: '', category: '', questions: [], limits: {} };

export const contentOf = (a: Article): Content => ({
  title: a.title, body: a.body, category: a.category, questions: a.questions ?? [], limits: a.limits ?? {}, valid_from: a.valid_from, valid_until: a.valid_until, source: a.source,
});

export const sameContent = (a: Content, b: Content) => JSON.stringify(tidy(a)) === JSON.stringify(tidy(b));

// tidy drops what says nothing, so that an untouched field is no change.
export function tidy(c: Content): Content {
  const limits = Object.fromEntries(Object.entries(c.limits ?? {}).filter(([, v]) => v?.length));
  const { title, body, category, questions = [], valid_from, valid_until, source } = c;
  return { title, body, category: category || undefined, questions: questions.map((q) => q.trim()).filter(Boolean), limits, valid_from: valid_from || undefined, valid_until: valid_until || undefined, source: source || undefined };
}

// Day fields of the browser are local; the API speaks RFC 3339.
export const toDay = (at?: string) => (at ? new Date(new Date(at).getTime() - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 10) : '');
export const fromDay = (day: string) => (day ? new Date(`${day}T00:00:00`).toISOString() : undefined);
