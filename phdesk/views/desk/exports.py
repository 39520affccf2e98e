"""Exports the dashboard on screen, or one of its tiles, as it is: to a file or the clipboard."""

import re
from functools import partial

from PySide6.QtCore import QBuffer, QIODevice, QLocale, QMimeData, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from phdesk.services.tables_out import TableFormat, Writing, table_bytes
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import export_dialog
from phdesk.views.export.filing import (
    Drawing,
    Kind,
    filing,
    named_as,
    picturing,
    rows_filing,
    stepped_beside,
    writing,
)
from phdesk.views.export.gathering import Taken, alone, taken
from phdesk.views.export.paper import Paper, Print, made_words
from phdesk.views.export.stepping import Stepper, Steps
from phdesk.views.export.wish import DRAWN, FORMATS, Format, Subject, Wish
from phdesk.views.picture import EDGE
from phdesk.views.theme import Theme, light
from phdesk.views.window_actions import READS

EXPORT = "Export the dashboard"
EXPORT_TILE = "Export the tile"
NOTHING = "Open a dashboard to export it."
NO_TILE = "Choose a tile first: walk to it with Tab or the arrows."
STOPPED = "Stopped: nothing was exported."
UNDER_WAY = "export"
SOON = 300  # ms after which it is said how far it is
BUSY = "Another export is still being written."
LONGEST_NAME = 60  # characters of a proposed file name


