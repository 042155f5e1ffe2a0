import { useCommands } from '../lib/commands';
import { useT } from '../lib/i18n';
import { carryOut, takeBack, useDeferred } from '../lib/later';
import { Button, Kbd, useNow } from '../ui';

// UndoBar shows what is about to be done and lets it be taken back.
export function UndoBar() {
  const { t } = useT();
  const waiting = useDeferred();
  const now = useNow(500);
  const last = waiting.at(-1);
  useCommands([{ id: 'undo', title: 'do.undo', keys: 'mod+z', when: () => !!last, run: () => last && takeBack(last.id), hidden: true }]);
  if (!waiting.length) return null;
  return (
    <div className="undo" role="status">
      {waiting.map((d) => (
        <div key={d.id}>
          <span>{d.text}</span>
          <span className="undo-count">{Math.max(0, Math.ceil((d.due - now) / 1000))}</span>
          <Button size="small" type="primary" onClick={() => takeBack(d.id)}>
            {t('do.undo')} <Kbd keys="mod+z" />
          </Button>
          <Button size="small" type="text" onClick={() => carryOut(d.id)}>
            {t('do.now')}
          </Button>
        </div>
      ))}
    </div>
  );
}
