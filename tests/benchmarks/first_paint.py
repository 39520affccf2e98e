"""Start the app on a prepared folder, stop at the first paint, print what it took.

Run as a program: python tests/benchmarks/first_paint.py FOLDER. Prints one line of JSON: CPU
seconds of the process since it began, tiles drawn, modules imported, sources read.
"""

import gc
import json
import linecache
import os
import sys
import time
from functools import partial
from pathlib import Path


def main(folder):
    gc.disable()  # as the command does
    from PySide6.QtWidgets import QApplication

    from phdesk.app import App, Options
    from phdesk.services.places import Places

    qt = QApplication([sys.argv[0], "-style", "fusion"])
    places = Places(
        settings=folder / "settings.toml",
        accounts=folder / "accounts.toml",
        cache=folder / "cache.sqlite3",
        logs=folder,
    )
    app = App(qt, Options(places=places, size=(1400, 1800)))
    app.start()
    app.painted.connect(partial(report, app))
    qt.exec()
    os._exit(0)  # what comes after the first paint is not measured


def report(app):
    cpu = time.process_time()
    tiles = app.window.screen_page.grid.tiles.values()
    drawn = sum(not tile.needs_picture for tile in tiles)
    found = {"cpu": cpu, "drawn": drawn, "tiles": len(tiles)}
    print(json.dumps({**found, "modules": [*sys.modules], "sources": [*linecache.cache]}))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
