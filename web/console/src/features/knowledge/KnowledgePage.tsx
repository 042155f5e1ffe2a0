import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, keys, type Article, type ArticleQuery } from '../../lib/api';
import { useT, word } from '../../lib/i18n';
import { useAddress } from '../../lib/url';
import { Button, Chip, Empty, Failure, IconPlus, IconSearch, Input, Rows, Segmented, Select, Time, VirtualList } from '../../ui';
import { useCan } from '../auth/session';
import { articleStatuses, articleTone, validity } from './article';
import './knowledge.css';

export function readArticleQuery(search: URLSearchParams, language: string): ArticleQuery {
  const query: ArticleQuery = { language: search.get('language') || language };
  if (query.language === 'all') delete query.language;
  for (const name of ['q', 'status', 'category'] as const) if (search.get(name)) query[name] = search.get(name)!;
  return query;
}

export function KnowledgePage() {
  const { t, l } = useT();
  const can = useCan();
  const navigate = useNavigate();
  const { search, value, change } = useAddress();
  const query = useMemo(() => readArticleQuery(search, l), [search, l]);
  const [text, setText] = useState(query.q ?? '');
  useEffect(() => {
    const timer = setTimeout(() => (query.q ?? '') !== text.trim() && change({ q: text.trim() || undefined }), 200);
    return () => clearTimeout(timer);
  }, [text, query.q, change]);
  const list = useInfiniteQuery({
    queryKey: keys.articles(query),
    queryFn: ({ pageParam, signal }) => api.articles.list({ ...query, cursor: pageParam || undefined }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.pages.flatMap((p) => p.items) ?? [];
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const more = useCallback(() => void (hasNextPage && !isFetchingNextPage && fetchNextPage()), [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <main className="page knowledge">
      <header className="page-head">
        <h1>{t('nav.knowledge')}</h1>
        <Input allowClear className="grow" prefix={<IconSearch />} placeholder={t('article.search')} aria-label={t('article.search')} value={text} onChange={(e) => setText(e.target.value)} />
        <Segmented value={value('language') || l} onChange={(v) => change({ language: v === l ? undefined : String(v) })} options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }, { value: 'all', label: t('article.both') }]} />
        <Select allowClear placeholder={t('article.status')} aria-label={t('article.status')} value={query.status} onChange={(v: string | undefined) => change({ status: v })} options={articleStatuses.map((s) => ({ value: s, label: word(t, 'article.status', s) }))} style={{ width: 130 }} />
        {can('knowledge.write') && <Button type="primary" icon={<IconPlus />} onClick={() => void navigate('/knowledge/new')}>{t('article.new')}</Button>}
      </header>
      <section className="box flush tickets-list">
        {list.isPending ? <Rows n={8} /> : null}
        {list.error && !list.data ? <Failure error={list.error} again={() => void list.refetch()} /> : null}
        {list.data && !rows.length ? <Empty title={t('article.none')} hint={t('article.none.hint')} /> : null}
        {rows.length > 0 && <VirtualList items={rows} row={58} label={t('nav.knowledge')} idOf={(r) => r.id} onEnd={more} render={(row) => <Line article={row} />} />}
      </section>
    </main>
  );
}

function Line({ article: a }: { article: Article }) {
  const { t } = useT();
  const valid = validity(a, Date.now());
  return (
    <Link to={`/knowledge/${a.id}`} className="article-line">
      <span className="ticket-title"><strong>{a.title}</strong><small>{a.body.replace(/[#*>|`]/g, '').slice(0, 140)}</small></span>
      <span className="ticket-marks">
        {valid !== 'valid' && <Chip tone="warn">{word(t, 'validity', valid)}</Chip>}
        {a.category && <Chip>{a.category}</Chip>}
        <Chip tone={articleTone[a.status]}>{word(t, 'article.status', a.status)}</Chip>
      </span>
      <small>v{a.version}</small>
      <Time at={a.updated_at} />
    </Link>
  );
}
