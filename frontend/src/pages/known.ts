/** What this browser remembers of itself. Asking the server would trouble every newcomer with a refusal. */

/** It has been in a room. */
const KNOWN = 'bigroom.known'
/** Somebody has signed in on it with a coach's account. */
const ACCOUNT = 'bigroom.account'

/** Storage may be forbidden; then it is remembered as long as the page. */
const meanwhile = new Set<string>()

export const isKnownBrowser = () => has(KNOWN)
export const hasAccount = () => has(ACCOUNT)
export const rememberBrowser = () => keep(KNOWN)
export const rememberAccount = () => keep(ACCOUNT)

export function forgetBrowser(): void {
  meanwhile.clear()
  attempt(() => [KNOWN, ACCOUNT].forEach((key) => localStorage.removeItem(key)))
}

function has(key: string): boolean {
  return meanwhile.has(key) || Boolean(attempt(() => localStorage.getItem(key)))
}

function keep(key: string): void {
  meanwhile.add(key)
  attempt(() => localStorage.setItem(key, 'yes'))
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
