import { useT, word } from '../../lib/i18n';
import { Chip, type Tone } from '../../ui';

const tones: Record<string, Tone> = { new: 'info', open: 'brand', pending: 'warn', solved: 'good', closed: 'plain' };

export function StatusMark({ name }: { name: string }) {
  const { t } = useT();
  return <Chip tone={tones[name] ?? 'plain'}>{word(t, 'status', name)}</Chip>;
}
