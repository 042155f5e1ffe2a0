import type { Translate } from '../i18n';

// A failed request, from an RFC 9457 problem document or, with status 0, from a broken connection.
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: { location: string; message: string }[];
  readonly retryAfter: number;

  constructor(status: number, problem: Record<string, unknown> = {}, retryAfter = 0) {
    super(String(problem.detail ?? problem.title ?? ''));
    this.name = 'ApiError';
    this.status = status;
    this.code = String(problem.code ?? '');
    this.fields = Array.isArray(problem.errors) ? (problem.errors as { location: string; message: string }[]) : [];
    this.retryAfter = retryAfter;
  }
}

// Only what may pass by itself is tried again; a refusal stays a refusal.
export function worthRetrying(failures: number, error: unknown): boolean {
  if (failures >= 2) return false;
  return !(error instanceof ApiError) || error.status === 0 || error.status >= 502;
}

export type Plain = { title: string; mend: string };

// What happened and how to mend it, in the reader's language. The server's own sentence wins where it has one.
export function describe(t: Translate, error: unknown): Plain {
  const e = error instanceof ApiError ? error : new ApiError(-1, { detail: String((error as Error)?.message ?? error) });
  const fields = e.fields.map((f) => `${f.location.replace(/^body\./, '')}: ${f.message}`).join('; ');
  const said = [e.message, fields].filter(Boolean).join(' ');
  switch (e.status) {
    case 0:
      return { title: t('error.network'), mend: t('error.network.mend') };
    case 401:
      return { title: t('error.session'), mend: t('error.session.mend') };
    case 403:
      return { title: t('error.forbidden'), mend: said || t('error.forbidden.mend') };
    case 404:
      return { title: t('error.missing'), mend: t('error.missing.mend') };
    case 409:
      return { title: t('error.conflict'), mend: said || t('error.conflict.mend') };
    case 400:
    case 413:
    case 422:
      return { title: t('error.invalid'), mend: said };
    case 429:
      return { title: t('error.busy'), mend: t('error.busy.mend', { seconds: Math.max(1, e.retryAfter) }) };
    default:
      return { title: t('error.server'), mend: e.status === -1 ? said : t('error.server.mend') };
  }
}
