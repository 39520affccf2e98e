"""Tell what is counted, so that it is found again after a renaming or another order."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from phdesk.core.charts.series import Line
from phdesk.core.charts.wishes import written_value
from phdesk.core.jsonvalue import as_dict, as_list, as_str, as_text, written
from phdesk.core.question import Question
from phdesk.models.watch import Address, Measure

USUAL = "total"  # the math of a series without one
RUNNING = "running total"  # drawn so, a series is another number


def line_address(measure: Measure, line: Line, question: Question, *, at: str = "") -> Address:
    """Name a series of trends or stickiness by event, math, filters and breakdown value."""
    part = written_value(line.value)
    running = is_running(question)
    if line.formula:
        of = _formula(line, question)
        math = f"{RUNNING} {_letters(of, question)}".strip() if running else _letters(of, question)
        return Address(measure=measure, of=of, math=math, part=part, at=at)
    asked = question.series[line.order] if 0 <= line.order < len(question.series) else {}
    node = asked or line.node
    return Address(
        measure=measure,
        of=node_name(node) or line.name,
        math=f"{RUNNING} {math_of(node)}".strip() if running else math_of(node),
        part=part,
        at=at,
        twin=filters_of(node),
    )


def is_running(question: Question) -> bool:
    """Tell whether each bucket has all before it in it."""
    return question.display == "ActionsLineGraphCumulative"


def node_name(node: Mapping[str, Any]) -> str:
    """Name an event by what is sent, an action by its number; empty when it is not known."""
    kind = as_str(node.get("kind")) or as_str(node.get("type"))
    if kind in ("ActionsNode", "actions"):
        return f"action {as_str(node.get('id'))}"
    if "event" in node and node["event"] is None:
        return "all events"
    for key in ("event", "table_name", "id", "name"):
        if text := as_str(node.get(key)):
            return text
    return ""


def math_of(node: Mapping[str, Any]) -> str:
    """Write the math with its property, "sum(amount)"; empty for the count of events."""
    math = as_str(node.get("math")) or USUAL
    subject = as_text(node.get("math_property")) or as_text(node.get("math_hogql"))
    if subject is None and node.get("math_group_type_index") is not None:
        subject = as_str(node.get("math_group_type_index"))
    if subject is not None:
        return f"{math}({subject})"
    return "" if math == USUAL else math


def filters_of(node: Mapping[str, Any]) -> str:
    """Give a short mark of the filters that a series has of its own; empty without any."""
    own = {
        key: node[key]
        for key in ("properties", "fixedProperties")
        if node.get(key) not in (None, [], {})
    }
    if not own:
        return ""
    return hashlib.blake2s(_sorted(own).encode(), digest_size=3).hexdigest()


def _sorted(value: Any) -> str:
    """Write JSON so that equal objects are equal texts, whatever the order of their keys."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{key}:{_sorted(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_sorted, value)) + "]"
    return written(value)


def _formula(line: Line, question: Question) -> str:
    """Write a formula with what its letters stand for left as it is."""
    own = question.filter
    texts = [as_str(as_dict(node).get("formula")) for node in as_list(own.get("formulaNodes"))]
    texts = texts or [as_str(text) for text in as_list(own.get("formulas"))]
    texts = texts or [as_str(own.get("formula"))]
    text = texts[line.order] if 0 <= line.order < len(texts) else ""
    return f"formula {text or line.order + 1}"


def _letters(formula: str, question: Question) -> str:
    """Say what a formula's letters stand for: with other series it is another number."""
    used = [ord(letter) - ord("A") for letter in sorted(set(re.findall(r"\b[A-Z]\b", formula)))]
    nodes = [question.series[place] for place in used if place < len(question.series)]
    parts = [" ".join(filter(None, (node_name(n), math_of(n), filters_of(n)))) for n in nodes]
    return f"of {', '.join(parts)}" if parts else ""
