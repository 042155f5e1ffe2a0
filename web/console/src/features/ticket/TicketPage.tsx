import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { api, keys, type Ticket, type TicketEvent, type TicketPatch } from '../../lib/api';
import { useCommands } from '../../lib/commands';
import { keepDraft, useDraft } from '../../lib/drafts';
import { full } from '../../lib/format';
import { useT, word } from '../../lib/i18n';
import { Await, Button, Checkbox, Chip, Empty, Fact, IconBack, IconButton, IconMerge, Input, Plain, Select, Time, useSay } from '../../ui';
import { useCan, useMe } from '../auth/session';
import { PriorityMark } from '../inbox/Marks';
import { Merge } from './Merge';
import { SlaMark } from './SlaMark';
import { StatusMark } from './StatusMark';
import { departments, priorities } from './words';
import './ticket.css';

export function TicketPage() {
  const { id = '' } = useParams();
  const answer = useQuery({ queryKey: keys.ticket(id), queryFn: () => api.tickets.one(id) });
  return <main className="page ticket-page"><Await answer={answer}>{(ticket) => <Open ticket={ticket} />}</Await></main>;
}

// useTicketChange sends one change; the server answers with what it made of it.
function useTicketChange(id: string) {
  const client = useQueryClient();
  const say = useSay();
  return useMutation({
    mutationFn: (p: TicketPatch) => api.tickets.change(id, p),
    onError: say.failed,
    onSettled: () => Promise.all([keys.ticket(id), ['tickets']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

function Open({ ticket: k }: { ticket: Ticket }) {
  const { t, l } = useT();
  const can = useCan()('ticket.write');
  const navigate = useNavigate();
  const me = useMe().data;
  const change = useTicketChange(k.id);
  const [merging, setMerging] = useState(false);
  const next = k.next as Ticket['status'][];
  const move = (status: Ticket['status']) => change.mutate({ status });
  useCommands([
    { id: 'ticket.solve', title: 'ticket.solve', keys: 'e', when: () => can && next.includes('solved'), run: () => move('solved') },
    { id: 'ticket.reopen', title: 'ticket.reopen', when: () => can && next.includes('open'), run: () => move('open') },
    { id: 'ticket.take', title: 'ticket.take', keys: 't', when: () => can && k.assignee?.id !== me?.staff_id, run: () => change.mutate({ assignee_id: me?.staff_id }) },
    { id: 'ticket.merge', title: 'ticket.merge', when: () => can, run: () => setMerging(true) },
  ]);
  return (
    <>
      <header className="page-head">
        <IconButton title={t('do.back')} icon={<IconBack />} onClick={() => void navigate(-1)} />
        <h1><code>{k.number}</code> {k.title}</h1>
        <StatusMark name={k.status} /><PriorityMark level={k.priority} /><SlaMark ticket={k} />
        <span className="grow" />
        {can && next.map((s) => <Button key={s} type={s === 'solved' ? 'primary' : 'default'} loading={change.isPending && change.variables?.status === s} onClick={() => move(s)}>{t('ticket.move', { status: word(t, 'status', s) })}</Button>)}
        {can && <IconButton title={t('ticket.merge')} icon={<IconMerge />} onClick={() => setMerging(true)} />}
      </header>
      <div className="ticket-body">
        <section className="box">
          {k.merged_into && <p className="standing warn">{t('ticket.merged')} <Link to={`/tickets/${k.merged_into}`}>{t('do.open')}</Link></p>}
          {k.description && <div className="ticket-description"><Plain text={k.description} /></div>}
          <h3>{t('ticket.timeline')}</h3>
          {k.events?.length ? <ol className="events">{k.events.map((e) => <Event key={e.id} event={e} />)}</ol> : <Empty title={t('ticket.events.none')} />}
          {can && <Comment ticket={k} />}
        </section>
        <aside className="box">
          <Facts ticket={k} can={can} change={(p) => change.mutate(p)} />
          <dl>
            <Fact name={t('ticket.type')}>{word(t, 'type', k.type)}</Fact>
            {k.customer && <Fact name={t('customer.title')}><Link to={`/customers/${k.customer.id}`}>{k.customer.name || t('customer.visitor')}</Link></Fact>}
            {k.conversation_id && <Fact name={t('ticket.conversation')}><Link to={`/inbox/${k.conversation_id}?filter=all`}>{t('do.open')}</Link></Fact>}
            {k.sla?.first_due_at && <Fact name={t('sla.first')}>{full(k.sla.first_due_at, l)}</Fact>}
            {k.sla?.due_at && <Fact name={t('sla.resolve')}>{full(k.sla.due_at, l)}</Fact>}
            <Fact name={t('ticket.created')}>{full(k.created_at, l)}</Fact>
            <Fact name={t('ticket.updated')}>{full(k.updated_at, l)}</Fact>
          </dl>
        </aside>
      </div>
      {merging && <Merge ticket={k} close={() => setMerging(false)} />}
    </>
  );
}

function Facts({ ticket: k, can, change }: { ticket: Ticket; can: boolean; change: (p: TicketPatch) => void }) {
  const { t, l } = useT();
  const able = useCan();
  const staff = useQuery({ queryKey: keys.staff, queryFn: api.staff.list, enabled: able('staff.read'), staleTime: 60_000 });
  const teams = useQuery({ queryKey: keys.teams, queryFn: api.staff.teams, enabled: able('staff.read'), staleTime: 60_000 });
  const people = (staff.data?.items ?? []).filter((s) => s.active || s.id === k.assignee?.id).map((s) => ({ value: s.id, label: s.name }));
  if (k.assignee && !people.some((p) => p.value === k.assignee?.id)) people.push({ value: k.assignee.id, label: k.assignee.name });
  const pick = (group: string, list: readonly string[]) => list.map((w) => ({ value: w, label: word(t, group, w) }));
  return (
    <div className="ticket-fields">
      <label>{t('ticket.assignee')}<Select showSearch={{ optionFilterProp: 'label' }} disabled={!can} placeholder={t('ticket.nobody')} value={k.assignee?.id || undefined} onChange={(v) => change({ assignee_id: v })} options={people} /></label>
      <label>{t('ticket.team')}<Select disabled={!can} placeholder="–" value={k.team?.id || undefined} onChange={(v) => change({ team_id: v })} options={(teams.data?.items ?? []).map((x) => ({ value: x.id, label: x.name[l] || x.name.zh }))} /></label>
      <label>{t('ticket.priority')}<Select disabled={!can} value={k.priority} onChange={(v) => change({ priority: v })} options={pick('priority', priorities)} /></label>
      <label>{t('ticket.department')}<Select disabled={!can} value={k.department || undefined} onChange={(v) => change({ department: v })} options={pick('department', departments)} /></label>
    </div>
  );
}

function Event({ event: e }: { event: TicketEvent }) {
  const { t } = useT();
  const spoken = e.kind === 'comment';
  return (
    <li className={`event event-${e.kind}${spoken ? ' spoken' : ''}${spoken && !e.public ? ' internal' : ''}`}>
      <header>
        <strong>{e.author_name || word(t, 'author', e.author)}</strong>
        {!spoken && <span>{word(t, 'event', e.kind)}</span>}
        {spoken && <Chip tone={e.public ? 'info' : 'warn'}>{t(e.public ? 'ticket.public' : 'ticket.internal')}</Chip>}
        <Time at={e.at} />
      </header>
      {e.text && <p><Plain text={e.text} /></p>}
    </li>
  );
}

function Comment({ ticket: k }: { ticket: Ticket }) {
  const { t } = useT();
  const say = useSay();
  const client = useQueryClient();
  const draft = useDraft(k.id);
  const open = !draft.note;
  const send = useMutation({
    mutationFn: () => api.tickets.comment(k.id, draft.text.trim(), open),
    onError: say.failed,
    onSuccess: () => {
      keepDraft(k.id, { text: '' });
      return client.invalidateQueries({ queryKey: keys.ticket(k.id) });
    },
  });
  const able = !!draft.text.trim() && !send.isPending;
  return (
    <div className={`comment${open ? '' : ' internal'}`}>
      <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} value={draft.text} aria-label={t('ticket.comment')} placeholder={t(open ? 'ticket.comment.public' : 'ticket.comment.internal')} onChange={(e) => keepDraft(k.id, { text: e.target.value, note: draft.note })} onKeyDown={(e) => e.key === 'Enter' && (e.ctrlKey || e.metaKey) && able && send.mutate()} />
      <div>
        <Checkbox checked={open} onChange={(e) => keepDraft(k.id, { text: draft.text, note: !e.target.checked })}>{t('ticket.comment.show')}</Checkbox>
        <Button type="primary" disabled={!able} loading={send.isPending} onClick={() => send.mutate()}>{t('ticket.comment')}</Button>
      </div>
    </div>
  );
}
