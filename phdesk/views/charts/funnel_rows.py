"""Paints a funnel as rows that share the height, from top to bottom."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from phdesk.core.charts.spec import FunnelBody, FunnelStep
from phdesk.views.charts.funnel_ink import bars_of, shown_count
from phdesk.views.charts.ink import LEAST, RIGHT, Ink, box, text

WITH_EVENTS = 520  # px of a tile that says the events behind names of their own
TINT = 0.4  # strength of a bar behind words, which stay as strong as they are
WALL = 1.4  # scale of type from which names stand above bars
THINNEST, THIN = 6, 3  # px of a step's bars, and of each group's; if less, they stand beside
NAMES, BAR = 0.36, 0.25  # of the width, for names at most and for a bar at least
THICKEST = 34  # px of a bar
SMALL = 11  # px of the type where rows are low
RATE = 10  # px of a rate under its count
GROUP = 22  # px of the bar of one group
HIGHEST = 84  # px of a row, more when it holds many groups
LARGE, GROWTH = 560, 1.6  # px of a funnel whose rows and bars are higher, and by how much


class Layout(NamedTuple):
    """How a row is divided: names above the bars when the rectangle is narrow."""

    row: float
    steps: int
    stacked: bool
    names: float
    figures: float
    rates: bool
    below: bool  # figures stand beside the bar, so that the name has the line above to itself
    px: float  # of names and figures above bars
    behind: bool = False  # bars lie behind names and figures: above them they would be threads


def paint(painter: QPainter, rect: QRectF, body: FunnelBody, ink: Ink) -> None:
    """Paint as many steps as fit."""
    layout = _arrange(rect, body, ink)
    for index, step in enumerate(body.steps[: layout.steps]):
        band = QRectF(rect.x(), rect.y() + index * layout.row, rect.width(), layout.row)
        (_tall if layout.stacked else _wide)(painter, band, index, step, body, layout, ink)
    more = len(body.steps) - layout.steps
    foot = QRectF(rect.x(), rect.bottom() - ink.line(11), rect.width(), ink.line(11))
    if more and foot.top() >= rect.y() + layout.steps * layout.row - 1:
        text(painter, foot, f"+ {more} more steps" if more > 1 else "+ 1 more step", ink)


def step_at(rect: QRectF, body: FunnelBody, ink: Ink, point: QPointF) -> int | None:
    """Find the step whose row lies under a point."""
    layout = _arrange(rect, body, ink)
    index = int((point.y() - rect.y()) // layout.row)
    return index if 0 <= index < layout.steps else None


def _arrange(rect: QRectF, body: FunnelBody, ink: Ink) -> Layout:
    counts = max(ink.width(step.count_text, 13, 650) for step in body.steps)
    figures = counts + max(ink.width(step.rate_text, 13) for step in body.steps) + ink.px(8)
    gap, line = ink.px(16), ink.line(13)
    px, low = 13.0, rect.height() / len(body.steps)
    thin = low - line - ink.px(10) < ink.px(max(THINNEST, THIN * shown_count(body)))
    stacked = ink.scale >= WALL and not thin
    names = _names_width(rect, body, ink, rect.width() - figures - 2 * gap)
    beside = rect.width() - names - figures - 2 * gap >= rect.width() * BAR
    if thin and not beside and ink.is_far and shown_count(body) == 1:
        return _behind(rect, body, figures, ink)
    stacked = stacked or not beside
    least = line + ink.px(9 if stacked else 4)
    rates = figures + ink.px(70) <= rect.width()
    if stacked and low < least <= low + line + ink.px(9) - ink.line(SMALL) - ink.px(7):
        px, least = float(SMALL), ink.line(SMALL) + ink.px(7)
    elif stacked and low < least:
        stacked, least = False, line + ink.px(3)
        figures = min(figures if rates else counts + ink.px(2), rect.width() * 0.6)
        names = max(rect.width() - figures - gap, 0)
    steps = min(len(body.steps), int(rect.height() // least))
    if steps < len(body.steps):
        steps = max(int((rect.height() - ink.line(11)) // least), 1)
    room = rect.height() - (ink.line(11) if steps < len(body.steps) else 0)
    highest = max(HIGHEST, (GROUP + 4) * shown_count(body) + 24) * _growth(rect.height(), ink)
    row = min(max(room / steps, least), ink.px(highest))
    below = stacked and row >= line + ink.line(12) + ink.px(6) and _crowded(rect, body, ink)
    if below:  # the rate stands under the count where both have a line
        figures, rates = counts, row >= ink.line(12) * 1.9 + ink.line(RATE)
        said = max(ink.width(step.rate_text, RATE) for step in body.steps) if rates else 0.0
        rates = 0 < said <= rect.width() * 0.56
        figures = max(counts, said) if rates else counts
    return Layout(row, steps, stacked, names, figures, rates, below, px)


def _behind(rect: QRectF, body: FunnelBody, figures: float, ink: Ink) -> Layout:
    """Let rows of a low funnel on a wall be bars with names on them."""
    line = ink.line(13)
    steps = min(len(body.steps), max(int(rect.height() // (line + ink.px(4))), 1))
    if steps < len(body.steps):
        steps = max(int((rect.height() - ink.line(11)) // (line + ink.px(4))), 1)
    room = rect.height() - (ink.line(11) if steps < len(body.steps) else 0)
    row = min(room / steps, ink.px(HIGHEST))
    rates = figures + ink.px(70) <= rect.width()
    return Layout(
        row, steps, stacked=True, names=0.0, figures=figures, rates=rates, below=False, px=13.0,
        behind=True,
    )  # fmt: skip


def _names_width(rect: QRectF, body: FunnelBody, ink: Ink, room: float) -> float:
    """Give the width of names beside bars; `room` is what both have, px.

    On a wall, where no tooltip says them whole, names go before events and long bars.
    """
    wall = ink.scale >= WALL
    event = rect.width() >= ink.px(WITH_EVENTS) and not wall
    names = max(_name_width(i, s, ink, event=event) for i, s in enumerate(body.steps)) + ink.px(2)
    most = rect.width() * NAMES
    return min(names, max(most, room - rect.width() * BAR) if wall else most)


def _name_width(index: int, step: FunnelStep, ink: Ink, *, event: bool) -> float:
    width = ink.width(f"{index + 1}  {step.name}", 13)
    beside = ink.px(10) + ink.width(step.event, 11) if event and step.event else 0.0
    return width + beside


def _crowded(rect: QRectF, body: FunnelBody, ink: Ink) -> bool:
    """Tell whether a name would be cut beside its figure."""
    return any(
        ink.width(f"{index + 1}", 13, 650) + ink.width(step.name, 13)
        + ink.width(step.count_text, 13, 650) + ink.px(18) > rect.width()
        for index, step in enumerate(body.steps)
    )  # fmt: skip


def _wide(  # noqa: PLR0913, PLR0917  a row on a canvas
    painter: QPainter,
    band: QRectF,
    index: int,
    step: FunnelStep,
    body: FunnelBody,
    layout: Layout,
    ink: Ink,
) -> None:
    names = QRectF(band.x(), band.y(), layout.names, band.height())
    figures = QRectF(band.right() - layout.figures, band.y(), layout.figures, band.height())
    thick = _thickness(band.height(), body, ink)
    track = QRectF(names.right() + ink.px(16), 0, 0, thick)
    track.setRight(figures.x() - ink.px(16))
    track.moveTop(band.center().y() - track.height() / 2)
    _figure(painter, figures, step, ink, rates=layout.rates)
    line, lead = ink.line(13), ink.width(f"{index + 1}", 13, 650) + ink.px(8)
    detail = _detail(body, index, names.width() - lead, ink)
    if detail and band.height() >= 2.6 * line:
        names.setHeight(line)
        names.moveTop(band.center().y() - line)
        below = names.translated(0, line).adjusted(lead, 0, 0, 0)
        text(painter, below, detail, ink, px=11)
    _name(painter, names, index, step, ink)
    if track.width() >= ink.px(20):
        _bars(painter, track, step, body, ink)


def _tall(  # noqa: PLR0913, PLR0917  a row on a canvas
    painter: QPainter,
    band: QRectF,
    index: int,
    step: FunnelStep,
    body: FunnelBody,
    layout: Layout,
    ink: Ink,
) -> None:
    if layout.behind:
        _on_bar(painter, band, index, step, body, layout, ink)
        return
    line, gap = ink.line(layout.px), ink.px(3 if layout.px > SMALL else 1)
    names = QRectF(band.x(), band.y(), band.width(), line)
    track = QRectF(band.x(), band.y() + line + gap, band.width(), 0)
    track.setHeight(
        max(
            min(
                layout.row - line - gap - ink.px(7 if layout.px > SMALL else 3),
                _most(layout.row, body, ink),
            ),
            2,
        )
    )
    if layout.below:
        figure = QRectF(band.right() - layout.figures, track.y(), layout.figures, ink.line(12))
        rate = ink.line(RATE) if layout.rates else 0.0
        figure.moveTop(max(track.center().y() - (figure.height() + rate) / 2, names.bottom()))
        words, color = step.count_text, ink.theme.text
        text(painter, figure, words, ink, px=12, weight=650, color=color, align=RIGHT, whole=True)
        if rate:
            figure = QRectF(figure.x(), figure.bottom(), figure.width(), rate)
            text(painter, figure, step.rate_text, ink, px=RATE, align=RIGHT, whole=True)
        track.setRight(figure.left() - ink.px(6))
        _name(painter, names, index, step, ink, px=12)
    else:
        rates = layout.rates and layout.px > SMALL
        _head(painter, names, index, step, ink, rates=rates, px=layout.px)
    if track.width() >= ink.px(12):
        _bars(painter, track, step, body, ink)


def _on_bar(  # noqa: PLR0913, PLR0917  a row on a canvas
    painter: QPainter,
    band: QRectF,
    index: int,
    step: FunnelStep,
    body: FunnelBody,
    layout: Layout,
    ink: Ink,
) -> None:
    track = band.adjusted(0, ink.px(1), 0, -ink.px(1))
    edge = QRectF(track)
    for bar, color in bars_of(body, step, ink):
        box(painter, track, ink.mixed(ink.theme.grid, 0.5), ink.px(3))
        edge.setWidth(max(track.width() * min(max(bar.rate, 0.0), 1.0), LEAST))
        box(painter, edge, ink.mixed(color, TINT), ink.px(3))
    names = track.adjusted(ink.px(6), 0, -ink.px(6), 0)
    _head(painter, names, index, step, ink, rates=layout.rates)


def _growth(height: float, ink: Ink) -> float:
    return GROWTH if height >= ink.px(LARGE) else 1.0


def _most(row: float, body: FunnelBody, ink: Ink) -> float:
    """Give the height of all bars of a step together, at most; they grow with a large tile."""
    groups = shown_count(body)
    high = max(row / ink.px(HIGHEST), 1.0)
    return ink.px(max(THICKEST * high, GROUP * groups if groups > 1 else 0))


def _thickness(height: float, body: FunnelBody, ink: Ink) -> float:
    part = 0.62 if shown_count(body) < 2 else 0.84
    return min(height * part, _most(height, body, ink))


def _head(  # noqa: PLR0913  a line on a canvas
    painter: QPainter, place: QRectF, index: int, step: FunnelStep, ink: Ink, *, rates: bool,
    px: float = 13,
) -> None:  # fmt: skip
    """Write count and rate at the right of a line, number and name in what they leave."""
    used = _figure(painter, place, step, ink, rates=rates, px=px)
    rest = QRectF(place)
    rest.setRight(max(place.right() - used - ink.px(8), place.left()))
    _name(painter, rest, index, step, ink, px=px)


def _name(
    painter: QPainter, place: QRectF, index: int, step: FunnelStep, ink: Ink, *, px: float = 13
) -> None:
    """Write a step's number and name; in small type the number goes before the name is cut."""
    color, rest = ink.theme.text, QRectF(place)
    lead = ink.width(f"{index + 1}", px, 650) + ink.px(8 if px > 12 else 5)
    if px > SMALL or lead + ink.width(step.name, px) <= place.width():
        text(painter, place, f"{index + 1}", ink, px=px, weight=650, color=color)
        rest.adjust(lead, 0, 0, 0)
    used = text(painter, rest, step.name, ink, px=px, color=color) if rest.width() > 0 else 0.0
    rest.adjust(used + ink.px(8), 0, 0, 0)
    if step.event and used and rest.width() >= ink.width(step.event, 11):
        text(painter, rest, step.event, ink, px=11)


