import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from phdesk.core.ages import oldest_age
from phdesk.core.charts.spec import NoticeBody, XYBody
from phdesk.models.account import Project
from phdesk.models.failure import Cause, Failure
from phdesk.store import changes, tiles
from phdesk.store.coming import with_frame, with_kept
from phdesk.store.freshness import oldest
from phdesk.store.state import Progress
from phdesk.store.store import Store
from phdesk.store.tiles import without_result
from phdesk.views import theme as look
from phdesk.views.dashboard.age_label import MORE, AgeLabel
from phdesk.views.dashboard.presenting import READING
from phdesk.views.dashboard.reading import Reading
from phdesk.views.dashboard.screen import NOTHING, DashboardScreen
from phdesk.views.widgets.banner import Banner
from phdesk.views.widgets.chips import Chips
from phdesk.views.widgets.empty import EmptyPage
from phdesk.views.widgets.progress import ProgressLine
from tests.noting import delivered
from tests.store.builders import NOON, TROUBLE, at, board, text, tile
from tests.views.dashboard.showing import (
    counted,
    exposed,
    grid_of,
    has_color,
    pending,
    shown_board,
    trend,
)

UNREACHED = Failure(cause=Cause.NETWORK, message="phdesk cannot reach eu.posthog.com.")


class Shown:
    """A screen that follows a store, as the window does."""

    def __init__(self, qtbot, *held, **more):
        self.store = Store()
        self.now = NOON
        self.store.apply(changes.with_dashboard, board(*held, **more), now=NOON, asked=1)
        self.store.announce()
        self.screen = exposed(qtbot, DashboardScreen(look.light()), 1200, 700)
        self.screen.show_dashboard(self.board, Project(id=7), None, self.now)
        self.store.changed.connect(self.follow)

    @property
    def board(self):
        return self.store.state.dashboards[9]

    def follow(self, what):
        self.screen.update_dashboard(self.board, self.store.state.offline, what, self.now)

    def apply(self, change, *arguments, **more):
        self.store.apply(change, *arguments, **more)
        self.store.announce()

    def part(self, kind):
        found = [one for one in self.screen.findChildren(kind) if type(one) is kind]
        assert len(found) == 1
        return found[0]

    def button(self, word):
        return next(one for one in self.screen.findChildren(QPushButton) if word in one.text())

    @property
    def age(self):
        return self.part(AgeLabel).words

    def tone_is(self, token):
        image = self.part(AgeLabel).grab().toImage()
        return image.pixelColor(10, image.height() // 2) == look.light().color(token)

    def tile(self, tile_id):
        return self.screen.grid.tiles[tile_id]


@pytest.fixture
def three(qtbot):
    held = grid_of(3)
    return Shown(qtbot, *held)


def age_words(minutes):
    return f"{at(-minutes).astimezone():%H:%M} · {minutes} min"


def test_the_age_is_that_of_the_oldest_tile(three):
    assert three.age == f"Oldest tile {age_words(3)} ago"
    assert three.tone_is("good")
    assert [three.tile(one).card_state.age for one in (1, 2, 3)] == [
        age_words(one) for one in (1, 2, 3)
    ]


def test_ages_grow_with_the_clock(three):
    three.screen.set_now(at(10))
    assert three.age.endswith("13 min ago")
    assert three.tile(1).card_state.age.endswith("11 min")


def test_text_cards_have_no_age(qtbot):
    shown = Shown(qtbot, text(1), tile(2, trend(-5)))
    assert shown.tile(1).card_state.age == ""
    assert shown.age.endswith("5 min ago")


def test_nothing_calculated_is_said(qtbot):
    assert Shown(qtbot, tile(1, pending())).age == "Nothing calculated yet"


def test_what_is_still_read_from_disk_is_not_called_never_calculated(qtbot):
    kept = grid_of(3)
    shown = Shown(qtbot, tile(9, trend(-1)))
    frame = board(*(replace(one, insight=without_result(one.insight)) for one in kept))
    shown.store.apply(changes.without_dashboard, 9)
    shown.apply(with_frame, frame, now=NOON, coming={1, 2, 3})
    assert [shown.screen.views[one].title for one in (1, 2, 3)] == [
        one.insight.name for one in kept
    ]
    assert {shown.screen.views[one].body.headline for one in (1, 2, 3)} == {READING}
    assert [shown.tile(one).card_state.age for one in (1, 2, 3)] == ["", "", ""]
    for one in kept[:2]:
        shown.apply(with_kept, (9, one.id), one.insight, now=NOON)
    assert isinstance(shown.screen.views[1].body, XYBody)
    assert shown.age == READING, "the oldest may be among those to come"
    assert not shown.tone_is("good")
    shown.apply(with_kept, (9, 3), kept[2].insight, now=NOON)
    assert shown.age == f"Oldest tile {age_words(3)} ago"
    assert shown.tone_is("good")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            lambda shown: shown.apply(tiles.with_tile_failure, (9, 2), TROUBLE, now=NOON, asked=2),
            id="a tile failed",
        ),
        pytest.param(
            lambda shown: shown.apply(
                changes.with_dashboard_failure, 9, TROUBLE, now=NOON, asked=2
            ),
            id="the dashboard failed",
        ),
        pytest.param(lambda shown: shown.apply(changes.with_offline, UNREACHED), id="offline"),
    ],
)
def test_the_age_warns_and_gets_no_younger(three, change):
    before = three.age
    change(three)
    assert three.tone_is("warn")
    assert three.age == before
    assert three.tile(2).card_state.age == age_words(2)


