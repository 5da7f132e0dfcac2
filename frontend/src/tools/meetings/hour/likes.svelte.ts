/** How whoever paces or hears the hour likes it, remembered on this device. */

function remembered(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

/** Storage may be forbidden; then the choice lasts as long as the page. */
function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    return
  }
}

const BRINGS = 'bigroom.brings'
const SOUND = 'bigroom.sound'

class Likes {
  #brings = $state(remembered(BRINGS) !== 'off')
  #sound = $state(remembered(SOUND) === 'on')

  /** Whether an item that begins brings everyone to what it opens. */
  get brings(): boolean {
    return this.#brings
  }
  set brings(brings) {
    this.#brings = brings
    remember(BRINGS, brings ? 'on' : 'off')
  }

  get sound(): boolean {
    return this.#sound
  }
  set sound(sound) {
    this.#sound = sound
    remember(SOUND, sound ? 'on' : 'off')
  }
}

export const likes = new Likes()
