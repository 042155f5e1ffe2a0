import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, keys, type Decision, type Message } from '../../lib/api';
import { useT } from '../../lib/i18n';
import { useWide } from '../../lib/media';
import { Await, Button, Drawer, Empty, Segmented } from '../../ui';
import { DecisionView } from './DecisionView';
import './decision.css';

type Props = { conversation: string; turn: string; messages: Message[]; go: (turn: string) => void; close: () => void };

// DecisionDrawer answers "why did it say that" for one turn of the agent, and leads to the turns before and after.
export function DecisionDrawer({ conversation, turn, messages, go, close }: Props) {
  const { t } = useT();
  const wide = useWide(700);
  const answer = useQuery({ queryKey: keys.decisions(conversation), queryFn: () => api.conversations.decisions(conversation), enabled: !!turn });
  return (
    <Drawer open={!!turn} onClose={close} size={wide ? 560 : '100%'} title={t('decision.title')} destroyOnHidden mask={false} className="decision">
      {turn ? (
        <Await answer={answer}>
          {(page) => <Turn all={page.items} turn={turn} messages={messages} go={go} />}
        </Await>
      ) : null}
    </Drawer>
  );
}

function Turn({ all, turn, messages, go }: { all: Decision[]; turn: string; messages: Message[]; go: (turn: string) => void }) {
  const { t } = useT();
  const [form, setForm] = useState('plain');
  const ordered = [...all].sort((a, b) => a.seq_from - b.seq_from);
  const at = ordered.findIndex((d) => d.turn_id === turn);
  const decision = ordered[at];
  if (!decision) return <Empty title={t('decision.none')} hint={t('decision.none.hint')} />;
  const [before, after] = [ordered[at - 1], ordered[at + 1]];
  return (
    <>
      <nav className="decision-nav">
        <Button size="small" disabled={!before} onClick={() => before && go(before.turn_id)}>{t('decision.before')}</Button>
        <span>{at + 1} / {ordered.length}</span>
        <Button size="small" disabled={!after} onClick={() => after && go(after.turn_id)}>{t('decision.after')}</Button>
        <Segmented size="small" value={form} onChange={(v) => setForm(String(v))} options={[{ value: 'plain', label: t('decision.plain') }, { value: 'json', label: 'JSON' }]} />
      </nav>
      {form === 'json' ? <pre className="json" tabIndex={0}>{JSON.stringify(decision, null, 2)}</pre> : <DecisionView decision={decision} said={messages.filter((m) => m.seq >= decision.seq_from && m.seq <= decision.seq_to && m.author === 'customer')} sources={new Map(messages.flatMap((m) => m.citations ?? []).map((c) => [c.passage_id, c]))} />}
    </>
  );
}
