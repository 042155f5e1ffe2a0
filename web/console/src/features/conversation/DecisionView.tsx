import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Citation, Decision, Message, Understanding } from '../../lib/api';
import { full, percent, span } from '../../lib/format';
import { useT, word, type Key } from '../../lib/i18n';
import { Chip, Fact, Plain } from '../../ui';
import { Emotion } from '../inbox/Marks';
import { readable } from './why';

// DecisionView tells a turn in the order it happened: what was heard, what was done, what it stands on, what was checked.
export function DecisionView({ decision: d, said, sources }: { decision: Decision; said: Message[]; sources: Map<string, Citation> }) {
  const { t, l } = useT();
  return (
    <>
      {said.length > 0 && <blockquote className="heard">{said.map((m) => <p key={m.seq}><Plain text={m.text} /></p>)}</blockquote>}
      {d.why?.length ? <Part title="decision.reasons"><ol className="why">{d.why.map((w, i) => <li key={i}>{readable(w, l, t)}</li>)}</ol></Part> : null}
      {d.understanding && <Heard u={d.understanding} />}
      {d.flow?.name ? <Flow flow={d.flow} /> : null}
      {d.tools?.length ? <Tools tools={d.tools} /> : null}
      {d.effects?.length ? <Part title="decision.effects"><ul>{d.effects.map((e, i) => <li key={i}>{word(t, 'tool', e.tool)} <Chip tone={e.state === 'done' ? 'good' : e.state === 'failed' ? 'bad' : 'warn'}>{word(t, 'outcome', e.state)}</Chip></li>)}</ul></Part> : null}
      {d.passages?.length || typeof d.answerable === 'boolean' ? <Passages d={d} sources={sources} /> : null}
      {d.checks?.length ? <Checks checks={d.checks} /> : null}
      {d.commands?.length ? <Part title="decision.commands"><ul className="commands">{d.commands.map((c, i) => <li key={i}><code>{typeof c === 'string' ? c : JSON.stringify(c)}</code></li>)}</ul></Part> : null}
      <Part title="decision.timing">
        <dl>
          <Fact name={t('decision.at')}>{full(d.at, l)}</Fact>
          <Fact name={t('decision.took')}>{span(d.took_ms, l)}</Fact>
          <Fact name={t('decision.model')}>{d.model?.name || t('decision.model.none')}</Fact>
          {d.model?.tokens ? <Fact name={t('decision.tokens')}>{d.model.tokens}</Fact> : null}
          {d.model?.latency_ms ? <Fact name={t('decision.latency')}>{span(d.model.latency_ms, l)}</Fact> : null}
        </dl>
      </Part>
    </>
  );
}

const Part = ({ title, children }: { title: Key; children: ReactNode }) => {
  const { t } = useT();
  return <section className="decision-part"><h3>{t(title)}</h3>{children}</section>;
};

export const Bar = ({ label, p }: { label: string; p: number }) => (
  <div className="bar" role="img" aria-label={`${label} ${percent(p)}`}>
    <span>{label}</span>
    <i><b style={{ width: percent(Math.min(1, Math.max(0, p))) }} /></i>
    <em>{percent(p)}</em>
  </div>
);

