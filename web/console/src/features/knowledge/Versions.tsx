import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, keys, type Article, type ArticleVersion } from '../../lib/api';
import { useT, word } from '../../lib/i18n';
import { diff } from '../../lib/text/diff';
import { Await, Button, Chip, Time, useSay } from '../../ui';

// Versions is the history of an article: who changed what, line by line, and the way back.
export function Versions({ article, able }: { article: Article; able: boolean }) {
  const answer = useQuery({ queryKey: keys.versions(article.id), queryFn: () => api.articles.versions(article.id) });
  return <Await answer={answer}>{(page) => <History article={article} versions={[...page.items].sort((a, b) => b.version - a.version)} able={able} />}</Await>;
}

function History({ article, versions, able }: { article: Article; versions: ArticleVersion[]; able: boolean }) {
  const { t } = useT();
  const say = useSay();
  const client = useQueryClient();
  const [chosen, setChosen] = useState(versions[0]?.version ?? 0);
  const at = versions.findIndex((v) => v.version === chosen);
  const [now, before] = [versions[at], versions[at + 1]];
  const restore = useMutation({
    mutationFn: (version: number) => api.articles.restore(article.id, version),
    onError: say.failed,
    onSuccess: () => {
      say.done(t('article.restored'));
      return Promise.all([['article'], ['articles']].map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
  return (
    <div className="versions">
      <ul>
        {versions.map((v) => (
          <li key={v.version}>
            <button type="button" aria-pressed={v.version === chosen} onClick={() => setChosen(v.version)}>
              <strong>v{v.version}</strong> {v.version === article.live && <Chip tone="good">{t('article.live.mark')}</Chip>} <small>{v.author} <Time at={v.at} /></small>
              {v.note && <em>{v.note}</em>}
              <small>{word(t, 'article.status', v.status)}</small>
            </button>
          </li>
        ))}
      </ul>
      {now && (
        <div>
          <p className="versions-head">{t(before ? 'article.compare' : 'article.first', { a: before?.version ?? 0, b: now.version })}
            {able && now.version !== article.version && <Button size="small" loading={restore.isPending} onClick={() => say.ask(t('article.restore', { n: now.version }), t('article.restore.hint'), t('article.restore.do'), () => restore.mutate(now.version))}>{t('article.restore', { n: now.version })}</Button>}
          </p>
          <Lines before={before ? `${before.title}\n\n${before.body}` : ''} after={`${now.title}\n\n${now.body}`} />
        </div>
      )}
    </div>
  );
}

function Lines({ before, after }: { before: string; after: string }) {
  return (
    <div className="diff" tabIndex={0}>
      {diff(before, after).map((line, i) => (
        <div key={i} className={line.kind}>
          <i aria-hidden>{line.kind === 'added' ? '+' : line.kind === 'removed' ? '−' : ' '}</i>
          {line.kind === 'added' ? <ins>{line.text || ' '}</ins> : line.kind === 'removed' ? <del>{line.text || ' '}</del> : <span>{line.text || ' '}</span>}
        </div>
      ))}
    </div>
  );
}
