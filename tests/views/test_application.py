"""macOS tells by an event what is to be opened with phdesk."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import sys
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from phdesk.views.application import Application
app = Application(["phdesk", "-platform", "offscreen"])
app.asked.connect(print)
given = sys.argv[1]
event = QFileOpenEvent(given) if given.startswith("/") else QFileOpenEvent(QUrl(given))
assert Application.sendEvent(app, event)
app.quit()
"""


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("/tmp/kpis of today.phdesk", "/tmp/kpis of today.phdesk"),
        ("file:///tmp/kpis.phdesk", "/tmp/kpis.phdesk"),
        ("phdesk://eu.posthog.com/project/1/dashboard/2", None),
    ],
)
def test_what_the_system_wants_opened_is_told(given, told):
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", SCRIPT, given]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    assert run.stdout == f"{told or given}\n"
