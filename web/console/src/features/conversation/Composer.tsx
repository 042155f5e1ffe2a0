import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type KeyboardEvent } from 'react';
import { api, keys, type Conversation } from '../../lib/api';
import { useCommands } from '../../lib/commands';
import { keepDraft, useDraft } from '../../lib/drafts';
import { useT } from '../../lib/i18n';
import { deliver, enqueue } from '../../lib/outbox';
import { usePreferences } from '../../lib/preferences';
import { Button, IconNote, IconQuick, IconSend, IconWarn, Input, Kbd, Segmented, useSay } from '../../ui';
import { QuickList } from './QuickList';
import { matching } from './quick';
import { useSteps } from './useConversation';

type Props = { conversation: Conversation; me: string; able: boolean };
type Area = { focus: () => void };

// Composer is where staff writes: to the customer, or a note for colleagues. What is begun is kept until it is sent.
export function Composer({ conversation: c, me, able }: Props) {
  const { t } = useT();
  const say = useSay();
  const client = useQueryClient();
  const draft = useDraft(c.id);
  const { step, refresh } = useSteps(c.id);
  const area = useRef<Area>(null);
  const told = useRef(0);
  const [at, setAt] = useState(0);
  const [sending, setSending] = useState(false);
  const sendBy = usePreferences().sendBy ?? 'enter';
  const replies = useQuery({ queryKey: keys.quickReplies, queryFn: api.quickReplies, enabled: able, staleTime: 5 * 60_000, retry: false });
  const closed = c.status === 'closed';
  const note = !!draft.note || closed;
  const quick = draft.text.startsWith('/') && !draft.text.includes('\n') ? matching(replies.data?.items ?? [], draft.text.slice(1), c.language) : undefined;
  const write = (text: string) => {
    keepDraft(c.id, { text, note: draft.note });
    setAt(0);
    if (note || !text || Date.now() - told.current < 4000) return;
    told.current = Date.now();
    void api.conversations.presence(c.id, 'typing').catch(() => undefined);
  };
  const setNote = (on: boolean) => {
    keepDraft(c.id, { text: draft.text, note: on });
    area.current?.focus();
  };
  const choose = (i: number) => {
    const reply = quick?.[i];
    if (reply) write((reply.text[c.language] || reply.text.zh).replaceAll('{name}', c.customer.name));
    area.current?.focus();
  };
  const send = async () => {
    const text = draft.text.trim();
    if (!text || sending) return;
    setSending(true);
    try {
      // Writing to the customer means answering for it: whoever writes has taken the conversation first.
      if (!note && !(c.handler === 'staff' && c.assignee?.id === me)) await step.mutateAsync('take');
    } catch {
      setSending(false); // the reason has been shown; the words stay in the box
      return;
    }
    const o = enqueue(c.id, text, note ? 'note' : 'text');
    keepDraft(c.id, { text: '', note: draft.note });
    setSending(false);
    area.current?.focus();
    if (await deliver(o)) await client.invalidateQueries({ queryKey: keys.messages(c.id) });
    else say.failed(new Error(t('message.failed')));
    void refresh();
  };
  const press = (e: KeyboardEvent) => {
    if (e.nativeEvent.isComposing) return;
    if (quick?.length && ['ArrowDown', 'ArrowUp', 'Enter', 'Tab'].includes(e.key)) {
      e.preventDefault();
      if (e.key === 'ArrowDown') setAt((at + 1) % quick.length);
      else if (e.key === 'ArrowUp') setAt((at - 1 + quick.length) % quick.length);
      else choose(at);
      return;
    }
    const plain = e.key === 'Enter' && !e.shiftKey;
    if (plain && (e.ctrlKey || e.metaKey || sendBy === 'enter')) {
      e.preventDefault();
      void send();
    }
    if (e.key === 'Escape') (e.target as HTMLElement).blur();
  };
  useCommands([
    { id: 'compose.reply', title: 'compose.reply', keys: 'r', when: () => able && !closed, run: () => setNote(false) },
    { id: 'compose.note', title: 'compose.note', keys: 'n', when: () => able, run: () => setNote(true) },
  ]);
  if (!able) return null;
  return (
    <footer className={`composer${note ? ' note' : ''}`}>
      {quick && <QuickList items={quick} at={at} language={c.language} choose={choose} loading={replies.isPending} />}
      <Standing conversation={c} me={me} note={note} />
      <Input.TextArea ref={area as never} value={draft.text} onChange={(e) => write(e.target.value)} onKeyDown={press} autoSize={{ minRows: 2, maxRows: 10 }} variant="borderless" aria-label={t(note ? 'compose.note' : 'compose.reply')} placeholder={t(note ? 'compose.note.hint' : 'compose.hint')} maxLength={4000} />
      <div className="composer-foot">
        <Segmented size="small" value={note ? 'note' : 'text'} onChange={(v) => setNote(v === 'note')} options={[{ value: 'text', label: t('compose.reply.short'), disabled: closed }, { value: 'note', label: t('compose.note.short'), icon: <IconNote /> }]} />
        <Button type="text" size="small" icon={<IconQuick />} onClick={() => { write('/'); area.current?.focus(); }}>{t('compose.quick')}</Button>
        <span className="composer-space" />
        <span className="composer-keys only-wide"><Kbd keys={sendBy === 'enter' ? 'Enter' : 'mod+Enter'} /> {t('compose.send')}</span>
        <Button type="primary" icon={<IconSend />} disabled={!draft.text.trim()} loading={sending} onClick={() => void send()}>
          {t(note ? 'compose.note.save' : 'compose.send')}
        </Button>
      </div>
    </footer>
  );
}

// Standing says what sending would mean here, before it is done.
function Standing({ conversation: c, me, note }: { conversation: Conversation; me: string; note: boolean }) {
  const { t } = useT();
  const typing = (c.present ?? []).find((p) => p.staff_id !== me && p.state === 'typing');
  if (typing) return <p className="standing warn" role="status"><IconWarn /> {t('presence.typing', { name: typing.name })}</p>;
  if (c.status === 'closed') return <p className="standing">{t('compose.closed')}</p>;
  if (note) return <p className="standing">{t('compose.note.only')}</p>;
  if (c.handler === 'agent') return <p className="standing">{t('compose.agent')}</p>;
  if (c.handler === 'waiting') return <p className="standing warn">{t('compose.waiting')}</p>;
  if (c.assignee && c.assignee.id !== me) return <p className="standing warn"><IconWarn /> {t('compose.other', { name: c.assignee.name })}</p>;
  return null;
}
