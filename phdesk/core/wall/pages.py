"""From a dashboard's layout to pages for a screen that is read from afar.

Each page fills the screen: its tiles are laid out anew for the screen's shape. A dashboard gets
as many pages as it takes for each tile to be large enough to be read.
"""

import math
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from phdesk.core.grid.boxes import reading_order
from phdesk.core.grid.fitting import fitted
from phdesk.models.dashboard import Box
from phdesk.models.wall import TypeSize

Kind = Literal["number", "chart", "wide", "paths", "text", "heading"]

DESK_LABEL = 11.0  # px of a chart's labels at a desk; all that is painted grows from it
LABELS: dict[TypeSize, float] = {"desk": 16.0, "room": 24.0, "hall": 36.0}  # px at 1080 px
BASE = 1080.0  # px of a screen's shorter side
LEAST: dict[Kind, tuple[float, float]] = {  # px of a whole tile, before it is scaled
    "number": (150.0, 112.0),
    "chart": (272.0, 168.0),
    "wide": (350.0, 190.0),
    "paths": (480.0, 250.0),  # whose names stand between its columns
    "text": (180.0, 84.0),
    "heading": (0.0, 0.0),
}
GAP = 8.0  # px between tiles, before they are scaled
LETTER, LINE, EDGES = 7.0, 21.0, 20.0  # px of a text, before they are scaled
CROWD = 16  # tiles on a page; more are not taken in at a glance
# What a division into pages costs, found by looking at boards of 3 to 40 tiles:
PAGE = 24.0  # each page
UNEVEN = 30.0  # for each, by the square of how full it is
TORN = 4.0  # for a page that begins in the middle of a section
THIN, LEAN = 8.0, 0.25  # for a page that is nearly empty; how full it is from which it is not
SQUEEZED = 0.88  # of their height, that tiles keep below banners before they take more pages
MOST_TEXT = 0.4  # of a page's height, that a text may take from charts


class Exhibit(Struct, frozen=True, gc=False):
    """A tile as its page needs to know it."""

    box: Box
    kind: Kind
    words: str = ""  # of a heading or a text


class Spot(Struct, frozen=True, gc=False):
    """Where a tile stands on its page, px from the page's top left."""

    index: int  # in what the pages were made of
    x: float
    y: float
    w: float
    h: float


class Page(Struct, frozen=True, gc=False):
    """Tiles that are shown together, below the words of their section."""

    spots: tuple[Spot, ...]
    heading: str = ""


def scale_for(width: float, height: float, size: TypeSize) -> float:
    """Say how much larger than at a desk a screen's type is; px are the screen's."""
    return LABELS[size] / DESK_LABEL * min(width, height) / BASE


def pages_for(
    exhibits: Sequence[Exhibit], width: float, height: float, scale: float, calm: float = 0.0
) -> tuple[Page, ...]:
    """Divide tiles in reading order into pages of a size, in px.

    `calm` is the height of a page without banners above it. Below them the same tiles stand on
    the same pages, a little lower, so that a wall that is offline for a minute shows no others.

    Headings stand above what follows them, in the words of the page; one that heads nothing is
    left out. Texts stay with the tile after them.
    """
    order = reading_order([one.box for one in exhibits])
    shown = [i for i in order if exhibits[i].kind != "heading"]
    if not shown:
        return ()
    sections = _sections(exhibits, order)
    room = _Room([exhibits[i] for i in shown], width, height, scale)
    begins = [at == 0 or sections[i] != sections[shown[at - 1]] for at, i in enumerate(shown)]
    made = []
    divided = min(calm, height / SQUEEZED)
    whole = _Room(room.exhibits, width, divided, scale) if divided > height else room
    for part in _divided(whole, begins):
        here = shown[part.start : part.stop]
        words = dict.fromkeys(sections[i] for i in here if sections[i])
        spots = room.spots(part)
        named = tuple(Spot(here[one.index], one.x, one.y, one.w, one.h) for one in spots)
        made.append(Page(named, " · ".join(words)))
    return tuple(made)


def alone(index: int, width: float, height: float) -> Page:
    """Give a page that a single tile fills."""
    return Page((Spot(index, 0.0, 0.0, width, height),))


def _sections(exhibits: Sequence[Exhibit], order: Sequence[int]) -> dict[int, str]:
    """Give each tile the words of the heading above it."""
    found, words = {}, ""
    for i in order:
        if exhibits[i].kind == "heading":
            words = exhibits[i].words
        else:
            found[i] = words
    return found


