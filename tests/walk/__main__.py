"""Walks through the app on a real X server and writes docs/walk.md with its pictures.

    python -m tests.walk

Needs Xvfb, openbox, xdotool and ImageMagick, and a minute. It is run by hand, before a release:
each step waits for the fact that it is about, so a walk that ends has shown them all.
"""

import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMessageBox

from phdesk.demo.server import DemoServer
from phdesk.views.dialogs.board_words import TextDialog
from phdesk.views.dialogs.command_palette import CommandPalette
from phdesk.views.dialogs.sign_in import SignIn
from tests.app_parts import running, vault
from tests.walk.screen import missing, started
from tests.walk.walker import Walker, focused

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = "pictures/walk"
NUMBER = "Activation rate"
HEAD = """# A walk through a dashboard

Made by `python -m tests.walk`, which works the app on a real X server (Xvfb, openbox) by that
server's own mouse and keyboard events, and waits at each step for the fact that the picture shows.
The data is the demo's.
"""


def main():
    """Walk, or say what is missing."""
    gone = missing()
    if gone:
        print(f"The walk needs these programs: {', '.join(gone)}", file=sys.stderr)
        return 2
    with started(), tempfile.TemporaryDirectory() as home, vault(), DemoServer() as server:
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        qt = QApplication([sys.argv[0], "-style", "fusion"])
        with running(Path(home), theme="light", size=(1200, 760)) as app:
            app.window.showMaximized()
            walker = Walker(app, DOCS / PICTURES)
            signs_in(walker, server)
            filters(walker)
            arranges_by_hand(walker)
            arranges_by_keyboard(walker)
            saves(walker)
            writes(walker)
            finds(walker)
            keeps_open(walker)
            explores(walker)
        del qt
    write_page(walker.captions)
    return 0


def ready(walker):
    def check():
        board = walker.app.store.state.dashboards.get(walker.app.desk.open_id)
        return board is not None and board.progress is None and not board.loading

    return check


def override(walker):
    return walker.app.store.state.dashboards[walker.app.desk.open_id].override


def signs_in(walker, server):
    page = walker.app.window.page
    assert isinstance(page, SignIn)
    walker.wait(lambda: walker.app.desk.online is not None and walker.app.window.isActiveWindow())
    own = next(one for one in page._host._hosts if "elf" in one.text())
    walker.click(own)
    walker.press("Tab")
    walker.write(server.url)
    walker.press("Tab", "Tab")
    walker.write(server.key)
    walker.look(
        "sign-in",
        "Sign in to PostHog Cloud or a server of one's own. Nothing is sent before *Sign in*.",
    )
    walker.press("Return")
    walker.wait(lambda: walker.app.desk.open_id is not None)
    walker.wait(ready(walker))
    walker.look("dashboard", "The project's first dashboard, every tile with its age.")


def filters(walker):
    walker.press("d")
    walker.wait(lambda: focused() == "Date range in words")
    walker.write("last 14 days")
    walker.look("dates", "D opens the dates. A range in words is understood while it is typed.")
    walker.press("Return")
    walker.wait(lambda: override(walker) is not None)
    walker.wait(ready(walker))
    walker.look(
        "filtered", "The filters are temporary and nobody else's; the chip says so and leads back."
    )
    walker.press("shift+d")
    walker.wait(lambda: override(walker) is None)
    walker.wait(ready(walker))


