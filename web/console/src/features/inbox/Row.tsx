import { memo } from 'react';
import { Link } from 'react-router';
import type { InboxRow } from '../../lib/api';
import { useT, word } from '../../lib/i18n';
import { Avatar, Time, Waited } from '../../ui';
import { CategoryMark, Emotion, HandlerMark, PriorityMark, Tier } from './Marks';

// Row is one conversation of the inbox: who, what was said last, and what makes it urgent.
export const Row = memo(function Row({ row, search, on }: { row: InboxRow; search: string; on: boolean }) {
  const { t } = useT();
  const name = row.customer.name || t('customer.visitor');
  return (
    <Link to={`/inbox/${row.id}${search}`} className={`row${on ? ' on' : ''}${row.unread ? ' unread' : ''}`} aria-current={on || undefined} title={word(t, 'channel', row.channel)}>
      <Avatar name={name} size={34} />
      <span className="row-main">
        <span className="row-top">
          <strong>{name}</strong>
          <Tier name={row.customer.tier} />
          <span className="row-time"><Time at={row.last_at} /></span>
        </span>
        <span className="row-text">
          {row.last_author === 'agent' || row.last_author === 'staff' ? <em>{t(row.last_author === 'agent' ? 'author.agent.short' : 'author.staff.short')}</em> : null}
          {row.last_text || t('inbox.nothing.said')}
          {row.unread > 0 && <b className="row-unread" aria-label={t('inbox.unread', { n: row.unread })}>{row.unread > 99 ? '99+' : row.unread}</b>}
        </span>
        <span className="row-marks">
          {row.handler === 'waiting' && row.waiting_since && row.status !== 'closed' ? <Waited at={row.waiting_since} /> : null}
          <HandlerMark handler={row.handler} status={row.status} assignee={row.assignee} />
          <PriorityMark level={row.priority} />
          <Emotion name={row.emotion} intensity={row.intensity} />
          <CategoryMark name={row.category} />
        </span>
      </span>
    </Link>
  );
});
