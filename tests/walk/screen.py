"""A screen of its own: an X server and a window manager, hands on mouse and keyboard, a camera."""

import os
import shutil
import subprocess
from contextlib import ExitStack, contextmanager
from pathlib import Path

NEEDED = ("Xvfb", "openbox", "xdotool", "import", "convert")
WIDE, HIGH = 1280, 832
COLOURS = 128  # of a picture


def missing():
    """Name the programs that are not installed."""
    return [name for name in NEEDED if shutil.which(name) is None]


@contextmanager
def started():
    """Start the screen on a free display and set DISPLAY; stop both programs at the end."""
    with ExitStack() as stack:
        read, write = os.pipe()
        size = f"{WIDE}x{HIGH}x24"
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        stack.callback(_stopped, server)
        os.close(write)
        with os.fdopen(read) as said:
            os.environ["DISPLAY"] = f":{said.readline().strip()}"
        stack.callback(_stopped, subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL))
        yield


def hands(*words):
    """Press and move as a person does, by the X server's own events."""
    subprocess.run(["xdotool", *map(str, words)], check=True)


def photograph(path: Path) -> None:
    """Save what is on the screen, in few colours."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shot = ["import", "-window", "root", "png:-"]
    whole = subprocess.run(shot, check=True, capture_output=True).stdout
    small = ["convert", "png:-", "+dither", "-colors", str(COLOURS), "-strip", f"PNG8:{path}"]
    subprocess.run(small, input=whole, check=True)


def _stopped(program):
    program.terminate()
    program.wait(timeout=10)
