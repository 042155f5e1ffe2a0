import { ApiError } from './errors';

type Query = Record<string, string | number | boolean | undefined>;
type Options = { query?: Query; body?: unknown; signal?: AbortSignal; keepalive?: boolean };

const base = '/api/v1';
let onSignedOut = () => {};

// whenSignedOut is told of every 401, so that one place leads to the sign-in page.
export function whenSignedOut(f: () => void): void {
  onSignedOut = f;
}

export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined && value !== '') search.set(key, String(value));
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

// request sends one call and gives its JSON, or throws an ApiError.
export async function request<T>(method: string, path: string, o: Options = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET') headers['X-CSRF'] = '1';
  if (o.body !== undefined) headers['Content-Type'] = 'application/json';
  let answer: Response;
  try {
    answer = await fetch(withQuery(base + path, o.query), {
      method,
      headers,
      credentials: 'same-origin',
      body: o.body === undefined ? undefined : JSON.stringify(o.body),
      signal: o.signal,
      keepalive: o.keepalive,
    });
  } catch (e) {
    if ((e as Error).name === 'AbortError') throw e;
    throw new ApiError(0);
  }
  if (!answer.ok) throw await problem(answer, path);
  if (answer.status === 204) return undefined as T;
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

async function problem(answer: Response, path: string): Promise<ApiError> {
  const body = await answer.json().catch(() => ({}));
  const wait = Number(answer.headers.get('Retry-After') ?? 0) || 0;
  if (answer.status === 401 && !path.startsWith('/auth/')) onSignedOut();
  return new ApiError(answer.status, body as Record<string, unknown>, wait);
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) => request<T>('GET', path, { query, signal });
export const post = <T = void>(path: string, body: unknown = {}) => request<T>('POST', path, { body });
export const put = <T>(path: string, body: unknown) => request<T>('PUT', path, { body });
export const patch = <T>(path: string, body: unknown) => request<T>('PATCH', path, { body });
