import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { api, keys, type InboxQuery } from '../../lib/api';

// useInbox asks for the rows of a filter, page after page.
export function useInbox(query: InboxQuery) {
  return useInfiniteQuery({
    queryKey: keys.inbox(query),
    queryFn: ({ pageParam, signal }) => api.conversations.list({ ...query, cursor: pageParam || undefined }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: keepPreviousData,
  });
}
