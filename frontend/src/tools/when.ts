/** Days and times as the people of a room say them. */

const LOCALE = 'en-GB'

/** "2 April", with the year where it is another one. */
export function day(moment: string, now: number = Date.now()): string {
  const date = new Date(moment)
  const isThisYear = date.getFullYear() === new Date(now).getFullYear()
  return date.toLocaleDateString(LOCALE, {
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  })
}

/** "2 April, 12:41" */
export function dayAndTime(moment: string, now: number = Date.now()): string {
  const time = new Date(moment).toLocaleTimeString(LOCALE, { hour: '2-digit', minute: '2-digit' })
  return `${day(moment, now)}, ${time}`
}

/** A calendar day without a clock ("2026-10-31") with its year; anything else as it was written. */
export function date(text: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
  if (!isDay) return text
  return new Date(`${text}T12:00:00`).toLocaleDateString(LOCALE, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
}
