/** Whether this browser has ever been in a room. Asking the server would trouble every newcomer with a refusal. */

const KEY = 'bigroom.known'

export function isKnownBrowser(): boolean {
  try {
    return localStorage.getItem(KEY) !== null
  } catch {
    return false
  }
}

export function rememberBrowser(): void {
  try {
    localStorage.setItem(KEY, 'yes')
  } catch {
    return
  }
}

export function forgetBrowser(): void {
  try {
    localStorage.removeItem(KEY)
  } catch {
    return
  }
}
