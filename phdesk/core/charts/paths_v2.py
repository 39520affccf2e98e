"""Show paths of the second version (2026): drawn when sent as the first, else listed (6.6)."""

from collections.abc import Iterator
from typing import Any

from phdesk.core.charts import fallback, paths
from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.results import Number
from phdesk.core.charts.spec import Column, NoticeBody, Table
from phdesk.core.formatting import number
from phdesk.core.jsonvalue import as_dict, as_int, as_list, as_number, as_text, parse
from phdesk.core.names import event_name
from phdesk.core.question import Question
from phdesk.models.insight import Insight

LISTED = "Paths of the second version are not drawn yet; these are their steps."
NO_NODE = "Other or end"  # the reference does not say which of the two a missing end is
Row = tuple[int | None, str, Number]


def view(insight: Insight, question: Question, context: Context) -> Drawn:
    """Draw links as paths; list steps and their flows; show anything else as it came."""
    result = parse(insight.result)
    if result == [] or (isinstance(result, list) and all(map(_is_link, result))):
        return paths.view(insight, question, context)
    rows = list(_rows(as_dict(result)))
    if rows:
        notice = NoticeBody(state="unsupported", headline=LISTED)
        return Drawn(body=notice, summary=LISTED, table=_table(rows))
    if as_dict(result).get("steps") == []:
        notice = NoticeBody(state="empty", headline=paths.NOBODY)
        return Drawn(body=notice, summary=paths.NOBODY)
    return fallback.view(insight, question, context)


def _is_link(item: object) -> bool:
    ends = as_dict(item)
    return isinstance(ends.get("source"), str) and isinstance(ends.get("target"), str)


def _rows(result: dict[str, Any]) -> Iterator[Row]:
    """List the stops of each step, then the flows between them, then whole beginnings."""
    for step in map(as_dict, as_list(result.get("steps"))):
        place = _place(step)
        for row in map(as_dict, as_list(step.get("rows"))):
            yield place, _name(row.get("item")), as_number(row.get("count"))
        for key, words in (("otherCount", "Other"), ("dropOffCount", "Dropped off")):
            if as_number(step.get(key)) is not None:
                yield place, words, as_number(step.get(key))
    for edge in map(as_dict, as_list(result.get("edges"))):
        ends = f"{_name(edge.get('source'))} → {_name(edge.get('target'))}"
        yield _place(edge), ends, as_number(edge.get("count"))
    for prefix in map(as_dict, as_list(result.get("prefixes"))):
        names = " → ".join(map(_name, as_list(prefix.get("items"))))
        yield None, names, as_number(prefix.get("count"))


def _place(part: dict[str, Any]) -> int | None:
    """Count steps from 1, as the first version does."""
    index = as_int(part.get("stepIndex"))
    return None if index is None else index + 1


def _name(item: object) -> str:
    own = as_dict(item)
    event = as_text(own.get("event"))
    return as_text(own.get("label")) or (event_name(event) if event else NO_NODE)


def _table(rows: list[Row]) -> Table:
    columns = (Column("Step", numeric=True), Column("Stop or path"), Column("Count", numeric=True))
    texts = tuple(
        ("" if place is None else str(place), name, number(count)) for place, name, count in rows
    )
    return Table(columns, tuple(rows), texts)
