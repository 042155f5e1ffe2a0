import type { SearchHit } from '../../lib/api';

// placePath is where a thing is looked at; deep links to everything start here.
export function placePath(kind: string, id: string): string {
  const at = encodeURIComponent(id);
  switch (kind) {
    case 'conversation':
    case 'message':
      return `/inbox/${at}?filter=all`;
    case 'ticket':
      return `/tickets/${at}`;
    case 'article':
    case 'passage':
      return `/knowledge/${at}`;
    case 'customer':
      return `/customers/${at}`;
    default:
      return `/search?q=${at}`;
  }
}

// An order or product has no page of its own: it opens where it belongs (its customer), or the search for it.
export const hitPath = (h: SearchHit) => (h.ref ? placePath(h.ref.kind, h.ref.id) : placePath(h.kind, ['order', 'product'].includes(h.kind) ? h.title : h.id));
