import { expect, test } from 'vitest'

import { Said } from './said.svelte'

function asked() {
  let answer = (_: { ok: true; seq: number }) => {}
  const outcome = new Promise<{ ok: true; seq: number }>((resolve) => (answer = resolve))
  return { outcome, answered: async () => (answer({ ok: true, seq: 1 }), await outcome) }
}

test('what is done twice in a second is there twice, whenever the answers come', async () => {
  const minutes = new Said<number>()
  const [first, second] = [asked(), asked()]
  minutes.is(minutes.or(5) + 1, first)
  minutes.is(minutes.or(5) + 1, second)
  expect(minutes.or(5)).toBe(7)
  await first.answered()
  expect(minutes.or(6)).toBe(7)
  await second.answered()
  expect(minutes.or(9)).toBe(9)
})
