import { expect, test } from 'vitest'

import type { Aim } from '../../wire/types'
import { speak } from '../../wire/words'
import { currentAim, missing, pieces, sentence, withSlot } from './aim'

speak({
  'roadmap.sentence.global':
    'We aim to improve {process} in {place}. It begins when {start} and ends when {end}. We expect {benefits}, because {reasons}.',
  'roadmap.sentence.specific':
    'We will {direction} {measure} from {baseline} to {target} for {population} by {by}.',
  'rooms.and': '{some} and {last}',
  'roadmap.gap': '…',
  'roadmap.direction.increase': 'raise',
})

const WHOLE = {
  process: 'giving the first dose',
  place: 'the sepsis pathway',
  start: 'triage',
  end: 'the dose is running',
  benefits: ['fewer deaths', 'shorter stays', 'calmer families'],
  reasons: ['half wait too long'],
}

function aim(fields: Partial<Aim>): Aim {
  const row = { id: 'a', created_at: '', removed_at: null, redacted_at: null, locked_by: null }
  return { ...row, kind: 'global', slots: {}, state: 'draft', agreed_at: null, ...fields }
}

test('an aim reads as one sentence', () => {
  expect(sentence(WHOLE, 'global')).toBe(
    'We aim to improve giving the first dose in the sepsis pathway. It begins when triage and ends when the dose is running. ' +
      'We expect fewer deaths, shorter stays and calmer families, because half wait too long.',
  )
})

test('what is still missing is a gap, and is named in the order of the sentence', () => {
  expect(sentence({ direction: 'increase', by: '2026-10-31' }, 'specific')).toBe(
    'We will raise … from … to … for … by 31 October 2026.',
  )
  expect(missing({ ...WHOLE, place: '', reasons: [] }, 'global')).toEqual(['place', 'reasons'])
  expect(missing(WHOLE, 'global')).toEqual([])
})

test('the sentence is cut into words and slots', () => {
  expect(pieces('specific').slice(0, 4)).toEqual([
    { text: 'We will ' },
    { slot: 'direction' },
    { text: ' ' },
    { slot: 'measure' },
  ])
})

test('the agreed aim stands before the proposed, and that before drafts', () => {
  const draft = aim({ id: 'draft' })
  const proposed = aim({ id: 'proposed', state: 'proposed' })
  const agreed = aim({ id: 'agreed', state: 'agreed' })
  const specific = aim({ id: 'specific', kind: 'specific', state: 'agreed' })
  expect(currentAim([specific, draft, proposed, agreed], 'global')?.id).toBe('agreed')
  expect(currentAim([specific, draft, proposed], 'global')?.id).toBe('proposed')
  expect(currentAim([specific, draft], 'global')?.id).toBe('draft')
  expect(currentAim([specific], 'global')).toBeUndefined()
})

test('one slot changes and the others stay', () => {
  expect(withSlot({ process: 'a', place: 'b' }, 'global', 'place', ' the ward ')).toEqual({
    process: 'a',
    place: 'the ward',
  })
})

test('an entry of a list is added, changed, and leaves when it is emptied', () => {
  const two = { benefits: ['one', 'two'] }
  expect(withSlot(two, 'global', 'benefits', 'three', 2).benefits).toEqual(['one', 'two', 'three'])
  expect(withSlot(two, 'global', 'benefits', 'first', 0).benefits).toEqual(['first', 'two'])
  expect(withSlot(two, 'global', 'benefits', ' ', 0).benefits).toEqual(['two'])
})
