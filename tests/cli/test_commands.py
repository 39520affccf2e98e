import http.server
import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import httpx
import keyring
import pytest
from PySide6.QtGui import QImage

from phdesk.cli import main
from phdesk.cli.gui import has_display
from phdesk.demo.server import DemoServer
from phdesk.services.credentials import KEY_STAYS
from phdesk.services.places import places
from phdesk.store.alerts_file import beside
from phdesk.store.alerts_found import add_notices
from phdesk.store.alerts_inbox import page
from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer
from tests.app_parts import vault
from tests.cli.saying import open_line, said
from tests.services.keyrings import LOCKED, FailingKeyring
from tests.store.noticed import notice

KEY = "phx_demo_lumen_lane"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param("not json", "JSON", id="no JSON"),
        pytest.param("", "empty", id="empty file"),
        pytest.param('{"cohorts": 1}', "", id="something else"),
        pytest.param("[" * 100_000, "", id="endless nesting"),
        pytest.param('"text"', "", id="a bare string"),
    ],
)
@pytest.mark.parametrize("command", ["show", "render"])
def test_a_bad_file_gets_one_line_and_exit_code_5(command, content, words, place, capfd):
    file = place / "bad.json"
    file.write_text(content)
    more = ["-o", str(place / "out.png")] if command == "render" else []
    assert main([command, "--file", str(file), *more]) == 5
    out, err = said(capfd)
    assert out == ""
    assert err.count("\n") == 1
    assert str(file) in err
    assert words.lower() in err.lower()


