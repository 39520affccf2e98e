"""Real processes tell from one file while they are killed: each notice comes once or is known."""

import asyncio
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from phdesk.core.noticing.rules import Rules
from phdesk.services.notices.teller import Teller
from phdesk.store.alerts_file import AlertsFile
from phdesk.store.alerts_found import add_notices
from phdesk.store.alerts_told import waiting
from tests.services.notice_ways import Screen, ways_over
from tests.store.noticed import NOW, notice

KILLS = 8
PATIENCE = 30.0


class Paper(Screen):
    """A screen that is kept on disk: a line for each notice that it showed."""

    def __init__(self, path):
        super().__init__()
        self._out = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    async def show(self, card):
        os.write(self._out, "".join(f"{one}\n" for one in card.fresh).encode())


def tell(folder):
    """Tell whatever comes, until killed."""
    file = AlertsFile(folder / "alerts.sqlite3")
    teller = Teller(file, ways_over(Paper(folder / "shown")), Rules(), lambda: NOW, NOW.tzinfo)

    async def work():
        print("begun", flush=True)
        while True:
            await teller.look()

    asyncio.run(work())


def started(folder):
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.services.test_told_by_processes", folder],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
    )
    assert child.stdout.readline() == b"begun\n"
    return child


def kill(child):
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()


def step(folder, name):
    with closing(sqlite3.connect(folder / "alerts.sqlite3")) as db:
        return {one for (one,) in db.execute("select id from told where step=?", (name,))}


def test_two_processes_and_many_killed_ones_show_each_notice_once(tmp_path):
    chance, number = random.Random(7), 0
    file = AlertsFile(tmp_path / "alerts.sqlite3")
    children = [started(tmp_path), started(tmp_path)]
    try:
        for turn in range(KILLS):
            for _ in range(5):
                number += 1
                found = [notice(f"n{number}", f"s{number}")]
                while add_notices(file, found, NOW) is None:
                    pass
            time.sleep(chance.random() * 0.03)  # until the kill, wherever it hits
            kill(children[turn % 2])
            children[turn % 2] = started(tmp_path)
        end = time.monotonic() + PATIENCE
        while waiting(file) and time.monotonic() < end:
            time.sleep(0.01)
    finally:
        for child in children:
            kill(child)
    shown = (tmp_path / "shown").read_text().split()
    assert len(shown) == len(set(shown))
    every = {f"n{each + 1}" for each in range(number)}
    in_the_air = step(tmp_path, "handed")  # when their phdesk was killed
    assert step(tmp_path, "told") | in_the_air == every
    assert step(tmp_path, "told") <= set(shown)
    assert len(in_the_air) < number / 2
    file.close()


if __name__ == "__main__":
    tell(Path(sys.argv[1]))
