"""What a person enters of an alert, read as they write it; what cannot be, by field and why."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from phdesk.core.alert_words import BLOCKED, BOUNDS, INSIGHT, NAME, TRENDS
from phdesk.core.formatting import grouped
from phdesk.core.jsonvalue import as_dict, as_list, as_str, as_text, parse
from phdesk.core.names import Groups, insight_title, math_name, series_name
from phdesk.core.question import Question, read_question
from phdesk.models.alert import NULL, AlertDraft
from phdesk.models.insight import Insight

MOST_WINDOWS, SHORTEST = 5, timedelta(minutes=30)
DAY = timedelta(days=1)
_WINDOW = re.compile(r"(\d{1,2})[:.](\d{2})\s*(?:-|–|to)\s*(\d{1,2})[:.](\d{2})")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")


class Watchable(Struct, frozen=True, gc=False):
    """An insight of trends, over which an alert can be, and what it draws."""

    insight_id: int
    title: str
    series: tuple[str, ...]


class Entry(Struct, frozen=True, gc=False, kw_only=True):
    """An alert as it is entered; a percentage is written as one, 10 for a tenth."""

    name: str = ""
    insight_id: int = 0
    condition: str = "absolute_value"
    percentage: bool = False
    upper: str = ""
    lower: str = ""
    series: int = 0
    unfinished: bool = False
    interval: str = "daily"
    skip_weekend: bool = False
    blocked: str = ""
    users: tuple[int, ...] = ()
    enabled: bool = True


def watchable(insight: Insight | None, groups: Groups = ()) -> Watchable | None:
    """Say what an alert could watch of an insight; None of what is no trends."""
    if insight is None or insight.id is None or insight.pointed is not None:
        return None
    question = read_question(insight)
    if question.kind != "TrendsQuery":
        return None
    title = insight_title(insight, question, groups)
    return Watchable(insight.id, title, _series(question, groups))


def entry_of(draft: AlertDraft) -> Entry:
    """Write a draft as a person would enter it."""
    return Entry(
        name=draft.name,
        insight_id=draft.insight_id,
        condition=draft.condition,
        percentage=draft.percentage,
        upper=_written(draft.upper, percentage=draft.percentage),
        lower=_written(draft.lower, percentage=draft.percentage),
        series=draft.series,
        unfinished=draft.unfinished,
        interval=draft.interval,
        skip_weekend=draft.skip_weekend,
        blocked=", ".join(f"{start}–{end}" for start, end in draft.blocked),
        users=draft.users,
        enabled=draft.enabled,
    )


def read_entry(entry: Entry, base: AlertDraft) -> AlertDraft | Mapping[str, str]:
    """Read what was entered over what there was; what is wrong is told by field.

    A detector, and what is looked at where it is no series, stay as they are.
    """
    wrong: dict[str, str] = {}
    if not entry.name.strip():
        wrong[NAME] = "Give the alert a name."
    if not entry.insight_id:
        wrong[INSIGHT] = "Choose what the alert watches."
    draft = replace(
        base,
        name=entry.name.strip(),
        insight_id=entry.insight_id,
        interval=entry.interval,
        skip_weekend=entry.skip_weekend,
        users=entry.users,
        enabled=entry.enabled,
        blocked=_blocked(entry.blocked, base.blocked, wrong),
    )
    if bytes(base.detector_config) == bytes(NULL):
        draft = _with_bounds(draft, entry, base, wrong)
    return wrong or _with_series(draft, entry, base)


def read_number(text: str, *, percentage: bool = False) -> float | None:
    """Read a number as people write it, "1,200", "0.5" or "12 %"; None for what is none."""
    bare = re.sub(r"[\s\u00a0\u202f']", "", text)
    if percentage:
        bare = bare.removesuffix("%")
    bare = bare.replace(",", "" if _GROUPED.fullmatch(bare) else ".")
    if not re.fullmatch(r"[+\-−]?(\d+\.?\d*|\.\d+)", bare):
        return None
    value = float(bare.replace("−", "-"))
    if not math.isfinite(value):
        return None
    # Not divided: 7 / 100 is no float that reads as 0.07 everywhere, but text of two places is.
    return float(f"{value}e-2") if percentage and "e" not in f"{value}" else value


def _with_bounds(
    draft: AlertDraft, entry: Entry, base: AlertDraft, wrong: dict[str, str]
) -> AlertDraft:
    percentage = entry.percentage and entry.condition != "absolute_value"
    found = []
    for text, held in ((entry.lower, base.lower), (entry.upper, base.upper)):
        if percentage == base.percentage and text == _written(held, percentage=percentage):
            found.append(held)  # as it was sent, with all of its places
            continue
        value = read_number(text, percentage=percentage)
        if text.strip() and value is None:
            wrong[BOUNDS] = f"“{text.strip()}” is not a number."
        found.append(value)
    lower, upper = found
    if BOUNDS not in wrong and lower is None and upper is None:
        wrong[BOUNDS] = "Give at least one bound."
    if lower is not None and upper is not None and lower > upper:
        wrong[BOUNDS] = "The lower bound is above the upper one."
    return replace(
        draft, condition=entry.condition, percentage=percentage, lower=lower, upper=upper
    )


def _with_series(draft: AlertDraft, entry: Entry, base: AlertDraft) -> AlertDraft:
    config = as_dict(parse(base.config))
    if config and config.get("type") != TRENDS:
        return draft
    draft = replace(draft, series=entry.series, unfinished=entry.unfinished)
    if not config or (entry.series, entry.unfinished) == (base.series, base.unfinished):
        return draft
    config |= {"series_index": entry.series, "check_ongoing_interval": entry.unfinished}
    return replace(draft, config=Raw(msgspec.json.encode(config)))


def _blocked(
    text: str, held: Sequence[tuple[str, str]], wrong: dict[str, str]
) -> tuple[tuple[str, str], ...]:
    if text == ", ".join(f"{start}–{end}" for start, end in held):
        return tuple(held)
    found = []
    for part in (part.strip() for part in text.split(",")):
        if not part:
            continue
        times = _WINDOW.fullmatch(part)
        numbers = [int(each) for each in times.groups()] if times else []
        if not numbers or max(numbers[::2]) > 23 or max(numbers[1::2]) > 59:
            wrong[BLOCKED] = f"“{part}” is no time of day from and to, such as 22:00–06:00."
            return ()
        first, last, *_ = (timedelta(hours=h, minutes=m) for h, m in (numbers[:2], numbers[2:]))
        if (last - first) % DAY < SHORTEST:
            wrong[BLOCKED] = "Each of these times is at least 30 minutes."
        found.append((f"{numbers[0]:02}:{numbers[1]:02}", f"{numbers[2]:02}:{numbers[3]:02}"))
    if len(found) > MOST_WINDOWS:
        wrong[BLOCKED] = "At most five such times."
    return tuple(found)


def _written(value: float | None, *, percentage: bool) -> str:
    if value is None:
        return ""
    return f"{grouped(value * 100, 6)}%" if percentage else grouped(value, 6)


def _series(question: Question, groups: Groups) -> tuple[str, ...]:
    own = question.filter
    nodes = [as_dict(node) for node in as_list(own.get("formulaNodes"))]
    formulas = [as_text(one.get("custom_name")) or as_str(one.get("formula")) for one in nodes]
    formulas = formulas or [as_str(text) for text in as_list(own.get("formulas"))]
    formulas = formulas or [as_str(own.get("formula"))] * bool(own.get("formula"))
    if formulas:
        return tuple(formulas)
    return tuple(f"{series_name(one)}, {math_name(one, groups)}" for one in question.series)
