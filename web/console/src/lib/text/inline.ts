// The small own tree that all foreign text becomes before it is shown. There is no way from here to HTML.
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'link'; href: string; text: string }
  | { kind: 'strong' | 'em'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'break' };

const url = /\bhttps?:\/\/[^\s<>"'`，。；！？、（）《》【】「」]+/giu;

// safeLink lets only web, mail and phone addresses and places within the site pass; everything else stays text.
export function safeLink(href: string): string | undefined {
  const clean = href.trim();
  if ([...clean].some((c) => c.charCodeAt(0) <= 0x20 || c.charCodeAt(0) === 0x7f)) return undefined;
  if (/^(https?:\/\/|mailto:|tel:)/i.test(clean)) return clean;
  return /^\/(?![/\\])/.test(clean) ? clean : undefined;
}

// plain is what customers write: words, line breaks and addresses, nothing more.
export function plain(text: string): Inline[] {
  return text.split(/\r?\n/).flatMap((line, i) => (i ? [{ kind: 'break' } as Inline, ...linked(line)] : linked(line)));
}

function linked(line: string): Inline[] {
  const out: Inline[] = [];
  let from = 0;
  for (const hit of line.matchAll(url)) {
    const address = hit[0].replace(/[.,;:!?)\]]+$/, '');
    pushText(out, line.slice(from, hit.index));
    out.push({ kind: 'link', href: address, text: address });
    from = hit.index + address.length;
  }
  pushText(out, line.slice(from));
  return out;
}

const marked = /(`[^`]+`)|(\*\*(?=\S).+?\*\*)|(\*(?=\S)[^*]+?\*)|(\[[^\]]{1,300}\]\([^()\s]{1,2000}\))/;

// rich also knows `code`, **strong**, *em* and [links](...): for the agent's answers and for articles.
export function rich(text: string): Inline[] {
  return text.split(/\r?\n/).flatMap((line, i) => (i ? [{ kind: 'break' } as Inline, ...richLine(line, 0)] : richLine(line, 0)));
}

function richLine(line: string, depth: number): Inline[] {
  const hit = depth < 8 ? marked.exec(line) : null;
  if (!hit) return linked(line);
  const [whole, code, strong, em, link] = hit;
  const before = linked(line.slice(0, hit.index));
  const after = richLine(line.slice(hit.index + whole.length), depth);
  return [...before, mark(whole, code, strong, em, link, depth), ...after];
}

function mark(whole: string, code: string | undefined, strong: string | undefined, em: string | undefined, link: string | undefined, depth: number): Inline {
  if (code) return { kind: 'code', text: code.slice(1, -1) };
  if (strong) return { kind: 'strong', children: richLine(strong.slice(2, -2), depth + 1) };
  if (em) return { kind: 'em', children: richLine(em.slice(1, -1), depth + 1) };
  const [, label = '', target = ''] = /^\[([^\]]*)\]\((.*)\)$/.exec(link ?? '') ?? [];
  const href = safeLink(target);
  return href ? { kind: 'link', href, text: label } : { kind: 'text', text: whole };
}

function pushText(out: Inline[], text: string): void {
  if (text) out.push({ kind: 'text', text });
}
