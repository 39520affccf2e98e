"""`phdesk render`: draws a dashboard or insight into a picture or PDF, without a display."""

import os
import sys
from argparse import Namespace
from collections import deque
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import cast

from PySide6.QtGui import QGuiApplication, QImage

from phdesk.cli.exits import BAD_INPUT, FINE, WRONG_USE, StoppedError
from phdesk.cli.loading import Loaded, load
from phdesk.cli.parser import LARGEST
from phdesk.core.ages import oldest_age
from phdesk.views.export.filing import Drawing, Kind, filing, of_tile
from phdesk.views.export.paper import Paper, PaperSize, made_words
from phdesk.views.picture import (
    FORMATS,
    Page,
    cards_of,
    format_of,
    png_of,
    tile_picture,
    write_picture,
)
from phdesk.views.theme import Theme, dark, light, load_fonts

DEFAULT = (1280, 800)
MOST_PIXELS = 200_000_000
STDOUT = "-"
FILES: dict[str, Kind] = {".pdf": "pdf", ".svg": "svg"}


def run(arguments: Namespace) -> int:
    """Draw a source into a file."""
    _check_output(arguments.output)
    loaded = load(arguments)
    # A command draws into memory only: no window system is asked, however the session is set up.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    load_fonts()
    theme = (dark if arguments.theme == "dark" else light)(colorblind=arguments.colorblind)
    kind = FILES.get(PurePath(arguments.output).suffix.lower())
    if kind is None:
        save(draw(loaded, theme, arguments.size, arguments.scale), arguments.output)
    else:
        paper = Paper(
            size=cast("PaperSize", {"a4": "A4", "letter": "Letter"}[arguments.paper]),
            landscape=arguments.landscape,
        )
        write(loaded, theme, arguments.size, paper, kind, Path(arguments.output))
    del app
    return FINE


def write(
    loaded: Loaded,
    theme: Theme,
    size: tuple[int, int | None] | None,
    paper: Paper,
    kind: Kind,
    path: Path,
) -> None:
    """Write what was loaded as PDF or SVG; raises StoppedError when that cannot be."""
    now = datetime.now(UTC)
    cards = cards_of(loaded.views, now)
    ages = [view.computed_at for view in loaded.views if view.computed_at is not None]
    facts = (*loaded.facts, oldest_age(min(ages), now)) if ages else loaded.facts
    if loaded.several:
        words = ". ".join(filter(None, (loaded.note, loaded.description)))
        page = Page(loaded.title, words, loaded.views, loaded.boxes, cards)
        page.facts = " · ".join(facts)
        width, height = size or (DEFAULT[0], None)
        height = height or min(page.natural_height(width), LARGEST)
    else:
        page = of_tile(loaded.views[0], cards[0])
        width, given = size or DEFAULT
        height = given or round(width * DEFAULT[1] / DEFAULT[0])
    paper = Paper(size=paper.size, landscape=paper.landscape, facts=facts, foot=made_words(now))
    alone = not loaded.several
    drawing = Drawing(page=page, theme=theme, width=width, height=height, alone=alone, paper=paper)
    try:
        deque(filing(drawing, kind, path), maxlen=0)
    except OSError as why:
        raise StoppedError(f"{path}: cannot be written ({why})", BAD_INPUT) from None


def draw(loaded: Loaded, theme: Theme, size: tuple[int, int | None] | None, scale: float) -> QImage:
    """Draw what was loaded; raises StoppedError for sizes that cannot be."""
    cards = cards_of(loaded.views, datetime.now(UTC))
    if not loaded.several:
        width, height = size or DEFAULT
        whole = (width, height or round(width * DEFAULT[1] / DEFAULT[0]))
        _check(*whole, scale)
        return tile_picture(loaded.views[0], theme, whole, scale, cards[0])
    words = ". ".join(filter(None, (loaded.note, loaded.description)))
    page = Page(loaded.title, words, loaded.views, loaded.boxes, cards)
    width, height = size or (DEFAULT[0], None)
    height = height or min(page.natural_height(width), LARGEST)
    _check(width, height, scale)
    return page.picture(theme, width, height, scale)


def save(image: QImage, path: str) -> None:
    """Write the picture; raises StoppedError when the place does not take it."""
    if path == STDOUT:
        sys.stdout.buffer.write(png_of(image))
        sys.stdout.buffer.flush()
        return
    problem = write_picture(image, path)
    if problem:
        raise StoppedError(f"{path}: cannot be written ({problem})", BAD_INPUT)


def _check_output(path: str) -> None:
    """Refuse at once what could not be written at the end."""
    if path == STDOUT and sys.stdout.isatty():
        raise StoppedError("a terminal shows no picture; send it to a file or a program", WRONG_USE)
    known = format_of(path) or PurePath(path).suffix.lower() in FILES
    if path != STDOUT and not known:
        kinds = ", ".join(filter(None, (*FORMATS, *FILES)))
        raise StoppedError(f"{path}: the name of a picture ends in one of {kinds}", WRONG_USE)


def _check(width: int, height: int, scale: float) -> None:
    across, down = round(width * scale), round(height * scale)
    if max(across, down) > LARGEST * 2 or across * down > MOST_PIXELS:
        raise StoppedError(
            f"a picture of {across}x{down} pixels is too large; give a smaller --size or --scale",
            WRONG_USE,
        )
