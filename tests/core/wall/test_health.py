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
