import { useQuery } from '@tanstack/react-query';
import { ApiError, api, keys, type Me } from '../../lib/api';

// useMe is who is signed in: undefined while asking, null when nobody is.
export function useMe() {
  return useQuery<Me | null>({
    queryKey: keys.me,
    queryFn: () =>
      api.auth.me().catch((e: unknown) => {
        if (e instanceof ApiError && e.status === 401) return null;
        throw e;
      }),
    staleTime: 5 * 60_000,
  });
}

// useCan tells what to offer. The server decides again at every call; this only spares people dead buttons.
export function useCan(): (permission: string) => boolean {
  const { data } = useMe();
  return (permission) => !!data?.permissions.includes(permission);
}
