"""Symbols: what does each mark look like, as SVG?

The same shapes as in assets/30-symbols.js, for the legend and the map without JavaScript. A symbol stands around
0, 0; only numbers and checked colours go into it.
"""

from __future__ import annotations

import math

RADIUS = 9.0
# Shape of a watchtower: roof, cabin, legs.
TOWER = ("M-7-4L0-10 7-4Z", "M-5-4H5V2H-5Z", "M-4 2L-6 9M4 2L6 9M-5 5.5H5")


def control(colour: str, pattern: str, shape: str, besieger: str = "") -> str:
    """Returns the symbol of a place that a party holds; ``besieger`` is the colour of who surrounds it."""
    ring = f'<circle r="{RADIUS + 5}" class="siege" stroke="{besieger}"/>' if besieger else ""
    return f"{ring}{_disc(colour, pattern, shape)}"


def _disc(colour: str, pattern: str, shape: str) -> str:
    casing = f'<circle r="{RADIUS + 1.5}" class="paper"/>'
    if shape == "empty":
        return f'{casing}<circle r="{RADIUS - 1}" class="left" stroke="{colour}"/>'
    outline = f'<circle r="{RADIUS - 1}" fill="none" stroke="{colour}" stroke-width="2"/>'
    if pattern == "ringed":
        half = _half(RADIUS * 0.5) if shape == "half" else None
        core = f'<path d="{half}" fill="{colour}"/>' if half else f'<circle r="{RADIUS * 0.5}" fill="{colour}"/>'
        return casing + outline + core
    if pattern == "hatched":
        return f'{casing}<path d="{_hatch(RADIUS - 1, shape == "half")}" stroke="{colour}" class="hatch"/>{outline}'
    fill = f'<path d="{_half(RADIUS - 1)}" fill="{colour}"/>' if shape == "half" else ""
    solid = f'<circle r="{RADIUS}" fill="{colour}"/>' if shape == "full" else fill + outline
    return casing + solid


def _half(radius: float) -> str:
    return f"M0-{radius:g}A{radius:g} {radius:g} 0 0 0 0 {radius:g}Z"


def _hatch(radius: float, is_half: bool) -> str:
    """Returns diagonal strokes across a disc, or its left half."""
    strokes = []
    for step in (-12, -8, -4, 0, 4, 8, 12):
        reach = math.sqrt(max(0.0, (radius * radius - step * step / 2) / 2))
        x0, y0, x1, y1 = step / 2 - reach, step / 2 + reach, step / 2 + reach, step / 2 - reach
        if is_half and x1 > 0:
            x1, y1 = 0.0, step
        if x0 < x1:
            strokes.append(f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}")
    return "".join(strokes)


def post(colour: str, pattern: str, shape: str, count: int = 0, besieger: str = "") -> str:
    """Returns the sign of a watchtower; ``count`` above 1 stands in a badge."""
    roof, cabin, legs = TOWER
    siege = f'<circle r="{RADIUS + 6}" class="siege" stroke="{besieger}"/>' if besieger else ""
    halo = f'<path d="{roof}{cabin}{legs}" class="halo"/>'
    kind = "left" if shape == "empty" else "tower"
    fill = "none" if shape == "empty" or pattern == "hatched" else colour
    body = f'<path d="{roof}{cabin}" fill="{fill}" class="{kind}" stroke="{colour}"/>'
    hatch = (
        f'<path d="M-4 1L1-4M0 2L5-3M-3-5L1-9" class="hatch" stroke="{colour}"/>' if pattern == "hatched" else ""
    )
    ring = f'<circle r="{RADIUS + 4}" fill="none" stroke="{colour}"/>' if pattern == "ringed" else ""
    stand = f'<path d="{legs}" class="{kind}" stroke="{colour}" fill="none"/>'
    return siege + halo + body + hatch + stand + ring + _badge(count)


def sign(colour: str, pattern: str, path: str, count: int = 0) -> str:
    """Returns the sign of a family that a plug-in describes; path and colour were checked when they were read."""
    halo = f'<path d="{path}" class="halo"/>'
    fill = colour if pattern == "solid" else "none"
    dash = ' stroke-dasharray="3 2"' if pattern == "hatched" else ""
    ring = f'<circle r="{RADIUS + 4}" fill="none" stroke="{colour}"/>' if pattern == "ringed" else ""
    body = f'<path d="{path}" fill="{fill}" class="tower" stroke="{colour}"{dash}/>'
    return halo + body + ring + _badge(count)


def _badge(count: int) -> str:
    if count < 2:
        return ""
    # A number alone: never text that others wrote.
    return f'<g class="badge"><circle cx="9" cy="-9" r="7.5"/><text x="9" y="-5.8">{count:d}</text></g>'


def people(radius: float, is_stock: bool, is_claimed: bool) -> str:
    """Returns a circle for people: filled for those who moved, ringed for those who are hosted."""
    kinds = "people" + (" stock" if is_stock else "") + (" claimed" if is_claimed else "")
    return f'<circle r="{radius:.1f}" class="{kinds}"/>'


def arrow(x0: float, y0: float, x1: float, y1: float, width: float, is_claimed: bool) -> str:
    """Returns a bent arrow from one point to another."""
    cx, cy = bend(x0, y0, x1, y1)
    angle = math.atan2(y1 - cy, x1 - cx)
    head = 5 + width * 1.5
    bx, by = x1 - head * math.cos(angle), y1 - head * math.sin(angle)
    px, py = -math.sin(angle) * head * 0.6, math.cos(angle) * head * 0.6
    kinds = "move claimed" if is_claimed else "move"
    curve = f"M{x0:.1f} {y0:.1f}Q{cx:.1f} {cy:.1f} {bx:.1f} {by:.1f}"
    shaft = f'<path d="{curve}" class="{kinds}" stroke-width="{width:.1f}"/>'
    tip = f"M{x1:.1f} {y1:.1f}L{bx + px:.1f} {by + py:.1f}L{bx - px:.1f} {by - py:.1f}Z"
    return f'{shaft}<path d="{tip}" class="move-head"/>'


def bend(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float]:
    """Returns the control point of an arrow's curve: a sixth of its length aside."""
    return (x0 + x1) / 2 + (y1 - y0) / 6, (y0 + y1) / 2 - (x1 - x0) / 6


def arrow_width(amount: float) -> float:
    """Returns an arrow's width in pixels for a figure: 2 for none, 10 for a million and more."""
    return 2 + 8 * min(1.0, math.sqrt(amount / 1e6))


def people_radius(amount: float) -> float:
    """Returns a circle's radius in pixels, its area in proportion to the figure: 30 for a million and more."""
    return max(6.0, min(34.0, 30 * math.sqrt(amount / 1e6)))
