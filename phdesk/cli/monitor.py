"""Shows dashboards on a wall: `phdesk monitor`."""

import os
import sys
from argparse import ArgumentTypeError, Namespace
from functools import partial
from pathlib import Path

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from phdesk.beating import Beating
from phdesk.cli.called import called
from phdesk.cli.exits import BAD_INPUT, FINE, WRONG_USE, StoppedError, complain
from phdesk.cli.gui import demo_places, has_display
from phdesk.core.sources import Noun, SourceError, parse_source
from phdesk.hanging import Hanging
from phdesk.models.beat import Place, Resume
from phdesk.models.wall import Item, Look, Screen, Wall
from phdesk.monitor import Monitor, Options
from phdesk.services.environment import from_environment
from phdesk.services.places import places
from phdesk.views import theme as look
from phdesk.views.monitor.window import WallWindow
from phdesk.views.picture import write_picture

LIMIT = 60_000  # ms until a picture is taken, whatever is there
SETTLE = 1500  # ms without a change, before it is taken
OWN = "board:"


def run(arguments: Namespace) -> int:
    """Show walls and stay until somebody leaves."""
    shot = arguments.screenshot
    size = _size(arguments)
    if shot:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif not has_display(os.environ):
        raise StoppedError("there is no display here", WRONG_USE)
    wall, resume = wall_of(arguments), resume_of(arguments.resume)
    given = partial(from_environment, os.environ)
    given()  # an odd value is told here, not on the wall
    qt = QApplication([sys.argv[0], *look.STYLE])
    qt.setApplicationName("phdesk")
    qt.setDesktopFileName("phdesk")
    options = Options(
        places=demo_places() if arguments.demo else places(os.environ),
        given=given,
        demo=arguments.demo,
        safe=resume.safe,
        skip=resume.skip,
    )
    monitor = Monitor(qt, options)
    monitor.told.connect(complain)
    if size is None:
        screen = Screen(name="", walls={"": wall}, locked=False)
        return _hung(qt, monitor, screen, resume, watched=arguments.window)
    window = monitor.add("", wall, resume.places.get("", Place()))
    window.leave_requested.connect(qt.quit)
    window.resize(*size)
    window.show()
    camera = _Camera(window, Path(shot)) if shot else None
    beating = Beating(monitor) if arguments.window else None
    if beating is not None:
        beating.stop_requested.connect(qt.quit)
    code = _stay(qt, monitor, beating)
    return camera.code if camera is not None else code


def _hung(
    qt: QApplication, monitor: Monitor, screen: Screen, resume: Resume, *, watched: bool
) -> int:
    """Fill all monitors, and stay until somebody leaves who may."""
    hanging = Hanging(qt, monitor, resume.places)
    hanging.left.connect(qt.quit)
    hanging.set_screen(screen)
    beating = Beating(monitor, hanging.trouble) if watched else None
    if beating is not None:
        beating.stop_requested.connect(hanging.leave)
    qt.aboutToQuit.connect(hanging.stop)
    return _stay(qt, monitor, beating)


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
    shown = Wall().look
    wall = Wall(
        items=tuple(item_of(text) for text in arguments.dashboards),
        look=Look(
            palette=arguments.palette or shown.palette,
            type_size=arguments.type_size or shown.type_size,
        ),
    )
    return wall if arguments.dwell is None else replace(wall, dwell=arguments.dwell)


def item_of(text: str) -> Item:
    """Read what is to be shown, as it is typed."""
    if text.startswith("#"):
        return Item(tag=text[1:])
    if text.startswith(OWN):
        return Item(board=text.removeprefix(OWN))
    try:
        source = parse_source(text)
    except SourceError as error:
        raise StoppedError(f"{text}: {error}", BAD_INPUT) from None
    if source.noun is Noun.DASHBOARD:
        return Item(dashboard=source.id, project=source.project)
    raise StoppedError(f"{text}: this is no dashboard; try {called('monitor 12')}", BAD_INPUT)


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
