import { useEffect, useRef } from 'react';
import type { Article, ArticleInput } from '../../lib/api';
import { useT } from '../../lib/i18n';
import { Chip, Input, Markdown, Plain } from '../../ui';
import { citedPassage, written, type Side } from './article';

const names: Record<Side, string> = { zh: '中文', en: 'English' };
const langs: Record<Side, string> = { zh: 'zh-CN', en: 'en' };

export function WriteSide({ side, content, set }: { side: Side; content: ArticleInput; set: (part: Partial<ArticleInput>) => void }) {
  const { t } = useT();
  const missing = !written(content, side);
  return (
    <section className="box article" aria-label={names[side]} lang={langs[side]}>
      <header><strong>{names[side]}</strong>{missing && <Chip tone="warn">{t('article.unwritten')}</Chip>}</header>
      <Input size="large" variant="borderless" value={content.title[side]} placeholder={t('article.title')} aria-label={t('article.title')} maxLength={200} onChange={(e) => set({ title: { ...content.title, [side]: e.target.value } })} />
      <div className="article-split">
        <Input.TextArea className="mono" autoSize={{ minRows: 12, maxRows: 28 }} value={content.body[side]} placeholder={t('article.body')} aria-label={t('article.body')} onChange={(e) => set({ body: { ...content.body, [side]: e.target.value } })} />
        <div className="article-preview" aria-label={t('article.preview')}><Markdown source={content.body[side]} /></div>
      </div>
    </section>
  );
}

// ReadSide shows the words as customers get them, and the cited passage when one is asked for.
export function ReadSide({ side, content, article, passage }: { side: Side; content: ArticleInput; article?: Article; passage: string }) {
  const { t } = useT();
  const box = useRef<HTMLQuoteElement>(null);
  const found = passage ? citedPassage(article, passage) : undefined;
  const cited = found?.language === side ? found : undefined;
  useEffect(() => void box.current?.scrollIntoView({ block: 'center' }), [cited]);
  return (
    <section className="box article" aria-label={names[side]} lang={langs[side]}>
      <header><strong>{names[side]}</strong>{!written(content, side) && <Chip tone="warn">{t('article.unwritten')}</Chip>}</header>
      {written(content, side) ? (
        <div className="article-read">
          <h2>{content.title[side]}</h2>
          {cited && <blockquote ref={box} className="cited"><small>{t('article.cited')}</small><Plain text={cited.text} /></blockquote>}
          <Markdown source={content.body[side]} />
        </div>
      ) : <p className="none">{t('article.unwritten.hint')}</p>}
    </section>
  );
}
