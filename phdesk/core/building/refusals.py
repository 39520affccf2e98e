"""Put a server's refusal at the setting that it is about (reference 1.5, 5.4)."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from msgspec import Struct

from phdesk.core.building.draft import OUTER, Draft, at
from phdesk.core.building.fault import Fault
from phdesk.core.building.parts import FORMULA, formulas
from phdesk.core.building.sql import QUERY, place_in
from phdesk.core.jsonvalue import as_list, as_str
from phdesk.core.refused import field_words
from phdesk.models.failure import Cause, Failure

TYPE = re.compile(r"\[type=(\w+)")
TAG = re.compile(r"Input tag '([^']+)'")
STEPS = re.compile(r"at least two steps", re.IGNORECASE)
WORDS = {
    "extra_forbidden": "This server does not know this setting.",
    "missing": "PostHog needs a choice here.",
    "enum": "This server does not know this choice.",
    "literal_error": "This server does not know this choice.",
}
ATTRIBUTES = {  # of an insight, beside its query
    "dashboards": "A dashboard that was chosen does not exist any more.",
    "name": "",
    "description": "",
    "tags": "",
    "query": "",
}
SILENT_FORMULA = (
    "PostHog failed and did not say why. It does so when it cannot read a formula: check it."
)
SILENT_SQL = "The database failed at this query and PostHog did not say why."
WHOLE = (405, 409, 413)  # statuses that are about no setting
BESIDE = "insight."  # begins the names of what lies beside the query: its name, its dashboards


def refusals(failure: Failure, draft: Draft) -> tuple[Fault, ...]:
    """Say at which settings a server refused a draft; nothing where it is not about the draft."""
    if failure.cause not in (Cause.INVALID, Cause.SERVER):
        return ()
    if failure.cause is Cause.SERVER:
        return tuple(_silent(failure, draft))
    if failure.status in WHOLE:
        return ()
    words = failure.detail or failure.message
    schema = tuple(dict.fromkeys(_schema(words, draft)))
    if schema:
        return schema
    if failure.field:
        return (_attribute(failure),)
    if STEPS.search(words):
        return (Fault(name="series", message="A funnel needs at least two steps."),)
    if draft.kind == "HogQLQuery":
        place = place_in(as_str(at(draft, QUERY)), words)
        start, end = place or (None, None)
        return (Fault(name=QUERY, message=failure.message, start=start, end=end),)
    return (Fault(name=_expression(draft, words), message=failure.message),)


class Entry(Struct, frozen=True, gc=False):
    """What a server's check of the query's form says of one place."""

    where: str  # such as `query.TrendsQuery.series.0.EventsNode.math`
    what: str
    type: str  # such as `extra_forbidden`
    value: str  # that was sent there, or nothing if it is not told


def _entries(words: str) -> Iterator[Entry]:
    """Read the places that a server tells: a line for each, and one further in of what is wrong."""
    lines = [line for line in words.split("\n") if line.strip()]
    for where, said in pairwise(lines):
        found = TYPE.search(said) if said[0].isspace() else None
        what = said[: found.start()].strip() if found is not None else ""
        if found is None or not what or where[0].isspace() or where[0] == ":":
            continue
        value, told, _ = said[found.end() :].partition("input_value=")[2].partition(", input_type=")
        yield Entry(where, what, found[1], value.strip("'\"") if told else "")


def _schema(words: str, draft: Draft) -> Iterator[Fault]:
    """Say at which settings a server's check of the query's form failed."""
    for entry in _entries(words):
        tag = TAG.search(entry.what)
        if tag is not None:
            yield Fault(name="", message=f"This server does not know “{tag[1]}”.")
            continue
        name = _name(entry.where, draft)
        if name is None:
            continue
        said = WORDS.get(entry.type, f"{entry.what.rstrip('.')}.")
        if entry.type == "extra_forbidden":
            last = name.rpartition(".")[2]
            said = f"This server does not know the setting “{last}”."
        elif entry.value and entry.type in {"enum", "literal_error"}:
            said = f"This server does not know “{entry.value}”."
        yield Fault(name=name, message=said)


def _name(where: str, draft: Draft) -> str | None:
    """Turn a place such as `query.TrendsQuery.series.0.EventsNode.math` into a name.

    None where it is about another kind of node than the one that stands there: a server tells of
    each kind why the node is none of it.
    """
    found: Any = draft.query
    keys: list[str] = []
    parts = where.strip().split(".")
    if parts[0] == "query" and len(parts) > 1:  # what was sent to be asked is the source alone
        found, parts = draft.source, parts[1:]
        keys = ["source"]
    for part in parts:
        if isinstance(found, list) and part.isdecimal():
            index = int(part)
            found = found[index] if index < len(found) else None
            keys.append(part)
        elif isinstance(found, dict) and part in found:
            found = found[part]
            keys.append(part)
        elif part[:1].isupper() or not part.isidentifier():  # the name of a type
            kind = found.get("kind") if isinstance(found, dict) else None
            if part.endswith(("Node", "Query")) and kind is not None and part != kind:
                return None
        else:
            keys.append(part)
            found = None
    if keys[:1] == ["source"]:
        return ".".join(keys[1:])
    return f"{OUTER}{'.'.join(keys)}" if keys else ""


def _attribute(failure: Failure) -> Fault:
    """Say what is wrong beside the query; what is not set on the page is named."""
    name = failure.field.partition("__")[0]
    known = ATTRIBUTES.get(name)
    if known is None:
        return Fault(name="", message=failure.message)
    return Fault(name=f"{BESIDE}{name}", message=known or field_words(failure))


def without_words(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Leave out what was refused of name, description and tags: they are written anew."""
    return tuple(one for one in faults if not one.name.startswith(BESIDE))


def _expression(draft: Draft, words: str) -> str:
    """Find the SQL expression, in a chart without SQL, that a server's words are about."""
    for place, node in enumerate(as_list(at(draft, "series"))):
        text = as_str(node.get("math_hogql")) if isinstance(node, dict) else ""
        if text and place_in(text, words) is not None:
            return f"series.{place}.math_hogql"
    breakdown = at(draft, "breakdownFilter.breakdown")
    if isinstance(breakdown, str) and place_in(breakdown, words) is not None:
        return "breakdownFilter"
    return ""


def _silent(failure: Failure, draft: Draft) -> Iterator[Fault]:
    """Say where the cause may be when a server fails without a word (its 500 never tells)."""
    if failure.status not in (500, None):
        return
    if formulas(draft):
        yield Fault(name=FORMULA, message=SILENT_FORMULA, blocking=False)
    elif draft.kind == "HogQLQuery":
        yield Fault(name=QUERY, message=SILENT_SQL, blocking=False)
