// Parts that not every visit needs are fetched when they are first wanted.
import { useEffect, useState } from 'preact/hooks'

/** The module once it is here; a network that failed is asked again. */
export function useLater<T>(wanted: boolean, load: () => Promise<T>): T | undefined {
  const [got, set] = useState<T>()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const ask = (): void => void load().then((m) => set(() => m), () => (timer = setTimeout(ask, 2000)))
    if (wanted && !got) ask()
    return () => clearTimeout(timer)
  }, [wanted])
  return got
}
