// marks splits a text where the searched words stand in it, so that they can be shown; the server's own marks are not trusted.
export function marks(text: string, query: string): { text: string; hit: boolean }[] {
  const words = query.split(/\s+/).filter(Boolean).sort((a, b) => b.length - a.length).slice(0, 8);
  if (!words.length) return [{ text, hit: false }];
  const pattern = new RegExp(`(${words.map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'giu');
  return text.split(pattern).map((part, i) => ({ text: part, hit: i % 2 === 1 })).filter((p) => p.text);
}
