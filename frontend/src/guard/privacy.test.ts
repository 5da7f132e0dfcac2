import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { countryOf, findPrivate } from './privacy'

interface Vector {
  text: string
  country: string
  found: [string, string][]
}

const ROOT = `${import.meta.dirname}/../../../`
const YEAR = 2026

function read(path: string): unknown {
  return JSON.parse(readFileSync(ROOT + path, 'utf8'))
}

describe('what may tell who a patient is', () => {
  it.each((read('tests/vectors/privacy.json') as Vector[]).map((vector) => [vector.text, vector] as const))(
    'is found as the server finds it: %s',
    (_, { text, country, found }) => {
      expect(findPrivate(text, country, YEAR).map(({ kind, text }) => [kind, text])).toEqual(found)
    },
  )

  it('stands where the finding says', () => {
    const [found] = findPrivate('😀 call 943 476 5919', 'GB', YEAR)
    expect('😀 call 943 476 5919'.slice(found!.start)).toBe('943 476 5919')
  })

  it.each(['sepsis', 'cystic-fibrosis'])('raises no alarm in the words of %s', (name) => {
    const alarms = textsIn(read(`app/demo/cases/${name}.json`)).filter(
      (text) => findPrivate(text, 'GB', YEAR).length,
    )
    expect(alarms).toEqual([])
  })

  it.each([(n: string[]) => n.join(''), (n: string[]) => n.join(' '), (n: string[]) => n.join('-')])(
    'is found in a thousand valid NHS numbers, however they are spaced',
    (spaced) => {
      const missed = nhsNumbers(1000).filter((number) => {
        const words = spaced([number.slice(0, 3), number.slice(3, 6), number.slice(6)])
        return findPrivate(`Seen: ${words}, twice.`, 'GB', YEAR).length !== 1
      })
      expect(missed).toEqual([])
    },
  )
})

it('takes the country from the language, or else from the time zone', () => {
  expect(countryOf({ language: 'sv-SE', timezone: 'Europe/London' })).toBe('SE')
  expect(countryOf({ language: 'sv', timezone: 'Europe/Stockholm' })).toBe('SE')
  expect(countryOf({ language: 'en', timezone: 'Europe/London' })).toBe('GB')
  expect(countryOf(undefined)).toBe('GB')
})

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : []
}

function nhsNumbers(count: number): string[] {
  const numbers: string[] = []
  for (let n = 400_000_001; numbers.length < count; n += 7919) {
    const sum = [...String(n)].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0)
    const check = (11 - (sum % 11)) % 11
    if (check < 10) numbers.push(`${n}${check}`)
  }
  return numbers
}
