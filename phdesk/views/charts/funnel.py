"""Paints a funnel: columns from left to right, or rows from top to bottom."""

from types import ModuleType

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from phdesk.core.charts.spec import FunnelBody, FunnelStep
from phdesk.views.charts import funnel_columns, funnel_rows, legend
from phdesk.views.charts.funnel_ink import group_color
from phdesk.views.charts.hit import Hit, HitLine
from phdesk.views.charts.ink import LEFT, Ink, text

LEAST = 88  # px of a column
NAMES = (  # of the figures below, long and short
    ("Total conversion rate", "Average time to convert"),
    ("Total conversion", "Average time"),
)
FAR_NAMES = 0.25  # of the height, that names of groups may take on a wall
ROW_EACH, MOST_ROWS = 150, 3  # px of height for each row of names below; and how many at most


def paint(painter: QPainter, rect: QRectF, body: FunnelBody, ink: Ink) -> None:
    """Paint the steps, then the totals and the groups' names below."""
    if not body.steps:
        return
    area = _area(rect, body, ink)
    _form(area, body, ink).paint(painter, area, body, ink)
    y = area.bottom()
    if _named(rect, body, ink):
        names = _names(rect, area, body, ink)
        legend.paint(painter, names, _entries(body, ink), ink)
        y = names.bottom()
    if _totalled(rect, body, ink):
        _totals(painter, QRectF(rect.x(), y, rect.width(), rect.bottom() - y), body, ink)


def hit(rect: QRectF, body: FunnelBody, ink: Ink, point: QPointF) -> Hit | None:
    """Find the step under a point, with all that is known of it."""
    if not body.steps:
        return None
    area = _area(rect, body, ink)
    index = _form(area, body, ink).step_at(area, body, ink, point)
    if index is None:
        return None
    step = body.steps[index]
    return Hit(f"{index + 1}  {step.name}", (*_facts(step, body), *_bars(step, body)), item=index)


def part_at(rect: QRectF, body: FunnelBody, ink: Ink, point: QPointF) -> int | None:
    """Give the number of the group whose name in the legend is under a point."""
    if not body.steps or not _named(rect, body, ink):
        return None
    names = _names(rect, _area(rect, body, ink), body, ink)
    return legend.at(names, _entries(body, ink), ink, point)


def _names(rect: QRectF, area: QRectF, body: FunnelBody, ink: Ink) -> QRectF:
    """Give the place of the legend, below the steps."""
    return QRectF(area.x(), area.bottom(), area.width(), _names_height(rect, body, ink))


def _names_height(rect: QRectF, body: FunnelBody, ink: Ink) -> float:
    """Give the legend as many rows as all names need, where the height allows it."""
    most = min(max(int(rect.height() / ink.px(ROW_EACH)), 1), MOST_ROWS)
    if ink.is_far:  # nobody can point at a bar to learn its name
        row = legend.height(ink, 2) - legend.height(ink)
        most = max(most, int(rect.height() * FAR_NAMES / row))
    return legend.height(ink, legend.rows_for(rect.width(), _entries(body, ink), ink, most))


def _entries(body: FunnelBody, ink: Ink) -> list[legend.Entry]:
    return [
        legend.Entry(group.label, group_color(body, i, ink), hidden=group.hidden)
        for i, group in enumerate(body.groups)
    ]


def _form(area: QRectF, body: FunnelBody, ink: Ink) -> ModuleType:
    """Turn columns that would be too narrow for words into rows, which keep all names.

    On a wall, where no tooltip says the rest, columns have to say all of name, count and rate.
    """
    narrow = area.width() < ink.px(LEAST) * len(body.steps)
    if not body.columns or narrow:
        return funnel_rows
    if ink.is_far and not funnel_columns.is_whole(area, body, ink):
        return funnel_rows
    return funnel_columns


def _facts(step: FunnelStep, body: FunnelBody) -> tuple[HitLine, ...]:
    rows = (
        ("Event", step.event, ""),
        (f"Converted {body.actors}", step.count_text, step.rate_text),
        (f"Dropped {body.actors}", step.dropped_text, step.dropped_rate_text),
        ("Time from the step before", step.time_text, ""),
    )
    return tuple(
        HitLine("", label, f"{words} ({rate})" if rate else words)
        for label, words, rate in rows
        if words
    )


def _bars(step: FunnelStep, body: FunnelBody) -> tuple[HitLine, ...]:
    if len(body.groups) < 2:
        return ()
    pairs = zip(body.groups, step.bars, strict=False)
    return tuple(
        HitLine(group.color, group.label, bar.text) for group, bar in pairs if not group.hidden
    )


def _area(rect: QRectF, body: FunnelBody, ink: Ink) -> QRectF:
    foot = _names_height(rect, body, ink) if _named(rect, body, ink) else 0.0
    foot += ink.line(12) + ink.px(4) if _totalled(rect, body, ink) else 0.0
    return rect.adjusted(0, 0, 0, -foot)


def _named(rect: QRectF, body: FunnelBody, ink: Ink) -> bool:
    return len(body.groups) > 1 and rect.height() >= ink.px(110) and rect.width() >= ink.px(140)


def _totalled(rect: QRectF, body: FunnelBody, ink: Ink) -> bool:
    wanted = bool(body.total_text or body.average_time_text)
    return wanted and rect.height() >= ink.px(150) and rect.width() >= ink.px(160)


def _totals(painter: QPainter, band: QRectF, body: FunnelBody, ink: Ink) -> None:
    """Write both figures, named as in PostHog where there is room."""
    total, average = next(
        (names for names in NAMES if _totals_width(names, body, ink) <= band.width()), NAMES[-1]
    )
    x = band.x()
    if body.total_text:
        x = _fact(painter, band, x, total, body.total_text, ink) + ink.px(16)
    if body.average_time_text:
        width = _fact_width(average, body.average_time_text, ink)
        if band.right() - width >= x:
            _fact(painter, band, band.right() - width, average, body.average_time_text, ink)


def _totals_width(names: tuple[str, str], body: FunnelBody, ink: Ink) -> float:
    pairs = zip(names, (body.total_text, body.average_time_text), strict=True)
    return sum(_fact_width(name, words, ink) + ink.px(16) for name, words in pairs if words)


def _fact_width(name: str, words: str, ink: Ink) -> float:
    return ink.width(f"{name} ", 12) + ink.width(words, 12, 600) + 3


def _fact(painter: QPainter, band: QRectF, x: float, name: str, words: str, ink: Ink) -> float:
    place = QRectF(x, band.y(), max(band.right() - x, 0), band.height())
    used = text(painter, place, name, ink, px=12)
    place.setLeft(min(x + used + ink.px(4), band.right()))
    color = ink.theme.text
    used += text(painter, place, words, ink, px=12, weight=600, color=color, align=LEFT)
    return x + used + ink.px(4)
