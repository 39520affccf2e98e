"""A process with a plain window for each wall, which tells in JSON where they are."""

import json
import sys
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from phdesk.models.wall import Wall
from phdesk.views.monitor.screens import Screens


class Plain:
    def __init__(self):
        self.made = {}
        self.strays = []  # names of windows that came onto another monitor before people's eyes

    def add(self, name, _wall):
        window = self.made[name] = QWidget()
        window.winId()
        window.windowHandle().screenChanged.connect(partial(self._on_screen, name))
        return window

    def _on_screen(self, name, _screen):
        if self.made[name].isVisible():
            self.strays.append(name)

    def change(self, _name, _wall):
        pass

    def remove(self, name):
        self.made.pop(name).deleteLater()


def main():
    app = QApplication(sys.argv)
    plain = Plain()
    screens = Screens(app, plain)
    screens.set_walls({name: Wall() for name in json.loads(sys.argv[1])})
    told = []

    def tell():
        seen = {
            name: [one.isVisible(), list(one.geometry().getRect()), id(one) % 10_000_000]
            for name, one in sorted(plain.made.items())
        }
        seen = json.dumps({"walls": seen, "problems": screens.problems, "strays": plain.strays})
        if told != [seen]:
            told[:] = [seen]
            print(seen, flush=True)

    timer = QTimer()
    timer.timeout.connect(tell)
    timer.start(20)
    app.exec()


if __name__ == "__main__":
    main()
