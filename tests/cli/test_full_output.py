"""What a command says when there is no room for what it writes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize(
    "command", [["monitor", "--print-config"], ["budget"], ["budget", "--json"]]
)
def test_no_room_for_the_output_is_told_in_one_line(command, tmp_path):
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "phdesk", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            env=dict(os.environ) | {"PHDESK_HOME": str(tmp_path)},
            text=True,
            check=False,
        )
    assert done.returncode == 5
    assert done.stderr == "phdesk: the output cannot be written (No space left on device)\n"
