"""Why a tile shows what it shows, in plain words from the facts at hand."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from phdesk.core.ages import absolute, relative, wait_words
from phdesk.core.answers import is_good
from phdesk.core.filter_ranges import span_of
from phdesk.core.health.answers import content, other_share
from phdesk.core.health.board_rules import LONG
from phdesk.core.health.events import SQL
from phdesk.core.health.tile_rules import DATED
from phdesk.core.jsonvalue import as_dict, as_list, as_str, parse, written
from phdesk.core.names import breakdown_keys, is_other
from phdesk.core.why.known import (
    BUCKETED,
    Known,
    breakdown,
    compared,
    conditions,
    counted,
    counts_only,
    formula,
    interval,
    is_total,
    left_out,
    question_of,
    sampled,
    who_did,
)

DISTINCT = ("dau", "weekly_active", "monthly_active", "unique_group", "unique_session")
ACTED = {  # kinds that count who did something, not how often
    "FunnelsQuery": "that went through {}",
    "RetentionQuery": "that came back: {}",
    "StickinessQuery": "by how often they did {}",
    "LifecycleQuery": "by when they did {}",
}
NOT_TOLD = "How long PostHog took for it is not in its answer."


class Reason(Struct, frozen=True, gc=False):
    """One thing that can be said: what it is about, and a sentence or two."""

    topic: str
    text: str


Say = Callable[[Known], Iterator[str]]


def reasons(known: Known) -> tuple[Reason, ...]:
    """Say all that is known, what matters most first; topics without a fact are left out."""
    made = []
    for topic, say in TOPICS:
        text = " ".join(say(known))
        if text:
            made.append(Reason(topic, text))
    return tuple(made)


def _age(known: Known) -> Iterator[str]:
    yield _calculated(known)
    if known.refreshing:
        yield "It is being calculated now."
    yield from _fresh(known)
    if known.before:
        yield "The numbers still belong to the filters before."


def _calculated(known: Known) -> str:
    insight = known.insight
    if not is_good(insight):
        failed = known.failure is not None or insight.error is not None
        return "There is no number of it." if failed else "PostHog has not calculated it yet."
    if insight.last_refresh is None:
        return "The server does not say when it was calculated."
    return f"Calculated {absolute(insight.last_refresh, known.now, known.here)} ({_ago(known)})."


def _fresh(known: Known) -> Iterator[str]:
    """Say why it is not newer, or that it need not be."""
    insight, now = known.insight, known.now
    if known.failure is not None:
        yield f"The newest try failed: {_closed(known.failure.message)}"
        if is_good(insight):
            yield "So the last good numbers are shown."
    elif insight.error is not None:
        yield f"PostHog says why: {_closed(insight.error)}"
    elif known.stale and is_good(insight):
        yield from _stale(known)
    elif insight.cache_target_age is not None and insight.cache_target_age > now:
        until = absolute(insight.cache_target_age, now, known.here)
        yield f"PostHog counts it as fresh until {until}."


def _stale(known: Known) -> Iterator[str]:
    since = known.insight.cache_target_age
    if since is not None:
        yield f"It counts as stale since {absolute(since, known.now, known.here)}."
    if known.offline:
        yield f"It was not calculated anew, since {known.offline}."
    elif known.later is not None:
        yield f"PostHog calculates it anew {wait_words(known.later, known.now, known.here)}."


def _counts(known: Known) -> Iterator[str]:
    question = question_of(known)
    said = counted(question, known.groups)
    if said and question.kind in ACTED:
        yield f"It counts {who_did(question, known.groups)} {ACTED[question.kind].format(said)}."
    elif said:
        yield f"It counts {said}."
    made = formula(question)
    if made:
        yield f"What is shown is {made}, calculated from that."
    if breakdown(question):
        yield f"Broken down by {breakdown(question)}."
    if question.kind in SQL:
        yield "It is written in SQL, so only its author knows what it counts."


def _dates(known: Known) -> Iterator[str]:
    question = question_of(known)
    if known.range:
        every = interval(question)
        buckets = f", in buckets of a {every}" if every else ""
        yield f"It covers {known.range}{buckets}."
    if known.own:
        yield f"It has {known.own}: those of the dashboard do not reach it."
    if known.temporary:
        yield "Temporary filters are on, for you alone."
    zone = known.insight.timezone or known.project_zone
    if known.range:
        yield f"Days begin at midnight in {zone}."
    if compared(question):
        yield f"It is compared {compared(question)}."


def _now(known: Known) -> Iterator[str]:
    """Say that the end of the range is not over."""
    question = question_of(known)
    when = known.insight.last_refresh
    if question.kind not in BUCKETED or when is None or not is_good(known.insight):
        return
    if question.filter.get("excludeIncompletePeriods") or question.source.get(
        "excludeIncompletePeriods"
    ):
        return  # the server leaves out what is not over (reference 6.1.10)
    dates = question.date_from, question.date_to
    if span_of(*dates, known.now, known.week_start).open:
        at = absolute(when, known.now, known.here)
        whole = is_total(question) or question.kind == "StickinessQuery"
        part = "it" if whole else f"the last {question.interval}"
        yield f"Its range has no end: {part} holds what came until {at}."


def _outside(known: Known) -> Iterator[str]:
    question = question_of(known)
    if left_out(question):
        yield "Test accounts are left out, as the project defines them."
    elif question.kind in DATED | {"RetentionQuery", "PathsQuery"}:
        yield "Test accounts are counted, too."
    held = conditions(question)
    if held:
        yield f"Only what fits is counted: {'; '.join(held)}."
    share = sampled(question)
    if share < 1:
        yield f"It is an estimate from a sample: {share * 100:.3g} % of the data."


def _empty(known: Known) -> Iterator[str]:
    question = question_of(known)
    if not is_good(known.insight):
        return
    holds = content(known.insight, question)
    if holds == "something":
        return
    when = f" for {known.range}" if known.range else ""
    if holds == "zero" and not counts_only(question):
        yield f"All its values are zero{when}; what they are made of may be other than zero."
        return
    what = "All its values are zero" if holds == "zero" else "PostHog's answer holds no rows"
    yield f"{what}: nothing fits what it asks{when}."
    if conditions(question):
        yield "One of the conditions may fit nothing."
    yield "“Check this dashboard” tells whether its events still come."


def _other(known: Known) -> Iterator[str]:
    question = question_of(known)
    items = [as_dict(one) for one in as_list(parse(known.insight.result))]
    if not any(is_other(item.get("breakdown_value", "")) for item in items):
        return
    named = {written(item.get("breakdown_value")) for item in items}
    named -= {written(value) for item in items if is_other(value := item.get("breakdown_value"))}
    values = "1 value has" if len(named) == 1 else f"{len(named)} values have"
    yield f"{values} a name; all that do not fit the breakdown's limit are together “Other”."
    share = other_share(known.insight, question)
    if share is not None and not share.why_not:
        of = f"“{share.series}”" if share.series else "the total"
        yield f"That is {share.share:.0%} of {of}."
    elif share is not None:
        yield f"How much of the total that is cannot be said: {share.why_not}."


def _speed(known: Known) -> Iterator[str]:
    found = list(_slowing(known))
    if found:
        yield f"What costs time: {', and '.join(found)}."
    yield NOT_TOLD


def _slowing(known: Known) -> Iterator[str]:
    question = question_of(known)
    if question.kind in SQL:
        yield "it is SQL, which may read any number of events"
    elif question.date_from is not None:
        dates = question.date_from, question.date_to
        span = span_of(*dates, known.now, known.week_start)
        if span.start is None or span.end - span.start > LONG:
            yield f"it covers {known.range or 'more than a year'}"
    if len(breakdown_keys(question)) > 1:
        yield f"it is broken down by {breakdown(question)} at once"
    if any(as_str(node.get("math")) in DISTINCT for node in question.series):
        yield "it counts who is unique, for which everybody is compared"
    if compared(question):
        yield "the period before is calculated, too"
    if known.failure is not None and known.failure.crowded:
        yield "PostHog is busy with other questions of the organization"


def _ago(known: Known) -> str:
    when = known.insight.last_refresh
    words = relative(when, known.now) if when is not None else ""
    return words if words == "just now" or not words else f"{words} ago"


def _closed(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


TOPICS: tuple[tuple[str, Say], ...] = (
    ("Age", _age),
    ("Empty", _empty),
    ("What it counts", _counts),
    ("Dates", _dates),
    ("Not over yet", _now),
    ("Left out", _outside),
    ("“Other”", _other),
    ("Speed", _speed),
)
