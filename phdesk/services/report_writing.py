"""Writes a report that was put together on screen as a file that people can change."""

from typing import Any

import tomli_w

from phdesk.core.reporting.reading import WEEKDAYS
from phdesk.models.report import USUAL, Report, Schedule, Section

HEAD = "# A report of phdesk: `phdesk report --print-config` explains what can stand here.\n\n"


def report_toml(report: Report) -> str:
    """Write a report; what is usual is left out."""
    told: dict[str, Any] = {"title": report.title}
    if report.text:
        told["text"] = report.text
    told["period"] = report.period
    if not report.compare:
        told["compare"] = False
    if report.host:
        told["host"] = report.host
    if report.project is not None:
        told["project"] = report.project
    told["section"] = [_section(one) for one in report.sections]
    if report.schedule is not None:
        told["schedule"] = _schedule(report.schedule)
    return HEAD + tomli_w.dumps(told)


def _section(one: Section) -> dict[str, Any]:
    number = int(one.dashboard) if one.dashboard.isdecimal() else one.dashboard
    fields = {
        "title": one.title,
        "text": one.text,
        "dashboard": number,
        "tiles": list(one.tiles),
        "numbers": list(one.numbers),
        "event": one.event,
        "count": one.count if one.count != "events" else "",
        "funnel": list(one.funnel),
        "show": list(one.show) if one.show != USUAL else [],
    }
    return {key: value for key, value in fields.items() if value}


def _schedule(one: Schedule) -> dict[str, Any]:
    fields: dict[str, Any] = {"every": one.every}
    if one.every == "week":
        fields["weekday"] = WEEKDAYS[one.weekday]
    if one.every == "month":
        fields["day"] = one.day
    fields |= {
        "at": "{:02}:{:02}".format(*divmod(one.at, 60)),
        "folder": one.folder,
        "formats": list(one.formats),
    }
    return fields | ({"command": list(one.command)} if one.command else {})
