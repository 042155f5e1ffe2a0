import { Link } from 'react-router';
import { useT } from '../lib/i18n';
import { Empty } from '../ui';

export function Lost() {
  const { t } = useT();
  return (
    <main className="page">
      <Empty title={t('lost.title')} hint={t('lost.hint')}>
        <Link to="/inbox">{t('nav.inbox')}</Link>
      </Empty>
    </main>
  );
}
