import type { QuickReply } from '../../lib/api';
import { useT } from '../../lib/i18n';

type Props = { items: QuickReply[]; at: number; language: 'zh' | 'en'; choose: (i: number) => void; loading: boolean };

export function QuickList({ items, at, language, choose, loading }: Props) {
  const { t } = useT();
  return (
    <ul className="quick" role="listbox" aria-label={t('compose.quick')}>
      {items.map((r, i) => (
        <li key={r.id} role="option" aria-selected={i === at} onMouseDown={(e) => { e.preventDefault(); choose(i); }}>
          <strong>{r.title[language] || r.title.zh}</strong> {r.shortcut && <code>/{r.shortcut}</code>}
          <span>{r.text[language] || r.text.zh}</span>
        </li>
      ))}
      {!items.length && !loading && <li className="quick-none">{t('compose.quick.none')}</li>}
    </ul>
  );
}
