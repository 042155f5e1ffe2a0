import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { api, keys, type Message } from '../../lib/api';
import { useSay } from '../../ui';

const size = 60;

export const useConversation = (id: string) => useQuery({ queryKey: keys.conversation(id), queryFn: () => api.conversations.one(id) });

// inOrder puts pages together: by number, each number once, the newest telling of it last.
export function inOrder(pages: readonly { items: Message[] }[]): Message[] {
  const bySeq = new Map<number, Message>();
  for (const page of [...pages].reverse()) for (const m of page.items) bySeq.set(m.seq, m);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

// useMessages gives the newest messages first and older ones on demand.
export function useMessages(id: string) {
  const query = useInfiniteQuery({
    queryKey: keys.messages(id),
    queryFn: ({ pageParam }) => api.conversations.messages(id, { before: pageParam || undefined, limit: size }),
    initialPageParam: 0,
    getNextPageParam: (last) => {
      const first = Math.min(...last.items.map((m) => m.seq));
      return last.items.length >= size && first > 1 ? first : undefined;
    },
  });
  const messages = useMemo(() => inOrder(query.data?.pages ?? []), [query.data]);
  return { query, messages };
}

type Step = 'take' | 'handBack' | 'close';

// useSteps are the moves of a conversation; whatever comes back, the server's state is asked for again.
export function useSteps(id: string) {
  const client = useQueryClient();
  const say = useSay();
  const refresh = () => Promise.all([['inbox'], keys.conversation(id), keys.messages(id)].map((queryKey) => client.invalidateQueries({ queryKey })));
  const step = useMutation({ mutationFn: (s: Step) => api.conversations[s](id), onError: say.failed, onSettled: refresh });
  const assign = useMutation({ mutationFn: (to: { staff_id?: string; team_id?: string }) => api.conversations.assign(id, to), onError: say.failed, onSettled: refresh });
  return { step, assign, refresh };
}

// usePresence tells the others that one is looking, and that one has gone.
export function usePresence(id: string, able: boolean): void {
  useEffect(() => {
    if (!able) return;
    const tell = (state: 'viewing' | 'gone') => void api.conversations.presence(id, state).catch(() => undefined);
    const look = () => document.visibilityState === 'visible' && tell('viewing');
    look();
    const timer = setInterval(look, 20_000);
    return () => {
      clearInterval(timer);
      tell('gone');
    };
  }, [id, able]);
}
