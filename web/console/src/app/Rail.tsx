import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useCan, useMe } from '../features/auth/session';
import { api, keys } from '../lib/api';
import { find } from '../lib/commands';
import { useT, word, type Key } from '../lib/i18n';
import { Avatar, Dropdown, IconApproval, IconButton, IconFlow, IconInbox, IconInsight, IconJourney, IconKnowledge, IconLearning, IconSearch, IconSettings, IconTeam, IconTicket, Tooltip } from '../ui';

type Place = { to: string; title: Key; icon: ReactNode; needs?: string; badge?: number; counted?: Key; wide?: boolean };

// Rail leads to the pages: at the left on a desk, at the bottom on a phone.
export function Rail({ onSearch }: { onSearch: () => void }) {
  const { t } = useT();
  const can = useCan();
  const me = useMe().data;
  const waiting = useQuery({ queryKey: keys.inbox({ filter: 'waiting', badge: true }), queryFn: () => api.conversations.list({ filter: 'waiting' }), enabled: can('conversation.read') });
  const badge = waiting.data?.counts?.waiting ?? waiting.data?.items.length;
  const undecided = useQuery({ queryKey: keys.approvals, queryFn: api.approvals.list, enabled: can('approval.read') });
  const places: Place[] = [
    { to: '/inbox', title: 'nav.inbox', icon: <IconInbox />, needs: 'conversation.read', badge },
    { to: '/tickets', title: 'nav.tickets', icon: <IconTicket />, needs: 'ticket.read' },
    { to: '/approvals', title: 'nav.approvals', icon: <IconApproval />, needs: 'approval.read', badge: undecided.data?.items.length, counted: 'approval.count', wide: true },
    { to: '/knowledge', title: 'nav.knowledge', icon: <IconKnowledge />, needs: 'knowledge.read' },
    { to: '/learning', title: 'nav.learning', icon: <IconLearning />, needs: 'knowledge.read', wide: true },
    { to: '/insight', title: 'nav.insight', icon: <IconInsight />, needs: 'insight.read' },
    { to: '/flows', title: 'nav.flows', icon: <IconFlow />, needs: 'flow.read', wide: true },
    { to: '/journey', title: 'nav.journey', icon: <IconJourney />, needs: 'journey.read', wide: true },
    { to: '/staff', title: 'nav.staff', icon: <IconTeam />, needs: 'staff.read', wide: true },
  ];
  const menu = {
    items: [
      { key: 'go.settings', label: t('nav.settings'), icon: <IconSettings /> },
      { key: 'theme', label: t('do.theme') },
      { key: 'language', label: t('do.language') },
      { key: 'help', label: t('do.help') },
      { type: 'divider' as const },
      { key: 'sign-out', label: t('do.signout') },
    ],
    onClick: ({ key }: { key: string }) => find(key)?.run(),
  };
  return (
    <nav className="rail" aria-label={t('frame.nav')}>
      <img className="rail-mark" src="/console/mark.svg" alt="Xiaoer" width={30} height={30} />
      {places.filter((p) => !p.needs || can(p.needs)).map((p) => (
        <Tooltip key={p.to} title={t(p.title)} placement="right" mouseEnterDelay={0.3}>
          <NavLink to={p.to} className={({ isActive }) => `rail-link${isActive ? ' on' : ''}${p.wide ? ' wide' : ''}`}>
            {p.icon}
            <span>{t(p.title)}</span>
            {p.badge ? <b className="rail-badge" aria-label={t(p.counted ?? 'inbox.waiting.count', { n: p.badge })}>{p.badge > 99 ? '99+' : p.badge}</b> : null}
          </NavLink>
        </Tooltip>
      ))}
      <span className="rail-space" />
      <IconButton title={t('do.palette')} keys="mod+k" icon={<IconSearch />} onClick={onSearch} />
      <Dropdown menu={menu} trigger={['click']} placement="topRight">
        <button type="button" className="rail-me" aria-label={t('frame.me', { name: me?.name ?? '', role: word(t, 'role', me?.role) })}>
          <Avatar name={me?.name ?? '?'} size={30} />
        </button>
      </Dropdown>
    </nav>
  );
}
