import { useParams } from 'react-router';
import { useT } from '../../lib/i18n';
import { useWide } from '../../lib/media';
import { Empty, Kbd } from '../../ui';
import { ConversationPane } from '../conversation/ConversationPane';
import { InboxList } from './InboxList';
import './inbox.css';

// InboxPage is where a day is spent: the list, the conversation, and who it is with.
export function InboxPage() {
  const { id } = useParams();
  const wide = useWide(860);
  const { t } = useT();
  return (
    <main className={`inbox${id ? ' open' : ''}`}>
      {(wide || !id) && <InboxList chosen={id} />}
      {id ? (
        <ConversationPane key={id} id={id} />
      ) : wide ? (
        <div className="inbox-blank">
          <Empty title={t('inbox.choose')} hint={t('inbox.choose.hint')}>
            <p className="inbox-keys"><Kbd keys="j" /> <Kbd keys="k" /> <span>{t('inbox.keys')}</span> <Kbd keys="mod+k" /> <span>{t('do.palette')}</span></p>
          </Empty>
        </div>
      ) : null}
    </main>
  );
}