def arranges_by_hand(walker):
    walker.press("e")
    walker.wait(lambda: walker.screen.editing)
    walker.look("edit", "E edits the layout: a handle in each corner, every edge to pull.")
    moved = walker.tile(NUMBER)
    before = walker.box(NUMBER)
    start = walker.take(moved, QPoint(60, 18))
    walker.pull(start, QPoint(-moved.width() - 30, 14))
    walker.wait(lambda: moved.lifted)
    walker.look(
        "drag",
        "A tile is dragged by its title; the others make room at once. Its size stands beside "
        "the pointer, its new place is dashed.",
    )
    walker.let_go()
    walker.wait(lambda: walker.box(NUMBER).x < before.x)
    walker.look("dropped", "Let go, it stays. The layout is this computer's own until it is saved.")
    high = walker.box(NUMBER).h
    start = walker.take(moved, QPoint(moved.width() // 2, moved.height() - 4))
    walker.pull(start, QPoint(0, 110))
    walker.wait(lambda: moved.lifted)
    walker.look("resize", "An edge is pulled: all eight edges and corners can be.")
    walker.let_go()
    walker.wait(lambda: walker.box(NUMBER).h > high)
    walker.press("ctrl+z")
    walker.wait(lambda: walker.box(NUMBER).h == high)
    walker.look("undo", "Ctrl+Z takes the last gesture back; there is no limit.")


def arranges_by_keyboard(walker):
    tile = walker.tile("Paying customers")
    walker.click(tile)
    walker.grid.focus_tile(tile.tile_id)
    before = walker.box("Paying customers")
    walker.press("m", "Down", "Down", "Right")
    walker.wait(lambda: walker.box("Paying customers") != before)
    walker.look(
        "keyboard", "By keys: M takes a tile, arrows move it cell by cell, and each step is said."
    )
    walker.press("Escape")
    walker.wait(lambda: walker.box("Paying customers") == before)
    walker.press("e")
    walker.wait(lambda: not walker.screen.editing)


def saves(walker):
    def overlay():
        return walker.app.store.state.overlays.get(walker.app.desk.open_id)

    assert overlay() is not None
    walker.look(
        "unsaved", "Outside of the edit mode a line says what differs from the team's layout."
    )
    walker.click(walker.button("Save to PostHog"))
    walker.wait(lambda: overlay() is None)
    walker.look(
        "saved",
        "Saved, as one change with the tiles that moved: the team's layout is this one now.",
    )


def writes(walker):
    walker.press("ctrl+k")
    walker.wait(lambda: bool(shown(walker, CommandPalette)))
    walker.write("text card")
    walker.press("Return")
    walker.wait(lambda: bool(shown(walker, TextDialog)))
    walker.write("## Notes of the week")
    walker.look(
        "text",
        "Text cards are Markdown, for everyone; they can be edited later and every change undone.",
    )
    walker.press("Escape")
    walker.wait(lambda: bool(shown(walker, QMessageBox)))  # before what was written is lost
    walker.press("Escape")
    walker.wait(lambda: not shown(walker, QMessageBox))
    walker.click(walker.button("Cancel", shown(walker, TextDialog)[0]))
    walker.wait(lambda: not shown(walker, TextDialog))


def finds(walker):
    walker.press("ctrl+k")
    walker.wait(lambda: bool(shown(walker, CommandPalette)))
    walker.write("rev")
    walker.look("palette", "Ctrl+K finds dashboards, tiles and actions by a few letters.")
    walker.press("Escape")


def keeps_open(walker):
    first = walker.app.desk.open_id
    walker.press("ctrl+f")
    walker.write("growth")
    walker.press("ctrl+Return")
    walker.wait(lambda: walker.app.desk.open_id != first)
    walker.wait(ready(walker))
    walker.look("tabs", "Ctrl+Enter opens a dashboard in a tab of its own.")
    walker.press("ctrl+1")
    walker.wait(lambda: walker.app.desk.open_id == first)


def explores(walker):
    tile = walker.tile("Revenue by day")
    walker.grid.focus_tile(tile.tile_id)
    walker.press("Return")
    walker.wait(lambda: walker.app.window.page is not walker.screen)
    walker.look("large", "Enter opens a tile large, with all its rows.")


def shown(walker, kind):
    return [one for one in walker.app.window.findChildren(kind) if one.isVisible()]


def write_page(captions):
    """Write the pictures below each other, with their words."""
    parts = [HEAD]
    parts += [f"{words}\n\n![{words}]({PICTURES}/{file})\n" for file, words in captions]
    (DOCS / "walk.md").write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
