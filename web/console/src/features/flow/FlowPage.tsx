import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router';
import { api, keys, type FlowFigures, type FlowFull } from '../../lib/api';
import { number } from '../../lib/format';
import { useT, word } from '../../lib/i18n';
import { Await, Chip, IconBack, Segmented } from '../../ui';
import { Days, daysOf } from './Days';
import { Diagram } from './Diagram';
import { Source } from './Source';
import { StepView } from './StepView';
import './flow.css';

// FlowPage is one process as a diagram with live numbers; a step opens beside it.
export function FlowPage() {
  const { t, l } = useT();
  const { id = '' } = useParams();
  const [search, set] = useSearchParams();
  const days = daysOf(search);
  const answer = useQuery({ queryKey: keys.flow(id), queryFn: () => api.flows.one(id) });
  const figures = useQuery({ queryKey: keys.flowFigures(id, days), queryFn: () => api.flows.figures(id, days), refetchInterval: 10_000 }).data;
  const chosen = Number(search.get('step') ?? -1);
  const choose = (i: number) => set((s) => { s.set('step', String(i)); return s; }, { replace: true });
  const view = search.get('view') === 'text' ? 'text' : 'diagram';
  const show = (v: string) => set((s) => { s.set('view', v); return s; }, { replace: true });
  return (
    <main className="page flow-page">
      <header className="page-head">
        <Link to={`/flows?days=${days}`} aria-label={t('nav.flows')}><IconBack /></Link>
        <h1><code>{id}</code>{answer.data?.flow.title[l]}</h1>
        <span className="grow" />
        <Segmented value={view} onChange={show} options={(['diagram', 'text'] as const).map((value) => ({ value, label: t(`flow.${value}`) }))} />
        {view === 'diagram' && <Days />}
      </header>
      {view === 'text' ? <Source id={id} /> : <Await answer={answer}>{(full) => <Body full={full} figures={figures} chosen={chosen} choose={choose} />}</Await>}
    </main>
  );
}

function Body({ full, figures, chosen, choose }: { full: FlowFull; figures?: FlowFigures; chosen: number; choose: (i: number) => void }) {
  const { t, l } = useT();
  const f = full.flow;
  const step = f.steps[chosen];
  return (
    <>
      <section className="box flow-facts">
        {(['entered', 'finished', 'cancelled', 'handed_off', 'refused', 'open'] as const).map((k) => <div key={k}><small>{t(`flow.${k}`)}</small><strong className={figures?.[k] ? `is-${k}` : 'zero'}>{number(figures?.[k], l)}</strong></div>)}
        <p>{f.intents.map((i) => <Chip key={i} tone="accent">{word(t, 'intent', i)}</Chip>)}<Chip>{word(t, 'assurance', f.assurance)}</Chip>{f.complaint && <Chip tone="warn">{t('flow.care')}</Chip>}</p>
      </section>
      {full.faults.length > 0 && <section className="failure" role="alert">{full.faults.map((x) => <p key={x.location + x.message}><code>{x.location}</code> {x.message}</p>)}</section>}
      <div className="flow-body">
        <section className="box flow-canvas"><Diagram flow={f} figures={figures} chosen={chosen} choose={choose} /></section>
        <aside className="box flow-side">{step ? <StepView flow={f} step={step} at={chosen} figures={figures} /> : <p className="none">{t('flow.choose')}</p>}</aside>
      </div>
    </>
  );
}
