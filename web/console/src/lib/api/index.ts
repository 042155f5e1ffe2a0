export * as api from './calls';
export { whenSignedOut } from './client';
export { ApiError, describe, worthRetrying } from './errors';
export { keys } from './keys';
export type * from './types';
