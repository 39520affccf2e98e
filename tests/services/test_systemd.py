"""What systemd is told, over real datagram sockets."""

import os
import socket
import sys

import pytest

from phdesk.services.systemd import Notice, without_notice

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no systemd there")


@pytest.fixture
def listener(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as made:
        made.bind(str(tmp_path / "notify"))
        made.settimeout(5)
        yield made


def test_it_says_what_the_protocol_wants(listener, tmp_path):
    notice = Notice({"NOTIFY_SOCKET": str(tmp_path / "notify")})
    notice.ready()
    notice.alive()
    notice.status("All\nwell")
    notice.status("All well")  # nothing new
    notice.stopping()
    said = [listener.recv(1000) for _ in range(4)]
    assert said == [b"READY=1", b"WATCHDOG=1", b"STATUS=All well", b"STOPPING=1"]


@pytest.mark.skipif(sys.platform != "linux", reason="abstract names are Linux's")
def test_it_finds_a_socket_that_is_no_file():
    name = f"phdesk-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(f"\0{name}")
        listener.settimeout(5)
        Notice({"NOTIFY_SOCKET": f"@{name}"}).ready()
        assert listener.recv(100) == b"READY=1"


@pytest.mark.parametrize("address", ["", "relative", "@", "/nowhere/at/all", "vsock:2:1"])
def test_where_nobody_listens_it_speaks_to_nobody(address):
    Notice({"NOTIFY_SOCKET": address}).ready()


def test_a_listener_that_is_full_holds_nobody_up(listener, tmp_path):
    notice = Notice({"NOTIFY_SOCKET": str(tmp_path / "notify")})
    for _ in range(2000):
        notice.alive()


@pytest.mark.parametrize(
    ("environ", "seconds"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "20000000"}, 10.0),
        ({"WATCHDOG_USEC": "20000000", "WATCHDOG_PID": str(os.getpid())}, 10.0),
        ({"WATCHDOG_USEC": "20000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
    ],
)
def test_signs_of_life_come_in_half_the_time(environ, seconds):
    assert Notice(environ).every == seconds


def test_children_do_not_speak_for_the_service():
    environ = {"NOTIFY_SOCKET": "/x", "WATCHDOG_USEC": "1", "WATCHDOG_PID": "1", "HOME": "/h"}
    assert without_notice(environ) == {"HOME": "/h"}
