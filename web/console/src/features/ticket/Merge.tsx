import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, keys, type Ticket, type TicketRow } from '../../lib/api';
import { useT } from '../../lib/i18n';
import { Input, Modal, useSay } from '../../ui';
import { StatusMark } from './StatusMark';

// Merge joins this ticket to another one that tells the same matter; it cannot be taken back, so it says what will happen.
export function Merge({ ticket: k, close }: { ticket: Ticket; close: () => void }) {
  const { t } = useT();
  const say = useSay();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [into, setInto] = useState<TicketRow>();
  const q = useDeferredValue(text.trim());
  const query = q ? { q } : k.customer ? { customer: k.customer.id } : {};
  const found = useQuery({ queryKey: keys.tickets(query), queryFn: () => api.tickets.list(query) });
  const others = (found.data?.items ?? []).filter((x) => x.id !== k.id).slice(0, 8);
  const merge = useMutation({
    mutationFn: (to: string) => api.tickets.merge(k.id, to),
    onError: say.failed,
    onSuccess: async (_none, to) => {
      await client.invalidateQueries();
      await navigate(`/tickets/${to}`);
    },
  });
  return (
    <Modal open title={t('ticket.merge')} onCancel={close} okText={t('ticket.merge.do')} okButtonProps={{ disabled: !into, loading: merge.isPending }} onOk={() => into && merge.mutate(into.id)}>
      <p>{t('ticket.merge.hint', { number: k.number })}</p>
      <Input autoFocus value={text} placeholder={t('ticket.search')} aria-label={t('ticket.search')} onChange={(e) => setText(e.target.value)} />
      <div className="merge-list" role="radiogroup" aria-label={t('ticket.merge')}>
        {others.map((x) => (
          <button key={x.id} type="button" role="radio" aria-checked={into?.id === x.id} onClick={() => setInto(x)}><code>{x.number}</code> {x.title} <StatusMark name={x.status} /></button>
        ))}
        {found.data && !others.length && <p className="none">{t('ticket.none')}</p>}
      </div>
    </Modal>
  );
}
