import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { api, keys } from '../../lib/api';
import { useT, word } from '../../lib/i18n';
import { Await, Chip, Time } from '../../ui';
import { TicketLines } from '../ticket/TicketLines';
import { useCan } from '../auth/session';
import { HandlerMark } from '../inbox/Marks';
import { Orders, Profile, Timeline } from './CustomerPanel';
import './customer.css';

// CustomerPage is the whole of one customer on one page.
export function CustomerPage() {
  const { id = '' } = useParams();
  const { t } = useT();
  const answer = useQuery({ queryKey: keys.customer(id), queryFn: () => api.customers.one(id) });
  return (
    <main className="page customer-page">
      <Await answer={answer}>
        {(c) => (
          <>
            <section className="box">
              <Profile customer={c} />
              {c.identities?.length ? <p className="identities">{c.identities.map((i) => <Chip key={i.channel + i.handle} title={i.handle}>{word(t, 'channel', i.channel)}</Chip>)}</p> : null}
              <h3>{t('customer.conversations')}</h3>
              <Conversations id={id} />
            </section>
            <section className="box"><h3>{t('customer.orders')}</h3><Orders id={id} /></section>
            <section className="box"><h3>{t('nav.tickets')}</h3><TicketLines query={{ customer: id }} /></section>
            <section className="box"><h3>{t('customer.timeline')}</h3><Timeline id={id} /></section>
          </>
        )}
      </Await>
    </main>
  );
}

function Conversations({ id }: { id: string }) {
  const { t } = useT();
  const can = useCan()('conversation.read');
  const query = { filter: 'all' as const, customer: id };
  const answer = useQuery({ queryKey: keys.inbox({ ...query, short: true }), queryFn: () => api.conversations.list(query), enabled: can });
  const rows = (answer.data?.items ?? []).slice(0, 6); // the newest; search finds the others
  if (!rows.length) return <p className="none">{t('customer.conversations.none')}</p>;
  return (
    <ul className="lines">
      {rows.map((r) => (
        <li key={r.id}>
          <Link to={`/inbox/${r.id}?filter=all`}>{r.last_text}</Link> <HandlerMark handler={r.handler} status={r.status} assignee={r.assignee} /> <Time at={r.last_at} />
        </li>
      ))}
    </ul>
  );
}
