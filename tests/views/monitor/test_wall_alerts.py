"""Alerts on a wall: a word in its head, and the screen once for each time that one fires."""

from datetime import UTC, timedelta
from types import SimpleNamespace

import pytest
from msgspec import Raw
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal

from phdesk.models.alert import Alert
from phdesk.models.wall import Hours, Item, Look
from phdesk.models.watch import Address, Bound, Watch, WatchState
from phdesk.store.alerts import with_alerts
from phdesk.views.charts import ink as inks
from phdesk.views.monitor.frame import watched
from tests.store.builders import NOON, tile
from tests.views.dashboard.showing import trend
from tests.views.monitor.hall import items
from tests.views.monitor.test_wall_looks import SCREENS

MONEY = Raw(
    b'{"kind": "InsightVizNode", "source": {"kind": "TrendsQuery", "trendsFilter": '
    b'{"aggregationAxisFormat": "currency"}}}'
)


def alert(number=1, event=0, **more):
    plain = {
        "id": f"alert-{number}",
        "name": f"Signups low {number}",
        "state": "Firing",
        "lower": 100.0,
        "value": 84.0,
        "insight_id": number,
        "last_notified_at": NOON + timedelta(minutes=event),
        "last_checked_at": NOON + timedelta(minutes=event),
    }
    return Alert(**{**plain, **more})


def say(hall, *alerts):
    """Have PostHog tell of its alerts, now."""
    hall.store.apply(with_alerts, alerts, now=hall.time)
    hall.store.announce()
    hall.look()
    hall.look()


def tile_of(number, **more):
    return tile(number, replace(trend(-5, name=f"Tile {number}"), id=number, **more))


@pytest.fixture
def wall(hall):
    """A wall of two dashboards with a tile each, ten seconds each, where alerts take over."""
    hall.sign_in()
    hall.know(1, tiles=[tile_of(1), tile_of(3)])
    hall.know(2, tiles=[tile_of(2)])
    hall.show(*items(1, 2), alerts="take over", alert_dwell=60.0)
    return hall


def shown(hall):
    """Say which tiles are on show, and the alert above them."""
    alarm = hall.conductor.showing.alarm
    return hall.conductor.sheet.tile_ids, alarm.name if alarm is not None else ""


def test_an_alert_has_the_screen_alone_and_then_the_rotation_goes_on_where_it_was(wall):
    wall.pass_(4)
    say(wall, alert(2))
    assert shown(wall) == ([2], "Signups low 2")
    assert wall.window.heading.following == "Next: Weekly"
    wall.pass_(59)
    assert shown(wall) == ([2], "Signups low 2")
    assert wall.window.heading.share == pytest.approx(59 / 60)
    wall.pass_(1)
    assert (wall.title, shown(wall)) == ("Weekly", ([1, 3], ""))
    assert wall.window.heading.share == pytest.approx(0.4)
    wall.pass_(6)
    assert (wall.title, shown(wall)) == ("Growth", ([2], ""))


def test_it_is_drawn_before_it_is_shown(wall):
    say(wall, alert(2))
    assert wall.conductor.sheet._band.name == "Signups low 2"
    assert wall.conductor.sheet._drawn.keys() == {2}


def test_the_same_event_never_has_the_screen_twice(wall):
    say(wall, alert(2))
    wall.pass_(60)
    say(wall, alert(2))
    wall.pass_(120)
    assert shown(wall)[1] == ""
    say(wall, alert(2, event=3))
    assert shown(wall)[1] == "Signups low 2"


def test_several_take_turns(wall):
    say(wall, alert(3, event=-9), alert(2, event=-5))
    seen = [shown(wall)[1]]
    for _ in range(2):
        wall.pass_(60)
        wall.look()
        seen.append(shown(wall)[1])
    assert seen == ["Signups low 3", "Signups low 2", ""]


