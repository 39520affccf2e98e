"""The bars of a funnel's groups and their colours, for its steps and its legend."""

from PySide6.QtGui import QColor

from phdesk.core.charts.spec import FunnelBar, FunnelBody, FunnelStep
from phdesk.views.charts.ink import Ink


def bars_of(body: FunnelBody, step: FunnelStep, ink: Ink) -> list[tuple[FunnelBar, QColor]]:
    """Give the bars of a step that are shown, with their colours."""
    count = max(len(body.groups), 1)
    return [
        (bar, group_color(body, i, ink))
        for i, bar in enumerate(step.bars[:count])
        if i >= len(body.groups) or not body.groups[i].hidden
    ]


def shown_count(body: FunnelBody) -> int:
    """Count the groups that have a bar in each step; at least one, so as to divide by it."""
    return max(sum(not group.hidden for group in body.groups), 1)


def group_color(body: FunnelBody, index: int, ink: Ink) -> QColor:
    """Give a group's colour; the period before has that of its current one at half strength."""
    if index >= len(body.groups):
        return ink.color("preset-1")
    group = body.groups[index]
    color = ink.color(group.color)
    return ink.mixed(color, 0.5) if group.previous else color
