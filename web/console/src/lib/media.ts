import { useSyncExternalStore } from 'react';

// useWide tells whether the window is at least so many pixels wide.
export function useWide(pixels: number): boolean {
  const query = `(min-width: ${pixels}px)`;
  return useSyncExternalStore(
    (f) => {
      const media = matchMedia(query);
      media.addEventListener('change', f);
      return () => media.removeEventListener('change', f);
    },
    () => matchMedia(query).matches,
  );
}
