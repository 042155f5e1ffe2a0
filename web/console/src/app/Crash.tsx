import { useRouteError } from 'react-router';
import { useT } from '../lib/i18n';
import { Button } from '../ui/parts';

// Crash is shown when a page breaks or its piece cannot be fetched (a newer console was installed meanwhile).
export function Crash() {
  const { t } = useT();
  const error = useRouteError();
  return (
    <main className="page">
      <div className="failure" role="alert">
        <strong>{t('crash.title')}</strong>
        <p>{t('crash.hint')}</p>
        <pre>{String((error as Error)?.message ?? error)}</pre>
        <Button type="primary" onClick={() => location.reload()}>
          {t('crash.reload')}
        </Button>
      </div>
    </main>
  );
}
