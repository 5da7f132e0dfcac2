import { expect, test } from 'vitest'

import { emptyEvidence, evidenceErrors, readDraft, toEvidence } from './evidence'

const WHOLE = { text: 'Coded cases', source: 'record system', date: '2026-04-01', url: '' }

test('evidence needs what it says, a source and a day', () => {
  expect(Object.keys(evidenceErrors(emptyEvidence()))).toEqual(['text', 'source', 'date'])
  expect(evidenceErrors(WHOLE)).toEqual({})
})

test('a link is a web address or nothing', () => {
  expect(evidenceErrors({ ...WHOLE, url: 'see the folder' })).toHaveProperty('url')
  expect(evidenceErrors({ ...WHOLE, url: 'javascript:alert(1)' })).toHaveProperty('url')
  expect(evidenceErrors({ ...WHOLE, url: ' https://example.org/a ' })).toEqual({})
})

test('no link is said as none', () => {
  expect(toEvidence({ ...WHOLE, text: ' Coded cases ' })).toEqual({ ...WHOLE, url: null })
})

test('a draft comes back after a reload, and a broken one is an empty form', () => {
  expect(readDraft(JSON.stringify({ text: 'half' }))).toEqual({ ...emptyEvidence(), text: 'half' })
  expect(readDraft('{')).toEqual(emptyEvidence())
  expect(readDraft('')).toEqual(emptyEvidence())
})
