"""Let a window at work have Python while a chart is painted beside it, in the worker.

A thread that wants Python's lock asks for it when it has waited for a while (`app.TURN`). Each call
into Qt gives the lock away for a moment, which wakes the one who waits; it comes too late, and
begins to wait anew. So who paints hundreds of lines kept a window waiting for 60 ms at a time. A
pause in which nothing is done lets it in.
"""

import threading
import time

PAUSE = 0.0001  # s


def breathe() -> None:
    """Pause for a moment, unless this is the window's own thread."""
    if threading.current_thread() is not threading.main_thread():
        time.sleep(PAUSE)
