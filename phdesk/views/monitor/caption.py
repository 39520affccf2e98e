"""The words above a tile's chart: title and range at the left, the age at the right.

A title is worth more than the rest of its line. Before it is cut, "just now" becomes "now", the
range goes, the type becomes a little smaller, and the title takes a second line. The age is never
left out: it is what tells a fresh number from an old one.
"""

from msgspec import Struct
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from phdesk.core.ages import JUST_NOW
from phdesk.core.charts.spec import TileView
from phdesk.models.watch import Watch, WatchState
from phdesk.views.charts.ink import RIGHT, Ink, text
from phdesk.views.charts.wrap import wrapped
from phdesk.views.theme import draw_icon

SIZES = (13.0, 12.0, 11.0)  # px of a title
SMALL = 11.0  # of age and range
WEIGHT = 650
LINE = 19.0  # of a title's first line
MORE = 16.0  # of its second one
TALL = 84.0  # of the inside of a tile that has room for two
ICON = 11.0
AGE_SHARE = 0.8  # of the line, at most
NOW = "now"


class Notes(Struct, frozen=True, gc=False, kw_only=True):
    """What stands around a chart: how old it is, and what is wrong with it."""

    age: str = ""  # "12 min"
    stale: bool = False
    failure: str = ""  # a sentence
    watches: tuple[tuple[Watch, WatchState], ...] = ()  # that fire, and are drawn on the chart
    alert: str = ""  # in place of them, where nothing of them may be read


class Caption(Struct, frozen=True, gc=False):
    """What is written, and how large."""

    lines: tuple[str, ...]  # of the title
    px: float
    age: str


def arrange(view: TileView, notes: Notes, room: QRectF, ink: Ink) -> Caption:
    """Fit title and age into the width of a tile's inner rectangle."""
    title = " ".join(view.title.split())
    forms = [f"stale · {notes.age}" if notes.stale else notes.age]
    if forms[0] == JUST_NOW:
        forms.append(NOW)
    for px, age in [(SIZES[0], one) for one in forms] + [(px, forms[-1]) for px in SIZES[1:]]:
        if ink.width(title, px, WEIGHT) <= _left(room, age, notes, ink):
            return Caption((title,), px, age)
    left = _left(room, forms[-1], notes, ink)
    if room.height() < ink.px(TALL):
        return Caption((ink.elided(title, left, SIZES[-1], WEIGHT),), SIZES[-1], forms[-1])
    lines = _two(title, left, room.width(), SIZES[1], ink)
    if not lines[-1].endswith("…"):
        return Caption(lines, SIZES[1], forms[-1])
    return Caption(_two(title, left, room.width(), SIZES[-1], ink), SIZES[-1], forms[-1])


def height_of(caption: Caption, ink: Ink) -> float:
    """Give the height that the words take, px."""
    return ink.px(LINE + MORE * (len(caption.lines) - 1))


def paint(
    painter: QPainter, room: QRectF, caption: Caption, view: TileView, notes: Notes, ink: Ink
) -> None:
    """Write them at the top of a tile's inner rectangle."""
    line = QRectF(room.x(), room.y(), room.width(), ink.px(LINE))
    _age(painter, line, caption.age, notes, ink)
    band, used = QRectF(line), 0.0
    band.setWidth(_left(room, caption.age, notes, ink))
    for number, words in enumerate(caption.lines):
        if number:
            band = line.translated(0, number * ink.px(MORE))
        used = text(painter, band, words, ink, px=caption.px, weight=WEIGHT, color=ink.theme.text)
    rest = band.adjusted(used + ink.px(7), 0, 0, 0)
    if view.range_label and rest.width() > 0:
        text(painter, rest, view.range_label, ink, px=SMALL, color=ink.theme.muted, whole=True)


def _two(title: str, first: float, second: float, px: float, ink: Ink) -> tuple[str, ...]:
    """Break a title into a line beside the age and one below it."""
    above = next(iter(wrapped(title, first, 2, ink, px, WEIGHT)), "")
    below = title[len(above) :].lstrip()
    return (above, ink.elided(below, second, px, WEIGHT)) if below else (above,)


def _left(room: QRectF, age: str, notes: Notes, ink: Ink) -> float:
    """Give the width that the age leaves."""
    if not age:
        return room.width()
    sign = ink.px(ICON + 4) if notes.stale else 0.0
    wanted = ink.width(age, SMALL, 650 if notes.stale else 400)
    return room.width() - min(wanted, room.width() * AGE_SHARE) - sign - ink.px(8)


def _age(painter: QPainter, line: QRectF, words: str, notes: Notes, ink: Ink) -> None:
    if not words:
        return
    color = ink.theme.warn if notes.stale else ink.theme.muted
    weight = 650 if notes.stale else 400
    room = QRectF(line)
    room.setLeft(line.right() - max(line.width() * AGE_SHARE, ink.px(1)))
    width = text(painter, room, words, ink, px=SMALL, weight=weight, color=color, align=RIGHT)
    if notes.stale and width:
        side = ink.px(ICON)
        place = QRectF(line.right() - width - side - ink.px(4), 0, side, side)
        place.moveTop(line.center().y() - side / 2)
        draw_icon(painter, place, "clock", color)
