/** Soft tones for half-time, the last minute and time up. Only from the room in front, never from a phone. */

import { screen } from '../../../ui/screen.svelte'
import { newId } from '../../../wire/ids'
import { likes } from './likes.svelte'
import type { Cue } from './timing'

const FRONT = 'bigroom.front'
const TONES: Record<Cue, readonly number[]> = { half: [523], minute: [523, 659], up: [659, 523, 392] }
const LOUD = 0.08
const LASTS = 0.5
const APART = 0.28

const me = newId()
let context: AudioContext | undefined

/** Of two rooms in two windows the one that was looked at last is in front. */
export function watchFront(): () => void {
  const looked = () => {
    if (document.visibilityState === 'visible') keep(me)
  }
  if (document.hasFocus() || front() === null) looked()
  addEventListener('focus', looked)
  document.addEventListener('visibilitychange', looked)
  const left = () => front() === me && keep(null)
  addEventListener('pagehide', left)
  return () => {
    left()
    removeEventListener('focus', looked)
    removeEventListener('pagehide', left)
    document.removeEventListener('visibilitychange', looked)
  }
}

export function isInFront(): boolean {
  const last = front()
  return document.visibilityState === 'visible' && (last === null || last === me)
}

export function play(cue: Cue): void {
  if (!likes.sound || screen.width === 'phone' || !isInFront()) return
  context ??= new AudioContext()
  void context.resume()
  for (const [n, tone] of TONES[cue].entries()) sing(context, tone, context.currentTime + n * APART)
}

function sing(context: AudioContext, tone: number, at: number): void {
  const voice = context.createOscillator()
  const loud = context.createGain()
  voice.frequency.value = tone
  loud.gain.setValueAtTime(0, at)
  loud.gain.linearRampToValueAtTime(LOUD, at + 0.04)
  loud.gain.exponentialRampToValueAtTime(0.0001, at + LASTS)
  voice.connect(loud).connect(context.destination)
  voice.start(at)
  voice.stop(at + LASTS)
}

function front(): string | null {
  try {
    return localStorage.getItem(FRONT)
  } catch {
    return null
  }
}

function keep(who: string | null): void {
  try {
    if (who === null) localStorage.removeItem(FRONT)
    else localStorage.setItem(FRONT, who)
  } catch {
    return
  }
}
