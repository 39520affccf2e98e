"""Rules about single tiles and the insights on them."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from msgspec import Struct, structs

from phdesk.core.answers import is_good
from phdesk.core.filter_ranges import range_words, span_of
from phdesk.core.grid.boxes import reading_order
from phdesk.core.health.answers import content, other_share
from phdesk.core.health.board_rules import (
    ago,
    board_filter,
    boxes_of,
    clock,
    found,
    long_words,
)
from phdesk.core.health.events import SQL, events_of, unnamed
from phdesk.core.health.finding import BoardFacts, Finding, Fix, ProjectFacts, Said, Unjudged
from phdesk.core.health.sameness import shown_by
from phdesk.core.jsonvalue import as_dict, as_list, as_str, as_text, parse
from phdesk.core.names import breakdown_keys, event_name, insight_title, property_name
from phdesk.core.pointing import pointed_id
from phdesk.core.question import Question, read_question
from phdesk.models.dashboard import Tile
from phdesk.models.insight import Insight

UNSEEN = timedelta(days=30)
EMPTY_FOR = timedelta(days=7)  # a shorter range may be empty by chance
SWALLOWED = 0.5  # of the whole, in "Other"
DATED = frozenset({"TrendsQuery", "FunnelsQuery", "StickinessQuery", "LifecycleQuery"})
RANGED = DATED | {"PathsQuery", "PathsV2Query"}
USUAL_DATES = "-7d", None  # of a query that names none
PERIODS = {  # of retention
    "Hour": timedelta(hours=1),
    "Day": timedelta(days=1),
    "Week": timedelta(days=7),
    "Month": timedelta(days=30),
}
UNCALCULATED = "it was not calculated yet"
UNFOLLOWED = "it points to another insight, whose answer was not read"
PASSING = re.compile("concurrency_limit|quota")  # codes of failures that say nothing of a tile
REMOVE = Fix("remove", "Remove the tile")


class Asked(Struct, frozen=True, gc=False):
    """A tile with what it asks."""

    board: BoardFacts
    tile: Tile
    insight: Insight
    question: Question

    @property
    def title(self) -> str:
        """Name the tile."""
        return insight_title(self.insight, self.question)

    def found(self, **fields: object) -> Finding:
        """Make a finding of this tile."""
        here = {"tile": self.tile.id, "title": self.title, "short_id": self.insight.short_id}
        return found(self.board, **here, **fields)

    def unjudged(self, rule: str, why: str) -> Unjudged:
        """Say what cannot be said of this tile."""
        number = self.board.dashboard.row.id
        return Unjudged(rule=rule, why=why, board=number, tile=self.tile.id)


TileRule = Callable[[Asked, ProjectFacts], Iterator[Said]]


def asked_tiles(board: BoardFacts) -> tuple[Asked, ...]:
    """List the tiles that ask something which this person may see, in the order of reading."""
    tiles = board.dashboard.tiles
    ordered = [tiles[at] for at in reading_order(boxes_of(board.dashboard))]
    return tuple(
        Asked(board, tile, tile.insight, read_question(tile.insight))
        for tile in ordered
        if tile.insight is not None and not tile.insight.no_access
    )


def broken(one: Asked, _around: ProjectFacts) -> Iterator[Said]:
    """Find that no answer can be had."""
    why, status = one.insight.error or one.tile.error, one.insight.status
    if (
        status is not None
        and status.error
        and status.error_code
        and PASSING.search(status.error_code)
    ):
        yield one.unjudged("broken", "PostHog was busy, or the quota was used up")
    elif why:
        reason = f"PostHog cannot calculate it: {' '.join(why.split())[:200]}"
        yield one.found(rule="broken", severity="problem", reason=reason, fix=REMOVE)


def own_range(one: Asked, around: ProjectFacts) -> Iterator[Said]:
    """Find dates of its own beside tiles of other dates."""
    whole = board_filter(one.board.dashboard)
    theirs = whole.date_from, whole.date_to
    if theirs == (None, None):
        return
    followed = one.insight.pointed is not None
    if pointed_id(one.insight) and not followed:
        yield one.unjudged("own-range", UNFOLLOWED)
        return
    if one.question.kind in SQL and "{filters" not in as_str(one.question.source.get("query")):
        yield one.unjudged("own-range", "SQL without {filters} keeps dates that only it knows")
        return
    mine = one.question.date_from, one.question.date_to
    if mine == (None, None) and one.question.kind in RANGED:
        mine = USUAL_DATES
    if not (one.tile.own_filters or followed) or mine == (None, None):
        return
    if span_of(*mine, *clock(around)) == span_of(*theirs, *clock(around)):  # in other words
        return
    by = "as the insight does that it points to" if followed else "by filters of its own"
    reason = (
        f"It shows “{range_words(*mine, around.now)}” {by}; the dashboard's are "
        f"“{range_words(*theirs, around.now)}”."
    )
    fix = None if followed else Fix("own-filters", "Drop its own filters")
    yield one.found(rule="own-range", severity="warning", reason=reason, fix=fix)


def empty(one: Asked, around: ProjectFacts) -> Iterator[Said]:
    """Find that nothing was counted for long."""
    if one.insight.error or one.tile.error:
        return
    if not is_good(one.insight):
        yield one.unjudged("empty", UNFOLLOWED if pointed_id(one.insight) else UNCALCULATED)
        return
    holds = content(one.insight, one.question)
    if holds == "something":
        return
    words = _long_range(one, around)
    if words is None:
        yield one.unjudged("empty", "its kind does not say which time it covers")
    elif words:
        what = "All its values are zero" if holds == "zero" else "Its answer holds nothing"
        yield one.found(rule="empty", severity="warning", reason=f"{what} for “{words}”.")


def _long_range(one: Asked, around: ProjectFacts) -> str | None:
    """Name the range of an answer that is long enough for a judgement.

    Empty when it is short, None when it is not known. Retention counts periods, however its
    dates are written.
    """
    question = one.question
    if question.kind == "RetentionQuery":
        found = [as_dict(row) for row in as_list(parse(one.insight.result))]
        rows = {date for row in found if (date := as_text(row.get("date")))}
        period = as_text(question.filter.get("period")) or "Day"
        if period not in PERIODS or not rows:
            return None
        many = len(rows) * PERIODS[period] >= EMPTY_FOR
        return f"{len(rows)} {period.lower()}s" if many else ""
    if question.kind not in RANGED:
        return None
    dates = question.date_from, question.date_to
    span = span_of(*dates, *clock(around))
    if span.start is not None and span.end - span.start < EMPTY_FOR:
        return ""
    return range_words(*(dates if dates[0] else USUAL_DATES), around.now)


def event_gone(one: Asked, around: ProjectFacts) -> Iterator[Said]:
    """Find events that come no more; a tile of which none comes can be removed."""
    unknown = unnamed(one.question)
    if unknown:
        yield one.unjudged("event-gone", unknown)
    names = events_of(one.question)
    if names and around.events is None:
        yield one.unjudged("event-gone", around.no_events)
        return
    said = [_unseen(one, name, around) for name in names]
    gone = [each for each in said if isinstance(each, Finding)]
    fix = REMOVE if len(gone) == len(said) and not unknown else None
    for each in said:
        if each is not None:
            yield structs.replace(each, fix=fix) if isinstance(each, Finding) else each


def _unseen(one: Asked, name: str, around: ProjectFacts) -> Said | None:
    """Say that an event comes no more, or that this is not known; None when it comes."""
    called, events = f"“{event_name(name)}”", around.events or {}
    problem = partial(one.found, rule="event-gone", severity="problem")
    if name not in events:
        if around.all_events:
            return problem(reason=f"PostHog lists no event {called} in this project.")
        return one.unjudged("event-gone", "the list of events is too long to be read whole")
    last = events[name]
    if last is None:
        return one.unjudged("event-gone", "PostHog does not tell when an event was last seen")
    if around.now - last > UNSEEN:
        return problem(reason=f"The event {called} was last seen {ago(last, around)}.")
    return None


def costly(one: Asked, around: ProjectFacts) -> Iterator[Said]:
    """Find that there is much to read for each refresh."""
    if one.question.kind in SQL:
        yield one.unjudged("costly", "SQL does not say which time it covers")
        return
    whole = board_filter(one.board.dashboard)
    dates = one.question.date_from, one.question.date_to
    reasons = []
    if dates != (whole.date_from, whole.date_to):  # else the rule of the dashboard says it once
        words = long_words(*dates, around)
        twice = "" if words or not one.question.compare else long_words(*dates, around, times=2)
        reasons += [f"it covers {words}"] if words else []
        reasons += [f"it covers {twice} and the period it is compared with"] if twice else []
    keys = breakdown_keys(one.question)
    if len(keys) > 1:
        names = " and ".join(property_name(key) for key in keys)
        reasons.append(f"it is broken down by {names} at once")
    if reasons:
        said = " and ".join(reasons)
        reason = f"Each refresh is costly: {said}."
        yield one.found(rule="costly", severity="hint", reason=reason)


def other(one: Asked, _around: ProjectFacts) -> Iterator[Said]:
    """Find a breakdown that names less than it leaves out."""
    share = other_share(one.insight, one.question) if is_good(one.insight) else None
    if share is None:
        return
    if share.why_not:
        yield one.unjudged("other", share.why_not)
    elif share.share > SWALLOWED:
        whole = f"“{share.series}”" if share.series else "the total"
        reason = (
            f"“Other” holds {share.share:.0%} of {whole}; the values with a name are the "
            "smaller part. A higher limit of the breakdown names more."
        )
        yield one.found(rule="other", severity="hint", reason=reason)


def duplicates(board: BoardFacts, _around: ProjectFacts) -> Iterator[Said]:
    """Find two tiles that ask and show the same."""
    first: dict[str, Asked] = {}
    for one in asked_tiles(board):
        key = shown_by(one.insight)
        if key and first.setdefault(key, one) is not one:
            reason = f"It asks and shows the same as “{first[key].title}” on this dashboard."
            yield one.found(rule="duplicate", severity="warning", reason=reason, fix=REMOVE)


def tile_rules(board: BoardFacts, around: ProjectFacts) -> Iterator[Said]:
    """Ask all rules about each tile."""
    for one in asked_tiles(board):
        for rule in TILE_RULES:
            yield from rule(one, around)
    for tile in board.dashboard.tiles:
        if tile.insight is None and tile.error:
            reason = f"PostHog cannot show it: {' '.join(tile.error.split())[:200]}"
            said = found(board, rule="broken", severity="problem", reason=reason)
            yield structs.replace(said, tile=tile.id, fix=REMOVE if tile.id > 0 else None)


TILE_RULES: tuple[TileRule, ...] = (broken, own_range, empty, event_gone, costly, other)
