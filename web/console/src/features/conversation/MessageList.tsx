import { Fragment, useEffect, useRef } from 'react';
import type { Conversation, Message } from '../../lib/api';
import { dayTitle } from '../../lib/format';
import { useT } from '../../lib/i18n';
import { dropOutgoing, useOutgoing } from '../../lib/outbox';
import { Button, Rows } from '../../ui';
import { MessageView } from './MessageView';
import { Unsent } from './Unsent';

type Props = {
  conversation: Conversation;
  messages: Message[];
  loading: boolean;
  busy: boolean;
  older?: () => void;
  seq?: number;
  onWhy: (turn: string) => void;
};

const sameDay = (a: string, b: string) => new Date(a).toDateString() === new Date(b).toDateString();

// MessageList shows what was said, newest at the bottom; it stays there while new words come in.
export function MessageList({ conversation: c, messages, loading, busy, older, seq, onWhy }: Props) {
  const { t, l } = useT();
  const box = useRef<HTMLDivElement>(null);
  const acknowledged = new Set(messages.map((m) => m.client_id).filter((x): x is string => !!x));
  const outgoing = useOutgoing(c.id, acknowledged);
  useEffect(() => acknowledged.forEach((id) => dropOutgoing(id)));
  useEffect(() => {
    if (seq) box.current?.querySelector(`[data-seq="${seq}"]`)?.scrollIntoView({ block: 'center' });
  }, [seq, loading]);
  if (loading) return <div className="messages"><Rows n={5} /></div>;
  return (
    <div className="messages" ref={box} tabIndex={0} aria-label={t('conversation.messages')}>
      <div className="messages-inner" role="log" aria-live="polite">
        {older && (
          <Button type="text" size="small" block loading={busy} onClick={older}>
            {t('conversation.older')}
          </Button>
        )}
        {c.summary && <Handover conversation={c} />}
        {messages.map((m, i) => {
          const before = messages[i - 1];
          const newDay = !before || !sameDay(before.at, m.at);
          return (
            <Fragment key={m.seq}>
              {newDay && <div className="day"><span>{dayTitle(m.at, l)}</span></div>}
              <MessageView message={m} follows={!newDay && !!before && before.author === m.author && before.author_id === m.author_id && before.kind !== 'notice'} name={c.customer.name} read={(c.read_seq ?? 0) >= m.seq} marked={m.seq === seq} conversation={c.id} onWhy={onWhy} />
            </Fragment>
          );
        })}
        {outgoing.map((o) => <Unsent key={o.client_id} message={o} />)}
        {c.customer_typing && <div className="typing" role="status"><i /><i /><i /> <span>{t('conversation.customer.typing', { name: c.customer.name || t('customer.visitor') })}</span></div>}
      </div>
    </div>
  );
}

// Handover is what the agent tells the person who takes over.
function Handover({ conversation: c }: { conversation: Conversation }) {
  const { t } = useT();
  return (
    <aside className="handover">
      <strong>{t('conversation.handover')}</strong>
      <p>{c.summary}</p>
    </aside>
  );
}