function Heard({ u }: { u: Understanding }) {
  const { t } = useT();
  const others = (u.intents ?? []).filter((i) => i.label !== u.intent && i.p >= 0.01).slice(0, 4);
  return (
    <Part title="decision.understood">
      {u.intent && <Bar label={u.out_of_scope ? t('decision.oos') : word(t, 'intent', u.intent)} p={u.intent_p ?? 0} />}
      {others.map((i) => <Bar key={i.label} label={word(t, 'intent', i.label)} p={i.p} />)}
      <dl>
        {u.category && <Fact name={t('facet.category')}>{word(t, 'category', u.category)} {u.category_p !== undefined && <small>{percent(u.category_p)}</small>}</Fact>}
        {u.topic && u.topic !== 'none' && <Fact name={t('decision.topic')}>{word(t, 'topic', u.topic)}</Fact>}
        {u.emotion && <Fact name={t('facet.emotion')}><Emotion name={u.emotion} always /> <small>{percent(u.intensity)}</small></Fact>}
        {u.urgency ? <Fact name={t('decision.urgency')}>{percent(u.urgency)}</Fact> : null}
        {u.wants_human ? <Fact name={t('decision.human')}>{t('yes')}</Fact> : null}
      </dl>
      {u.entities?.length ? (
        <table><thead><tr><th>{t('decision.entity')}</th><th>{t('decision.entity.said')}</th><th>{t('decision.entity.value')}</th></tr></thead>
          <tbody>{u.entities.map((e, i) => <tr key={i}><td>{word(t, 'entity', e.kind)}</td><td>{e.text}</td><td><code>{e.value}</code></td></tr>)}</tbody></table>
      ) : null}
      {u.findings?.length ? <p>{u.findings.map((f, i) => <Chip key={i} tone="warn">{word(t, 'finding', f.kind)} {f.detail}</Chip>)}</p> : null}
    </Part>
  );
}

function Flow({ flow }: { flow: NonNullable<Decision['flow']> }) {
  const { t } = useT();
  const slots = Object.entries(flow.slots ?? {});
  return (
    <Part title="decision.flow">
      <p><Chip tone="brand">{word(t, 'intent', flow.name)}</Chip> {typeof flow.step === 'number' ? t('decision.step', { n: flow.step }) : flow.step ? <>→ <code>{flow.step}</code></> : null}</p>
      {slots.length > 0 && <dl>{slots.map(([name, value]) => <Fact key={name} name={word(t, 'slot', name)}><code>{typeof value === 'string' ? value : JSON.stringify(value)}</code></Fact>)}</dl>}
    </Part>
  );
}

function Tools({ tools }: { tools: NonNullable<Decision['tools']> }) {
  const { t, l } = useT();
  return (
    <Part title="decision.tools">
      {tools.map((tool, i) => (
        <details key={i} className="tool">
          <summary>{word(t, 'tool', tool.name)} <code>{tool.name}</code> {tool.outcome && <Chip tone={/^(done|ok|call|confirm)/.test(tool.outcome) ? 'good' : /^(failed|denied|error)/.test(tool.outcome) ? 'bad' : 'warn'}>{word(t, 'outcome', tool.outcome)}</Chip>} {tool.took_ms !== undefined && <small>{span(tool.took_ms, l)}</small>}</summary>
          {tool.detail && <p>{tool.detail}</p>}
          <pre>{JSON.stringify(tool.args ?? {}, null, 1)}</pre>
        </details>
      ))}
    </Part>
  );
}

// A record names passages by id; title and words are those of the citations that went out with the answer.
function Passages({ d, sources }: { d: Decision; sources: Map<string, Citation> }) {
  const { t } = useT();
  return (
    <Part title="decision.passages">
      {typeof d.answerable === 'boolean' && <p><Chip tone={d.answerable ? 'good' : 'warn'}>{t(d.answerable ? 'decision.answerable' : 'decision.unanswerable')}</Chip></p>}
      {d.passages?.map((p) => {
        const source = sources.get(p.id);
        const article = p.article_id ?? source?.article_id ?? p.id.split('.')[0];
        const text = p.text ?? source?.text;
        return (
          <div key={p.id} className="decision-passage">
            <Link to={`/knowledge/${article}?passage=${p.id}`}>{p.title ?? source?.title ?? p.id}</Link> <small>{p.score.toFixed(2)}</small>
            {text && <p>{text}</p>}
          </div>
        );
      })}
    </Part>
  );
}

function Checks({ checks }: { checks: NonNullable<Decision['checks']> }) {
  return (
    <Part title="decision.checks">
      <ul className="checks">
        {checks.map((c, i) => {
          const check = typeof c === 'string' ? { name: c, ok: true } : c;
          return <li key={i} className={check.ok === false ? 'no' : 'ok'}>{check.name?.replace(/_/g, ' ')} {'detail' in check && check.detail ? <small>{check.detail}</small> : null}</li>;
        })}
      </ul>
    </Part>
  );
}
