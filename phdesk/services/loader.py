"""Imports what is heavy in a plain thread, so that the window goes on moving meanwhile.

PySide6 makes each of its classes when it is first named. pyqtgraph names all of them while it is
imported; made in a thread beside a window at work, that ended the process, rarely. So all names of
such modules are named first, in the GUI thread, a few in each turn of its loop.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from types import ModuleType

from PySide6.QtCore import QObject, QTimer, Signal, Slot

QT = ("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets")
SLICE = 0.004  # s of a turn of the loop
LOOK = 5  # ms between looks; the thread itself owns no Qt object, so it can never end one


class Loader(QObject):
    """Imports modules by name and says so in the GUI thread; a module is given once."""

    loaded = Signal(list)  # the modules, in the order of their names
    failed = Signal(str)  # a sentence

    def __init__(
        self, *names: str, named_first: Sequence[str] = (), parent: QObject | None = None
    ) -> None:
        """Take the modules to import, and those whose names are all to be named before."""
        super().__init__(parent)
        self._names = names
        self._to_name = _all_named(named_first)
        self._thread = threading.Thread(target=self._load, name="phdesk-import", daemon=True)
        self._modules: list[ModuleType] = []
        self._problem = ""
        self._begun = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin to import; once is enough, but a failure is told to each who asks."""
        if not self._begun:
            self._begun = True
            self._name_some()
        elif self._problem:
            self._timer.start(LOOK)

    def wait(self) -> None:
        """Wait for the thread, before the interpreter goes; nothing is told any more."""
        self._timer.stop()
        if self._thread.is_alive():
            self._thread.join()

    def _name_some(self) -> None:
        """Name what is to be named for as long as a turn may take; then the thread begins."""
        until = time.perf_counter() + SLICE
        for _ in self._to_name:
            if time.perf_counter() > until:
                self._timer.start(0)
                return
        self._thread.start()
        self._timer.start(LOOK)

    def _load(self) -> None:
        try:
            self._modules = [import_module(name) for name in self._names]
        except ImportError as error:
            self._problem = f"phdesk is not installed whole: {error}."

    @Slot()
    def _look(self) -> None:
        if self._thread.ident is None:
            self._name_some()
            return
        if self._thread.is_alive():
            return
        self._timer.stop()
        if self._problem:
            self.failed.emit(self._problem)
        else:
            self.loaded.emit(self._modules)


def _all_named(modules: Sequence[str]) -> Iterator[None]:
    for name in modules:
        module = import_module(name)
        for each in dir(module):
            getattr(module, each, None)
            yield
