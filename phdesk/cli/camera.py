"""Takes one picture of the app when all tiles of the open dashboard are there, then leaves."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from phdesk.app import App
from phdesk.cli.exits import BAD_INPUT, FINE, NETWORK, code_of, complain, sentence
from phdesk.views.picture import write_picture

LIMIT = 60_000  # ms for all tiles to be calculated
SETTLE = 300  # ms for the last pictures of tiles to be drawn


class Camera(QObject):
    """Waits for the dashboard, saves the window as PNG, ends the app with `code`."""

    def __init__(self, app: App, path: Path) -> None:
        super().__init__(app)
        self._app, self._path = app, path
        self.code = NETWORK
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._give_up)
        self._late.start(LIMIT)
        self._shutter = QTimer(self)
        self._shutter.setSingleShot(True)
        self._shutter.setInterval(SETTLE)
        self._shutter.timeout.connect(self._shoot)
        app.store.changed.connect(self._on_changed)
        app.demo.failed.connect(self._stop_for)

    @Slot()
    def _on_changed(self) -> None:
        state, open_id = self._app.store.state, self._app.desk.open_id or 0
        if open_id in state.missing:
            self.code = code_of(state.missing[open_id])
            self._stop_for(sentence(state.missing[open_id]))
            return
        board = state.dashboards.get(open_id)
        if board is None or board.loading or board.progress is not None:
            self._shutter.stop()
            return
        insights = [held for held in board.tiles.values() if held.insight is not None]
        if all(held.has_result or held.failure is not None for held in insights):
            self._shutter.start()

    @Slot()
    def _shoot(self) -> None:
        self.code = FINE
        problem = write_picture(self._app.window.grab().toImage(), str(self._path))
        if problem:
            complain(f"{self._path}: cannot be written ({problem})")
            self.code = BAD_INPUT
        self._leave()

    @Slot()
    def _give_up(self) -> None:
        self._stop_for("the dashboard did not come in time")

    @Slot(str)
    def _stop_for(self, why: str) -> None:
        complain(why)
        self._leave()

    def _leave(self) -> None:
        self._late.stop()
        self._shutter.stop()
        self._app.window.close()
        QApplication.quit()
