import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, keys } from '../../lib/api';
import { useT, word } from '../../lib/i18n';
import { useAddress } from '../../lib/url';
import { Chip, Empty, Failure, IconSearch, Input, Rows, Time, type InputRef } from '../../ui';
import { marks } from './marks';
import { hitPath } from './places';
import './search.css';

const kinds = ['conversation', 'customer', 'order', 'ticket', 'article', 'product'] as const;

// SearchPage looks through everything while one types; words and kinds stay in the address.
export function SearchPage() {
  const { t } = useT();
  const navigate = useNavigate();
  const { value, change } = useAddress();
  const q = value('q');
  const chosen = value('kinds');
  const [text, setText] = useState(q);
  const [at, setAt] = useState(0);
  const box = useRef<InputRef>(null);
  useEffect(() => void box.current?.focus(), []);
  useEffect(() => {
    const timer = setTimeout(() => q !== text.trim() && change({ q: text.trim() || undefined }), 150);
    return () => clearTimeout(timer);
  }, [text, q, change]);
  const found = useQuery({ queryKey: keys.search(q, chosen), queryFn: ({ signal }) => api.search(q, chosen, signal), enabled: !!q, placeholderData: keepPreviousData });
  const hits = q ? (found.data?.items ?? []) : [];
  const press = (e: KeyboardEvent) => {
    const hit = hits[at];
    if (e.key === 'ArrowDown') setAt(Math.min(hits.length - 1, at + 1));
    else if (e.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (e.key === 'Enter' && hit && !e.nativeEvent.isComposing) void navigate(hitPath(hit));
    else return;
    e.preventDefault();
  };
  return (
    <main className="page search">
      <Input ref={box} size="large" allowClear prefix={<IconSearch />} value={text} placeholder={t('search.hint')} aria-label={t('search.hint')} onChange={(e) => { setText(e.target.value); setAt(0); }} onKeyDown={press} />
      <div className="inbox-filters" role="group" aria-label={t('search.kinds')}>
        <button type="button" className={chosen ? '' : 'on'} onClick={() => change({ kinds: undefined })}>{t('search.all')}</button>
        {kinds.map((k) => (
          <button key={k} type="button" aria-pressed={chosen === k} className={chosen === k ? 'on' : ''} onClick={() => change({ kinds: k })}>
            {word(t, 'kind', k)}{found.data?.counts?.[k] !== undefined && q ? <span>{found.data.counts[k]}</span> : null}
          </button>
        ))}
      </div>
      {!q && <Empty title={t('search.start')} hint={t('search.start.hint')} />}
      {q && found.isPending ? <Rows n={5} /> : null}
      {found.error ? <Failure error={found.error} again={() => void found.refetch()} /> : null}
      {q && found.data && !hits.length ? <Empty title={t('search.none', { q })} hint={t('search.none.hint')} /> : null}
      {hits.length > 0 && (
        <ul className="hits">
          {hits.map((h, i) => (
            <li key={`${h.kind}:${h.id}`}>
              <Link to={hitPath(h)} className={i === at ? 'on' : ''} onMouseMove={() => setAt(i)}>
                <Chip>{word(t, 'kind', h.kind)}</Chip>
                <span><strong>{marks(h.title || t('customer.visitor'), q).map((m, j) => (m.hit ? <mark key={j}>{m.text}</mark> : m.text))}</strong>
                  {h.snippet && <small>{marks(h.snippet, q).map((m, j) => (m.hit ? <mark key={j}>{m.text}</mark> : m.text))}</small>}</span>
                <Time at={h.at} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}
