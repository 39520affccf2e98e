"""`phdesk alerts list` and `check`: from the files of this computer alone."""

import json
from argparse import Namespace
from datetime import UTC, datetime, timedelta

import pytest
from msgspec import Raw
from msgspec.structs import replace

from phdesk.cli import main
from phdesk.cli.watched import run_list
from phdesk.core.watching.editing import with_watch
from phdesk.models.account import Account
from phdesk.models.alert import Alert
from phdesk.models.insight import Insight
from phdesk.models.watch import Address, Bound, Watch
from phdesk.services.accounts import AccountsFile
from phdesk.services.places import places
from phdesk.services.watches_file import WatchesFile
from phdesk.store.alerts_file import beside
from phdesk.store.alerts_found import Seen, look_at_alerts
from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer
from phdesk.store.kept_alerts import ALERTS, pack_alerts
from phdesk.store.packing import pack_dashboard
from tests.services.test_watches import LINE, QUERY
from tests.store.builders import board, tile

ADA = Account(id="eu-ada", host="https://eu.posthog.com", project_id=7)
HIGH = Watch(
    id="w1",
    account=ADA.id,
    project=7,
    dashboard=9,
    tile=1,
    number=Address(measure="total", of="signed_up"),
    condition=Bound("above", 100),
    known_as="Signups",
)


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.setenv("PHDESK_HOME", str(tmp_path))
    files = places({"PHDESK_HOME": str(tmp_path)})
    AccountsFile(files.accounts).save((ADA,))
    return files


@pytest.fixture
def keep(files):
    def keep(value, ago=timedelta(minutes=5)):
        at = datetime.now(UTC) - ago
        insight = Insight(id=1, query=QUERY, result=Raw(LINE % value), last_refresh=at)
        cache = Cache(files.cache)
        Writer(cache).save_dashboard(ADA.id, 7, 9, pack_dashboard(board(tile(1, insight)), at))
        cache.close()

    WatchesFile(files.watches).change([lambda held: with_watch(held, HIGH)])
    return keep


def test_a_watch_that_fires_is_told_by_the_exit_code(keep, capsys):
    keep(500)
    assert main(["alerts", "check"]) == 6
    out = capsys.readouterr().out
    assert out.startswith("firing\tSignups\tsigned_up rose to 500, over 100")
    assert main(["alerts", "list"]) == 0
    assert capsys.readouterr().out == out


def test_a_watch_that_is_well_is_fine(keep, capsys):
    keep(50)
    assert main(["alerts", "check", "--json"]) == 0
    (line,) = json.loads(capsys.readouterr().out)
    assert (line["state"], line["value"], line["threshold"]) == ("ok", 50, 100)
    assert (line["source"], line["id"], line["dashboard"]) == ("watch", "w1", 9)


def test_stale_results_are_not_judged_and_that_is_said(keep, capsys):
    keep(500, ago=timedelta(hours=9))
    assert main(["alerts", "check"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("new\tSignups\tabove 100")
    assert err.startswith("phdesk: “Signups” is not judged: its newest result (")
    assert err.endswith(" · 9 h) is older than 6 h by this computer's clock\n")
    assert main(["alerts", "list"]) == 0
    assert capsys.readouterr() == (out, err)


def test_a_result_that_was_judged_long_ago_is_said_to_be_old(keep, files, capsys):
    keep(500)
    later = datetime.now(UTC) + timedelta(days=3)
    assert main(["alerts", "check"]) == 6
    run_list(Namespace(json=True), later)
    out, err = capsys.readouterr()
    (line,) = json.loads(out.partition("\n")[2])
    assert (line["state"], "3 days" in line["not_judged"]) == ("firing", True)
    assert "“Signups” is not judged" in err


def test_without_watches_it_says_how_to_make_one(files, capsys):
    assert main(["alerts", "list"]) == 0
    out, err = capsys.readouterr()
    assert (out, "the menu of a tile does it" in err) == ("", True)
    assert main(["alerts", "list", "--json"]) == 0
    assert capsys.readouterr().out == "[]\n"


def test_watches_that_cannot_be_read_are_not_fine(keep, files, capsys):
    keep(50)
    with files.watches.open("a", encoding="utf-8") as file:
        file.write("\n[[watch")
    assert main(["alerts", "check"]) == 5
    assert "could not be read" in capsys.readouterr().err


def test_a_name_cannot_steer_the_terminal(files, capsys):
    odd = replace(HIGH, name="red\x1b[31m\nfiring\tNot I")
    WatchesFile(files.watches).change([lambda held: with_watch(held, odd)])
    assert main(["alerts", "list"]) == 0
    assert capsys.readouterr().out == "new\tred [31m firing Not I\tabove 100\n"


def seen(files, *alerts, account=ADA.id):
    """Have a phdesk look at PostHog's alerts that keeps no dashboards, as `alerts watch` does."""
    file = beside(files.cache)
    look_at_alerts(file, (account, 7), lambda _known: Seen(alerts), datetime.now(UTC))
    file.close()


def test_alerts_of_posthog_are_listed_that_only_the_file_of_alerts_knows(files, capsys):
    checked = datetime.now(UTC) - timedelta(minutes=3)
    low = Alert(id="a1", name="Low", state="Firing", enabled=True, value=3, last_checked_at=checked)
    seen(files, low, Alert(id="a2", name="High", state="Not firing", enabled=False))
    seen(files, Alert(id="a3", name="Of nobody here"), account="eu-grace")
    assert main(["alerts", "list", "--json"]) == 0
    lines = json.loads(capsys.readouterr().out)
    assert [(one["source"], one["name"], one["state"]) for one in lines] == [
        ("posthog", "Low", "firing"),
        ("posthog", "High", "off"),
    ]
    assert (lines[0]["value"], lines[0]["project"]) == (3, 7)
    assert main(["alerts", "list"]) == 0
    assert "Low" in capsys.readouterr().out


def test_of_two_tellings_the_one_counts_that_knows_the_later_check(keep, files, capsys):
    keep(50)
    now = datetime.now(UTC)
    known = Alert(id="a1", name="Low", state="Firing", last_checked_at=now - timedelta(hours=1))
    cache = Cache(files.cache)
    Writer(cache).save_around(ADA.id, 7, ALERTS, pack_alerts((known,), now))
    cache.close()
    later = replace(known, state="Not firing", last_checked_at=now)
    seen(files, later)
    main(["alerts", "list", "--json"])
    states = [one["state"] for one in json.loads(capsys.readouterr().out) if one["id"] == "a1"]
    assert states == ["not firing"]
