/** Every sentence a person reads, by its code in the catalogue. The catalogue is data, so that another language is
 * another file. */

export type Params = Record<string, unknown>

let catalogue: Record<string, string> = {}

/** From now on `t` speaks these words. Before anything is shown. */
export function speak(words: Record<string, string>): void {
  catalogue = words
}

const plurals = new Intl.PluralRules('en-GB')

export function knows(code: string): boolean {
  return code in catalogue
}

/** `{param}` is filled in; a code with `.one` and `.other` is chosen by `count`. */
export function t(code: string, params: Params = {}): string {
  return fill(dress(sentence(code, params) ?? code), params)
}

/** Why something was refused: in our words, or the server's English for a code newer than this page. */
export function whyRefused({ code, params, text }: { code: string; params: Params; text?: string }): string {
  const words = sentence(`refused.${code}.${params.reason}`, params) ?? sentence(`refused.${code}`, params)
  return words === undefined ? (text ?? t('refused.not_possible')) : fill(dress(words), params)
}

function sentence(code: string, { count }: Params): string | undefined {
  const plural = typeof count === 'number' ? `${code}.${plurals.select(count)}` : code
  return catalogue[plural] ?? catalogue[code] ?? catalogue[`${code}.other`]
}

function fill(words: string, params: Params): string {
  return words.replace(/\{(\w+)\}/g, (blank, name: string) => String(params[name] ?? blank))
}

const LONGER = 1.4
const PADDING = ' õñé ţŵó ţĥŕéé ƒôúŕ ƒîṽé ŝîẋ ŝéṽéñ éîĝĥţ ñîñé ţéñ'

/** `?lang=pseudo`: brackets show what is cut off, the length shows what does not fit. */
export function pseudo(words: string): string {
  const missing = Math.ceil(words.length * LONGER) - words.length - 2
  const padding = missing > 0 ? PADDING.repeat(Math.ceil(missing / PADDING.length)).slice(0, missing) : ''
  return `[${words}${padding}]`
}

function isPseudo(): boolean {
  return globalThis.location !== undefined && new URLSearchParams(location.search).get('lang') === 'pseudo'
}

const dress = isPseudo() ? pseudo : (words: string) => words
