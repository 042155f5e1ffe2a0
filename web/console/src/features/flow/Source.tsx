import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, keys } from '../../lib/api';
import { useT } from '../../lib/i18n';
import { Await, Button, Chip, Failure } from '../../ui';
import { Diagram } from './Diagram';

// Source is a flow as text to work on: what is wrong is told at its line, and what is sound is drawn. Nothing is stored.
export function Source({ id }: { id: string }) {
  const answer = useQuery({ queryKey: keys.flowSource(id), queryFn: () => api.flows.source(id) });
  return <Await answer={answer}>{({ text }) => <Editor begun={text} />}</Await>;
}

function Editor({ begun }: { begun: string }) {
  const { t } = useT();
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(begun);
  const check = useMutation({ mutationFn: api.flows.check });
  const [chosen, choose] = useState(-1);
  const verdict = check.variables === text ? check.data : undefined;
  const jump = (line: number) => {
    const lines = text.split('\n'), from = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    area.current?.focus();
    area.current?.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
  };
  return (
    <div className="flow-body">
      <section className="box flow-source">
        <textarea ref={area} aria-label={t('flow.text')} spellCheck={false} value={text} rows={28} maxLength={200_000} onChange={(e) => setText(e.target.value)} />
        <p><small className="grow">{t('flow.text.hint')}</small><Button type="primary" loading={check.isPending} onClick={() => check.mutate(text)}>{t('flow.check')}</Button></p>
      </section>
      <aside className="box flow-side">
        {check.error ? <Failure error={check.error} /> : null}
        {!verdict ? <p className="none">{t('flow.check.hint')}</p> : verdict.sound ? <Chip tone="good">{t('flow.sound')}</Chip> : (
          <ul className="flow-faults" role="alert">{verdict.faults.map((f, i) => <li key={i}><button type="button" disabled={!f.line} onClick={() => jump(f.line)}>{f.line ? t('flow.line', { n: f.line }) : t('flow.whole')}</button> {f.location && <code>{f.location}</code>}<p>{f.message}</p></li>)}</ul>
        )}
        {verdict?.flow && verdict.sound && <div className="flow-canvas"><Diagram flow={verdict.flow} chosen={chosen} choose={choose} /></div>}
      </aside>
    </div>
  );
}
