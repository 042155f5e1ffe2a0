import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useCommands } from '../../lib/commands';
import { useT, word, type Key } from '../../lib/i18n';
import { useAddress } from '../../lib/url';
import { Empty, Failure, IconClose, IconSearch, Input, Rows, VirtualList, type InputRef } from '../../ui';
import { activeFacets, filters, neighbour, readFilters } from './filters';
import { Row } from './Row';
import { useInbox } from './useInbox';

// InboxList is the left column: filters with counts, search, and the rows.
export function InboxList({ chosen }: { chosen?: string }) {
  const { t } = useT();
  const { search, change } = useAddress();
  const navigate = useNavigate();
  const query = useMemo(() => readFilters(search), [search]);
  const inbox = useInbox(query);
  const rows = useMemo(() => inbox.data?.pages.flatMap((p) => p.items) ?? [], [inbox.data]);
  const counts = inbox.data?.pages[0]?.counts ?? {};
  const tail = useMemo(() => listAddress(search), [search]);
  const ids = rows.map((r) => r.id);
  const box = useRef<InputRef>(null);
  const [text, setText] = useState(query.q ?? '');
  useEffect(() => {
    const timer = setTimeout(() => (query.q ?? '') !== text.trim() && change({ q: text.trim() || undefined }), 200);
    return () => clearTimeout(timer);
  }, [text, query.q, change]);
  // Keys come faster than pages are drawn: the next step counts from where the last one leads, not from what is shown.
  const cursor = useRef(chosen);
  useEffect(() => {
    cursor.current = chosen;
  }, [chosen]);
  const step = (by: 1 | -1) => () => {
    const to = neighbour(ids, cursor.current, by);
    if (!to || to === cursor.current) return;
    cursor.current = to;
    void navigate(`/inbox/${to}${tail}`);
  };
  const nextFilter = (by: number) => () => {
    const at = (filters.indexOf(query.filter) + by + filters.length) % filters.length;
    change({ filter: filters[at] });
  };
  useCommands([
    { id: 'inbox.next', title: 'inbox.next', keys: 'j', run: step(1), hidden: true },
    { id: 'inbox.previous', title: 'inbox.previous', keys: 'k', run: step(-1), hidden: true },
    { id: 'inbox.filter', title: 'inbox.filter.next', keys: ']', run: nextFilter(1), hidden: true },
    { id: 'inbox.filter.back', title: 'inbox.filter.back', keys: '[', run: nextFilter(-1), hidden: true },
    { id: 'inbox.find', title: 'inbox.find', keys: 'f', run: () => box.current?.focus() },
  ]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = inbox;
  const more = useCallback(() => void (hasNextPage && !isFetchingNextPage && fetchNextPage()), [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <section className="inbox-list" aria-label={t('nav.inbox')}>
      <header>
        <div className="inbox-filters" role="tablist" aria-label={t('inbox.filters')}>
          {filters.map((f) => (
            <button key={f} type="button" role="tab" aria-selected={f === query.filter} className={f === query.filter ? 'on' : ''} onClick={() => change({ filter: f })}>
              {t(`filter.${f}` as Key)}
              {counts[f] !== undefined && <span className={f === 'waiting' && counts[f] ? 'hot' : ''}>{counts[f]}</span>}
            </button>
          ))}
        </div>
        <Input ref={box} allowClear prefix={<IconSearch />} placeholder={t('inbox.search')} aria-label={t('inbox.search')} value={text} onChange={(e) => setText(e.target.value)} onKeyDown={(e) => e.key === 'Escape' && e.currentTarget.blur()} />
        {activeFacets(query).length > 0 && (
          <div className="inbox-facets">
            {activeFacets(query).map(([name, value]) => (
              <button key={name} type="button" onClick={() => change({ [name]: undefined })} title={t('inbox.facet.remove')}>
                {t(`facet.${name}` as Key)}: {word(t, name, value)} <IconClose />
              </button>
            ))}
          </div>
        )}
      </header>
      {inbox.isPending ? <Rows n={8} /> : null}
      {inbox.error && !inbox.data ? <Failure error={inbox.error} again={() => void inbox.refetch()} /> : null}
      {inbox.data && !rows.length ? <Empty title={t(query.q ? 'inbox.none.found' : 'inbox.none')} hint={t(query.q ? 'inbox.none.found.hint' : (`inbox.none.${query.filter}` as Key))} /> : null}
      {rows.length > 0 && (
        <VirtualList items={rows} row={84} label={t('nav.inbox')} selected={chosen ? ids.indexOf(chosen) : -1} idOf={(r) => r.id} onEnd={more} render={(row) => <Row row={row} search={tail} on={row.id === chosen} />} />
      )}
    </section>
  );
}

// The part of the address that belongs to the list goes along when another conversation is opened.
function listAddress(search: URLSearchParams): string {
  const own = new URLSearchParams(search);
  for (const name of ['turn', 'seq', 'side']) own.delete(name);
  const text = own.toString();
  return text ? `?${text}` : '';
}
