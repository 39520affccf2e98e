import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.wall.monitors import Monitor, Seating, seated

LEFT = Monitor(name="HDMI-1", model="LG TV", serial="A1", rect=(0, 0, 1920, 1080))
RIGHT = Monitor(name="DP-2", model="LG TV", serial="B2", rect=(1920, 0, 1920, 1080))
PANEL = Monitor(name="eDP-1", model="Panel", rect=(0, 1080, 1366, 768))
STAND_IN = Monitor(name=":0.0", rect=(0, 0, 1920, 1080))


def where(seating):
    """Say on which monitor each wall's seat is; None while it is away."""
    return {one.key: one.monitor if one.present else None for one in seating.seats}


def after(walls, *states):
    seating = Seating()
    for monitors in states:
        seating = seated(walls, monitors, seating)
    return seating


CASES = {
    "by name": (["DP-2", "HDMI-1"], [LEFT, RIGHT], {"DP-2": "DP-2", "HDMI-1": "HDMI-1"}),
    "in any case": (["hdmi-1"], [LEFT, RIGHT], {"hdmi-1": "HDMI-1"}),
    "by the kernel's name": (["HDMI-A-1"], [LEFT, RIGHT], {"HDMI-A-1": "HDMI-1"}),
    "by Windows' name": (
        ["DISPLAY1"],
        [Monitor(name=r"\\.\DISPLAY1", rect=(0, 0, 1, 1)), LEFT],
        {"DISPLAY1": r"\\.\DISPLAY1"},
    ),
    "by serial": (["b2"], [LEFT, RIGHT], {"b2": "DP-2"}),
    "by model, from the left": (["LG TV"], [RIGHT, LEFT], {"LG TV": "HDMI-1"}),
    "by number, from the left": (["1", "2"], [RIGHT, LEFT], {"1": "HDMI-1", "2": "DP-2"}),
    "a name goes before a number": (["1", "HDMI-1"], [LEFT, PANEL], {"HDMI-1": "HDMI-1"}),
    "all": ([""], [LEFT, RIGHT], {"HDMI-1": "HDMI-1", "DP-2": "DP-2"}),
    "the others": (["2", ""], [PANEL, RIGHT], {"2": "DP-2", "eDP-1": "eDP-1"}),
    "a single wall of an unknown name": (["HDMI-7"], [LEFT], {"HDMI-7": "HDMI-1"}),
    "one unknown name of two": (["HDMI-7", "DP-2"], [RIGHT], {"DP-2": "DP-2"}),
    "an unknown name, and two to choose from": (["HDMI-7"], [LEFT, RIGHT], {}),
    "no monitor": ([""], [], {}),
    "all switched off": ([""], [STAND_IN], {}),
    "all switched off, on Wayland": (["1"], [Monitor(name="x")], {}),
    "a mirror": (["", ], [LEFT, Monitor(name="VGA-1", rect=LEFT.rect)], {"HDMI-1": "HDMI-1"}),
    "no such number": (["0", "4", "²"], [LEFT], {}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_wall_finds_its_monitor(case):
    walls, monitors, expected = case
    assert where(after(walls, monitors)) == expected


NAMED = [["HDMI-1", "DP-2"], ["1", "2"], ["A1", "B2"], [""], ["LG TV", ""]]


@pytest.mark.parametrize("walls", NAMED)
def test_a_wall_waits_for_its_monitor_and_takes_no_other(walls):
    both = after(walls, [LEFT, RIGHT])
    gone = seated(walls, [RIGHT], both)
    keys = {key: monitor for key, monitor in where(both).items() if monitor == "HDMI-1"}
    assert len(keys) == 1
    assert where(gone) == {**where(both), **dict.fromkeys(keys)}
    assert where(seated(walls, [], gone)) == dict.fromkeys(where(both))
    assert seated(walls, [LEFT, RIGHT], seated(walls, [], gone)).seats == both.seats


def test_a_number_stays_a_monitors_own_while_it_is_away():
    seating = after(["1", "2"], [LEFT, RIGHT], [RIGHT])
    assert where(seating) == {"1": None, "2": "DP-2"}


def test_a_panel_at_another_socket_keeps_its_number_by_its_serial():
    elsewhere = Monitor(name="HDMI-3", model="LG TV", serial="A1", rect=LEFT.rect)
    assert where(after(["1", "2"], [LEFT, RIGHT], [RIGHT, elsewhere])) == {
        "1": "HDMI-3",
        "2": "DP-2",
    }


def test_a_wall_on_the_only_monitor_moves_to_its_own_when_that_comes_and_waits_for_it_then():
    states = [[PANEL], [PANEL, RIGHT], [PANEL, LEFT], [PANEL]]
    shown = [where(after(["HDMI-1"], *states[: n + 1])) for n in range(4)]
    assert shown == [
        {"HDMI-1": "eDP-1"},
        {"HDMI-1": "eDP-1"},
        {"HDMI-1": "HDMI-1"},
        {"HDMI-1": None},
    ]


def test_a_wall_by_model_does_not_take_the_other_of_two_alike():
    assert where(after(["LG TV", ""], [LEFT, RIGHT], [RIGHT])) == {"LG TV": None, "DP-2": "DP-2"}


def test_a_monitor_that_gets_a_wall_of_its_own_keeps_the_key_of_what_it_shows():
    before = after([""], [LEFT, RIGHT])
    assert where(seated(["HDMI-1", ""], [LEFT, RIGHT], before)) == where(before)


WORDS = {
    "away": (
        ["HDMI-1", "DP-2"],
        [[LEFT, RIGHT], [RIGHT]],
        "The monitor HDMI-1 is away; its wall waits for it.",
    ),
    "unknown": (
        ["HDMI-7"],
        [[LEFT, RIGHT]],
        "No monitor is called HDMI-7; its wall waits (there are HDMI-1 and DP-2).",
    ),
    "stands in": (
        ["HDMI-7"],
        [[LEFT]],
        "No monitor is called HDMI-7; its wall is shown on HDMI-1, the only one.",
    ),
    "none": ([""], [[]], "No monitor is connected or switched on; the walls wait for one."),
}


@pytest.mark.parametrize("case", WORDS.values(), ids=WORDS)
def test_what_is_wrong_is_said(case):
    walls, states, sentence = case
    assert after(walls, *states).problems == (sentence,)


def test_nothing_is_said_while_all_are_there():
    assert after(["HDMI-1", "2"], [LEFT, RIGHT]).problems == ()


ALL = [LEFT, RIGHT, PANEL, STAND_IN, Monitor(name="VGA-1", rect=LEFT.rect)]
states = st.lists(st.lists(st.sampled_from(ALL), unique=True), min_size=1, max_size=8)
walls = st.lists(
    st.sampled_from(["", "1", "2", "3", "HDMI-1", "DP-2", "A1", "LG TV", "VGA-9"]), unique=True
)


@given(walls, states)
def test_no_wall_is_seated_twice_and_none_where_nothing_is(walls, states):
    seating = Seating()
    for monitors in states:
        seating = seated(walls, monitors, seating)
        shown = [one.monitor for one in seating.seats if one.present]
        assert len(set(shown)) == len(shown)
        assert set(shown) <= {one.name for one in monitors} - {STAND_IN.name}
        keys = [one.key for one in seating.seats]
        assert len(set(keys)) == len(keys)
        assert {one.wall for one in seating.seats} <= set(walls)


@given(walls, states, st.integers(0, 2))
def test_a_monitor_that_goes_and_comes_changes_nothing(walls, states, which):
    there = ALL[:3]
    before = after(walls, *states, there)
    gone = seated(walls, there[:which] + there[which + 1 :], before)
    others = [one for one in before.seats if one.present and one.monitor != there[which].name]
    assert [one for one in gone.seats if one.present] == others
    assert set(seated(walls, there, gone).seats) == set(before.seats)
