import io
import json
import os
import sys

import pytest

from phdesk.cli import main
from phdesk.store.cache import Cache, CachedDashboard, CachedTile
from phdesk.store.cache_file import VERSION
from phdesk.store.cache_writing import Writer
from tests.store.builders import NOON, at


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("PHDESK_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def path(place):
    """A cache of two accounts: two dashboards, one with history, a layout, and an insight."""
    path = place / "cache.sqlite3"
    cache = Cache(path, pytest.fail)
    writer = Writer(cache)
    for minute, account, board in ((0, "a", 1), (5, "a", 1), (7, "b", 2)):
        tile = CachedTile(1, os.urandom(50_000), at(minute), b"%d" % minute)
        writer.save_dashboard(account, 1, board, CachedDashboard(b"{}", (tile,), NOON))
    writer.save_overlay("a", 1, 1, b"layout")
    writer.save_draft("a", 1, "one", b"insight")
    cache.close()
    return path


def run(capfd, *arguments):
    code = main(["cache", *arguments])
    out, err = capfd.readouterr()
    assert "Traceback" not in err
    return code, out, err


def info(capfd):
    return json.loads(run(capfd, "info", "--json")[1])


def test_info_says_what_is_kept(path, capfd):
    code, out, err = run(capfd, "info")
    assert (code, err) == (0, "")
    size = path.stat().st_size / 1e6
    assert out.splitlines() == [
        f"path        {path}",
        f"size        {size:.1f} MB",
        "dashboards  2",
        "results     2, and 1 earlier ones",
        "layouts     1 not saved to PostHog",
        "insights    1 not saved to PostHog",
        "history     2026-11-23 12:00 UTC to 2026-11-23 12:07 UTC",
        "account     a: 1 dashboards, 0.1 MB",
        "account     b: 1 dashboards, 0.1 MB",
    ]


def test_info_as_json_has_the_same(path, capfd):
    found = info(capfd)
    assert {name: found[name] for name in ("path", "ok", "dashboards", "history", "oldest")} == {
        "path": str(path),
        "ok": True,
        "dashboards": 2,
        "history": 1,
        "oldest": "2026-11-23T12:00:00Z",
    }
    assert [one["account"] for one in found["accounts"]] == ["a", "b"]


def test_a_cache_that_does_not_exist_yet_is_empty_and_stays_so(place, capfd):
    code, out, _err = run(capfd, "info", "--json")
    assert (code, json.loads(out)["size"]) == (0, 0)
    assert run(capfd, "verify")[0] == 0
    assert list(place.iterdir()) == []


def test_a_whole_cache_is_verified(path, capfd):
    assert run(capfd, "verify") == (0, f"{path} is whole.\n", "")
    code, out, _err = run(capfd, "verify", "--json")
    assert (code, json.loads(out)) == (0, {"path": str(path), "ok": True, "problems": []})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("update blobs set data=x'00ff' where id=2", "a, dashboard 1, tile 1: what was kept"),
        ("delete from blobs where id=2", "a, dashboard 1, tile 1: what was kept"),
        ("update overlays set codec=9", "a, dashboard 1: what was kept"),
    ],
)
def test_damage_is_found_told_and_left_as_it_is(path, capfd, change, words):
    cache = Cache(path)
    cache.run(None, lambda db: db.execute(change))
    cache.close()
    before = path.read_bytes()
    code, out, err = run(capfd, "verify")
    assert (code, words in out) == (5, True)
    assert "is damaged" in err
    assert path.read_bytes() == before
    assert list(path.parent.glob("*.bad-*")) == []
    assert json.loads(run(capfd, "verify", "--json")[1])["ok"] is False


def test_a_newer_file_is_not_called_damaged(path, capfd):
    cache = Cache(path)
    cache.run(None, lambda db: db.execute("pragma user_version=99"))
    cache.close()
    said = f"phdesk: {path}: it has the tables of version 99, not {VERSION}\n"
    assert run(capfd, "verify") == (5, "", said)
    assert run(capfd, "clear", "--yes") == (5, "", said)


def test_a_damaged_page_is_found(path, capfd):
    with path.open("r+b") as file:
        file.seek(4096 * 9)
        file.write(b"\xff" * 4096 * 4)
    assert run(capfd, "verify")[0] == 5


@pytest.mark.parametrize("act", ["info", "verify", "clear"])
def test_what_is_no_cache_is_exit_code_5(place, capfd, act):
    (place / "cache.sqlite3").write_bytes(b"no database" * 999)
    more = ["--yes"] if act == "clear" else []
    assert run(capfd, act, *more)[0] == 5
    assert len(list(place.iterdir())) == 1


def test_clearing_removes_one_account_but_nothing_that_is_not_saved(path, capfd):
    code, out, _err = run(capfd, "clear", "--account", "a", "--yes")
    assert (code, out) == (
        0,
        "Removed 0.1 MB; 1 layout and 1 insight not saved to PostHog yet stay.\n",
    )
    found = info(capfd)
    assert [one["account"] for one in found["accounts"]] == ["b"]
    assert (found["layouts"], found["drafts"], found["history"]) == (1, 1, 0)


def test_clearing_removes_everything_else(path, capfd):
    code, out, _err = run(capfd, "clear", "--yes", "--json")
    assert code == 0
    assert json.loads(out)["freed"] > 100_000
    assert (info(capfd)["results"], info(capfd)["dashboards"], info(capfd)["layouts"]) == (0, 0, 1)


def test_clearing_an_unknown_account_is_exit_code_5(path, capfd):
    code, _out, err = run(capfd, "clear", "--account", "c", "--yes")
    assert (code, err) == (5, "phdesk: nothing is kept of c; there are: a, b\n")


def test_without_a_person_clearing_needs_yes(path, capfd):
    code, _out, err = run(capfd, "clear")
    assert (code, err) == (2, "phdesk: nobody can be asked here: give --yes\n")
    assert info(capfd)["dashboards"] == 2


class Terminal(io.StringIO):
    """A person who types."""

    def isatty(self):
        return True


@pytest.mark.parametrize(("answer", "code", "left"), [("y", 0, 0), ("n", 3, 2), ("", 3, 2)])
def test_a_person_is_asked_first(path, capfd, monkeypatch, answer, code, left):
    monkeypatch.setattr(sys, "stdin", Terminal(f"{answer}\n"))
    found, out, _err = run(capfd, "clear")
    assert found == code
    assert out.startswith(
        "This removes the numbers and the history of 2 dashboards; "
        "1 layout and 1 insight not saved to PostHog yet stay.\n"
    )
    assert info(capfd)["dashboards"] == left
