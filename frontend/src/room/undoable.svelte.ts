/** What I could take back now. What takes it back comes after the room's shell. */

class Undoable {
  /** In words: "moving a card". Null while there is nothing. */
  what = $state<string | null>(null)
  press: () => void = () => {}
}

export const undoable = new Undoable()
