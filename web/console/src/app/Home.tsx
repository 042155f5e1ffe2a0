import { Navigate } from 'react-router';
import { useCan } from '../features/auth/session';

const places = [
  ['conversation.read', '/inbox'],
  ['ticket.read', '/tickets'],
  ['knowledge.read', '/knowledge'],
  ['insight.read', '/insight'],
] as const;

// Home is the first page that somebody may use.
export function Home() {
  const can = useCan();
  const place = places.find(([permission]) => can(permission));
  return <Navigate to={place?.[1] ?? '/settings'} replace />;
}
