import { useEffect, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { api, ApiError, type Conversation } from '../../lib/api';
import { useT } from '../../lib/i18n';
import { useWide } from '../../lib/media';
import { useAddress } from '../../lib/url';
import { Await, Drawer, Empty, Failure } from '../../ui';
import { useCan, useMe } from '../auth/session';
import { CustomerPanel } from '../customer/CustomerPanel';
import { Composer } from './Composer';
import { DecisionDrawer } from './DecisionDrawer';
import { Header } from './Header';
import { MessageList } from './MessageList';
import { useConversation, useMessages, usePresence } from './useConversation';
import './conversation.css';

export function ConversationPane({ id }: { id: string }) {
  const { t } = useT();
  const answer = useConversation(id);
  const back = useLocation().search;
  if (answer.error instanceof ApiError && answer.error.status === 404)
    return (
      <section className="conversation">
        <Empty title={t('conversation.missing')} hint={t('conversation.missing.hint')}>
          <Link to={`/inbox${back}`}>{t('nav.inbox')}</Link>
        </Empty>
      </section>
    );
  return (
    <Await answer={answer} skeleton={<Waiting />}>
      {(conversation) => <Open conversation={conversation} />}
    </Await>
  );
}

const Waiting = () => (
  <section className="conversation" aria-busy="true">
    <header className="conversation-head" />
    <div className="bones">
      {[46, 62, 38, 55, 70].map((w, i) => (
        <div key={i} className={i % 2 ? 'right' : ''} style={{ width: `${w}%` }} />
      ))}
    </div>
  </section>
);

function Open({ conversation: c }: { conversation: Conversation }) {
  const { t } = useT();
  const can = useCan();
  const me = useMe().data;
  const wide = useWide(1180);
  const { value, change } = useAddress();
  const [side, setSide] = useState(false);
  const { query, messages } = useMessages(c.id);
  usePresence(c.id, can('conversation.reply'));
  useRead(c.id, messages.at(-1)?.seq ?? 0, c.unread);
  const turn = value('turn');
  return (
    <>
      <section className="conversation" aria-label={t('conversation.with', { name: c.customer.name || t('customer.visitor') })}>
        <Header conversation={c} onSide={wide ? undefined : () => setSide(true)} />
        {query.error && !messages.length ? <Failure error={query.error} again={() => void query.refetch()} /> : null}
        <MessageList conversation={c} messages={messages} loading={query.isPending} older={query.hasNextPage ? () => void query.fetchNextPage() : undefined} busy={query.isFetchingNextPage} seq={Number(value('seq')) || undefined} onWhy={(turnId) => change({ turn: turnId }, false)} />
        <Composer conversation={c} me={me?.staff_id ?? ''} able={can('conversation.reply')} />
      </section>
      {wide ? <CustomerPanel id={c.customer.id} conversation={c} /> : null}
      <Drawer open={side && !wide} onClose={() => setSide(false)} size={360} title={t('customer.title')} styles={{ body: { padding: 0 } }} destroyOnHidden>
        <CustomerPanel id={c.customer.id} conversation={c} />
      </Drawer>
      <DecisionDrawer conversation={c.id} turn={turn} messages={messages} go={(to) => change({ turn: to })} close={() => change({ turn: undefined })} />
    </>
  );
}

// What is seen is read; told once per number and only while somebody looks.
function useRead(id: string, seq: number, unread: number): void {
  const able = useCan()('conversation.read');
  useEffect(() => {
    if (!able || !seq || !unread || document.visibilityState !== 'visible') return;
    void api.conversations.read(id, seq).catch(() => undefined);
  }, [able, id, seq, unread]);
}

