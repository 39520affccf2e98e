"""Ask the system itself to keep the screen on: Windows, macOS, and an X server."""

import asyncio
import ctypes
import ctypes.util
import os
import shutil
import sys

RESET_EVERY = 25.0  # seconds; an X server lets the shortest saver begin after a minute or more
STOPPED_BY_XCB = 0  # ScreenSaverReset: the time without input begins anew
CONTINUOUS, SYSTEM_REQUIRED, DISPLAY_REQUIRED = 0x80000000, 0x1, 0x2


class ThreadState:
    """Windows: a state of the calling thread, which is the worker as long as phdesk runs."""

    async def take(self) -> str:
        """Ask for the display and the machine to stay on."""
        return "Windows" if _execution_state(SYSTEM_REQUIRED | DISPLAY_REQUIRED) else ""

    async def lost(self) -> None:
        """Never return: the state stays until it is changed."""
        await asyncio.Event().wait()

    async def give_back(self) -> None:
        """Ask for nothing any more."""
        _execution_state(0)


def _execution_state(wanted: int) -> bool:
    windll = ctypes.windll  # type: ignore[attr-defined,unused-ignore]  # there only
    return bool(windll.kernel32.SetThreadExecutionState(ctypes.c_uint(CONTINUOUS | wanted)))


class Caffeinate:
    """macOS: its own program for it, which ends with us even if we are killed."""

    def __init__(self, program: str = "caffeinate") -> None:
        self._program = program
        self._process: asyncio.subprocess.Process | None = None

    async def take(self) -> str:
        """Start it."""
        path = shutil.which(self._program)
        if path is None:
            return ""
        self._process = await asyncio.create_subprocess_exec(
            path, "-d", "-i", "-w", str(os.getpid()), stdin=asyncio.subprocess.DEVNULL
        )
        return "macOS (caffeinate)"

    async def lost(self) -> None:
        """Return when it has ended."""
        if self._process is None:
            await asyncio.Event().wait()
        else:
            await self._process.wait()

    async def give_back(self) -> None:
        """End it."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.terminate()
            await process.wait()


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class XServer:
    """X11: its own saver and energy saving, told again and again that somebody is there.

    Over libxcb, which Qt needs anyway, on a connection of our own: Xlib would end the process with
    the connection, and the extension for it (libXss) is often not installed.
    """

    def __init__(self, every: float = RESET_EVERY) -> None:
        self._every = every
        self._xcb: ctypes.CDLL | None = None
        self._connection: int | None = None

    async def take(self) -> str:
        """Connect to the server that DISPLAY names."""
        self._xcb = _libxcb()
        if self._xcb is None:
            return ""
        self._connection = self._xcb.xcb_connect(None, None)
        return "the X server" if self._reset() else ""

    async def lost(self) -> None:
        """Reset the time without input now and then; return when the server is gone."""
        while self._reset():
            await asyncio.sleep(self._every)
        await asyncio.Event().wait()

    async def give_back(self) -> None:
        """Let the time without input go on."""
        if self._xcb is not None and self._connection is not None:
            self._xcb.xcb_disconnect(self._connection)
        self._connection = None

    def _reset(self) -> bool:
        xcb, connection = self._xcb, self._connection
        if xcb is None or connection is None or xcb.xcb_connection_has_error(connection):
            return False
        xcb.xcb_force_screen_saver(connection, STOPPED_BY_XCB)
        return bool(xcb.xcb_flush(connection) > 0)


def _libxcb() -> ctypes.CDLL | None:
    name = ctypes.util.find_library("xcb") if sys.platform != "linux" else "libxcb.so.1"
    try:
        xcb = ctypes.CDLL(name or "libxcb.so.1")
    except OSError:
        return None
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_force_screen_saver.argtypes = (ctypes.c_void_p, ctypes.c_uint8)
    xcb.xcb_force_screen_saver.restype = _Cookie
    for each in (xcb.xcb_connection_has_error, xcb.xcb_flush, xcb.xcb_disconnect):
        each.argtypes = (ctypes.c_void_p,)
    return xcb
