"""`phdesk lint` before the demo: planted faults are found, a clean dashboard is left in peace."""

import json
import os
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import httpx
import pytest

from phdesk.api import decoding
from phdesk.cli import main
from phdesk.core.health.finding import SEVERITIES, FixKind
from phdesk.core.health.words import RULES
from phdesk.models.account import Account
from phdesk.services.accounts import AccountsFile
from phdesk.services.places import places
from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer
from phdesk.store.packing import pack_dashboard, pack_rows

LAST_MONTH = {"date_from": "-30d"}


class Planter:
    """Makes dashboards as a person would in PostHog."""

    def __init__(self, server):
        self.http = httpx.Client(
            base_url=f"{server.url}/api/projects/{server.project_id}/",
            headers={"Authorization": f"Bearer {server.key}"},
        )

    def ask(self, method, path, **body):
        answer = self.http.request(method, path, json=body or None)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def board(self, description="For tests: is all well?", **fields):
        made = self.ask("POST", "dashboards/", name="Planted", description=description, **fields)
        return made["id"]

    def insight(self, name, *boards, event="user_signed_up", **source):
        asked = {
            "kind": "TrendsQuery",
            "series": [{"kind": "EventsNode", "event": event, "name": event, "math": "total"}],
            "dateRange": LAST_MONTH,
            "trendsFilter": {"display": "ActionsLineGraph"},
        }
        query = {"kind": "InsightVizNode", "source": asked | source}
        return self.ask("POST", "insights/", name=name, query=query, dashboards=list(boards))

    def tiles(self, board):
        return [one["id"] for one in self.ask("GET", f"dashboards/{board}/")["tiles"]]

    def change(self, board, **fields):
        self.ask("PATCH", f"dashboards/{board}/", **fields)


@pytest.fixture(scope="module")
def planter(server):
    made = Planter(server)
    yield made
    made.http.close()


@pytest.fixture
def event(planter):
    """Give an event that the demo has."""
    names = [one["name"] for one in planter.ask("GET", "event_definitions/")["results"]]
    return next(name for name in names if not name.startswith("$"))


def linted(capfd, *words):
    code = main(["lint", *map(str, words)])
    out, err = capfd.readouterr()
    assert "Traceback" not in err
    return code, out, err


def judged(capfd, board, *, calculated=True):
    """Let a dashboard be calculated, and judge it."""
    if calculated:
        main(["show", str(board)])
        capfd.readouterr()
    code, out, _ = linted(capfd, board, "--format", "json")
    return code, json.loads(out)


def ruled(capfd, board, *, calculated=True):
    code, found = judged(capfd, board, calculated=calculated)
    assert code == (6 if found["findings"] else 0)
    return {one["rule"] for one in found["findings"]}


@pytest.mark.usefixtures("signed_in")
def test_a_clean_dashboard_is_clean(planter, event, capfd):
    board = planter.board()
    planter.insight("Clean", board, event=event)
    assert ruled(capfd, board) == set()
    code, out, err = linted(capfd, board)
    assert (code, err) == (0, "")
    assert out.startswith("Nothing was found.\n")


@pytest.mark.usefixtures("signed_in")
def test_planted_faults_of_tiles_are_found_each_at_its_tile(planter, event, capfd):
    board = planter.board(description="", filters=LAST_MONTH)
    for name, more in {
        "Gone": {"event": "old_event_of_2020"},
        "First": {"event": event},
        "Second": {"event": event},
        "Own": {"event": event, "interval": "week"},
        "Costly": {"event": event, "breakdownFilter": {
            "breakdowns": [{"property": "$browser", "type": "event"},
                           {"property": "$os", "type": "event"}]}},
        "Other": {"event": "$pageview", "breakdownFilter": {
            "breakdown": "$current_url", "breakdown_type": "event", "breakdown_limit": 1}},
    }.items():  # fmt: skip
        planter.insight(name, board, **more)
    ids = dict(zip(("Gone", "First", "Second", "Own", "Costly", "Other"), planter.tiles(board),
                   strict=True))  # fmt: skip
    planter.change(board, tiles=[{"id": ids["Own"], "filters_overrides": {"date_from": "-90d"}}])
    code, found = judged(capfd, board)
    assert code == 6
    assert {(one["rule"], one["title"]) for one in found["findings"]} == {
        ("event-gone", "Gone"),
        ("empty", "Gone"),
        ("duplicate", "Second"),
        ("own-range", "Own"),
        ("costly", "Costly"),
        ("other", "Other"),
        ("no-description", ""),
    }
    assert {one["tile"] for one in found["findings"]} == {None} | {
        ids[name] for name in ("Gone", "Second", "Own", "Costly", "Other")
    }


