"""`phdesk report`: writes what a file describes, now, or what is due by its schedule."""

import os
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import cast

from phdesk import resources
from phdesk.api.client import Client
from phdesk.api.errors import ApiError
from phdesk.cli.called import called
from phdesk.cli.exits import BAD_INPUT, FINE, WRONG_USE, StoppedError, code_of, complain, sentence
from phdesk.cli.gate import gated
from phdesk.cli.loading import access
from phdesk.core.boards import called as called_board
from phdesk.core.dates import zone
from phdesk.core.filter_ranges import first_weekday
from phdesk.core.reporting.boards import NO_BOARDS, Own, board_in
from phdesk.core.reporting.building import Made, made, whole_title
from phdesk.core.reporting.markdown import as_markdown
from phdesk.core.reporting.periods import period_of
from phdesk.core.reporting.reading import Bad
from phdesk.core.sources import Noun, Source, parse_source
from phdesk.models.account import Account
from phdesk.models.board import Board
from phdesk.models.report import Report, ReportFormat, Schedule
from phdesk.services import headless
from phdesk.services.accounts import AccountsFile
from phdesk.services.environment import SettingError
from phdesk.services.only_one import HeldError, held
from phdesk.services.places import places
from phdesk.services.report_reading import read_parts
from phdesk.services.report_runs import (
    LOCK,
    Runs,
    folder_of,
    made_folder,
    report_files,
    report_in,
    run_command,
)

EXAMPLE = "reports/weekly.toml"
MADE_FOR = "phdesk report"  # as the example names the command
STDOUT = "-"
LONGEST_NAME = 200  # bytes; 255 are the most, with an ending and what is added while it is written
KINDS: dict[str, ReportFormat] = {".pdf": "pdf", ".html": "html", ".htm": "html", ".md": "md"}
NOT_IN_NAMES = re.compile(r"[^\w\- ]+")
UNFINISHED = "it was begun and not ended"
ELSEWHERE = "its dashboards are on several servers or projects; a report is of one"


def run(arguments: Namespace) -> int:
    """Do what the options ask for."""
    if arguments.print_config:
        sys.stdout.write(resources.read_text(EXAMPLE).replace(MADE_FOR, called("report")))
        return FINE
    if arguments.folder:
        print(folder_of(places(os.environ)))
        return FINE
    if arguments.due:
        return make_due(arguments.report, _now())
    if arguments.report is None:
        raise StoppedError(f"name a file; {called('report --print-config')} writes one", WRONG_USE)
    path = Path(arguments.report)
    report = _report(path)
    if arguments.check_config:
        print(f"{path.name}: good, {_counted(len(report.sections), 'section')}")
        return FINE
    return make_now(report, arguments)


def make_now(report: Report, arguments: Namespace) -> int:
    """Write a report into the file that is named."""
    if arguments.output is None:
        raise StoppedError("name the file to write: -o report.pdf, .html or .md", WRONG_USE)
    kind = _kind(arguments.output)
    found = read(report, _now())
    if arguments.output == STDOUT:
        sys.stdout.write(as_markdown(found))
    else:
        write(found, {kind: Path(arguments.output)}, arguments)
    for words in found.problems:
        complain(words)
    return BAD_INPUT if found.problems else FINE


def read(report: Report, moment: datetime) -> Made:
    """Ask PostHog for what a report tells at a moment; raises StoppedError."""
    number: int | None = None
    own = NO_BOARDS

    async def reading(client: Client) -> Made:
        project = await headless.with_details(client, number)
        today = moment.astimezone(zone(project.timezone)).date()
        period = period_of(report.period, today, first_weekday(project.week_start_day))
        parts = await read_parts(client, project, report, period, datetime.now(UTC), own)
        return made(report, period, parts, project, datetime.now(UTC))

    try:
        accounts, _ = AccountsFile(places(os.environ).accounts).load()
        boards = _boards(report)
        entry = access(_source(report, boards, accounts))
        number = entry.project
        here = frozenset(one.id for one in accounts if one.host == entry.host)
        own = Own(boards=boards, accounts=here)
        return headless.run(reading, entry, gated())
    except ApiError as error:
        raise StoppedError(sentence(error.failure), code_of(error.failure)) from None
    except SettingError as error:
        raise StoppedError(str(error), WRONG_USE) from None


def write(found: Made, files: dict[ReportFormat, Path], arguments: Namespace) -> None:
    """Write a report in some forms; raises StoppedError when a place does not take it."""
    write_all = cast("Write", import_module("phdesk.cli.report_files").write_all)  # needs Qt
    write_all(found, files, arguments.paper, arguments.landscape)


Write = Callable[[Made, dict[ReportFormat, Path], str, bool], None]


def make_due(only: str | None, now: datetime) -> int:
    """Make all reports that are due, and say which; the code is that of the last failure."""
    folder = Path(only).parent if only else folder_of(places(os.environ))
    if only is not None and not Path(only).is_file():
        raise StoppedError(f"{only}: there is no such file", BAD_INPUT)
    if not report_files(folder):
        return FINE
    try:
        lock = held(folder / LOCK)
    except HeldError:
        return FINE  # another phdesk is at it
    try:
        runs = Runs(folder)
        files = [Path(only)] if only else report_files(folder)
        codes = [_make_if_due(path, runs, now) for path in files]
    finally:
        if lock is not None:
            os.close(lock)
    return next((code for code in reversed(codes) if code), FINE)


