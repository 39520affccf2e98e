"""Paints the head of a wall: what is shown, how old it is, what comes next, and the time."""

from msgspec import Struct
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from phdesk.core.wall.banners import Banner
from phdesk.core.wall.pages import GAP
from phdesk.views.charts.ink import CENTER, LEFT, RIGHT, Ink, fill, text
from phdesk.views.charts.wrap import wrapped
from phdesk.views.theme import draw_icon

HEIGHT = 40.0  # px before they are scaled, of a header in one line
SECOND = 20.0  # more, where the screen is narrow
NARROW = 640.0
TITLES, CLOCK, SMALL = (19.0, 17.0, 15.0, 13.0, 12.0), 19.0, 11.0
BANNER = 26.0
MORE = 15.0  # of a banner's second line
SIGN, SIDE = 13.0, 9.0  # of a banner
RAIL = 2.5  # of the line that fills up until the next page
PAD = GAP  # at the sides, so that it ends where the tiles do


class Heading(Struct, frozen=True, gc=False, kw_only=True):
    """All that the head of a wall says."""

    title: str = ""
    section: str = ""  # of the page
    page: str = ""  # "2 of 3"
    clock: str = ""  # with seconds: a screen that hangs is then plain to see
    age: str = ""  # of the oldest tile on show
    stale: bool = False
    following: str = ""  # "Next: Growth"
    alerts: str = ""  # how many fire: "2 alerts"
    paused: bool = False
    share: float = 0.0  # of the page's time that is over
    banners: tuple[Banner, ...] = ()


def height_of(heading: Heading, width: float, ink: Ink) -> float:
    """Give the height of head and banners, px."""
    lines = HEIGHT + (SECOND if is_narrow(width, ink) else 0.0)
    banners = (_banner_height(one, width - ink.px(2 * PAD), ink) for one in heading.banners)
    return ink.px(lines) + sum(banners)


def is_as_high(one: Heading, other: Heading, width: float, ink: Ink) -> bool:
    """Tell whether heads leave the same room to the page: other words may take another line."""
    if one.banners == other.banners:
        return True
    return height_of(one, width, ink) == height_of(other, width, ink)


def is_narrow(width: float, ink: Ink) -> bool:
    """Tell whether title and ages stand below each other."""
    return width < ink.px(NARROW)


