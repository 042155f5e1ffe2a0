import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';

export type Window = { from: number; to: number };

// windowOf is the part of a list of equal rows that can be seen, and a few rows around it.
export function windowOf(scroll: number, height: number, row: number, count: number, spare = 6): Window {
  const from = Math.max(0, Math.floor(scroll / row) - spare);
  return { from, to: Math.min(count, Math.ceil((scroll + height) / row) + spare) };
}

type Props<T> = {
  items: readonly T[];
  row: number;
  label: string;
  selected?: number;
  idOf: (item: T) => string;
  render: (item: T, index: number) => ReactNode;
  onEnd?: () => void;
};

// VirtualList draws only the rows in view, so that a list of thousands scrolls like a list of ten.
export function VirtualList<T>({ items, row, label, selected = -1, idOf, render, onEnd }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ scroll: 0, height: 800 });
  const measure = () => box.current && setView({ scroll: box.current.scrollTop, height: box.current.clientHeight });
  useLayoutEffect(() => {
    measure();
    const watch = new ResizeObserver(measure);
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const el = box.current;
    if (!el || selected < 0) return;
    const top = selected * row;
    if (top < el.scrollTop) el.scrollTop = top;
    else if (top + row > el.scrollTop + el.clientHeight) el.scrollTop = top + row - el.clientHeight;
  }, [selected, row]);
  const { from, to } = windowOf(view.scroll, view.height, row, items.length);
  const atEnd = to >= items.length;
  useEffect(() => {
    if (atEnd && items.length) onEnd?.();
  }, [atEnd, items.length, onEnd]);
  return (
    <div className="virtual" ref={box} onScroll={measure} role="list" aria-label={label} tabIndex={-1}>
      <div style={{ height: items.length * row, position: 'relative' }}>
        {items.slice(from, to).map((item, i) => (
          <div key={idOf(item)} role="listitem" aria-setsize={items.length} aria-posinset={from + i + 1} className="virtual-row" style={{ top: (from + i) * row, height: row }}>
            {render(item, from + i)}
          </div>
        ))}
      </div>
    </div>
  );
}
