/** Will this computer do? What is asked, what it means, and what a Trust's IT has to know. */

export interface Findings {
  /** Milliseconds to the server and back, the middle of a few tries; null where it cannot be reached. */
  roundTrip: number | null
  /** The usual way: a WebSocket stays open. */
  socket: boolean
  /** The other way: answers that come piece by piece, or held back until they end. */
  stream: 'live' | 'held' | 'none'
  /** Whether this browser keeps who somebody is, and what they typed. */
  cookies: boolean
  storage: boolean
}

export type Verdict = 'good' | 'fine' | 'slow' | 'no'
export type Mark = 'good' | 'fine' | 'no'

export interface Point {
  key: 'reach' | 'line' | 'memory' | 'speed'
  mark: Mark
  /** Key of its sentence in the catalogue. */
  says: string
}

const SLOW = 600
const WITHIN = 5_000
const TRIES = 5
/** Where no room can be: the server says so on an open socket, and that it can say it is what we ask. */
const NOWHERE = '/api/rooms/00000000-0000-4000-8000-000000000000/live'

export function pointsOf(found: Findings): Point[] {
  const { roundTrip, socket, stream, cookies, storage } = found
  const reach: Point = { key: 'reach', mark: roundTrip === null ? 'no' : 'good', says: reached(roundTrip) }
  if (roundTrip === null) return [reach]
  return [
    reach,
    { key: 'line', mark: socket ? 'good' : 'fine', says: `people.check_line_${socket ? 'socket' : stream}` },
    { key: 'speed', mark: roundTrip > SLOW ? 'fine' : 'good', says: speed(roundTrip) },
    { key: 'memory', mark: cookies ? (storage ? 'good' : 'fine') : 'no', says: memory(cookies, storage) },
  ]
}

export function verdictOf(found: Findings): Verdict {
  const marks = pointsOf(found).map(({ mark }) => mark)
  if (marks.includes('no')) return 'no'
  if (found.roundTrip! > SLOW) return 'slow'
  return marks.includes('fine') ? 'fine' : 'good'
}

function reached(roundTrip: number | null): string {
  return roundTrip === null ? 'people.check_reach_no' : 'people.check_reach_good'
}

function speed(roundTrip: number): string {
  return roundTrip > SLOW ? 'people.check_speed_slow' : 'people.check_speed_good'
}

function memory(cookies: boolean, storage: boolean): string {
  if (!cookies) return 'people.check_memory_no'
  return storage ? 'people.check_memory_good' : 'people.check_memory_short'
}

/** In the words of those who run networks; English, as the documents they compare it with. */
export function reportFor(found: Findings, about: { origin: string; browser: string; at: string }): string {
  const { roundTrip, socket, stream, cookies, storage } = found
  const host = about.origin.replace(/^https?:\/\//, '')
  const scheme = about.origin.startsWith('https') ? 'wss' : 'ws'
  return [
    `Bigroom check of ${about.origin}, ${about.at}`,
    `Browser: ${about.browser}`,
    `HTTP to ${host}: ${roundTrip === null ? 'no answer' : `answers, ${Math.round(roundTrip)} ms`}`,
    `WebSocket ${scheme}://${host}/api/rooms/…/live (subprotocol bigroom.v1): ${socket ? 'opens' : 'does not open'}`,
    `Streamed answers (text/event-stream): ${STREAM[stream]}`,
    `Cookies: ${cookies ? 'kept' : 'refused'}. Web storage: ${storage ? 'kept' : 'refused'}.`,
    '',
    'What Bigroom needs',
    `- This one address, ${about.origin}. Its pages load nothing from anywhere else.`,
    '- The WebSocket upgrade on /api/rooms/*/live, left open for 60 seconds without traffic.',
    '- Where upgrades are blocked: answers of /api/rooms/*/events passed on as they come, without buffering. Where they are buffered Bigroom falls back to short requests, which is slower.',
    '- One first-party cookie, for who somebody is.',
  ].join('\n')
}

const STREAM = {
  live: 'arrive as they are sent',
  held: 'are held back until they end',
  none: 'do not arrive',
}

export async function look(): Promise<Findings> {
  const roundTrip = await measure()
  const [socket, stream] =
    roundTrip === null ? [false, 'none' as const] : await Promise.all([opens(), hears()])
  return { roundTrip, socket, stream, cookies: keepsCookies(), storage: keepsText() }
}

async function measure(): Promise<number | null> {
  const times: number[] = []
  for (let n = 0; n < TRIES; n++) {
    const began = performance.now()
    const answer = await within(fetch('/api/clock', { cache: 'no-store' }))
    if (answer?.ok) times.push(performance.now() - began)
    else if (times.length === 0) return null
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? null
}

function opens(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(location.origin.replace(/^http/, 'ws') + NOWHERE, 'bigroom.v1')
    const end = (works: boolean) => {
      clearTimeout(patience)
      socket.onmessage = socket.onclose = null
      socket.close()
      resolve(works)
    }
    const patience = setTimeout(() => end(false), WITHIN)
    socket.onmessage = () => end(true)
    socket.onclose = () => end(false)
  })
}

async function hears(): Promise<Findings['stream']> {
  const answer = await within(fetch('/api/check/stream', { cache: 'no-store' }))
  const reader = answer?.ok ? answer.body?.getReader() : undefined
  if (!reader) return 'none'
  let pieces = 0
  for (;;) {
    const piece = await within(reader.read())
    if (!piece) return 'none'
    if (piece.done) return pieces > 1 ? 'live' : pieces ? 'held' : 'none'
    pieces += 1
  }
}

/** Undefined for what fails or takes too long. */
function within<T>(work: Promise<T>): Promise<T | undefined> {
  const patience = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), WITHIN))
  return Promise.race([work.catch(() => undefined), patience])
}

function keepsCookies(): boolean {
  document.cookie = 'bigroom_check=1; SameSite=Lax'
  const isKept = document.cookie.includes('bigroom_check=1')
  document.cookie = 'bigroom_check=; Max-Age=0; SameSite=Lax'
  return isKept
}

function keepsText(): boolean {
  try {
    sessionStorage.setItem('bigroom_check', '1')
    sessionStorage.removeItem('bigroom_check')
    localStorage.setItem('bigroom_check', '1')
    localStorage.removeItem('bigroom_check')
    return true
  } catch {
    return false
  }
}
