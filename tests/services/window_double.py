"""A window of a few lines with a real heartbeat, which misbehaves as it is told in its environment.

What happened to it is written, a line each, to the file that NOTES names.
"""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QWidget

from phdesk.models.beat import Beat, Resume
from phdesk.services.heartbeat import heartbeat


def note(**facts):
    with Path(os.environ["NOTES"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps({"pid": os.getpid(), **facts}) + "\n")


class Wall(QWidget):
    def __init__(self, resume):
        super().__init__()
        place = resume.places.get("HDMI-1")
        self.item = place.item if place else "first"
        self.page = place.page if place else 0
        self.paused = bool(place and place.paused)
        self.frame = 0
        self.blank = int(os.environ.get("BLANK", "0"))  # paintings with nothing on show
        self.ballast = []

    def beat(self):
        return Beat(
            monitor="HDMI-1",
            at=datetime.now(UTC),
            frame=self.frame,
            item=self.item,
            page=self.page,
            paused=self.paused,
            rotations=self.frame,
            title=self.item.title(),
            empty="Nothing yet." if self.frame < self.blank else "",
        )

    def paintEvent(self, _event):  # noqa: N802
        painter = QPainter(self)
        painter.drawText(10, 20, self.item)
        self.frame += 1
        painter.end()
        self.heart.note_painting()

    def repaint_soon(self):
        self.update()
        return self.isVisible()

    def trim(self):
        note(what="trim")
        self.ballast.clear()


class Mischief:
    """What goes wrong, and when: after so many paintings, in the lives that are named."""

    def __init__(self, wall):
        self.wall = wall
        self.kind = os.environ.get("MISCHIEF", "")
        self.lives = int(os.environ.get("LIVES", "1"))  # that misbehave
        notes = Path(os.environ["NOTES"]).read_text(encoding="utf-8").splitlines()
        self.life = sum('"start"' in line for line in notes)
        self.after = int(os.environ.get("AFTER", "1"))

    @Slot()
    def look(self):
        if self.wall.frame >= self.after and self.life <= self.lives:
            getattr(self, self.kind, self.nothing)()

    def nothing(self):
        """Behave."""

    def crash(self):
        os.kill(os.getpid(), signal.SIGKILL)

    def freeze(self):
        while True:
            time.sleep(0.05)

    def large(self):
        if not self.wall.ballast:
            self.wall.ballast.append(b"x" * 150_000_000)

    def walk(self):
        self.wall.item, self.wall.page, self.wall.paused = "second", 3, True

    def leave(self):
        note(what="leave")
        QApplication.exit(0)


def babble():
    print("hello from a library", flush=True)
    os.write(1, b"\xff\xfe\0" * 200 + b"\n" + b"x" * 700_000 + b'\n{"monitor": 3}\n[]\n{}\n')


def resumed(words):
    if "--resume" not in words:
        return Resume()
    return msgspec.json.decode(words[words.index("--resume") + 1], type=Resume)


def life(app, wall):
    mischief = Mischief(wall)
    timer = QTimer(wall)
    timer.timeout.connect(mischief.look)
    timer.timeout.connect(wall.update)
    timer.start(int(os.environ.get("EVERY", "50")))
    wall.show()
    wall.heart.start()
    return app.exec()


def main():
    resume, kind = resumed(sys.argv), os.environ.get("MISCHIEF", "")
    if kind == "garbage":
        babble()
    if kind == "deaf":  # neither asking nor telling helps
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    app = QApplication(sys.argv[:1])
    wall = Wall(resume)
    wall.heart = heartbeat(lambda: [wall.beat()], wall.repaint_soon, wall)
    note(
        what="start", item=wall.item, page=wall.page, paused=wall.paused,
        safe=resume.safe, skip=list(resume.skip), software=os.environ.get("QT_OPENGL", ""),
        notify=os.environ.get("NOTIFY_SOCKET", ""),
    )  # fmt: skip
    if kind == "orphans":
        child = subprocess.Popen(["sleep", "1000"])
        note(what="child", child=child.pid)
    wall.heart.trim_requested.connect(wall.trim)
    if kind != "deaf":
        wall.heart.stop_requested.connect(app.quit)
    wall.resize(200, 60)
    code = life(app, wall)
    wall.heart.stop()
    note(what="end")
    print("printed by a library", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
