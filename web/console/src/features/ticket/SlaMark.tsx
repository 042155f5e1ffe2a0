import type { TicketRow } from '../../lib/api';
import { full, span } from '../../lib/format';
import { useT, type Key } from '../../lib/i18n';
import { Chip, useNow } from '../../ui';
import { countdown } from './sla';

export function SlaMark({ ticket }: { ticket: TicketRow }) {
  const { t, l } = useT();
  const c = countdown(ticket.sla, useNow(15_000));
  if (c.kind === 'none') return null;
  const due = ticket.sla?.first_due_at ?? ticket.sla?.due_at;
  return (
    <Chip tone={c.tone} title={due ? t('sla.title', { at: full(due, l) }) : undefined}>
      {t(`sla.${c.kind}` as Key, { span: span(c.ms, l) })}
    </Chip>
  );
}