class Exports(QObject):
    """Made after the first paint; the dialog when it is asked for."""

    finished = Signal(str)  # what became of it

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._window = desk, desk.window
        self._last = Wish(paper="Letter" if _measures_in_inches() else "A4")
        self._total, self._done_words = 0, ""
        self._told = -1
        self._early = QTimer(self, singleShot=True, interval=SOON)
        self._work = Stepper(self)
        self._work.stepped.connect(self._on_step)
        self._work.finished.connect(self._on_written)
        self._work.failed.connect(self._on_refused)
        for text, keys, slot in (
            (EXPORT, "Ctrl+E", self.ask),
            (EXPORT_TILE, "Ctrl+Shift+E", self.ask_tile),
        ):
            action = self._window.add_action(text, keys, slot)
            action.setProperty(READS, True)
            action.setEnabled(True)
        self._window.export_requested.connect(self.ask)
        self._window.screen_page.grid.wishes.export_requested.connect(self._on_tile)
        self._window.closed.connect(self._work.stop)
        self._window.notice.stop_requested.connect(self._on_stop)

    @Slot()
    def ask(self) -> None:
        """Ask as what the open dashboard is exported."""
        self._open(self._taken())

    @Slot()
    def ask_tile(self) -> None:
        """Ask the same for the tile that has the keyboard."""
        tiles = self._window.screen_page.grid.tiles
        here = next((one for one, tile in tiles.items() if tile.hasFocus()), None)
        if here is None:
            self._window.notice.set_message(NO_TILE)
        else:
            self._on_tile(here)

    @Slot(int)
    def _on_tile(self, tile_id: int) -> None:
        whole, tiles = self._taken(), self._window.screen_page.grid.tiles
        if whole is not None and tile_id in tiles:
            shown = [one for one, tile in tiles.items() if tile.view is not None]
            self._open(alone(whole, shown, tile_id) if tile_id in shown else None)

    def _taken(self) -> Taken | None:
        desk, screen = self._desk, self._window.screen_page
        board = screen.state
        if board is None or desk.open_id not in desk.state.dashboards or not screen.views:
            return None
        return taken(screen.grid, board, desk.state, desk.state.around, desk.now())

    def _open(self, found: Taken | None) -> None:
        if found is None or self._work.busy:
            self._window.notice.set_message(NOTHING if found is None else BUSY)
            return
        subject = Subject(
            title=found.title,
            alone=not found.width,
            differs=any(one.card.local for one in found.tiles),
            dark=self._desk.theme.is_dark,
        )
        foretold = partial(self._foretold, found)
        dialog = export_dialog()(self._desk.theme, subject, self._last, foretold, self._window)
        dialog.save_requested.connect(partial(self._ask_where, found))
        dialog.copy_requested.connect(partial(self._copy, found))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _foretold(self, found: Taken, wish: Wish) -> str:
        """Say what comes of a wish."""
        said: tuple[str, ...]
        tiles = "" if not found.width else _counted(len(found.tiles), "tile")
        if wish.format == "pdf":
            drawing = self._drawing(found, wish)
            sheets = len(Print(drawing.page, drawing.theme, drawing.paper).sheets)
            said = (tiles, _counted(sheets, "sheet"), "text can be selected")
        elif wish.format in DRAWN:
            drawing = self._drawing(found, wish)
            scale = drawing.fitting_scale if wish.format == "png" else 1
            width, height = (round(side * scale) for side in drawing.size)
            said = (tiles, f"{width} × {height} pixels", "")
        else:
            sheet = found.sheet(all_rows=wish.all_rows)
            rows = sum(len(one.table.rows) for one in sheet.tiles)
            unsaid = ". ".join(sheet.tiles[0].notes) if wish.format == "csv" else ""
            untold = f"the file cannot say: {unsaid}" if unsaid else ""
            said = (tiles, _counted(rows, "row"), "raw values", untold)
        return " · ".join(part for part in said if part)

    def _drawing(self, found: Taken, wish: Wish) -> Drawing:
        page, only = found.page, None if found.width else found.tiles[0].size
        theme = self._theme(wish)
        width = only[0] + EDGE if only else found.width
        return Drawing(
            page=page,
            theme=theme,
            width=width,
            height=only[1] + EDGE if only else page.natural_height(width),
            alone=only is not None,
            scale=wish.scale or self._window.devicePixelRatioF(),
            paper=Paper(
                size=wish.paper,
                landscape=wish.landscape,
                facts=found.facts,
                foot=made_words(found.made_at),
            ),
        )

    def _theme(self, wish: Wish) -> Theme:
        own = self._desk.theme
        return light(colorblind=own.colorblind) if wish.light else own

    @Slot(object)
    def _ask_where(self, found: Taken, wish: Wish) -> None:
        self._last = wish
        title = next(text for kind, text in FORMATS if kind == wish.format)
        name = _file_name(found, wish.format)
        dialog = QFileDialog(self._window, "Export", name, f"{title} (*.{wish.format})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(wish.format)
        dialog.fileSelected.connect(partial(self._save, found, wish))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, found: Taken, wish: Wish, chosen: str) -> None:
        path = named_as(chosen, wish.format)
        if wish.format in DRAWN:
            kind: Kind = wish.format  # type: ignore[assignment]  # it is drawn
            steps = filing(self._drawing(found, wish), kind, path)
        else:
            steps = rows_filing(rows_of_wish(found, wish), path)
        self._begin(steps, found, f"Saved {path.name}.")

    @Slot(object)
    def _copy(self, found: Taken, wish: Wish) -> None:
        self._last = wish
        if wish.format == "png":
            self._begin(picturing(self._drawing(found, wish)), found, "Copied as picture.")
        elif wish.format == "svg":
            self._begin(_copied_svg(self._drawing(found, wish)), found, "Copied as SVG.")
        else:
            self._begin(stepped_beside(rows_of_wish(found, wish)), found, "Copied.")

    def _begin(self, steps: Steps, found: Taken, done: str) -> None:
        if self._work.busy:
            self._window.notice.set_message(BUSY)
            return
        self._total, self._done_words = len(found.tiles), done
        self._told = -1
        self._early.start()
        self._work.begin(steps)

    @Slot(int)
    def _on_step(self, done: int) -> None:
        """Say how far it is, unless it is over before anybody could read it."""
        if done == self._told or self._early.isActive():
            return
        self._told = done
        tile = f" tile {min(done + 1, self._total)} of {self._total}" if self._total > 1 else ""
        self._window.notice.set_under_way(f"Exporting{tile}…", UNDER_WAY)

    @Slot(str)
    def _on_stop(self, what: str) -> None:
        if what == UNDER_WAY and self._work.busy:
            self._work.stop()
            self._saved(STOPPED, None)

    @Slot(object)
    def _on_written(self, made: object) -> None:
        if isinstance(made, QImage):
            QGuiApplication.clipboard().setImage(made)
        elif isinstance(made, bytes):
            QGuiApplication.clipboard().setText(made.decode())
        self._saved(self._done_words, None)

    @Slot(str)
    def _on_refused(self, why: str) -> None:
        self._saved("", f"Nothing was exported: {why}.")

    def _saved(self, said: str, problem: str | None) -> None:
        if problem is None:
            self._window.notice.set_done(said)
        else:
            self._window.notice.set_message(problem)
        self.finished.emit(problem or said)


def rows_of_wish(found: Taken, wish: Wish) -> Writing:
    """Give the steps in which rows become a file; they may be carried out in any thread."""
    form: TableFormat = wish.format  # type: ignore[assignment]  # it is not drawn
    return table_bytes(form, partial(found.sheet, all_rows=wish.all_rows))


def _copied_svg(drawing: Drawing) -> Steps:
    """Draw lines onto the clipboard, for programs that take them, and for those that take text."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    yield from writing(drawing, "svg", buffer)
    data = QMimeData()
    data.setData("image/svg+xml", buffer.data())
    data.setText(bytes(buffer.data().data()).decode())
    QGuiApplication.clipboard().setMimeData(data)
    return None


def _file_name(found: Taken, kind: Format) -> str:
    """Propose a name: what it is, and of which day."""
    title = re.sub(r"[^\w\- ]+", "", found.title).strip()[:LONGEST_NAME]
    return f"{title or 'Dashboard'} {found.made_at.astimezone():%Y-%m-%d}.{kind}"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _measures_in_inches() -> bool:
    """Tell whether people here print on Letter."""
    return QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
