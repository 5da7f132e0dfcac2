/** The server's clock as this browser knows it: its own monotonic time and an offset. */

export class Clock {
  #offset: number
  #roundTrip = Infinity

  /** `wall` is only a first guess, until the server has said its time. */
  constructor(
    private readonly monotonic: () => number,
    wall: () => number = Date.now,
  ) {
    this.#offset = wall() - monotonic()
  }

  /** Milliseconds since 1970 on the server. */
  now(): number {
    return this.monotonic() + this.#offset
  }

  /** A new connection starts over: a computer that slept has a monotonic clock that slept too. */
  greeted(serverNow: number): void {
    this.#offset = serverNow - this.monotonic()
    this.#roundTrip = Infinity
  }

  /** The answer with the smallest round trip is nearest to the truth; one that contradicts it means a jump. */
  ponged(sentAt: number, serverNow: number): void {
    const roundTrip = this.monotonic() - sentAt
    const offset = serverNow + roundTrip / 2 - this.monotonic()
    const jumped = Math.abs(offset - this.#offset) > (roundTrip + this.#roundTrip) / 2
    if (roundTrip > this.#roundTrip && !jumped) return
    this.#offset = offset
    this.#roundTrip = roundTrip
  }
}
