"""How a monitor is, in words."""

from datetime import UTC

import pytest

from phdesk.core.wall.health import lines, summary, worries
from phdesk.models.status import Trouble
from tests.core.wall.statuses import NOW, ago, beat, status, tile, window


def test_a_monitor_that_paints_fresh_numbers_is_healthy():
    assert worries(status()) == ()
    assert summary(status()) == "Showing Weekly."


def test_a_person_who_paused_it_is_no_worry():
    assert worries(status(beat(paused=True))) == ()


def test_restarts_that_are_over_are_no_worry():
    assert worries(status(window=window(starts=4, crashes=3))) == ()


@pytest.mark.parametrize(
    ("firing", "alert", "words"),
    [
        (2, "", "  2 alerts on what it shows"),
        (1, "Few sign-ups", "  1 alert on what it shows; “Few sign-ups” has the screen"),
    ],
)
def test_alerts_are_counted_and_the_one_on_show_is_named(firing, alert, words):
    assert words in lines(status(beat(firing=firing, alert=alert)), NOW, UTC)
    assert worries(status(beat(firing=firing, alert=alert))) == (), "the wall itself is well"


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"rotations": 1, "missed": 1}, "  1 page shown, 1 was not ready in time"),
        ({"rotations": 1200}, "  1,200 pages shown, 0 were not ready in time"),
        (
            {"rotations": 1200, "late": 1100, "longest_wait": 3.06},
            "  1,200 pages shown, 0 were not ready in time, 1,100 shown late, by at most 3.1 s",
        ),
    ],
)
def test_pages_are_counted(counts, words):
    assert words in lines(status(beat(**counts)), NOW, UTC)
    assert worries(status(beat(**counts))) == ()


@pytest.mark.parametrize(("crashes", "words"), [(1, "1 crash"), (3, "3 crashes")])
def test_crashes_are_counted(crashes, words):
    said = lines(status(window=window(starts=4, crashes=crashes)), NOW, UTC)
    assert any(line.endswith(f"restarted 3 times, {words} in 10 minutes") for line in said)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (status(window=window(phase="resting")), "The window is being started again."),
        (status(window=window(beats=0)), "The window is starting."),
        (status(window=window(silent=7)), "The window has painted nothing for 7 seconds."),
        (
            status(window=window(safe=True, skipped=("d9",))),
            "Safe mode, because the window crashed again and again; skipped: d9.",
        ),
        (
            status(window=window(memory=1_300_000_000)),
            "The window takes 1300 MB, more than its ceiling.",
        ),
        (
            status(beat(title="", tiles=(), empty="PostHog cannot be reached.")),
            "Nothing is on show. PostHog cannot be reached.",
        ),
        (status(beat(problems=("Growth was removed.",))), "Growth was removed."),
        (
            status(beat(tiles=(tile(failure="no answer", stale=True),))),
            "Weekly / Signups: no answer",
        ),
        (
            status(beat(tiles=tuple(tile(name, stale=True) for name in "abcde"))),
            "Older than twice the refresh time: Weekly / a, Weekly / b, Weekly / c and 2 more.",
        ),
        (status(file_problem="It could not be written."), "It could not be written."),
        (status(port_problem="Port 1 is taken."), "Port 1 is taken."),
    ],
)
def test_each_fault_is_one_worry_in_words(made, words):
    assert worries(made) == (words,)


def test_old_numbers_worry_nobody_while_their_wall_is_off_but_what_failed_does():
    old = beat(resting=True, tiles=(tile(minutes=500, stale=True),))
    assert worries(status(old)) == ()
    assert "HDMI-1: Weekly, page 1 (not on show), next Growth" in lines(status(old), NOW, UTC)
    failed = beat(resting=True, tiles=(tile(stale=True, failure="no answer"),))
    assert worries(status(failed)) == ("Weekly / Signups: no answer",)


def whole(*shown, **fields):
    """Make a beat of three tiles, of which `shown` are on show."""
    every = (
        tile(key="a"),
        tile("Churn", 300, key="b", stale=True),
        tile("Paid", 30, key="c", failure="no answer"),
    )
    return beat(tiles=tuple(one for one in every if one.key in shown), all_tiles=every, **fields)


@pytest.mark.parametrize("shown", ["a", "b", "c", ""])
def test_all_tiles_are_judged_whichever_are_on_show(shown):
    assert worries(status(whole(shown))) == (
        "Weekly / Paid: no answer",
        "Older than twice the refresh time: Weekly / Churn.",
    )
    assert worries(status(whole(shown, resting=True))) == ("Weekly / Paid: no answer",)


def test_tiles_are_counted_and_those_named_that_are_on_show_or_not_well():
    said = lines(status(whole("a")), NOW, UTC)
    assert said[said.index("HDMI-1: Weekly, page 1, next Growth") + 2 : -1] == [
        "  3 tiles in all, the oldest of 09:05 · 5 h; 1 stale, 1 failed",
        "  Weekly / Signups: 13:53 · 12 min",
        "  not on show, and not well:",
        "    Weekly / Churn: 09:05 · 5 h; stale",
        "    Weekly / Paid: 13:35 · 30 min; no answer",
    ]


def test_a_hundred_tiles_that_are_not_well_are_few_lines():
    every = tuple(tile(f"T{n}", 500, key=f"{n}", stale=True) for n in range(100))
    said = lines(status(beat(tiles=every[:2], all_tiles=every)), NOW, UTC)
    assert "  100 tiles in all, the oldest of 05:45 · 8 h; 100 stale" in said
    assert "    and 78 more" in said
    assert len(said) < 35


def test_the_same_fault_on_several_monitors_is_told_once():
    two = [beat(monitor=name, problems=("The key was refused.",)) for name in ("left", "right")]
    assert worries(status(*two)) == ("The key was refused.",)


def test_lines_say_everything():
    made = status(
        beat(tiles=(tile(stale=True, failure="no answer"), tile("Churn", 300))),
        troubles=(Trouble(at=ago(hours=2), words="The window ended (signal SIGKILL)."),),
        window=window(starts=2),
    )
    assert lines(made, NOW, UTC) == [
        "Not well:",
        "  Weekly / Signups: no answer",
        "monitor lobby: since 09:05 · 5 h, process 42",
        "window: process 43, 210 MB of 700 MB, painted 0 s ago, restarted once",
        "HDMI-1: Weekly, page 1, next Growth",
        "  1,234 pages shown, 0 were not ready in time",
        "  Weekly / Signups: 13:53 · 12 min; stale; no answer",
        "  Weekly / Churn: 09:05 · 5 h",
        "budget: 12 of 2,400 this hour",
        "last troubles:",
        "  12:05 · 2 h: The window ended (signal SIGKILL).",
    ]
