import { useQueryClient } from '@tanstack/react-query';
import { keys } from '../../lib/api';
import { keepDraft } from '../../lib/drafts';
import { useT } from '../../lib/i18n';
import { deliver, dropOutgoing, type Outgoing } from '../../lib/outbox';
import { Button, Plain } from '../../ui';

// Unsent is a message on its way; when it fails it can be sent again or taken back into the box.
export function Unsent({ message: o }: { message: Outgoing }) {
  const { t } = useT();
  const client = useQueryClient();
  const again = async () => {
    if (await deliver(o)) await client.invalidateQueries({ queryKey: keys.messages(o.conversation) });
  };
  const edit = () => {
    keepDraft(o.conversation, { text: o.text, note: o.kind === 'note' });
    dropOutgoing(o.client_id);
  };
  return (
    <div className={`message own unsent ${o.state}${o.kind === 'note' ? ' note' : ''}`}>
      <div className="bubble"><Plain text={o.text} /></div>
      <div className="message-foot" role={o.state === 'failed' ? 'alert' : 'status'}>
        {o.state === 'sending' ? t('message.sending') : (
          <>
            <span className="bad">{t('message.failed')} {o.why}</span>
            <Button size="small" type="link" onClick={() => void again()}>{t('do.again')}</Button>
            <Button size="small" type="link" onClick={edit}>{t('do.edit')}</Button>
          </>
        )}
      </div>
    </div>
  );
}
