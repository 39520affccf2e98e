"""How a running monitor is: reasons to worry, in words, and lines for people."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from phdesk.core.ages import tile_age
from phdesk.core.wall.roll import roll_of
from phdesk.models.beat import Beat, TileAge
from phdesk.models.status import Status, Window

MEGABYTE = 1_000_000
LISTED = 20  # tiles that are not well and not on show
NAMED = 3  # stale tiles that are named, before the others are counted


def worries(status: Status) -> tuple[str, ...]:
    """Give a sentence for each thing that somebody should look at; none is healthy."""
    found = [*_window_worries(status.window)]
    for beat in status.monitors:
        found += _beat_worries(beat)
    if status.file_problem:
        found.append(status.file_problem)
    if status.port_problem:
        found.append(status.port_problem)
    return tuple(dict.fromkeys(found))


def summary(status: Status) -> str:
    """Say in one line how the monitor is."""
    found = worries(status)
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        return found[0] + more
    shown = ", ".join(beat.title for beat in status.monitors if beat.title)
    return f"Showing {shown}." if shown else "Running."


def lines(status: Status, now: datetime, zone: tzinfo | None = None) -> list[str]:
    """Say all of it, for people; worries first."""
    found = worries(status)
    said = ["Healthy." if not found else "Not well:"]
    said += [f"  {worry}" for worry in found]
    name = f" {status.screen}" if status.screen else ""
    said.append(f"monitor{name}: since {_when(status.since, now, zone)}, process {status.pid}")
    said.append(f"window: {_window_words(status.window)}")
    for beat in status.monitors:
        said += _beat_lines(beat, now, zone)
    if budget := next((beat.budget for beat in status.monitors if beat.budget), ""):
        said.append(f"budget: {budget}")
    if status.troubles:
        said.append("last troubles:")
        said += [f"  {_when(one.at, now, zone)}: {one.words}" for one in status.troubles]
    return said


def _window_worries(window: Window) -> Iterable[str]:
    if window.phase != "running":
        yield "The window is being started again."
    elif not window.beats:
        yield "The window is starting."
    elif window.silent > window.silence_limit:
        yield f"The window has painted nothing for {window.silent:.0f} seconds."
    if window.safe:
        skipped = f"; skipped: {', '.join(window.skipped)}" if window.skipped else ""
        yield f"Safe mode, because the window crashed again and again{skipped}."
    if window.memory is not None and 0 < window.memory_hard < window.memory:
        yield f"The window takes {window.memory // MEGABYTE} MB, more than its ceiling."


def _beat_worries(beat: Beat) -> Iterable[str]:
    if beat.empty and not beat.resting:
        yield f"Nothing is on show. {beat.empty}"
    yield from beat.problems
    tiles = roll_of(beat)
    failing = [tile for tile in tiles if tile.failure]
    for tile in failing[:NAMED]:
        yield f"{_tile_name(tile)}: {tile.failure}"
    if len(failing) > NAMED:
        yield f"{len(failing) - NAMED} more tiles could not be refreshed."
    stale = [tile for tile in tiles if tile.stale and not tile.failure]
    if stale and not beat.resting:  # nothing is asked of PostHog in hours in which nobody looks
        named = ", ".join(_tile_name(tile) for tile in stale[:NAMED])
        more = f" and {len(stale) - NAMED} more" if len(stale) > NAMED else ""
        yield f"Older than twice the refresh time: {named}{more}."


def _window_words(window: Window) -> str:
    words = f"process {window.pid}" if window.pid is not None else "not running"
    if window.memory is not None:
        words += f", {window.memory // MEGABYTE} MB of {window.memory_soft // MEGABYTE} MB"
    if window.phase == "running" and window.beats:
        words += f", painted {window.silent:.0f} s ago"
    restarts = window.starts - 1
    if restarts > 0:
        words += ", restarted once" if restarts == 1 else f", restarted {restarts} times"
    if not window.crashes:
        return words
    crashes = "1 crash" if window.crashes == 1 else f"{window.crashes} crashes"
    return f"{words}, {crashes} in 10 minutes"


def _beat_lines(beat: Beat, now: datetime, zone: tzinfo | None) -> Iterable[str]:
    page = f"{beat.title or 'nothing yet'}, page {beat.page + 1}"
    what = beat.empty if beat.resting and beat.empty else page
    upcoming = f", next {beat.next_title}" if beat.next_title else ""
    state = " (not on show)" if beat.resting else " (paused)" if beat.paused else ""
    yield f"{beat.monitor or 'screen'}: {what}{state}{upcoming}"
    pages = "1 page" if beat.rotations == 1 else f"{beat.rotations:,} pages"
    missed = "1 was" if beat.missed == 1 else f"{beat.missed:,} were"
    late = f", {beat.late:,} shown late, by at most {beat.longest_wait:.1f} s" if beat.late else ""
    if beat.firing or beat.alert:
        shown = f"; “{beat.alert}” has the screen" if beat.alert else ""
        count = "1 alert" if beat.firing == 1 else f"{beat.firing} alerts"
        yield f"  {count} on what it shows{shown}"
    yield f"  {pages} shown, {missed} not ready in time{late}"
    yield from _tile_lines(beat, now, zone)


def _tile_lines(beat: Beat, now: datetime, zone: tzinfo | None) -> Iterable[str]:
    """Count all tiles, then say how those on show are, and those elsewhere that are not well."""
    tiles = roll_of(beat)
    shown = [tile for tile in tiles if tile.on_show]
    if len(shown) < len(tiles):
        yield f"  {_counted(beat, tiles, now, zone)}"
    for tile in shown:
        yield f"  {_tile_words(tile, now, zone)}"
    bad = [one for one in tiles if not one.on_show and (_is_stale(one, beat) or one.failure)]
    if bad:
        yield "  not on show, and not well:"
    for tile in bad[:LISTED]:
        yield f"    {_tile_words(tile, now, zone)}"
    if len(bad) > LISTED:
        yield f"    and {len(bad) - LISTED} more"


def _counted(beat: Beat, tiles: tuple[TileAge, ...], now: datetime, zone: tzinfo | None) -> str:
    known = [tile.calculated for tile in tiles if tile.calculated is not None]
    stale = sum(_is_stale(tile, beat) for tile in tiles)
    failed = sum(bool(tile.failure) for tile in tiles)
    words = "1 tile" if len(tiles) == 1 else f"{len(tiles)} tiles"
    oldest = f", the oldest of {_when(min(known), now, zone)}" if known else ""
    empty = f"{len(tiles) - len(known)} not calculated yet" if len(known) < len(tiles) else ""
    notes = (f"{stale} stale" if stale else "", f"{failed} failed" if failed else "", empty)
    said = ", ".join(filter(None, notes))
    return f"{words} in all{oldest}{f'; {said}' if said else ''}"


def _is_stale(tile: TileAge, beat: Beat) -> bool:
    """Tell whether it should be newer: of a wall that is off nothing is asked."""
    return tile.stale and not beat.resting


def _tile_words(tile: TileAge, now: datetime, zone: tzinfo | None) -> str:
    age = tile_age(tile.calculated, now, zone) or "nothing calculated yet"
    notes = [note for note in ("stale" if tile.stale else "", tile.failure) if note]
    return f"{_tile_name(tile)}: {'; '.join((age, *notes))}"


def _tile_name(tile: TileAge) -> str:
    return f"{tile.dashboard} / {tile.tile}" if tile.dashboard else tile.tile


def _when(when: datetime, now: datetime, zone: tzinfo | None) -> str:
    return tile_age(when, now, zone)
