import { Store, useStore } from './store';

export type Theme = 'light' | 'dark' | 'system';
export type Language = 'zh' | 'en';
export type Preferences = { theme?: Theme; language?: Language; sound?: boolean; desktop?: boolean; sendBy?: 'enter' | 'mod-enter' };

export const preferences = new Store<Preferences>('xiaoer.preferences', {});
export const usePreferences = () => useStore(preferences);

export function languageOf(p: Preferences): Language {
  return p.language ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');
}

export function isDark(p: Preferences, systemDark: boolean): boolean {
  return p.theme === 'dark' || (p.theme !== 'light' && systemDark);
}
