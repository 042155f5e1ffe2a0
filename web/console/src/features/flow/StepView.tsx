import type { ReactNode } from 'react';
import type { Flow, FlowBranch, FlowFigures, FlowSay, FlowSlot, FlowStep } from '../../lib/api';
import { number } from '../../lib/format';
import { useT, word, type Key } from '../../lib/i18n';
import { Chip, Fact } from '../../ui';
import { edgesOf, kindOf, nameOf } from './layout';
import { whyOf } from './Diagram';

type Props = { flow: Flow; step: FlowStep; at: number; figures?: FlowFigures };

// StepView is all a step says and needs, in both languages.
export function StepView({ flow, step, at, figures }: Props) {
  const { t, l } = useT();
  const n = figures?.steps.find((x) => x.step === at);
  const slot = step.collect ? flow.slots[step.collect] : undefined;
  const call = step.call ?? step.propose;
  return (
    <div className="step-view">
      <h2>{word(t, 'step', kindOf(step))} <code>{nameOf(step, at)}</code></h2>
      <dl>
        {(['reached', 'left', 'stopped', 'waiting'] as const).map((k) => <Fact key={k} name={t(`flow.${k}`)}>{number(n?.[k] ?? 0, l)}</Fact>)}
        {step.if && <Fact name={t('flow.if')}><code>{step.if}</code></Fact>}
        {call && <Fact name={t('flow.tool')}>{word(t, 'tool', call.tool)} <code>{call.tool}</code>{call.args && <pre>{JSON.stringify(call.args, null, 1)}</pre>}</Fact>}
        {step.as && <Fact name={t('flow.as')}><code>{step.as}</code></Fact>}
        {step.answer && <Fact name={t('step.answer')}><code>{step.answer}</code></Fact>}
      </dl>
      {step.say && <Words title="step.say" say={step.say} />}
      {step.care && <Words title="step.care" say={step.care} />}
      {step.suggest?.map((s, i) => <Words key={i} title="step.suggest" say={s} />)}
      {slot && <SlotView name={step.collect!} slot={slot} />}
      {step.branch?.map((b, i) => <Way key={i} title="way.branch" branch={b} />)}
      {step.refused && <Way title="way.refused" branch={step.refused} />}
      {step.declined && <Way title="way.declined" branch={step.declined} />}
      <h3>{t('flow.next')}</h3>
      <ul>{edgesOf(flow).filter((e) => e.from === at).map((e, i) => <li key={i}>{whyOf(t, e)} → <code>{flow.steps[e.to] ? nameOf(flow.steps[e.to]!, e.to) : t('flow.end')}</code></li>)}</ul>
    </div>
  );
}

function SlotView({ name, slot }: { name: string; slot: FlowSlot }) {
  const { t, l } = useT();
  return (
    <>
      <h3>{t('flow.slot')} · {word(t, 'slot', name)} <code>{name}</code></h3>
      <dl>
        {slot.from?.length ? <Fact name={t('flow.from')}>{slot.from.map((x) => <Chip key={x}>{word(t, 'entity', x)}</Chip>)}</Fact> : null}
        {slot.options && <Fact name={t('flow.options')}>{word(t, 'tool', slot.options.tool)}</Fact>}
        {slot.choices?.length ? <Fact name={t('flow.choices')}>{slot.choices.map((c) => <Chip key={c.value} title={c.words?.join(', ')}>{c.label[l]}</Chip>)}</Fact> : null}
        {slot.default && <Fact name={t('flow.default')}><code>{slot.default}</code></Fact>}
      </dl>
      <Words title="flow.ask" say={slot.ask} />
      {slot.again?.zh && <Words title="flow.again" say={slot.again} />}
      {slot.none && <Way title="way.none" branch={slot.none} />}
    </>
  );
}

const Way = ({ title, branch }: { title: Key; branch: FlowBranch }) => (
  <>
    {branch.if && <p className="way"><code>{branch.if}</code></p>}
    {branch.say?.zh && <Words title={title} say={branch.say} />}
  </>
);

// Words are a text in both languages, and its other wordings by feeling.
function Words({ title, say }: { title: Key; say: FlowSay }) {
  const { t } = useT();
  const row = (key: string, name: ReactNode, zh: string, en: string) => <div key={key} className="words">{name}<p lang="zh-CN">{zh}</p><p lang="en">{en}</p></div>;
  if (!say.zh && !say.en) return null;
  return (
    <section>
      {row('', <small>{t(title)}</small>, say.zh, say.en)}
      {Object.entries(say.when ?? {}).map(([feeling, x]) => row(feeling, <Chip tone="warn">{word(t, 'emotion', feeling)}</Chip>, x.zh, x.en))}
    </section>
  );
}
