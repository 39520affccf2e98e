"""`phdesk alerts list` and `check`: from the files of this computer alone."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from msgspec import Raw
from msgspec.structs import replace

from phdesk.cli import main
from phdesk.core.watching.editing import with_watch
from phdesk.models.account import Account
from phdesk.models.insight import Insight
from phdesk.models.watch import Address, Bound, Watch
from phdesk.services.accounts import AccountsFile
from phdesk.services.places import places
from phdesk.services.watches_file import WatchesFile
from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer
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
    assert "“Signups” was not judged" in err


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
