"""What a screen reader would say: every sentence that a live region of a page has received."""

from playwright.async_api import Page

LISTEN = """() => {
  const regions = '[aria-live]:not([aria-live=off]), [role=alert], [role=status]:not(output), [role=log]'
  const said = (window.__said = [])
  const hear = region => region.textContent.trim() && said.push(region.textContent.trim())
  new MutationObserver(changes => {
    const touched = new Set()
    for (const { target, addedNodes } of changes) {
      const element = target.nodeType === 1 ? target : target.parentElement
      if (element?.closest(regions)) touched.add(element.closest(regions))
      for (const node of addedNodes)
        if (node.nodeType === 1)
          for (const region of node.querySelectorAll(regions)) touched.add(region)
    }
    touched.forEach(hear)
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
}"""
FIELD = """() => {
  const { tagName, value, selectionStart, selectionEnd } = document.activeElement
  return [tagName, value, selectionStart, selectionEnd]
}"""


async def listen(page: Page) -> None:
    """From now on."""
    await page.evaluate(LISTEN)


async def heard(page: Page) -> list[str]:
    said: list[str] = await page.evaluate("window.__said")
    return said


async def field(page: Page) -> list[object]:
    """What has the focus: the kind of field, its words, and where in them the cursor stands."""
    focused: list[object] = await page.evaluate(FIELD)
    return focused
