/** What I could take back now. What takes it back comes after the room's shell. */

import type { Id } from '../wire/types'

class Undoable {
  /** In words: "moving a card". Null while there is nothing. */
  what = $state<string | null>(null)
  /** The last thing that I did, or what I did by this command. */
  press: (id?: Id) => void = () => {}
}

export const undoable = new Undoable()
