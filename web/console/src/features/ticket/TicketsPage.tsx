import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, keys, type TicketQuery, type TicketRow } from '../../lib/api';
import { useCommands } from '../../lib/commands';
import { useT, word } from '../../lib/i18n';
import { useAddress } from '../../lib/url';
import { Button, Empty, Failure, IconPlus, IconSearch, Input, Rows, Select, Time, VirtualList } from '../../ui';
import { useCan, useMe } from '../auth/session';
import { neighbour } from '../inbox/filters';
import { PriorityMark } from '../inbox/Marks';
import { NewTicket } from './NewTicket';
import { SlaMark } from './SlaMark';
import { StatusMark } from './StatusMark';
import { departments, priorities, statuses } from './words';
import './ticket.css';

const names = ['status', 'priority', 'department', 'assignee', 'q', 'customer'] as const;

export function readTicketQuery(search: URLSearchParams): TicketQuery {
  const query = Object.fromEntries(names.map((name) => [name, search.get(name) || undefined]).filter(([, v]) => v)) as TicketQuery;
  if (!statuses.some((s) => s === query.status)) delete query.status;
  if (!priorities.some((p) => p === query.priority)) delete query.priority;
  return query;
}

export function TicketsPage() {
  const { t } = useT();
  const can = useCan();
  const me = useMe().data;
  const navigate = useNavigate();
  const { search, value, change } = useAddress();
  const query = useMemo(() => readTicketQuery(search), [search]);
  const [text, setText] = useState(query.q ?? '');
  const [at, setAt] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => (query.q ?? '') !== text.trim() && change({ q: text.trim() || undefined }), 200);
    return () => clearTimeout(timer);
  }, [text, query.q, change]);
  const list = useInfiniteQuery({
    queryKey: keys.tickets(query),
    queryFn: ({ pageParam, signal }) => api.tickets.list({ ...query, cursor: pageParam || undefined }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.pages.flatMap((p) => p.items) ?? [];
  const counts = list.data?.pages[0]?.counts ?? {};
  const ids = rows.map((r) => r.id);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const more = useCallback(() => void (hasNextPage && !isFetchingNextPage && fetchNextPage()), [hasNextPage, isFetchingNextPage, fetchNextPage]);
  useCommands([
    { id: 'list.next', title: 'inbox.next', keys: 'j', run: () => setAt(neighbour(ids, at, 1)), hidden: true },
    { id: 'list.previous', title: 'inbox.previous', keys: 'k', run: () => setAt(neighbour(ids, at, -1)), hidden: true },
    { id: 'list.open', title: 'do.open', keys: 'Enter', when: () => !!at, run: () => void navigate(`/tickets/${at}`), hidden: true },
    { id: 'ticket.new', title: 'ticket.new', group: 'group.make', keys: 'c', when: () => can('ticket.write'), run: () => change({ new: '1' }) },
  ]);
  const pick = (group: string, list: readonly string[]) => list.map((w) => ({ value: w, label: counts[w] !== undefined && group === 'status' ? `${word(t, group, w)} ${counts[w]}` : word(t, group, w) }));
  return (
    <main className="page tickets">
      <header className="page-head">
        <h1>{t('nav.tickets')}</h1>
        <Input allowClear className="grow" prefix={<IconSearch />} placeholder={t('ticket.search')} aria-label={t('ticket.search')} value={text} onChange={(e) => setText(e.target.value)} />
        <Select allowClear placeholder={t('ticket.status')} aria-label={t('ticket.status')} value={query.status} onChange={(v?: string) => change({ status: v })} options={pick('status', statuses)} style={{ width: 150 }} />
        <Select allowClear placeholder={t('ticket.priority')} aria-label={t('ticket.priority')} value={query.priority} onChange={(v: string | undefined) => change({ priority: v })} options={pick('priority', priorities)} style={{ width: 110 }} />
        <Select allowClear placeholder={t('ticket.department')} aria-label={t('ticket.department')} value={query.department} onChange={(v: string | undefined) => change({ department: v })} options={pick('department', departments)} style={{ width: 160 }} />
        <Button type={query.assignee ? 'primary' : 'default'} ghost={!!query.assignee} onClick={() => change({ assignee: query.assignee ? undefined : (me?.staff_id ?? '') })} aria-pressed={!!query.assignee}>{t('ticket.mine')}</Button>
        {can('ticket.write') && <Button type="primary" icon={<IconPlus />} onClick={() => change({ new: '1' })}>{t('ticket.new')}</Button>}
      </header>
      <section className="box flush tickets-list">
        {list.isPending ? <Rows n={8} /> : null}
        {list.error && !list.data ? <Failure error={list.error} again={() => void list.refetch()} /> : null}
        {list.data && !rows.length ? <Empty title={t('ticket.none')} hint={t('ticket.none.hint')} /> : null}
        {rows.length > 0 && <VirtualList items={rows} row={58} label={t('nav.tickets')} selected={at ? ids.indexOf(at) : -1} idOf={(r) => r.id} onEnd={more} render={(row) => <Line ticket={row} on={row.id === at} />} />}
      </section>
      {value('new') && <NewTicket conversation={value('conversation')} customer={value('customer')} close={() => change({ new: undefined, conversation: undefined, customer: undefined })} />}
    </main>
  );
}

function Line({ ticket: k, on }: { ticket: TicketRow; on: boolean }) {
  const { t } = useT();
  return (
    <Link to={`/tickets/${k.id}`} className={`ticket-line${on ? ' on' : ''}`}>
      <code>{k.number}</code>
      <span className="ticket-title"><strong>{k.title}</strong><small>{word(t, 'type', k.type)} · {k.customer?.name ?? ''}</small></span>
      <span className="ticket-marks"><span><PriorityMark level={k.priority} /></span><StatusMark name={k.status} /><SlaMark ticket={k} /></span>
      <span className="ticket-dep">{word(t, 'department', k.department)}<small>{k.assignee?.name ?? t('ticket.nobody')}</small></span>
      <Time at={k.updated_at} />
    </Link>
  );
}
