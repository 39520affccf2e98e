"""The bar below the title: what it says, what gives way in narrow windows, keys and names."""

import pytest
from msgspec import Raw
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget

from phdesk.core.filters import Filter, Override, Property, Variable
from phdesk.models.account import Project
from phdesk.store.changes import with_dashboard
from phdesk.store.overrides import with_override
from phdesk.store.state import EMPTY
from phdesk.views import theme as look
from phdesk.views.dashboard.bar_words import BarWords, bar_words
from phdesk.views.dashboard.filter_bar import FilterBar
from phdesk.views.theme.style import stylesheet
from tests.noting import noting
from tests.store.builders import NOON, answer, board, tile
from tests.views.dashboard.showing import exposed

LEFT = Qt.MouseButton.LeftButton
SQL = Raw(
    b'{"kind":"DataVisualizationNode","source":{"kind":"HogQLQuery","query":"select 1",'
    b'"variables":{"v1":{"code_name":"service","variableId":"v1","value":"all"}}}}'
)
FULL = BarWords(
    dates="Last 7 days",
    interval="by day",
    conditions=("Browser is Chrome", "plan is pro"),
    nested="2 nested conditions",
    breakdown="by OS",
    tests="Leave out test accounts",
    variables=(("v1", "service: web"),),
    temporary=True,
)


def state_of(filters, override=None, *tiles):
    sent = replace(board(*tiles), filters=Raw(filters))
    state, _ = with_dashboard(EMPTY, sent, now=NOON, asked=1)
    if override is not None:
        state, _ = with_override(state, 9, override)
    return state.dashboards[9]


@pytest.fixture
def bar(qtbot):
    made = FilterBar(look.light())
    made.setStyleSheet(stylesheet(look.light()))
    return exposed(qtbot, made, 1400, 40)


@pytest.fixture
def heard(bar):
    said = []
    bar.requested.connect(noting(said))
    return said


def visible(bar, kind=QWidget):
    return [one for one in bar.findChildren(kind) if one.isVisible()]


def names(bar):
    return [
        one.accessibleName() for kind in (QPushButton, QToolButton) for one in visible(bar, kind)
    ]


def named(bar, name):
    return next(one for one in bar.findChildren(QWidget) if one.accessibleName() == name)


def test_a_dashboard_says_its_own_filters():
    said = bar_words(state_of(b'{"date_from":"-30d","interval":"week"}'), Project(id=7), NOON)
    assert said == BarWords(dates="Last 30 days", interval="by week")
    assert said.is_plain


def test_temporary_filters_are_said_in_the_place_of_the_saved():
    override = Override(
        filters=Filter(
            date_from="2026-11-01",
            date_to="2026-11-15",
            properties=(Property(key="$browser", value=["Chrome"]),),
            breakdown={"breakdown": "$os"},
            test_accounts=True,
        ),
        variables=(Variable(id="v1", code_name="service", value="web"),),
    )
    sql = tile(1, answer(0, query=bytes(SQL)))
    said = bar_words(state_of(b'{"date_from":"-30d"}', override, sql), Project(id=7), NOON)
    assert said == BarWords(
        dates="1–15 Nov 2026",
        interval="Interval",
        conditions=("Browser is Chrome",),
        breakdown="by OS",
        tests="Leave out test accounts",
        variables=(("v1", "service: web"),),
        temporary=True,
    )


def test_days_are_counted_where_the_project_is():
    late = NOON.replace(hour=23, minute=30)
    saved = state_of(b'{"date_from":"2026-11-20"}')
    assert bar_words(saved, Project(id=7, timezone="UTC"), late).dates == "Last 3 days"
    assert bar_words(saved, Project(id=7, timezone="Asia/Tokyo"), late).dates == "Last 4 days"


def test_four_buttons_say_a_plain_dashboard(bar):
    bar.set_words(BarWords(dates="Last 30 days", interval="Interval"))
    assert names(bar) == [
        "Dates: Last 30 days",
        "Interval: each tile's own",
        "Add a filter",
        "More filters and saved views",
    ]


def test_all_that_holds_is_on_the_bar_in_order_with_a_way_to_remove_it(bar):
    bar.set_words(FULL)
    assert names(bar) == [
        "Dates: Last 7 days",
        "Interval: by day",
        "Add a filter",
        "Filter: Browser is Chrome",
        "Filter: plan is pro",
        "Filter: 2 nested conditions",
        "Filter: by OS",
        "Filter: Leave out test accounts",
        "SQL variable service: web",
        "Reset to the dashboard's own filters",
        "More filters and saved views",
        *(
            f"Remove the filter: {said}"
            for said in (*FULL.conditions, FULL.nested, FULL.breakdown, FULL.tests)
        ),
        "Temporary filters: name them, or save them for everyone",
    ]
    chips = [named(bar, f"Filter: {said}") for said in FULL.conditions]
    xs = [chip.mapTo(bar, chip.rect().topLeft()).x() for chip in chips]
    assert xs == sorted(xs)


