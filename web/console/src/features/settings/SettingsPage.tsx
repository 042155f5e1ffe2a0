import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { beep } from '../../app/useAlerts';
import { api, keys } from '../../lib/api';
import { useT, word, type Key } from '../../lib/i18n';
import { languageOf, preferences, usePreferences, type Preferences } from '../../lib/preferences';
import { Segmented, Switch, useSay } from '../../ui';
import { useCan, useMe } from '../auth/session';
import { PasswordForm, PresenceSwitch } from './Account';
import './settings.css';

const set = (part: Preferences) => preferences.set((p) => ({ ...p, ...part }));

// What the bar at the foot of a phone has no room for.
const pages: [to: string, title: Key, needs: string][] = [['/flows', 'nav.flows', 'flow.read'], ['/journey', 'nav.journey', 'journey.read'], ['/staff', 'nav.staff', 'staff.read'], ['/audit', 'nav.audit', 'audit.read']];

// SettingsPage holds what a person likes; it stays in this browser.
export function SettingsPage() {
  const { t } = useT();
  const say = useSay();
  const p = usePreferences();
  const me = useMe().data;
  const can = useCan();
  const meta = useQuery({ queryKey: keys.meta, queryFn: api.auth.meta, staleTime: Infinity });
  const desktop = async (on: boolean) => {
    if (on && (typeof Notification === 'undefined' || (await Notification.requestPermission()) !== 'granted')) return say.failed(new Error(t('settings.desktop.refused')));
    set({ desktop: on });
  };
  return (
    <main className="page settings">
      <header className="page-head"><h1>{t('nav.settings')}</h1></header>
      <section className="box">
        <Line title="settings.language"><Segmented value={languageOf(p)} onChange={(v) => set({ language: v as 'zh' | 'en' })} options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }]} /></Line>
        <Line title="settings.theme"><Segmented value={p.theme ?? 'system'} onChange={(v) => set({ theme: v as 'light' })} options={(['light', 'dark', 'system'] as const).map((x) => ({ value: x, label: t(`settings.theme.${x}` as Key) }))} /></Line>
        <Line title="settings.send"><Segmented value={p.sendBy ?? 'enter'} onChange={(v) => set({ sendBy: v as 'enter' })} options={[{ value: 'enter', label: 'Enter' }, { value: 'mod-enter', label: 'Ctrl/⌘ + Enter' }]} /></Line>
        <Line title="settings.sound" hint="settings.sound.hint"><Switch checked={!!p.sound} onChange={(on) => { set({ sound: on }); if (on) beep(); }} aria-label={t('settings.sound')} /></Line>
        <Line title="settings.desktop" hint="settings.desktop.hint"><Switch checked={!!p.desktop} onChange={(on) => void desktop(on)} aria-label={t('settings.desktop')} /></Line>
      </section>
      <section className="box">
        <Line title="settings.me"><span>{me?.name} · {word(t, 'role', me?.role)}</span></Line>
        <Line title="account.presence" hint="account.presence.hint"><PresenceSwitch /></Line>
        <Line title="account.password" hint="account.password.hint"><PasswordForm /></Line>
        <Line title="account.pages"><span className="settings-pages">{pages.filter(([, , needs]) => can(needs)).map(([to, title]) => <Link key={to} to={to}>{t(title)}</Link>)}</span></Line>
        <Line title="settings.version"><code>{meta.data?.version ?? '–'}</code></Line>
        <Line title="settings.api"><a href="/api/v1/docs" target="_blank" rel="noopener noreferrer">/api/v1/docs</a></Line>
      </section>
    </main>
  );
}

const Line = ({ title, hint, children }: { title: Key; hint?: Key; children: ReactNode }) => {
  const { t } = useT();
  return <div className="setting"><div><strong>{t(title)}</strong>{hint && <small>{t(hint)}</small>}</div>{children}</div>;
};
