// Behaviour goes to the widget, which sends it on; before the widget is here its queue keeps it.
type Call = (command: string, ...rest: unknown[]) => void
type Queue = Call & { q?: unknown[][] }

declare global {
  interface Window {
    xiaoer?: Queue
  }
}

export const xiaoer: Call = (...call) => {
  if (!window.xiaoer) {
    const queue: Queue = (...c) => void (queue.q ??= []).push(c)
    window.xiaoer = queue
  }
  window.xiaoer(...(call as Parameters<Call>))
}

export function track(type: string, properties: Record<string, unknown> = {}): void {
  xiaoer('track', type, properties)
}

/** The one script tag that every shop uses. */
export function embed(locale: string): void {
  const tag = document.createElement('script')
  tag.src = '/widget/loader.js'
  tag.async = true
  tag.dataset.account = 'web'
  tag.dataset.locale = locale
  document.head.append(tag)
}
