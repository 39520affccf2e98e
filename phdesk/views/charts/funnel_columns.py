"""Paints a funnel as columns with a striped track, from left to right."""

from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from phdesk.core.charts.spec import FunnelBar, FunnelBody, FunnelStep
from phdesk.views.charts.funnel_ink import bars_of, shown_count
from phdesk.views.charts.ink import (
    LEAST,
    LEFT,
    RIGHT,
    Ink,
    box,
    fill,
    hairline,
    restore_clip,
    text,
)
from phdesk.views.charts.wrap import wrapped
from phdesk.views.theme import draw_icon

WIDEST = 420  # px of a step
ICON, SMALL = 13, 10  # px of an icon, and of the smallest type and its icons
TICKS = (0, 20, 40, 60, 80, 100)
EVENT = 11  # px of the event behind a name of its own
WITH_EVENTS = 220  # px of a funnel that has a line for events where they do not fit beside names


class Style(NamedTuple):
    """What is written of a figure: its icon, whom it counts, its rate."""

    icon: bool
    actors: bool
    rate: bool
    px: int = 12
    bare: bool = False  # rates without their brackets

    @property
    def mark(self) -> int:
        """Give the size of an icon."""
        return ICON if self.px > SMALL else SMALL

    @property
    def lead(self) -> int:
        """Give the room between icon and figure."""
        return 5 if self.px > SMALL else 4


STYLES = (
    Style(icon=True, actors=True, rate=True),
    Style(icon=True, actors=False, rate=True),
    Style(icon=True, actors=False, rate=True, px=11),  # smaller type before no rate
    Style(icon=True, actors=False, rate=True, px=SMALL),
    Style(icon=True, actors=False, rate=True, px=SMALL, bare=True),
    Style(icon=True, actors=False, rate=False),
    Style(icon=False, actors=False, rate=False),
)


class Layout(NamedTuple):
    """Where the columns stand, and how many lines of words are below each."""

    area: QRectF
    axis: float  # width of the axis
    slot: float
    steps: int
    lines: int
    names: int  # lines of a step's name
    beside: bool  # events stand behind the names
    events: int  # lines of the events below the names


def paint(painter: QPainter, rect: QRectF, body: FunnelBody, ink: Ink) -> None:
    """Paint axis, columns and the words below."""
    layout = _arrange(rect, body, ink)
    _axis(painter, rect, layout, ink)
    for index, step in enumerate(body.steps[: layout.steps]):
        slot = QRectF(layout.area.x() + index * layout.slot, rect.y(), layout.slot, rect.height())
        if index:
            edge = QPen(ink.theme.line, ink.hair)
            edge.setDashPattern([3, 3])
            painter.setPen(edge)
            x = round(slot.x()) + 0.5
            painter.drawLine(QLineF(x, layout.area.top(), x, rect.bottom()))
        _column(painter, slot, step, body, layout, ink)
        _words(painter, slot, index, body, layout, ink)
    if layout.steps < len(body.steps) and layout.area.width() > ink.px(140):
        slot = QRectF(rect.right() - ink.px(64), rect.bottom() - ink.line(11), ink.px(64), 0)
        slot.setBottom(rect.bottom())
        more = len(body.steps) - layout.steps
        text(painter, slot, f"+ {more} more", ink, align=RIGHT)


def is_whole(rect: QRectF, body: FunnelBody, ink: Ink) -> bool:
    """Tell whether each step has a column with its whole name, and its rate beside its count."""
    layout = _arrange(rect, body, ink)
    room = layout.slot - 2 * _pad(layout.slot, ink)
    named = all(
        " ".join(_name(step.name, layout.slot, layout.names, ink)) == " ".join(step.name.split())
        for step in body.steps
    )
    return named and layout.steps == len(body.steps) and _style(body, room, ink).rate


