import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import { Navigate, Outlet, useLocation, useNavigate } from 'react-router';
import { useMe } from '../features/auth/session';
import { api, keys } from '../lib/api';
import { useCommands, useShortcuts, type Command } from '../lib/commands';
import { drafts } from '../lib/drafts';
import { switchLanguage, useT } from '../lib/i18n';
import { carryOutAll } from '../lib/later';
import { outbox } from '../lib/outbox';
import { languageOf, usePreferences } from '../lib/preferences';
import { openLink } from '../lib/realtime';
import { Failure, Rows } from '../ui';
import { globalCommands } from './commands';
import { LinkBar } from './LinkBar';
import { Palette } from './Palette';
import { Rail } from './Rail';
import { ShortcutHelp } from './ShortcutHelp';
import { UndoBar } from './UndoBar';
import { useAlerts } from './useAlerts';
import './frame.css';

// Frame stands around every page: navigation, connection, commands. Only the signed-in get past it.
export function Frame() {
  const me = useMe();
  const here = useLocation();
  if (me.data === null) return <Navigate to={`/login?next=${encodeURIComponent(here.pathname + here.search)}`} replace />;
  if (me.error) return <main className="page"><Failure error={me.error} again={() => void me.refetch()} /></main>;
  if (!me.data) return <main className="page"><Rows /></main>;
  return <Inside />;
}

function Inside() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { t } = useT();
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const language = languageOf(usePreferences());
  useEffect(() => openLink(client), [client]);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    void switchLanguage(language);
  }, [language]);
  useShortcuts();
  useAlerts();
  const signOut = async () => {
    carryOutAll();
    await api.auth.logout().catch(() => undefined);
    drafts.set({});
    outbox.set([]);
    client.clear();
    client.setQueryData(keys.me, null);
  };
  const commands: Command[] = globalCommands({ go: (to) => void navigate(to), palette: () => setPalette(true), help: () => setHelp(true), signOut: () => void signOut() });
  useCommands(commands);
  return (
    <div className="frame">
      <a className="skip" href="#content">{t('frame.skip')}</a>
      <Rail onSearch={() => setPalette(true)} />
      <div className="content" id="content" tabIndex={-1}>
        <LinkBar />
        <Suspense fallback={<Rows />}>
          <Outlet />
        </Suspense>
      </div>
      <UndoBar />
      {palette && <Palette close={() => setPalette(false)} />}
      {help && <ShortcutHelp close={() => setHelp(false)} />}
    </div>
  );
}
