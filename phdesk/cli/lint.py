"""`phdesk lint`: says what is wrong with dashboards, with the fact that each rule found."""

import os
import sys
from argparse import Namespace
from datetime import UTC, datetime

import msgspec
from msgspec import Struct

from phdesk.api.client import Client
from phdesk.api.errors import ApiError
from phdesk.cli.called import called
from phdesk.cli.exits import (
    BAD_INPUT,
    FINE,
    UNWELL,
    WRONG_USE,
    StoppedError,
    code_of,
    complain,
    sentence,
)
from phdesk.cli.gate import gated
from phdesk.cli.loading import access, source_of
from phdesk.cli.show import write
from phdesk.core.ages import tile_age
from phdesk.core.health.finding import BoardFacts
from phdesk.core.health.judging import joined, judge, judge_project
from phdesk.core.health.words import as_data, as_lines
from phdesk.core.sources import Noun, Source
from phdesk.models.account import Account
from phdesk.services import headless
from phdesk.services.accounts import AccountsFile
from phdesk.services.environment import from_environment
from phdesk.services.failures import is_offline
from phdesk.services.health import Outcome, bare_facts, read_report, untold
from phdesk.services.library import load_project
from phdesk.services.places import Places, places
from phdesk.services.settings import SettingsFile
from phdesk.store.cache import Cache
from phdesk.store.documents import unpack_frame, with_answers

NOBODY_ASKED = "nobody was asked"
NOTHING = "nothing of this is kept on this computer"


class Kept(Struct, frozen=True, gc=False):
    """What was found in what is kept on this computer, and how old the oldest of it is."""

    outcome: Outcome
    as_of: datetime


def run(arguments: Namespace) -> int:
    """Judge what is named; the exit code says whether something was found."""
    if (arguments.dashboard is None) != arguments.all:
        raise StoppedError(f"name a dashboard, or all: {called('lint --all')}", WRONG_USE)
    source = source_of(arguments.dashboard) if arguments.dashboard is not None else None
    if source is not None and (source.noun is not Noun.DASHBOARD or source.id is None):
        raise StoppedError(f"{arguments.dashboard} is not a dashboard", BAD_INPUT)
    as_of: datetime | None = None
    if arguments.offline:
        kept = read_kept(source)
        outcome, as_of = kept.outcome, kept.as_of
    else:
        outcome, as_of = _asked(source, fill=arguments.calculate)
    report = outcome.report
    if arguments.format == "json":
        data = as_data(report) | {
            "offline": as_of is not None,
            "as_of": as_of,
            "missing": [{"dashboard": number, "why": sentence(failure)}
                        for number, failure in outcome.missing.items()],
        }  # fmt: skip
        write(msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n")
    else:
        age = f"As kept on this computer: {tile_age(as_of, datetime.now(UTC))}\n" if as_of else ""
        write(age + "".join(f"{line}\n" for line in as_lines(report)))
    for number, failure in outcome.missing.items():
        complain(f"dashboard {number}: {sentence(failure)}")
    if not report.is_clean:
        return UNWELL
    return next((code_of(failure) for failure in outcome.missing.values()), FINE)


def _asked(source: Source | None, *, fill: bool) -> tuple[Outcome, datetime | None]:
    """Ask PostHog; where it cannot be reached, take what is kept, with its age."""

    async def read(client: Client) -> Outcome:
        project = await headless.with_details(client, entry.project)
        wanted = [source.id] if source is not None and source.id is not None else None
        shown = wanted is None and sys.stderr.isatty()
        told, when = _progress if shown else untold, datetime.now(UTC)
        try:
            return await read_report(client, project, wanted, when, fill=fill, progress=told)
        finally:
            told(0, 0)

    try:
        entry = access(source)
        return headless.run(read, entry, gated()), None
    except ApiError as error:
        failure = error.failure
        if not is_offline(failure):
            raise StoppedError(sentence(failure), code_of(failure)) from None
        try:
            kept = read_kept(source)
        except StoppedError:
            raise StoppedError(sentence(failure), code_of(failure)) from None
        complain(sentence(failure))
        return kept.outcome, kept.as_of


def _progress(done: int, of: int) -> None:
    """Say to who waits at a terminal how far it is; none of none takes the line away."""
    text = f"{done} of {of} dashboards…" if of else ""
    sys.stderr.write(f"\r\x1b[K{text}")
    sys.stderr.flush()


def read_kept(source: Source | None) -> Kept:
    """Read what the app keeps of dashboards; raises StoppedError when there is nothing."""
    files = places(os.environ)
    account, project = _whose(files, source)
    cache = Cache(files.cache, complain)
    try:
        return _kept(cache, account, project, source)
    finally:
        cache.close()


def _kept(cache: Cache, account: Account, number: int | None, source: Source | None) -> Kept:
    state = load_project(cache, account, number)
    if state.project is None:
        raise StoppedError(NOTHING, BAD_INPUT)
    listed = {row.id: row for row in state.rows.items}
    named = source.id if source is not None else None
    where = account.id, state.project.id
    frames = {one: cache.load_frame(*where, one) for one in ([named] if named else listed)}
    times = [frame.fetched_at for frame in frames.values() if frame is not None]
    if not times:
        raise StoppedError(NOTHING, BAD_INPUT)
    as_of = min([*times, *([state.rows.fetched_at] if state.rows.fetched_at else [])])
    around = bare_facts(state.project, as_of)  # nobody is blamed for what happened since
    around = msgspec.structs.replace(around, no_events=NOBODY_ASKED, no_insights=NOBODY_ASKED)
    parts = []
    for one in frames:
        cached = cache.load_dashboard(*where, one)
        frame = unpack_frame(cached) if cached is not None else None
        if cached is not None and frame is not None:
            whole = with_answers(frame, cached)
            facts = BoardFacts(dashboard=whole, row=listed.get(one), no_sharing=NOBODY_ASKED)
            parts.append(judge([facts], around))
    if named is None:
        parts.append(judge_project(around))
    return Kept(Outcome(report=joined(parts)), as_of)


def _whose(files: Places, source: Source | None) -> tuple[Account, int | None]:
    """Choose account and project as for a call, without a key."""
    accounts, _ = AccountsFile(files.accounts).load()
    settings, _ = SettingsFile(files.settings).load()
    given = from_environment(os.environ)
    host = source.host if source is not None and source.host else given.host if given else None
    fitting = [one for one in accounts if host in (None, one.host)]
    account = next((one for one in fitting if one.id == settings.account), None)
    account = account or next(iter(fitting), None)
    if account is None:
        raise StoppedError(NOTHING, BAD_INPUT)
    own = settings.projects.get(account.id, account.project_id)
    asked = source.project if source is not None else None
    return account, asked or (given.project if given else None) or own
