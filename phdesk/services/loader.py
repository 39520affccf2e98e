"""Imports what is heavy in a plain thread, so that the window goes on moving meanwhile."""

import threading
from importlib import import_module
from types import ModuleType

from PySide6.QtCore import QObject, QTimer, Signal, Slot

LOOK = 5  # ms between looks; the thread itself owns no Qt object, so it can never end one


class Loader(QObject):
    """Imports modules by name and says so in the GUI thread; a module is given once."""

    loaded = Signal(list)  # the modules, in the order of their names
    failed = Signal(str)  # a sentence

    def __init__(self, *names: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._thread = threading.Thread(target=self._load, name="phdesk-import", daemon=True)
        self._modules: list[ModuleType] = []
        self._problem = ""
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin to import; once is enough, but a failure is told to each who asks."""
        if self._thread.ident is None:
            self._thread.start()
            self._timer.start()
        elif self._problem:
            self._timer.start()

    def wait(self) -> None:
        """Wait for the thread, before the interpreter goes; nothing is told any more."""
        self._timer.stop()
        if self._thread.is_alive():
            self._thread.join()

    def _load(self) -> None:
        try:
            self._modules = [import_module(name) for name in self._names]
        except ImportError as error:
            self._problem = f"phdesk is not installed whole: {error}."

    @Slot()
    def _look(self) -> None:
        if self._thread.is_alive():
            return
        self._timer.stop()
        if self._problem:
            self.failed.emit(self._problem)
        else:
            self.loaded.emit(self._modules)
