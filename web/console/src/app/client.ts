import { QueryClient } from '@tanstack/react-query';
import { keys, whenSignedOut, worthRetrying } from '../lib/api';

// makeClient is the one memory of server answers. Hints make them stale; nothing else copies them.
export function makeClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, gcTime: 10 * 60_000, retry: worthRetrying, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
  whenSignedOut(() => client.setQueryData(keys.me, null));
  return client;
}
