import type { Command } from '../lib/commands';
import { isDark, languageOf, preferences } from '../lib/preferences';

type Does = { go: (to: string) => void; palette: () => void; help: () => void; signOut: () => void };

const toggleTheme = () =>
  preferences.set((p) => ({ ...p, theme: isDark(p, matchMedia('(prefers-color-scheme: dark)').matches) ? 'light' : 'dark' }));
const toggleLanguage = () => preferences.set((p) => ({ ...p, language: languageOf(p) === 'zh' ? 'en' : 'zh' }));

// globalCommands can be done from everywhere.
export function globalCommands(does: Does): Command[] {
  const go = (id: string, title: Command['title'], keys: string, to: string): Command => ({ id, title, group: 'group.go', keys, run: () => does.go(to) });
  return [
    { id: 'palette', title: 'do.palette', keys: 'mod+k', run: does.palette, hidden: true },
    { id: 'search', title: 'do.search', group: 'group.go', keys: '/', run: () => does.go('/search') },
    go('go.inbox', 'nav.inbox', 'g i', '/inbox'),
    go('go.mine', 'go.mine', 'g m', '/inbox?filter=mine'),
    go('go.waiting', 'go.waiting', 'g w', '/inbox?filter=waiting'),
    go('go.tickets', 'nav.tickets', 'g t', '/tickets'),
    go('go.knowledge', 'nav.knowledge', 'g k', '/knowledge'),
    go('go.learning', 'nav.learning', 'g l', '/learning'),
    go('go.insight', 'nav.insight', 'g n', '/insight'),
    go('go.flows', 'nav.flows', 'g f', '/flows'),
    go('go.journey', 'nav.journey', 'g j', '/journey'),
    go('go.staff', 'nav.staff', 'g s', '/staff'),
    go('go.audit', 'nav.audit', 'g a', '/audit'),
    go('go.settings', 'nav.settings', 'g ,', '/settings'),
    { id: 'ticket.new', title: 'ticket.new', group: 'group.make', run: () => does.go('/tickets?new=1') },
    { id: 'article.new', title: 'article.new', group: 'group.make', run: () => does.go('/knowledge/new') },
    { id: 'theme', title: 'do.theme', group: 'group.look', run: toggleTheme },
    { id: 'language', title: 'do.language', group: 'group.look', run: toggleLanguage },
    { id: 'help', title: 'do.help', group: 'group.look', keys: '?', run: does.help },
    { id: 'sign-out', title: 'do.signout', group: 'group.look', run: does.signOut },
  ];
}
