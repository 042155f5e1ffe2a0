import { useCommandList } from '../lib/commands';
import { useT } from '../lib/i18n';
import { Kbd, Modal } from '../ui';

export function ShortcutHelp({ close }: { close: () => void }) {
  const { t } = useT();
  const commands = useCommandList().filter((c) => c.keys);
  const groups = [...new Set(commands.map((c) => c.group ?? 'group.here'))];
  return (
    <Modal open footer={null} onCancel={close} title={t('do.help')} width={640}>
      <div className="shortcuts">
        {groups.map((g) => (
          <section key={g}>
            <h3>{t(g)}</h3>
            {commands.filter((c) => (c.group ?? 'group.here') === g).map((c) => (
              <div key={c.id}>
                <span>{t(c.title)}</span>
                <Kbd keys={c.keys!} />
              </div>
            ))}
          </section>
        ))}
      </div>
    </Modal>
  );
}
