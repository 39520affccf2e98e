"""Which number to watch and when to tell: by keys alone, with a sentence that follows."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from phdesk.core.formatting import Format
from phdesk.core.watching.suggestions import TileNumbers, suggestions
from phdesk.models.watch import Anomaly, Baseline, Bound, Change
from phdesk.services.watch_trials import Trial, Tried
from phdesk.views import theme as look
from phdesk.views.dialogs.watch import WatchDialog
from phdesk.views.dialogs.watch_trial import TrialChart
from tests.core.watching.making import NOON, daily, single, watch
from tests.noting import noting
from tests.views.dashboard.showing import exposed
from tests.views.dialogs.focus import names_of_focusable

SIGNUPS = daily(10, 12, 8)
BIG = single(1204, name="Orders")
KEY = Qt.Key


def field(dialog, kind, name):
    return next(one for one in dialog.findChildren(kind) if one.accessibleName() == name)


def button(dialog, text):
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == text)


def says(dialog, words):
    texts = [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]
    return any(words in text for text in texts)


@pytest.fixture
def opened(qtbot):
    """Open dialogs over a window, which outlives them."""
    host = exposed(qtbot, QWidget(), 600, 600)

    def opened(begun, title="Weekly"):
        dialog = WatchDialog(look.light(), begun, title, host)
        dialog.open()
        qtbot.waitExposed(dialog)
        return dialog

    return opened


@pytest.fixture
def dialog(opened):
    made = opened(watch(known_as=""))
    made.set_numbers((SIGNUPS, BIG))
    return made


@pytest.fixture
def chosen(dialog):
    chosen = []
    dialog.chosen.connect(noting(chosen))
    return chosen


def keys(qtbot, *pressed):
    for key in pressed:
        qtbot.keyClick(QApplication.focusWidget(), key)


def test_a_watch_is_made_by_keys_alone(dialog, chosen, qtbot):
    assert QApplication.focusWidget().accessibleName() == "Which number"
    keys(qtbot, KEY.Key_Down, KEY.Key_Tab)  # the second number, then when to tell
    assert QApplication.focusWidget().accessibleName() == "When to tell"
    keys(qtbot, KEY.Key_Home, KEY.Key_Tab)
    assert QApplication.focusWidget().accessibleName() == "Limit"
    QApplication.focusWidget().selectAll()
    qtbot.keyClicks(QApplication.focusWidget(), "1500")
    keys(qtbot, KEY.Key_Return)
    (made,) = chosen
    assert (made.number, made.condition) == (BIG.address, Bound("above", 1500))
    assert made.known_as == "Orders"


def test_numbers_are_listed_with_their_values(dialog):
    numbers = field(dialog, QComboBox, "Which number")
    assert [numbers.itemText(row) for row in range(numbers.count())] == [
        "Signups per day  –  12",
        "Orders  –  1,204",
    ]


def test_each_kind_of_condition_says_what_it_means(dialog, qtbot):
    kind = field(dialog, QComboBox, "When to tell")
    kind.setFocus()
    keys(qtbot, KEY.Key_Home)
    said = []
    for _ in range(kind.count()):
        said.append(
            (
                dialog.watch.condition,
                next(
                    one.text()
                    for one in dialog.findChildren(QLabel)
                    if one.text().startswith("Tells")
                ),
            )
        )
        keys(qtbot, KEY.Key_Down)
    assert [words for _, words in said] == [
        "Tells when Signups per day is above 0.",
        "Tells when Signups per day is below 0.",
        "Tells when Signups per day rises by 20% or more against the day before.",
        "Tells when Signups per day falls by 20% or more against the day before.",
        "Tells when Signups per day is above twice its 7-day average.",
        "Tells when Signups per day is below half of its 7-day average.",
        "Tells when Signups per day is unusual, at normal sensitivity.",
    ]
    assert said[2][0] == Change(side="above", by=20)
    assert said[4][0] == Baseline(side="above", factor=2)
    assert said[6][0] == Anomaly()


def test_a_limit_begins_where_the_number_is_and_has_its_unit(dialog, qtbot):
    keys(qtbot, KEY.Key_Tab, KEY.Key_Home)
    keys(qtbot, KEY.Key_Backtab, KEY.Key_Down)
    assert dialog.watch.condition == Bound("above", 1204)


def test_the_past_is_tried_after_a_change_and_old_trials_are_dropped(dialog, qtbot):
    with qtbot.waitSignal(dialog.trial_needed) as asked:
        keys(qtbot, KEY.Key_Tab, KEY.Key_End)
    day = timedelta(days=1)
    trial = Trial(((NOON - day, 1.0), (NOON, 2.0)), (NOON,), None)
    dialog.set_tried(Tried(watch(), "Of something else."))
    assert not says(dialog, "Of something else")
    dialog.set_tried(Tried(asked.args[0], "Would have told once in the last 30 days.", trial))
    assert says(dialog, "Would have told once")
    chart = dialog.findChild(TrialChart)
    assert chart.trial == trial
    assert "told once" in chart.accessibleDescription()


def test_a_common_watch_fills_all_fields(opened, qtbot):
    dialog = opened(watch(known_as=""))
    found = suggestions([TileNumbers(3, "Signups", (SIGNUPS,))])
    dialog.set_numbers((BIG, SIGNUPS), found)
    qtbot.mouseClick(button(dialog, "Signup drop"), Qt.MouseButton.LeftButton)
    made = dialog.watch
    assert made.number == SIGNUPS.address
    assert made.condition == Baseline(side="below", factor=0.5, days=7)
    assert (made.name, made.severity, made.hysteresis) == ("Signup drop", "critical", 0.1)


def test_what_is_seldom_needed_is_under_more(dialog, chosen, qtbot):
    assert "Results in a row" not in names_of_focusable(dialog)
    more = dialog.findChild(QToolButton)
    more.setFocus()
    keys(qtbot, KEY.Key_Space)
    name = field(dialog, QLineEdit, "Name")
    name.setFocus()
    qtbot.keyClicks(name, "  Too few  ")
    keys(qtbot, KEY.Key_Tab, KEY.Key_Up, KEY.Key_Up)
    assert says(dialog, "in 3 results in a row")
    qtbot.mouseClick(button(dialog, "Watch it"), Qt.MouseButton.LeftButton)
    assert (chosen[0].name, chosen[0].checks) == ("Too few", 3)


def test_a_watch_that_is_changed_begins_as_it_is(opened):
    known = watch(
        Change(side="below", by=33, unit="number", against="period"),
        number=BIG.address, severity="critical", checks=4, hysteresis=0.2, name="Mine",
        remind_minutes=60, cooldown_minutes=30, unfinished=True,
    )  # fmt: skip
    dialog = opened(known)
    dialog.set_numbers((SIGNUPS, BIG))
    assert dialog.watch == replace(known, known_as="Orders")
    assert button(dialog, "Save").isEnabled()


def test_a_tile_without_numbers_says_so(opened):
    dialog = opened(watch(known_as=""), "Notes")
    assert says(dialog, "Reading the numbers")
    dialog.set_numbers(())
    assert says(dialog, "no number that can be watched")
    assert not button(dialog, "Watch it").isEnabled()


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (Format(style="currency", currency="EUR"), "= €1,204.00"),
        (Format(style="duration"), "= 20m 4s"),
        (Format(style="percentage"), ""),
        (Format(prefix="~", postfix=" req"), ""),
        (Format(), ""),
    ],
    ids=["money", "duration", "percent", "own ends", "plain"],
)
def test_a_limit_is_shown_as_its_tile_writes_numbers(opened, how, words):
    dialog = opened(watch(Bound("above", 5), known_as=""))
    dialog.set_numbers([replace(BIG, format=how)])
    fields = dialog._fields
    assert fields._limit_text.text() == words
    assert fields._limit.accessibleDescription() == words.removeprefix("= ")


def test_all_common_watches_are_seen_however_many_fit(opened, qtbot):
    dialog = opened(watch(Bound("above", 5), known_as=""))
    (one,) = suggestions([TileNumbers(3, "Signups", (SIGNUPS,))])[:1]
    names = ("Error spike", "Signups drop", "Conversion drop", "Revenue unusual", "Volume spike")
    many = [replace(one, template=replace(one.template, name=name)) for name in names]
    dialog.set_numbers([SIGNUPS], many)
    buttons = [button(dialog, name) for name in names]

    def tops():
        return {each.mapTo(dialog, each.rect().topLeft()).y() for each in buttons}

    qtbot.waitUntil(lambda: len(tops()) > 1)
    room = dialog.rect()
    for each in buttons:
        assert room.contains(each.rect().translated(each.mapTo(dialog, each.rect().topLeft())))
        assert each.width() >= each.sizeHint().width()
