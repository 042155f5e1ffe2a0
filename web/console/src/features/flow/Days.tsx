import { useSearchParams } from 'react-router';
import { useT } from '../../lib/i18n';
import { Segmented } from '../../ui';

const choices = [1, 7, 30, 90];

// daysOf reads from the address how far back is counted.
export const daysOf = (search: URLSearchParams) => { const n = Number(search.get('days')); return choices.includes(n) ? n : 30; };

export function Days() {
  const { t } = useT();
  const [search, set] = useSearchParams();
  return <Segmented value={daysOf(search)} onChange={(n) => set((s) => { s.set('days', String(n)); return s; }, { replace: true })} options={choices.map((value) => ({ value, label: value === 1 ? t('flow.day') : t('flow.days', { n: value }) }))} />;
}
