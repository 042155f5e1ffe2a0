import { parse, type Inline } from '../core/richtext'
import { useSurface } from './context'

function Piece({ of }: { of: Inline }) {
  if (typeof of === 'string') return <>{of}</>
  if ('br' in of) return <br />
  if ('bold' in of) return <b>{of.bold}</b>
  return <Out href={of.href}>{of.label}</Out>
}

/** A link that has passed the rule. */
export function Out({ href, children, class: name }: { href: string; children: preact.ComponentChildren; class?: string }) {
  const { go } = useSurface()
  const follow = (e: MouseEvent) => {
    if (e.metaKey || e.ctrlKey || e.shiftKey) return
    e.preventDefault()
    go(href)
  }
  return (
    <a class={name} href={href} target="_blank" rel="noopener noreferrer" onClick={follow}>
      {children}
    </a>
  )
}

const row = (line: Inline[]) => line.map((p, i) => <Piece key={i} of={p} />)

/** A message's words as our own tree; never as HTML. */
export function Rich({ text }: { text: string }) {
  const { rule } = useSurface()
  return (
    <>
      {parse(text, rule).map((b, i) => {
        if ('p' in b) return <p key={i}>{row(b.p)}</p>
        const items = b.list.map((l, j) => <li key={j}>{row(l)}</li>)
        return b.ordered ? <ol key={i}>{items}</ol> : <ul key={i}>{items}</ul>
      })}
    </>
  )
}
