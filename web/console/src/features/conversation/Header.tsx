import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from 'react-router';
import { api, keys, type Conversation } from '../../lib/api';
import { useCommands } from '../../lib/commands';
import { useT, word } from '../../lib/i18n';
import { defer } from '../../lib/later';
import { Avatar, Button, Chip, Dropdown, IconAgent, IconAssign, IconBack, IconButton, IconCustomer, IconDone, IconMore, IconStaff, IconTicket, Kbd, Waited, useSay } from '../../ui';
import { useCan, useMe } from '../auth/session';
import { CategoryMark, Emotion, HandlerMark, PriorityMark, Tier } from '../inbox/Marks';
import { useSteps } from './useConversation';

// Header tells who it is and where it stands, and holds the moves: take, hand back, assign, close.
export function Header({ conversation: c, onSide }: { conversation: Conversation; onSide?: () => void }) {
  const { t } = useT();
  const { search } = useLocation();
  const name = c.customer.name || t('customer.visitor');
  const back = new URLSearchParams(search);
  for (const p of ['turn', 'seq']) back.delete(p);
  return (
    <header className="conversation-head">
      <Link to={`/inbox?${back}`} className="only-narrow" aria-label={t('do.back')}><IconBack /></Link>
      <Avatar name={name} size={34} />
      <div className="conversation-who">
        <h1>
          <Link to={`/customers/${c.customer.id}`}>{name}</Link> <Tier name={c.customer.tier} />
        </h1>
        <p>
          <HandlerMark handler={c.handler} status={c.status} assignee={c.assignee} />
          {c.handler === 'waiting' && c.waiting_since && c.status !== 'closed' ? <Waited at={c.waiting_since} /> : null}
          <PriorityMark level={c.priority} />
          <Emotion name={c.emotion} intensity={c.intensity} />
          <CategoryMark name={c.category} />
          <span className="conversation-channel">{word(t, 'channel', c.channel)}{c.assurance ? ` · ${word(t, 'assurance', c.assurance)}` : ''}</span>
        </p>
      </div>
      <Others conversation={c} />
      <Moves conversation={c} />
      {onSide && <IconButton title={t('customer.title')} icon={<IconCustomer />} onClick={onSide} />}
    </header>
  );
}

// Others warns of colleagues in the same conversation before two people answer.
function Others({ conversation: c }: { conversation: Conversation }) {
  const { t } = useT();
  const me = useMe().data;
  const others = (c.present ?? []).filter((p) => p.staff_id !== me?.staff_id);
  if (!others.length) return null;
  const typing = others.find((p) => p.state === 'typing');
  const names = others.map((p) => p.name).join(', ');
  return (
    <span className={`others${typing ? ' typing' : ''}`} role="status" title={t('presence.viewing', { names })}>
      {others.slice(0, 3).map((p) => <Avatar key={p.staff_id} name={p.name} size={22} />)}
      <span>{typing ? t('presence.typing', { name: typing.name }) : t('presence.viewing', { names })}</span>
    </span>
  );
}

function Moves({ conversation: c }: { conversation: Conversation }) {
  const { t } = useT();
  const say = useSay();
  const me = useMe().data;
  const can = useCan();
  const navigate = useNavigate();
  const { step, assign } = useSteps(c.id);
  const staff = useQuery({ queryKey: keys.staff, queryFn: api.staff.list, enabled: can('conversation.assign') && can('staff.read'), staleTime: 60_000 });
  const teams = useQuery({ queryKey: keys.teams, queryFn: api.staff.teams, enabled: can('conversation.assign') && can('staff.read'), staleTime: 60_000 });
  const { l } = useT();
  const open = c.status === 'open';
  const mine = c.handler === 'staff' && c.assignee?.id === me?.staff_id;
  const able = can('conversation.reply');
  const take = () => {
    const run = () => step.mutate('take');
    if (c.handler === 'staff' && c.assignee && !mine) say.ask(t('conversation.take.from', { name: c.assignee.name }), t('conversation.take.from.hint'), t('conversation.take'), run);
    else run();
  };
  const handBack = () => step.mutate('handBack');
  // The server closes for good (only the customer opens again), so the closing waits a moment and can be taken back.
  const close = () => defer(`close:${c.id}`, t('conversation.closing', { name: c.customer.name || t('customer.visitor') }), () => step.mutate('close'));
  const newTicket = () => void navigate(`/tickets?new=1&conversation=${c.id}&customer=${c.customer.id}`);
  useCommands([
    { id: 'conversation.take', title: 'conversation.take', keys: 't', when: () => able && open && !mine, run: take },
    { id: 'conversation.handback', title: 'conversation.handback', keys: 'b', when: () => able && open && c.handler !== 'agent', run: handBack },
    { id: 'conversation.close', title: 'conversation.close', keys: 'e', when: () => able && open, run: close },
    { id: 'conversation.ticket', title: 'conversation.ticket', when: () => can('ticket.write'), run: newTicket },
  ]);
  const people = (staff.data?.items ?? []).filter((s) => s.active && s.id !== c.assignee?.id);
  const menu = {
    items: [
      { key: 'ticket', icon: <IconTicket />, label: t('conversation.ticket'), disabled: !can('ticket.write') },
      { key: 'assign', icon: <IconAssign />, label: t('conversation.assign'), disabled: !open || !can('conversation.assign'), children: [
        ...people.map((s) => ({ key: `staff:${s.id}`, label: s.name })),
        ...(teams.data?.items ?? []).map((team) => ({ key: `team:${team.id}`, label: t('conversation.team', { name: team.name[l] || team.name.zh }) })),
      ] },
      { key: 'handback', icon: <IconAgent />, label: t('conversation.handback'), disabled: !open || c.handler === 'agent' },
      { key: 'close', icon: <IconDone />, label: <>{t('conversation.close')} <Kbd keys="e" /></>, disabled: !able || !open },
    ],
    onClick: ({ key }: { key: string }) => {
      const [kind, id] = key.split(':');
      if (key === 'ticket') newTicket();
      else if (key === 'close') close();
      else if (key === 'handback') handBack();
      else if (id) assign.mutate(kind === 'staff' ? { staff_id: id } : { team_id: id });
    },
  };
  if (!able) return <Chip>{t('conversation.readonly')}</Chip>;
  return (
    <div className="moves">
      {open && !mine && <Button type="primary" aria-label={t('conversation.take')} icon={<IconStaff />} loading={step.isPending} onClick={take}>{t('conversation.take')}</Button>}
      {open && mine && <Button aria-label={t('conversation.handback')} icon={<IconAgent />} loading={step.isPending} onClick={handBack}>{t('conversation.handback')}</Button>}
      {open && mine && <Button className="only-wide" icon={<IconDone />} onClick={close}>{t('conversation.close')}</Button>}
      <Dropdown menu={menu} trigger={['click']} placement="bottomRight">
        <Button type="text" icon={<IconMore />} aria-label={t('do.more')} />
      </Dropdown>
    </div>
  );
}
