import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { hitPath } from '../features/search/places';
import { api, keys } from '../lib/api';
import { possible, useCommandList } from '../lib/commands';
import { rank } from '../lib/commands/match';
import { useT, word } from '../lib/i18n';
import { Input, Kbd, Modal, type InputRef } from '../ui';

type Entry = { id: string; title: string; group: string; detail?: string; keys?: string; run: () => void };

// Palette finds whatever can be done or opened: commands at once, things of the shop as one types.
export function Palette({ close }: { close: () => void }) {
  const { t } = useT();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<InputRef>(null);
  const list = useRef<HTMLUListElement>(null);
  const asked = useDeferredValue(query.trim());
  const found = useQuery({ queryKey: keys.search(asked, ''), queryFn: ({ signal }) => api.search(asked, '', signal), enabled: asked.length > 1, placeholderData: keepPreviousData });
  const commands = useCommandList().filter((c) => !c.hidden && possible(c));
  const done = (run: () => void) => () => {
    close();
    run();
  };
  const actions: Entry[] = rank(query, commands, (c) => `${t(c.title)} ${c.id}`).slice(0, query ? 7 : 30).map((c) => ({ id: c.id, title: t(c.title), group: t(c.group ?? 'group.here'), keys: c.keys, run: done(c.run) }));
  const things: Entry[] = (asked.length > 1 ? (found.data?.items ?? []) : []).slice(0, 8).map((h) => ({ id: `${h.kind}:${h.id}`, title: h.title || t('customer.visitor'), group: word(t, 'kind', h.kind), detail: h.snippet, run: done(() => void navigate(hitPath(h))) }));
  const entries = [...actions, ...things];
  const chosen = Math.min(at, Math.max(0, entries.length - 1));
  useEffect(() => void list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }), [chosen]);
  const press = (e: KeyboardEvent) => {
    if (e.nativeEvent.isComposing) return;
    if (e.key === 'ArrowDown') setAt(Math.min(entries.length - 1, chosen + 1));
    else if (e.key === 'ArrowUp') setAt(Math.max(0, chosen - 1));
    else if (e.key === 'Enter') entries[chosen]?.run();
    else return;
    e.preventDefault();
  };
  return (
    <Modal open footer={null} closable={false} onCancel={close} width={600} className="palette" style={{ top: 80 }} afterOpenChange={(open) => open && input.current?.focus()} transitionName="" maskTransitionName="">
      <Input ref={input} size="large" variant="borderless" autoFocus value={query} placeholder={t('palette.hint')} aria-label={t('palette.hint')} onKeyDown={press} role="combobox" aria-expanded aria-controls="palette-list" aria-activedescendant={entries[chosen] ? `entry-${chosen}` : undefined}
        onChange={(e) => {
          setQuery(e.target.value);
          setAt(0);
        }}
      />
      <ul id="palette-list" role="listbox" ref={list} aria-label={t('do.palette')}>
        {entries.map((entry, i) => (
          <li key={entry.id} id={`entry-${i}`} role="option" aria-selected={i === chosen} onMouseMove={() => i !== chosen && setAt(i)} onClick={entry.run}>
            <small>{entry.group}</small>
            <span className="palette-title">{entry.title}</span>
            {entry.detail && <span className="palette-detail">{entry.detail}</span>}
            {entry.keys && <Kbd keys={entry.keys} />}
          </li>
        ))}
        {!entries.length && <li className="palette-none">{t('palette.none')}</li>}
      </ul>
    </Modal>
  );
}
