import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QSpinBox

from phdesk.core.budget_words import Class, Report
from phdesk.core.pacing import Wishes
from phdesk.views import theme as look
from phdesk.views.dialogs.freshness import CLOCK, PEOPLE, Freshness, FreshnessPopover
from phdesk.views.widgets.meter import Meter

LEFT = Qt.MouseButton.LeftButton
USED = Report(
    host="h",
    project=7,
    classes=(
        Class(name="insights", limit=800, interactive=400, background=80, background_limit=160),
        Class(name="other", limit=3200, interactive=12),
    ),
    dashboards=((9, 470), (0, 10)),
)


@pytest.fixture
def popover(qtbot):
    made = FreshnessPopover(look.light())
    qtbot.addWidget(made)
    made.set_freshness(Freshness(age="Oldest tile 14:05", next="Next at 14:35", wishes=Wishes()))
    made.show()
    return made


def said(popover):
    shown = [one for one in popover.findChildren(QLabel) if one.isVisible()]
    return "\n".join(one.text().replace("\xa0", " ") for one in shown)


def percent(popover, word):
    return next(one for one in popover.findChildren(QSpinBox) if word in one.accessibleName())


def box(popover, word):
    return next(one for one in popover.findChildren(QCheckBox) if word in one.text())


def test_what_was_spent_is_said_and_drawn_to_scale(popover):
    popover.set_budget(USED, {9: "Growth"})
    assert "480 of 800 calculations in the last hour" in said(popover)
    assert "Growth 470 · Single insights 10" in said(popover)
    assert "12 other calls, of 3,200" in said(popover)
    assert "80 by itself, of 160" in said(popover)
    meter = popover.findChild(Meter)
    image, row = meter.grab().toImage(), meter.height() // 2
    theme = look.light()
    for share, token in ((0.25, PEOPLE), (0.49, PEOPLE), (0.55, CLOCK), (0.59, CLOCK)):
        assert image.pixelColor(round(meter.width() * share), row) == theme.color(token), share
    assert image.pixelColor(round(meter.width() * 0.62), row) == theme.line
    assert meter.accessibleName() == "480 of 800 calculations in the last hour"


def test_nobody_signed_in_has_no_budget(popover):
    popover.set_budget(None, {})
    assert "Nobody is signed in" in said(popover)
    assert "by itself, of" not in said(popover)


def test_a_wait_and_a_crowd_are_told(popover):
    busy = Class(name="insights", limit=800, interactive=760, wait=300, background_limit=160)
    popover.set_budget(Report(host="h", project=7, classes=(busy,), places=1), {})
    assert "the next in 5 min" in said(popover)
    assert "one calculation at a time" in said(popover)


def test_a_choice_is_a_wish_and_settings_of_the_file_are_shown(popover, qtbot):
    every = popover.findChild(QComboBox)
    assert every.currentText() == "Every 30 minutes"
    with qtbot.waitSignal(popover.wishes_changed) as wish:
        qtbot.mouseClick(box(popover, "battery"), LEFT, pos=QPoint(10, 10))
    assert wish.args == [Wishes(on_battery=False)]
    with qtbot.waitSignal(popover.wishes_changed) as wish:
        qtbot.keyClick(every, Qt.Key.Key_End)
    assert wish.args == [Wishes(minutes=0, on_battery=False)]
    popover.set_freshness(Freshness(age="", next="", wishes=Wishes(minutes=45)))
    assert every.currentText() == "Every 45 minutes"
    popover.set_freshness(Freshness(age="", next="", wishes=Wishes(minutes=0)))
    assert not box(popover, "metered").isEnabled()


def test_the_share_of_what_happens_by_itself_is_a_wish(popover, qtbot):
    heard, field = [], percent(popover, "budget")
    popover.share_changed.connect(heard.append)
    popover.set_share(20)
    assert (field.text(), heard) == ("20 %", [])
    qtbot.keyClick(field, Qt.Key.Key_Up)
    field.selectAll()
    qtbot.keyClicks(field, "999")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert heard[0] == 25
    assert all(0 <= percent <= 100 for percent in heard)
    popover.set_share(170)  # as the file says
    assert field.value() == 100


def test_the_least_fall_that_is_marked_is_a_wish(popover, qtbot):
    heard, field = [], percent(popover, "marked")
    popover.drop_changed.connect(heard.append)
    popover.set_drop(20)
    assert (field.text(), heard) == ("20 %", [])
    assert "whose number fell this far" in said(popover)
    field.selectAll()
    qtbot.keyClicks(field, "0")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    field.selectAll()
    qtbot.keyClicks(field, "7")
    assert all(1 <= percent <= 99 for percent in heard), "a half typed number is none"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert heard[-1] == 7
