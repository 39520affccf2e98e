"""Tiles glide to where they belong; one clock moves them all."""

from collections.abc import Mapping

from PySide6.QtCore import QEasingCurve, QObject, QRect, QVariantAnimation, Slot
from PySide6.QtWidgets import QWidget

DURATION = 150  # ms


class Glide(QObject):
    """Moves widgets of one parent; what is out of sight, or told so, is moved at once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ways: dict[QWidget, tuple[QRect, QRect]] = {}
        self._clock = QVariantAnimation(self)
        self._clock.setDuration(DURATION)
        self._clock.setStartValue(0.0)
        self._clock.setEndValue(1.0)
        self._clock.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._clock.valueChanged.connect(self._on_tick)
        self._clock.finished.connect(self._ways.clear)

    @property
    def moving(self) -> bool:
        """Tell whether anything is on its way."""
        return bool(self._ways)

    def to(self, places: Mapping[QWidget, QRect], seen: QRect, *, smooth: bool) -> None:
        """Bring widgets to their places; `seen` is the part of the parent that is on screen."""
        ways = {}
        for widget, end in places.items():
            now = widget.geometry()
            if now == end:
                continue
            if smooth and (now.intersects(seen) or end.intersects(seen)):
                ways[widget] = (now, end)
            else:
                widget.setGeometry(end)
        ends = {widget: end for widget, (_, end) in ways.items()}
        if ends == {widget: end for widget, (_, end) in self._ways.items()}:
            return  # on their way already
        self._ways = ways
        self._clock.stop()
        if ways:
            self._clock.start()

    def forget(self, widget: QWidget) -> None:
        """Leave a widget where it is."""
        self._ways.pop(widget, None)

    @Slot(object)
    def _on_tick(self, share: float) -> None:
        for widget, (start, end) in list(self._ways.items()):
            widget.setGeometry(_between(start, end, share))
        if share >= 1:
            self._ways = {}


def _between(start: QRect, end: QRect, share: float) -> QRect:
    if share >= 1:
        return end
    return QRect(
        round(start.x() + (end.x() - start.x()) * share),
        round(start.y() + (end.y() - start.y()) * share),
        round(start.width() + (end.width() - start.width()) * share),
        round(start.height() + (end.height() - start.height()) * share),
    )
