"""How series look wherever they are drawn or named: colours and dash patterns."""

from PySide6.QtGui import QColor

from phdesk.views.charts.curves import Curve
from phdesk.views.charts.ink import Ink

Pattern = tuple[float, ...]  # px on and off, by turns
PREVIOUS: Pattern = (6.0, 4.0)
HALF, OVER_AREAS = 0.5, 0.75  # strength of the previous period
HUES = 8  # series that colour alone tells apart
DASHES: tuple[Pattern | None, ...] = (None, (10.0, 3.0), (1.5, 3.5), (10.0, 3.0, 1.5, 3.0))


def color_of(curve: Curve, ink: Ink) -> QColor:
    """Give a series' colour; the previous period's is weaker, less so over filled areas."""
    color = ink.color(curve.series.color)
    if not curve.series.previous:
        return color
    return ink.mixed(color, OVER_AREAS if curve.series.mark == "area" else HALF)


def pattern_of(curve: Curve) -> Pattern | None:
    """Give a line's dash pattern: none for the first 8 series, so that hue is never alone."""
    if curve.series.previous:
        return PREVIOUS
    return DASHES[curve.number // HUES % len(DASHES)]
