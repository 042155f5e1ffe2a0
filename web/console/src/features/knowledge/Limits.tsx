import type { ArticleInput } from '../../lib/api';
import { useT, word, type Key } from '../../lib/i18n';
import { Input, Select } from '../../ui';
import { emptyArticle, fromDay, toDay } from './article';

const known: Record<string, string[]> = { tiers: ['silver', 'gold', 'diamond'], channels: ['webchat', 'phone', 'sms', 'wecom', 'wechat', 'email'] };
const kinds = ['stores', 'regions', 'tiers', 'channels'] as const;

// Limits tells when and for whom an article holds; empty means always and for everybody.
export function Limits({ content, set }: { content: ArticleInput; set: (part: Partial<ArticleInput>) => void }) {
  const { t } = useT();
  const scope = content.scope ?? emptyArticle.scope!;
  return (
    <div className="limits">
      <label className="limits-wide">{t('article.questions')}<Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} value={(content.tags ?? []).join('\n')} placeholder={t('article.questions.hint')} onChange={(e) => set({ tags: e.target.value.split('\n') })} /></label>
      <label>{t('article.category')}<Input value={content.kind ?? ''} maxLength={60} onChange={(e) => set({ kind: e.target.value })} /></label>
      <label>{t('article.from')}<Input type="date" value={toDay(content.valid_from)} onChange={(e) => set({ valid_from: fromDay(e.target.value) })} /></label>
      <label>{t('article.until')}<Input type="date" value={toDay(content.valid_to)} onChange={(e) => set({ valid_to: fromDay(e.target.value) })} /></label>
      {kinds.map((kind) => (
        <label key={kind}>
          {t(`article.${kind}` as Key)}
          <Select mode="tags" value={scope[kind]} placeholder={t('article.everybody')} onChange={(v: string[]) => set({ scope: { ...scope, [kind]: v } })} options={(known[kind] ?? []).map((x) => ({ value: x, label: word(t, kind === 'tiers' ? 'tier' : 'channel', x) }))} />
        </label>
      ))}
    </div>
  );
}
