/** A field as high as what is written in it; for browsers that do not size fields by their content. */

import type { Attachment } from 'svelte/attachments'

export function grow(_text: string): Attachment<HTMLTextAreaElement> {
  return (field) => {
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`
  }
}