def test_one_that_is_well_gives_the_screen_back(wall):
    say(wall, alert(2))
    say(wall, alert(2, state="Not firing", last_checked_at=NOON + timedelta(minutes=1)))
    assert (wall.title, shown(wall)[1]) == ("Weekly", "")
    assert wall.window.heading.alerts == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_N, Qt.Key.Key_Left, Qt.Key.Key_P])
def test_a_key_gives_the_screen_back(wall, key):
    say(wall, alert(2))
    wall.qtbot.keyClick(wall.window, key)
    wall.settle()
    assert (wall.title, shown(wall)[1]) == ("Weekly", "")


def test_space_keeps_it_on_show(wall):
    say(wall, alert(2))
    wall.qtbot.keyClick(wall.window, Qt.Key.Key_Space)
    wall.pass_(600)
    assert shown(wall)[1] == "Signups low 2"
    wall.qtbot.keyClick(wall.window, Qt.Key.Key_Space)
    wall.look()
    assert shown(wall)[1] == ""


def test_nothing_takes_the_screen_from_a_page_that_a_person_holds(wall):
    wall.qtbot.keyClick(wall.window, Qt.Key.Key_Space)
    say(wall, alert(2))
    assert shown(wall)[1] == ""
    assert wall.window.heading.alerts == "1 alert"
    wall.qtbot.keyClick(wall.window, Qt.Key.Key_Space)
    wall.look()
    assert shown(wall)[1] == "Signups low 2"


@pytest.mark.parametrize(("alerts", "words"), [("badge", "1 alert"), ("off", "")])
def test_without_being_asked_a_word_in_the_head_is_all(hall, alerts, words):
    hall.sign_in()
    hall.know(1, tiles=[tile_of(1)])
    hall.show(*items(1), alerts=alerts)
    say(hall, alert(1))
    assert shown(hall)[1] == ""
    assert hall.window.heading.alerts == words


def test_nobody_learns_of_alerts_from_a_list_of_long_ago(wall):
    wall.store.apply(with_alerts, [alert(2)], now=NOON - timedelta(minutes=16))
    wall.look()
    wall.look()
    assert (shown(wall)[1], wall.window.heading.alerts) == ("", "")


def test_a_list_that_gets_old_tells_of_nothing_any_more(wall):
    say(wall, alert(2))
    wall.pass_(60)
    wall.pass_(15 * 60)
    assert wall.window.heading.alerts == ""


def test_a_number_of_long_ago_does_not_take_the_screen(hall):
    hall.sign_in()
    hall.know(1, tiles=[tile_of(1)])
    old = replace(trend(-999, name="Old"), id=1)
    hall.know(2, tiles=[tile(2, replace(old, id=2))])
    hall.show(*items(1, 2), alerts="take over")
    say(hall, alert(2))
    assert (shown(hall)[1], hall.window.heading.alerts) == ("", "1 alert")


def test_a_tile_under_dates_of_the_wall_does_not_take_the_screen(hall):
    hall.sign_in()
    hall.know(1, 2)
    hall.show(Item(dashboard=1), Item(dashboard=2, range="last 7 days"), alerts="take over")
    say(hall, alert(1))
    assert shown(hall) == ([1], "Signups low 1")


def test_an_item_outside_its_hours_sounds_no_alarm(hall):
    hall.sign_in()
    hall.know(1, tiles=[tile_of(1)])
    hall.know(2, tiles=[tile_of(2)])
    night = (Hours(start=0, end=60),)
    hall.show(Item(dashboard=1), Item(dashboard=2, hours=night), alerts="take over")
    say(hall, alert(2))
    assert shown(hall)[1] == ""


def test_an_alert_that_has_the_screen_ends_with_the_hours_of_all_items(hall):
    hall.conductor.set_zone(UTC)
    hall.sign_in()
    hall.know(1, tiles=[tile_of(1)])
    noon = 12 * 60
    hall.show(Item(dashboard=1, hours=(Hours(start=noon, end=noon + 2),)), alerts="take over")
    hall.pass_(100)
    say(hall, alert(1))
    assert shown(hall)[1] == "Signups low 1"
    hall.pass_(20)
    assert hall.title == ""
    assert hall.window._saying.nothing()[0] == "Nothing is scheduled until tomorrow 12:00."
    hall.pass_(24 * 3600 - 120)
    assert (hall.title, shown(hall)[1]) == ("Weekly", ""), "it had the screen"


