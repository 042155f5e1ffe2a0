import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api, keys, type Article, type ArticleInput } from '../../lib/api';
import { useCommands } from '../../lib/commands';
import { useT, word } from '../../lib/i18n';
import { useWide } from '../../lib/media';
import { useAddress } from '../../lib/url';
import { Await, Button, Chip, IconBack, IconButton, Kbd, Rows, Segmented } from '../../ui';
import { useCan } from '../auth/session';
import { articleTone, emptyArticle, inputOf, same, sides, tidy, titleOf, validity, type Side } from './article';
import { Limits } from './Limits';
import { ReadSide, WriteSide } from './Sides';
import { useArticleSteps, useLeaveGuard } from './useArticle';
import './knowledge.css';

const Versions = lazy(async () => ({ default: (await import('./Versions')).Versions }));

export function ArticlePage() {
  const { id = 'new' } = useParams();
  const answer = useQuery({ queryKey: keys.article(id), queryFn: () => api.articles.one(id), enabled: id !== 'new' });
  if (id === 'new') return <main className="page"><Open key="new" /></main>;
  return <main className="page"><Await answer={answer}>{(a) => <Open key={a.id} article={a} />}</Await></main>;
}

// Open is one article in both languages: read, written side by side, or through its history.
function Open({ article: a }: { article?: Article }) {
  const { t, l } = useT();
  const can = useCan();
  const wide = useWide(1100);
  const navigate = useNavigate();
  const { value, change } = useAddress();
  const saved = a ? inputOf(a) : emptyArticle;
  const [content, setContent] = useState<ArticleInput>(saved);
  const [base, setBase] = useState(a?.version ?? 0);
  const dirty = !same(content, saved);
  useEffect(() => {
    // A newer version came in: shown at once when nothing is being written; else the words stay and saving answers 409.
    if (a && a.version !== base && same(content, saved)) setBase(a.version);
  }, [a, base, content, saved]);
  const steps = useArticleSteps(a);
  useLeaveGuard(dirty && !steps.save.isPending);
  const view = value('view') || (a ? 'read' : 'write');
  const able = can('knowledge.write');
  const shown = (value('show') || (wide ? 'both' : l)) as Side | 'both';
  const visible = shown === 'both' ? sides : [shown];
  const save = () => steps.save.mutate({ content: tidy(content), version: base }, { onSuccess: (made) => { setContent(inputOf(made)); setBase(made.version); } });
  useCommands([
    { id: 'article.save', title: 'do.save', keys: 'mod+s', when: () => able && dirty, run: save },
    { id: 'article.write', title: 'article.write', keys: 'e', when: () => able && view === 'read', run: () => change({ view: 'write' }) },
  ]);
  const valid = validity(content, Date.now());
  const set = (part: Partial<ArticleInput>) => setContent((now) => ({ ...now, ...part }));
  return (
    <>
      <header className="page-head">
        <IconButton title={t('do.back')} icon={<IconBack />} onClick={() => void navigate('/knowledge')} />
        <h1>{titleOf(content, l) || t('article.new')}</h1>
        {a && <Chip tone={articleTone[a.status]}>{word(t, 'article.status', a.status)}</Chip>}
        {a?.live && a.status !== 'published' ? <Chip tone="good">{t('article.live')}</Chip> : null}
        {valid !== 'valid' && <Chip tone="warn">{word(t, 'validity', valid)}</Chip>}
        <span className="grow" />
        <Segmented value={view} onChange={(v) => change({ view: String(v) })} options={[{ value: 'read', label: t('article.read') }, { value: 'write', label: t('article.write'), disabled: !able }, ...(a ? [{ value: 'versions', label: t('article.versions') }] : [])]} />
        {view !== 'versions' && <Segmented value={shown} onChange={(v) => change({ show: String(v) })} options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }, ...(wide ? [{ value: 'both', label: t('article.side') }] : [])]} />}
      </header>
      {view === 'versions' && a ? <section className="box"><Suspense fallback={<Rows n={3} />}><Versions article={a} restore={able ? (v) => { set({ title: { ...content.title, [v.language]: v.title }, body: { ...content.body, [v.language]: v.body } }); change({ view: 'write' }); } : undefined} /></Suspense></section> : null}
      {view !== 'versions' && (
        <div className={`article-sides sides-${visible.length}`}>
          {visible.map((side) => (view === 'write' ? <WriteSide key={side} side={side} content={content} set={set} /> : <ReadSide key={side} side={side} content={content} article={a} passage={value('passage')} />))}
        </div>
      )}
      {view === 'write' && <section className="box"><Limits content={content} set={set} /></section>}
      {able && (view === 'write' || dirty || a) && (
        <footer className="article-foot">
          {dirty && <Button onClick={() => setContent(saved)}>{t('article.discard')}</Button>}
          <Button type={dirty ? 'primary' : 'default'} disabled={!dirty} loading={steps.save.isPending} onClick={save}>{t('do.save')} {dirty && <Kbd keys="mod+s" />}</Button>
          <span className="grow" />
          {dirty && a ? <small>{t('article.save.first')}</small> : null}
          {a && can('knowledge.publish') && a.status !== 'published' && <Button type={dirty ? 'default' : 'primary'} disabled={dirty} loading={steps.publish.isPending} onClick={() => steps.publish.mutate(a)}>{t('article.publish')}</Button>}
          {a && can('knowledge.publish') && a.status !== 'withdrawn' && a.live && <Button danger disabled={dirty} loading={steps.withdraw.isPending} onClick={() => steps.withdraw.mutate(a)}>{t('article.withdraw')}</Button>}
        </footer>
      )}
    </>
  );
}
