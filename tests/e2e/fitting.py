"""What does not fit on somebody's screen, and what is not said in their language."""

import json
import re
from collections.abc import Iterable
from typing import Any

from playwright.async_api import Page

from tests.e2e.words import method

MISFITS = """() => {
  const told = element => `${element.tagName.toLowerCase()} "${(element.innerText ?? '').trim().slice(0, 40)}"`
  const isShown = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  const isForEars = ({ width, height }) => width <= 1 || height <= 1
  const found = []
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways')
  for (const element of document.body.querySelectorAll('*')) {
    const box = element.getBoundingClientRect()
    if (isForEars(box) || !isShown(element) || element.closest('svg, [aria-hidden=true]')) continue
    const { overflowX, textOverflow } = getComputedStyle(element)
    if (box.right > innerWidth + 1 || box.left < -1) found.push(`${told(element)} stands out`)
    // The window's title says the room's name whole.
    if (element.closest('header') && textOverflow === 'ellipsis') continue
    if (overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1)
      found.push(`${told(element)} ${overflowX === 'hidden' ? 'is cut off' : 'scrolls sideways'}`)
  }
  return found
}"""

SAID = """() => {
  const isShown = element => element.checkVisibility({ visibilityProperty: true })
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const read = [document.title]
  while (texts.nextNode()) {
    const { parentElement, textContent } = texts.currentNode
    // Keys are called what stands on them.
    if (textContent.trim() && isShown(parentElement) && !parentElement.closest('kbd')) read.push(textContent)
  }
  for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'aria-roledescription'])
    for (const element of document.body.querySelectorAll(`[${name}]`))
      if (isShown(element)) read.push(element.getAttribute(name))
  return read
}"""

DATA = re.compile(r"https?://\S+|\b[2-9A-Z]{4} [2-9A-Z]{4}\b|\d{1,2} [A-Z][a-z]+( \d{4})?(, \d\d:\d\d)?")
"""Links, short codes and days, as they are in every language."""
NO_WORDS = re.compile(r"[\s\d★●◐○✓✕…:;,.+\u2212=()“”’–—/%-]*")


async def misfits(page: Page) -> list[str]:
    """What scrolls sideways, stands out of the window or is cut off: nothing where all fits."""
    found: list[str] = await page.evaluate(MISFITS)
    return found


async def untranslated(page: Page, data: Iterable[str]) -> list[str]:
    """In the pseudo-language: all words that no catalogue has dressed and that are no `data` of room and method."""
    read: list[str] = await page.evaluate(SAID)
    known = {_plain(text) for text in data}
    rest = DATA.sub("", _outside_of_brackets("\n".join(read))).split("\n")
    return [text.strip() for text in rest if not NO_WORDS.fullmatch(text) and _plain(text) not in known]


def data_of(case: dict[str, Any]) -> set[str]:
    """What people wrote, and what the method says."""
    methods = (method(case["room"]["method"]), method("flow_roadmap"))
    return {*_texts(case), *(text for each in methods for text in _texts(json.loads(each.model_dump_json())))}


def _outside_of_brackets(text: str) -> str:
    depth, rest = 0, ""
    for letter in text:
        depth += {"[": 1, "]": -1}.get(letter, 0)
        if letter == "\n" or (depth == 0 and letter != "]"):
            rest += letter
    return rest


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().strip(" ,.·★")
