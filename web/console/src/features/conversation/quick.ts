import type { QuickReply } from '../../lib/api';
import { rank } from '../../lib/commands/match';

// matching are the ready answers for what was typed after the slash, best first.
export const matching = (items: readonly QuickReply[], typed: string, language: 'zh' | 'en'): QuickReply[] =>
  rank(typed, items, (r) => `${r.shortcut ?? ''} ${r.title[language]} ${r.text[language]}`).slice(0, 8);
