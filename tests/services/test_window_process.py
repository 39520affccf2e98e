"""A window's process leaves nothing in its watch when it is gone."""

import logging
import os
import sys
from queue import SimpleQueue

import pytest

from phdesk.models.beat import Wish
from phdesk.services.window_process import Ended, WindowProcess

WORDS = ("import sys; sys.stderr.write('words'); sys.exit(3)", "import sys; sys.stdin.readline()")


@pytest.mark.parametrize("code", WORDS, ids=["by itself", "asked to"])
def test_its_pipes_are_closed_when_it_is_gone(code):
    events = SimpleQueue()
    window = WindowProcess(1, [sys.executable, "-c", code], os.environ, logging.getLogger("test"))
    window.listen(events)
    window.ask(Wish(act="stop"))
    ended = events.get(timeout=20)
    assert isinstance(ended, Ended)
    window.close()
    process = window._process
    assert all(pipe.closed for pipe in (process.stdin, process.stdout, process.stderr))
    window.ask(Wish(act="stop"))  # in vain, and no error
