import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, keys, type TicketQuery } from '../../lib/api';
import { useT } from '../../lib/i18n';
import { Await } from '../../ui';
import { SlaMark } from './SlaMark';
import { StatusMark } from './StatusMark';

// TicketLines is a short list of tickets, for side panels.
export function TicketLines({ query }: { query: TicketQuery }) {
  const { t } = useT();
  const answer = useQuery({ queryKey: keys.tickets(query), queryFn: () => api.tickets.list(query) });
  return (
    <Await answer={answer}>
      {(page) => page.items.length ? (
        <ul className="lines">
          {page.items.map((k) => (
            <li key={k.id}>
              <Link to={`/tickets/${k.id}`}><code>{k.number}</code> {k.title}</Link>
              <span><StatusMark name={k.status} /> <SlaMark ticket={k} /></span>
            </li>
          ))}
        </ul>
      ) : <p className="none">{t('ticket.none')}</p>}
    </Await>
  );
}
