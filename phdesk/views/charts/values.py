"""Writes the values of series beside their points, as far as they stand apart."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from phdesk.core import formatting
from phdesk.core.charts.spec import XYBody
from phdesk.views.charts import marks
from phdesk.views.charts.curves import Curve, format_of
from phdesk.views.charts.ink import CENTER, Ink, fill, readable_on, text
from phdesk.views.charts.plot import Plot

MOST = 400  # labels that are tried
PX, SMALL = 10, 9  # of labels, and of those in bars that are narrow
FAINT = 0.3  # strength of a bar that is still being counted, as `marks` paints it


class Value(Struct, frozen=True, gc=False):
    """A value with the place where it would stand."""

    words: str
    place: QRectF
    color: QColor
    curve: Curve
    at: int  # bucket
    back: QColor | None = None  # behind words over lines
    beside: bool = False  # beyond the end of a bar
    px: int = PX

    @property
    def size(self) -> float:
        """Give what decides which of two labels stays."""
        return abs(self.curve.highs[self.at] or 0.0)


def paint(
    painter: QPainter, rect: QRectF, plot: Plot, body: XYBody, ink: Ink, others: Sequence[QRectF]
) -> None:
    """Write what is asked for, as far as it stands apart."""
    for value in placed(rect, plot, body, ink, others):
        if value.back is not None:
            fill(painter, value.place.adjusted(-2, 1, 2, -1), value.back)
        text(painter, value.place, value.words, ink, px=value.px, color=value.color, align=CENTER)


def placed(
    rect: QRectF, plot: Plot, body: XYBody, ink: Ink, others: Sequence[QRectF]
) -> list[Value]:
    """Choose what is written: the largest first; what would touch another or a bar stays away."""
    if not (body.value_labels or body.all_values) or plot.area.height() < 3 * ink.line(PX):
        return []
    sides = (label for _, label in (*plot.left_labels, *plot.right_labels, *plot.end_labels))
    taken = [*others, *(label.rect for label in (*sides, *plot.x_labels))]
    made = []
    for value in sorted(_values(plot, body, ink), key=lambda one: -one.size):
        if not rect.contains(value.place) or any(value.place.intersects(one) for one in taken):
            continue
        if value.beside and _on_bar(value, plot, ink):
            continue
        taken.append(value.place.adjusted(-ink.px(3), 0, ink.px(3), 0))
        made.append(value)
    return made


def _on_bar(value: Value, plot: Plot, ink: Ink) -> bool:
    """Tell whether a label would lie on a bar that is not its own."""
    reach = int(value.place.width() // max(plot.band, 1.0)) + 1
    near = range(max(value.at - reach, 0), min(value.at + reach + 1, len(plot.xs)))
    return any(
        value.place.intersects(marks.bar_rect(plot, curve, i, ink))
        for curve in plot.curves
        if curve.series.mark == "bar"
        for i in near
        if not (curve is value.curve and i == value.at)
    )


def _values(plot: Plot, body: XYBody, ink: Ink) -> Iterator[Value]:
    left, px = MOST, _px(plot, body, ink)
    for curve in plot.curves if body.all_values else plot.curves[:1]:
        for i in range(len(plot.xs)):
            found = _value(plot, body, curve, i, px, ink) if px else None
            if found is not None:
                left -= 1
                yield found
            if left <= 0:
                return


def _px(plot: Plot, body: XYBody, ink: Ink) -> int:
    """Give the size in which all labels fit their bars; 0 for none: a few would look chosen."""
    if not _within(plot.curves[0] if plot.curves else None, plot, body):
        return PX
    wide = marks.bar_place(plot, plot.curves[0], ink)[1] - 1
    words = {_words(body, one, i) for one in plot.curves for i in range(len(plot.xs))}
    longest = sorted(words, key=len)[-12:]
    sizes = (px for px in (PX, SMALL) if all(ink.width(one, px) <= wide for one in longest))
    return next(sizes, 0)


def _within(curve: Curve | None, plot: Plot, body: XYBody) -> bool:
    """Tell whether a series' labels stand in its bars, which are piled up."""
    is_bar = curve is not None and curve.series.mark == "bar"
    return is_bar and (body.stacked or body.percent) and len(plot.curves) > 1


def _value(plot: Plot, body: XYBody, curve: Curve, i: int, px: int, ink: Ink) -> Value | None:
    words, high, axis = _words(body, curve, i), curve.highs[i], plot.axis_of(curve)
    if not words or high is None or not axis.shows(high):
        return None
    line, width, is_bar = ink.line(px), ink.width(words, px) + 0.5, curve.series.mark == "bar"
    offset, thick = marks.bar_place(plot, curve, ink) if is_bar else (0.0, 0.0)
    x = plot.xs[i] + offset + thick / 2 - width / 2
    y, floor = axis.y(high, plot.area), axis.y(curve.lows[i], plot.area)
    if _within(curve, plot, body):
        inside = abs(floor - y) >= line + 2
        place = QRectF(x, (y + floor - line) / 2, width, line)
        ground = readable_on(_ground(curve, i, ink))
        return Value(words, place, ground, curve, i, px=px) if inside else None
    edge = ink.px(4)  # at the ends labels stay inside
    x = max(min(x, plot.area.right() + edge - width), plot.area.left() - edge)
    top = min(y + 1, plot.area.bottom() - line) if high < 0 else y - line - (1 if is_bar else 3)
    if is_bar:
        place = QRectF(x, top, width, line)
        return Value(words, place, ink.theme.text, curve, i, beside=True)
    back = QColor(ink.theme.surface)
    back.setAlphaF(0.75)  # what lies behind still shows
    return Value(words, QRectF(x, top, width, line), ink.theme.muted, curve, i, back)


def _ground(curve: Curve, i: int, ink: Ink) -> QColor:
    """Give the colour behind words in a bar, which is faint while it is still being counted."""
    color, start = marks.color_of(curve, ink), curve.series.dashed_from
    is_faint = start is not None and i >= start and not curve.series.previous
    return ink.mixed(color, FAINT) if is_faint else color


def _words(body: XYBody, curve: Curve, i: int) -> str:
    """Give the label that came with the chart, for its only series, or the value itself."""
    if body.value_labels and not (body.all_values and curve.number):
        return body.value_labels[i] if i < len(body.value_labels) else ""
    values = curve.series.values
    value = values[i] if i < len(values) else None
    if value is None or not body.all_values:
        return ""
    if curve.series.texts:
        return curve.series.texts[i]
    return formatting.number(value, format_of(body, curve.series))
