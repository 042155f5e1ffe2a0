import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useBlocker, useNavigate } from 'react-router';
import { api, keys, type Article, type ArticleInput } from '../../lib/api';
import { useT } from '../../lib/i18n';
import { useSay } from '../../ui';

// useArticleSteps saves, publishes and withdraws; whatever comes back is asked for again.
export function useArticleSteps(a?: Article) {
  const { t } = useT();
  const say = useSay();
  const client = useQueryClient();
  const navigate = useNavigate();
  const fresh = () => Promise.all([['articles'], ['article']].map((queryKey) => client.invalidateQueries({ queryKey })));
  const save = useMutation({
    mutationFn: ({ content, version }: { content: ArticleInput; version: number }) => (a ? api.articles.save(a.id, { ...content, version }) : api.articles.create(content)),
    onError: say.failed,
    onSuccess: async (made) => {
      client.setQueryData(keys.article(made.id), made);
      say.done(t('article.saved'));
      if (!a) await navigate(`/knowledge/${made.id}`, { replace: true });
      await fresh();
    },
  });
  const step = (move: 'publish' | 'withdraw', said: 'article.published' | 'article.withdrawn') => ({
    mutationFn: (x: Article) => api.articles[move](x.id, x.version),
    onError: say.failed,
    onSuccess: () => {
      say.done(t(said));
      return fresh();
    },
  });
  return { save, publish: useMutation(step('publish', 'article.published')), withdraw: useMutation(step('withdraw', 'article.withdrawn')) };
}

// useLeaveGuard asks before unsaved words are left behind.
export function useLeaveGuard(dirty: boolean): void {
  const { t } = useT();
  const say = useSay();
  const blocker = useBlocker(({ currentLocation: from, nextLocation: to }) => dirty && from.pathname !== to.pathname);
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    say.ask(t('article.leave'), t('article.leave.hint'), t('article.leave.do'), () => blocker.proceed(), true, () => blocker.reset());
  }, [blocker, say, t]);
  useEffect(() => {
    if (!dirty) return;
    const warn = (e: BeforeUnloadEvent) => e.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [dirty]);
}
