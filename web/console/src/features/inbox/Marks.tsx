import { useT, word } from '../../lib/i18n';
import { Chip, type Tone } from '../../ui';

const tones: Record<string, Tone> = { anger: 'bad', disappointment: 'warn', sadness: 'warn', worry: 'info', joy: 'good', neutral: 'plain' };
const faces: Record<string, string> = { anger: 'M8 16q4-4 8 0M7 8l3 1.5M17 8l-3 1.5', disappointment: 'M8 16q4-3 8 0', sadness: 'M8 16.5q4-4 8 0', worry: 'M8 15.5h8', joy: 'M7.5 14q4.5 5 9 0', neutral: 'M8.5 15h7' };

// Emotion shows a face and a word; a calm customer shows nothing, so that the others stand out.
export function Emotion({ name, intensity, always }: { name?: string; intensity?: number; always?: boolean }) {
  const { t } = useT();
  if (!name || (name === 'neutral' && !always)) return null;
  return (
    <Chip tone={tones[name] ?? 'plain'} title={intensity === undefined ? undefined : t('emotion.intensity', { n: Math.round(intensity * 100) })}>
      <svg viewBox="0 0 24 24" width="13" height="13" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" aria-hidden>
        <circle cx="12" cy="12" r="9.5" />
        <path d={`${faces[name] ?? faces.neutral!}M9 10.2v.1M15 10.2v.1`} />
      </svg>
      {word(t, 'emotion', name)}
    </Chip>
  );
}

export function PriorityMark({ level }: { level: number | string | undefined }) {
  const { t } = useT();
  const name = typeof level === 'number' ? (['normal', 'high', 'urgent'][level] ?? 'normal') : (level ?? 'normal');
  if (name === 'normal' || name === 'low') return null;
  return <Chip tone={name === 'urgent' ? 'bad' : 'warn'} dot>{word(t, 'priority', name)}</Chip>;
}

export function CategoryMark({ name }: { name?: string }) {
  const { t } = useT();
  if (!name || name === 'smalltalk' || name === 'other') return null;
  return <Chip tone={name === 'complaint' ? 'accent' : name === 'human' ? 'info' : 'plain'}>{word(t, 'category', name)}</Chip>;
}

export function HandlerMark({ handler, status, assignee }: { handler: string; status: string; assignee?: { name: string } }) {
  const { t } = useT();
  if (status === 'closed') return <Chip>{t('handler.closed')}</Chip>;
  if (handler === 'waiting') return <Chip tone="warn" dot>{t('handler.waiting')}</Chip>;
  if (handler === 'staff') return <Chip tone="brand">{assignee?.name ?? t('handler.staff')}</Chip>;
  return <Chip>{t('handler.agent')}</Chip>;
}

export function Tier({ name }: { name?: string }) {
  const { t } = useT();
  return name && name !== 'none' ? <span className={`tier tier-${name}`}>{word(t, 'tier', name)}</span> : null;
}
