import type { Hint } from '../api';

// Which kept answers a hint makes stale. A hint says only that something changed; the truth is asked for again.
export function staleKeys(hint: Hint): readonly (readonly unknown[])[] {
  switch (hint.subject) {
    case 'conversation':
    case 'message':
      return [['inbox'], ['conversation', hint.id], ['messages', hint.id], ['decisions', hint.id]];
    case 'presence':
      return [['conversation', hint.id]];
    case 'ticket':
      return [['tickets'], ['ticket', hint.id]];
    case 'approval':
      return [['approvals']];
    case 'article':
      return [['articles'], ['article']]; // the hint names one edition, pages know the article by its key
    case 'draft':
      return [['gaps'], ['gap'], ['drafts']];
    case 'customer':
    case 'order':
      return [['customer', hint.id]];
    case 'journey':
      return [['journey']];
    case 'staff':
    case 'team':
      return [['staff'], ['teams'], ['me']];
    default:
      return [];
  }
}

// What is asked for again while no stream is there, and once after a gap.
export const livingKeys = [['inbox'], ['conversation'], ['messages'], ['decisions'], ['tickets'], ['ticket'], ['customer'], ['approvals']] as const;
