import { flushSync } from 'svelte'
import { afterEach, describe, expect, it } from 'vitest'

import { Rewriting } from './rewriting.svelte'

const PLACE = 'card/c1'

/** Maya has the words of a card in a field; what the room says of it changes under her hands. */
class Maya {
  readonly drafts = new Map<string, string>()
  #row = $state.raw({ text: 'No beds' as string | null, rev: 1 })
  words!: Rewriting
  #leaves = () => {}

  opens(): this {
    const room = {
      draft: (place: string) => this.drafts.get(place) ?? '',
      keepDraft: (place: string, text: string) => void this.drafts.set(place, text),
    }
    this.#leaves = $effect.root(() => {
      this.words = new Rewriting(() => this.#row, { room, place: PLACE })
    })
    flushSync()
    return this
  }

  types(text: string): void {
    this.words.text = text
    flushSync()
  }

  /** Somebody's words have come. */
  hears(text: string | null, rev: number): void {
    this.#row = { text, rev }
    flushSync()
  }

  leaves(): void {
    this.#leaves()
  }
}

let maya: Maya
afterEach(() => maya.leaves())

describe('words that are written anew', () => {
  it('follow what others write while nobody has typed', () => {
    maya = new Maya().opens()
    maya.hears('No beds on Ward 7', 2)
    expect([maya.words.text, maya.words.rev, maya.words.isChanged]).toEqual(['No beds on Ward 7', 2, false])
  })

  it('are never exchanged under the hands of who types: both stand there', () => {
    maya = new Maya().opens()
    maya.types('No beds at night')
    maya.hears('No beds on Ward 7', 2)
    expect([maya.words.text, maya.words.isOvertaken, maya.words.rev]).toEqual(['No beds at night', true, 1])
  })

  it('are written over newer ones by who has looked at those', () => {
    maya = new Maya().opens()
    maya.types('No beds at night')
    maya.hears('No beds on Ward 7', 2)
    maya.words.look()
    expect([maya.words.said, maya.words.isOvertaken, maya.words.rev]).toEqual(['No beds at night', false, 2])
  })

  it.each(['No beds', 'No beds at night'])('are overtaken by nothing that is known already: %s', (said) => {
    maya = new Maya().opens()
    maya.types('No beds at night ')
    maya.hears(said, 3)
    expect([maya.words.text, maya.words.isOvertaken, maya.words.rev]).toEqual(['No beds at night ', false, 3])
  })

  it('stay in the field while they are on their way, and make room for what stood there when refused', () => {
    maya = new Maya().opens()
    maya.types('No beds at night')
    maya.words.sent()
    flushSync()
    expect([maya.words.text, maya.words.isChanged]).toEqual(['No beds at night', false])
    maya.hears('No beds at night', 2)
    maya.hears('No beds', 1)
    expect([maya.words.text, maya.words.rev]).toEqual(['No beds', 1])
  })

  it('are there again when the page is, until they are sent or left', () => {
    maya = new Maya().opens()
    maya.types('No beds at ni')
    maya.leaves()
    maya.opens()
    expect([maya.words.text, maya.words.isChanged]).toEqual(['No beds at ni', true])
    maya.words.follow()
    expect([maya.words.text, maya.drafts.get(PLACE)]).toEqual(['No beds', ''])
  })

  it('that were taken out leave an empty field, and what was typed instead', () => {
    maya = new Maya().opens()
    maya.hears(null, 1)
    expect(maya.words.text).toBe('')
    maya.hears('No beds', 1)
    maya.types('No beds at night')
    maya.hears(null, 1)
    expect([maya.words.text, maya.words.isChanged]).toEqual(['No beds at night', true])
  })
})
