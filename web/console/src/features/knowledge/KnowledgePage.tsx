import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, keys, type Article, type ArticleQuery } from '../../lib/api';
import { useT, word } from '../../lib/i18n';
import { useAddress } from '../../lib/url';
import { Button, Chip, Empty, Failure, IconPlus, IconSearch, Input, Rows, Select, Time, VirtualList } from '../../ui';
import { useCan } from '../auth/session';
import { articleStatuses, articleTone, sides, titleOf, validity, written } from './article';
import './knowledge.css';

export function readArticleQuery(search: URLSearchParams): ArticleQuery {
  const query: ArticleQuery = {};
  const status = articleStatuses.find((s) => s === search.get('status'));
  if (status) query.status = status;
  for (const name of ['q', 'kind'] as const) if (search.get(name)) query[name] = search.get(name)!;
  return query;
}

export function KnowledgePage() {
  const { t } = useT();
  const can = useCan();
  const navigate = useNavigate();
  const { search, change } = useAddress();
  const query = useMemo(() => readArticleQuery(search), [search]);
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
  const { t, l } = useT();
  const valid = validity(a, Date.now());
  const text = a.body[l] || a.body.zh || a.body.en;
  return (
    <Link to={`/knowledge/${a.id}`} className="article-line">
      <span className="ticket-title"><strong>{titleOf(a, l)}</strong><small>{text.replace(/[#*>|`]/g, '').slice(0, 140)}</small></span>
      <span className="ticket-marks">
        {sides.filter((side) => !written(a, side)).map((side) => <Chip key={side} tone="warn">{t('article.lacks', { language: word(t, 'language', side) })}</Chip>)}
        {valid !== 'valid' && <Chip tone="warn">{word(t, 'validity', valid)}</Chip>}
        {a.kind && <Chip>{a.kind}</Chip>}
        <Chip tone={articleTone[a.status]}>{word(t, 'article.status', a.status)}</Chip>
      </span>
      <small>v{a.version}</small>
      <Time at={a.updated_at} />
    </Link>
  );
}
