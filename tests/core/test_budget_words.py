import pytest

from phdesk.core.budget_words import Class, Report, budget_lines, duration

IDLE = Class(name="values", limit=200)
OTHER = Class(name="other", limit=3200, interactive=4)


def insights(**more):
    return Class(name="insights", limit=800, background_limit=160, **more)


@pytest.mark.parametrize(
    ("report", "lines"),
    [
        pytest.param(
            Report(host="h", project=7, classes=(insights(), IDLE)),
            ["calculations and insights: 0 of 800 this hour"],
            id="nothing yet",
        ),
        pytest.param(
            Report(
                host="h",
                project=7,
                classes=(insights(interactive=40, background=2), IDLE, OTHER),
                dashboards=((9, 40), (0, 2)),
                places=1,
            ),
            [
                "calculations and insights: 42 of 800 this hour, 2 of 160 in the background",
                "dashboards and the rest: 4 of 3,200 this hour",
                "of the calculations: dashboard 9 40, no dashboard 2",
                "one calculation at a time, because the organization is busy",
            ],
            id="at work",
        ),
        pytest.param(
            Report(host="h", project=7, classes=(insights(interactive=760, wait=130.2),)),
            ["calculations and insights: 760 of 800 this hour; the next in 3 min"],
            id="used up",
        ),
    ],
)
def test_a_budget_is_said_in_lines(report, lines):
    assert budget_lines(report) == lines


@pytest.mark.parametrize(("seconds", "words"), [(0.2, "1 s"), (119.5, "2 min"), (40, "40 s")])
def test_a_wait_is_rounded_up(seconds, words):
    assert duration(seconds) == words
