import sys

import pytest

from phdesk.services.demo_process import DemoProcess, DemoServer

READY = '{"url": "http://127.0.0.1:1", "key": "phx_demo", "project": 1}'
STAY = "import sys; sys.stdin.read()"


@pytest.fixture
def made(qtbot):
    """Make a process of these words for Python, in the place of the server or the server itself."""
    kept = []

    def make(*words):
        demo = DemoProcess(words=words) if words else DemoProcess()
        demo.told = []
        demo.ready.connect(demo.told.append)
        demo.failed.connect(demo.told.append)
        kept.append(demo)
        return demo

    yield make
    for demo in kept:
        demo.stop()
        assert not demo.started


@pytest.fixture
def demo(made):
    return made()


@pytest.fixture
def running(made):
    """Start a small program in the place of the server."""

    def run(code):
        demo = made("-c", code)
        demo.start()
        return demo

    return run


def test_the_demo_server_says_where_it_is_and_ends_when_told(demo, qtbot):
    demo.start()
    assert demo.started
    qtbot.waitUntil(lambda: demo.server is not None, timeout=30_000)
    assert demo.told == [demo.server]
    assert demo.server.url.startswith("http://127.0.0.1:")
    assert demo.server.project == 1
    demo.stop()
    assert not demo.started
    assert len(demo.told) == 1, "an end that was asked for is no failure"


def test_a_program_that_cannot_be_started_is_a_sentence(demo, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere"))
    demo.start()
    qtbot.waitUntil(lambda: bool(demo.told))
    assert len(demo.told) == 1
    assert demo.told[0].startswith("The demo server ended: ")


def test_a_server_that_ends_by_itself_is_told_once_with_its_code(running, qtbot):
    demo = running("raise SystemExit(3)")
    qtbot.waitUntil(lambda: bool(demo.told))
    qtbot.waitUntil(lambda: not demo.started)
    assert demo.told == ["The demo server ended: exit code 3."]


def test_a_server_that_crashes_is_told_once(running, qtbot):
    demo = running("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    qtbot.waitUntil(lambda: not demo.started and bool(demo.told))
    assert demo.told == ["The demo server ended: Process crashed."]


@pytest.mark.parametrize("line", ["not json", "{}", "[]"])
def test_a_line_that_says_nothing_is_told(running, qtbot, line):
    demo = running(f"print({line!r}, flush=True); {STAY}")
    qtbot.waitUntil(lambda: bool(demo.told))
    assert demo.told == ["The demo server did not say where it is."]
    assert demo.server is None


def test_half_a_line_is_waited_for(running, qtbot):
    half = len(READY) // 2
    code = (
        f"import sys; w = sys.stdout.write; w({READY[:half]!r}); sys.stdout.flush();"
        f"w({READY[half:]!r} + chr(10) + 'more' + chr(10)); sys.stdout.flush(); {STAY}"
    )
    demo = running(code)
    qtbot.waitUntil(lambda: bool(demo.told))
    assert demo.told == [DemoServer("http://127.0.0.1:1", "phx_demo", 1)]


def test_a_server_that_ended_can_be_started_again(running, qtbot, tmp_path):
    mark = str(tmp_path / "ended once")
    code = (
        f"import os, sys; again = os.path.exists({mark!r}); open({mark!r}, 'w').close();"
        f"print({READY!r}, flush=True); again and sys.stdin.read()"
    )
    demo = running(code)
    qtbot.waitUntil(lambda: len(demo.told) == 2 and not demo.started)
    assert demo.server is None
    demo.start()
    qtbot.waitUntil(lambda: demo.server is not None)
    assert demo.told[-1] == demo.server


def test_stopping_what_never_began_is_harmless(demo):
    demo.stop()
    assert demo.told == []
