import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Language } from '../preferences';
import { texts, type Key } from './texts';

export type { Key } from './texts';
export type Vars = Record<string, string | number>;
export type Translate = (key: Key, vars?: Vars) => string;

const inLanguage = (i: 0 | 1) => Object.fromEntries(Object.entries(texts).map(([key, pair]) => [key, pair[i]]));

// startTexts makes the texts ready; both languages ship together, so that switching is instant.
export function startTexts(language: Language): void {
  void i18next.init({
    lng: language,
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    showSupportNotice: false,
    interpolation: { escapeValue: false }, // texts are put into the page as text, never as HTML
    resources: { zh: { translation: inLanguage(0) }, en: { translation: inLanguage(1) } },
  } as Parameters<typeof i18next.init>[0]);
}

export const switchLanguage = (language: Language) => i18next.changeLanguage(language);
export const translate: Translate = (key, vars) => i18next.t(key, vars as never) as unknown as string;

export function useT(): { t: Translate; l: Language } {
  const { t, i18n } = useTranslation(undefined, { i18n: i18next });
  return { t: t as unknown as Translate, l: i18n.language === 'zh' ? 'zh' : 'en' };
}

// word is the label of one of the platform's own words (a status, an intent ...); an unknown word is shown as it is.
export function word(t: Translate, group: string, name: string | undefined): string {
  if (!name) return '';
  const key = `${group}.${name}`;
  return key in texts ? t(key as Key) : name.replace(/_/g, ' ');
}
