import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, keys, type Approval } from '../../lib/api';
import { money } from '../../lib/format';
import { useT } from '../../lib/i18n';
import { Avatar, Await, Button, Chip, Empty, Input, Modal, Waited, useSay } from '../../ui';
import { useCan } from '../auth/session';
import './approval.css';

// ApprovalsPage is what customers have confirmed and a person has to decide, as the customer was shown it.
export function ApprovalsPage() {
  const { t } = useT();
  const may = useCan()('approval.decide');
  const waiting = useQuery({ queryKey: keys.approvals, queryFn: api.approvals.list });
  const [refusing, setRefusing] = useState<Approval>();
  return (
    <main className="page approvals">
      <header className="page-head"><h1>{t('nav.approvals')}</h1></header>
      <p className="approvals-lead">{t(may ? 'approval.lead' : 'approval.read.only')}</p>
      <Await answer={waiting}>
        {(page) => page.items.length ? (
          <ul className="approvals-list">{page.items.map((a) => <One key={a.id} a={a} may={may} refuse={() => setRefusing(a)} />)}</ul>
        ) : <Empty title={t('approval.none')} hint={t('approval.none.hint')} />}
      </Await>
      {refusing && <Refuse a={refusing} close={() => setRefusing(undefined)} />}
    </main>
  );
}

function useDecide(done: string, after?: () => void) {
  const say = useSay();
  const client = useQueryClient();
  const settle = () => client.invalidateQueries({ queryKey: keys.approvals });
  return {
    onError: (e: unknown) => {
      say.failed(e);
      void settle(); // somebody else may have decided
    },
    onSuccess: async () => {
      await settle();
      say.done(done);
      after?.();
    },
  };
}

function One({ a, may, refuse }: { a: Approval; may: boolean; refuse: () => void }) {
  const { t, l } = useT();
  const say = useSay();
  const approve = useMutation({ mutationFn: () => api.approvals.approve(a.id), ...useDecide(t('approval.approve.done')) });
  const ask = () => say.ask(t('approval.approve.ask'), a.summary[l] || a.summary.zh, t('approval.approve'), () => approve.mutate());
  return (
    <li className="box approval">
      <header>
        <Link to={`/customers/${a.customer.id}`} className="person"><Avatar name={a.customer.name || '?'} size={26} /> {a.customer.name || a.customer.id}</Link>
        {a.customer.tier && <Chip>{a.customer.tier}</Chip>}
        <span className="grow" />
        <Waited at={a.updated_at} warm={600_000} hot={3_600_000} />
      </header>
      <h2>{a.summary[l] || a.summary.zh}</h2>
      <dl>
        {a.amount && <div><dt>{t('approval.amount')}</dt><dd><strong>{money(a.amount, l)}</strong></dd></div>}
        {a.lines.map((line, i) => <div key={i}><dt>{line.label[l] || line.label.zh}</dt><dd>{line.value[l] || line.value.zh}</dd></div>)}
        <div><dt>{t('approval.why')}</dt><dd>{a.reason[l] || a.reason.zh}</dd></div>
      </dl>
      <footer>
        <Link to={`/inbox/${a.conversation_id}?filter=all`}>{t('approval.conversation')}</Link>
        <span className="grow" />
        {may && <Button onClick={refuse} disabled={approve.isPending}>{t('approval.reject')}</Button>}
        {may && <Button type="primary" onClick={ask} loading={approve.isPending}>{t('approval.approve')}</Button>}
      </footer>
    </li>
  );
}

function Refuse({ a, close }: { a: Approval; close: () => void }) {
  const { t, l } = useT();
  const [reason, setReason] = useState('');
  const reject = useMutation({ mutationFn: () => api.approvals.reject(a.id, reason.trim()), ...useDecide(t('approval.reject.done'), close) });
  return (
    <Modal open title={t('approval.reject.title')} onCancel={close} okText={t('approval.reject')} okButtonProps={{ danger: true, disabled: !reason.trim(), loading: reject.isPending }} onOk={() => reject.mutate()}>
      <p>{a.summary[l] || a.summary.zh}</p>
      <label htmlFor="reject-reason">{t('approval.reject.reason')}</label>
      <Input.TextArea id="reject-reason" autoFocus maxLength={300} rows={3} value={reason} onChange={(e) => setReason(e.target.value)} />
    </Modal>
  );
}
