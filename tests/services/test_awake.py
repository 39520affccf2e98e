import asyncio
import ctypes
import os
import socket
import subprocess
import sys

import pytest

from phdesk.services import awake_bus
from phdesk.services.awake import NONE, Awake, Held, Hold, look, ways_here
from phdesk.services.awake_bus import SessionBus, bus_address
from phdesk.services.awake_system import Caffeinate, XServer
from tests.services.buses import PORTAL, SCREENSAVER, Bus, desktop, needs_bus
from tests.x_server import needs_x, x_server

DESKTOP = "the desktop (org.freedesktop.ScreenSaver)"
THROUGH_PORTAL = "the desktop (org.freedesktop.portal.Inhibit)"
QUICK = 0.01


@pytest.fixture
def bus():
    one = Bus()
    yield one
    one.stop()


@pytest.fixture
def awake(background):
    """Give a maker of what keeps a screen on over a bus; none of it is left at the end."""
    made = []

    def make(environ):
        made.append(Awake(background, lambda: [SessionBus(environ)], pause=QUICK))
        made[-1].set_wanted(wanted=True)
        return made[-1]

    yield make
    for one in made:
        one.set_wanted(wanted=False)


@needs_bus
def test_the_desktop_is_asked_and_told_when_it_is_over(bus, awake, qtbot):
    with desktop(bus) as service:
        one = awake(bus.environ)
        qtbot.waitUntil(lambda: one.held == Held((DESKTOP,)))
        assert one.problem == ""
        assert len(service.holders) == 1
        (interface, (who, why)) = service.asked[0]
        assert (interface, who) == (SCREENSAVER, "phdesk")
        assert "dashboard" in why
        one.set_wanted(wanted=False)
        assert one.held is None
        qtbot.waitUntil(lambda: not service.holders)


@needs_bus
def test_a_desktop_that_was_restarted_is_asked_again(bus, awake, qtbot):
    with desktop(bus):
        one = awake(bus.environ)
        qtbot.waitUntil(lambda: one.held == Held((DESKTOP,)))
    qtbot.waitUntil(lambda: one.held == Held())
    assert one.problem == NONE
    with desktop(bus) as service:
        qtbot.waitUntil(lambda: one.held == Held((DESKTOP,)))
        assert len(service.holders) == 1
        assert one.problem == ""


@needs_bus
def test_the_portal_is_asked_where_the_desktop_has_no_such_service(bus, awake, qtbot):
    with desktop(bus, PORTAL) as portal:
        one = awake(bus.environ)
        qtbot.waitUntil(lambda: one.held == Held((THROUGH_PORTAL,)))
        (_interface, (_window, flags, options)) = portal.asked[0]
        assert flags & 8, "idle"
        assert "dashboard" in options["reason"][1]
        with desktop(bus) as service:  # it gives way to what says more plainly what it does
            qtbot.waitUntil(lambda: one.held == Held((DESKTOP,)))
            qtbot.waitUntil(lambda: not portal.holders)
            assert service.holders


@needs_bus
def test_a_desktop_that_refuses_is_no_way(bus):
    with desktop(bus, refuses=True) as service:
        assert asyncio.run(look([SessionBus(bus.environ)])) == Held()
        assert len(service.asked) == 1


@needs_bus
def test_a_desktop_that_never_answers_holds_nothing_up(bus, monkeypatch):
    monkeypatch.setattr(awake_bus, "PATIENCE", 0.05)
    with desktop(bus, answers=False), desktop(bus, PORTAL) as portal:
        assert asyncio.run(look([SessionBus(bus.environ)])) == Held((THROUGH_PORTAL,))
        assert len(portal.asked) == 1


@needs_bus
def test_a_desktop_that_comes_while_another_service_is_asked_is_not_missed(
    bus, awake, qtbot, monkeypatch
):
    monkeypatch.setattr(awake_bus, "PATIENCE", 0.5)
    with desktop(bus, PORTAL, answers=False) as portal:
        one = awake(bus.environ)
        qtbot.waitUntil(lambda: bool(portal.asked))
        with desktop(bus) as service:
            qtbot.waitUntil(lambda: one.held == Held((DESKTOP,)))
            assert len(service.asked) == 1


@needs_bus
def test_the_screen_may_rest_when_the_bus_goes(bus, awake, qtbot):
    with desktop(bus):
        one = awake(bus.environ)
        qtbot.waitUntil(lambda: one.held == Held((DESKTOP,)))
    bus.stop()
    qtbot.waitUntil(lambda: one.problem == NONE)


@needs_bus
def test_what_is_left_to_the_end_is_given_back_with_the_worker(bus, background, qtbot):
    with desktop(bus) as service:
        one = Awake(background, lambda: [SessionBus(bus.environ)])
        one.set_wanted(wanted=True)
        qtbot.waitUntil(lambda: bool(service.holders))
        background.stop()
        qtbot.waitUntil(lambda: not service.holders)


class Lamp:
    """A way that falls over once, as where there was no room for another process."""

    tries = 0

    async def take(self):
        self.tries += 1
        if self.tries == 1:
            raise BlockingIOError
        return "a lamp"

    async def lost(self):
        await asyncio.Event().wait()

    async def give_back(self):
        pass


