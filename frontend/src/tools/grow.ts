/** A field as high as what is written in it; for browsers that do not size fields by their content. */

import type { Attachment } from 'svelte/attachments'

export function grow(_text: string): Attachment<HTMLTextAreaElement> {
  return (field) => {
    fit(field)
    // Inside a dialog that is still closed nothing has a height yet.
    if (field.scrollHeight === 0) requestAnimationFrame(() => fit(field))
  }
}

function fit(field: HTMLTextAreaElement): void {
  field.style.height = 'auto'
  if (field.scrollHeight > 0) {
    field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`
  }
}
