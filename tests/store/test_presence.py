import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from phdesk.store.presence import Presence

HOLD = """
import sys, time
from pathlib import Path
from phdesk.store.presence import Presence
one = Presence(Path(sys.argv[1]))
one.hold()
print(one.name, flush=True)
time.sleep(60)
"""


@pytest.fixture
def shared(tmp_path):
    return tmp_path / "alerts.sqlite3"


def test_a_name_lives_for_as_long_as_its_lock_is_held(shared):
    one, other = Presence(shared), Presence(shared)
    assert not other.lives(one.name)
    assert one.hold()
    assert one.hold()  # twice is as good
    assert other.lives(one.name)
    one.leave()
    assert not other.lives(one.name)
    assert list(shared.parent.iterdir()) == []


def test_one_is_alive_to_itself(shared):
    one = Presence(shared)
    assert one.lives(one.name)


def test_the_lock_goes_with_a_process_that_is_killed(shared):
    child = subprocess.Popen([sys.executable, "-c", HOLD, shared], stdout=subprocess.PIPE)
    name = child.stdout.readline().decode().strip()
    me = Presence(shared)
    assert me.lives(name)
    child.kill()
    child.wait()
    child.stdout.close()
    assert not me.lives(name)
    me.forget(name)
    assert list(shared.parent.iterdir()) == []


def test_where_no_lock_can_be_taken_none_is_held(tmp_path):
    assert not Presence(tmp_path / "nowhere" / "alerts.sqlite3").hold()


def test_a_lock_that_another_has_is_tried_again_later(shared):
    one = Presence(shared)
    with closing(sqlite3.connect(f"{shared}.{one.name}.alive", isolation_level=None)) as other:
        other.execute("begin exclusive")
        assert not one.hold()
    assert one.hold()
    one.leave()


def test_what_the_dead_left_behind_is_removed_an_hour_later(shared):
    paths = {}
    for name, age in [("old", 7200), ("young", 60), ("held", 7200)]:
        one = Presence(shared)
        one.hold()
        path = shared.with_name(f"{shared.name}.{one.name}.alive")
        paths[name] = path, one
        if name != "held":
            one._lock.close()  # as when its process was killed
        then = time.time() - age
        os.utime(path, (then, then))
    me = Presence(shared)
    me.hold()
    assert {name: path.exists() for name, (path, _) in paths.items()} == {
        "old": False,
        "young": True,
        "held": True,
    }
    paths["held"][1].leave()
    me.leave()