def step_at(rect: QRectF, body: FunnelBody, ink: Ink, point: QPointF) -> int | None:
    """Find the step whose column or words lie under a point."""
    layout = _arrange(rect, body, ink)
    index = int((point.x() - layout.area.x()) // layout.slot)
    return index if 0 <= index < layout.steps else None


def _arrange(rect: QRectF, body: FunnelBody, ink: Ink) -> Layout:
    line = _line(ink)
    axis = ink.width("100%", 11) + ink.px(8) if rect.width() >= ink.px(220) else 0.0
    slot, steps = _slot(rect.width() - axis, body, ink)
    names = _name_lines(rect, slot, body, ink)
    room = slot - 2 * _pad(slot, ink)
    # Without its icon a figure cannot be told apart from the others: only the count stays.
    told = max(len(_facts(step)) for step in body.steps) if _style(body, room, ink).icon else 1
    beside = names == 1 and _events_fit(body, room, ink)
    events = int(rect.height() >= ink.px(WITH_EVENTS) and not beside and _has_events(body))
    if ink.is_far and any(ink.width(s.event, EVENT) > room - _lead(ink) for s in body.steps):
        events = 0  # cut, it would say nothing
    lines = min(names + events + told, int(max(rect.height() * 0.5, 0) // line))
    if rect.height() < 2.4 * line:
        lines = min(1, int(rect.height() // line))
    events = min(events, max(lines - names - told, 0))
    words = lines * line + ink.px(6) if lines else 0.0
    above = ink.line(11) / 2 if axis else 0.0
    area = rect.adjusted(axis, above, 0, -max(words, 1))
    return Layout(area, axis, slot, steps, lines, min(names, max(lines, 1)), beside, events)


def _has_events(body: FunnelBody) -> bool:
    return any(step.event for step in body.steps)


def _events_fit(body: FunnelBody, room: float, ink: Ink) -> bool:
    """Tell whether all events stand whole behind the names of their steps."""
    left = room - _lead(ink) - ink.px(6)
    return _has_events(body) and all(
        ink.width(step.name, 12, 600) + ink.width(step.event, EVENT) <= left
        for step in body.steps
        if step.event
    )


def _slot(room: float, body: FunnelBody, ink: Ink) -> tuple[float, int]:
    """Give the width of a step and how many steps fit."""
    steps = min(len(body.steps), max(1, int(room // ink.px(34))))
    if steps < len(body.steps):
        room -= ink.px(68) if room > ink.px(140) else 0
        steps = max(1, min(steps, int(room // ink.px(34))))
    return min(room / steps, ink.px(WIDEST)), steps


def _name_lines(rect: QRectF, slot: float, body: FunnelBody, ink: Ink) -> int:
    """Let names take two lines when the tile is high enough and that makes one of them whole."""
    if rect.height() < ink.px(160):
        return 1
    return max(len(_name(step.name, slot, 2, ink)) for step in body.steps)


def _name(name: str, slot: float, lines: int, ink: Ink) -> list[str]:
    """Break a name at its spaces, else shorten it."""
    room = slot - 2 * _pad(slot, ink) - _lead(ink)
    broken = wrapped(name, room, lines, ink, 12, 600)
    whole = " ".join(broken) == " ".join(name.split())
    return broken if whole else [ink.elided(name, room, 12, 600)]


def _lead(ink: Ink) -> float:
    """Give the width of a step's number, the same for all."""
    return ink.width("9", 12, 650) + ink.px(6)


def _line(ink: Ink) -> float:
    return ink.line(12) + ink.px(4)


def _axis(painter: QPainter, rect: QRectF, layout: Layout, ink: Ink) -> None:
    area = layout.area
    line = ink.line(11)
    ticks: tuple[int, ...] = TICKS if area.height() >= 6.5 * line else (0, 50, 100)
    if area.height() < 3 * line:
        ticks = (0, 100)
    for tick in ticks:
        y = area.bottom() - area.height() * tick / 100
        color = ink.theme.grid if tick else ink.theme.line
        hairline(painter, QPointF(area.x(), y), QPointF(area.right(), y), color, ink.hair)
        if layout.axis and area.height() >= 1.6 * line:
            place = QRectF(rect.x(), y - line / 2, layout.axis - ink.px(8), line)
            text(painter, place, f"{tick}%", ink, align=RIGHT)


def _column(
    painter: QPainter, slot: QRectF, step: FunnelStep, body: FunnelBody, layout: Layout, ink: Ink
) -> None:
    inset = min(slot.width() * 0.08, ink.px(14))
    count = shown_count(body)
    width = (slot.width() - 2 * inset) / count
    gap = min(ink.px(2), width * 0.15) if count > 1 else 0.0
    for i, (bar, color) in enumerate(bars_of(body, step, ink)):
        area = layout.area
        track = QRectF(slot.x() + inset + i * width, area.y(), width - gap, area.height())
        _bar(painter, track, bar, color, ink)


def _bar(painter: QPainter, track: QRectF, bar: FunnelBar, color: QColor, ink: Ink) -> None:
    rate = min(max(bar.rate, 0.0), 1.0)
    radius = min(ink.px(4), track.width() / 2, track.height() / 2)
    if rate < 1:
        _stripes(painter, track, color, radius, ink)
    if rate:
        full = QRectF(track)
        full.setTop(track.bottom() - max(track.height() * rate, LEAST))
        box(painter, full, color, radius)


def _stripes(painter: QPainter, track: QRectF, color: QColor, radius: float, ink: Ink) -> None:
    painter.save()
    shape = QPainterPath()
    shape.addRoundedRect(track, radius, radius)
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    fill(painter, track, ink.mixed(color, 0.08))
    painter.setPen(QPen(ink.mixed(color, 0.15), ink.px(5)))
    step, rise = ink.px(14), track.width() * 0.4
    y = track.top() - rise
    lines = []
    while y < track.bottom() + rise:
        lines.append(QLineF(track.left() - 4, y + rise + 1.6, track.right() + 4, y - 1.6))
        y += step
    painter.drawLines(lines)
    restore_clip(painter, ink)


def _facts(step: FunnelStep) -> list[tuple[str, str, str]]:
    """Give the lines below a step: icon, figure, and what stands muted behind it."""
    made = (
        ("arrow-right", step.count_text, step.rate_text),
        ("arrow-down-right", step.dropped_text, step.dropped_rate_text),
        ("clock", step.time_text, ""),
    )
    return [(icon, words, f"({rate})" if rate else "") for icon, words, rate in made if words]


def _style(body: FunnelBody, slot: float, ink: Ink) -> Style:
    """Choose how much is written, the same for all steps: the fullest that fits."""
    facts = [fact for step in body.steps for fact in _facts(step)]
    for style in STYLES:
        if all(_width(fact, style, body, ink) <= slot for fact in facts):
            return style
    return STYLES[-1]


def _width(fact: tuple[str, str, str], style: Style, body: FunnelBody, ink: Ink) -> float:
    icon, words, rate = fact
    width = ink.width(_figure(icon, words, style, body), style.px)
    width += ink.px(style.mark + style.lead) if style.icon else 0.0
    said = _rate(rate, style)
    return width + (ink.width(said, style.px) + ink.px(4) if said else 0.0)


def _rate(rate: str, style: Style) -> str:
    if not style.rate:
        return ""
    return rate.strip("()") if style.bare else rate


def _figure(icon: str, words: str, style: Style, body: FunnelBody) -> str:
    return f"{words} {body.actors}" if style.actors and icon != "clock" else words


def _words(
    painter: QPainter, slot: QRectF, index: int, body: FunnelBody, layout: Layout, ink: Ink
) -> None:
    if not layout.lines:
        return
    step, line = body.steps[index], _line(ink)
    band = QRectF(slot.x(), layout.area.bottom() + ink.px(6), slot.width(), line)
    pad = _pad(slot.width(), ink)
    band.adjust(pad, 0, -pad, 0)
    _named(painter, band, index, step, layout, ink)
    band.translate(0, (layout.names + layout.events - 1) * line)
    style = _style(body, band.width(), ink)
    facts = _facts(step)[: layout.lines - layout.names - layout.events]
    for fact in facts if style.icon else facts[:1]:
        band.translate(0, line)
        if _width(fact, style, body, ink) <= band.width():
            _fact(painter, band, fact, style, body, ink)


def _named(
    painter: QPainter, band: QRectF, index: int, step: FunnelStep, layout: Layout, ink: Ink
) -> None:
    """Write a step's number and its name, on two lines where that is needed."""
    lead, color = max(_lead(ink), ink.width(f"{index + 1}", 12, 650) + ink.px(6)), ink.theme.text
    name = QRectF(band)
    if band.width() - lead >= ink.px(40):
        text(painter, band, f"{index + 1}", ink, px=12, weight=650, align=LEFT)
        name.adjust(lead, 0, 0, 0)
    used = 0.0
    for part in _name(step.name, layout.slot, layout.names, ink):
        used = text(painter, name, part, ink, px=12, weight=600, color=color)
        name.translate(0, _line(ink))
    if layout.beside:  # baselines, not middles, on one line
        name.translate(used + ink.px(6), ink.px(0.5) - _line(ink))
        name.setRight(band.right())
    if step.event and (layout.beside or layout.events):
        text(painter, name, step.event, ink, px=EVENT)


def _fact(
    painter: QPainter,
    band: QRectF,
    fact: tuple[str, str, str],
    style: Style,
    body: FunnelBody,
    ink: Ink,
) -> None:
    icon, words, rate = fact
    side, place, theme = ink.px(style.mark), QRectF(band), ink.theme
    if style.icon:
        colors = {"arrow-right": theme.good, "arrow-down-right": theme.bad}
        spot = QRectF(band.x(), band.center().y() - side / 2, side, side)
        draw_icon(painter, spot, icon, colors.get(icon, theme.muted))
        place.setLeft(spot.right() + ink.px(style.lead))
    figure = _figure(icon, words, style, body)
    used = text(painter, place, figure, ink, px=style.px, color=theme.text)
    place.setLeft(place.left() + used + ink.px(4))
    if said := _rate(rate, style):
        text(painter, place, said, ink, px=style.px)


def _pad(slot: float, ink: Ink) -> float:
    return min(ink.px(8), slot * 0.08)
