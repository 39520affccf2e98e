"""`phdesk snapshot`: saves a dashboard or a board of one's own with its numbers as one file."""

from argparse import Namespace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from msgspec import structs

from phdesk import __version__
from phdesk.api.errors import ApiError
from phdesk.cli.around import around
from phdesk.cli.exits import BAD_INPUT, FINE, WRONG_USE, StoppedError, code_of, complain, sentence
from phdesk.cli.gate import gated
from phdesk.cli.loading import OWN, access, asked_of, source_of
from phdesk.cli.show import write
from phdesk.core.ages import oldest_age
from phdesk.core.answers import is_good
from phdesk.core.people import without_people
from phdesk.core.sources import Noun
from phdesk.models.dashboard import Dashboard
from phdesk.services import headless
from phdesk.services.completing import Asked
from phdesk.services.files import write_whole
from phdesk.services.snapshots import taken_board
from phdesk.store.snapshot import SUFFIX, Snapshot, pack
from phdesk.store.state import DashboardState


def run(arguments: Namespace) -> int:
    """Write a dashboard into a file, and say what is in it."""
    path = Path(arguments.output)
    if path.suffix != SUFFIX:
        raise StoppedError(f"{path}: the name of a snapshot ends in {SUFFIX}", WRONG_USE)
    try:
        held = _fetched(arguments.source, asked_of(arguments))
    except ApiError as error:
        raise StoppedError(sentence(error.failure), code_of(error.failure)) from None
    if arguments.without_people:
        held = structs.replace(held, dashboard=without_people(held.dashboard))
    problem = write_whole(path, pack(held, f"phdesk {__version__}"))
    if problem:
        raise StoppedError(f"{path}: {problem}", BAD_INPUT)
    write(f"{path}: {_told(held.dashboard)}\n")
    return FINE


def _fetched(text: str, asked: Asked) -> Snapshot:
    if text.startswith(OWN):
        return _of_board(text.removeprefix(OWN), asked)
    source = source_of(text)
    if source.noun is not Noun.DASHBOARD:
        raise StoppedError(f"{text}: a snapshot is made of a dashboard", WRONG_USE)
    entry = access(source)
    connect = gated()
    found = headless.fetch(source, entry, asked=asked, connect=connect)
    now = datetime.now(UTC)
    if found.dashboard is None:  # a dashboard was asked for
        raise StoppedError(f"{text}: PostHog answered without a dashboard", BAD_INPUT)
    return Snapshot(
        dashboard=found.dashboard,
        project=found.project,
        made_at=now,
        fetched_at=now,
        host=entry.host,
        around=around(entry, found.project.id, now, connect=connect),
    )


def _of_board(name: str, asked: Asked) -> Snapshot:
    """Take a board of one's own; tiles that cannot be read are told, and are there without numbers.

    Raises StoppedError where there is no number at all.
    """
    own = import_module("phdesk.cli.own_board")  # needs Qt's core, for the lock of its file
    page: DashboardState = own.read_board(name, asked)
    failed = [held for held in page.tiles.values() if held.failure and not held.has_result]
    for held in failed:
        title = held.origin.title if held.origin is not None else ""
        named = title or (held.tile.insight.name if held.tile.insight is not None else "")
        complain(f"{named or 'a tile'}: {held.failure.message if held.failure else ''}")
    if not any(held.has_result for held in page.tiles.values()):
        raise StoppedError(f"{OWN}{name}: no tile of it has numbers", BAD_INPUT)
    return taken_board(page, {}, datetime.now(UTC))


def _told(board: Dashboard) -> str:
    """Say what is in the file, and how old."""
    drawn = [tile.insight for tile in board.tiles if tile.insight and is_good(tile.insight)]
    times = [insight.last_refresh for insight in drawn if insight.last_refresh is not None]
    age = oldest_age(min(times, default=None), datetime.now(UTC))
    count = len(board.tiles)
    return f"{count} {'tile' if count == 1 else 'tiles'}. {age}."
