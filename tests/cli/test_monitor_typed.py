"""What is typed after `phdesk monitor`."""

import pytest

from phdesk.cli.monitor import wall_of
from phdesk.cli.parser import make_parser
from phdesk.models.wall import Wall


def typed(*words):
    return wall_of(make_parser().parse_args(["monitor", *words]))


def test_times_are_those_that_are_typed_or_the_usual_ones():
    assert (typed("--refresh", "10m", "--dwell", "2m").refresh, typed().refresh) == (600, 1800)
    assert (typed("--dwell", "2m").dwell, typed().dwell) == (120, Wall().dwell)


def test_numbers_are_refreshed_no_oftener_than_the_teams_limits_bear(capsys):
    with pytest.raises(SystemExit):
        typed("--refresh", "4m")
    assert "'4m' is too short; at least 5m" in capsys.readouterr().err
