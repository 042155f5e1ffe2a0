import { memo } from 'react';
import { Link } from 'react-router';
import type { Citation, Message } from '../../lib/api';
import { safeLink } from '../../lib/text/inline';
import { useT, word } from '../../lib/i18n';
import { Chip, IconAgent, IconNote, IconWhy, Plain, Popover, Rich, Time } from '../../ui';
import { CardView } from './CardView';

type Props = { message: Message; follows: boolean; name: string; read: boolean; marked: boolean; conversation: string; onWhy: (turn: string) => void };

// MessageView is one message with its author, its mark when a machine wrote it, its sources, and the way to its reasons.
export const MessageView = memo(function MessageView({ message: m, follows, name, read, marked, onWhy }: Props) {
  const { t } = useT();
  if (m.kind === 'notice' || m.author === 'system') return <div className="notice" data-seq={m.seq}><span><Plain text={m.text} /> · <Time at={m.at} /></span></div>;
  const own = m.author !== 'customer';
  const side = m.kind === 'note' ? 'own note' : own ? `own by-${m.author}` : 'by-customer';
  return (
    <article className={`message ${side}${follows ? ' follows' : ''}${marked ? ' marked' : ''}`} data-seq={m.seq} aria-label={who(m, name, t)}>
      {!follows && (
        <header className="message-head">
          {m.kind === 'note' ? <IconNote /> : m.author === 'agent' ? <IconAgent /> : null}
          <strong>{who(m, name, t)}</strong>
          {m.ai_generated && <Chip tone="info" title={t('message.ai.title')}>AI</Chip>}
          {m.kind === 'note' && <Chip tone="warn">{t('message.note')}</Chip>}
          <Time at={m.at} />
        </header>
      )}
      <Body message={m} />
      {m.citations?.length ? <Sources citations={m.citations} /> : null}
      {m.suggestions?.length ? <div className="suggestions">{m.suggestions.map((s) => <span key={s}>{s}</span>)}</div> : null}
      {(m.turn_id && own) || (m.author === 'staff' && m.kind !== 'note') ? (
        <footer className="message-foot">
          {m.author === 'staff' && m.kind !== 'note' ? <span>{m.read || read ? t('message.read') : m.delivered ? t('message.delivered') : t('message.sent')}</span> : null}
          {m.turn_id && m.author === 'agent' ? (
            <button type="button" onClick={() => onWhy(m.turn_id!)}><IconWhy /> {t('decision.why')}</button>
          ) : null}
        </footer>
      ) : null}
    </article>
  );
});

function who(m: Message, name: string, t: ReturnType<typeof useT>['t']): string {
  if (m.author === 'customer') return name || t('customer.visitor');
  if (m.author === 'agent') return m.author_name || t('author.agent');
  return m.author_name || t('author.staff');
}

function Body({ message: m }: { message: Message }) {
  const { t } = useT();
  if (m.kind === 'card' && m.card) return <>{m.text && m.text !== m.card.title ? <div className="bubble"><Rich text={m.text} /></div> : null}<CardView card={m.card} /></>;
  if (m.kind === 'action') return <div className="bubble action">{m.text || pressed(m, t)}</div>;
  return (
    <>
      {m.attachments?.map((a) => <Picture key={a.id} url={a.url} name={a.name} mime={a.mime} />)}
      {m.text && <div className="bubble">{m.author === 'agent' ? <Rich text={m.text} /> : <Plain text={m.text} />}</div>}
    </>
  );
}

function pressed(m: Message, t: ReturnType<typeof useT>['t']): string {
  const [verb = '', value] = (m.press?.action ?? '').split(/:(.*)/s);
  return value ? `${word(t, 'press', verb)}: ${value}` : word(t, 'press', verb);
}

function Picture({ url, name, mime }: { url: string; name: string; mime: string }) {
  const href = safeLink(url);
  if (!href) return <Chip>{name}</Chip>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className="picture">
      {mime.startsWith('image/') ? <img src={href} alt={name} loading="lazy" /> : name}
    </a>
  );
}

// Sources open the very passage an answer stands on, and the article around it.
function Sources({ citations }: { citations: Citation[] }) {
  const { t } = useT();
  return (
    <div className="sources" aria-label={t('message.sources')}>
      {citations.map((c, i) => (
        <Popover key={c.passage_id || i} trigger={['click']} placement="topRight" title={c.title} content={
          <div className="passage">
            {c.text ? <blockquote><Plain text={c.text} /></blockquote> : <p>{t('message.source.missing')}</p>}
            {c.article_id && <Link to={`/knowledge/${c.article_id}?passage=${c.passage_id}`}>{t('message.source.open')}</Link>}
          </div>
        }>
          <button type="button"><sup>{i + 1}</sup> {c.title}</button>
        </Popover>
      ))}
    </div>
  );
}
