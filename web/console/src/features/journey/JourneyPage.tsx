import { useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { useSearchParams } from 'react-router';
import { api, keys, type JourneyNode, type JourneyVersion } from '../../lib/api';
import { useT, word } from '../../lib/i18n';
import { Await, Button, Chip, Drawer, type Tone } from '../../ui';
import { useCan } from '../auth/session';
import { History } from './History';
import { NodeEdit } from './NodeEdit';
import { byStage } from './node';
import './journey.css';

const tones: Record<JourneyNode['participation'], Tone> = { none: 'plain', assist: 'info', lead: 'brand' };

// JourneyPage is the table of the customer's way: what happens at each node, and how far the agent goes there.
export function JourneyPage() {
  const { t } = useT();
  const [search, setSearch] = useSearchParams();
  const number = Number(search.get('version') ?? 0) || 0;
  const answer = useQuery({ queryKey: keys.journey(number), queryFn: () => api.journey.get(number) });
  const [history, setHistory] = useState(false);
  const show = (n: number) => { setSearch(n ? { version: String(n) } : {}); setHistory(false); };
  return (
    <main className="page journey">
      <header className="page-head">
        <h1>{t('nav.journey')}</h1>
        {answer.data && <Chip tone={number ? 'warn' : 'good'}>{answer.data.number ? t(number ? 'journey.old' : 'journey.version', { n: answer.data.number }) : t('journey.shipped')}</Chip>}
        <span className="grow" />
        {number > 0 && <Button onClick={() => show(0)}>{t('journey.current')}</Button>}
        <Button onClick={() => setHistory(true)}>{t('journey.versions')}</Button>
      </header>
      <p className="none">{t('journey.lead')}</p>
      <Await answer={answer}>{(v) => <Table version={v} old={number > 0} />}</Await>
      <Drawer open={history} onClose={() => setHistory(false)} title={t('journey.versions')} size={420}>{history && <History show={show} />}</Drawer>
    </main>
  );
}

function Table({ version, old }: { version: JourneyVersion; old: boolean }) {
  const { t, l } = useT();
  const may = useCan()('journey.write') && !old;
  const [editing, setEditing] = useState('');
  const at = version.table.nodes.findIndex((n) => n.key === editing);
  return (
    <>
      <section className="box flush"><div className="table-scroll"><table className="table journey-table">
        <thead><tr>{(['node', 'touchpoints', 'behaviour', 'service', 'duty', 'okr', 'agent'] as const).map((c) => <th key={c}>{t(`journey.${c}`)}</th>)}</tr></thead>
        <tbody>
          {byStage(version.table).map(({ stage, nodes }) => (
            <Fragment key={stage}>
              <tr className="journey-stage"><th colSpan={7}>{word(t, 'stage', stage)} <small>{nodes.length}</small></th></tr>
              {nodes.map((n) => (
                <tr key={n.key}>
                  <th scope="row"><strong>{n.name[l]}</strong><code>{n.key}</code>{may && <Button size="small" onClick={() => setEditing(n.key)} aria-label={t('journey.edit', { name: n.name[l] })}>{t('do.edit')}</Button>}</th>
                  <td data-name={t('journey.touchpoints')}><span>{n.touchpoints.map((p) => p[l]).join(l === 'zh' ? '、' : ', ')}</span></td>
                  {(['behaviour', 'service', 'duty', 'okr'] as const).map((f) => <td key={f} data-name={t(`journey.${f}`)}><span>{n[f][l]}</span></td>)}
                  <td data-name={t('journey.agent')}><Agent node={n} /></td>
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table></div></section>
      {at >= 0 && <NodeEdit key={editing} version={version} at={at} close={() => setEditing('')} />}
    </>
  );
}

function Agent({ node }: { node: JourneyNode }) {
  const { t } = useT();
  return (
    <span className="journey-agent">
      <Chip tone={tones[node.participation]}>{word(t, 'participation', node.participation)}</Chip>
      {node.dial !== 'off' && <Chip title={t('journey.dial')}>{word(t, 'dial', node.dial)}</Chip>}
      {node.flows.map((f) => <Chip key={f} tone="accent">{word(t, 'intent', f)}</Chip>)}
    </span>
  );
}