def test_a_missing_file_gets_one_line(place, capfd):
    assert main(["show", "--file", "nowhere.json"]) == 5
    assert said(capfd)[1] == "phdesk: nowhere.json: No such file or directory\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["show"],
        ["show", "1", "--file", "x"],
        ["show", "1", "--format", "xml"],
        ["show", "1", "--cached", "--refresh"],
        ["render", "1"],
        ["render", "1", "-o", "x.png", "--size", "big"],
        ["render", "1", "-o", "x.png", "--scale", "99"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_exit_code_2(arguments, place, capfd):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    said(capfd)


@pytest.mark.parametrize("size", [[], ["--size", "1280x800"], ["--size", "1280"]], ids=str)
@pytest.mark.parametrize("compaction", ["vertical", "stable"])
@pytest.mark.parametrize("box", [{"y": 0, "h": 1e9}, {"y": 1e9, "h": 5}], ids=str)
def test_one_box_without_sense_leaves_a_picture_of_all_tiles(box, compaction, size, place, qapp):
    boxes = [{"x": 0, "y": 0, "w": 6, "h": 5}, {"x": 6, "w": 6, **box}]
    tiles = [
        {"id": number, "text": {"body": "# Words"}, "layouts": {"sm": stored}}
        for number, stored in enumerate(boxes, 1)
    ]
    board = {"id": 1, "tiles": tiles, "customization": {"layout_compaction": compaction}}
    file, out = place / "board.json", place / "out.png"
    file.write_text(json.dumps(board))
    assert main(["render", "--file", str(file), "-o", str(out), *size]) == 0
    image = QImage(str(out))
    assert image.width() == 1280
    assert image.height() == 800 or len(size) < 2 or "x" not in size[1]


@pytest.mark.parametrize("name", ["out.doc", "out.json", "x.y"])
def test_a_picture_that_could_not_be_what_its_name_says_is_refused(name, place, capfd):
    file = place / "one.json"
    file.write_text('{"tiles": []}')
    assert main(["render", "--file", str(file), "-o", str(place / name)]) == 2
    assert ".png, .jpg" in said(capfd)[1]
    assert not (place / name).exists()


def test_a_picture_can_be_sent_to_another_program(place, monkeypatch, capfdbinary, qapp):
    monkeypatch.chdir(place)
    (place / "one.json").write_text('{"tiles": [{"text": {"body": "# Words"}}]}')
    assert main(["render", "--file", "one.json", "-o", "-", "--size", "600x400"]) == 0
    out, err = capfdbinary.readouterr()
    image = QImage.fromData(out, "PNG")
    assert (image.width(), image.height(), err) == (600, 400, b"")
    assert not (place / "-").exists()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without an end")
@pytest.mark.parametrize("command", ["show", "render"])
def test_a_file_without_an_end_is_given_up(command, place, monkeypatch, capfd):
    monkeypatch.setattr("phdesk.cli.loading.LARGEST_FILE", 1024)
    more = ["-o", str(place / "out.png")] if command == "render" else []
    assert main([command, "--file", "/dev/zero", *more]) == 5
    assert said(capfd)[1] == "phdesk: /dev/zero: larger than 256 MB\n"


def test_no_key_is_exit_code_3(place, capfd):
    with vault():
        assert main(["show", "1"]) == 3
    assert "PHDESK_API_KEY" in said(capfd)[1]


def test_a_refused_key_is_exit_code_3(place, server, monkeypatch, capfd):
    monkeypatch.setenv("PHDESK_API_KEY", "phx_wrong")
    monkeypatch.setenv("PHDESK_HOST", server.url)
    assert main(["dashboards"]) == 3
    assert "phx_wrong" not in "".join(said(capfd))


@pytest.mark.usefixtures("quick_retries")
def test_nobody_at_the_address_is_exit_code_4(place, monkeypatch, capfd, unused_port):
    monkeypatch.setenv("PHDESK_API_KEY", KEY)
    monkeypatch.setenv("PHDESK_HOST", f"http://127.0.0.1:{unused_port}")
    assert main(["dashboards"]) == 4
    said(capfd)


@pytest.mark.parametrize("command", [["show", "1"], ["dashboards"], ["open", "1"]], ids=" ".join)
def test_an_odd_project_in_the_environment_is_wrong_use(command, signed_in, monkeypatch, capfd):
    monkeypatch.setenv("PHDESK_PROJECT", "abc")
    assert main(command) == 2
    assert said(capfd) == ("", "phdesk: PHDESK_PROJECT must be a number, not 'abc'\n")


def test_the_doctor_tells_an_odd_project(signed_in, monkeypatch, capfd, qapp):
    monkeypatch.setenv("PHDESK_PROJECT", "abc")
    assert main(["doctor"]) == 4
    assert "PHDESK_PROJECT must be a number" in said(capfd)[0]


@pytest.mark.parametrize("host", ["bad host", "ftp://x", "https://", "eu.i.posthog.com"])
def test_an_odd_host_is_wrong_use(host, signed_in, monkeypatch, capfd):
    assert main(["login", "--host", host]) == 2
    assert said(capfd)[1].startswith(f"phdesk: --host {host}: ")
    monkeypatch.setenv("PHDESK_HOST", host)
    for command in (["show", "1"], ["dashboards"]):
        assert main(command) == 2
        assert said(capfd)[1].startswith(f"phdesk: PHDESK_HOST is {host!r}. ")


@pytest.mark.usefixtures("quick_retries")
def test_https_at_a_port_without_it_says_what_to_try(signed_in, server, monkeypatch, capfd):
    monkeypatch.setenv("PHDESK_HOST", server.url.replace("http:", "https:"))
    assert main(["dashboards"]) == 4
    assert said(capfd)[1] == ("phdesk: 127.0.0.1 does not speak https at this port; try http://.\n")


class Talking(http.server.BaseHTTPRequestHandler):
    """Answers every call with the same words, as some other program might."""

    words = b""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.words)

    def log_message(self, *words):
        pass


@pytest.mark.parametrize("words", [b"hello", b"", b"null", b"[]", b'{"a": 1}'], ids=str)
def test_something_else_than_posthog_is_exit_code_4(words, place, monkeypatch, capfd):
    monkeypatch.setattr(Talking, "words", words)
    monkeypatch.setenv("PHDESK_API_KEY", KEY)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Talking) as other:
        threading.Thread(target=other.serve_forever).start()
        monkeypatch.setenv("PHDESK_HOST", f"http://127.0.0.1:{other.server_port}")
        codes = [main(["show", "1"]), main(["show", f"{other_url(other)}/project/1/dashboard/1"])]
        other.shutdown()
    assert codes == [4, 4]
    assert "answers, but not like PostHog" in said(capfd)[1]


