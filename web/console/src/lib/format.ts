import type { Money } from './api';
import type { Language } from './preferences';

const tag = (l: Language) => (l === 'zh' ? 'zh-CN' : 'en-GB');

export function money(m: Money | undefined, l: Language): string {
  if (!m) return '';
  return new Intl.NumberFormat(l === 'zh' ? 'zh-CN' : 'en', { style: 'currency', currency: m.currency || 'CNY' }).format(m.amount / 100);
}

export const number = (n: number | undefined, l: Language) => (n === undefined ? '–' : new Intl.NumberFormat(tag(l)).format(n));
export const percent = (p: number | undefined, digits = 0) => (p === undefined || Number.isNaN(p) ? '–' : `${(p * 100).toFixed(digits)}%`);

const day = (d: Date) => `${d.getFullYear()}-${d.getMonth()}-${d.getDate()}`;

// clock tells a time as briefly as it stays clear: the hour today, the day this year, else the date.
export function clock(at: string | undefined, l: Language, now = new Date()): string {
  if (!at) return '';
  const d = new Date(at);
  if (Number.isNaN(d.getTime())) return at;
  if (day(d) === day(now)) return d.toLocaleTimeString(tag(l), { hour: '2-digit', minute: '2-digit', hour12: false });
  if (d.getFullYear() === now.getFullYear()) return d.toLocaleDateString(tag(l), { month: 'short', day: 'numeric' });
  return d.toLocaleDateString(tag(l));
}

export function full(at: string | undefined, l: Language): string {
  const d = new Date(at ?? '');
  return Number.isNaN(d.getTime()) ? (at ?? '') : d.toLocaleString(tag(l), { hour12: false });
}

export function dayTitle(at: string, l: Language): string {
  return new Date(at).toLocaleDateString(tag(l), { year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' });
}

const units = { zh: ['秒', '分钟', '小时', '天'], en: ['s', 'min', 'h', 'd'] } as const;

// span is a duration in its largest whole unit: 45 s, 12 min, 3 h, 2 d.
export function span(ms: number | undefined, l: Language): string {
  if (ms === undefined || Number.isNaN(ms)) return '–';
  const s = Math.abs(ms) / 1000;
  if (s > 0 && s < 1) return `${Math.round(s * 1000)} ${l === 'zh' ? '毫秒' : 'ms'}`;
  const [n, u] = s < 60 ? [s, 0] : s < 3600 ? [s / 60, 1] : s < 172_800 ? [s / 3600, 2] : [s / 86_400, 3];
  return `${Math.floor(n)} ${units[l][u]}`;
}

export const since = (at: string | undefined, l: Language, now = Date.now()) => (at ? span(now - new Date(at).getTime(), l) : '');
