import type { Sla } from '../../lib/api';
import type { Tone } from '../../ui';

export type Countdown = { kind: 'due' | 'late' | 'paused' | 'met' | 'none'; ms: number; tone: Tone };

const warnBefore = 60 * 60_000;

// countdown tells how a promise stands now. The server's word on paused and met counts; the clock only colours.
export function countdown(sla: Sla | undefined, now: number): Countdown {
  if (!sla) return { kind: 'none', ms: 0, tone: 'plain' };
  if (sla.state === 'met') return { kind: 'met', ms: 0, tone: 'good' };
  if (sla.paused || sla.state === 'paused') return { kind: 'paused', ms: 0, tone: 'plain' };
  const next = sla.first_due_at ?? sla.due_at;
  if (!next) return { kind: 'none', ms: 0, tone: 'plain' };
  const ms = new Date(next).getTime() - now;
  if (ms < 0) return { kind: 'late', ms, tone: 'bad' };
  return { kind: 'due', ms, tone: sla.state === 'breached' ? 'bad' : ms < warnBefore || sla.state === 'warning' ? 'warn' : 'good' };
}
