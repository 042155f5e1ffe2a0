import { useEffect, useRef, useState } from 'preact/hooks'
import { useSurface } from './context'
import { Icon } from './icons'

const TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif']
const MAX_BYTES = 5 * 1024 * 1024
const MAX_TEXT = 4000
const DRAFT = 'xiaoer:draft'

/** Enter sends, Shift+Enter breaks the line; while an input method composes, Enter belongs to it. */
export function Composer({ shown }: { shown: boolean }) {
  const { chat, w, say } = useSurface()
  const [text, setText] = useState(() => draft())
  const [wrong, setWrong] = useState('')
  const area = useRef<HTMLTextAreaElement>(null)
  const file = useRef<HTMLInputElement>(null)
  const { handler, closed } = chat.state

  useEffect(() => {
    if (shown) area.current?.focus({ preventScroll: true })
  }, [shown])
  useEffect(() => {
    const el = area.current!
    el.style.height = 'auto'
    // a hidden frame has no heights
    if (el.scrollHeight) el.style.height = `${Math.min(el.scrollHeight, 128)}px`
    draft(text)
  }, [text, shown])

  const send = () => {
    if (!text.trim()) return
    say(text)
    setText('')
    setWrong('')
    area.current?.focus()
  }
  const key = (e: KeyboardEvent) => {
    // keyCode 229: the Enter that ends a composition in browsers that clear isComposing too early
    if (e.key !== 'Enter' || e.shiftKey || e.isComposing || e.keyCode === 229) return
    e.preventDefault()
    send()
  }
  const take = (f: File | undefined | null) => {
    if (!f) return
    const bad = !TYPES.includes(f.type) ? w.wrongType : f.size > MAX_BYTES ? w.tooBig : ''
    setWrong(bad)
    if (!bad) chat.sendImage(f, URL.createObjectURL(f))
  }
  const pasted = (e: ClipboardEvent) => {
    const f = [...(e.clipboardData?.files ?? [])].find((x) => TYPES.includes(x.type))
    if (!f) return
    e.preventDefault()
    take(f)
  }
  return (
    <form
      class="composer"
      onSubmit={(e) => {
        e.preventDefault()
        send()
      }}
    >
      {wrong && (
        <p class="err" role="alert">
          {wrong}
        </p>
      )}
      <div class="field-box">
        <textarea
          ref={area}
          rows={1}
          value={text}
          maxLength={MAX_TEXT}
          placeholder={closed ? w.placeholderClosed : w.placeholder}
          aria-label={w.placeholder}
          enterkeyhint="send"
          onInput={(e) => {
            setText(e.currentTarget.value)
            chat.typed()
          }}
          onKeyDown={key}
          onPaste={pasted}
        />
        <div class="tools">
          <input
            ref={file}
            type="file"
            accept={TYPES.join()}
            hidden
            onChange={(e) => {
              take(e.currentTarget.files?.[0])
              e.currentTarget.value = ''
            }}
          />
          <button type="button" class="icon" aria-label={w.image} title={w.image} onClick={() => file.current?.click()}>
            <Icon name="image" />
          </button>
          {handler === 'agent' && (
            <button type="button" class="human" onClick={(e) => (say(w.humanSay), e.detail || area.current?.focus())}>
              <Icon name="person" size={17} /> {w.human}
            </button>
          )}
          <span class="grow" />
          <button class="icon go" disabled={!text.trim()} aria-label={w.send} title={w.send}>
            <Icon name="send" />
          </button>
        </div>
      </div>
    </form>
  )
}

/** Half-written words survive a reload of the page; they end with the tab. */
function draft(keep?: string): string {
  try {
    if (keep !== undefined) sessionStorage.setItem(DRAFT, keep)
    return sessionStorage.getItem(DRAFT) ?? ''
  } catch {
    return ''
  }
}
