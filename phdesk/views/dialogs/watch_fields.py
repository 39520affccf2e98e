"""The fields of a watch's condition: one choice in words, and what belongs to it."""

from collections.abc import Sequence
from typing import Literal

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.watching.figures import Figure
from phdesk.models.watch import Anomaly, Baseline, Bound, Change, Condition, Side
from phdesk.views.widgets.quiet import Choice, QuietDecimal

KINDS = (  # what a person chooses, the page of fields, the side
    ("is above", "bound", "above"),
    ("is below", "bound", "below"),
    ("rises by", "change", "above"),
    ("falls by", "change", "below"),
    ("is above a multiple of its average", "baseline", "above"),
    ("is below a share of its average", "baseline", "below"),
    ("is unusual", "anomaly", "either"),
)
PAGES = ("bound", "change", "baseline", "anomaly")
AVERAGES = (("7-day average", 7), ("30-day average", 30), ("daily average", 0))
SIDES = (("high or low", "either"), ("high", "above"), ("low", "below"))
SENSITIVITIES = (("low", "low"), ("normal", "normal"), ("high", "high"))
LARGEST = 1e15
DECIMALS = 4


class NumberField(QuietDecimal):
    """A number of any size, without zeros at its end."""

    def __init__(self, name: str, least: float = -LARGEST) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setDecimals(DECIMALS)
        self.setRange(least, LARGEST)
        self.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        self.setMinimumWidth(120)

    def textFromValue(self, value: float) -> str:
        """Write the number as short as it is."""
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text


