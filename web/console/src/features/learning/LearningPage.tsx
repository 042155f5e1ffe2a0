import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, keys, type Draft, type Gap } from '../../lib/api';
import { useT, word } from '../../lib/i18n';
import { useAddress } from '../../lib/url';
import { Await, Chip, Empty, Segmented, Time } from '../../ui';
import { draftTone, share } from './words';
import './learning.css';

const states = ['open', 'drafted', 'closed'] as const;

// LearningPage lists what could not be answered, the largest impact first, and how what was published does.
export function LearningPage() {
  const { t } = useT();
  const { value, change } = useAddress();
  const view = value('view') || 'open';
  const state = states.find((s) => s === view);
  return (
    <main className="page">
      <header className="page-head">
        <h1>{t('nav.learning')}</h1>
        <small>{t('learning.hint')}</small>
        <span className="grow" />
        <Segmented value={view} onChange={(v) => change({ view: String(v) })} options={[...states.map((s) => ({ value: s as string, label: word(t, 'learning.state', s) })), { value: 'watched', label: t('learning.watched') }]} />
      </header>
      <section className="box flush">{state ? <Gaps state={state} /> : <Watched />}</section>
    </main>
  );
}

function Gaps({ state }: { state: (typeof states)[number] }) {
  const { t } = useT();
  const answer = useQuery({ queryKey: keys.gaps(state), queryFn: () => api.learning.gaps(state) });
  return <Await answer={answer}>{(page) => (page.items.length ? <ul className="gaps">{page.items.map((g) => <Line key={g.id} gap={g} />)}</ul> : <Empty title={t('learning.none')} hint={t('learning.none.hint')} />)}</Await>;
}

function Line({ gap: g }: { gap: Gap }) {
  const { t } = useT();
  return (
    <li>
      <Link to={`/learning/${encodeURIComponent(g.id)}`} className="gap-line">
        <strong className="gap-impact" title={t('learning.impact', { n: Math.round(g.impact) })}>{Math.round(g.impact)}</strong>
        <span className="ticket-title"><strong>{g.title}</strong><small>{g.phrasings.slice(0, 3).join(' · ')}</small></span>
        <span className="ticket-marks">
          <Chip>{t('learning.people', { n: g.people })}</Chip>
          {g.answers > 0 && <Chip tone="good">{t('learning.answers', { n: g.answers })}</Chip>}
          {g.share ? <Chip tone="warn">{share(g.share)}</Chip> : null}
        </span>
        <Time at={g.last_at} />
      </Link>
    </li>
  );
}

function Watched() {
  const { t } = useT();
  const answer = useQuery({ queryKey: keys.drafts, queryFn: api.learning.drafts });
  return (
    <Await answer={answer}>
      {(page) => {
        const list = page.items.filter((d) => d.watch);
        return list.length ? <ul className="gaps">{list.map((d) => <WatchedLine key={d.id} draft={d} />)}</ul> : <Empty title={t('learning.none')} />;
      }}
    </Await>
  );
}

function WatchedLine({ draft: d }: { draft: Draft }) {
  const { t } = useT();
  const w = d.watch!;
  return (
    <li>
      <Link to={`/learning/${encodeURIComponent(d.gap_id)}`} className="gap-line">
        <span className="ticket-title"><strong>{d.content.title}</strong><small>{t('learning.watch', { n: w.cited, h: w.harmed, c: w.held, u: share(w.uplift) })}</small></span>
        <Chip tone={draftTone[d.state]}>{word(t, 'learning.draft', d.state)}</Chip>
        <Time at={d.updated_at} />
      </Link>
    </li>
  );
}
