"""What docs/monitor.md says of a wall's calls is what is simulated, and within its share."""

import pytest

from phdesk.core.budget import LIMITS
from tests.benchmarks import wall, week, week_page


@pytest.fixture(scope="module")
def told():
    """Give the figures of the page's table, by line."""
    (text,) = wall.TABLE.findall(wall.PAGE.read_text(encoding="utf-8"))
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    return {name: [int(cell.replace(",", "")) for cell in cells] for name, *cells in lines[2:]}


def test_a_wall_stays_within_the_clocks_share(told):
    *_, limits = told.values()
    assert list(told) == [*(name for name, _ in wall.LINES), "limit of an hour"]
    assert limits == [
        limit for one in wall.KINDS for limit in (LIMITS[one][1].calls, week_page.by_itself(one))
    ]
    for figures in told.values():
        assert all(call <= limit for call, limit in zip(figures, limits, strict=True))


def test_nothing_is_calculated_at_once_that_is_on_disk(told):
    (first, *others, _) = told.values()
    assert first[0] == week.BOARDS * week.TILES
    assert [figures[0] for figures in others] == [0, 0, 0]


@pytest.mark.slow
def test_a_wall_that_is_hung_again_costs_what_the_page_says(told, qapp):
    again = week.Week()
    wall.live(again)
    for name, hours in wall.LINES:
        assert wall.busiest(again, hours) == told[name]
    assert not wall.is_over(again)
    assert again.served == sum(again.calls.values()), "a call was made past the gate"
