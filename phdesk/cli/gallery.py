"""`phdesk gallery`: draws every tile of many files at three sizes, with a contact sheet."""

import logging
import os
import re
import subprocess
import sys
import unicodedata
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

from phdesk.api.document import DashboardDocument, document
from phdesk.api.errors import ApiError, UnreadableError
from phdesk.cli.contact_sheet import MARK, Entry, Left, Picture, Sheet, counted, page
from phdesk.cli.exits import (
    BAD_INPUT,
    FINE,
    WRONG_USE,
    StoppedError,
    code_of,
    complain,
    sentence,
)
from phdesk.cli.gate import gated_alone
from phdesk.cli.loading import Loaded, TooLargeError, contents, from_document
from phdesk.core.charts.spec import TileView
from phdesk.core.grid.metrics import NARROW, metrics_for
from phdesk.core.sources import Noun, Source
from phdesk.models.account import Project
from phdesk.models.dashboard import Box
from phdesk.resources import path
from phdesk.services import headless
from phdesk.services.demo_process import SERVER, DemoServer
from phdesk.views.dashboard.card import card_picture
from phdesk.views.dashboard.card_state import CardState
from phdesk.views.picture import EDGE, ages_of, write_picture
from phdesk.views.theme import Theme, dark, light, load_fonts

SAMPLES = "PHDESK_SAMPLES"
WINDOW = (1280, 800)  # points
LONGEST_NAME = 60  # characters of a file's name, before size and theme
OTHER = ", not a dashboard or insight."  # how the reader of files ends when it knows a thing
WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
NO_LETTERS = re.compile(r"[^a-z0-9]+")
OURS = re.compile(r".+__(small|medium|large)_(light|dark)\.png")


def _cells(width: int, columns: int, rows: int) -> tuple[int, int]:
    _, _, across, down = metrics_for(width).rectangle(Box(0, 0, columns, rows))
    return across, down


SIZES = {  # points
    "small": _cells(
        NARROW, 2, 2
    ),  # PostHog's smallest insight, on the narrowest page of 12 columns
    "medium": _cells(WINDOW[0] - 2 * EDGE, 6, 5),  # its usual one: half of a window
    "large": WINDOW,  # opened alone
}


class Named(Struct, frozen=True, gc=False):
    """A file to be read, and what it is called: its path below its SOURCE."""

    path: Path
    name: str


RARE = Named(path("samples/rare-kinds.json"), "samples/rare kinds")  # that the demo has not


class Found(Struct, frozen=True, gc=False):
    """The tiles that one file or dashboard holds."""

    name: str
    loaded: Loaded


class Unread(Struct, frozen=True, gc=False):
    """A file without tiles: of another kind, or broken."""

    name: str
    why: str
    broken: bool


def run(arguments: Namespace) -> int:
    """Draw all tiles of the sources, write the contact sheet, say how many."""
    files = sources(arguments.source, os.environ.get(SAMPLES, ""))
    folder = Path(arguments.output)
    # A command draws into memory only: no window system is asked, however the session is set up.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    load_fonts()
    try:
        prepare(folder)
        sheet = _drawn(files, folder, arguments)
        _write_page(folder, page(sheet))
    except OSError as error:
        where = error.filename or folder
        raise StoppedError(f"{where}: {error.strerror or error}", BAD_INPUT) from None
    del app
    if not sheet.entries:
        raise StoppedError(_nothing(sheet), BAD_INPUT)
    print(f"{counted(sheet)}: {folder / 'index.html'}")
    return FINE


def sources(given: Sequence[str], samples: str) -> list[Named]:
    """List the files of the given folders and files, or those of the samples' folders."""
    names = given or [name for name in samples.split(os.pathsep) if name]
    found = [named for name in names for named in _named(name)]
    if given and not found:
        raise StoppedError(f"{', '.join(given)}: no JSON file is in it", BAD_INPUT)
    return found


