import { describe, expect, it } from 'vitest'
import * as st from '../src/core/state'
import type { Message } from '../src/core/wire'

const msg = (seq: number, more: Partial<Message> = {}): Message => ({ seq, author: 'agent', kind: 'text', text: `m${seq}`, ...more })
const out = (client_id: string, text = client_id): st.Outgoing => ({ client_id, text, state: 'sending', at: '2026-11-22T00:00:00Z' })
const seqs = (s: st.State) => s.messages.map((m) => m.seq)

describe('receiving', () => {
  it('keeps each seq once and in order, whatever the order of arrival', () => {
    const s = [3, 1, 2, 3, 1, 5, 4, 4].reduce((s, n) => st.receive(s, msg(n)), st.empty)
    expect(seqs(s)).toEqual([1, 2, 3, 4, 5])
  })

  it('holds for any shuffle with repeats', () => {
    let seed = 7
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647
    for (let round = 0; round < 200; round++) {
      const all = Array.from({ length: 30 }, (_, i) => i + 1).flatMap((n) => (random() < 0.3 ? [n, n] : [n]))
      all.sort(() => random() - 0.5)
      expect(seqs(all.reduce((s, n) => st.receive(s, msg(n)), st.empty))).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
    }
  })

  it('replaces what comes again, as a card whose status has changed', () => {
    const card = { id: 'c', kind: 'confirm', status: 'open' }
    const s = st.receive(st.receive(st.empty, msg(1, { card })), msg(1, { card: { ...card, status: 'done' } }))
    expect(s.messages).toHaveLength(1)
    expect(s.messages[0]!.card!.status).toBe('done')
  })

  it('refuses numbers that are none', () => {
    for (const seq of [0, -1, 1.5, Number.NaN, '1' as unknown as number]) expect(st.receive(st.empty, msg(seq))).toBe(st.empty)
  })

  it('knows a gap and closes it by a page', () => {
    let s = st.receive(st.receive(st.empty, msg(1)), msg(4))
    expect([s.complete, st.hasGap(s)]).toEqual([1, true])
    s = st.receivePage(s, 1, [msg(2), msg(4)], 4) // 3 is a note of staff that shoppers never see
    expect([s.complete, st.hasGap(s), seqs(s)]).toEqual([4, false, [1, 2, 4]])
  })

  it('does not call complete what a late page does not continue', () => {
    const s = st.receivePage(st.receive(st.empty, msg(1)), 5, [msg(6)], 6)
    expect(s.complete).toBe(1)
  })

  it('trusts the page more than the number beside it', () => {
    expect(st.receivePage(st.empty, 0, [msg(1), msg(2)], 90).complete).toBe(2)
    expect(st.receivePage(st.empty, 0, [], 3).complete).toBe(3)
  })
})

describe('own messages', () => {
  it('are shown once when the stream is quicker than the answer', () => {
    let s = st.queueUp(st.empty, out('a'))
    s = st.receive(s, msg(1, { author: 'customer', text: 'a', client_id: 'a' }))
    expect(s.outbox).toEqual([])
    s = st.accepted(s, out('a'), 1)
    expect(seqs(s)).toEqual([1])
  })

  it('are shown once when the answer is quicker than the stream', () => {
    let s = st.accepted(st.queueUp(st.empty, out('a')), out('a'), 1)
    s = st.receive(s, msg(1, { author: 'customer', text: 'a', client_id: 'a' }))
    expect([seqs(s), s.outbox]).toEqual([[1], []])
  })

  it('are told apart by client id even when the words are the same', () => {
    let s = st.queueUp(st.queueUp(st.empty, out('a', 'hi')), out('b', 'hi'))
    s = st.receive(s, msg(1, { author: 'customer', text: 'hi', client_id: 'b' }))
    expect(s.outbox.map((o) => o.client_id)).toEqual(['a'])
  })

  it('are matched by their words when no client id comes back', () => {
    const s = st.receive(st.queueUp(st.empty, out('a', 'hi')), msg(1, { author: 'customer', text: 'hi' }))
    expect(s.outbox).toEqual([])
  })

  it('are queued once per client id', () => {
    expect(st.queueUp(st.queueUp(st.empty, out('a')), out('a')).outbox).toHaveLength(1)
  })
})

describe('what is shown live', () => {
  it('grows by deltas and is replaced by the message of its turn', () => {
    let s = st.delta(st.delta(st.empty, { turn_id: 't', text: 'Hel' }), { turn_id: 't', text: 'lo' })
    expect(s.live).toEqual({ turn: 't', text: 'Hello' })
    s = st.receive(s, msg(1, { turn_id: 't' }))
    expect(s.live).toBeUndefined()
  })

  it('starts anew for another turn and on reset', () => {
    let s = st.delta(st.delta(st.empty, { turn_id: 't', text: 'x' }), { turn_id: 'u', text: 'y' })
    expect(s.live!.text).toBe('y')
    s = st.delta(s, { turn_id: 'u', text: 'z', reset: true })
    expect(s.live!.text).toBe('z')
  })

  it('ends typing when the message is there', () => {
    expect(st.receive({ ...st.empty, typing: { author: 'agent' } }, msg(1)).typing).toBeUndefined()
  })
})

describe('cards, marks, suggestions', () => {
  const withCard = st.receive(st.empty, msg(1, { card: { id: 'c', kind: 'confirm', status: 'open' } }))

  it('turns a pressed card to done, a cancelled one to cancelled', () => {
    expect(st.cardDone(withCard, 'c', 'confirm').messages[0]!.card!.status).toBe('done')
    expect(st.cardDone(withCard, 'c', 'cancel').messages[0]!.card!.status).toBe('cancelled')
  })

  it('remembers what was chosen', () => expect(st.cardDone(withCard, 'c', 'choose:a').chosen).toEqual({ c: 'choose:a' }))

  it('opens a card for another try when the press failed', () => {
    const s = st.pressFailed(st.pressing(withCard, 'c', 'confirm'), 'c', 'expired')
    expect([s.pressed, s.pressFailed]).toEqual([{}, { c: 'expired' }])
  })

  it('never takes a mark back', () => {
    const s = st.marks(st.marks(st.empty, { delivered: 5, read: 3 }), { delivered: 2 })
    expect([s.delivered, s.read]).toEqual([5, 3])
    expect([3, 4, 6].map((n) => st.markOf(s, msg(n)))).toEqual(['read', 'delivered', 'sent'])
  })

  it('offers suggestions only while they are the last word', () => {
    let s = st.receive(st.empty, msg(1, { suggestions: ['a', 'b'] }))
    expect(st.suggestions(s)).toEqual(['a', 'b'])
    expect(st.suggestions(st.queueUp(s, out('x')))).toEqual([])
    s = st.receive(s, msg(2, { author: 'customer' }))
    expect(st.suggestions(s)).toEqual([])
  })

  it('follows the handler', () => {
    let s = st.status(st.empty, { handler: 'waiting', queue_position: 2 })
    expect([s.handler, s.queue]).toEqual(['waiting', 2])
    s = st.status(s, { handler: 'staff', staff_name: 'Chen' })
    expect([s.queue, s.staffName]).toEqual([undefined, 'Chen'])
    expect(st.status(s, { handler: 'agent' }).staffName).toBeUndefined()
  })
})
