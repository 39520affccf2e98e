"""`phdesk alerts watch` as a process of its own, at the demo's server."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from phdesk.api import decoding
from phdesk.cli import main
from phdesk.core.charts.context import Context
from phdesk.core.watching.editing import with_watch
from phdesk.core.watching.numbers import figures_of
from phdesk.demo.server import DemoServer
from phdesk.models.account import Account
from phdesk.models.watch import Bound, Watch
from phdesk.services.accounts import AccountsFile
from phdesk.services.places import places
from phdesk.services.settings import Settings, SettingsFile
from phdesk.services.watches_file import WatchesFile
from phdesk.store.alerts_file import beside
from phdesk.store.alerts_found import add_notices, seen_alerts
from phdesk.store.alerts_told import claim, hand, told
from tests.store.noticed import notice

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX"),
]
NOTE = "import pathlib,sys; pathlib.Path(sys.argv[1]).open('a').write(sys.stdin.read())"


@pytest.fixture(scope="module")
def server():
    with DemoServer() as server:
        yield server


@pytest.fixture
def home(tmp_path, server):
    """Make the files of a person who is signed in and watches a tile that is beyond its limit."""
    files = places({"PHDESK_HOME": str(tmp_path / "home")})
    account = Account(id="demo", host=server.url, project_id=server.project_id)
    AccountsFile(files.accounts).save((account,))
    number, tile, figure = watchable(server)
    anomaly = Watch(
        id="w1",
        account=account.id,
        project=server.project_id,
        dashboard=number,
        tile=tile.id,
        number=figure.address,
        condition=Bound("above", -1),
        known_as="Planted",
    )
    WatchesFile(files.watches).change([lambda held: with_watch(held, anomaly)])
    words = (sys.executable, "-c", NOTE, str(tmp_path / "noted"))
    SettingsFile(files.settings).save(Settings(alert_command=words, notifications=False))
    return tmp_path


def asked(server, path, body=None):
    address = f"{server.url}/api/projects/{server.project_id}/{path}"
    data = json.dumps(body).encode() if body is not None else None
    headers = {"Authorization": f"Bearer {server.key}", "Content-Type": "application/json"}
    with urlopen(Request(address, data, headers)) as answer:
        return answer.read()


def trends(server):
    """Give the tiles of trends, of all dashboards."""
    for row in json.loads(asked(server, "dashboards/"))["results"]:
        for tile in decoding.dashboard(asked(server, f"dashboards/{row['id']}/")).tiles:
            if tile.insight is not None and b'"TrendsQuery"' in bytes(tile.insight.query):
                yield row["id"], tile


def watchable(server):
    """Find a dashboard, a tile of it and a number of that."""
    number, tile = next(trends(server))
    path = f"insights/{tile.insight.id}/?refresh=blocking&from_dashboard={number}"
    insight = decoding.insight(asked(server, path))
    return number, tile, figures_of(insight, Context(now=datetime.now(UTC)))[0]


def make_alert(server):
    """Make an alert of PostHog's and let it be checked: it fires at once."""
    tiles = trends(server)
    next(tiles)
    dashboard, tile = next(tiles)
    insight = tile.insight.id
    body = {
        "name": "Ihre → Größe",
        "insight": insight,
        "subscribed_users": [1],
        "config": {"type": "TrendsAlertConfig", "series_index": 0},
        "condition": {"type": "absolute_value"},
        "threshold": {"configuration": {"type": "absolute", "bounds": {"upper": -1}}},
        "calculation_interval": "daily",
        "enabled": True,
    }
    asked(server, "alerts/", body)
    asked(server, f"insights/{insight}/?refresh=force_blocking&from_dashboard={dashboard}")


def has_looked(home, server):
    """Say whether PostHog's alerts were looked at, and are kept."""
    file = beside(places({"PHDESK_HOME": str(home / "home")}).cache, print)
    seen = seen_alerts(file, "demo", server.project_id)
    file.close()
    return bool(seen)


@pytest.fixture
def start(home, server):
    made = []

    def start(**environ):
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PHDESK_")}
        out, err = home / f"out{len(made)}", home / f"err{len(made)}"
        with out.open("wb") as lines, err.open("wb") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "phdesk", "alerts", "watch"],
                cwd=ROOT,
                env={
                    **kept,
                    "PHDESK_HOME": str(home / "home"),
                    "PHDESK_API_KEY": server.key,
                    "PHDESK_HOST": server.url,
                    **environ,
                },
                stdout=lines,
                stderr=said,
            )
        made.append(process)
        return process, out, err

    yield start
    for process in made:
        process.kill()
        process.wait()


