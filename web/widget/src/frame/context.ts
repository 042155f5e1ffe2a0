// What every view may need, given once at the root.
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Chat } from '../core/chat'
import type { LinkRule } from '../core/richtext'
import type { Locale } from '../protocol'
import type { Words } from './texts'

export interface Surface {
  chat: Chat
  w: Words
  locale: Locale
  rule: LinkRule
  /** Follows a link: the host page's own origin inside the page, others in a new tab. */
  go(url: string): void
  openSource(id: string, title: string): void
  openTicket(id: string): void
  say(text: string): void
}

export const SurfaceContext = createContext<Surface>(undefined as unknown as Surface)
export const useSurface = (): Surface => useContext(SurfaceContext)
