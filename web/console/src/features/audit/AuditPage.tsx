import { useInfiniteQuery } from '@tanstack/react-query';
import { api, keys } from '../../lib/api';
import { useT, word } from '../../lib/i18n';
import { Await, Button, Chip, Time } from '../../ui';
import './audit.css';

// AuditPage lists sensitive actions, newest first, and says whether the chain of their hashes holds.
export function AuditPage() {
  const { t } = useT();
  const answer = useInfiniteQuery({ queryKey: keys.audit, queryFn: ({ pageParam }) => api.audit(pageParam), initialPageParam: 0, getNextPageParam: (page) => { const last = page.items.at(-1)?.seq ?? 0; return last > 1 ? last : undefined; } });
  const broken = answer.data?.pages.map((p) => p.broken_at).find((n) => n);
  return (
    <main className="page audit">
      <header className="page-head"><h1>{t('nav.audit')}</h1>{answer.data && <Chip tone={broken ? 'bad' : 'good'}>{broken ? t('audit.broken', { n: broken }) : t('audit.holds')}</Chip>}</header>
      <Await answer={answer}>
        {({ pages }) => (
          <section className="box flush"><div className="table-scroll"><table className="table">
            <thead><tr><th>#</th><th>{t('audit.at')}</th><th>{t('audit.actor')}</th><th>{t('audit.action')}</th><th>{t('audit.subject')}</th><th>{t('audit.address')}</th><th>{t('audit.detail')}</th></tr></thead>
            <tbody>
              {pages.flatMap((p) => p.items).map((x) => (
                <tr key={x.seq} className={broken === x.seq ? 'broken' : ''}>
                  <td title={x.hash}>{x.seq}</td><td><Time at={x.at} /></td><td>{x.actor?.name || x.actor?.id}</td><td>{word(t, 'audit.do', x.action)}</td><td><code>{x.subject}</code></td><td><code>{x.address}</code></td>
                  <td>{Object.entries(x.detail ?? {}).map(([k, v]) => <span key={k}>{k}: {v} </span>)}</td>
                </tr>
              ))}
            </tbody>
          </table></div>{!pages[0]?.items.length && <p className="none">{t('audit.none')}</p>}</section>
        )}
      </Await>
      {answer.hasNextPage && <Button loading={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>{t('audit.more')}</Button>}
    </main>
  );
}
