"""Bars as SVG that stands in the page itself: no script, no style but classes. The numbers stand in a table beside."""

from collections.abc import Sequence

from markupsafe import Markup

WIDTH, HEIGHT, GAP = 600, 160, 2
"""In units of the drawing; the page scales it."""


def bars(series: Sequence[Sequence[int]], name: str) -> Markup:
    """Groups of bars side by side, one group for each entry; `name` is read aloud."""
    most = max((value for group in series for value in group), default=0) or 1
    slot = WIDTH / max(len(series), 1)
    drawn = [_bar(slot, place, kind, len(group), value / most)
             for place, group in enumerate(series) for kind, value in enumerate(group)]  # fmt: skip
    head = Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}" preserveAspectRatio="none">')
    floor = Markup('<line class="floor" x1="0" y1="{0}" x2="{1}" y2="{0}"/>').format(HEIGHT, WIDTH)
    return Markup("").join([head.format(WIDTH, HEIGHT + 1, name), floor, *drawn, Markup("</svg>")])


def _bar(slot: float, place: int, kind: int, kinds: int, share: float) -> Markup:
    width = max((slot - GAP) / kinds, 0.5)
    left, height = place * slot + GAP / 2 + kind * width, share * (HEIGHT - 4)
    shape = Markup('<rect class="bar bar-{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>')
    return shape.format(kind, left, HEIGHT - height, width, height)
