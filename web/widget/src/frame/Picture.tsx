import { useState } from 'preact/hooks'
import { useSurface } from './context'
import { Icon } from './icons'
import { str } from './read'

/** A picture from the shop's own origins only; a foreign address would tell strangers who reads this. */
export function Picture({ src, alt = '' }: { src: unknown; alt?: string }) {
  const { rule } = useSurface()
  const [bad, setBad] = useState(false)
  const url = str(src) ? rule(str(src)) : undefined
  return <span class="pic">{url && !bad ? <img src={url} alt={alt} loading="lazy" onError={() => setBad(true)} /> : <Icon name="bag" size={22} />}</span>
}