def other_url(server):
    return f"http://127.0.0.1:{server.server_port}"


def test_an_unknown_dashboard_is_exit_code_5(signed_in, capfd):
    assert main(["show", "999999"]) == 5
    said(capfd)


def test_dashboards_are_listed(signed_in, capfd):
    assert main(["dashboards", "--format", "json"]) == 0
    listed = json.loads(said(capfd)[0])
    assert len(listed["rows"]) == 6
    assert "Company KPIs" in {row[1] for row in listed["rows"]}


def test_a_dashboard_is_shown_in_reading_order_from_its_address(signed_in, server, capfd):
    assert main(["show", f"{server.url}/project/1/dashboard/1", "--format", "json"]) == 0
    tiles = json.loads(said(capfd)[0])
    assert 8 <= len(tiles) <= 12
    assert tiles[0]["display"] == "BoldNumber"


@pytest.fixture
def untouched(place, monkeypatch):
    """Serve a demo that has calculated nothing yet."""
    with DemoServer() as running:
        monkeypatch.setenv("PHDESK_API_KEY", running.key)
        monkeypatch.setenv("PHDESK_HOST", running.url)
        yield running


def shown_tiles(capfd, *options):
    assert main(["show", "1", "--format", "json", *options]) == 0
    return json.loads(said(capfd)[0])


def charts(tiles):
    return [one for one in tiles if one["kind"] not in ("text", "button")]


def total_of(server, title):
    """Ask the server itself for a number, as any other program would."""
    headers = {"Authorization": f"Bearer {server.key}"}
    base = f"{server.url}/api/projects/1"
    board = httpx.get(f"{base}/dashboards/1/", headers=headers).json()
    found = next(
        tile["insight"]["id"]
        for tile in board["tiles"]
        if tile["insight"] and tile["insight"]["name"] == title
    )
    params = {"refresh": "blocking", "from_dashboard": 1}
    answer = httpx.get(f"{base}/insights/{found}/", headers=headers, params=params).json()
    return answer["result"][0]["aggregated_value"]


def test_numbers_that_the_server_has_not_calculated_are_calculated(untouched, capfd):
    cached = charts(shown_tiles(capfd, "--cached"))
    waiting = [one for one in cached if "Not calculated yet" in one["summary"]]
    assert len(waiting) == len(cached) == 10
    shown = charts(shown_tiles(capfd))
    assert all(one["rows"] for one in shown)
    assert not [one for one in shown if "Not calculated yet" in one["summary"]]
    total = total_of(untouched, shown[0]["title"])
    assert shown[0]["rows"][0][1] == total
    assert f"{total:,.0f}" in shown[0]["summary"]
    assert charts(shown_tiles(capfd, "--cached")) == shown


def test_a_picture_has_the_numbers_too(untouched, place, capfd, qapp):
    pictures = []
    for options in (["--cached"], [], ["--refresh"]):
        out = place / "out.png"
        assert main(["render", "1", "-o", str(out), *options]) == 0
        pictures.append(out.stat().st_size)
    assert pictures[1] > pictures[0] * 1.3, "charts take more than sentences"
    assert pictures[2] > pictures[0] * 1.3


@pytest.mark.parametrize("option", ["--cached", "--refresh"])
def test_a_file_has_no_server_to_ask(option, place, capfd):
    assert main(["show", "--file", "one.json", option]) == 2
    assert option in said(capfd)[1]