class ConditionFields(QWidget):
    """What a number is to be, as plain fields."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = _choice("When to tell", [(text, place) for place, (text, *_) in _kinds()])
        self._limit = NumberField("Limit")
        self._figure: Figure | None = None
        self._limit_text, self._by_text = QLabel(), QLabel()  # as the tile writes it
        for part in (self._limit_text, self._by_text):
            part.setTextFormat(Qt.TextFormat.PlainText)
        self._by = NumberField("By how much", 10**-DECIMALS)
        self._unit = _choice("Unit", [("%", "percent"), ("in its own unit", "number")])
        self._against = _choice("Against what", [])
        self._factor = NumberField("How many times its average", 10**-DECIMALS)
        self._days = _choice("Which average", AVERAGES)
        self._side = _choice("High or low", SIDES)
        self._sensitivity = _choice("Sensitivity", SENSITIVITIES)
        self._pages = QStackedWidget()
        self._lay_out()
        self._kind.activated.connect(self._on_kind)
        for number in (self._limit, self._by, self._factor):
            number.valueChanged.connect(self._write)
            number.valueChanged.connect(self.changed)
        self._unit.activated.connect(self._write)
        for choice in (self._unit, self._against, self._days, self._side, self._sensitivity):
            choice.activated.connect(self.changed)

    @property
    def first(self) -> QComboBox:
        """Give the field that comes first."""
        return self._kind

    @property
    def condition(self) -> Condition:
        """Give what the fields say."""
        _, page, side = KINDS[int(self._kind.currentData())]
        if page == "anomaly":
            return Anomaly(
                side=self._side.currentData(), sensitivity=self._sensitivity.currentData()
            )
        sided: Side = "above" if side == "above" else "below"
        if page == "bound":
            return Bound(sided, self._limit.value())
        if page == "change":
            return Change(
                side=sided,
                by=self._by.value(),
                unit=self._unit.currentData(),
                against=self._against.currentData(),
            )
        return Baseline(side=sided, factor=self._factor.value(), days=int(self._days.currentData()))

    def set_condition(self, condition: Condition) -> None:
        """Show a condition."""
        match condition:
            case Bound(side=side, value=value):
                self._show("bound", side)
                self._limit.setValue(value)
            case Change():
                self._show("change", condition.side)
                self._by.setValue(condition.by)
                _select(self._unit, condition.unit)
                _select(self._against, condition.against)
            case Baseline(side=side, factor=factor, days=days):
                self._show("baseline", side)
                self._factor.setValue(factor)
                if self._days.findData(days) < 0:  # of the file
                    self._days.addItem(f"{days}-day average", days)
                _select(self._days, days)
            case Anomaly(side=side, sensitivity=sensitivity):
                self._show("anomaly", "either")
                _select(self._side, side)
                _select(self._sensitivity, sensitivity)

    def set_figure(self, figure: Figure) -> None:
        """Speak of this number: its unit, its buckets."""
        kept = self._against.currentData()
        step = figure.interval or "result"
        self._against.clear()
        for text, value in (
            (f"against the {step} before", "bucket"),
            ("against the period before", "period"),
        ):
            self._against.addItem(text, value)
        _select(self._against, kept or "bucket")
        before, after = ends_of(figure)
        self._limit.setPrefix(before)
        self._limit.setSuffix(after)
        self._figure = figure
        self._write()

    @Slot()
    def _write(self) -> None:
        """Say beside a field what its number is as the tile writes it, where that differs."""
        is_own = self._unit.currentData() == "number"
        for field, label, fits in (
            (self._limit, self._limit_text, True),
            (self._by, self._by_text, is_own),
        ):
            text = self._figure.text(field.value()) if self._figure is not None and fits else ""
            plain = f"{field.prefix()}{field.cleanText()}{field.suffix()}"
            words = f"= {text}" if text and bare(text) != bare(plain) else ""
            label.setText(words)
            field.setAccessibleDescription(words.removeprefix("= "))

    def _show(self, page: str, side: Side | Literal["either"]) -> None:
        for place, (_, one, its_side) in _kinds():
            if (one, its_side) == (page, side):
                self._kind.setCurrentIndex(place)
        self._pages.setCurrentIndex(PAGES.index(page))

    @Slot()
    def _on_kind(self) -> None:
        _, page, side = KINDS[int(self._kind.currentData())]
        was = self._pages.currentIndex()
        self._pages.setCurrentIndex(PAGES.index(page))
        if page == "baseline":  # half of it from below, twice from above
            above, factor = side == "above", self._factor.value()
            if was != self._pages.currentIndex() or above != (factor > 1):
                self._factor.setValue(2 if above else 0.5)
        if page == "change" and was != self._pages.currentIndex():
            self._by.setValue(20)
        self.changed.emit()

    def _lay_out(self) -> None:
        self._by.setValue(20)
        self._factor.setValue(2)
        _select(self._sensitivity, "normal")
        pages: tuple[Sequence[QWidget], ...] = (
            (self._limit, self._limit_text),
            (self._by, self._by_text, self._unit, self._against),
            (self._factor, QLabel("times its"), self._days),
            (self._side, QLabel("at"), self._sensitivity, QLabel("sensitivity")),
        )
        for parts in pages:
            page = QWidget()
            row = QHBoxLayout(page)
            row.setContentsMargins(0, 0, 0, 0)
            for part in parts:
                row.addWidget(part)
            row.addStretch(1)
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._kind)
        column.addWidget(self._pages)


def first_condition(figure: Figure) -> Condition:
    """Give a condition to begin with: for days and hours their average, else what it is now."""
    if figure.interval in ("day", "hour"):
        return Baseline(side="below", factor=0.5, days=7)
    return Bound("above", figure.current() or 0.0)


def ends_of(figure: Figure) -> tuple[str, str]:
    """Give what stands before and after a number in its unit."""
    how = figure.format
    after = " %" if how.style == "percentage" else ""
    return how.prefix, f"{after}{how.postfix}"


def bare(text: str) -> str:
    """Leave out what only groups digits."""
    return text.replace(",", "").replace(" ", "").replace("\u00a0", "")


def for_figure(condition: Condition, figure: Figure) -> Condition:
    """Take a condition over to another number: a limit is that number's own."""
    if isinstance(condition, Bound):
        return replace(condition, value=figure.current() or 0.0)
    return condition


def _kinds() -> list[tuple[int, tuple[str, str, str]]]:
    return list(enumerate(KINDS))


def _choice(name: str, entries: Sequence[tuple[str, object]]) -> QComboBox:
    choice = Choice()
    choice.setAccessibleName(name)
    for text, data in entries:
        choice.addItem(text, data)
    return choice


def _select(choice: QComboBox, data: object) -> None:
    choice.setCurrentIndex(max(choice.findData(data), 0))
