import type { Flow, FlowStep } from '../../lib/api';

// Where the lines of a diagram go: steps stand below each other; a line to the next one is straight, every other one runs
// in a lane of its own, forward at the right, back at the left, so that no two lines lie on each other.
export const kinds = ['collect', 'call', 'propose', 'branch', 'say', 'care', 'offer', 'answer', 'hand_off', 'link', 'suggest', 'rate', 'end'] as const;
export type Kind = (typeof kinds)[number];

export const kindOf = (s: FlowStep): Kind => kinds.find((k) => { const v = s[k]; return Array.isArray(v) ? v.length > 0 : !!v; }) ?? 'end';
export const nameOf = (s: FlowStep, i: number) => s.id ?? `${i + 1}`;

export type Edge = { from: number; to: number; why: 'next' | 'branch' | 'refused' | 'declined' | 'none' | 'skip'; when?: string; lane: number };

const leaves = new Set<Kind>(['hand_off', 'link', 'end']);

// edgesOf lists the ways out of every step; the number behind the last step stands for the end.
export function edgesOf(flow: Flow): Edge[] {
  const end = flow.steps.length;
  const at = (id: string) => { const i = flow.steps.findIndex((s) => s.id === id); return i < 0 ? end : i; };
  const out: Edge[] = [];
  flow.steps.forEach((s, i) => {
    const kind = kindOf(s);
    const add = (to: number, why: Edge['why'], when?: string) => out.push({ from: i, to, why, when, lane: 0 });
    for (const b of s.branch ?? []) add(at(b.to), 'branch', b.if);
    if (s.refused) add(at(s.refused.to), 'refused');
    if (s.declined) add(at(s.declined.to), 'declined');
    const none = s.collect ? flow.slots[s.collect]?.none : undefined;
    if (none) add(at(none.to), 'none', none.if);
    const always = s.branch?.some((b) => !b.if);
    if (!leaves.has(kind) && !always) add(i + 1, 'next');
    else if (s.if) add(i + 1, 'skip');
    if (leaves.has(kind) && kind === 'end' && i + 1 !== end) add(end, 'branch');
  });
  return laned(out);
}

// laned gives each line that passes a step the first lane that is free over its whole length.
function laned(edges: Edge[]): Edge[] {
  const taken: Record<'ahead' | 'back', [number, number][][]> = { ahead: [], back: [] };
  const length = (e: Edge) => Math.abs(e.to - e.from);
  const straight = (e: Edge) => e.to === e.from + 1;
  for (const e of [...edges].sort((a, b) => length(a) - length(b) || a.from - b.from)) {
    if (straight(e)) continue;
    const side = taken[e.to > e.from ? 'ahead' : 'back'];
    const [a, b] = [Math.min(e.from, e.to), Math.max(e.from, e.to)];
    let lane = side.findIndex((spans) => spans.every(([c, d]) => b <= c || d <= a));
    if (lane < 0) lane = side.push([]) - 1;
    side[lane]!.push([a, b]);
    e.lane = lane + 1;
  }
  return edges;
}

export const size = { w: 252, h: 54, gap: 30, lane: 16, pad: 14 };

export type Drawing = { width: number; height: number; left: number; lines: { edge: Edge; d: string; x: number; y: number }[]; top: (i: number) => number };

export function draw(flow: Flow): Drawing {
  const edges = edgesOf(flow);
  const back = Math.max(0, ...edges.filter((e) => e.to <= e.from).map((e) => e.lane));
  const ahead = Math.max(0, ...edges.filter((e) => e.to > e.from).map((e) => e.lane));
  const left = size.pad + back * size.lane;
  const right = left + size.w;
  const top = (i: number) => size.pad + i * (size.h + size.gap);
  const lines = edges.map((edge) => {
    const y1 = top(edge.from), y2 = top(edge.to);
    if (!edge.lane) return { edge, d: `M${left + size.w / 2} ${y1 + size.h}V${y2 - 5}`, x: left + size.w / 2 + 5, y: y1 + size.h + 18 };
    const forward = edge.to > edge.from;
    const [side, x] = forward ? [right, right + edge.lane * size.lane] : [left, left - edge.lane * size.lane];
    const from = y1 + size.h * 0.72, to = y2 + (edge.to === flow.steps.length ? 14 : size.h * 0.3), r = 7, s = forward ? 1 : -1, v = to > from ? 1 : -1;
    const tip = edge.to === flow.steps.length ? left + size.w / 2 + 48 * s : side + 5 * s;
    return { edge, d: `M${side} ${from}H${x - r * s}Q${x} ${from} ${x} ${from + r * v}V${to - r * v}Q${x} ${to} ${x - r * s} ${to}H${tip}`, x: x - r * s, y: from - 4 };
  });
  return { width: right + size.pad + ahead * size.lane, height: top(flow.steps.length) + 28 + size.pad, left, lines, top };
}

export const share = (n: number, of: number) => (of > 0 ? Math.min(1, n / of) : 0);
