"""A kill at any moment leaves a whole cache, with everything that was written before."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MEMORY = "/dev/shm"  # a kill is no power cut: what the system has taken is written

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the writers are forked")


def crash(kills, seed):
    """Let a program without Qt fork and kill the writers; gives what it found."""
    home = MEMORY if Path(MEMORY).is_dir() else None
    with tempfile.TemporaryDirectory(dir=home) as folder:
        command = ["-m", "tests.store.crashing", f"{folder}/cache.sqlite3", str(kills), str(seed)]
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=True
        )
    return json.loads(done.stdout)


@pytest.mark.parametrize("seed", range(4))
def test_fifty_kills_in_the_middle_of_refreshing_and_saving_lose_nothing(seed):
    found = crash(50, seed)
    assert found["wrong"] == []
    assert found["cycles"] >= 50, "between the kills writes were whole, too"
    assert found["in_the_middle"] >= 10


@pytest.mark.slow
def test_a_thousand_kills_lose_nothing():
    found = crash(1000, 99)
    assert found["wrong"] == []
    assert found["in_the_middle"] >= 200
