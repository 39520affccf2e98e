"""Watch a number of a tile: which one, when to tell, and how often that would have been."""

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.watching.figures import Figure
from phdesk.core.watching.suggestions import Suggestion
from phdesk.core.watching.words import watch_text
from phdesk.models.watch import Watch
from phdesk.services.watch_trials import Tried
from phdesk.views.dialogs import words
from phdesk.views.dialogs.form import Form
from phdesk.views.dialogs.watch_fields import ConditionFields, first_condition, for_figure
from phdesk.views.dialogs.watch_more import MoreFields
from phdesk.views.dialogs.watch_trial import TrialChart
from phdesk.views.theme import Theme, icon
from phdesk.views.widgets.flow import FlowLayout
from phdesk.views.widgets.quiet import Choice, QuietChoice
from phdesk.views.widgets.tooltips import plain_tip

WIDTH = 520  # px
REST = 150  # ms after a change, until the past is tried
SEVERITIES = (
    ("Information", "info", "info"),
    ("Warning", "warning", "triangle-alert"),
    ("Critical", "critical", "circle-alert"),
)
READING = "Reading the numbers of this tile…"
NONE = "This tile shows no number that can be watched yet."
FREE = "It is checked whenever phdesk has a new result anyway: it costs no query."
LONGEST_LABEL = 60  # letters


