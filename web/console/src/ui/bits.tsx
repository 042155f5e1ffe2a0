import type { CSSProperties, ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { describe } from '../lib/api';
import { spell } from '../lib/commands';
import { clock, full, span } from '../lib/format';
import { useT } from '../lib/i18n';
import { Button, Skeleton, Tooltip } from './parts';

export type Tone = 'plain' | 'brand' | 'good' | 'warn' | 'bad' | 'info' | 'accent';

export const Chip = ({ tone = 'plain', children, title, dot }: { tone?: Tone; children: ReactNode; title?: string; dot?: boolean }) => (
  <span className={`chip chip-${tone}`} title={title}>
    {dot && <i className="dot" aria-hidden />}
    {children}
  </span>
);

export const Kbd = ({ keys }: { keys: string }) => (
  <span className="kbds" aria-hidden>
    {spell(keys).map((k, i) => (
      <kbd key={i}>{k}</kbd>
    ))}
  </span>
);

const hue = (text: string) => [...text].reduce((h, c) => (h * 31 + c.charCodeAt(0)) % 6, 0) + 1;

// Avatar is the first letter on one of the six series colours, always the same for the same name.
export function Avatar({ name, size = 32 }: { name: string; size?: number }) {
  const style = { '--hue': `var(--x-series-${hue(name)})`, width: size, height: size, fontSize: size * 0.42 } as CSSProperties;
  return (
    <span className="avatar" style={style} aria-hidden>
      {[...name.trim()][0]?.toUpperCase() ?? '?'}
    </span>
  );
}

export function useNow(every = 1000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

export function Time({ at }: { at?: string }) {
  const { l } = useT();
  if (!at) return null;
  return (
    <time dateTime={at} title={full(at, l)}>
      {clock(at, l)}
    </time>
  );
}

// Waited is how long something has been waiting; it warms up as time goes by.
export function Waited({ at, warm = 120_000, hot = 300_000 }: { at: string; warm?: number; hot?: number }) {
  const { l, t } = useT();
  const ms = Math.max(0, useNow() - new Date(at).getTime());
  return (
    <Chip tone={ms > hot ? 'bad' : ms > warm ? 'warn' : 'info'} title={t('inbox.waiting.since', { at: full(at, l) })}>
      {span(ms, l)}
    </Chip>
  );
}

export const Empty = ({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) => (
  <div className="empty" role="status">
    <svg viewBox="0 0 64 48" width="72" height="54" aria-hidden>
      <path d="M10 12a6 6 0 0 1 6-6h32a6 6 0 0 1 6 6v14a6 6 0 0 1-6 6H30l-10 9v-9h-4a6 6 0 0 1-6-6z" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M21 16h22M21 23h13" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
    <strong>{title}</strong>
    {hint && <p>{hint}</p>}
    {children}
  </div>
);

export function Failure({ error, again }: { error: unknown; again?: () => void }) {
  const { t } = useT();
  const plain = describe(t, error);
  return (
    <div className="failure" role="alert">
      <strong>{plain.title}</strong>
      <p>{plain.mend}</p>
      {again && (
        <Button size="small" onClick={again}>
          {t('do.again')}
        </Button>
      )}
    </div>
  );
}

export const Rows = ({ n = 6 }: { n?: number }) => (
  <div className="rows-skeleton" aria-busy="true">
    {Array.from({ length: n }, (_, i) => (
      <Skeleton key={i} active avatar={{ size: 32 }} title={{ width: '40%' }} paragraph={{ rows: 1, width: `${60 + ((i * 13) % 35)}%` }} />
    ))}
  </div>
);

type Answer<T> = { data: T | undefined; error: unknown; refetch: () => unknown };

// Await shows what is asked for: its skeleton, its failure with a way to try again, or itself.
export function Await<T>({ answer, skeleton, children }: { answer: Answer<T>; skeleton?: ReactNode; children: (data: T) => ReactNode }) {
  if (answer.data !== undefined) return <>{children(answer.data)}</>;
  if (answer.error) return <Failure error={answer.error} again={() => void answer.refetch()} />;
  return <>{skeleton ?? <Rows n={4} />}</>;
}

export function IconButton({ title, keys, icon, onClick, active, danger, disabled }: { title: string; keys?: string; icon: ReactNode; onClick?: () => void; active?: boolean; danger?: boolean; disabled?: boolean }) {
  return (
    <Tooltip title={<>{title} {keys && <Kbd keys={keys} />}</>} mouseEnterDelay={0.4}>
      <Button type="text" className={active ? 'on' : undefined} danger={danger} disabled={disabled} icon={icon} aria-label={title} aria-pressed={active} onClick={onClick} />
    </Tooltip>
  );
}

export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="fact">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
