"""Findings as lines of text, and as data for programs."""

from collections import Counter
from typing import Any

from phdesk.core.cells import one_line
from phdesk.core.health.finding import SEVERITIES, Finding, Report

NAMES = {"problem": "Problem", "warning": "Warning", "hint": "Hint"}
RULES = {  # what each rule is about, for people
    "broken": "Broken",
    "costly": "Costly",
    "duplicate": "Duplicate",
    "empty": "Empty",
    "event-gone": "Event not seen",
    "many-tiles": "Many tiles",
    "no-description": "No description",
    "old-share": "Old link",
    "orphan": "On no dashboard",
    "other": "“Other”",
    "own-range": "Other dates",
    "same-insight": "Saved twice",
    "tiles": "Tiles",
    "scroll": "Below the screen",
    "unopened": "Not opened",
    "wall": "Wall",
}


def where(finding: Finding, *, with_board: bool = True) -> str:
    """Say where something was found."""
    board = finding.board_name if with_board else ""
    tile = finding.title or (f"tile {finding.tile}" if finding.tile else "")
    return " › ".join(part for part in (board, tile) if part)


def counted(report: Report) -> str:
    """Say how much was found."""
    if report.is_clean:
        return "Nothing was found."
    counts = Counter(one.severity for one in report.findings)
    parts = [
        f"{counts[one]} {one}{'' if counts[one] == 1 else 's'}" for one in SEVERITIES if counts[one]
    ]
    return f"{', '.join(parts)}."


def unjudged_lines(report: Report) -> tuple[str, ...]:
    """Say what was not judged: each rule and reason once, with how often."""
    counts = Counter((one.rule, one.why) for one in report.unjudged)
    return tuple(
        f"{RULES.get(rule, rule)}: not judged{f' {count} times' if count > 1 else ''}, {why}."
        for (rule, why), count in counts.items()
    )


def as_lines(report: Report) -> tuple[str, ...]:
    """Write a report for people who read a terminal: a line for each finding."""
    found = [
        one_line(f"{one.severity:<8} {one.rule:<15} {where(one)}: {one.reason}")
        for one in report.findings
    ]
    return (*found, counted(report), *map(one_line, unjudged_lines(report)))


def as_data(report: Report) -> dict[str, Any]:
    """Give a report as plain data."""
    return {
        "clean": report.is_clean,
        "dashboards": report.boards,
        "findings": [
            {
                "rule": one.rule,
                "severity": one.severity,
                "dashboard": one.board or None,
                "dashboard_name": one.board_name,
                "tile": one.tile or None,
                "title": one.title,
                "insight": one.short_id or None,
                "reason": one.reason,
                "fix": one.fix.kind if one.fix is not None else None,
            }
            for one in report.findings
        ],
        "not_judged": [
            {"rule": one.rule, "dashboard": one.board or None, "tile": one.tile or None,
             "why": one.why}
            for one in report.unjudged
        ],
    }  # fmt: skip