def prepare(folder: Path) -> None:
    """Make the folder, or clear it of an earlier gallery; refuse one that holds other things."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not _is_gallery(folder):
        raise StoppedError(
            f"{folder}: holds something else than a gallery; give an empty or a new folder",
            WRONG_USE,
        )
    for picture in folder.glob("*/*.png"):
        if OURS.fullmatch(picture.name) and not picture.parent.is_symlink():
            picture.unlink()
    for inner in folder.iterdir():
        if inner.is_dir() and not inner.is_symlink() and not any(inner.iterdir()):
            inner.rmdir()
    _write_page(folder, page(Sheet()))  # a run that is stopped leaves a folder known as ours


def read(file: Named) -> Found | Unread:
    """Read the tiles of a file; what cannot be read is told, never raised."""
    try:
        with file.path.open("rb") as opened:
            data = contents(opened)
    except TooLargeError as error:
        return Unread(file.name, str(error), broken=True)
    except OSError as error:
        return Unread(file.name, error.strerror or str(error), broken=True)
    try:
        return Found(file.name, from_document(document(data), Project(id=0)))
    except ApiError as error:
        return Unread(file.name, sentence(error.failure), broken=_is_broken(error, data))


def slug(text: str, otherwise: str) -> str:
    """Make a name for a file or folder of small letters, figures and hyphens."""
    parted = WORD_START.sub("-", unicodedata.normalize("NFKD", text))
    plain = parted.encode("ascii", "ignore").decode().lower()
    return NO_LETTERS.sub("-", plain).strip("-")[:LONGEST_NAME].rstrip("-") or otherwise


class Gallery:
    """Draws tiles into a folder, one picture at a time, and keeps only their names."""

    def __init__(self, folder: Path, themes: Sequence[Theme], scale: float) -> None:
        self.entries: list[Entry] = []
        self.failed: list[Left] = []
        self._folder, self._themes, self._scale = folder, themes, scale
        self._folders: set[str] = set()

    def add(self, found: Found) -> None:
        """Draw all tiles of a file into a folder of its own."""
        inner = _unique(slug(found.name.removesuffix(".json"), "source"), self._folders)
        (self._folder / inner).mkdir(exist_ok=True)
        names: set[str] = set()
        ages = ages_of(found.loaded.views, datetime.now(UTC))
        for view, age in zip(found.loaded.views, ages, strict=True):
            stem = f"{inner}/{_unique(slug(view.title, view.kind.lower() or 'tile'), names)}"
            with _faults() as faults:
                pictures = tuple(self._pictures(view, CardState(age=age), stem))
            self.entries.append(_entry(view, found.name, pictures))
            self.failed += (Left(f"{found.name}: {view.title}", why) for why in faults)

    def _pictures(self, view: TileView, state: CardState, stem: str) -> Iterator[Picture]:
        for size, (width, height) in SIZES.items():
            for theme in self._themes:
                file = f"{stem}__{size}_{theme.name}.png"
                drawn = card_picture(QSize(width, height), self._scale, view, theme, state)
                problem = write_picture(drawn.toImage(), str(self._folder / file))
                if problem:
                    raise StoppedError(f"{self._folder / file}: {problem}", BAD_INPUT)
                yield Picture(file=file, size=size, theme=theme.name, width=width, height=height)


def _drawn(files: Sequence[Named], folder: Path, arguments: Namespace) -> Sheet:
    themes = [theme for theme in (light(), dark()) if arguments.theme in (None, theme.name)]
    gallery = Gallery(folder, themes, arguments.scale)
    skipped: list[Left] = []
    try:
        for number, one in enumerate(_all(files, demo=not arguments.source), start=1):
            _tell(f"{number}  {one.name}")
            if isinstance(one, Found):
                gallery.add(one)
                continue
            (gallery.failed if one.broken else skipped).append(Left(one.name, one.why))
    finally:
        _tell("")
    for left in gallery.failed:
        complain(f"{left.source}: {left.why}")
    return Sheet(gallery.entries, gallery.failed, skipped)


def _all(files: Sequence[Named], *, demo: bool) -> Iterator[Found | Unread]:
    yield from map(read, files)
    if demo:
        yield read(RARE)
        yield from demo_boards()


def demo_boards() -> Iterator[Found]:
    """Read the dashboards of the demo from its server, which runs for as long as this does."""
    with _demo_server() as server:
        access = headless.Access(host=server.url, key=server.key, project=server.project)
        connect = gated_alone()
        try:
            for row in headless.list_dashboards(access, connect=connect):
                source = Source(noun=Noun.DASHBOARD, id=row.id)
                board = headless.fetch(source, access, connect=connect)
                if board.dashboard is not None:
                    held = from_document(DashboardDocument(board.dashboard), board.project)
                    yield Found(f"demo/{row.name}", held)
        except ApiError as error:
            raise StoppedError(sentence(error.failure), code_of(error.failure)) from None


@contextmanager
def _demo_server() -> Iterator[DemoServer]:
    """Start the demo in a process of its own; it ends when its input does."""
    words = [sys.executable, *SERVER]
    with subprocess.Popen(  # noqa: S603  our own interpreter and module
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        line = process.stdout.readline() if process.stdout else b""
        try:
            yield msgspec.json.decode(line, type=DemoServer)
        except msgspec.DecodeError:
            raise StoppedError("the demo server did not start", BAD_INPUT) from None


def _named(name: str) -> Iterator[Named]:
    path = Path(name)
    if path.is_dir():
        for file in sorted(path.rglob("*.json")):
            if file.is_file():
                yield Named(file, file.relative_to(path).as_posix())
    elif path.exists():
        yield Named(path, path.name)
    else:
        raise StoppedError(f"{name}: No such file or directory", BAD_INPUT)


def _is_broken(error: ApiError, data: bytes) -> bool:
    """Tell a file that cannot be read from one that holds other things, such as a user."""
    if not isinstance(error, UnreadableError):
        return False  # a recorded refusal of the server
    return not error.failure.message.endswith(OTHER) and not _has_no_json_answer(data)


def _has_no_json_answer(data: bytes) -> bool:
    """Tell a recorded exchange whose answer is empty, or a text such as CSV."""
    try:
        frame = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError):
        return False
    answer = frame.get("response") if isinstance(frame, dict) and "request" in frame else None
    return isinstance(answer, dict) and answer.get("json") is None


def _is_gallery(folder: Path) -> bool:
    try:
        with (folder / "index.html").open("rb") as file:
            return MARK.encode() in file.read(2048)
    except OSError:
        return False


def _write_page(folder: Path, text: str) -> None:
    (folder / "index.html").write_text(text, encoding="utf-8", errors="replace")


def _entry(view: TileView, source: str, pictures: tuple[Picture, ...]) -> Entry:
    return Entry(
        title=view.title,
        kind=view.kind,
        kind_label=view.kind_label,
        display=view.display,
        source=source,
        summary=view.summary,
        pictures=pictures,
    )


def _unique(name: str, taken: set[str]) -> str:
    """Give a name that was not given before, by a number at its end."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free


@contextmanager
def _faults() -> Iterator[list[str]]:
    """Collect what the painters log, which would else come as a traceback on stderr."""
    faults = _Faults()
    log = logging.getLogger("phdesk")
    log.addHandler(faults)
    try:
        yield faults.lines
    finally:
        log.removeHandler(faults)
        faults.close()


class _Faults(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        fault = record.exc_info[1] if record.exc_info else None
        why = f" ({type(fault).__name__}: {fault})" if fault else ""
        line = f"{record.getMessage()}{why}"
        if line not in self.lines:
            self.lines.append(line)


def _nothing(sheet: Sheet) -> str:
    left = [*sheet.failed, *sheet.skipped]
    if len(left) == 1:
        return f"{left[0].source}: {left[0].why}"
    return f"no tile was found in {len(left)} files; {left[0].source}: {left[0].why}"


def _tell(words: str) -> None:
    """Show how far it is, in one line of a terminal."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)
