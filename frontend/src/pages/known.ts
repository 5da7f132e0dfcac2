/** What this browser remembers of itself. Asking the server would trouble every newcomer with a refusal. */

/** It has been in a room. */
const KNOWN = 'bigroom.known'
/** Somebody has signed in on it with a coach's account. */
const ACCOUNT = 'bigroom.account'
/** It is shared: until when the server remembers who came in last. */
const SHARED = 'bigroom.shared'
const SHARED_FOR = 4 * 60 * 60 * 1000

/** Storage may be forbidden; then it is remembered as long as the page. */
const meanwhile = new Map<string, string>()

export const isKnownBrowser = () => has(KNOWN)
export const hasAccount = () => has(ACCOUNT)
export function rememberBrowser(): void {
  keep(KNOWN)
  meanwhile.delete(SHARED)
  attempt(() => localStorage.removeItem(SHARED))
}
export const rememberAccount = () => keep(ACCOUNT)

/** For the next one who comes in here, too: a library's computer stays one. */
export const isShared = () => has(SHARED)

/** When it forgets by itself; null where it is not shared, or has forgotten already. */
export function forgetsAt(): Date | null {
  const until = Number(valueOf(SHARED))
  return until > Date.now() ? new Date(until) : null
}

export function rememberShared(): void {
  keep(SHARED, String(Date.now() + SHARED_FOR))
}

export function forgetBrowser(): void {
  // What was typed and not sent must not lie there for the next one.
  if (isShared()) attempt(() => sessionStorage.clear())
  for (const key of [KNOWN, ACCOUNT]) {
    meanwhile.delete(key)
    attempt(() => localStorage.removeItem(key))
  }
}

function has(key: string): boolean {
  return Boolean(valueOf(key))
}

function valueOf(key: string): string | null | undefined {
  return meanwhile.get(key) ?? attempt(() => localStorage.getItem(key))
}

function keep(key: string, value = 'yes'): void {
  meanwhile.set(key, value)
  attempt(() => localStorage.setItem(key, value))
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