def _figure(
    painter: QPainter, place: QRectF, step: FunnelStep, ink: Ink, *, rates: bool, px: float = 13
) -> float:
    """Write count and rate at the right; the rate goes first when room is short."""
    rate, used = ink.width(step.rate_text, px), 0.0
    count = ink.width(step.count_text, px, 650)
    rest = QRectF(place)
    if rates and count + rate + ink.px(4) <= place.width():
        used = text(painter, place, step.rate_text, ink, px=px, align=RIGHT) + ink.px(4)
        rest.setRight(place.right() - used)
    color, words = ink.theme.text, step.count_text
    return used + text(
        painter, rest, words, ink, px=px, weight=650, color=color, align=RIGHT, whole=True
    )


def _detail(body: FunnelBody, index: int, room: float, ink: Ink) -> str:
    """Choose how much is said of who left, the same for all steps: the fullest that fits."""
    said = [_details(step) for step in body.steps]
    for variant in range(3):
        if all(ink.width(one[variant], 11) <= room for one in said):
            return said[index][variant]
    return ""


def _details(step: FunnelStep) -> tuple[str, str, str]:
    if not step.dropped_text:
        return step.time_text, "", ""
    rate = f" ({step.dropped_rate_text})" if step.dropped_rate_text else ""
    short = f"{step.dropped_text} dropped"
    full = f"{step.dropped_text}{rate} dropped"
    return (f"{full} · {step.time_text}" if step.time_text else full), full, short


