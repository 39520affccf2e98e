"""A second start of the same person hands its wish to the first."""

import os
import subprocess
import sys

import pytest
from PySide6.QtNetwork import QLocalSocket

from phdesk.services.door import LONGEST, Door, Wish, knock
from phdesk.services.instance import claim, lock_path

SECOND = """
import sys
from pathlib import Path
from phdesk.services.door import Wish, knock
from phdesk.services.instance import claim
path = Path(sys.argv[1])
print(claim(path) is None, knock(path, Wish(open=sys.argv[2])))
"""
CRASHING = """
import os, sys
from pathlib import Path
from phdesk.services.instance import claim
lock = claim(Path(sys.argv[1]))
print(lock.isLocked(), flush=True)
os._exit(1)
"""


@pytest.fixture
def path(tmp_path):
    return lock_path(tmp_path / "data" / "cache.sqlite3")


@pytest.fixture
def door(path, qtbot):
    made = Door(path)
    lock = claim(path)
    assert made.open()
    yield made
    made.close()
    lock.unlock()


def python(source, *words):
    return subprocess.Popen(
        [sys.executable, "-c", source, *map(str, words)], stdout=subprocess.PIPE, text=True
    )


def test_the_first_hears_what_the_second_wants(door, path, qtbot):
    with qtbot.waitSignal(door.asked, timeout=20_000) as asked:
        second = python(SECOND, path, "https://eu.posthog.com/dashboard/9 – ä")
    assert asked.args == ["https://eu.posthog.com/dashboard/9 – ä"]
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.communicate()[0].split() == ["True", "True"]


def test_there_is_one_first_until_it_goes(path):
    first = claim(path)
    assert first is not None
    assert claim(path) is None
    first.unlock()
    assert claim(path) is not None


def test_what_a_crash_leaves_behind_holds_nobody_up(path, qtbot):
    crashed = python(CRASHING, path)
    assert crashed.communicate()[0].strip() == "True"
    lock = claim(path)
    assert lock is not None
    path.with_suffix(".socket").write_text("left behind")
    door = Door(path)
    assert door.open()
    door.close()
    lock.unlock()


def test_nobody_at_home_is_told(path, qtbot):
    assert not knock(path, Wish())


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_lets_everybody_be_first(tmp_path):
    tmp_path.chmod(0o500)
    assert claim(tmp_path / "new" / "instance.lock") is not None


@pytest.mark.parametrize(
    "words",
    [b"nonsense\n", b"[1]\n", b'{"open": 3}\n', b"x" * (LONGEST + 1)],
    ids=["no JSON", "a list", "no text", "too long"],
)
def test_words_that_are_no_wish_are_not_heard(door, qtbot, words):
    heard = []
    door.asked.connect(heard.append)
    visitor = QLocalSocket()
    visitor.connectToServer(door._name)
    qtbot.waitUntil(lambda: visitor.state() is QLocalSocket.LocalSocketState.ConnectedState)
    visitor.write(words)
    qtbot.waitUntil(lambda: visitor.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    assert heard == []


def test_a_long_way_to_the_folder_is_no_hindrance(tmp_path, qtbot):
    far = lock_path(tmp_path / ("x" * 120) / "cache.sqlite3")
    lock = claim(far)
    door = Door(far)
    assert door.open()
    assert len(door._name) < 100
    door.close()
    lock.unlock()
