import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, keys, type Insight } from '../../lib/api';
import { number, percent, span } from '../../lib/format';
import { useT, word, type Key } from '../../lib/i18n';
import { useAddress } from '../../lib/url';
import { Await, Empty, Input, Rows, Segmented } from '../../ui';
import { listPath, periodOf, rangeOf, shares } from './period';
import './insight.css';

const Chart = lazy(() => import('../../ui/Chart'));
type OptionOf = Parameters<typeof Chart>[0]['option'];

// InsightPage counts what happened; every number leads to the conversations behind it.
export function InsightPage() {
  const { t } = useT();
  const { search, value, change } = useAddress();
  const { from, to } = useMemo(() => periodOf(search, new Date()), [search]);
  const answer = useQuery({ queryKey: keys.insight(from, to), queryFn: () => api.insight(...rangeOf(from, to)), placeholderData: keepPreviousData });
  return (
    <main className="page insight">
      <header className="page-head">
        <h1>{t('nav.insight')}</h1>
        <span className="grow" />
        <Segmented value={value('from') ? 'own' : value('days') || '7'} onChange={(v) => change({ days: v === '7' || v === 'own' ? undefined : String(v), from: undefined, to: undefined })} options={['1', '7', '30', '90'].map((d) => ({ value: d, label: t(`insight.days.${d}` as Key) }))} />
        <Input type="date" aria-label={t('insight.from')} value={from} max={to} onChange={(e) => change({ from: e.target.value, to })} style={{ width: 150 }} />
        <Input type="date" aria-label={t('insight.to')} value={to} min={from} onChange={(e) => change({ from, to: e.target.value })} style={{ width: 150 }} />
      </header>
      <Await answer={answer} skeleton={<Rows n={6} />}>{(data) => <Numbers data={data} />}</Await>
    </main>
  );
}

function Numbers({ data }: { data: Insight }) {
  const { t, l } = useT();
  const navigate = useNavigate();
  const n = data.totals;
  const days = data.by_day; // the shop's days, those without anything included
  const option = useCallback<OptionOf>((c) => ({
    color: c.series,
    animation: false,
    grid: { left: 8, right: 12, top: 34, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: { top: 0, left: 0, icon: 'roundRect', itemWidth: 10, itemHeight: 10, textStyle: { color: c.text } },
    tooltip: { trigger: 'axis', backgroundColor: c.surface, borderColor: c.line, textStyle: { color: c.text } },
    xAxis: { type: 'category', data: days.map((d) => d.day), axisLabel: { color: c.text, formatter: (v: string) => v.slice(5) }, axisLine: { lineStyle: { color: c.line } }, axisTick: { show: false } },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { color: c.text }, splitLine: { lineStyle: { color: c.line } } },
    series: [
      { name: t('insight.automated'), type: 'bar', stack: 'all', data: days.map((d) => d.automated), barMaxWidth: 26 },
      { name: t('insight.assisted'), type: 'bar', stack: 'all', data: days.map((d) => Math.max(0, d.conversations - d.automated)), itemStyle: { borderRadius: [3, 3, 0, 0] } },
      { name: t('insight.handoffs'), type: 'line', data: days.map((d) => d.handoffs), symbolSize: 6 },
    ],
  }), [days, t]);
  const pick = useCallback((day: string) => void navigate(listPath({ day })), [navigate]);
  if (!n.conversations) return <Empty title={t('insight.none')} hint={t('insight.none.hint')} />;
  const share = n.automated === undefined ? undefined : n.automated / n.conversations;
  return (
    <>
      <section className="tiles">
        <Tile name={t('insight.conversations')} value={number(n.conversations, l)} to="/inbox?filter=all" />
        <Tile name={t('insight.automation')} value={percent(share, 1)} hint={t('insight.automation.hint', { n: number(n.automated, l) })} to="/inbox?filter=agent" />
        <Tile name={t('insight.handoffs')} value={number(n.handoffs, l)} hint={n.handoffs === undefined ? undefined : percent(n.handoffs / n.conversations, 1)} to={listPath({ category: 'human' })} />
        <Tile name={t('insight.waiting')} value={span(n.waiting_p50_ms, l)} hint={t('insight.p90', { span: span(n.waiting_p90_ms, l) })} to="/inbox?filter=waiting" />
        <Tile name={t('insight.first')} value={span(n.first_reply_p50_ms, l)} to="/inbox?filter=all" />
        <Tile name={t('insight.rating')} value={n.rating_count ? (n.rating_mean ?? 0).toFixed(2) : '–'} hint={t('insight.rating.count', { n: number(n.rating_count ?? 0, l) })} to={listPath({ rating: '1' })} />
        <Tile name={t('insight.tickets')} value={number(n.tickets_opened, l)} hint={n.tickets_breached === undefined ? undefined : t('insight.breached', { n: number(n.tickets_breached, l) })} to="/tickets" />
      </section>
      <section className="box"><h3>{t('insight.by.day')}</h3><Suspense fallback={<Rows n={3} />}><Chart option={option} label={t('insight.by.day')} onPick={pick} /></Suspense></section>
      <div className="insight-grid">
        {(['category', 'emotion', 'intent', 'channel', 'rating'] as const).map((facet) => <Shares key={facet} facet={facet} rows={data[`by_${facet}`] ?? []} />)}
      </div>
    </>
  );
}

const Tile = ({ name, value, hint, to }: { name: string; value: string; hint?: string; to: string }) => (
  <Link className="tile" to={to}><span>{name}</span><strong>{value}</strong><small>{hint ?? ' '}</small></Link>
);

function Shares({ facet, rows }: { facet: 'category' | 'emotion' | 'intent' | 'channel' | 'rating'; rows: { key: string; n: number }[] }) {
  const { t, l } = useT();
  if (!rows.length) return null;
  return (
    <section className="box">
      <h3>{t(`insight.by.${facet}` as Key)}</h3>
      {shares(rows, 10).map((r) => (
        <Link key={r.key} className="share" to={listPath({ [facet]: r.key })}>
          <span>{facet === 'rating' ? '★'.repeat(Number(r.key)) : word(t, facet, r.key)}</span>
          <i><b style={{ width: `${r.width * 100}%` }} /></i>
          <strong>{number(r.n, l)}</strong><small>{percent(r.share)}</small>
        </Link>
      ))}
    </section>
  );
}
