import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Draft, type DraftWords } from '../../lib/api';
import { useT } from '../../lib/i18n';
import { useSay } from '../../ui';

// useDraftSteps moves drafts; whatever comes back is asked for again.
export function useDraftSteps() {
  const { t } = useT();
  const say = useSay();
  const client = useQueryClient();
  const after = {
    onError: say.failed,
    onSuccess: () => {
      say.done(t('learning.changed'));
      return Promise.all([['gaps'], ['gap'], ['drafts'], ['articles']].map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  };
  const make = useMutation({ mutationFn: (gap: string) => api.learning.make(gap), ...after });
  const save = useMutation({ mutationFn: ({ d, words }: { d: Draft; words: DraftWords }) => api.learning.save(d.id, { ...words, version: d.version }), ...after });
  const prove = useMutation({ mutationFn: (d: Draft) => api.learning.prove(d.id, d.version), ...after });
  const accept = useMutation({ mutationFn: (d: Draft) => api.learning.accept(d.id, d.version), ...after });
  const reject = useMutation({ mutationFn: ({ d, reason }: { d: Draft; reason: string }) => api.learning.reject(d.id, d.version, reason), ...after });
  const rollback = useMutation({ mutationFn: ({ d, reason }: { d: Draft; reason: string }) => api.learning.rollback(d.id, d.version, reason), ...after });
  return { make, save, prove, accept, reject, rollback };
}
