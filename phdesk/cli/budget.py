"""`phdesk budget`: says what was spent of the team's limits."""

from argparse import Namespace

import msgspec

from phdesk.cli.exits import FINE
from phdesk.cli.gate import governor
from phdesk.cli.show import write
from phdesk.core.budget_words import Report, budget_lines


def run(arguments: Namespace) -> int:
    """Print the last hour of every team of which anything is known."""
    found = governor().reports()
    if arguments.json:
        write(msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n")
        return FINE
    parts = [_text(report) for report in found]
    write("\n\n".join(parts or ["No call was made in the last hour."]) + "\n")
    return FINE


def _text(report: Report) -> str:
    return "\n".join([title(report), *(f"  {line}" for line in budget_lines(report))])


def title(report: Report) -> str:
    """Name a team."""
    host = report.host.split("://", 1)[-1]
    return f"{host}, project {report.project}" if report.project else f"{host}, outside of projects"
