/** Which build this page is, as the server wrote it there; a page that no server made has none. */

const NAME = /^[0-9a-f]{12}$/

export function pageBuild(): string | null {
  const build = document.querySelector<HTMLMetaElement>('meta[name=build]')?.content ?? ''
  return NAME.test(build) ? build : null
}
