import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { ApiError, api, describe, keys } from '../../lib/api';
import { switchLanguage, useT, word, type Translate } from '../../lib/i18n';
import { preferences } from '../../lib/preferences';
import { Alert, Button, Input } from '../../ui/parts';
import { useMe } from './session';
import './login.css';

// A way back inside the console only, never to another site.
export const safeNext = (next: string | null) => (next && /^\/(?![/\\])/.test(next) ? next : '/');

function explain(t: Translate, error: unknown): string {
  if (!(error instanceof ApiError)) return String(error);
  if (error.status === 401) return t('login.wrong');
  if (error.status === 429) return t('login.locked', { minutes: Math.max(1, Math.ceil(error.retryAfter / 60)) });
  const plain = describe(t, error);
  return `${plain.title} ${plain.mend}`;
}

export function LoginPage() {
  const { t, l } = useT();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const client = useQueryClient();
  const me = useMe();
  const meta = useQuery({ queryKey: keys.meta, queryFn: api.auth.meta, staleTime: Infinity, retry: false });
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const next = safeNext(search.get('next'));
  const enter = useMutation({
    mutationFn: (a: { login: string; password: string }) => api.auth.login(a.login, a.password),
    onSuccess: async () => {
      await client.resetQueries();
      await navigate(next, { replace: true });
    },
  });
  if (me.data) return <Navigate to={next} replace />;
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (login && password) enter.mutate({ login: login.trim(), password });
  };
  const other = l === 'zh' ? 'en' : 'zh';
  return (
    <main className="login">
      <form className="login-card" onSubmit={submit} aria-label={t('login.title')}>
        <img src="/console/mark.svg" alt="" width={40} height={40} />
        <h1>{meta.data?.name || 'Xiaoer 小二'}</h1>
        <p>{t('login.lead')}</p>
        <label htmlFor="login">{t('login.login')}</label>
        <Input id="login" size="large" autoFocus autoComplete="username" autoCapitalize="none" value={login} onChange={(e) => setLogin(e.target.value)} />
        <label htmlFor="password">{t('login.password')}</label>
        <Input.Password id="password" size="large" autoComplete="current-password" value={password} onChange={(e) => setPassword(e.target.value)} />
        {enter.error ? <Alert type="error" showIcon message={explain(t, enter.error)} role="alert" /> : null}
        <Button type="primary" size="large" htmlType="submit" block loading={enter.isPending} disabled={!login || !password}>
          {t('login.enter')}
        </Button>
        {meta.data?.demo && meta.data.demo_logins?.length ? (
          <section className="login-demo" aria-label={t('login.demo')}>
            <h2>{t('login.demo')}</h2>
            {meta.data.demo_logins.map((d) => (
              <button type="button" key={d.login} onClick={() => enter.mutate(d)}>
                <strong>{d.name}</strong>
                <span>{word(t, 'role', d.role)}</span>
                <code>{d.login}</code>
              </button>
            ))}
          </section>
        ) : null}
      </form>
      <Button
        type="text"
        className="login-language"
        onClick={() => {
          preferences.set((p) => ({ ...p, language: other }));
          document.documentElement.lang = other === 'zh' ? 'zh-CN' : 'en';
          void switchLanguage(other);
        }}
      >
        {other === 'zh' ? '中文' : 'English'}
      </Button>
    </main>
  );
}
