"""The colours of a funnel's groups, for its bars and its legend."""

from PySide6.QtGui import QColor

from phdesk.core.charts.spec import FunnelBody
from phdesk.views.charts.ink import Ink


def group_color(body: FunnelBody, index: int, ink: Ink) -> QColor:
    """Give a group's colour; the period before has that of its current one at half strength."""
    if index >= len(body.groups):
        return ink.color("preset-1")
    group = body.groups[index]
    color = ink.color(group.color)
    return ink.mixed(color, 0.5) if group.previous else color
