"""Asks all rules about dashboards and their project."""

from collections.abc import Sequence

from phdesk.core.grid.boxes import reading_order
from phdesk.core.health import board_rules, project_rules, tile_rules
from phdesk.core.health.finding import (
    SEVERITIES,
    BoardFacts,
    Finding,
    ProjectFacts,
    Report,
    Said,
    Unjudged,
)

OPENS = "reading the dashboard would count as opening it"


def judge(boards: Sequence[BoardFacts], around: ProjectFacts, *, whole: bool = False) -> Report:
    """Judge dashboards; with `whole` these are all of the project, which is judged as well."""
    parts = [_report(_of_board(board, around), 1) for board in boards]
    return joined([*parts, *([judge_project(around)] if whole else [])])


def judge_project(around: ProjectFacts) -> Report:
    """Judge what belongs to no dashboard."""
    return _report(list(project_rules.project_rules(around)), 0)


def judged_anew(report: Report, around: ProjectFacts) -> Report:
    """Judge again what belongs to no dashboard; what was said of dashboards stays."""
    boards = Report(
        findings=tuple(one for one in report.findings if one.board),
        unjudged=tuple(one for one in report.unjudged if one.board),
        boards=report.boards,
    )
    return joined([boards, judge_project(around)])


def joined(parts: Sequence[Report]) -> Report:
    """Make one report of several, the worst first; dashboards stay in their order."""
    findings = [one for part in parts for one in part.findings]
    findings.sort(key=lambda one: SEVERITIES.index(one.severity))  # stable: in reading order
    return Report(
        findings=tuple(findings),
        unjudged=tuple(dict.fromkeys(one for part in parts for one in part.unjudged)),
        boards=sum(part.boards for part in parts),
    )


def _report(said: Sequence[Said], boards: int) -> Report:
    return Report(
        findings=tuple(one for one in said if isinstance(one, Finding)),
        unjudged=tuple(one for one in said if isinstance(one, Unjudged)),
        boards=boards,
    )


def _of_board(board: BoardFacts, around: ProjectFacts) -> list[Said]:
    if not board.read:
        unread = Unjudged(rule="tiles", why=OPENS, board=board.dashboard.row.id)
        return [*(one for rule in board_rules.LISTED for one in rule(board, around)), unread]
    tiles = board.dashboard.tiles
    order = reading_order(board_rules.boxes_of(board.dashboard))
    place = {tiles[at].id: number for number, at in enumerate(order, 1)}
    said = [one for rule in board_rules.RULES for one in rule(board, around)]
    said += tile_rules.tile_rules(board, around)
    said += tile_rules.duplicates(board, around)
    return sorted(said, key=lambda one: place.get(one.tile, 0))
