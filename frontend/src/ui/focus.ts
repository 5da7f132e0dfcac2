/** Sends focus to the heading of what has just come, so that it is read out and Tab goes on from there. */
export function focusHeading(screen: ParentNode | undefined): void {
  const heading = screen?.querySelector('h1')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}
