/** Time as the wire uses it; tests bring their own. */

export type Cancel = () => void

export interface Timers {
  /** Milliseconds that never go back, whatever happens to the computer's clock. */
  now(): number
  after(ms: number, run: () => void): Cancel
}

export const browserTimers: Timers = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
