import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, keys, type JourneyVersion } from '../../lib/api';
import { useT } from '../../lib/i18n';
import { Await, Button, Time, useSay } from '../../ui';
import { useCan } from '../auth/session';

// History lists the table's versions; restoring one is saving it again.
export function History({ show }: { show: (n: number) => void }) {
  const { t } = useT();
  const say = useSay();
  const may = useCan()('journey.write');
  const client = useQueryClient();
  const answer = useQuery({ queryKey: keys.journeyVersions, queryFn: api.journey.versions });
  const restore = useMutation({
    mutationFn: ({ old, now }: { old: JourneyVersion; now: number }) => api.journey.save(now, old.table, t('journey.restored', { n: old.number })),
    onError: say.failed,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['journey'] });
      say.done(t('journey.saved'));
      show(0);
    },
  });
  return (
    <Await answer={answer}>
      {({ items }) => items.length ? (
        <ul className="lines journey-history">
          {items.map((v, i) => (
            <li key={v.number}>
              <span><strong>v{v.number}</strong> <Time at={v.at} /><small>{v.note}</small></span>
              <span>
                <Button size="small" onClick={() => show(i === 0 ? 0 : v.number)}>{t('do.open')}</Button>
                {may && i > 0 && <Button size="small" loading={restore.isPending} onClick={() => restore.mutate({ old: v, now: items[0]!.number })}>{t('journey.restore')}</Button>}
              </span>
            </li>
          ))}
        </ul>
      ) : <p className="none">{t('journey.versions.none')}</p>}
    </Await>
  );
}