def paint_header(painter: QPainter, rect: QRectF, heading: Heading, ink: Ink) -> None:
    """Paint all of it over the page's ground."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill(painter, rect, ink.theme.bg)
    inner = rect.adjusted(ink.px(PAD), 0, -ink.px(PAD), 0)
    line = QRectF(inner.x(), inner.y(), inner.width(), ink.px(HEIGHT - 4))
    room = line.width() - _clock(painter, line, heading, ink)
    if is_narrow(rect.width(), ink):
        _title(painter, line.adjusted(0, 0, room - line.width(), 0), heading, ink)
        below = QRectF(inner.x(), line.bottom() - ink.px(4), inner.width(), ink.px(SECOND))
        half = below.width() / 2
        _age(painter, below.adjusted(0, 0, -half, 0), heading, ink, LEFT)
        _next(painter, below.adjusted(half, 0, 0, 0), heading, ink)
        bottom = below.bottom() + ink.px(4)
    else:
        notes = _notes_width(heading, ink)
        beside = QRectF(line.x() + room - notes, line.y(), notes, line.height())
        high, low = ink.px(3), ink.line(SMALL) + ink.px(1)
        top = QRectF(beside.x(), line.center().y() - low - high / 4, notes, low)
        if heading.following:
            _age(painter, top, heading, ink, RIGHT)
            _next(painter, top.translated(0, low + high / 2), heading, ink)
        else:
            _age(painter, beside, heading, ink, RIGHT)
        _title(
            painter, line.adjusted(0, 0, beside.x() - line.right() - ink.px(14), 0), heading, ink
        )
        bottom = line.bottom() + ink.px(4)
    _rail(painter, QRectF(inner.x(), bottom - ink.px(RAIL + 1), inner.width(), ink.px(RAIL)),
          heading, ink)  # fmt: skip
    for banner in heading.banners:
        bottom = _banner(painter, QRectF(inner.x(), bottom, inner.width(), 0), banner, ink)
    painter.restore()


def paint_nothing(painter: QPainter, rect: QRectF, what: str, remedy: str, ink: Ink) -> None:
    """Say in the middle of an empty page what is missing and who must act."""
    room = min(rect.width() - ink.px(2 * PAD), ink.px(560))
    lines = [(one, 19.0, 650) for one in wrapped(what, room, 3, ink, 19, 650)]
    lines += [(one, 13.0, 400) for one in wrapped(remedy, room, 4, ink, 13)]
    y = rect.center().y() - sum(ink.line(px) for _, px, _ in lines) / 2
    for words, px, weight in lines:
        band = QRectF(rect.center().x() - room / 2, y, room, ink.line(px))
        color = ink.theme.text if weight > 400 else ink.theme.muted
        text(painter, band, words, ink, px=px, weight=weight, color=color, align=CENTER)
        y = band.bottom() + ink.px(2)


def _clock(painter: QPainter, line: QRectF, heading: Heading, ink: Ink) -> float:
    """Paint the time at the right; give the width that it takes."""
    used = 0.0
    if heading.clock:
        widest = ink.width("00:00:00", CLOCK, 500)
        painter.setPen(ink.theme.text)
        painter.setFont(ink.font(CLOCK, 500, heading.clock))
        painter.drawText(line, RIGHT, heading.clock)  # not `text`: widths of words are remembered
        used = widest + ink.px(16)
    theme, right = ink.theme, line.right()
    if heading.paused:
        at, word = right - used, "Paused"
        used += _chip(painter, line, at, word, ink, ground=theme.warn_bg, color=theme.warn)
    if heading.alerts:
        at, word = right - used, heading.alerts
        ground, color = theme.surface, theme.bad
        used += _chip(painter, line, at, word, ink, sign="bell", ground=ground, color=color)
    return used


def _chip(  # noqa: PLR0913  a chip has many sides
    painter: QPainter,
    line: QRectF,
    right: float,
    words: str,
    ink: Ink,
    *,
    sign: str = "",
    ground: QColor,
    color: QColor,
) -> float:
    """Paint a word on a ground of its own, up to a place; give the width that it takes."""
    side = ink.px(SMALL + 2) if sign else 0.0
    width = ink.width(words, SMALL, 650) + ink.px(14) + side
    chip = QRectF(right - width, 0, width, ink.px(19))
    chip.moveTop(line.center().y() - chip.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(chip, ink.px(5), ink.px(5))
    if sign:
        high = ink.px(SMALL)
        place = QRectF(chip.x() + ink.px(6), chip.center().y() - high / 2, high, high)
        draw_icon(painter, place, sign, color)
    room = chip.adjusted(side, 0, 0, 0)
    text(painter, room, words, ink, px=SMALL, weight=650, color=color, align=CENTER)
    return width + ink.px(12)


def _notes_width(heading: Heading, ink: Ink) -> float:
    words = (_age_words(heading), heading.following)
    return min(max(ink.width(one, SMALL, 650) for one in words) + ink.px(20), ink.px(270))


def _title(painter: QPainter, room: QRectF, heading: Heading, ink: Ink) -> None:
    """Write the name, smaller before it is cut, and which of its pages this is."""
    theme, page = ink.theme, heading.page
    kept = ink.width(page, 13) + ink.px(14) if page else 0.0
    if kept > room.width() / 3:
        kept = 0.0
    left = room.adjusted(0, 0, -kept, 0)
    whole = (px for px in TITLES if ink.width(heading.title, px, 700) <= left.width())
    px = next(whole, TITLES[-1])
    used = text(painter, left, heading.title, ink, px=px, weight=700, color=theme.text)
    rest = room.adjusted(used + ink.px(12), ink.px(2), 0, ink.px(2))
    words = " · ".join(one for one in (heading.section, page) if one)
    if rest.width() > ink.px(30):
        shown = words if ink.width(words, 13) <= rest.width() else page
        text(painter, rest, shown, ink, px=13, color=theme.muted)


def _age_words(heading: Heading) -> str:
    return heading.age


def _age(
    painter: QPainter, room: QRectF, heading: Heading, ink: Ink, align: Qt.AlignmentFlag
) -> None:
    color = ink.theme.warn if heading.stale else ink.theme.muted
    weight = 650 if heading.stale else 400
    side = ink.px(SMALL) if heading.stale and heading.age else 0.0
    words = room.adjusted(side + ink.px(4) if side and align == LEFT else 0.0, 0, 0, 0)
    width = text(
        painter, words, heading.age, ink, px=SMALL, weight=weight, color=color, align=align
    )
    if side:
        x = room.x() if align == LEFT else room.right() - width - side - ink.px(4)
        draw_icon(painter, QRectF(x, room.center().y() - side / 2, side, side), "clock", color)


def _next(painter: QPainter, room: QRectF, heading: Heading, ink: Ink) -> None:
    color = ink.theme.muted
    text(painter, room, heading.following, ink, px=SMALL, color=color, align=RIGHT)


def _rail(painter: QPainter, place: QRectF, heading: Heading, ink: Ink) -> None:
    fill(painter, place, ink.theme.line)
    done = QRectF(place.x(), place.y(), place.width() * heading.share, place.height())
    fill(painter, done, ink.theme.warn if heading.paused else ink.theme.accent)


def _banner(painter: QPainter, top: QRectF, banner: Banner, ink: Ink) -> float:
    """Paint a banner below a line; give where it ends."""
    room = top.adjusted(0, 0, 0, _banner_height(banner, top.width(), ink))
    place = room.adjusted(0, ink.px(2), 0, -ink.px(2))
    painter.setPen(QPen(ink.theme.warn, max(ink.px(1), 1.0)))
    painter.setBrush(ink.theme.warn_bg)
    painter.drawRoundedRect(place, ink.px(5), ink.px(5))
    side = ink.px(SIGN)
    sign = QRectF(place.x() + ink.px(SIDE), place.center().y() - side / 2, side, side)
    draw_icon(painter, sign, banner.icon, ink.theme.warn)
    lines = banner_lines(banner, room.width(), ink)
    words = place.adjusted(place.width() - _banner_room(room.width(), ink) - ink.px(SIDE), 0, 0, 0)
    band = QRectF(words.x(), 0, words.width() - ink.px(SIDE), ink.px(MORE))
    band.moveTop(place.center().y() - len(lines) * band.height() / 2)
    for line in lines:
        text(painter, band, line, ink, px=12, weight=600, color=ink.theme.text)
        band.translate(0, band.height())
    return room.bottom()


def _banner_room(width: float, ink: Ink) -> float:
    return width - ink.px(2 * SIDE + SIGN + 7)


def banner_lines(banner: Banner, width: float, ink: Ink) -> list[str]:
    """Break what is wrong into two lines at most: who must act is never cut."""
    return wrapped(banner.words, _banner_room(width, ink), 2, ink, 12, 600)


def _banner_height(banner: Banner, width: float, ink: Ink) -> float:
    lines = len(banner_lines(banner, width, ink))
    return ink.px(BANNER + MORE * max(lines - 1, 0))