def test_a_wall_that_is_off_shows_it_afterwards(wall):
    wall.window.set_off(True)
    say(wall, alert(2))
    assert shown(wall)[1] == ""
    wall.window.set_off(False)
    wall.look()
    assert shown(wall)[1] == "Signups low 2"


def test_in_safe_mode_nothing_takes_the_screen(wall):
    wall.conductor.takeover.barred = True
    say(wall, alert(2))
    assert (shown(wall)[1], wall.window.heading.alerts) == ("", "1 alert")


def test_what_had_the_screen_is_known_after_a_restart(wall):
    say(wall, alert(2))
    had = wall.window.beat().alerts
    wall.pass_(60)
    wall.conductor.takeover.set_had(had)
    say(wall, alert(2))
    assert shown(wall)[1] == ""


def test_its_beat_names_the_page_to_go_back_to(wall):
    wall.pass_(10)
    say(wall, alert(1))
    beat = wall.window.beat()
    assert (beat.item, beat.page) == ("dashboard 2", 0)
    assert (beat.alert, beat.firing) == ("Signups low 1", 1)


def test_another_size_keeps_the_alert_and_its_time(wall):
    say(wall, alert(2))
    wall.pass_(30)
    wall.window.resize(720, 1280)
    wall.settle()
    assert shown(wall) == ([2], "Signups low 2")
    assert wall.conductor.sheet.size == wall.conductor.renderer.stage.size
    wall.pass_(30)
    assert shown(wall)[1] == ""


def test_a_tile_that_is_removed_takes_its_alert_with_it(wall):
    say(wall, alert(2))
    wall.know(2, tiles=[tile_of(9)])
    wall.look()
    wall.look()
    assert (wall.title, shown(wall)[1]) == ("Weekly", "")


def test_where_amounts_are_hidden_nothing_of_the_alert_says_them(hall):
    hall.sign_in()
    hall.know(1, tiles=[tile_of(1, query=MONEY)])
    look = Look(motion=False, blur=("amounts",))
    hall.show(*items(1), alerts="take over", look=look)
    say(hall, alert(1, name="MRR under $5,000"))
    band = hall.conductor.sheet._band
    assert (band.name, band.value) == ("Tile 1", "")
    assert "5,000" not in band.said
    assert hall.window.beat().alert == "Tile 1"
    assert "100" not in band.said


def test_the_value_is_written_as_its_tile_writes_numbers(hall):
    hall.sign_in()
    hall.know(1, tiles=[tile_of(1, query=MONEY)])
    hall.show(*items(1), alerts="take over")
    say(hall, alert(1))
    band = hall.conductor.sheet._band
    assert (band.value, band.rule) == ("$84.00", "Below $100.00")


class Standing(QObject):
    """Says of every watch that it stands so."""

    changed = Signal()

    def __init__(self, state):
        super().__init__()
        self.state_of = lambda _watch: state


def room_of(watch, state):
    return SimpleNamespace(list=SimpleNamespace(watches=(watch,)), watches=Standing(state))


WATCH = Watch(
    id="w1",
    account="a",
    project=7,
    dashboard=2,
    tile=2,
    number=Address(measure="value", of="signed_up"),
    condition=Bound("below", 100),
    name="Few signups",
    severity="critical",
)
STATE = WatchState(
    watch="w1",
    phase="firing",
    since=NOON - timedelta(hours=1),
    judged_at=NOON - timedelta(minutes=5),
    value_text="84",
    text="Signups fell to 84, under 100",
)