def until(fact, at_most=30):
    end = time.monotonic() + at_most
    while time.monotonic() < end:
        if found := fact():
            return found
        time.sleep(0.05)
    return pytest.fail(f"waited {at_most} s")


def ended(process, by):
    began = time.monotonic()
    process.send_signal(by)
    assert process.wait(timeout=10) == 0
    assert time.monotonic() - began < 2


def test_each_event_is_told_once_by_a_line_and_the_command(home, server, start):
    first, out, err = start()
    second, other, _ = start()  # beside it: tells nothing twice
    until(lambda: out.read_bytes() or other.read_bytes())
    noted = home / "noted"
    until(lambda: noted.exists() and noted.read_bytes().endswith(b"\n"))
    until(lambda: has_looked(home, server))
    ended(first, signal.SIGTERM)
    ended(second, signal.SIGINT)
    (line,) = (out.read_bytes() + other.read_bytes()).splitlines()
    event = json.loads(line)
    assert (event["source"], event["subject"], event["kind"]) == ("watch", "w1", "fired")
    assert event["threshold"] == -1
    assert json.loads(noted.read_bytes()) == event
    assert err.read_bytes() == b""

    make_alert(server)
    again, third, _ = start(PYTHONIOENCODING="ascii")
    line = until(third.read_bytes)
    ended(again, signal.SIGTERM)
    event = json.loads(line)  # one line: the watch is not told again
    assert (event["source"], event["kind"], event["title"]) == ("posthog", "fired", "Ihre → Größe")


def test_a_key_that_is_refused_is_said_once_and_waited_for(home, start):
    process, out, err = start(PHDESK_API_KEY="phx_wrong")
    until(err.read_bytes)
    assert process.poll() is None
    ended(process, signal.SIGTERM)
    (said,) = err.read_text().splitlines()
    assert "key" in said
    assert out.read_bytes() == b""


def test_without_an_account_it_says_how_to_sign_in(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PHDESK_HOME", str(tmp_path))
    assert main(["alerts", "watch"]) == 3
    assert "login" in capsys.readouterr().err


@pytest.fixture
def here(home, server, monkeypatch):
    monkeypatch.setenv("PHDESK_HOME", str(home / "home"))
    monkeypatch.setenv("PHDESK_API_KEY", server.key)
    monkeypatch.setenv("PHDESK_HOST", server.url)


@pytest.mark.usefixtures("here")
def test_a_fresh_check_asks_first_and_says_what_is_not_well(capsys):
    assert main(["alerts", "check"]) == 0, "nothing is on this computer yet"
    assert capsys.readouterr().out.startswith("new\t")
    assert main(["alerts", "check", "--fresh"]) == 6
    assert capsys.readouterr().out.startswith("firing\tPlanted\t")


@pytest.mark.usefixtures("here")
def test_a_fresh_check_that_is_refused_is_not_taken_for_well(monkeypatch, capsys):
    monkeypatch.setenv("PHDESK_API_KEY", "phx_wrong")
    assert main(["alerts", "check", "--fresh"]) == 3
    out, err = capsys.readouterr()
    assert out.startswith("new\t")
    assert "key" in err


def test_what_the_app_has_told_on_screen_is_a_line_and_a_command_too(home, start):
    first, out, _ = start()
    until(lambda: out.read_bytes() and (home / "noted").exists())
    ended(first, signal.SIGTERM)
    file = beside(places({"PHDESK_HOME": str(home / "home")}).cache, print)
    now = datetime.now(UTC)
    add_notices(file, [notice("n1", "of the app", at=now)], now)
    claim(file, ["n1"], now)
    hand(file, ["n1"], now)
    told(file, ["n1"], "desktop", now)
    file.close()
    again, lines, _ = start()
    (line,) = until(lambda: lines.read_bytes().splitlines())
    assert json.loads(line)["subject"] == "of the app"
    until(lambda: b"of the app" in (home / "noted").read_bytes())
    ended(again, signal.SIGTERM)
