/** What a picture says, in the room's words. */

import { laneName, wordsOf } from './map'
import type { Words } from './shapes'
import { percent, timeWords } from './times'

export const WORDS: Words = {
  step: wordsOf,
  lane: laneName,
  time: timeWords,
  share: (share) => percent(share * 100),
}
