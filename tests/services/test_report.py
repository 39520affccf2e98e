"""What the watch knows of a monitor follows the beats of its windows."""

from msgspec.structs import replace

from phdesk.models.beat import Beat, TileAge
from phdesk.services.report import Report
from tests.store.builders import NOON


def beat(monitor, windows):
    return Beat(monitor=monitor, at=NOON, frame=1, windows=windows)


def test_the_first_monitor_takes_the_place_of_none():
    report = Report({})
    report.hear([beat("", 0)], 10.0)
    report.hear([beat("HDMI-1", 1)], 11.0)
    assert [one.monitor for one in report.beats] == ["HDMI-1"]


def test_all_tiles_hold_until_they_are_told_again():
    report, every = Report({}), (TileAge(dashboard="Weekly", tile="Signups"),)
    one = beat("HDMI-1", 1)
    for at, told in ((10.0, every), (11.0, None), (12.0, None)):
        report.hear([replace(one, all_tiles=told)], at)
        assert report.beats[0].all_tiles == every
    report.hear([replace(one, all_tiles=())], 13.0)
    assert report.beats[0].all_tiles == ()


def test_a_wall_of_all_monitors_stays_beside_another():
    report = Report({})
    report.hear([beat("", 2), beat("HDMI-1", 2)], 10.0)
    assert [one.monitor for one in report.beats] == ["", "HDMI-1"]
