import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, keys, type Article, type ArticleVersion } from '../../lib/api';
import { useT, word } from '../../lib/i18n';
import { diff } from '../../lib/text/diff';
import { Await, Button, Chip, Segmented, Time } from '../../ui';

type Props = { article: Article; restore?: (v: ArticleVersion) => void };

// Versions is the history of an article: who changed what, line by line, and the way back.
export function Versions({ article, restore }: Props) {
  const answer = useQuery({ queryKey: keys.versions(article.id), queryFn: () => api.articles.versions(article.id) });
  return <Await answer={answer}>{(page) => <History all={page.items} restore={restore} />}</Await>;
}

function History({ all, restore }: { all: ArticleVersion[]; restore?: Props['restore'] }) {
  const { t, l } = useT();
  const languages = [...new Set(all.map((v) => v.language))];
  const [language, setLanguage] = useState(languages.includes(l) ? l : (languages[0] ?? l));
  const versions = all.filter((v) => v.language === language).sort((a, b) => b.version - a.version);
  const [chosen, setChosen] = useState(0);
  const at = Math.max(0, versions.findIndex((v) => v.version === chosen));
  const now = versions[at];
  // Publishing makes a version of its own with the same words; the comparison goes back to the last other words.
  const before = versions.slice(at + 1).find((v) => v.title !== now?.title || v.body !== now.body);
  if (!now) return <p className="none">{t('article.none')}</p>;
  return (
    <div className="versions">
      <div>
        {languages.length > 1 && <Segmented block size="small" value={language} onChange={(v) => setLanguage(v)} options={languages.map((x) => ({ value: x, label: word(t, 'language', x) }))} />}
        <ul>
          {versions.map((v) => (
            <li key={v.version}>
              <button type="button" aria-pressed={v.version === now.version} onClick={() => setChosen(v.version)}>
                <strong>v{v.version} <Chip tone={v.status === 'published' ? 'good' : 'plain'}>{word(t, 'article.status', v.status)}</Chip></strong>
                <small>{v.by} <Time at={v.at} /></small>
                {v.note && <em>{v.note}</em>}
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div>
        <p className="versions-head">
          {before ? t('article.compare', { a: before.version, b: now.version }) : t('article.first', { b: now.version })}
          {restore && at > 0 && <Button size="small" onClick={() => restore(now)}>{t('article.restore', { n: now.version })}</Button>}
        </p>
        <Lines before={before ? `${before.title}\n\n${before.body}` : ''} after={`${now.title}\n\n${now.body}`} />
      </div>
    </div>
  );
}

const signs = { added: '+', removed: '−', same: ' ' };

const Lines = ({ before, after }: { before: string; after: string }) => (
  <div className="diff" tabIndex={0}>
    {diff(before, after).map((line, i) => (
      <div key={i} className={line.kind}>
        <i aria-hidden>{signs[line.kind]}</i>
        {line.kind === 'added' ? <ins>{line.text || ' '}</ins> : line.kind === 'removed' ? <del>{line.text || ' '}</del> : <span>{line.text || ' '}</span>}
      </div>
    ))}
  </div>
);
