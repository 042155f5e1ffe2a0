import { useId, useState } from 'preact/hooks'
import type { BodyProps } from './Cards'
import { useSurface } from './context'
import { list, str, type Rec } from './read'
import { fill } from './texts'

const INPUT: Record<string, string> = { date: 'date', phone: 'tel' }

/** A form the flow asks for. What is missing is said beside the field, and nothing is sent. */
export function FormCard({ card, body, press, busy }: BodyProps) {
  const { w } = useSurface()
  const base = useId()
  const fields = list(body.fields)
  const [values, setValues] = useState<Record<string, string>>({})
  const [missing, setMissing] = useState('')
  if (card.status !== 'open') return null
  const submit = (e: Event) => {
    e.preventDefault()
    const gap = fields.find((f) => f.required === true && !values[str(f.name)]?.trim())
    setMissing(gap ? str(gap.name) : '')
    if (gap) document.getElementById(`${base}${str(gap.name)}`)?.focus()
    else press('submit', values)
  }
  const cancel = card.actions?.find((a) => a.id === 'cancel')
  const send = card.actions?.find((a) => a.id === 'submit')
  return (
    <form onSubmit={submit} noValidate>
      {fields.map((f) => {
        const name = str(f.name)
        const at = `${base}${name}`
        return (
          <div key={name} class="field">
            <label for={at}>
              {str(f.label)} {f.required !== true && <small>({w.optional})</small>}
            </label>
            <Control field={f} id={at} bad={missing === name} value={values[name] ?? ''} set={(v) => setValues({ ...values, [name]: v })} />
            {missing === name && (
              <p class="err" id={`${at}e`} role="alert">
                {fill(w.required, { label: str(f.label) })}
              </p>
            )}
          </div>
        )
      })}
      <div class="acts">
        <button class="btn primary" disabled={!!busy} aria-busy={busy === 'submit'}>
          {busy === 'submit' ? w.working : (send?.label ?? w.submit)}
        </button>
        {cancel && (
          <button type="button" class="btn" disabled={!!busy} onClick={() => press('cancel')}>
            {cancel.label}
          </button>
        )}
      </div>
    </form>
  )
}

function Control({ field, id, value, bad, set }: { field: Rec; id: string; value: string; bad: boolean; set(v: string): void }) {
  const { w } = useSurface()
  const type = str(field.type)
  const same = { id, value, 'aria-invalid': bad, 'aria-describedby': bad ? `${id}e` : undefined, 'aria-required': field.required === true }
  const hear = (e: Event) => set((e.currentTarget as HTMLInputElement).value)
  if (type === 'textarea') return <textarea {...same} rows={3} maxLength={2000} onInput={hear} />
  if (type !== 'select') return <input {...same} type={(INPUT[type] ?? 'text') as 'text'} autoComplete={type === 'phone' ? 'tel' : 'off'} maxLength={500} onInput={hear} />
  return (
    <select {...same} onChange={hear}>
      <option value="">{w.choose}</option>
      {list(field.options).map((o) => (
        <option key={str(o.value)} value={str(o.value)}>
          {str(o.label)}
        </option>
      ))}
    </select>
  )
}
