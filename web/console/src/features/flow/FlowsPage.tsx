import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { api, keys, type FlowRow } from '../../lib/api';
import { number, percent } from '../../lib/format';
import { useT, word } from '../../lib/i18n';
import { Await, Chip } from '../../ui';
import { Days, daysOf } from './Days';
import './flow.css';

const columns = ['entered', 'finished', 'cancelled', 'handed_off', 'refused', 'open'] as const;

// FlowsPage lists the processes the agent carries out, with how they went.
export function FlowsPage() {
  const { t } = useT();
  const days = daysOf(useSearchParams()[0]);
  const answer = useQuery({ queryKey: keys.flows(days), queryFn: () => api.flows.list(days), refetchInterval: 15_000 });
  return (
    <main className="page flows">
      <header className="page-head"><h1>{t('nav.flows')}</h1><span className="grow" /><Days /></header>
      <p className="none">{t('flow.lead')}</p>
      <Await answer={answer}>
        {({ items }) => (
          <section className="box flush"><div className="table-scroll"><table className="table flow-list">
            <thead><tr><th>{t('flow.title')}</th>{columns.map((c) => <th key={c}>{t(`flow.${c}`)}</th>)}</tr></thead>
            <tbody>{items.map((f) => <Row key={f.id} flow={f} days={days} />)}</tbody>
          </table></div></section>
        )}
      </Await>
    </main>
  );
}

function Row({ flow, days }: { flow: FlowRow; days: number }) {
  const { t, l } = useT();
  const f = flow.figures;
  return (
    <tr>
      <td><Link to={`/flows/${flow.id}?days=${days}`}><strong>{flow.title[l]}</strong></Link> {flow.complaint && <Chip tone="warn">{t('flow.care')}</Chip>}<small>{t('flow.steps', { n: flow.steps })} · {word(t, 'assurance', flow.assurance)}</small></td>
      <td>{number(f.entered, l)}</td>
      {(['finished', 'cancelled', 'handed_off', 'refused', 'open'] as const).map((c) => <td key={c} title={f.entered ? percent(f[c] / f.entered) : undefined} className={f[c] ? `is-${c}` : 'zero'}>{number(f[c], l)}{c === 'finished' && f.entered > 0 && <small>{percent(f.finished / f.entered)}</small>}</td>)}
    </tr>
  );
}
