import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useCan } from '../features/auth/session';
import { api, keys } from '../lib/api';
import { translate } from '../lib/i18n';
import { preferences } from '../lib/preferences';

// beep is a short soft tone, made here so that no file has to be fetched.
export function beep(): void {
  try {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = 660;
    volume.gain.setValueAtTime(0.08, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.35);
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.35);
  } catch {
    // a browser may refuse sound before the first click; the badge is still there
  }
}

// newcomers are those who were not there before.
export const newcomers = (before: ReadonlySet<string>, now: readonly string[]) => now.filter((id) => !before.has(id));

// useAlerts tells of customers who begin to wait, as far as the person wishes: title, sound, desktop.
export function useAlerts(): void {
  const can = useCan();
  const waiting = useQuery({ queryKey: keys.inbox({ filter: 'waiting', badge: true }), queryFn: () => api.conversations.list({ filter: 'waiting' }), enabled: can('conversation.read') });
  const known = useRef<Set<string> | null>(null);
  const rows = waiting.data?.items;
  useEffect(() => {
    if (!rows) return;
    const fresh = known.current ? newcomers(known.current, rows.map((r) => r.id)) : [];
    known.current = new Set(rows.map((r) => r.id));
    document.title = rows.length ? `(${rows.length}) Xiaoer` : 'Xiaoer';
    const wish = preferences.get();
    if (fresh.length && wish.sound) beep();
    if (fresh.length && wish.desktop && document.hidden && typeof Notification !== 'undefined' && Notification.permission === 'granted') {
      const row = rows.find((r) => r.id === fresh[0]);
      new Notification(translate('alert.waiting', { name: row?.customer.name ?? '' }), { body: row?.last_text, tag: fresh[0] });
    }
  }, [rows]);
}
