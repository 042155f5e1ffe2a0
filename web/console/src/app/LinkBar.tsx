import { useT, type Key } from '../lib/i18n';
import { useLink } from '../lib/realtime';

// LinkBar says when what is seen may be late. While all is well it says nothing but to screen readers.
export function LinkBar() {
  const { t } = useT();
  const state = useLink();
  return (
    <div className={`link link-${state}`} role="status" data-link={state}>
      {state !== 'live' && <span>{t(`link.${state}` as Key)}</span>}
    </div>
  );
}