@pytest.mark.usefixtures("signed_in")
def test_planted_faults_of_dashboards_are_found(planter, event, capfd):
    crowd = planter.board(filters={"date_from": "all"})
    for number in range(26):
        interval = ("hour", "day", "week", "month")[number % 4]
        planter.insight(f"N {number}", crowd, event=event, interval=interval,
                        filterTestAccounts=bool(number // 4 % 2),
                        samplingFactor=1 if number < 8 else number / 100)  # fmt: skip
    assert {"many-tiles", "wall", "costly"} <= ruled(capfd, crowd, calculated=False)
    low = planter.board()
    planter.insight("Low", low, event=event)
    (number,) = planter.tiles(low)
    planter.change(low, tiles=[{"text": {"body": "words " * 50},
                                "layouts": {"sm": {"x": 0, "y": 0, "w": 12, "h": 9}}},
                               {"id": number, "layouts": {"sm": {"x": 0, "y": 9, "w": 6,
                                                                 "h": 5}}}])  # fmt: skip
    assert ruled(capfd, low) == {"scroll"}
    assert ruled(capfd, 6, calculated=False) == {
        "old-share"
    }  # the demo shares it from its first day on


@pytest.mark.usefixtures("signed_in")
def test_what_nobody_opened_for_long_is_found_until_somebody_does(planter, event, capfd):
    forgotten = 5  # by the demo's company
    for _ in range(2):  # reading it, as the check does, is no look
        _, found = judged(capfd, forgotten, calculated=False)
        (one,) = (one for one in found["findings"] if one["rule"] == "unopened")
        assert one["reason"].startswith("Nobody opened it in PostHog for 120 days, since ")
    fresh = planter.board()
    planter.insight("Seen", fresh, event=event)
    for board in (forgotten, fresh):
        planter.ask("POST", "file_system/log_view/", type="dashboard", ref=str(board))
        _, found = judged(capfd, board)
        said = [one["rule"] for one in found["findings"] + found["not_judged"]]
        assert "unopened" not in said
    assert ruled(capfd, fresh) == set()


@pytest.mark.usefixtures("signed_in")
def test_what_cannot_be_calculated_is_broken(planter, capfd):
    board = planter.board()
    query = {"kind": "DataVisualizationNode", "source": {
        "kind": "HogQLQuery", "query": "select no_such_function(1) from nowhere"}}  # fmt: skip
    planter.ask("POST", "insights/", name="Bad", query=query, dashboards=[board])
    code, out, _ = linted(capfd, board)
    assert (code, "Empty: not judged, it was not calculated yet." in out) == (0, True)
    code, out, _ = linted(capfd, board, "--calculate", "--format", "json")
    assert code == 6
    (one,) = json.loads(out)["findings"]
    assert (one["rule"], one["title"], one["fix"]) == ("broken", "Bad", "remove")


@pytest.mark.usefixtures("signed_in")
def test_all_of_a_project_has_its_insights_judged_too(planter, event, capfd):
    planter.insight("Orphan", event=event, interval="month")
    code, out, _ = linted(capfd, "--all")
    assert code == 6
    assert "orphan          Orphan: It is on no dashboard." in out
    assert "same-insight" in out
    assert "Old link: not judged, PostHog does not list single insights that are shared." in out


@pytest.mark.usefixtures("signed_in")
def test_a_terminal_shows_how_far_it_is_and_nothing_of_that_stays(capfd, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    _, _, err = linted(capfd, "--all")
    assert re.search(r"\r\x1b\[K2 of \d+ dashboards…", err)
    assert err.endswith("\r\x1b[K")


@pytest.mark.usefixtures("signed_in")
def test_the_json_is_as_its_page_says(planter, event, capfd):
    board = planter.board(description="")
    planter.insight("Uncalculated", board, event=event)
    _, out, _ = linted(capfd, board, "--format", "json")
    found = json.loads(out)
    keys = {
        "": {"clean", "dashboards", "findings", "not_judged", "missing", "offline", "as_of"},
        "findings": {"rule", "severity", "dashboard", "dashboard_name", "tile", "title", "insight",
                     "reason", "fix"},
        "not_judged": {"rule", "dashboard", "tile", "why"},
    }  # fmt: skip
    assert set(found) == keys[""]
    assert all(set(one) == keys[name] for name in ("findings", "not_judged") for one in found[name])
    assert (found["findings"][0]["rule"], found["clean"], found["dashboards"]) == (
        "no-description", False, 1)  # fmt: skip
    page = (Path(__file__).parents[2] / "docs" / "lint.md").read_text(encoding="utf-8")
    words = {*set().union(*keys.values()), *RULES, *SEVERITIES, *get_args(FixKind)}
    assert {word for word in words if f"`{word}`" not in page} == set()


@pytest.fixture
def kept(place, server, planter, monkeypatch):
    """Keep what the app would of two dashboards, one of them bare, read two days ago."""
    monkeypatch.setenv("PHDESK_API_KEY", server.key)
    monkeypatch.setenv("PHDESK_HOST", server.url)
    boards = planter.board(), planter.board(description="")
    account = Account(id="ada", host=server.url, project_id=server.project_id)
    AccountsFile(places(os.environ).accounts).save([account])
    then = datetime.now(UTC) - timedelta(days=2)
    cache = Cache(places(os.environ).cache)
    writer = Writer(cache)
    sent = [planter.http.get(f"dashboards/{one}/").content for one in boards]
    rows = [decoding.dashboard(one).row for one in sent]
    writer.save_rows("ada", server.project_id, pack_rows(rows), then)
    for one in map(decoding.dashboard, sent):
        where = "ada", server.project_id, one.row.id
        writer.save_dashboard(*where, pack_dashboard(one, then), keep=())
    cache.close()
    return boards


def test_what_is_kept_is_judged_with_its_age_and_nobody_is_asked(kept, capfd, monkeypatch):
    monkeypatch.setattr("phdesk.services.headless.run", lambda *_: pytest.fail("somebody asked"))
    code, out, err = linted(capfd, "--all", "--offline")
    assert (code, err) == (6, "")
    first, *rest = out.splitlines()
    assert first.startswith("As kept on this computer: ")
    assert first.endswith(("48 h", "2 days"))
    assert len([one for one in rest if "no-description" in one]) == 1
    assert linted(capfd, kept[0], "--offline")[0] == 0


def test_a_server_that_cannot_be_reached_leaves_what_is_kept(kept, capfd, monkeypatch):
    account = Account(id="ada", host="http://127.0.0.1:9", project_id=1)
    AccountsFile(places(os.environ).accounts).save([account])
    monkeypatch.setenv("PHDESK_HOST", "http://127.0.0.1:9")
    code, out, err = linted(capfd, kept[1], "--format", "json")
    told = json.loads(out)
    assert (code, told["offline"]) == (6, True)
    assert [one["rule"] for one in told["findings"]] == ["no-description"]
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ((), 2, "name a dashboard, or all: phdesk lint --all"),
        (("1", "--all"), 2, "name a dashboard"),
        (("4711",), 5, "dashboard 4711"),
        (("https://us.posthog.com/project/1/insights/Ab3dE6gH",), 5, "not a dashboard"),
        (("1", "--offline"), 5, "nothing of this is kept"),
    ],
)
@pytest.mark.usefixtures("signed_in")
def test_what_cannot_be_judged_is_said_in_a_line(words, code, says, capfd):
    found, _, err = linted(capfd, *words)
    assert found == code
    assert says in err
    assert len(err.splitlines()) == 1
