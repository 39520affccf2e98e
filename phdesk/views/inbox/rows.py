"""The rows of the inbox: what happened, of which alert, its number, and when."""

from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from phdesk.core.ages import absolute, tile_age
from phdesk.core.formatting import number
from phdesk.core.noticing.cards import LASTING
from phdesk.models.notice import Kept, Notice, NoticeKind, NoticeSource
from phdesk.views.theme import Theme, draw_icon

HEIGHT = 58  # px
ROW = Qt.ItemDataRole.UserRole
SPARK = 96.0  # px wide
WORDS: dict[NoticeKind, tuple[str, str]] = {  # of what happened: a word, an icon
    "fired": ("Fires", "triangle-alert"),
    "reminded": ("Still fires", "triangle-alert"),
    "missing": ("No data", "circle-help"),
    "broken": ("Cannot be watched", "circle-alert"),
    "resolved": ("Back to normal", "check"),
    "back": ("Watched again", "check"),
    "unknown": ("Too little history", "circle-help"),
    "acknowledged": ("Acknowledged", "eye"),
    "snoozed": ("Snoozed", "clock"),
    "closed": ("Closed", "x"),
    "counted": ("Found", "eye"),
    "test": ("Test", "bell"),
}
SOURCES: dict[NoticeSource, str] = {"watch": "Watch", "posthog": "PostHog", "test": ""}


class Row(Struct, frozen=True, gc=False, kw_only=True):
    """A row in words; `tone` is a colour of the theme."""

    kept: Kept
    word: str
    icon: str
    tone: str
    title: str
    figures: str
    body: str
    where: str
    when: str
    is_known: bool  # acknowledged, or nothing to acknowledge any more
    is_past: bool  # something later is known of the same alert

    @property
    def spoken(self) -> str:
        """Say all of it to those who do not see it."""
        known = "acknowledged" if self.kept.acknowledged is not None else ""
        parts = (self.word, self.title, self.body or self.figures, self.where, self.when, known)
        return ". ".join(part.rstrip(".") for part in parts if part)


def row_of(kept: Kept, now: datetime, *, is_past: bool = False) -> Row:
    """Write a row; `is_past` is whether something later is known of its alert."""
    notice = kept.notice
    word, icon = WORDS[notice.kind]
    lasts = notice.kind in LASTING
    where = (notice.dashboard_name, notice.project_name, SOURCES[notice.source])
    return Row(
        kept=kept,
        word=word,
        icon=icon,
        tone=_tone(notice),
        title=notice.title,
        figures=_figures(notice),
        body=_body(notice, now),
        where=" · ".join(part for part in where if part),
        when=tile_age(notice.at, now),
        is_known=not lasts or is_past or kept.acknowledged is not None,
        is_past=is_past,
    )


class RowDelegate(QStyledItemDelegate):
    """Paints rows: unread ones bold, each state by icon and word."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Give all rows one height."""
        return QSize(200, HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint ground, icon and word, the sentence below, sparkline and time at the right."""
        row: Row = index.data(ROW)
        theme, rect = self._theme, QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent_bg)
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 6, 6)
            if state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(theme.accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(rect.adjusted(3, 3, -3, -3), 6, 6)
        tone = theme.muted if row.is_known and row.tone != "good" else theme.color(row.tone)
        draw_icon(painter, QRectF(rect.left() + 14, rect.top() + 12, 16, 16), row.icon, tone)
        inner = rect.adjusted(42, 8, -14, -8)
        right = self._paint_right(painter, inner, row)
        self._paint_words(painter, inner.adjusted(0, 0, -right, 0), row)
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRectF, row: Row) -> None:
        theme = self._theme
        upper = QRectF(room.left(), room.top(), room.width(), 20)
        painter.setFont(theme.font(13, 400 if row.is_known else 650))
        painter.setPen(theme.text)
        head = f"{row.word}: {row.title}"
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(head, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, shown)
        used = metrics.horizontalAdvance(shown) + 10
        painter.setFont(theme.font(12, figures=True))
        painter.setPen(theme.muted)
        if used + painter.fontMetrics().horizontalAdvance(row.figures) < room.width():
            beside = upper.adjusted(used, 0, 0, 0)
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, row.figures)
        painter.setFont(theme.font(12))
        below = " · ".join(part for part in (row.body, row.where) if part)
        shown = painter.fontMetrics().elidedText(
            below, Qt.TextElideMode.ElideRight, int(room.width())
        )
        lower = QRectF(room.left(), room.top() + 21, room.width(), 20)
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_right(self, painter: QPainter, room: QRectF, row: Row) -> float:
        """Paint time and sparkline; give the width that they take."""
        theme = self._theme
        painter.setFont(theme.font(12, figures=True))
        painter.setPen(theme.muted)
        time = QRectF(room.right() - 150, room.top(), 150, 20)
        ends = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(time, ends, row.when)
        known = [one for one in row.kept.notice.points if one is not None]
        if len(known) > 1 and room.width() > 420:
            box = QRectF(room.right() - 150 - SPARK - 12, room.top() + 6, SPARK, 30)
            _paint_spark(painter, box, known, theme)
            return 150 + SPARK + 24
        return 160


def _paint_spark(painter: QPainter, box: QRectF, values: list[float], theme: Theme) -> None:
    low, high = min(values), max(values)
    span, step = (high - low) or 1.0, box.width() / (len(values) - 1)
    points = [
        QPointF(box.left() + place * step, box.bottom() - box.height() * (value - low) / span)
        for place, value in enumerate(values)
    ]
    painter.setPen(QPen(theme.accent, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.accent)
    painter.drawEllipse(points[-1], 2.5, 2.5)


def _tone(notice: Notice) -> str:
    if notice.kind in ("resolved", "back"):
        return "good"
    if notice.kind not in LASTING:
        return "muted"
    return "bad" if notice.severity == "critical" else "warn"


def _body(notice: Notice, now: datetime) -> str:
    """Write the sentence; the end of a snooze by the clock of who reads it."""
    if notice.kind != "snoozed" or notice.until is None:
        return notice.body
    return f"Until {absolute(notice.until, now, None)}"


def _figures(notice: Notice) -> str:
    if notice.value is None or (notice.source == "watch" and notice.body):
        return ""  # the sentence has them, in the number's own unit
    value = notice.value_text or f"{number(notice.value)}{notice.unit}"
    if notice.threshold is None:
        return value
    limit = notice.threshold_text or f"{number(notice.threshold)}{notice.unit}"
    return f"{value}, limit {limit}"
