import createClient from 'openapi-fetch';
import { ApiError } from './errors';
import type { paths } from './schema';

let onSignedOut = () => {};

// whenSignedOut is told of every 401, so that one place leads to the sign-in page.
export function whenSignedOut(f: () => void): void {
  onSignedOut = f;
}

// carry sends a request; a broken connection becomes an ApiError like every other failure.
async function carry(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (e) {
    if ((e as Error).name === 'AbortError') throw e;
    throw new ApiError(0);
  }
}

// client is typed by the served description: a route or field that is not there does not compile.
export const client = createClient<paths>({ baseUrl: typeof location === 'undefined' ? 'http://localhost' : location.origin, credentials: 'same-origin', fetch: carry, headers: { Accept: 'application/json' } });

client.use({
  onRequest: ({ request }) => {
    if (request.method !== 'GET') request.headers.set('X-CSRF', '1');
    return request;
  },
  onResponse: async ({ response, schemaPath }) => {
    if (response.ok) return undefined;
    const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    if (response.status === 401 && !schemaPath.includes('/auth/')) onSignedOut();
    throw new ApiError(response.status, body, Number(response.headers.get('Retry-After') ?? 0) || 0);
  },
});

// got unwraps an answer: failures have been thrown before, so what is left is the data.
export async function got<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}