class WatchDialog(Form):
    """Makes a watch, or changes one; whoever opens it reads numbers and tries it on the past."""

    trial_needed = Signal(object)  # Watch: answer with `set_tried`
    chosen = Signal(object)  # Watch

    def __init__(
        self, theme: Theme, watch: Watch, title: str, parent: QWidget | None = None
    ) -> None:
        """Begin with a watch; one without a name of its number is new."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme, self._watch = theme, watch
        self._is_new = not watch.known_as
        self.setWindowTitle("Watch a number" if self._is_new else "Change the watch")
        self._figures: tuple[Figure, ...] = ()
        self._title = words.note(theme, title)
        self._state = words.plain(READING)
        self._number = QuietChoice()
        self._number.setAccessibleName("Which number")
        self._number.setMaxVisibleItems(14)
        self._fields = ConditionFields()
        self._severity = Choice()
        self._severity.setAccessibleName("Severity")
        self._sentence, self._past = words.plain(""), words.note(theme)
        self._chart = TrialChart(theme)
        self._more, self._shows_more = MoreFields(), QToolButton()
        self._common = FlowLayout(6)
        self._save = QPushButton("Watch it" if self._is_new else "Save")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._body = QWidget()
        self._suggestions: list[Suggestion] = []
        self._lay_out()
        self._connect()

    def set_numbers(
        self, figures: Sequence[Figure], suggestions: Sequence[Suggestion] = ()
    ) -> None:
        """List the tile's numbers with their values, and the common watches that fit."""
        self._figures = tuple(figures)
        if not figures:
            self._state.setText(NONE)
            return
        self._state.hide()
        self._body.show()
        self._number.clear()
        for figure in figures:
            self._number.addItem(_line(figure), figure.address)
        for suggestion in suggestions:
            self._offer(suggestion)
        self._begin()
        self._number.setFocus(Qt.FocusReason.OtherFocusReason)
        self._save.setEnabled(True)
        self.adjustSize()

    def set_tried(self, tried: Tried) -> None:
        """Show what the watch would have done; what was tried before the last change is old."""
        if tried.watch == self.watch:
            self._past.setText(tried.sentence)
            self._chart.set_trial(tried.trial, tried.sentence)

    @property
    def watch(self) -> Watch:
        """Give the watch as the fields say."""
        made = self._more.put(replace(self._watch, severity=self._severity.currentData()))
        figure = self._figure
        if figure is None:
            return made
        return replace(
            made,
            number=figure.address,
            known_as=figure.label,
            condition=self._fields.condition,
        )

    @property
    def _figure(self) -> Figure | None:
        place = self._number.currentIndex()
        return self._figures[place] if 0 <= place < len(self._figures) else None

    def _begin(self) -> None:
        """Show the watch that is to be changed, or begin with the first number."""
        wanted = [one.address for one in self._figures]
        if not self._is_new and self._watch.number in wanted:
            self._number.setCurrentIndex(wanted.index(self._watch.number))
        figure = self._figure
        if figure is not None:
            self._fields.set_figure(figure)
            begun = first_condition(figure) if self._is_new else self._watch.condition
            self._fields.set_condition(begun)
        self._severity.setCurrentIndex(self._severity.findData(self._watch.severity))
        self._more.set_watch(self._watch)
        self._on_changed()

    def _offer(self, suggestion: Suggestion) -> None:
        template = suggestion.template
        button = QPushButton(template.name)
        button.setAutoDefault(False)
        button.setToolTip(plain_tip(f"{template.sentence} {suggestion.figure.label}"))
        button.setAccessibleDescription(template.sentence)
        button.setProperty("suggestion", len(self._suggestions))
        button.clicked.connect(self._on_suggestion)
        self._suggestions.append(suggestion)
        self._common.addWidget(button)

    @Slot()
    def _on_suggestion(self) -> None:
        sender = self.sender()
        suggestion = self._suggestions[int(sender.property("suggestion"))]
        template, figure = suggestion.template, suggestion.figure
        self._number.setCurrentIndex([one.address for one in self._figures].index(figure.address))
        self._fields.set_figure(figure)
        self._fields.set_condition(template.condition)
        self._severity.setCurrentIndex(self._severity.findData(template.severity))
        self._more.set_watch(
            replace(
                self._watch,
                name=template.name,
                checks=template.checks,
                hysteresis=template.hysteresis,
            )
        )
        self._on_changed()

    @Slot()
    def _on_number(self) -> None:
        figure = self._figure
        if figure is not None:
            self._fields.set_figure(figure)
            self._fields.set_condition(for_figure(self._fields.condition, figure))
            self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        figure = self._figure
        if figure is not None:
            said = watch_text(self.watch, figure.label, figure.format, figure.interval)
            self._sentence.setText(said)
            self._rest.start()

    @Slot()
    def _ask(self) -> None:
        self.trial_needed.emit(self.watch)

    @Slot(bool)
    def _on_more(self, on: bool) -> None:  # noqa: FBT001  a signal's argument
        self._more.setVisible(on)
        self._shows_more.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        self.adjustSize()

    @Slot()
    def _on_save(self) -> None:
        if self._figure is not None:
            self.accept()
            self.chosen.emit(self.watch)

    def _connect(self) -> None:
        self._number.activated.connect(self._on_number)
        self._fields.changed.connect(self._on_changed)
        self._severity.activated.connect(self._on_changed)
        self._more.changed.connect(self._on_changed)
        self._shows_more.toggled.connect(self._on_more)
        self._rest.timeout.connect(self._ask)
        self._save.clicked.connect(self._on_save)

    def _lay_out(self) -> None:
        self._fill_body()
        self._body.hide()
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.reject)
        self._save.setProperty("primary", True)
        self._save.setDefault(True)
        self._save.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading(self.windowTitle(), self._theme))
        for part in (self._title, self._state, self._body):
            column.addWidget(part)
        column.addLayout(buttons)
        self.setFixedWidth(WIDTH)

    def _fill_body(self) -> None:
        for text, value, sign in SEVERITIES:
            self._severity.addItem(icon(sign, self._theme.muted), text, value)
        self._dress_more()
        self._sentence.setFont(self._theme.font(13, 600))
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addLayout(self._common)
        for text, field, buddy in (
            ("&Number", self._number, self._number),
            ("&Tell when it", self._fields, self._fields.first),
            ("&Severity", self._severity, self._severity),
        ):
            inner.addWidget(words.caption(text, buddy, self._theme))
            inner.addWidget(field)
        inner.addWidget(self._shows_more)
        inner.addWidget(self._more)
        inner.addSpacing(4)
        for part in (self._sentence, self._chart, self._past, words.note(self._theme, FREE)):
            inner.addWidget(part)

    def _dress_more(self) -> None:
        self._shows_more.setText("More")
        self._shows_more.setCheckable(True)
        self._shows_more.setArrowType(Qt.ArrowType.RightArrow)
        self._shows_more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._shows_more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._more.hide()


def _line(figure: Figure) -> str:
    """Name a number with its value."""
    label = figure.label
    if len(label) > LONGEST_LABEL:
        label = f"{label[:LONGEST_LABEL]}…"
    return f"{label}  –  {figure.text(figure.current())}"