def test_login_keeps_the_key_in_the_keyring_only_and_logout_removes_it(
    place, server, monkeypatch, capfd
):
    with vault() as keys:
        monkeypatch.setattr("sys.stdin", open_line(place, server.key))
        assert main(["login", "--host", server.url]) == 0
        assert list(keys.kept.values()) == [server.key]
        assert server.key not in "".join(said(capfd))
        files = [path for path in place.rglob("*") if path.is_file() and path.name != "stdin"]
        assert files
        assert all(server.key.encode() not in path.read_bytes() for path in files)

        assert main(["accounts", "--json"]) == 0
        account = json.loads(said(capfd)[0])[0]
        assert account["host"] == server.url

        assert main(["show", "1", "--format", "csv"]) == 0
        assert said(capfd)[0].startswith("# ")

        alerts = beside(places(os.environ).cache)
        now = datetime.now(UTC)
        add_notices(alerts, [notice(account=account["id"])], now)
        cache = Cache(places(os.environ).cache)
        query = b'{"query":{"kind":"InsightVizNode"},"details":{"name":"Visits"}}'
        Writer(cache).save_draft(account["id"], 1, "one", query)
        cache.close()
        assert main(["logout"]) == 0
        assert "What was not saved went with it: the insight “Visits”." in said(capfd)[0]
        assert keys.kept == {}
        assert page(alerts) == ()
        assert main(["show", "1"]) == 3


def test_logout_with_a_locked_keyring_can_be_done_again(place, server, monkeypatch, capfd):
    with vault() as keys:
        monkeypatch.setattr("sys.stdin", open_line(place, server.key))
        assert main(["login", "--host", server.url]) == 0
        keyring.set_keyring(FailingKeyring(LOCKED))
        assert main(["logout"]) == 3
        assert f"The keyring is locked. {KEY_STAYS}" in said(capfd)[1]
        keyring.set_keyring(keys)
        assert main(["logout"]) == 0
        assert keys.kept == {}
        assert main(["accounts"]) == 0
        assert "no account is kept" in said(capfd)[1]


def test_login_without_a_keyring_says_so_and_keeps_nothing(place, server, monkeypatch, capfd):
    monkeypatch.setattr("sys.stdin", open_line(place, server.key))
    assert keyring.get_keyring().priority <= 0
    assert main(["login", "--host", server.url]) == 3
    assert "PHDESK_API_KEY" in said(capfd)[1]
    assert not (place / "accounts.toml").exists()


def test_the_doctor_looks_at_everything(signed_in, server, capfd, qapp):
    assert main(["doctor", "--json"]) == 0
    found = {one["name"]: one for one in json.loads(said(capfd)[0])}
    assert {"phdesk", "python", "qt", "qt platform", "font", "keyring", "cache"} <= set(found)
    assert found[f"host {server.url}"]["fine"]


def test_the_doctor_tells_a_host_out_of_reach(place, monkeypatch, capfd, qapp, unused_port):
    monkeypatch.setenv("PHDESK_API_KEY", KEY)
    monkeypatch.setenv("PHDESK_HOST", f"http://127.0.0.1:{unused_port}")
    assert main(["doctor"]) == 4
    assert "BAD" in said(capfd)[0]


@pytest.mark.parametrize(
    ("environ", "display"),
    [
        ({}, False),
        ({"DISPLAY": ":987654"}, False),
        ({"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": "/nowhere"}, False),
        ({"DISPLAY": "elsewhere:0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
    ],
)
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="X11 and Wayland only")
def test_a_missing_display_is_noticed_before_qt_ends_the_process(environ, display):
    assert has_display(environ) is display


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="X11 and Wayland only")
def test_without_a_display_the_app_says_what_to_do(place):
    environ = {"PATH": "/usr/bin:/bin", "PHDESK_HOME": str(place), "HOME": str(place)}
    run = [sys.executable, "-m", "phdesk", "demo"]
    done = subprocess.run(run, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "--screenshot" in done.stderr


def test_the_demo_takes_its_own_picture(place):
    out = place / "demo.png"
    run = [sys.executable, "-m", "phdesk", "demo", "--screenshot", str(out)]
    done = subprocess.run(run, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert out.read_bytes().startswith(b"\x89PNG")


def test_a_fault_of_phdesk_itself_is_one_line(place, monkeypatch, capfd):
    monkeypatch.setattr("phdesk.cli.show.load", lambda _arguments: 1 / 0)
    assert main(["show", "1"]) == 1
    out, err = said(capfd)
    assert (out, err.count("\n")) == ("", 1)
    assert "ZeroDivisionError" in err