class _Room:
    """Says which neighbouring tiles fit on a page together."""

    def __init__(
        self, exhibits: Sequence[Exhibit], width: float, height: float, scale: float
    ) -> None:
        self.exhibits = exhibits
        self._width, self._height, self._gap = width, height, GAP * scale
        self._scale = scale
        self._least = [
            (min(w * scale, width), min(h * scale, height))
            for w, h in (LEAST[one.kind] for one in exhibits)
        ]
        self._known: dict[tuple[int, int], bool] = {}  # no `cache`: it would hold its own room

    def fits(self, start: int, stop: int) -> bool:
        """Tell whether tiles can be read on one page; one alone always can."""
        if stop - start == 1:
            return True
        if (start, stop) not in self._known:
            self._known[start, stop] = self._looked(start, stop)
        return self._known[start, stop]

    def load(self, start: int, stop: int) -> float:
        """Say how full a page is: the share of its area that its tiles need at least."""
        needed = sum((w + self._gap) * (h + self._gap) for w, h in self._least[start:stop])
        return needed / (self._width * self._height)

    def spots(self, part: range) -> list[Spot]:
        """Lay tiles out on a page, numbered from 0; rows and tiles that are too small take room.

        What the others leave them may still be too little.
        """
        boxes = [one.box for one in self.exhibits[part.start : part.stop]]
        gap = self._gap  # part of each tile's cell, but not at the edges of the page
        wide, high = self._width + gap, self._height + gap
        least = [(w + gap, h + gap) for w, h in self._least[part.start : part.stop]]
        areas = fitted(boxes, wide / high)
        rows: dict[float, list[int]] = {}
        for i in reading_order(boxes):
            rows.setdefault(areas[i].y, []).append(i)
        wanted = self._heights(part, list(rows.values()), [areas[r[0]].h for r in rows.values()])
        texts = [
            all(self.exhibits[part.start + i].kind == "text" for i in row) for row in rows.values()
        ]
        lowest = [max(least[i][1] for i in row) for row in rows.values()]
        lowest = [
            max(one, need) if is_text else one
            for one, need, is_text in zip(lowest, wanted, texts, strict=True)
        ]  # a text is not cut for what is large enough
        heights = shared(wanted, lowest)
        spots, y = [], 0.0
        for row, height in zip(rows.values(), heights, strict=True):
            x = 0.0
            widths = shared([areas[i].w * wide for i in row], [least[i][0] for i in row])
            for i, width in zip(row, widths, strict=True):
                spots.append(Spot(i, x, y, width - gap, height - gap))
                x += width
            y += height
        return spots

    def _heights(
        self, part: range, rows: Sequence[Sequence[int]], shares: Sequence[float]
    ) -> list[float]:
        """Give rows their shares of the height: texts what they need, the others the rest."""
        high = self._height + self._gap
        wanted = [share * high for share in shares]
        kept = {}
        for at, row in enumerate(rows):
            need = max(self._needed(self.exhibits[part.start + i], len(row)) for i in row)
            if need < math.inf:
                kept[at] = min(max(wanted[at], high * MOST_TEXT), need)
        rest = sum(one for at, one in enumerate(wanted) if at not in kept)
        if not rest:
            return wanted
        factor = (high - sum(kept.values())) / rest
        return [kept.get(at, one * factor) for at, one in enumerate(wanted)]

    def _needed(self, one: Exhibit, beside: int) -> float:
        """Estimate the height of a text that is one of some in a row; of a chart it is endless."""
        if one.kind != "text":
            return math.inf
        room = (self._width / beside) / self._scale - EDGES
        lines = [max(math.ceil(len(line) * LETTER / room), 1) for line in one.words.split("\n")]
        return (sum(lines) * LINE + EDGES + GAP) * self._scale

    def _looked(self, start: int, stop: int) -> bool:
        if stop - start > CROWD or self.load(start, stop) > 1:
            return False
        least = self._least[start:stop]
        return all(
            one.w >= least[one.index][0] - 0.5 and one.h >= least[one.index][1] - 0.5
            for one in self.spots(range(start, stop))
        )


def shared(wanted: Sequence[float], least: Sequence[float]) -> list[float]:
    """Give each at least so much of the whole, and share the rest as was wanted.

    Where the whole is too little for that, all stay as wanted.
    """
    whole = sum(wanted)
    if sum(least) > whole:
        return list(wanted)
    raised: set[int] = set()
    while True:
        rest = whole - sum(least[i] for i in raised)
        free = sum(wanted[i] for i in range(len(wanted)) if i not in raised) or 1.0
        made = [least[i] if i in raised else one * rest / free for i, one in enumerate(wanted)]
        short = {i for i, one in enumerate(made) if one < least[i] - 1e-9}
        if not short:
            return made
        raised |= short


def _divided(room: _Room, begins: Sequence[bool], *, glued: bool = True) -> list[range]:
    """Find the cheapest division: few pages, evenly full, that begin where sections do."""
    count = len(room.exhibits)
    costs, froms = [0.0] + [math.inf] * count, [0] * (count + 1)
    for stop in range(1, count + 1):
        if glued and stop < count and room.exhibits[stop - 1].kind == "text" and not begins[stop]:
            continue  # a text stays with what it is about
        for start in range(stop - 1, max(stop - CROWD, 0) - 1, -1):
            if costs[start] == math.inf or not room.fits(start, stop):
                continue
            torn = 0.0 if begins[start] else TORN
            load = room.load(start, stop)
            uneven = UNEVEN * load**2 + THIN * max(1 - load / LEAN, 0.0)
            total = costs[start] + PAGE + torn + uneven
            if total < costs[stop]:
                costs[stop], froms[stop] = total, start
    if costs[count] == math.inf:  # a text does not fit with what follows it
        return _divided(room, begins, glued=False)
    parts, stop = [], count
    while stop:
        parts.append(range(froms[stop], stop))
        stop = froms[stop]
    return parts[::-1]