def _make_if_due(path: Path, runs: Runs, now: datetime) -> int:
    report = report_in(path)
    if isinstance(report, Bad):
        for fault in report.faults:
            complain(fault)
        return BAD_INPUT
    moment = runs.due(path, report, now)
    if moment is None or report.schedule is None:
        return FINE
    # Noted before it is made: else one that cannot be noted, or ends phdesk, is made every minute.
    if unnoted := runs.note(path, moment, now, UNFINISHED):
        complain(f"{path.name}: not made, as nobody would know of it: {unnoted}")
        return BAD_INPUT
    try:
        files = _made_for(report, report.schedule, moment, path)
    except StoppedError as stop:
        runs.note(path, moment, now, str(stop))
        complain(f"{path.name}: {stop}")
        return stop.code
    runs.note(path, moment, now)
    for file in files:
        print(file)
    problem = run_command(report.schedule.command, files, os.environ) if _has(report) else ""
    if problem:
        complain(f"{path.name}: schedule.command: {problem}")
    return BAD_INPUT if problem else FINE


def _has(report: Report) -> bool:
    return report.schedule is not None and bool(report.schedule.command)


def _made_for(report: Report, schedule: Schedule, moment: datetime, path: Path) -> Sequence[Path]:
    found = read(report, moment)
    try:
        folder = made_folder(schedule.folder, path.parent)
    except OSError as why:
        words = f"{schedule.folder}: cannot be made ({why.strerror})"
        raise StoppedError(words, BAD_INPUT) from None
    name = file_name(whole_title(found), path.stem if _has_namesake(path, report) else "")
    files = {kind: folder / f"{name}.{kind}" for kind in schedule.formats}
    write(found, files, Namespace(paper="a4", landscape=False))
    for words in found.problems:
        complain(f"{report.title}: {words}")
    return list(files.values())


def file_name(title: str, of: str = "") -> str:
    """Name a file by a title, in the bytes that file systems have for a name.

    `of` is what tells it apart from others of that title.
    """
    end = f" ({NOT_IN_NAMES.sub('', of)})" if of else ""
    plain = NOT_IN_NAMES.sub("", title.replace("–", "-")).strip()[:100]
    room = max(LONGEST_NAME - len(end.encode()), 0)
    return (plain.encode()[:room].decode(errors="ignore").strip() or "Report") + end


def _has_namesake(path: Path, report: Report) -> bool:
    """Tell whether another report of the folder would be written over this one, or this over it."""
    others = (report_in(one) for one in report_files(path.parent) if one.name != path.name)
    name = file_name(report.title).lower()
    return any(
        file_name(one.title).lower() == name
        for one in others
        if isinstance(one, Report) and one.schedule is not None
    )


def _report(path: Path) -> Report:
    found = report_in(path)
    if isinstance(found, Report):
        return found
    for fault in found.faults:
        print(fault, file=sys.stderr)
    count = len(found.faults)
    raise StoppedError(f"{_counted(count, 'fault')} in {path.name}", BAD_INPUT)


def _boards(report: Report) -> tuple[Board, ...]:
    """Read a person's own boards, where a section names one."""
    path = places(os.environ).boards
    if path is None or not any(board_in(one.dashboard) for one in report.sections):
        return ()
    own = import_module("phdesk.services.boards_file")  # needs Qt's core, for the lock of its file
    boards, problem = own.BoardsFile(path).load()
    if problem:
        complain(problem)
    return cast("tuple[Board, ...]", boards)


def _source(report: Report, boards: Sequence[Board], accounts: Sequence[Account]) -> Source:
    """Find the server and project that a report is of; raises StoppedError for several."""
    texts = [one.dashboard for one in report.sections if one.dashboard]
    named = [parse_source(one) for one in texts if not board_in(one)]
    hosts = {one.host for one in named if one.host} | ({report.host} if report.host else set())
    projects = {one.project for one in named if one.project is not None}
    projects |= {report.project} if report.project is not None else set()
    if len(hosts) > 1 or len(projects) > 1:
        raise StoppedError(f"{report.title}: {ELSEWHERE}", BAD_INPUT)
    if not hosts and not projects and len(texts) > len(named):
        return _of_boards([name for one in texts if (name := board_in(one))], boards, accounts)
    return Source(
        noun=Noun.DASHBOARD, host=next(iter(hosts), None), project=next(iter(projects), None)
    )


def _of_boards(
    names: Sequence[str], boards: Sequence[Board], accounts: Sequence[Account]
) -> Source:
    """Take the server and project of the boards, if all their tiles are of one."""
    by_id = {one.id: one.host for one in accounts}
    wanted = [board for name in names if (board := called_board(boards, name)[0]) is not None]
    places_of = {
        (by_id[pick.account], pick.project)
        for board in wanted
        for pick in board.picks
        if pick.account in by_id
    }
    host, project = next(iter(places_of)) if len(places_of) == 1 else (None, None)
    return Source(noun=Noun.DASHBOARD, host=host, project=project)


def _kind(output: str) -> ReportFormat:
    if output == STDOUT:
        return "md"
    kind = KINDS.get(Path(output).suffix.lower())
    if kind is None:
        raise StoppedError(f"{output}: a report ends in one of {', '.join(KINDS)}", WRONG_USE)
    return kind


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _now() -> datetime:
    return datetime.now().astimezone()
