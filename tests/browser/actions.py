"""What a reader does on the page, and what there is to see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

# Pixels of the marks' canvas in a colour.
COUNT = """
const canvas = document.querySelector("canvas.marks"), [r, g, b] = arguments[0];
const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
let hits = 0;
for (let i = 0; i < data.length; i += 4) {
  const gap = Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b);
  if (gap < 12 && data[i + 3] > 200) hits++;
}
return hits;
"""
NORTH, SOUTH = (0x00, 0x72, 0xB2), (0xD5, 0x5E, 0x00)
_SET = """
const field = document.getElementById(arguments[0]);
field.value = arguments[1];
field.dispatchEvent(new Event("input", { bubbles: true }));
field.dispatchEvent(new Event("change", { bubbles: true }));
"""
_LISTED = "return [...document.querySelectorAll('#events .entry')].map((entry) => entry.id)"
_TEXT = "return document.querySelector(arguments[0])?.textContent ?? ''"


def text_of(browser: Any, selector: str) -> str:
    return str(browser.execute_script(_TEXT, selector))


def click(browser: Any, selector: str) -> None:
    browser.execute_script("document.querySelector(arguments[0]).click()", selector)


def pixels(browser: Any, colour: Sequence[int]) -> int:
    return int(browser.execute_script(COUNT, list(colour)))


def set_field(browser: Any, name: str, value: object) -> None:
    browser.execute_script(_SET, name, value)


def set_period(browser: Any, start: int, end: int) -> None:
    """Asks for a period of days since 1970-01-01."""
    click(browser, "#period")
    set_field(browser, "day", end)
    set_field(browser, "from", start)


def listed(browser: Any) -> list[str]:
    return list(browser.execute_script(_LISTED))


def errors_of(browser: Any) -> list[Any]:
    return [row for row in browser.get_log("browser") if row["level"] == "SEVERE"]
