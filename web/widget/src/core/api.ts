// The shopper API as functions. Every failure is an ApiError that knows whether trying again can help.
import type { BehaviourEvent, Identity } from '../protocol'
import type { Citation, Config, Page, Session, Ticket } from './wire'

export class ApiError extends Error {
  constructor(
    readonly status: number, // 0: the network
    readonly detail = '',
    readonly code = '',
    readonly retryAfter = 0, // milliseconds the server asked for
  ) {
    super(detail || `status ${status}`)
  }

  /** The same request may succeed later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500
  }
}

export interface SessionAsk {
  visitor_id?: string
  identity?: Identity
  locale?: string
  page?: string
}

/** What the chat needs of the server; the tests bring their own. */
export interface Api {
  session(ask: SessionAsk): Promise<Session>
  messages(token: string, after: number, wait: number, signal?: AbortSignal): Promise<Page>
  send(token: string, m: { client_id: string; text: string; attachment_ids?: string[] }): Promise<{ id: string; seq: number }>
  act(token: string, a: { card_id: string; action: string; client_id: string; values?: Record<string, string> }): Promise<void>
  events(token: string, events: BehaviourEvent[]): Promise<void>
  typing(token: string): Promise<void>
  read(token: string, seq: number): Promise<void>
  upload(token: string, file: File, progress: (part: number) => void): Promise<{ id: string; url: string }>
  citation(token: string, id: string): Promise<Citation & { updated_at?: string }>
  tickets(token: string): Promise<{ tickets: Ticket[] }>
  ticket(token: string, id: string): Promise<Ticket>
  comment(token: string, id: string, c: { client_id: string; text: string }): Promise<Ticket>
  config(page: string, locale: string): Promise<Config>
  streamUrl(token: string, after: number): string
}

function retryAfter(header: string | null): number {
  const seconds = Number(header)
  return header && seconds >= 0 ? Math.min(seconds, 120) * 1000 : 0
}

function problem(status: number, body: unknown, wait: string | null): ApiError {
  const p = (typeof body === 'object' && body !== null ? body : {}) as { detail?: unknown; title?: unknown; code?: unknown }
  const words = typeof p.detail === 'string' ? p.detail : typeof p.title === 'string' ? p.title : ''
  return new ApiError(status, words, typeof p.code === 'string' ? p.code : '', retryAfter(wait))
}

export function httpApi(base: string, patience = 15_000): Api {
  async function ask<T>(method: string, path: string, token: string, body?: unknown, signal?: AbortSignal, extra = 0): Promise<T> {
    const headers: Record<string, string> = {}
    if (token) headers.Authorization = `Bearer ${token}`
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    const gaveUp = new AbortController()
    const stop = () => gaveUp.abort()
    const timer = setTimeout(stop, patience + extra)
    signal?.addEventListener('abort', stop)
    try {
      const answer = await fetch(base + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal: gaveUp.signal, credentials: 'omit' })
      const text = await answer.text()
      const parsed = parse(text)
      if (!answer.ok) throw problem(answer.status, parsed, answer.headers.get('Retry-After'))
      return parsed as T
    } catch (e) {
      throw e instanceof ApiError ? e : new ApiError(0)
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
    }
  }
  const enc = encodeURIComponent
  return {
    session: (a) => ask('POST', '/sessions', '', a),
    messages: (t, after, wait, signal) => ask('GET', `/messages?after=${after}&wait=${wait}`, t, undefined, signal, wait * 1000),
    send: (t, m) => ask('POST', '/messages', t, m),
    act: (t, a) => ask('POST', '/actions', t, a),
    events: (t, events) => ask('POST', '/events', t, { events }),
    typing: (t) => ask('POST', '/typing', t, {}),
    read: (t, seq) => ask('POST', '/read', t, { seq }),
    upload: (t, file, progress) => upload(base, t, file, progress),
    citation: (t, id) => ask('GET', `/citations/${enc(id)}`, t),
    tickets: (t) => ask('GET', '/tickets', t),
    ticket: (t, id) => ask('GET', `/tickets/${enc(id)}`, t),
    comment: (t, id, c) => ask('POST', `/tickets/${enc(id)}/comments`, t, c),
    config: (page, locale) => ask('GET', `/config?page=${enc(page)}&locale=${locale}`, ''),
    streamUrl: (t, after) => `${base}/stream?after=${after}&token=${enc(t)}`,
  }
}

function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

/** fetch cannot tell how much of a body has left, XMLHttpRequest can. */
function upload(base: string, token: string, file: File, progress: (part: number) => void): Promise<{ id: string; url: string }> {
  return new Promise((done, failed) => {
    const x = new XMLHttpRequest()
    x.open('POST', `${base}/attachments`)
    x.setRequestHeader('Authorization', `Bearer ${token}`)
    x.timeout = 60_000
    x.upload.onprogress = (e) => e.lengthComputable && progress(e.loaded / e.total)
    x.onload = () => {
      const body = parse(x.responseText)
      if (x.status >= 200 && x.status < 300) done(body as { id: string; url: string })
      else failed(problem(x.status, body, x.getResponseHeader('Retry-After')))
    }
    x.onerror = x.ontimeout = () => failed(new ApiError(0))
    const form = new FormData()
    form.append('file', file, file.name)
    x.send(form)
  })
}
