"""From a dashboard, or one tile of it, to a file of a kind, step by step: a window stays quick."""

import math
import os
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from threading import Event
from typing import Literal, TypeVar, cast

from msgspec import Struct
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSaveFile
from PySide6.QtGui import QImage, QImageWriter, QPainter

from phdesk.core.charts.spec import TileView
from phdesk.models.dashboard import Box
from phdesk.services.tables_out import Writing
from phdesk.views.dashboard.card_state import CardState
from phdesk.views.dashboard.sketch import is_heavy
from phdesk.views.export.paper import Paper, Print
from phdesk.views.export.vector import Svg
from phdesk.views.picture import Page, Painting, blank, paint_tile
from phdesk.views.theme import Theme

T = TypeVar("T")
NO_ROOM = "the disk took a part of it alone"
NO_PICTURE = "the picture could not be made"
Kind = Literal["png", "svg", "pdf"]
A_MOMENT = 0.004  # seconds in which a window may wait for a thread
TILE_ON_PAPER = Box(0, 0, 12, 7)  # of a tile alone: as wide as the sheet
MOST_PIXELS = 25_000_000  # of a picture: 100 MB while it is made


class Drawing(Struct, frozen=True, gc=False, kw_only=True):
    """What is drawn: a page of a width, or its only tile in a size of its own."""

    page: Page
    theme: Theme
    width: int
    height: int
    alone: bool = False  # one tile, without the head of a dashboard
    scale: float = 1.0  # pixels a point
    paper: Paper = Paper()

    @property
    def size(self) -> tuple[int, int]:
        """Give width and height in points."""
        return self.width, self.height

    @property
    def fitting_scale(self) -> float:
        """Give the scale, or the largest that takes no more memory than a picture may."""
        most = math.sqrt(MOST_PIXELS / max(self.width * self.height, 1))
        return min(self.scale, most)


def named_as(chosen: str, kind: str) -> Path:
    """Give a file of a kind the end of its name, whatever was typed: others would not open it."""
    ends = {kind, "htm"} if kind == "html" else {kind}
    return Path(chosen if Path(chosen).suffix[1:].lower() in ends else f"{chosen}.{kind}")


def of_tile(view: TileView, card: CardState) -> Page:
    """Make a page of one tile."""
    return Page(view.title, "", (view,), (TILE_ON_PAPER,), (card,))


def filing(drawing: Drawing, kind: Kind, path: Path) -> Generator[int, None, None]:
    """Write a file whole or not at all, tile by tile; gives how many are done.

    Raises OSError when the place does not take it. What is stopped leaves nothing.
    """
    yield from whole_file(path, partial(writing, drawing, kind))


def rows_filing(rows: Writing, path: Path) -> Generator[int, None, None]:
    """Write the rows of tiles to a file, made in a thread, on the same terms."""
    yield from whole_file(path, partial(_rows_writing, rows))


def _rows_writing(rows: Writing, device: QIODevice) -> Iterator[int]:
    data = yield from stepped_beside(rows)
    device.write(data)


def whole_file(
    path: Path, work: Callable[[QIODevice], Iterator[int]]
) -> Generator[int, None, None]:
    """Write a file whole or not at all: of a full disk some of it is taken without an error."""
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise OSError(file.errorString())
    try:
        buffer, done = QBuffer(), 0
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        for done in work(buffer):
            yield done
        for _ in beside(partial(_put, file, buffer.data())):  # a disk may take its time
            yield done
    except BaseException:  # also the end of a generator that nobody carries on
        file.cancelWriting()
        file.commit()
        raise
    if not file.commit():
        raise OSError(file.errorString())


def _put(file: QSaveFile, data: QByteArray) -> None:
    if file.write(data) != data.size() or not file.flush():
        raise OSError(file.errorString() if file.error().value else NO_ROOM)
    if os.name == "posix":  # elsewhere each handle that is asked for is another one, to be closed
        os.fsync(file.handle())  # else the end of it waits for the disk, before the window


def writing(drawing: Drawing, kind: Kind, device: QIODevice) -> Iterator[int]:
    """Write onto an open device, tile by tile; gives how many are done."""
    if kind == "pdf":
        yield from Print(drawing.page, drawing.theme, drawing.paper).write(device)
    elif kind == "svg":
        svg = Svg(drawing.size, drawing.theme, drawing.page.title, drawing.page.description)
        try:
            yield from _painting(drawing, svg.painter, svg.theme)
        finally:
            svg.painter.end()
        data = yield from during(drawing, svg.finish())
        device.write(data)
    else:
        image = yield from picturing(drawing)
        if not (yield from during(drawing, beside(partial(_encode, image, device)))):
            raise OSError(NO_PICTURE)


def during(drawing: Drawing, work: Generator[int, None, T]) -> Generator[int, None, T]:
    """Carry out what comes after the last tile, saying all the while that all are done."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return cast("T", end.value)
        yield len(drawing.page.views)


def beside(work: Callable[[], T]) -> Generator[int, None, T]:
    """Carry out in a thread what cannot be divided, and look now and then whether it is done."""
    return stepped_beside(_undivided(work), patient=True)


def _undivided(work: Callable[[], T]) -> Generator[int, None, T]:
    yield 0
    return work()


def stepped_beside(
    steps: Generator[int, None, T], *, patient: bool = False
) -> Generator[int, None, T]:
    """Carry out steps in a thread, and say now and then how many it has done.

    Given up, it ends with the step that it is at. Who shares something with it is patient, and
    waits for that.
    """
    told, given_up = [0], Event()

    def carry_out() -> T | None:
        while not given_up.is_set():
            try:
                told[0] = next(steps)
            except StopIteration as end:
                return cast("T", end.value)
        steps.close()
        return None

    pool = ThreadPoolExecutor(1)
    try:
        future = pool.submit(carry_out)
        while not future.done():
            wait((future,), timeout=A_MOMENT)
            yield told[0]
        return cast("T", future.result())
    finally:
        given_up.set()
        pool.shutdown(wait=patient)


def _encode(image: QImage, device: QIODevice) -> bool:
    return QImageWriter(device, QByteArray(b"PNG")).write(image)


def picturing(drawing: Drawing) -> Generator[int, None, QImage]:
    """Paint a picture, tile by tile; `yield from` gives it at the end."""
    image = blank(drawing.size, drawing.theme, drawing.fitting_scale)
    painter = QPainter(image)
    try:
        yield 0  # to fill it took a while
        yield from _painting(drawing, painter, drawing.theme, _patiently)
    finally:
        painter.end()
    return image


def _painting(
    drawing: Drawing, painter: QPainter, theme: Theme, paint: Painting | None = None
) -> Iterator[int]:
    page = drawing.page
    if not drawing.alone:
        yield from page.painting(painter, theme, *drawing.size, paint)
        return
    work = partial(paint_tile, painter, page.views[0], theme, drawing.size, page.cards[0])
    if paint is None:
        work()
    else:
        for _ in paint(page.views[0], work):
            yield 0
    yield 1


def _patiently(view: TileView, work: Callable[[], None]) -> Iterator[object]:
    """Paint onto a picture: in a thread, where a window would have to wait for it."""
    if is_heavy(view):
        yield from beside(work)
    else:
        work()