def test_every_target_is_large_enough(bar):
    bar.set_words(FULL)
    for kind in (QPushButton, QToolButton):
        for one in visible(bar, kind):
            assert min(one.width(), one.height()) >= 24, one.accessibleName()


@pytest.mark.parametrize(
    ("name", "wish"),
    [
        ("Dates: Last 7 days", ("choose", "dates")),
        ("Interval: by day", ("choose", "interval")),
        ("Add a filter", ("choose", "new")),
        ("More filters and saved views", ("choose", "more")),
        ("Filter: plan is pro", ("choose", "condition 1")),
        ("Remove the filter: plan is pro", ("drop", "condition 1")),
        ("Remove the filter: by OS", ("drop", "breakdown")),
        ("Remove the filter: 2 nested conditions", ("drop", "nested")),
        ("SQL variable service: web", ("choose", "variable v1")),
        ("Reset to the dashboard's own filters", ("reset", "")),
        ("Temporary filters: name them, or save them for everyone", ("choose", "temporary")),
    ],
)
def test_a_press_is_a_wish(bar, heard, qtbot, name, wish):
    bar.set_words(FULL)
    qtbot.mouseClick(named(bar, name), LEFT)
    assert heard == [wish]


def test_all_of_it_by_keyboard_from_left_to_right(bar, heard, qtbot):
    bar.set_words(FULL)
    named(bar, "Dates: Last 7 days").setFocus()
    seen = []
    for _ in range(8):
        seen.append(QApplication.focusWidget().accessibleName())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert seen[:4] == [
        "Dates: Last 7 days",
        "Interval: by day",
        "Filter: Browser is Chrome",
        "Remove the filter: Browser is Chrome",
    ]
    named(bar, "Filter: plan is pro").setFocus()
    qtbot.keyClick(named(bar, "Filter: plan is pro"), Qt.Key.Key_Delete)
    qtbot.keyClick(named(bar, "Filter: plan is pro"), Qt.Key.Key_Space)
    assert heard == [("drop", "condition 1"), ("choose", "condition 1")]


def test_narrow_windows_give_way_step_by_step_and_lose_nothing(bar):
    bar.set_words(replace(FULL, nested="", tests="", breakdown=""))
    widths = []
    for width in (1400, 900, 700, 520, 404):  # the least that the smallest window leaves
        bar.resize(width, 40)
        assert bar.row.sizeHint().width() <= width
        widths.append(len(names(bar)))
        assert "Reset to the dashboard's own filters" in names(bar)
        assert "Dates: Last 7 days" in names(bar)
        assert "Add a filter" in names(bar)
    assert widths == sorted(widths, reverse=True)
    assert "3 filters" in names(bar)
    assert named(bar, "Dates: Last 7 days").toolTip() == "Last 7 days · Date range (D)"
    bar.resize(1400, 40)
    assert "Filter: plan is pro" in names(bar)
    assert "3 filters" not in names(bar)


def test_what_holds_no_more_leaves_the_bar_and_the_keyboard_stays_in_it(bar, qtbot):
    bar.set_words(FULL)
    named(bar, "Reset to the dashboard's own filters").setFocus()
    bar.set_words(BarWords(dates="Last 30 days", interval="Interval"))
    assert len(names(bar)) == 4
    assert QApplication.focusWidget() is named(bar, "Dates: Last 30 days")


def test_long_words_are_cut_and_kept_whole_in_the_tooltip(bar):
    long = f"Current URL contains {'very' * 40} long"
    bar.set_words(replace(FULL, conditions=(long,)))
    chip = named(bar, f"Filter: {long}")
    assert "…" in chip.text()
    assert chip.toolTip() == long


def test_the_bar_follows_the_theme(bar):
    bar.set_words(FULL)
    light = bar.grab().toImage()
    bar.set_theme(look.dark())
    assert bar.grab().toImage() != light


def test_tab_goes_over_the_bar_in_the_order_in_which_it_is_seen(bar, qtbot):
    bar.set_words(BarWords(dates="Last 7 days", interval="by day", temporary=True))
    bar.set_words(FULL)
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    bar.anchor("dates").setFocus()
    passed = [QApplication.focusWidget()]
    for _ in range(30):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is passed[0]:
            break
        passed.append(QApplication.focusWidget())
    places = [one.mapTo(bar, one.rect().topLeft()).x() for one in passed]
    assert places == sorted(places)
    assert {one.accessibleName() for one in passed} >= {
        "Filter: plan is pro",
        "Remove the filter: plan is pro",
        "Reset to the dashboard's own filters",
    }
    assert bar.last is passed[-1]
