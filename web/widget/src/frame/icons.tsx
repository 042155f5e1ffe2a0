// Drawn for this widget: one weight, one grid. They are always beside or inside something that has a name.
const PATHS = {
  send: 'M4 12 20 4l-4.5 16-4-6.500L4 12Zm7.5 1.500L20 4',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.500h.01',
  close: 'M6 6l12 12M18 6 6 18',
  down: 'M6 9l6 6 6-6',
  back: 'M14 6l-6 6 6 6',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20c.8-3.6 3.9-5.5 7.5-5.500s6.7 1.9 7.5 5.5',
  ticket: 'M5 5h14v14H5zM9 9.500h6M9 14h4',
  spark: 'M12 4l1.8 5.200L19 11l-5.2 1.800L12 18l-1.8-5.200L5 11l5.2-1.800L12 4Z',
  book: 'M5 5.500h5.500c.9 0 1.5.7 1.5 1.500v12c0-.8-.6-1.5-1.5-1.500H5v-12Zm14 0h-5.500c-.9 0-1.5.7-1.5 1.500v12c0-.8.6-1.5 1.5-1.500H19v-12Z',
  box: 'M4 8l8-4 8 4v8l-8 4-8-4V8Zm0 0 8 4m0 0 8-4m-8 4v8',
  truck: 'M3 6h11v10H3zM14 10h4l3 3v3h-7M7.5 18.500a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Zm9 0a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Z',
  store: 'M4 9l1.5-4h13L20 9M4 9v10h16V9M4 9c0 1.3 1 2.3 2.7 2.300S9.3 10.3 9.3 9c0 1.3 1 2.3 2.7 2.300S14.7 10.3 14.7 9c0 1.3 1 2.3 2.6 2.300C19 11.3 20 10.3 20 9M10 19v-4.500h4V19',
  check: 'M5 12.500l4.5 4.500L19 7.5',
  star: 'M12 4l2.4 5 5.5.7-4 3.8 1 5.5-4.9-2.700L7.1 19l1-5.5-4-3.8 5.5-.7L12 4Z',
  bag: 'M5 8h14l-1 12H6L5 8Zm4 0V7a3 3 0 0 1 6 0v1',
  alert: 'M12 8v5m0 3h.01M12 4l9 16H3L12 4Z',
  retry: 'M19 12a7 7 0 1 1-2-5M19 4v4h-4',
}

export type IconName = keyof typeof PATHS

export function Icon({ name, size = 20, solid }: { name: IconName; size?: number; solid?: boolean }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" fill={solid ? 'currentColor' : 'none'} stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">
      <path d={PATHS[name]} />
    </svg>
  )
}
