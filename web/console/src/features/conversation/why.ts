import { word, type Translate } from '../../lib/i18n';
import type { Pair } from '../../lib/api';

// The platform's words that a reason may hold, looked up in this order.
const groups = ['intent', 'tool', 'emotion', 'category', 'outcome', 'trail', 'slot', 'check'];

// readable is a reason as a person reads it: the platform's own words (complaint_quality, list_orders) are spelled out.
// English sentences share short words with them, so there only words with an underscore are taken for names.
export function readable(why: Pair, l: 'zh' | 'en', t: Translate): string {
  const text = why[l] || why.zh || why.en;
  return text.replace(/[a-z]+(?:_[a-z]+)*/g, (name) => {
    if (l === 'en' && !name.includes('_')) return name;
    return spelled(name, t) ?? name;
  });
}

export function spelled(name: string, t: Translate): string | undefined {
  for (const group of groups) {
    const said = word(t, group, name);
    if (said !== name.replace(/_/g, ' ')) return said;
  }
  return undefined;
}
