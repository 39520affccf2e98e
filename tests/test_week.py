"""What docs/week.md says of the calls of a week is what is simulated, and within the budgets."""

import pytest

from phdesk.core.budget import LIMITS, Kind
from tests.benchmarks import week, week_page


@pytest.fixture(scope="module")
def tables():
    """Give the lines of each table of the page, without its head, by the heading above it."""
    found, lines = {}, week.PAGE.read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("## "):
            found[line[3:]] = []
        elif line.startswith("| "):
            found[list(found)[-1]].append([cell.strip() for cell in line.strip("|").split("|")])
    return {heading: cells[1:] for heading, cells in found.items()}


def number(text):
    return int(text.replace(",", ""))


def test_no_hour_or_minute_of_the_week_is_over_a_budget(tables):
    lines = tables["By class, an hour"]
    assert [line[0] for line in lines] == [week_page.NAMES[kind] for kind in Kind]
    for kind, line in zip(Kind, lines, strict=True):
        *figures, _theirs = line[1:]
        _, _, hour, limit, alone, share, minute, least = map(number, figures)
        assert (limit, least) == (LIMITS[kind][1].calls, LIMITS[kind][0].calls)
        assert share == week_page.by_itself(kind)
        assert (hour <= limit, alone <= share, minute <= least) == (True, True, True)


def test_the_days_add_up_to_the_week(tables):
    days = tables["By day"]
    assert [line[0] for line in days] == list(week_page.WEEKDAYS)
    (calculations, *others) = tables["By class, an hour"]
    for column in (1, 2):
        assert sum(number(day[column]) for day in days) == number(calculations[column])
    rest = sum(number(line[1]) + number(line[2]) for line in others)
    assert sum(number(day[4]) for day in days) == rest


def test_the_hours_add_up_to_the_week(tables):
    for kind, line in zip(Kind, tables["By class, an hour"], strict=True):
        heading = f"{week_page.NAMES[kind].capitalize()}, hour by hour"
        cells = [cell for hour in tables.get(heading, ()) for cell in hour[1:] if cell != "–"]
        each = [[number(part) for part in cell.split(" + ")] for cell in cells]
        sums = [sum(pair[side] for pair in each) for side in (0, 1)]
        assert sums == [number(line[1]), number(line[2])]
        assert max(map(sum, each), default=0) == number(line[3])


def test_two_runs_are_the_same_call_by_call(qapp):
    runs = [week.Week(hour=8.9) for _ in range(2)]
    for run in runs:
        week.live(run, 9.1)
    first, again = runs
    assert (first.calls, first.minutes, first.at) == (again.calls, again.minutes, again.at)
    assert sum(first.calls.values()) > 100
    assert first.served == sum(first.calls.values()), "a call was made past the gate"


@pytest.mark.slow
def test_a_day_that_is_lived_again_costs_what_the_page_says(tables, qapp):
    again = week.Week()
    week.live(again, 24)
    assert list(week_page.day_line(again, 0)) == tables["By day"][0]
    for kind in Kind:
        heading = f"{week_page.NAMES[kind].capitalize()}, hour by hour"
        for hour, line in enumerate(tables.get(heading, ())):
            assert list(week_page.hour_line(again, hour, 1, kind)) == line[:2]
    assert not week_page.is_over(again, 1)