@pytest.mark.parametrize(
    ("state", "watch", "name"),
    [
        (STATE, WATCH, "Few signups"),
        (replace(STATE, phase="missing"), WATCH, ""),
        (replace(STATE, acknowledged=True), WATCH, ""),
        (replace(STATE, judged_at=NOON - timedelta(hours=3)), WATCH, ""),
        (STATE, replace(WATCH, snoozed_until=NOON + timedelta(hours=1)), ""),
        (STATE, replace(WATCH, enabled=False), ""),
        (STATE, replace(WATCH, dashboard=77), ""),
        (STATE, replace(WATCH, account="b"), ""),
    ],
    ids=["fires", "missing", "known", "old", "snoozed", "off", "elsewhere", "another account"],
)
def test_a_watch_of_ones_own_has_the_screen_while_it_fires(wall, state, watch, name):
    wall.alarms.use(room_of(watch, state))
    wall.look()
    wall.look()
    assert shown(wall)[1] == name
    if name:
        band = wall.conductor.sheet._band
        assert (band.value, band.rule) == ("84", "Signups fell to 84, under 100")


def marked(hall, watch=WATCH, state=STATE, **more):
    """Hang up a wall of one dashboard with two tiles, on one of which a watch fires."""
    hall.sign_in()
    money = {"query": MONEY} if more.get("look") else {}
    hall.know(2, tiles=[tile_of(2, **money), tile_of(3)])
    hall.show(Item(dashboard=2, range=more.pop("range", "")), **more)
    hall.alarms.use(room_of(watch, state))
    hall.look()
    hall.pass_(60)
    return hall.conductor.sheet._drawn


@pytest.mark.parametrize("alerts", ["badge", "off"])
def test_a_tile_says_which_watch_fires_on_it_and_draws_its_limit(hall, alerts):
    drawn = marked(hall, alerts=alerts)
    assert drawn[3].notes.watches == ()
    shown = watched(drawn[2].view, drawn[2].notes)
    assert shown.alert == "Watch: Few signups"
    assert [line.value for line in shown.body.goal_lines] == [100]
    assert "Watch: Few signups." in hall.window.accessibleDescription()
    before = hall.window.grab().toImage()
    hall.alarms.use(room_of(WATCH, replace(STATE, phase="ok")))
    hall.conductor.look_again()
    hall.settle()
    assert drawn[2].notes.watches == ()
    assert hall.window.grab().toImage() != before


def test_a_tile_that_hides_its_numbers_says_no_limit_of_a_watch(hall):
    drawn = marked(hall, look=Look(motion=False, blur=("amounts",)))
    shown = watched(drawn[2].view, drawn[2].notes)
    assert (shown.alert, shown.body.goal_lines) == ("A watch fires", ())
    assert "A watch fires." in hall.window.accessibleDescription()


def test_a_tile_under_dates_of_the_wall_says_nothing_of_watches(hall):
    drawn = marked(hall, range="last 7 days")
    assert all(one.notes.watches == () for one in drawn.values())


def test_a_screen_reader_is_told_of_the_alert_before_its_tile(wall):
    say(wall, alert(2))
    assert wall.window.accessibleDescription().startswith("Alert: Signups low 2. 84. Below 100.")
    wall.pass_(60)
    assert "Alert" not in wall.window.accessibleDescription()


@pytest.mark.parametrize(("size", "label", "figure"), SCREENS.values(), ids=SCREENS)
def test_an_alert_can_be_read_from_three_metres(wall, monkeypatch, size, label, figure):
    written, put = {}, inks.put
    monkeypatch.setattr(
        inks, "put", lambda *told: (written.update({told[2]: told[3].pixelSize()}), put(*told))[1]
    )
    wall.window.resize(*size)
    wall.settle()
    say(wall, alert(2, name="Share of failed API requests too high"))
    wall.window.grab()
    assert shown(wall)[0] == [2]
    assert written["84"] >= figure
    assert min(written.values()) >= label, written
    said = " ".join(written)
    for words in ("1 alert", "Share of failed", "too high", "Below 100", "Firing since", "As of"):
        assert words in said, words
