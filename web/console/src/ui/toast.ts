import { App } from 'antd';
import { useMemo } from 'react';
import { describe } from '../lib/api';
import { useT } from '../lib/i18n';

// useSay tells a person briefly what happened; failures say also how to mend them and stay longer.
export function useSay() {
  const { message, modal } = App.useApp();
  const { t } = useT();
  return useMemo(
    () => ({
      done: (text: string) => void message.success({ content: text, duration: 2.5 }),
      failed: (error: unknown) => {
        const plain = describe(t, error);
        void message.error({ content: [plain.title, plain.mend].filter(Boolean).join(' '), duration: 6 });
      },
      ask: (title: string, content: string, ok: string, run: () => void, danger = false, no?: () => void) =>
        void modal.confirm({ title, content, okText: ok, onOk: run, onCancel: no, okButtonProps: { danger }, autoFocusButton: 'ok', icon: null }),
    }),
    [message, modal, t],
  );
}
