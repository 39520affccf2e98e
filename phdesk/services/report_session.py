"""Makes a report through the session of a window, in the worker, and keeps it as a file."""

from datetime import UTC, datetime
from pathlib import Path

from phdesk.core.dates import zone
from phdesk.core.filter_ranges import first_weekday
from phdesk.core.reporting.boards import Own
from phdesk.core.reporting.building import Made, made
from phdesk.core.reporting.periods import period_of
from phdesk.models.report import Report
from phdesk.services.files import write_whole
from phdesk.services.report_reading import read_parts
from phdesk.services.report_writing import report_toml
from phdesk.services.session import Session


async def made_in(report: Report, own: Own, now: datetime, session: Session) -> Made:
    """Ask for what a report tells; raises ApiError."""
    project = session.project
    today = now.astimezone(zone(project.timezone)).date()
    period = period_of(report.period, today, first_weekday(project.week_start_day))
    parts = await read_parts(session.client(), project, report, period, now, own)
    return made(report, period, parts, project, datetime.now(UTC))


async def keep(report: Report, path: Path) -> str | None:
    """Write a report's file; say what went wrong."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as why:
        return f"{path.parent} could not be made ({why.strerror})."
    return write_whole(path, report_toml(report).encode())
