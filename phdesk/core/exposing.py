"""What everybody with a link would see of a dashboard, and what of it may name single people.

A shared page shows more than its charts: names, descriptions and text cards as they are, and its
data carry the query of each insight, with every value that a filter compares something with.
Nobody can tell for certain what names people, so this errs towards "it may", as `core.people` does.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Raw, Struct

from phdesk.core.jsonvalue import as_list, as_str, parse
from phdesk.core.listing import title_of
from phdesk.core.names import Groups, breakdown_keys, insight_title
from phdesk.core.people import COUNTED, is_personal, mail_in, may_name_people
from phdesk.core.question import Question, read_question
from phdesk.models.dashboard import Dashboard, Tile
from phdesk.models.insight import Insight

LONGEST = 90  # characters of a text that is quoted
LISTS = frozenset(  # kinds whose rows are of single ones
    {
        "EventsQuery",
        "PersonsNode",
        "ActorsQuery",
        "InsightActorsQuery",
        "GroupsQuery",
        "SessionsQuery",
        "SessionsTimelineQuery",
        "SessionAttributionExplorerQuery",
        "TracesQuery",
    }
)
_CONTACT = re.compile(
    r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]{2,}"  # a mail address
    r"|(?<![\w.,/-])\+?\d[\d\s()/.-]{7,}\d(?![\w,.])"  # a telephone number
)
_MAIL = re.compile(r"[^\s@<>'\"]+@[^\s@<>'\"]+\.[^\s@<>'\"]{2,}")
EXPRESSION = "hogql"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}.*|[\d\s.,]*")
MAKER = "The data behind the page may also name who made all this, with mail address."


class Exposed(Struct, frozen=True, gc=False):
    """One thing that everybody would see; `personal` says why it may name people."""

    what: str  # Name, Description, Text card, Filter, or the title of a tile
    text: str
    personal: str = ""


def exposed(dashboard: Dashboard, groups: Groups = ()) -> tuple[Exposed, ...]:
    """List what a shared dashboard shows: what may name people first, then in reading order."""
    row = dashboard.row
    found = [_worded("Name", title_of(row))]
    if row.description:
        found.append(_worded("Description", row.description))
    found += _filters("Filters of the dashboard", dashboard.filters)
    found += _filters("Variables of the dashboard", dashboard.variables)
    for tile in dashboard.tiles:
        found += _of_tile(tile, groups)
    return _sorted(found)


def exposed_insight(insight: Insight, groups: Groups = ()) -> tuple[Exposed, ...]:
    """List what a shared insight shows."""
    return _sorted(_of_insight(insight, groups))


def _of_tile(tile: Tile, groups: Groups) -> Iterator[Exposed]:
    if tile.text is not None:
        yield _worded("Text card", tile.text.body)
    elif tile.button is not None:
        yield _worded("Button", f"{tile.button.text} ({tile.button.url})")
    elif tile.insight is not None:
        yield from _of_insight(tile.insight, groups)
    elif tile.widget is not None:
        yield Exposed("Tile", tile.widget.name, "It lists what another product of PostHog holds.")


def _of_insight(insight: Insight, groups: Groups) -> Iterator[Exposed]:
    question = read_question(insight)
    title = insight_title(insight, question, groups)
    told = _worded("Insight", title)
    yield Exposed("Insight", title, _why(insight, question) or told.personal)
    if insight.description:
        yield _worded(f"Description of {title}", insight.description)
    yield from _filters(f"Filters of {title}", insight.query)
    yield from _filters(f"Filters of {title}", insight.filters)
    if insight.pointed is not None:
        yield from _filters(f"Filters of {title}", insight.pointed.query)


def _why(insight: Insight, question: Question) -> str:
    """Say why an answer may name people; "" when it does not."""
    if not may_name_people(insight):
        return ""
    if question.kind == "HogQLQuery":
        return "SQL: its rows may hold anything."
    if question.kind in LISTS:
        return "It lists single events, people or sessions."
    if question.kind not in COUNTED:
        return "Its kind is not known here, so it may hold anything."
    names = [name for name in breakdown_keys(question) if is_personal(name)]
    if names:
        return f"It is broken down by {', '.join(names)}."
    address = mail_in(insight)
    if address:
        return f"Its answer holds “{_short(address)}”."
    return "It is broken down by an expression, of which nobody knows what it gives."


def _filters(where: str, raw: Raw) -> list[Exposed]:
    """Name the personal properties that are compared with values, which everybody can read."""
    sent = parse(raw)
    found = [f"{name}: {_short(value)}" for name, value in dict.fromkeys(_compared(sent))]
    # Names of series, expressions and values of other properties may hold addresses, too.
    found += [
        _short(text)
        for text in dict.fromkeys(_texts(sent))
        if _MAIL.search(text) and not any(text in line for line in found)
    ]
    return [Exposed(where, text, "Everybody can read what it is compared with.") for text in found]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else as_list(value):
        yield from _texts(item)


def _compared(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for item in value:
            yield from _compared(item)
    elif isinstance(value, dict):
        name = as_str(value.get("key")) or as_str(value.get("code_name"))
        given = value.get("value")
        if value.get("type") == EXPRESSION and is_personal(name):
            yield "Expression", name  # such a filter is all in its key
        elif given not in (None, "", []) and is_personal(name):
            listed = as_list(given) or [given]
            yield name, ", ".join(str(one) for one in listed)
        for item in value.values():
            yield from _compared(item)


def _worded(what: str, text: str) -> Exposed:
    contact = next(
        (one for one in _CONTACT.finditer(text) if not _DATE.fullmatch(one.group().strip())), None
    )
    why = f"It holds “{_short(contact.group().strip())}”." if contact is not None else ""
    return Exposed(what, _short(text), why)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _sorted(found: Iterable[Exposed]) -> tuple[Exposed, ...]:
    unique = dict.fromkeys((one.what, one.text, one.personal) for one in found)
    return tuple(Exposed(*one) for one in sorted(unique, key=lambda one: not one[2]))
