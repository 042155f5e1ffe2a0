import type { Content } from '../../lib/api';
import { useT, word, type Key } from '../../lib/i18n';
import { Input, Select } from '../../ui';
import { fromDay, toDay } from './article';

const known: Record<string, string[]> = { tiers: ['bronze', 'silver', 'gold', 'platinum'], channels: ['webchat', 'phone', 'sms', 'wecom', 'wechat', 'email'] };
const kinds = ['stores', 'regions', 'tiers', 'channels'] as const;

// Limits tells when and for whom an article holds; empty means always and for everybody.
export function Limits({ content, set }: { content: Content; set: (part: Partial<Content>) => void }) {
  const { t } = useT();
  const limits = content.limits ?? {};
  return (
    <div className="limits">
      <label>{t('article.category')}<Input value={content.category ?? ''} maxLength={60} onChange={(e) => set({ category: e.target.value })} /></label>
      <label>{t('article.from')}<Input type="date" value={toDay(content.valid_from)} onChange={(e) => set({ valid_from: fromDay(e.target.value) })} /></label>
      <label>{t('article.until')}<Input type="date" value={toDay(content.valid_until)} onChange={(e) => set({ valid_until: fromDay(e.target.value) })} /></label>
      {kinds.map((kind) => (
        <label key={kind}>
          {t(`article.${kind}` as Key)}
          <Select mode="tags" value={limits[kind] ?? []} placeholder={t('article.everybody')} onChange={(v: string[]) => set({ limits: { ...limits, [kind]: v } })} options={(known[kind] ?? []).map((x) => ({ value: x, label: word(t, kind === 'tiers' ? 'tier' : 'channel', x) }))} />
        </label>
      ))}
    </div>
  );
}