def test_a_refresh_counts_and_draws_a_line(three, qtbot):
    line, accent = three.part(ProgressLine), look.light().accent
    assert not has_color(line.grab().toImage(), accent)
    three.apply(changes.with_progress, 9, Progress(4, 12))
    assert three.age == "Refreshed 4 of 12"
    assert three.tone_is("accent")
    image = line.grab().toImage()
    assert image.pixelColor(line.width() // 3 - 2, 0) == accent
    assert image.pixelColor(line.width() // 3 + 2, 0) != accent
    three.apply(changes.with_progress, 9, None)
    assert three.age.startswith("Oldest tile")
    assert not has_color(line.grab().toImage(), accent)


def test_a_refresh_that_waits_for_the_limits_says_until_when(three):
    three.apply(changes.with_progress, 9, Progress(4, 12, until=at(34.5)))
    assert three.age == f"Refreshed 4 of 12 · goes on at {at(35).astimezone():%H:%M}"


def test_what_posthog_does_not_calculate_yet_is_said_on_the_button(qtbot):
    early = trend(-5, next_allowed_client_refresh=at(9.2))
    shown = Shown(qtbot, tile(1, early), tile(2, trend(-50), x=6))
    words = f"PostHog calculates 1 tile anew only from {at(10).astimezone():%H:%M} on"
    assert words in shown.button("Refresh").toolTip()
    assert shown.button("Refresh").accessibleDescription() == words
    assert shown.tile(1).card_state.refresh_from == f"from {at(10).astimezone():%H:%M} on"
    shown.screen.set_now(at(10))
    assert "anew" not in shown.button("Refresh").toolTip()
    assert shown.tile(1).card_state.refresh_from == ""


def test_a_refresh_moves_nothing(three, qtbot):
    before = [one.geometry() for one in three.screen.grid.tiles.values()]
    top = three.screen.grid.geometry()
    three.apply(changes.with_progress, 9, Progress(0, 3))
    three.apply(tiles.refresh_started, 9, [1, 2, 3])
    delivered(qtbot)
    assert [one.geometry() for one in three.screen.grid.tiles.values()] == before
    assert three.screen.grid.geometry() == top


def test_no_second_refresh_is_offered_while_one_runs(three):
    three.screen.grid.focus_tile(1)
    three.apply(changes.with_progress, 9, Progress(0, 3))
    assert not three.button("Refresh").isEnabled()
    three.apply(changes.with_progress, 9, None)
    assert three.button("Refresh").isEnabled()


def test_the_refresh_button_keeps_the_keyboard_while_its_refresh_runs(three, qtbot):
    button = three.button("Refresh")
    button.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(three.screen.refresh_requested) as wish:
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert wish.args == [False]
    three.apply(changes.with_progress, 9, Progress(0, 3))
    assert QApplication.focusWidget() is button, "else the next key presses another button"
    three.apply(changes.with_progress, 9, None)
    assert QApplication.focusWidget() is button


def test_a_changed_tile_repaints_itself_only(three, qtbot, monkeypatch):
    qtbot.waitUntil(lambda: not any(t.needs_picture for t in three.screen.grid.tiles.values()))
    with counted(monkeypatch) as drawn:
        fresh = trend(1, 7, 8, 9, name="Tile 2")
        three.apply(tiles.with_tile_result, (9, 2), fresh, now=at(1), asked=2)
        three.screen.repaint()
        for shown in three.screen.grid.tiles.values():
            shown.grab()
    assert drawn == ["Tile 2"]
    assert three.screen.views[2].table.texts[0][-1] == "9"


def test_a_failed_tile_keeps_its_chart_and_says_so(three):
    before = three.screen.views[2].body
    three.apply(tiles.with_tile_failure, (9, 2), TROUBLE, now=NOON, asked=2)
    view = three.tile(2).view
    assert view.body == before
    assert isinstance(view.body, XYBody)
    assert view.warning == (
        "The newest refresh failed, this is the result before it. The server had an error."
    )
    assert three.tile(2).card_state.stale == "The server had an error."
    assert three.tile(1).view.warning == ""


def test_a_good_result_takes_the_warning_away(three):
    three.apply(tiles.with_tile_failure, (9, 2), TROUBLE, now=NOON, asked=2)
    three.apply(tiles.with_tile_result, (9, 2), trend(0, name="Tile 2"), now=NOON, asked=3)
    assert three.tile(2).view.warning == ""
    assert three.tile(2).card_state.stale == ""
    assert three.tone_is("good")


def test_a_failed_tile_without_data_says_what_failed(qtbot):
    shown = Shown(qtbot, tile(1, pending()))
    shown.apply(tiles.with_tile_failure, (9, 1), TROUBLE, now=NOON, asked=2)
    body = shown.tile(1).view.body
    assert isinstance(body, NoticeBody)
    assert (body.state, body.headline) == ("error", "The server had an error.")
    assert shown.tile(1).card_state.age == ""
    assert "The server had an error." in shown.tile(1).accessibleDescription()


def test_a_failed_dashboard_shows_a_banner_and_keeps_its_tiles(three, qtbot):
    banner = three.part(Banner)
    before = dict(three.screen.views)
    assert not banner.isVisible()
    three.apply(changes.with_dashboard_failure, 9, TROUBLE, now=NOON, asked=2)
    assert banner.isVisible()
    age = oldest_age(oldest(three.board), NOON)
    assert banner.text == f"The server had an error. You see what was kept. {age}."
    assert three.screen.views == before
    retry = banner.findChild(QPushButton)
    with qtbot.waitSignal(three.screen.refresh_requested) as wish:
        qtbot.mouseClick(retry, Qt.MouseButton.LeftButton)
    assert wish.args == [False]
    three.apply(changes.with_dashboard, three.board.dashboard, now=NOON, asked=3)
    assert not banner.isVisible()


def test_a_banner_without_kept_data_promises_none(qtbot):
    shown = Shown(qtbot, tile(1, pending()))
    shown.apply(changes.with_dashboard_failure, 9, TROUBLE, now=NOON, asked=2)
    assert shown.part(Banner).text == "The server had an error."


def test_offline_is_told_and_over_when_it_is_over(three):
    three.apply(changes.with_offline, UNREACHED)
    assert three.part(Banner).text.startswith("phdesk cannot reach eu.posthog.com.")
    three.apply(changes.with_online)
    assert not three.part(Banner).isVisible()
    assert three.tone_is("good")


def test_stale_tiles_say_why(qtbot):
    past = at(-1)
    shown = Shown(qtbot, tile(1, replace(trend(-30), cache_target_age=past)))
    assert shown.tile(1).card_state.stale == "PostHog would calculate it anew by now"
    shown.apply(changes.with_offline, UNREACHED)
    assert shown.tile(1).card_state.stale == "phdesk is offline"


def test_the_header_names_the_dashboard(qtbot):
    shown = Shown(qtbot, *grid_of(1), name="<b>Weekly</b>")
    texts = {label.text(): label for label in shown.screen.findChildren(QLabel)}
    assert texts["<b>Weekly</b>"].textFormat() is Qt.TextFormat.PlainText
    assert not shown.part(Chips).isVisible()


def test_new_tags_and_tiles_of_the_server_come_at_once(three):
    new = board(*grid_of(2), name="Monthly")
    new = replace(new, row=replace(new.row, tags=("kpi",), description="What counts"))
    three.apply(changes.with_dashboard, new, now=NOON, asked=2)
    assert sorted(three.screen.views) == [1, 2]
    assert sorted(three.screen.grid.tiles) == [1, 2]
    assert three.part(Chips).accessibleName() == "Tags: kpi"
    assert {"Monthly", "What counts"} <= {
        label.text() for label in three.screen.findChildren(QLabel) if label.isVisible()
    }


def test_the_dashboard_itself_is_opened_in_the_browser(three, qtbot):
    with qtbot.waitSignal(three.screen.browser_requested) as wish:
        qtbot.mouseClick(three.button("Open in PostHog"), Qt.MouseButton.LeftButton)
    assert wish.args == [0]


def test_a_theme_reaches_all_parts(three):
    before = three.screen.grab().toImage()
    three.screen.set_theme(look.dark())
    after = three.screen.grab().toImage()
    assert has_color(after.copy(0, 60, 300, 300), look.dark().surface)
    assert before != after


def test_sixty_tiles_cost_no_object_when_they_are_refreshed_often(qtbot):
    shown = Shown(qtbot, *grid_of(60))
    tree = shown.screen.findChildren(QObject)
    for turn in range(10):
        shown.apply(tiles.refresh_started, 9, range(1, 61))
        shown.apply(changes.with_progress, 9, Progress(turn % 60, 60))
        fresh = trend(turn + 1, turn, turn, turn, name="Tile 2")
        shown.apply(tiles.with_tile_result, (9, 2), fresh, now=NOON, asked=turn + 2)
        shown.apply(tiles.refresh_finished, 9, range(1, 61))
        shown.apply(changes.with_progress, 9, None)
    assert len(shown.screen.findChildren(QObject)) == len(tree)
    assert shown.screen.views[2].table.texts[0][-1] == "9"


def test_a_narrow_header_keeps_the_age_and_says_the_rest_as_a_tip(three, qtbot):
    label = three.part(AgeLabel)
    wide = label.sizeHint().width()
    label.set_brief(brief=True)
    assert label.sizeHint().width() < wide
    assert label.toolTip().startswith(f"{three.age}\n")
    assert label.accessibleName() == three.age


def test_an_age_that_cannot_be_pressed_promises_nothing(three):
    label = three.part(AgeLabel)
    assert MORE in label.toolTip()
    label.setEnabled(False)
    assert label.toolTip() == label.words
    assert label.accessibleDescription() == ""
    label.setEnabled(True)
    assert MORE in label.toolTip()


ALONE = Reading(reads="alone", why="This is a snapshot.")


@pytest.mark.parametrize("reading", [None, ALONE], ids=["open", "read only"])
def test_a_dashboard_with_no_tile_says_so_and_how_to_begin_until_there_is_one(qtbot, reading):
    shown = Shown(qtbot, tile(1, trend(-5)))
    assert not shown.screen.grid.findChildren(EmptyPage)
    shown.screen.set_reading(reading)
    shown.screen.show_dashboard(shown_board().dashboards[9], Project(id=7), None, NOON)
    words = shown.part(EmptyPage)
    assert words.isVisible()
    assert words.headline == NOTHING
    said = [one.text() for one in words.findChildren(QLabel) if one.isVisible()]
    assert any("Add a text card…" in one for one in said) == (reading is None)
    shown.screen.show_dashboard(
        shown_board(tile(1, trend(-5))).dashboards[9], Project(id=7), None, NOON
    )
    assert not words.isVisible()
