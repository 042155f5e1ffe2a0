import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, type JourneyNode, type JourneyVersion } from '../../lib/api';
import { useT, word, type Key } from '../../lib/i18n';
import { Button, Drawer, Failure, Input, Select, useSay } from '../../ui';
import { dials, faultsOf, linesOf, pairsOf, parted, participations, replaced } from './node';

type Props = { version: JourneyVersion; at: number; close: () => void };
const texts = ['name', 'behaviour', 'service', 'duty', 'okr'] as const;

// NodeEdit changes one row; saving makes the next version of the whole table.
export function NodeEdit({ version, at, close }: Props) {
  const { t, l } = useT();
  const say = useSay();
  const client = useQueryClient();
  const begun = version.table.nodes[at]!;
  const [node, setNode] = useState<JourneyNode>(begun);
  const [zh, setZh] = useState(linesOf(begun.touchpoints, 'zh'));
  const [en, setEn] = useState(linesOf(begun.touchpoints, 'en'));
  const [note, setNote] = useState('');
  const save = useMutation({
    mutationFn: () => api.journey.save(version.number, replaced(version.table, { ...node, touchpoints: pairsOf(zh, en) }), note),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['journey'] });
      say.done(t('journey.saved'));
      close();
    },
  });
  const faults = faultsOf(save.error, at);
  const set = (part: Partial<JourneyNode>) => setNode((n) => parted({ ...n, ...part }));
  const known = [...new Set(version.table.nodes.flatMap((n) => n.flows))].sort();
  const off = node.participation === 'none';
  return (
    <Drawer open onClose={close} title={begun.name[l]} size={560} footer={<div className="journey-foot"><Input value={note} onChange={(e) => setNote(e.target.value)} maxLength={400} placeholder={t('journey.note')} aria-label={t('journey.note')} /><Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>{t('do.save')}</Button></div>}>
      {save.error ? <Failure error={save.error} /> : null}
      <div className="journey-form">
        <div className="form-row">
          <Field title="journey.participation" fault={faults.participation}><Select aria-label={t('journey.participation')} value={node.participation} onChange={(participation) => set({ participation })} options={participations.map((value) => ({ value, label: word(t, 'participation', value) }))} /></Field>
          <Field title="journey.dial" fault={faults.dial}><Select aria-label={t('journey.dial')} disabled={off} value={node.dial} onChange={(dial) => set({ dial })} options={dials.map((value) => ({ value, label: word(t, 'dial', value), disabled: (value === 'off') !== off }))} /></Field>
        </div>
        <Field title="journey.flows" fault={faults.flows}><Select aria-label={t('journey.flows')} mode="multiple" disabled={off} value={node.flows} onChange={(flows) => set({ flows })} options={known.map((value) => ({ value, label: word(t, 'intent', value) }))} /></Field>
        <Pairing title="journey.touchpoints" hint="journey.touchpoints.hint" fault={faults.touchpoints} zh={zh} en={en} change={(side, v) => (side === 'zh' ? setZh : setEn)(v)} />
        {texts.map((f) => <Pairing key={f} title={`journey.${f}`} fault={faults[f]} zh={node[f].zh} en={node[f].en} change={(side, v) => set({ [f]: { ...node[f], [side]: v } })} />)}
      </div>
    </Drawer>
  );
}

const Field = ({ title, hint, fault, children }: { title: Key; hint?: Key; fault?: string; children: ReactNode }) => {
  const { t } = useT();
  return <div className="journey-field"><strong>{t(title)}</strong>{hint && <small>{t(hint)}</small>}{children}{fault && <small className="bad" role="alert">{fault}</small>}</div>;
};

function Pairing({ title, hint, fault, zh, en, change }: { title: Key; hint?: Key; fault?: string; zh: string; en: string; change: (side: 'zh' | 'en', value: string) => void }) {
  const { t } = useT();
  const of = (side: 'zh' | 'en', value: string) => <Input.TextArea lang={side} autoSize={{ minRows: 1, maxRows: 8 }} value={value} status={fault ? 'error' : undefined} aria-label={`${t(title)} · ${word(t, 'language', side)}`} onChange={(e) => change(side, e.target.value)} />;
  return <Field title={title} hint={hint} fault={fault}><div className="journey-pair">{of('zh', zh)}{of('en', en)}</div></Field>;
}
