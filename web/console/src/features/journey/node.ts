import { ApiError, type JourneyNode, type JourneyTable, type Pair } from '../../lib/api';

export const stages = ['presale', 'insale', 'aftersale'] as const;
export const participations = ['none', 'assist', 'lead'] as const;
export const dials = ['off', 'answer', 'suggest', 'confirmed', 'alone'] as const;

// byStage keeps the order of the way within each stage.
export const byStage = (table: JourneyTable) => stages.map((stage) => ({ stage, nodes: table.nodes.filter((n) => n.stage === stage) })).filter((g) => g.nodes.length);

// parted keeps the rule of the table while one field changes: where the agent takes no part it is off and offers nothing.
export function parted(n: JourneyNode): JourneyNode {
  if (n.participation === 'none') return { ...n, dial: 'off', flows: [] };
  return n.dial === 'off' ? { ...n, dial: 'answer' } : n;
}

export const replaced = (table: JourneyTable, node: JourneyNode): JourneyTable => ({ nodes: table.nodes.map((n) => (n.key === node.key ? node : n)) });

// Touchpoints are written one a line in each language; the lines belong together by their place.
export const linesOf = (pairs: Pair[], side: 'zh' | 'en') => pairs.map((p) => p[side]).join('\n');

export function pairsOf(zh: string, en: string): Pair[] {
  const [a, b] = [zh, en].map((text) => text.split('\n').map((line) => line.trim())) as [string[], string[]];
  const n = Math.max(a.length, b.length);
  return Array.from({ length: n }, (_, i) => ({ zh: a[i] ?? '', en: b[i] ?? '' })).filter((p) => p.zh || p.en);
}

// faultsOf are the places of one node that the server named, by field.
export function faultsOf(error: unknown, at: number): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const out: Record<string, string> = {};
  for (const f of error.fields) {
    const hit = /nodes\[(\d+)\]\.(\w+)/.exec(f.location);
    if (hit && Number(hit[1]) === at) out[hit[2]!] = f.message;
  }
  return out;
}
