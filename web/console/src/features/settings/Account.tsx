import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, keys, type Presence } from '../../lib/api';
import { useT, word } from '../../lib/i18n';
import { Button, Form, Input, Segmented, useSay } from '../../ui';
import { useMe } from '../auth/session';

const states: Presence[] = ['online', 'away', 'offline'];

// PresenceSwitch says whether new conversations may come to me.
export function PresenceSwitch() {
  const { t } = useT();
  const say = useSay();
  const client = useQueryClient();
  const me = useMe().data;
  const set = useMutation({ mutationFn: api.auth.presence, onError: say.failed, onSuccess: () => client.invalidateQueries({ queryKey: keys.me }) });
  return <Segmented disabled={set.isPending} value={set.isPending ? set.variables : me?.presence} onChange={(v) => set.mutate(v)} options={states.map((value) => ({ value, label: word(t, 'presence', value) }))} />;
}

type Fields = { current: string; password: string; again: string };

// PasswordForm changes my password; the server ends all other sessions.
export function PasswordForm() {
  const { t } = useT();
  const say = useSay();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Fields>();
  const change = useMutation({
    mutationFn: (f: Fields) => api.auth.password(f.current, f.password),
    onError: say.failed,
    onSuccess: () => {
      say.done(t('account.password.done'));
      form.resetFields();
      setOpen(false);
    },
  });
  if (!open) return <Button onClick={() => setOpen(true)}>{t('account.password.change')}</Button>;
  const rule = { required: true, message: t('form.required') };
  return (
    <Form form={form} layout="vertical" requiredMark={false} className="password-form" onFinish={(f) => change.mutate(f)}>
      <Form.Item name="current" label={t('account.password.current')} rules={[rule]}><Input.Password autoComplete="current-password" /></Form.Item>
      <Form.Item name="password" label={t('account.password.new')} extra={t('staff.password.hint')} rules={[{ ...rule, min: 12, message: t('staff.password.hint') }]}><Input.Password autoComplete="new-password" /></Form.Item>
      <Form.Item name="again" label={t('account.password.again')} dependencies={['password']} rules={[rule, ({ getFieldValue }) => ({ validator: (_, v) => (!v || v === getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(t('account.password.differs')))) })]}><Input.Password autoComplete="new-password" /></Form.Item>
      <Button type="primary" htmlType="submit" loading={change.isPending}>{t('do.save')}</Button>
    </Form>
  );
}
