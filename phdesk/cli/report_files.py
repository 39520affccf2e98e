"""Writes reports with Qt, which draws their charts, and needs no display."""

import os
import sys
from collections import deque
from pathlib import Path
from typing import cast

from PySide6.QtGui import QGuiApplication

from phdesk.cli.exits import BAD_INPUT, StoppedError
from phdesk.core.reporting.building import Made
from phdesk.models.report import ReportFormat
from phdesk.views.export.paper import Paper, PaperSize
from phdesk.views.export.report import report_file
from phdesk.views.theme import light, load_fonts

SIZES = {"a4": "A4", "letter": "Letter"}


def write_all(
    report: Made,
    files: dict[ReportFormat, Path],
    paper: str,
    landscape: bool,  # noqa: FBT001  as it was typed
) -> None:
    """Write a report in some forms; raises StoppedError when a place does not take it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    load_fonts()
    sheets = Paper(size=cast("PaperSize", SIZES[paper]), landscape=landscape)
    for kind, path in files.items():
        try:
            deque(report_file(report, kind, path, light(), sheets), maxlen=0)
        except OSError as why:
            raise StoppedError(f"{path}: cannot be written ({why})", BAD_INPUT) from None
    del app
