/**
 * What in a text may tell who a patient is. Warns only: nobody is kept from posting.
 *
 * The server's `app/rooms/privacy.py` finds the same; both are held to `tests/vectors/privacy.json`. No look-behind:
 * Safari 15.4 cannot read it.
 */

export type Kind = 'nhs_number' | 'chi' | 'personnummer' | 'phone' | 'hospital_number' | 'date_of_birth'

export interface Finding {
  kind: Kind
  /** The words themselves, as they stand in the text. */
  text: string
  /** In UTF-16 units from the text's beginning. */
  start: number
}

const GAP = '[ \\u00a0\\u2009\\u202f\\-–]'
const TEN_DIGITS = new RegExp(
  `(^|[^\\d+])(\\d{10}|\\d{3}${GAP}\\d{3}${GAP}\\d{4}|\\d{6}${GAP}\\d{4})(?!\\d)`,
  'g',
)
const PERSONNUMMER = /(^|[^\d+])((?:19|20)?\d{6}[-+]?\d{4})(?!\d)/g
const PHONE = /(^|[^\d+])(\+\d[\d ()\u00a0-]{7,18}\d|\(?0\d[\d ()\u00a0-]{6,14}\d)(?!\d)/g
const NAMED_NUMBER =
  /(^|[^a-z])((?:mrn|nhs (?:no|number)|hosp(?:ital|\.)? ?(?:no|number)|unit (?:no|number)|patient (?:id|no|number)|case (?:no|number))[^a-z0-9]{0,3}[a-z]{0,3}\d{4,10})(?![a-z0-9])/gi
const BARE_NUMBER = /(^|[^A-Za-z0-9])([A-Z]{1,3}\d{6,8})(?![A-Za-z0-9])/g
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH = `(${MONTHS.join('|')})[a-z]{0,6}\\.?`
const IN_FIGURES = /(^|[^\d./-])((\d{1,2})([/.-])(\d{1,2})\4(\d{4}|\d{2}))(?![\d/-])/g
const ISO = /(^|[^\d-])((\d{4})-(\d{2})-(\d{2}))(?![\d-])/g
const DAY_FIRST = new RegExp(
  `(^|[^\\da-z])((\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH},? (\\d{4}))(?!\\d)`,
  'gi',
)
const MONTH_FIRST = new RegExp(`(^|[^a-z])(${MONTH} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4}))(?!\\d)`, 'gi')
const BIRTH = /(?:^|[^a-zåäö])(?:born|birth|birthday|d\.?o\.?b\.?|född|födelsedatum)[^a-zåäö]/i
/** So far before a date its "born" may stand. */
const BIRTH_WITHIN = 24
/** A meeting's dates are of these years; older ones are more often somebody's birthday. */
const RECENT_YEARS = 3

interface Found {
  /** The match without the character before it. */
  words: string
  start: number
  parts: readonly (string | undefined)[]
}

/** `country` as an ISO code of two letters, `year` the present one. In the order in which they stand. */
export function findPrivate(text: string, country: string, year: number): Finding[] {
  const found: Finding[] = []
  const add = (kind: Kind, matches: Found[]) => {
    for (const { words, start } of matches) {
      const isFree = found.every((other) => start + words.length <= other.start || end(other) <= start)
      if (isFree) found.push({ kind, text: words, start })
    }
  }
  const isSwedish = country === 'SE'
  if (isSwedish) add('personnummer', matchesOf(PERSONNUMMER, text).filter(isPersonnummer))
  else {
    const numbers = matchesOf(TEN_DIGITS, text).filter(hasCheckDigit)
    add('chi', country === 'GB' ? numbers.filter(beginsWithBirth) : [])
    add('nhs_number', numbers)
  }
  const dates = datesIn(text, year)
  add(
    'phone',
    matchesOf(PHONE, text).filter((match) => isPhone(match, isSwedish) && !beginsWithDate(match)),
  )
  add('hospital_number', [...matchesOf(NAMED_NUMBER, text), ...matchesOf(BARE_NUMBER, text)])
  add('date_of_birth', dates)
  return found.sort((a, b) => a.start - b.start)
}

/** From the room's language (`sv-SE`), or else its time zone. */
export function countryOf(room: { language: string; timezone: string } | undefined): string {
  const region = room && /-([A-Za-z]{2})$/.exec(room.language)?.[1]
  if (region) return region.toUpperCase()
  return room?.timezone === 'Europe/Stockholm' ? 'SE' : 'GB'
}

/** Of a moment in milliseconds since 1970. */
export function yearAt(now: number): number {
  return new Date(now).getUTCFullYear()
}

function end({ start, text }: Finding): number {
  return start + text.length
}

function matchesOf(pattern: RegExp, text: string): Found[] {
  return [...text.matchAll(pattern)].map((match) => ({
    words: match[2]!,
    start: match.index + match[1]!.length,
    parts: match.slice(3),
  }))
}

function digitsOf(words: string): number[] {
  return [...words].filter((sign) => sign >= '0' && sign <= '9').map(Number)
}

/** Modulus 11 over the first nine digits, weighed 10 to 2: NHS numbers and CHI numbers alike. */
function hasCheckDigit({ words }: Found): boolean {
  const digits = digitsOf(words)
  if (digits.every((digit) => digit === digits[0])) return false
  const sum = digits.slice(0, 9).reduce((total, digit, place) => total + digit * (10 - place), 0)
  return (11 - (sum % 11)) % 11 === digits[9]
}

/** A CHI number begins with day, month and year of birth. */
function beginsWithBirth({ words }: Found): boolean {
  const [a, b, c, d] = digitsOf(words) as [number, number, number, number]
  return isDayAndMonth(a * 10 + b, c * 10 + d)
}

/** Year, month and day, then three digits and one by Luhn; 60 is added to the day of a co-ordination number. */
function isPersonnummer({ words }: Found): boolean {
  const digits = digitsOf(words).slice(-10) as [number, number, number, number, number, number]
  const day = digits[4] * 10 + digits[5]
  if (!isDayAndMonth(day > 60 ? day - 60 : day, digits[2] * 10 + digits[3])) return false
  const sum = digits.reduce((total, digit, place) => {
    const weighed = place % 2 ? digit : digit * 2
    return total + (weighed > 9 ? weighed - 9 : weighed)
  }, 0)
  return sum % 10 === 0
}

function isPhone({ words }: Found, isSwedish: boolean): boolean {
  const count = digitsOf(words).length
  if (words.startsWith('+')) return count >= 9 && count <= 15
  return isSwedish ? count >= 8 && count <= 11 && /[- ]/.test(words) : count >= 10 && count <= 11
}

function beginsWithDate({ words }: Found): boolean {
  return matchesOf(IN_FIGURES, words.replace(/ .*/, '')).some(({ start }) => start === 0)
}

function datesIn(text: string, year: number): Found[] {
  const dated = [
    ...matchesOf(IN_FIGURES, text).filter(({ parts: [day, , month, of] }) =>
      isDate(Number(day), Number(month), of!),
    ),
    ...matchesOf(ISO, text).filter(({ parts: [of, month, day] }) => isDate(Number(day), Number(month), of!)),
    ...matchesOf(DAY_FIRST, text).filter(({ parts: [day] }) => isDayAndMonth(Number(day), 1)),
    ...matchesOf(MONTH_FIRST, text).filter(({ parts: [, day] }) => isDayAndMonth(Number(day), 1)),
  ]
  return dated.filter(({ words, start }) => {
    const before = text.slice(Math.max(0, start - BIRTH_WITHIN), start)
    return BIRTH.test(before) || yearOf(words, year) <= year - RECENT_YEARS
  })
}

/** Of two figures: those that lie ahead by more than a year belong to the last century. */
function yearOf(words: string, thisYear: number): number {
  const year = Number(/\d{4}/.exec(words)?.[0] ?? /\d{2}$/.exec(words)?.[0])
  if (year > 99) return year
  return year > (thisYear % 100) + 1 ? 1900 + year : 2000 + year
}

function isDate(day: number, month: number, year: string): boolean {
  return isDayAndMonth(day, month) && (year.length === 2 || (Number(year) >= 1900 && Number(year) < 2100))
}

function isDayAndMonth(day: number, month: number): boolean {
  return day >= 1 && day <= 31 && month >= 1 && month <= 12
}
