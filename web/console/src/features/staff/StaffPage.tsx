import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, keys, type StaffMember, type Team } from '../../lib/api';
import { useT, word } from '../../lib/i18n';
import { Avatar, Await, Button, Chip, Form, IconPlus, Input, Modal, Select, Switch, Time, useSay } from '../../ui';
import { useCan, useMe } from '../auth/session';
import './staff.css';

const roles = ['admin', 'supervisor', 'staff', 'marketer', 'viewer'] as const;

// StaffPage is who works here, in which team, with which rights.
export function StaffPage() {
  const { t, l } = useT();
  const can = useCan()('staff.write');
  const people = useQuery({ queryKey: keys.staff, queryFn: api.staff.list });
  const teams = useQuery({ queryKey: keys.teams, queryFn: api.staff.teams });
  const [editing, setEditing] = useState<StaffMember | 'new'>();
  const list = teams.data?.items ?? [];
  return (
    <main className="page staff">
      <header className="page-head">
        <h1>{t('nav.staff')}</h1><span className="grow" />
        {can && <Button type="primary" icon={<IconPlus />} onClick={() => setEditing('new')}>{t('staff.new')}</Button>}
      </header>
      <section className="box flush">
        <Await answer={people}>
          {(page) => (
            <div className="table-scroll"><table className="table">
              <thead><tr><th>{t('staff.name')}</th><th>{t('staff.login')}</th><th>{t('staff.role')}</th><th>{t('staff.teams')}</th><th>{t('staff.seen')}</th><th /></tr></thead>
              <tbody>
                {page.items.map((s) => (
                  <tr key={s.id} className={s.active ? '' : 'off'}>
                    <td><span className="person"><Avatar name={s.name} size={26} /> {s.name} {!s.active && <Chip>{t('staff.inactive')}</Chip>}</span></td>
                    <td><code>{s.login}</code></td>
                    <td>{word(t, 'role', s.role)}</td>
                    <td>{s.teams?.map((id) => <Chip key={id}>{teamName(list, id, l)}</Chip>)}</td>
                    <td><Time at={s.last_seen_at} /></td>
                    <td>{can && <Button size="small" onClick={() => setEditing(s)}>{t('do.edit')}</Button>}</td>
                  </tr>
                ))}
              </tbody>
            </table></div>
          )}
        </Await>
      </section>
      <section className="box">
        <h3>{t('staff.team.title')}</h3>
        <Await answer={teams}>
          {(page) => page.items.length ? (
            <ul className="teams">{page.items.map((team) => <li key={team.id}><strong>{team.name[l] || team.name.zh}</strong><small>{t('staff.team.members', { n: team.members ?? people.data?.items.filter((s) => s.teams?.includes(team.id)).length ?? 0 })}</small></li>)}</ul>
          ) : <p className="none">{t('staff.team.none')}</p>}
        </Await>
      </section>
      {editing && <Edit member={editing === 'new' ? undefined : editing} teams={list} close={() => setEditing(undefined)} />}
    </main>
  );
}

const teamName = (teams: Team[], id: string, l: 'zh' | 'en') => {
  const team = teams.find((x) => x.id === id);
  return team ? team.name[l] || team.name.zh : id;
};

type Fields = { login: string; name: string; role: StaffMember['role']; language: 'zh' | 'en'; teams: string[]; password?: string; active: boolean };

function Edit({ member, teams, close }: { member?: StaffMember; teams: Team[]; close: () => void }) {
  const { t, l } = useT();
  const say = useSay();
  const me = useMe().data;
  const client = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const save = useMutation({
    mutationFn: ({ login, active, password, ...rest }: Fields) =>
      member ? api.staff.change(member.id, { ...rest, active, ...(password ? { password } : {}) }) : api.staff.create({ ...rest, login, password: password ?? '' }),
    onError: say.failed,
    onSuccess: async () => {
      await Promise.all([keys.staff, keys.teams].map((queryKey) => client.invalidateQueries({ queryKey })));
      say.done(t('staff.saved'));
      close();
    },
  });
  const self = member?.id === me?.staff_id;
  return (
    <Modal open title={member ? member.name : t('staff.new')} onCancel={close} okText={t('do.save')} confirmLoading={save.isPending} onOk={() => form.submit()}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(f) => save.mutate(f)} initialValues={member ?? { role: 'staff', language: l, teams: [], active: true }}>
        <Form.Item name="name" label={t('staff.name')} rules={[{ required: true, whitespace: true, message: t('form.required') }]}><Input maxLength={80} /></Form.Item>
        <Form.Item name="login" label={t('staff.login')} rules={[{ required: true, message: t('form.required') }]}><Input disabled={!!member} autoCapitalize="none" autoComplete="off" /></Form.Item>
        <Form.Item name="password" label={t(member ? 'staff.password.new' : 'staff.password')} extra={t('staff.password.hint')} rules={member ? [] : [{ required: true, min: 12, message: t('staff.password.hint') }]}><Input.Password autoComplete="new-password" /></Form.Item>
        <div className="form-row">
          <Form.Item name="role" label={t('staff.role')}><Select disabled={self} options={roles.map((r) => ({ value: r, label: word(t, 'role', r) }))} /></Form.Item>
          <Form.Item name="language" label={t('settings.language')}><Select options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }]} /></Form.Item>
        </div>
        <Form.Item name="teams" label={t('staff.teams')}><Select mode="multiple" options={teams.map((x) => ({ value: x.id, label: x.name[l] || x.name.zh }))} /></Form.Item>
        {member && <Form.Item name="active" label={t('staff.active')} valuePropName="checked"><Switch disabled={self} /></Form.Item>}
      </Form>
    </Modal>
  );
}
