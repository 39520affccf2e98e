"""Shows dashboards on a wall: `phdesk monitor`."""

import os
import random
import sys
from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from phdesk.beating import Beating
from phdesk.cli.exits import BAD_INPUT, FINE, WRONG_USE, StoppedError, complain
from phdesk.cli.gui import demo_places, has_display
from phdesk.cli.wall_begin import Begun, begun, check_key
from phdesk.core.wall.items import item_in_short
from phdesk.core.wall.values import WrongValueError
from phdesk.filed import Filed
from phdesk.hanging import Hanging
from phdesk.models.beat import Place, Resume
from phdesk.models.wall import Alerts, Item, Look, Screen, Wall
from phdesk.monitor import Monitor, Options
from phdesk.services.places import places
from phdesk.services.wall_file import WallFile
from phdesk.services.wall_key import WallKey
from phdesk.views import theme as look
from phdesk.views.monitor.window import WallWindow
from phdesk.views.picture import write_picture

ALERTS: Mapping[str, Alerts] = {"badge": "badge", "take-over": "take over", "off": "off"}
LIMIT = 60_000  # ms until a picture is taken, whatever is there
SETTLE = 1500  # ms without a change, before it is taken


class _Start(Struct, frozen=True):
    """With what walls start."""

    screen: Screen
    key: WallKey
    resume: Resume
    file: Begun | None
    watched: bool


def run(arguments: Namespace) -> int:
    """Show walls and stay until somebody leaves."""
    size = _size(arguments)
    if arguments.screenshot:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif not has_display(os.environ):
        raise StoppedError("there is no display here", WRONG_USE)
    start = _start(arguments)
    qt = QApplication([sys.argv[0], *look.STYLE])
    qt.setApplicationName("phdesk")
    qt.setDesktopFileName("phdesk")
    options = Options(
        places=demo_places() if arguments.demo else places(os.environ),
        given=start.key,
        account=start.screen.credentials.account,
        project=start.screen.credentials.project,
        demo=arguments.demo,
        safe=start.resume.safe,
        skip=start.resume.skip,
    )
    monitor = Monitor(qt, options)
    monitor.told.connect(complain)
    if size is None:
        return _hung(qt, monitor, start)
    return _sized(qt, monitor, start, size, arguments.screenshot)


def _start(arguments: Namespace) -> _Start:
    """Read what is shown; what is wrong with it is told here, not on the wall."""
    file = begun(arguments, os.environ)
    typed = Screen(name="", walls={"": wall_of(arguments)}, locked=False)
    screen = file.screen if file is not None else typed
    key = WallKey(screen.credentials, os.environ)
    key()
    if not (arguments.window or arguments.demo):  # who watches has looked
        check_key(screen, os.environ)
    return _Start(screen, key, resume_of(arguments.resume), file, arguments.window)


def _hung(qt: QApplication, monitor: Monitor, start: _Start) -> int:
    """Fill all monitors, and stay until somebody leaves who may."""
    hanging = Hanging(qt, monitor, start.resume.places)
    hanging.left.connect(qt.quit)
    hanging.set_screen(start.screen)
    filed = _filed(qt, monitor, start, hanging.set_screen)

    def trouble() -> tuple[str, ...]:
        return (*hanging.trouble(), *(filed.trouble() if filed is not None else ()))

    beating = Beating(monitor, trouble) if start.watched else None
    if beating is not None:
        beating.stop_requested.connect(hanging.leave)
    qt.aboutToQuit.connect(hanging.stop)
    return _stay(qt, monitor, beating)


def _sized(
    qt: QApplication, monitor: Monitor, start: _Start, size: tuple[int, int], shot: str | None
) -> int:
    """Show the wall of all monitors in one window, and stay until it is left or photographed."""
    window = monitor.add("", start.screen.walls[""], start.resume.places.get("", Place()))
    window.leave_requested.connect(qt.quit)
    window.resize(*size)
    window.show()

    def show(screen: Screen) -> None:
        monitor.change("", screen.walls[""])

    filed = _filed(qt, monitor, start, show)
    camera = _Camera(window, Path(shot)) if shot else None
    trouble = filed.trouble if filed is not None else tuple
    beating = Beating(monitor, trouble) if start.watched else None
    if beating is not None:
        beating.stop_requested.connect(qt.quit)
    code = _stay(qt, monitor, beating)
    return camera.code if camera is not None else code


def _filed(
    qt: QApplication, monitor: Monitor, start: _Start, show: Callable[[Screen], None]
) -> Filed | None:
    """Keep the walls to their file, if they have one."""
    if start.file is None:
        return None
    file = WallFile(start.file.source, random=random.random, parent=monitor)
    file.open(start.file.glance)
    filed = Filed(monitor, file, start.key, show, watched=start.watched)
    qt.aboutToQuit.connect(filed.stop)
    return filed


def _stay(qt: QApplication, monitor: Monitor, beating: Beating | None) -> int:
    """Run until it is over."""
    if beating is not None:
        beating.start()
    monitor.start()
    code = qt.exec()
    if beating is not None:
        beating.stop()
    monitor.stop()
    return code


def resume_of(text: str) -> Resume:
    """Read with what the watch has a window start."""
    try:
        return msgspec.json.decode(text, type=Resume)
    except msgspec.MsgspecError as error:
        raise StoppedError(f"--resume: {error}", WRONG_USE) from None


def wall_of(arguments: Namespace) -> Wall:
    """Make a wall of what was typed."""
    usual, shown = Wall(), Wall().look
    return Wall(
        items=tuple(item_of(text) for text in arguments.dashboards),
        look=Look(
            palette=arguments.palette or shown.palette,
            type_size=arguments.type_size or shown.type_size,
        ),
        dwell=arguments.dwell or usual.dwell,
        refresh=arguments.refresh or usual.refresh,
        alerts=ALERTS[arguments.alerts or usual.alerts],
    )


def item_of(text: str) -> Item:
    """Read what is to be shown, as it is typed."""
    try:
        return item_in_short(text)
    except WrongValueError as error:
        raise StoppedError(str(error), BAD_INPUT) from None


def _size(arguments: Namespace) -> tuple[int, int] | None:
    if arguments.size is None:
        return (1920, 1080) if arguments.screenshot else None
    try:
        wide, _, high = arguments.size.lower().partition("x")
        return int(wide), int(high)
    except (ValueError, ArgumentTypeError):
        raise StoppedError(f"{arguments.size!r} is not a size like 1920x1080", WRONG_USE) from None


class _Camera:
    """Takes one picture of a wall when nothing on it changes any more, then leaves."""

    def __init__(self, window: WallWindow, path: Path) -> None:
        self._window, self._path = window, path
        self.code = FINE
        self._timer = QTimer(window)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE)
        self._timer.timeout.connect(self._shoot)
        window.conductor.drawn.connect(self._wait)
        window.conductor.turned.connect(self._wait)
        self._late = QTimer(window)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._shoot)
        self._late.start(LIMIT)

    def _wait(self, _what: object) -> None:
        self._timer.start()

    def _shoot(self) -> None:
        problem = write_picture(self._window.grab().toImage(), str(self._path))
        if problem:
            complain(f"{self._path}: cannot be written ({problem})")
            self.code = BAD_INPUT
        QApplication.quit()
