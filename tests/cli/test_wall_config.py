"""The file of walls is checked and begun from the command line, and a PIN made for it."""

import io
import socket
import subprocess
import sys
import threading
from argparse import Namespace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from phdesk.cli import main, wall_config
from phdesk.cli.exits import BAD_INPUT, FINE, NETWORK, WRONG_USE, StoppedError
from phdesk.core.wall.pin import matches
from phdesk.services.wall_source import LARGEST

GOOD = '[screens.lobby]\nhosts = ["lobby-pi"]\nitems = ["#wall"]\n[screens.office]\n'


def check(source, screen=None):
    options = Namespace(check_config=str(source), screen=screen, print_config=False, set_pin=False)
    return wall_config.run(options)


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setattr(socket, "gethostname", lambda: "lobby-pi.example.org")
    path = tmp_path / "walls.toml"
    path.write_text(GOOD)
    return path


def test_a_good_file_is_told_with_its_screens_and_which_of_them_this_computer_is(path, capsys):
    assert check(path) == FINE
    out = capsys.readouterr().out
    assert out == (
        "walls.toml is fine. It describes 2 screens: lobby, office; this computer is lobby.\n"
    )


def test_a_file_can_be_checked_on_a_computer_that_has_no_screen(path, capsys, monkeypatch):
    monkeypatch.setattr(socket, "gethostname", lambda: "laptop")
    assert check(path) == FINE
    assert "this computer is none of them" in capsys.readouterr().out


def test_a_screen_that_is_asked_for_has_to_be_there(path):
    with pytest.raises(StoppedError, match='no screen "x"; there are lobby and office') as stop:
        check(path, "x")
    assert stop.value.code == BAD_INPUT


def test_each_fault_has_a_line_that_editors_jump_to(path, capsys):
    path.write_text('[screens.lobby]\ndwel = "45s"\nrefresh = "1s"\n')
    with pytest.raises(StoppedError, match=r"2 faults in walls\.toml") as stop:
        check(path)
    assert stop.value.code == BAD_INPUT
    assert capsys.readouterr().err.splitlines() == [
        'walls.toml:2: screens.lobby.dwel: is no key here; did you mean "dwell"?',
        'walls.toml:3: screens.lobby.refresh: "1s" is too short; at least 5m',
    ]


@pytest.mark.parametrize("name", ["nowhere.toml", "."])
def test_what_cannot_be_read_is_told(path, name):
    with pytest.raises(StoppedError, match="cannot be read") as stop:
        check(path.parent / name)
    assert stop.value.code == BAD_INPUT


def test_a_file_can_come_through_a_pipe(path, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    assert check("-") == FINE


def test_what_is_too_large_for_a_file_is_too_large_for_a_pipe(monkeypatch):
    large = GOOD.encode() + b"#" * LARGEST  # cut off it would be fine
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(large)))
    with pytest.raises(StoppedError, match="standard input is larger than 1024 kB") as stopped:
        check("-")
    assert stopped.value.code == BAD_INPUT


@pytest.fixture
def address():
    """Serve the file on this computer."""

    class Serving(BaseHTTPRequestHandler):
        def do_GET(self):
            found = self.path.startswith("/walls.toml")
            self.send_response(200 if found else 404)
            self.end_headers()
            self.wfile.write(GOOD.encode() if found else b"")

        def log_message(self, *_args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Serving) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_an_address_can_be_checked(address, capsys):
    assert check(f"{address}/walls.toml?token=secret") == FINE
    assert "secret" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("source", "code", "words"),
    [
        ("http://example.org/walls.toml", BAD_INPUT, "is asked over https only"),
        ("{}/gone", BAD_INPUT, r"There is nothing at 127\.0\.0\.1:\d+/gone any more"),
    ],
)
def test_an_address_of_no_use_is_told(source, code, words, address):
    with pytest.raises(StoppedError, match=words) as stop:
        check(source.format(address))
    assert stop.value.code == code


def test_an_address_that_does_not_answer_is_a_matter_of_the_network(unused_port):
    with pytest.raises(StoppedError, match="is out of reach") as stop:
        check(f"http://127.0.0.1:{unused_port}/walls.toml")
    assert stop.value.code == NETWORK


def test_the_example_that_is_printed_passes_the_check(path, capsys):
    options = Namespace(print_config=True, set_pin=False, check_config=None)
    assert wall_config.run(options) == FINE
    path.write_text(capsys.readouterr().out)
    assert check(path) == FINE


def given(monkeypatch, text, *, typed=False):
    stdin = io.StringIO(text)
    stdin.isatty = lambda: typed
    monkeypatch.setattr("sys.stdin", stdin)


def test_a_pin_becomes_a_line_for_the_file(monkeypatch, capsys):
    given(monkeypatch, "2468\n")
    assert wall_config.set_pin() == FINE
    line = capsys.readouterr().out
    assert line.startswith('pin = "scrypt$')
    assert "2468" not in line.partition("$")[0]
    assert matches("2468", line.split('"')[1])


def test_a_pin_that_is_typed_is_asked_for_twice(monkeypatch, capsys):
    given(monkeypatch, "", typed=True)
    answers = iter(["2468", "2468", "2468", "8642"])
    assert wall_config.set_pin(lambda _words: next(answers)) == FINE
    with pytest.raises(StoppedError, match="two different PINs"):
        wall_config.set_pin(lambda _words: next(answers))


def test_a_pin_that_is_too_short_is_refused(monkeypatch):
    given(monkeypatch, "12\n")
    with pytest.raises(StoppedError, match="4 to 64 characters") as stop:
        wall_config.set_pin()
    assert stop.value.code == WRONG_USE


def test_it_is_done_without_a_window(path):
    words = ["-X", "importtime", "-m", "phdesk", "monitor", "--check-config", str(path)]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert done.returncode == FINE
    assert done.stdout.startswith("walls.toml is fine.")
    assert "PySide6" not in done.stderr


def test_a_fault_is_an_exit_code_of_the_command(path, capsys):
    path.write_text("[screens.lobby")
    assert main(["monitor", "--check-config", str(path)]) == BAD_INPUT
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("walls.toml:1: not TOML: ")
    assert said[1] == "phdesk: 1 fault in walls.toml"
