// Text of a message as a small tree of our own: paragraphs, lists, line breaks, bold, links. Nothing else exists in it,
// so nothing else can be rendered; whatever looks like HTML stays text.

export type Inline = string | { bold: string } | { href: string; label: string } | { br: true }
export type Block = { p: Inline[] } | { list: Inline[][]; ordered: boolean }

/** Decides where a link may lead; undefined means: show the words, not a link. */
export type LinkRule = (url: string) => string | undefined

/** Links go to these origins only; relative ones are read from the first. Credentials and other schemes are refused. */
export function linkRule(origins: string[]): LinkRule {
  return (raw) => {
    let url: URL
    try {
      url = new URL(raw, origins[0])
    } catch {
      return undefined
    }
    const plain = (url.protocol === 'https:' || url.protocol === 'http:') && !url.username && !url.password
    return plain && origins.includes(url.origin) ? url.href : undefined
  }
}

const LIMIT = 20_000 // longer texts are cut: rendering stays bounded
const INLINE = /\*\*([^*\n]+)\*\*|\[([^\]\n]{1,200})\]\(([^()\s]{1,2000})\)|(https?:\/\/[^\s<>"'，。；！？、）】」)\]]+)/g
const ITEM = /^\s{0,3}(?:[-*•]|(\d{1,3})[.、)])\s+(\S.*)$/

export function inline(line: string, rule: LinkRule): Inline[] {
  const out: Inline[] = []
  let from = 0
  for (const m of line.matchAll(INLINE)) {
    if (m.index > from) out.push(line.slice(from, m.index))
    from = m.index + m[0].length
    out.push(piece(m, rule))
  }
  if (from < line.length) out.push(line.slice(from))
  return out
}

function piece(m: RegExpMatchArray, rule: LinkRule): Inline {
  if (m[1] !== undefined) return { bold: m[1] }
  const label = m[2] ?? m[4]!
  const href = rule(m[3] ?? m[4]!)
  if (href) return { href, label }
  return m[2] !== undefined && m[2] !== m[3] ? `${m[2]} (${m[3]})` : label
}

export function parse(text: string, rule: LinkRule): Block[] {
  const blocks: Block[] = []
  let open: Block | undefined
  for (const line of text.slice(0, LIMIT).replace(/\r\n?/g, '\n').split('\n')) {
    if (!line.trim()) {
      open = undefined
      continue
    }
    const item = ITEM.exec(line)
    const before = open
    open = item ? intoList(open, inline(item[2]!, rule), item[1] !== undefined) : intoParagraph(open, inline(line, rule))
    if (open !== before) blocks.push(open)
  }
  return blocks
}

function intoList(open: Block | undefined, item: Inline[], ordered: boolean): Block {
  if (!open || !('list' in open) || open.ordered !== ordered) return { list: [item], ordered }
  open.list.push(item)
  return open
}

function intoParagraph(open: Block | undefined, words: Inline[]): Block {
  if (!open || !('p' in open)) return { p: words }
  open.p.push({ br: true }, ...words)
  return open
}

/** The words alone, for previews. */
export function plain(text: string, length = 120): string {
  const flat = text.replace(/\*\*/g, '').replace(/\s+/g, ' ').trim()
  const chars = [...flat]
  return chars.length > length ? chars.slice(0, length - 1).join('') + '…' : flat
}
