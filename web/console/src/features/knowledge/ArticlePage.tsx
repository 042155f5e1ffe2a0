import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { api, keys, type Article } from '../../lib/api';
import { useT } from '../../lib/i18n';
import { useWide } from '../../lib/media';
import { useAddress } from '../../lib/url';
import { Await, IconBack, IconButton, Segmented } from '../../ui';
import { ArticleEditor } from './ArticleEditor';
import './knowledge.css';

const languages = ['zh', 'en'] as const;
type Side = (typeof languages)[number];

export function ArticlePage() {
  const { id = 'new' } = useParams();
  const answer = useQuery({ queryKey: keys.article(id), queryFn: () => api.articles.one(id), enabled: id !== 'new' });
  if (id === 'new') return <main className="page"><Both first={undefined} others={[]} /></main>;
  return <main className="page"><Await answer={answer}>{(a) => <Pair article={a} />}</Await></main>;
}

// Pair finds the translation that shares the article's key.
function Pair({ article: a }: { article: Article }) {
  const query = { key: a.key };
  const answer = useQuery({ queryKey: keys.articles(query), queryFn: () => api.articles.list(query) });
  return <Await answer={answer}>{(page) => <Both first={a} others={page.items.filter((x) => x.key === a.key && x.language !== a.language)} />}</Await>;
}

// Both shows the two language versions side by side; on a narrow window one at a time.
function Both({ first, others }: { first?: Article; others: Article[] }) {
  const { t, l } = useT();
  const wide = useWide(1100);
  const navigate = useNavigate();
  const { value, change } = useAddress();
  const of = (side: Side) => (first?.language === side ? first : others.find((x) => x.language === side));
  const shown = (value('show') || (wide ? 'both' : (first?.language ?? l))) as Side | 'both';
  const sides = shown === 'both' ? languages : languages.filter((x) => x === shown);
  return (
    <>
      <header className="page-head">
        <IconButton title={t('do.back')} icon={<IconBack />} onClick={() => void navigate('/knowledge')} />
        <h1>{first?.title ?? t('article.new')}</h1>
        <span className="grow" />
        <Segmented value={shown} onChange={(v) => change({ show: String(v) })} options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }, ...(wide ? [{ value: 'both', label: t('article.side') }] : [])]} />
      </header>
      <div className={`article-sides sides-${sides.length}`}>
        {sides.map((side) => <ArticleEditor key={`${side}:${of(side)?.id ?? 'new'}`} article={of(side)} language={side} articleKey={first?.key} passage={value('passage')} />)}
      </div>
    </>
  );
}
