import type { Draft } from '../../lib/api';

export const draftTone: Record<Draft['state'], 'plain' | 'good' | 'warn' | 'bad'> = { draft: 'plain', proved: 'good', failed: 'bad', rejected: 'plain', accepted: 'good', published: 'good', kept: 'good', rolled_back: 'bad' };

// share writes a share of one as a percentage.
export const share = (n: number): string => `${(100 * n).toFixed(1)}%`;
