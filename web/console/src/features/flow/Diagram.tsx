import { useMemo } from 'react';
import type { Flow, FlowFigures, FlowStep } from '../../lib/api';
import { number, percent } from '../../lib/format';
import { useT, word, type Translate } from '../../lib/i18n';
import { draw, kindOf, nameOf, share, size, type Edge } from './layout';

type Props = { flow: Flow; figures?: FlowFigures; chosen: number; choose: (i: number) => void };

// Diagram draws a flow from the top down: lines below, steps as buttons above them.
export function Diagram({ flow, figures, chosen, choose }: Props) {
  const { t, l } = useT();
  const picture = useMemo(() => draw(flow), [flow]);
  return (
    <div className="diagram" style={{ width: picture.width, height: picture.height }}>
      <svg width={picture.width} height={picture.height} aria-hidden>
        <defs><marker id="tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" /></marker></defs>
        {picture.lines.map(({ edge, d }, i) => <path key={i} d={d} className={`line line-${edge.why} ${edge.from === chosen ? 'on' : ''}`} markerEnd="url(#tip)"><title>{whyOf(t, edge)}</title></path>)}
      </svg>
      {flow.steps.map((s, i) => {
        const n = figures?.steps.find((x) => x.step === i);
        return (
          <button key={i} type="button" className={`node node-${kindOf(s)}`} aria-pressed={i === chosen} style={{ left: picture.left, top: picture.top(i), width: size.w, height: size.h }} onClick={() => choose(i)}>
            <span><small>{word(t, 'step', kindOf(s))}{s.if && <i title={s.if}> · {t('flow.if')}</i>}</small><strong>{titleOf(t, flow, s, i, l)}</strong></span>
            <b title={t('flow.reached')}>{number(n?.reached ?? 0, l)}{!!n?.stopped && <em title={t('flow.stopped')}>−{number(n.stopped, l)}</em>}</b>
            <u style={{ width: percent(share(n?.reached ?? 0, figures?.entered ?? 0), 1) }} />
          </button>
        );
      })}
      <span className="node-last" style={{ left: picture.left + size.w / 2 - 44, top: picture.top(flow.steps.length) }}>{t('flow.end')}</span>
    </div>
  );
}

export const whyOf = (t: Translate, e: Edge) => [word(t, 'way', e.why), e.when].filter(Boolean).join(': ');

function titleOf(t: Translate, flow: Flow, s: FlowStep, i: number, l: 'zh' | 'en'): string {
  if (s.collect) return word(t, 'slot', s.collect);
  if (s.call ?? s.propose) return word(t, 'tool', (s.call ?? s.propose)!.tool);
  if (s.say ?? s.care) return (s.say ?? s.care)![l];
  if (s.branch?.length) return s.branch.map((b) => b.if ?? t('flow.else')).join(' / ');
  if (s.offer?.length) return s.offer.map((f) => word(t, 'intent', f)).join(l === 'zh' ? '、' : ', ');
  if (s.suggest?.length) return s.suggest.map((x) => x[l]).join(' / ');
  if (s.link) return word(t, 'intent', s.link);
  if (s.hand_off) return word(t, 'reason', s.hand_off);
  return s.answer ?? flow.steps[i]?.id ?? nameOf(s, i);
}
