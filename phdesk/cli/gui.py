"""Opens the app: `phdesk`, `phdesk open SOURCE`, `phdesk FILE.phdesk`, `phdesk demo`."""

import os
import re
import sys
from argparse import Namespace
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from phdesk.app import App, Options
from phdesk.cli.called import called
from phdesk.cli.camera import Camera
from phdesk.cli.exits import BAD_INPUT, FINE, WRONG_USE, StoppedError, complain
from phdesk.core.registration import SCHEME
from phdesk.core.sources import Noun, SourceError, is_shared_link, parse_source
from phdesk.services.files import file_in
from phdesk.services.instance import claim, lock_path
from phdesk.services.places import Places, places
from phdesk.views import theme as look

GIVEN = {"PHDESK_API_KEY", "PHDESK_HOST", "PHDESK_PROJECT"}
SOCKETS = "/tmp/.X11-unix"  # noqa: S108


def run(arguments: Namespace) -> int:
    """Open the window and stay until it is closed."""
    demo = arguments.command == "demo"
    shot = getattr(arguments, "screenshot", None)
    if shot:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif not has_display(os.environ):
        raise StoppedError(
            "there is no display here; try: "
            f"{called('demo --screenshot out.png')}, or {called('render')}",
            WRONG_USE,
        )
    wanted = _what_to_open(arguments)
    if not demo and GIVEN & os.environ.keys():
        # An odd value is told here, not in a window; most starts need not know how to read one.
        import_module("phdesk.services.environment").from_environment(os.environ)
    files = demo_places() if demo else places(os.environ)
    path = None if demo else lock_path(files.cache)
    lock = claim(path) if path is not None else None
    if path is not None and lock is None:
        if wanted.get("hidden") or _handed_over(path, _wish(arguments, wanted)):
            return FINE  # the one that runs shows it; who starts hidden asks to see nothing
        complain("phdesk runs already, but does not answer; this is another one")
    qt = _application()
    options = Options(
        places=files,
        lock=path if lock is not None else None,
        **wanted,
        theme=getattr(arguments, "theme", None),
        colorblind=getattr(arguments, "colorblind", False),
        demo=demo,
        size=_size(arguments) if demo else None,
        environ=dict(os.environ),
    )
    app = App(qt, options)
    if on_macos():
        _listen(qt, app)
    app.start()
    camera = Camera(app, Path(shot)) if shot else None
    code = qt.exec()
    app.stop()
    if lock is not None:
        lock.unlock()
    return camera.code if camera else code


def _wish(arguments: Namespace, wanted: Mapping[str, Any]) -> str:
    """Say what was to be opened, for a phdesk with another working folder."""
    file = wanted.get("file")
    return str(file) if file else getattr(arguments, "source", None) or ""


def _listen(qt: Any, app: App) -> None:
    """Do what macOS tells of: something is to be opened, phdesk is to end."""
    qt.asked.connect(app.opening.open)
    qt.leaving.connect(app.windows.leaving)


def _handed_over(path: Path, source: str) -> bool:
    """Leave the work to the phdesk that runs already."""
    door = import_module("phdesk.services.door")  # imports QtNetwork: for second starts only
    return bool(door.knock(path, door.Wish(open=source)))


def _application() -> QApplication:
    made: type[QApplication] = QApplication
    if on_macos():  # elsewhere the command line says what to open, and each import takes its time
        made = import_module("phdesk.views.application").Application
    qt = made([sys.argv[0], *look.STYLE])
    qt.setApplicationName("phdesk")
    qt.setDesktopFileName("phdesk")
    return qt


def on_macos() -> bool:
    """Tell whether the system says by events what to open."""
    return sys.platform == "darwin"


def has_display(environ: Mapping[str, str]) -> bool:
    """Tell whether a window can be opened; Qt itself would end the process to say no."""
    if environ.get("QT_QPA_PLATFORM") or sys.platform in ("win32", "darwin"):
        return True
    runtime, wayland = environ.get("XDG_RUNTIME_DIR", ""), environ.get("WAYLAND_DISPLAY", "")
    if wayland and Path(runtime, wayland).exists():
        return True
    display = environ.get("DISPLAY", "")
    match = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", display)
    if match is None:
        return bool(display)  # a display elsewhere: only Qt can tell
    return Path(SOCKETS, f"X{match[1]}").exists()


def demo_places() -> Places:
    """Give the demo files of its own, so that it never mixes with real accounts."""
    real = places(os.environ)
    return Places(
        settings=real.settings.with_name("demo-settings.toml"),
        accounts=real.accounts.with_name("demo-accounts.toml"),
        cache=real.cache.with_name("demo.sqlite3"),
        logs=real.logs,
        boards=None,  # each run is another account, of which the next one knows nothing
    )


def _what_to_open(arguments: Namespace) -> dict[str, Any]:
    """Say what to open first: a dashboard by its number, or whatever an address leads to."""
    text = getattr(arguments, "source", None)
    if text is None:
        hidden = arguments.command is None and getattr(arguments, "hidden", False)
        return {"dashboard": getattr(arguments, "dashboard", None), "hidden": hidden}
    path = file_in(text)
    if path is not None:
        if not path.is_file():  # typed: file managers name files that are there
            raise StoppedError(f"{text}: there is no such file", BAD_INPUT)
        return {"file": path.absolute()}
    if is_shared_link(text):
        return {"link": text}
    try:
        source = parse_source(text)
    except SourceError as error:
        if text.startswith(f"{SCHEME}:"):  # by a press on a link: nobody reads what is printed
            return {"link": text}
        raise StoppedError(f"{text}: {error}", BAD_INPUT) from None
    if source.noun is Noun.DASHBOARD and source.host is None and source.project is None:
        return {"dashboard": source.id}
    return {"link": text}


def _size(arguments: Namespace) -> tuple[int, int]:
    width, height = arguments.size
    return width, height or round(width * 0.625)
