import asyncio

import pytest

from phdesk import resources
from phdesk.core.noticing.rules import Rules
from phdesk.core.wall.values import hours
from phdesk.services.notices.ready import ELSEWHERE, ready, rules_of, trial, try_out
from phdesk.services.settings import Settings
from phdesk.store.alerts_file import AlertsFile
from phdesk.store.alerts_inbox import page
from tests.store.noticed import NOW

ICON = resources.path("icons/phdesk-128.png")


@pytest.fixture
def parts(tmp_path):
    file = AlertsFile(tmp_path / "alerts.sqlite3")
    yield ready(file, {}, ICON, Rules(), lambda: NOW)
    file.close()


def test_a_trial_says_that_the_inbox_alone_has_it_and_why(parts):
    used = asyncio.run(try_out(parts, NOW))
    assert (used.name, used.sentence) == (
        "inbox",
        "The inbox in phdesk alone (there is no session bus; there is no tray)",
    )
    assert [one.notice.kind for one in page(parts.file)] == ["test"]


def test_a_trial_by_the_tray_asks_for_a_balloon(parts):
    parts.tray.is_there = True
    said = asyncio.run(try_out(parts, NOW)).sentence
    assert said.startswith("Balloons of the tray icon, without buttons (there is no session bus")
    card = asyncio.run(parts.teller.next_act())
    assert card.title == "Notifications of phdesk reach you"


def test_a_trial_that_another_phdesk_takes_is_said_to_be_elsewhere(parts, monkeypatch):
    monkeypatch.setattr("phdesk.services.notices.teller.claim", lambda *_: ())
    assert asyncio.run(try_out(parts, NOW)).sentence == ELSEWHERE


def test_no_two_trials_are_the_same():
    assert trial(NOW).id != trial(NOW).id


def test_rules_are_read_from_the_settings():
    settings = Settings(
        notifications=False, quiet_hours=("mon-fri 22:00-07:00",), alert_sounds=("info",)
    )
    quiet = (hours("mon-fri 22:00-07:00"),)
    assert rules_of(settings) == (Rules(on=False, quiet=quiet, sounds=frozenset({"info"})), "")


def test_quiet_hours_that_make_no_sense_are_told_and_the_others_kept():
    rules, problem = rules_of(Settings(quiet_hours=("22:00-07:00", "always")))
    assert rules.quiet == (hours("22:00-07:00"),)
    assert problem.startswith("quiet_hours in the settings: must be hours like")
