"""Programs whose clocks run faster: hours of a wall take minutes (Linux, with a C compiler).

All that goes by a clock does: timers, timeouts, ages, refreshes, what a server takes for old. What
takes work takes as long as ever, so it is as on a computer that is slower by the same factor.
"""

import shutil
import subprocess
import sys
import time
from pathlib import Path

SOURCE = Path(__file__).with_suffix(".c")
COMPILER = shutil.which("cc") if sys.platform == "linux" else None


def hastened(environ, times, folder):
    """Give an environment in which programs live `times` as fast, from now on.

    The library that does it is made in a folder, which has to stay. Raises RuntimeError where it
    cannot be made.
    """
    if COMPILER is None:
        raise RuntimeError("faster clocks need Linux and a C compiler (Debian: gcc, libc6-dev)")
    library = Path(folder) / "haste.so"
    words = [COMPILER, "-O2", "-Wall", "-Werror", "-shared", "-fPIC", SOURCE, "-o", library, "-ldl"]
    made = subprocess.run(words, capture_output=True, text=True, check=False)
    if made.returncode:
        raise RuntimeError(f"faster clocks could not be made: {made.stderr.strip()}")
    return dict(environ) | {
        "LD_PRELOAD": " ".join(filter(None, (str(library), environ.get("LD_PRELOAD", "")))),
        "HASTE": str(times),
        "HASTE_REAL": str(time.time_ns()),
        "HASTE_STEADY": str(time.monotonic_ns()),
    }
