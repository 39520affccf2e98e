"""What is imported before the first paint decides how soon it comes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import phdesk
from tests.benchmarks.prepared import prepare

PACKAGE = Path(phdesk.__file__).parent

LATE = {"numpy", "pyqtgraph", "httpx", "asyncio", "keyring", "ssl", "importlib.metadata"}
LATE |= {"zoneinfo"}  # of a project that counts in UTC
SCRIPT = Path(__file__).parent / "benchmarks" / "first_paint.py"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prepared")
    prepare(folder)
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(folder)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    return json.loads(done.stdout)


def test_the_first_paint_shows_all_tiles_of_the_cached_dashboard(report):
    assert report["drawn"] == report["tiles"] == 12


def test_who_has_no_board_does_not_wait_for_what_makes_boards(report):
    late = {f"phdesk.{name}" for name in ("services.board_room", "services.boards", "store.boards")}
    assert late.isdisjoint(report["modules"])


def test_who_opens_no_shared_link_does_not_wait_for_what_reads_it(report):
    assert {"phdesk.core.shared_links", "phdesk.shared_opening"}.isdisjoint(report["modules"])


def test_the_first_paint_imports_nothing_heavy(report):
    assert LATE.isdisjoint(report["modules"])


def test_the_first_paint_reads_the_source_of_no_module_of_ours(report):
    """PySide6's import would, to look for a use of `__feature__`."""
    ours = [path for name in report["sources"] if (path := Path(name)).is_relative_to(PACKAGE)]
    assert {path.parent for path in ours} <= {PACKAGE}  # imported before it is put aside
