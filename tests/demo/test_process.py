"""The server as a program: one line of JSON, then service until it is told to end."""

import json
import signal
import subprocess
import sys

import httpx
import pytest


@pytest.mark.parametrize("end", ["stdin", "signal"])
def test_it_says_where_it_is_and_ends_cleanly(end):
    command = [sys.executable, "-W", "error", "-m", "phdesk.demo", "--seed", "3"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as running:
        ready = json.loads(running.stdout.readline())
        assert ready["project"] == 1
        headers = {"Authorization": f"Bearer {ready['key']}"}
        assert httpx.get(f"{ready['url']}/api/users/@me/", headers=headers).status_code == 200
        if end == "signal":
            running.send_signal(signal.SIGTERM)
            running.wait(10)
        rest, complaints = running.communicate(timeout=60)
        assert (rest, complaints, running.returncode) == (b"", b"", 0)
