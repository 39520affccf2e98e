"""Rewrite ClickHouse-flavoured SQL into SQLite's, word by word."""

import re
from collections.abc import Callable, Sequence

from phdesk.demo.columns import property_column
from phdesk.demo.errors import invalid
from phdesk.demo.hogql_calls import CALLS, GROUPING

_TOKEN = re.compile(
    r"""(?P<space>\s+|--[^\n]*|/\*.*?\*/)
      | (?P<text>'(?:[^'\\]|''|\\.)*')
      | (?P<quoted>`[^`]*`|"[^"]*")
      | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
      | (?P<name>[A-Za-z_$][\w$]*(?:\s*\.\s*(?:[A-Za-z_$][\w$]*|`[^`]*`|"[^"]*"))*)
      | (?P<sign><=|>=|!=|<>|==|\|\||[-+*/%(),<>=.;\[\]{}?:@&|!])""",
    re.VERBOSE | re.DOTALL,
)
_SHIFT = re.compile(r"^tointerval(second|minute|hour|day|week|month|year)$")


def tokenize(sql: str) -> list[str]:
    """Split SQL into tokens without spaces and comments."""
    tokens, at = [], 0
    while at < len(sql):
        match = _TOKEN.match(sql, at)
        if not match:
            raise invalid(f"Syntax error at position {at}: unexpected {sql[at]!r}")
        if match.lastgroup != "space":
            tokens.append(match.group())
        at = match.end()
    return tokens


def rewrite(sql: str) -> str:
    """Translate a whole statement; unknown functions are refused by name."""
    tokens = tokenize(sql)
    while tokens and tokens[-1] == ";":
        tokens.pop()
    return " ".join(_translate(tokens))


def _translate(tokens: Sequence[str]) -> list[str]:
    out: list[str] = []
    at = 0
    while at < len(tokens):
        word = tokens[at]
        called = at + 1 < len(tokens) and tokens[at + 1] == "("
        if word.lower() == "interval" and at + 1 < len(tokens):
            at = _interval(tokens, at, out)
        elif word == "(":
            end = _closing(tokens, at)
            out.append("(" + " ".join(_translate(tokens[at + 1 : end])) + ")")
            at = end + 1
        elif called and _is_name(word) and word.lower() not in GROUPING:
            at = _call(tokens, at, out)
        else:
            out.append(_plain(word))
            at += 1
    return out


def _call(tokens: Sequence[str], at: int, out: list[str]) -> int:
    """Translate the call that starts at a name; return where the tokens go on."""
    name = tokens[at]
    end = _closing(tokens, at + 1)
    arguments = _arguments(tokens[at + 2 : end])
    if end + 1 < len(tokens) and tokens[end + 1] == "(" and name.lower().startswith("quantile"):
        inner = _closing(tokens, end + 1)
        arguments = [*_arguments(tokens[end + 2 : inner]), *arguments]
        end = inner
    if shift := _SHIFT.match(name.lower()):
        _shift(out, arguments[0], shift.group(1))
        return end + 1
    out.append(_rendered(name, arguments))
    return end + 1


def _rendered(name: str, arguments: list[str]) -> str:
    call: Callable[[list[str]], str] | None = CALLS.get(name.lower())
    if call is None:
        detail = f"Unsupported function call '{name}(...)'. Perhaps you meant 'concat(...)'?"
        raise invalid(detail)
    try:
        return call(arguments)
    except IndexError as error:
        raise invalid(f"Function '{name}' expects more arguments") from error


def _arguments(tokens: Sequence[str]) -> list[str]:
    if not tokens:
        return []
    parts: list[list[str]] = [[]]
    depth = 0
    for word in tokens:
        depth += (word in "([") - (word in ")]")
        if word == "," and not depth:
            parts.append([])
        else:
            parts[-1].append(word)
    return [" ".join(_translate(part)) for part in parts]


def _closing(tokens: Sequence[str], opening: int) -> int:
    depth = 0
    for at in range(opening, len(tokens)):
        depth += (tokens[at] == "(") - (tokens[at] == ")")
        if not depth:
            return at
    raise invalid("Syntax error: a bracket is not closed")


def _interval(tokens: Sequence[str], at: int, out: list[str]) -> int:
    """Read ``interval 7 day`` or ``interval '7 day'``; return where the tokens go on."""
    quoted = tokens[at + 1].startswith("'")
    count, _, unit = tokens[at + 1].strip("'").partition(" ")
    if not quoted:
        unit = tokens[at + 2] if at + 2 < len(tokens) else ""
    if not count.isdigit() or not unit.isalpha():
        raise invalid("Syntax error: an interval needs a number and a unit")
    _shift(out, count, unit.lower())
    return at + (2 if quoted else 3)


def _shift(out: list[str], count: str, unit: str) -> None:
    """Fold ``moment - interval N unit`` into one call; the moment is already in ``out``."""
    if len(out) < 2 or out[-1] not in ("+", "-"):
        raise invalid("Syntax error: an interval must be added to or taken from a date")
    sign = out.pop()
    operand = out.pop()
    out.append(f"shift_moment({operand}, {sign}({count}), '{unit.rstrip('s')}')")


def _is_name(word: str) -> bool:
    return bool(re.match(r"[A-Za-z_]", word))


def _plain(word: str) -> str:
    if word == "/":
        return "* 1.0 /"  # whole numbers divide into fractions in ClickHouse
    if word.startswith("'"):
        return word.replace("\\'", "''")
    if word in "[]{}":
        raise invalid(f"Syntax error: {word!r} is not supported here")
    if not re.match(r"[A-Za-z_$]", word) or "." not in word:
        return {"ilike": "like"}.get(word.lower(), word)
    parts = [part.strip().strip('`"') for part in word.split(".")]
    if parts[-2:-1] == ["properties"]:
        kind = "person" if "person" in parts[:-2] else "event"
        return _own_column(parts, kind)
    return "person_id" if parts[-2:] == ["person", "id"] else ".".join(parts)


def _own_column(parts: Sequence[str], kind: str) -> str:
    if parts[0] in ("persons", "p"):
        return property_column(parts[-1], "event").replace("properties", f"{parts[0]}.properties")
    return property_column(parts[-1], kind)