def _bars(painter: QPainter, track: QRectF, step: FunnelStep, body: FunnelBody, ink: Ink) -> None:
    count = shown_count(body)
    height = track.height() / count
    gap = min(ink.px(2), height * 0.2) if count > 1 else 0.0
    figures = _group_figures(track, body, ink) if len(body.groups) > 1 else 0.0
    for i, (bar, color) in enumerate(bars_of(body, step, ink)):
        place = QRectF(track.x(), track.y() + i * height, track.width(), height - gap)
        if figures:
            words = QRectF(place.right() - figures, place.y(), figures, place.height())
            text(painter, words, bar.text, ink, whole=True)
            place.setRight(words.left() - ink.px(6))
        box(painter, place, ink.theme.grid, ink.px(3))
        rate = min(max(bar.rate, 0.0), 1.0)
        if rate:
            place.setWidth(max(place.width() * rate, LEAST))
            box(painter, place, color, ink.px(3))


def _group_figures(track: QRectF, body: FunnelBody, ink: Ink) -> float:
    """Give the width of the groups' own figures; none where bars are too low or too short."""
    widest = max((ink.width(bar.text, 11) for step in body.steps for bar in step.bars), default=0.0)
    low = track.height() / shown_count(body) < ink.line(11) + ink.px(2)
    return 0.0 if low or widest * 2 > track.width() else widest
