import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useBlocker, useNavigate } from 'react-router';
import { api, keys, type Article, type Content } from '../../lib/api';
import { useT, word } from '../../lib/i18n';
import { useAddress } from '../../lib/url';
import { Button, Chip, Input, Markdown, Plain, Rows, Segmented, useSay } from '../../ui';
import { useCan } from '../auth/session';
import { articleTone, contentOf, emptyContent, sameContent, tidy, validity } from './article';
import { Limits } from './Limits';

const Versions = lazy(async () => ({ default: (await import('./Versions')).Versions }));

type Props = { article?: Article; language: 'zh' | 'en'; articleKey?: string; passage: string };

// ArticleEditor edits one language version: words, validity, scope; and moves it between draft and published.
export function ArticleEditor({ article: a, language, articleKey, passage }: Props) {
  const { t } = useT();
  const can = useCan();
  const { value, change } = useAddress();
  const saved = a ? contentOf(a) : emptyContent;
  const [content, setContent] = useState<Content>(saved);
  const [base, setBase] = useState(a?.version ?? 0);
  const dirty = !sameContent(content, saved);
  const view = value(`tab-${language}`) || (a ? 'read' : 'write');
  const { save, publish, withdraw } = useArticleSteps(a, language, articleKey, base);
  useEffect(() => {
    // A newer version came in while nothing was being written: show it. Otherwise keep the words; saving will say 409.
    if (a && a.version !== base && !dirty) setContent(contentOf(a));
    if (a && !dirty) setBase(a.version);
  }, [a, base, dirty]);
  useLeaveGuard(dirty && view !== 'read');
  const set = (part: Partial<Content>) => setContent((now) => ({ ...now, ...part }));
  const able = can('knowledge.write');
  const valid = validity(content, Date.now());
  return (
    <section className="box article" aria-label={language === 'zh' ? '中文' : 'English'} lang={language === 'zh' ? 'zh-CN' : 'en'}>
      <header>
        <strong>{language === 'zh' ? '中文' : 'English'}</strong>
        {a ? <Chip tone={articleTone[a.status]}>{word(t, 'article.status', a.status)}</Chip> : <Chip>{t('article.unwritten')}</Chip>}
        {a && <small>v{a.version}{a.live ? ` · ${t('article.live', { n: a.live })}` : ''}</small>}
        {valid !== 'valid' && <Chip tone="warn">{word(t, 'validity', valid)}</Chip>}
        <span className="grow" />
        <Segmented size="small" value={view} onChange={(v) => change({ [`tab-${language}`]: String(v) })} options={[{ value: 'read', label: t('article.read') }, { value: 'write', label: t('article.write'), disabled: !able }, ...(a ? [{ value: 'versions', label: t('article.versions') }] : [])]} />
      </header>
      {view === 'write' ? <Write content={content} set={set} /> : null}
      {view === 'read' ? <Read content={content} article={a} passage={passage} /> : null}
      {view === 'versions' && a ? <Suspense fallback={<Rows n={3} />}><Versions article={a} able={can('knowledge.publish')} /></Suspense> : null}
      {able && view !== 'versions' && (
        <footer>
          {dirty && <Button onClick={() => setContent(saved)}>{t('article.discard')}</Button>}
          <Button type={dirty ? 'primary' : 'default'} disabled={!dirty} loading={save.isPending} onClick={() => save.mutate(tidy(content))}>{t('do.save')}</Button>
          <span className="grow" />
          {a && can('knowledge.publish') && a.status !== 'published' && <Button type={dirty ? 'default' : 'primary'} disabled={dirty} title={dirty ? t('article.save.first') : undefined} loading={publish.isPending} onClick={() => publish.mutate(a)}>{t('article.publish')}</Button>}
          {a && can('knowledge.publish') && a.status === 'published' && <Button danger disabled={dirty} loading={withdraw.isPending} onClick={() => withdraw.mutate(a)}>{t('article.withdraw')}</Button>}
        </footer>
      )}
    </section>
  );
}

function useArticleSteps(a: Article | undefined, language: 'zh' | 'en', articleKey: string | undefined, base: number) {
  const { t } = useT();
  const say = useSay();
  const client = useQueryClient();
  const navigate = useNavigate();
  const fresh = () => Promise.all([['articles'], ['article']].map((queryKey) => client.invalidateQueries({ queryKey })));
  const save = useMutation({
    mutationFn: (c: Content) => (a ? api.articles.save(a.id, { ...c, version: base }) : api.articles.create({ ...c, language, key: articleKey })),
    onError: say.failed,
    onSuccess: async (made) => {
      client.setQueryData(keys.article(made.id), made);
      say.done(t('article.saved'));
      await fresh();
      if (!a && !articleKey) await navigate(`/knowledge/${made.id}`, { replace: true });
    },
  });
  const step = (move: 'publish' | 'withdraw', said: 'article.published' | 'article.withdrawn') => ({
    mutationFn: (x: Article) => api.articles[move](x.id, x.version),
    onError: say.failed,
    onSuccess: () => {
      say.done(t(said));
      return fresh();
    },
  });
  return { save, publish: useMutation(step('publish', 'article.published')), withdraw: useMutation(step('withdraw', 'article.withdrawn')) };
}

// Unsaved words are never lost by a slip: leaving asks first.
function useLeaveGuard(dirty: boolean): void {
  const { t } = useT();
  const say = useSay();
  const blocker = useBlocker(({ currentLocation: from, nextLocation: to }) => dirty && from.pathname !== to.pathname);
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    say.ask(t('article.leave'), t('article.leave.hint'), t('article.leave.do'), () => blocker.proceed(), true, () => blocker.reset());
  }, [blocker, say, t]);
}

function Write({ content, set }: { content: Content; set: (part: Partial<Content>) => void }) {
  const { t } = useT();
  return (
    <div className="article-write">
      <Input size="large" variant="borderless" value={content.title} placeholder={t('article.title')} aria-label={t('article.title')} maxLength={200} onChange={(e) => set({ title: e.target.value })} />
      <div className="article-split">
        <Input.TextArea className="mono" autoSize={{ minRows: 12 }} value={content.body} placeholder={t('article.body')} aria-label={t('article.body')} onChange={(e) => set({ body: e.target.value })} />
        <div className="article-preview" aria-label={t('article.preview')}><Markdown source={content.body} /></div>
      </div>
      <label>{t('article.questions')}<Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} value={(content.questions ?? []).join('\n')} placeholder={t('article.questions.hint')} onChange={(e) => set({ questions: e.target.value.split('\n') })} /></label>
      <Limits content={content} set={set} />
    </div>
  );
}

function Read({ content, article, passage }: { content: Content; article?: Article; passage: string }) {
  const { t } = useT();
  const box = useRef<HTMLQuoteElement>(null);
  const cited = article?.passages?.find((p) => p.id === passage);
  useEffect(() => box.current?.scrollIntoView({ block: 'center' }), [cited]);
  if (!content.title && !content.body) return <p className="none">{t('article.unwritten.hint')}</p>;
  return (
    <div className="article-read">
      <h2>{content.title}</h2>
      {cited && <blockquote ref={box} className="cited"><small>{t('article.cited')}</small><Plain text={cited.text} /></blockquote>}
      <Markdown source={content.body} />
      {content.questions?.length ? <><h4>{t('article.questions')}</h4><ul className="questions">{content.questions.map((q) => <li key={q}>{q}</li>)}</ul></> : null}
    </div>
  );
}