def test_what_falls_over_is_tried_again_by_itself(background, qtbot, caplog):
    lamp = Lamp()
    one = Awake(background, lambda: [lamp])
    one._again.setInterval(1)
    one.set_wanted(wanted=True)
    qtbot.waitUntil(lambda: one.held == Held(("a lamp",)))
    assert "cannot be kept on" in caplog.text
    caplog.clear()
    one.set_wanted(wanted=False)
    assert not one._again.isActive()


@pytest.mark.parametrize("told", ["", "unix:path=/nowhere/bus", "tcp:host=localhost,port=1", "?"])
def test_without_a_bus_it_is_said_what_to_do(told, awake, qtbot):
    one = awake({"DBUS_SESSION_BUS_ADDRESS": told})
    with qtbot.waitSignal(one.changed):
        pass
    assert one.held == Held()
    assert "by hand" in one.problem


def test_a_bus_that_says_nothing_holds_nothing_up(tmp_path, monkeypatch):
    monkeypatch.setattr(awake_bus, "PATIENCE", 0.05)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "bus"))
        silent.listen()
        environ = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/bus"}
        assert asyncio.run(look([SessionBus(environ)])) == Held()


def test_a_service_of_the_system_finds_the_bus_of_the_person_it_runs_as(tmp_path):
    assert bus_address({"XDG_RUNTIME_DIR": str(tmp_path)}) == ""
    (tmp_path / "bus").touch()
    assert bus_address({"XDG_RUNTIME_DIR": str(tmp_path)}) == f"unix:path={tmp_path}/bus"
    assert bus_address({"DBUS_SESSION_BUS_ADDRESS": "x", "XDG_RUNTIME_DIR": str(tmp_path)}) == "x"


class Absent:
    """A way that is there from the third time on."""

    def __init__(self):
        self.tries = 0

    async def take(self):
        self.tries += 1
        return "it" if self.tries > 2 else ""

    async def lost(self):
        await asyncio.Event().wait()

    async def give_back(self):
        pass


def test_what_is_not_there_is_looked_for_again_and_what_is_there_is_kept():
    async def told():
        hold = Hold([Absent()], retry=QUICK, pause=0)
        first = [await hold.take(), await hold.taken_again(), await hold.taken_again()]
        kept = asyncio.ensure_future(hold.taken_again())
        await asyncio.wait([kept], timeout=5 * QUICK)
        done = kept.done()
        kept.cancel()
        await asyncio.gather(kept, return_exceptions=True)
        return first, done

    assert asyncio.run(told()) == ([Held(), Held(), Held(("it",))], False)


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_an_x_server_is_asked_only_where_the_windows_are_on_one():
    assert [type(one) for one in ways_here("xcb", {})] == [SessionBus, XServer]
    assert [type(one) for one in ways_here("wayland", {})] == [SessionBus]


@pytest.mark.skipif(sys.platform == "win32", reason="asks Unix")
def test_the_macs_own_program_runs_as_long_as_it_is_wanted(tmp_path):
    program = tmp_path / "caffeinate"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/told\nexec sleep 60\n')
    program.chmod(0o755)

    async def taken():
        way = Caffeinate(str(program))
        name = await way.take()
        process = way._process
        running = process.returncode is None
        await way.give_back()
        return name, running, process.returncode is not None

    assert asyncio.run(taken()) == ("macOS (caffeinate)", True, True)
    assert asyncio.run(look([Caffeinate(str(tmp_path / "none"))])) == Held()


SAVER = """
import asyncio, ctypes, sys
from phdesk.services.awake import Hold
from phdesk.services.awake_system import XServer

class Info(ctypes.Structure):
    _fields_ = [("window", ctypes.c_ulong), ("state", ctypes.c_int), ("kind", ctypes.c_int),
                ("until", ctypes.c_ulong), ("idle", ctypes.c_ulong), ("mask", ctypes.c_ulong)]

x11, xss = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXss.so.1")
x11.XOpenDisplay.restype = ctypes.c_void_p
x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
x11.XDefaultRootWindow.restype = ctypes.c_ulong
xss.XScreenSaverQueryInfo.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.POINTER(Info)]
display, info = x11.XOpenDisplay(None), Info()

def idle():
    xss.XScreenSaverQueryInfo(display, x11.XDefaultRootWindow(display), ctypes.byref(info))
    return info.idle

async def main():
    while idle() < 300:
        await asyncio.sleep(0.02)
    hold = Hold([XServer(every=0.05)])
    print((await hold.take()).ways)
    again = asyncio.ensure_future(hold.taken_again())
    seen = [await asyncio.sleep(0.03, idle()) for _ in range(20)]
    again.cancel()
    print(max(seen[5:]) < 250)
    await hold.give_back()
    while idle() < 300:
        await asyncio.sleep(0.02)
    print("rests")

asyncio.run(main())
"""


def loads(library):
    try:
        return bool(ctypes.CDLL(library))
    except OSError:
        return False


@needs_x
@pytest.mark.skipif(not loads("libXss.so.1"), reason="needs libXss (Debian: libxss1)")
def test_an_x_server_does_not_count_time_without_input_while_asked():
    with x_server() as display:
        environ = {**os.environ, "DISPLAY": display}
        done = subprocess.run(
            [sys.executable, "-c", SAVER],
            check=False,
            env=environ,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert (done.stdout, done.stderr) == ("('the X server',)\nTrue\nrests\n", "")


def test_no_x_server_is_no_way(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":9987")
    assert asyncio.run(look([XServer()])) == Held()
