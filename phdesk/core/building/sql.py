"""Check SQL for what is surely wrong, and find in it the place that a server's words are about."""

import re
from collections.abc import Iterator, Mapping, Sequence

from phdesk.core.building.draft import Draft, at
from phdesk.core.building.fault import Fault
from phdesk.core.building.variables import variable_faults
from phdesk.core.hogql.tokens import Token, tokens
from phdesk.core.jsonvalue import as_str

Place = tuple[int, int]  # where a piece of text begins and ends
QUERY = "query"
PAIRS = {")": "(", "]": "["}
PLACE = re.compile(r"\bline (\d{1,9})[, ]{1,9}(?:column|col) (\d{1,9})", re.IGNORECASE)
QUOTED = tuple(re.compile(f"{sign}([^{sign}]{{1,200}}){sign}") for sign in "'`\"")
NAMED = (  # a server's words, and the name in them
    re.compile(r"resolve field: ([\w.$]+)"),
    re.compile(r"Unsupported function call '([\w$]+)"),
    re.compile(r"Unknown (?:table|function|identifier)[^\w`'\"]*[`'\"]?([\w.$]+)"),
    re.compile(r"Function '([\w$]+)"),
    re.compile(r"[Pp]laceholder[s]?[^{]{0,200}\{([\w.]+)\}"),
)
PROCESSED = re.compile(r"[Ww]hile processing (.+?)\.? ?(?:\([A-Z_]+\))?$", re.DOTALL)


def sql_faults(draft: Draft) -> Iterator[Fault]:
    """Find what no server would take: no text, or quotes and brackets that are not closed."""
    text = as_str(at(draft, QUERY))
    cut = list(tokens(text))
    meant = [one for one in cut if one.kind != "comment"]
    if not meant:
        yield Fault(name=QUERY, message="Write a query.")
        return
    for one in cut:
        what = _left_open(one)
        if what:
            yield _at(one, f"This {what} is not closed.")
            return
    yield from _brackets(meant)
    yield from variable_faults(draft)


def place_in(text: str, words: str) -> Place | None:
    """Find the place in a query that a server's words are about; None if they do not tell.

    Takes time in proportion to both, whatever a server says.
    """
    found = PLACE.search(words)
    if found is not None:
        return _line_place(text, int(found[1]), int(found[2]))
    places = _word_places(text)
    processed = PROCESSED.search(words.strip())
    loose = _loose_place(text, processed[1]) if processed is not None else None
    return _first_place(places, words, NAMED) or loose or _first_place(places, words, QUOTED)


def _first_place(
    places: Mapping[str, Place], words: str, patterns: Sequence[re.Pattern[str]]
) -> Place | None:
    """Find the first name in a server's words that stands in the query, too; or its last part."""
    for pattern in patterns:
        for found in pattern.finditer(words):
            name = found[1].partition("(")[0]
            place = places.get(name) or places.get(name.rpartition(".")[2])
            if place is not None:
                return place
    return None


def _left_open(one: Token) -> str:
    text = one.text
    if one.kind == "comment":
        return "comment" if text.startswith("/*") and not text.endswith("*/") else ""
    if one.kind == "string" and not _is_closed(text):
        return "text"
    if one.kind == "name" and text[0] in '`"' and (len(text) < 2 or text[-1] != text[0]):
        return "name"
    return "placeholder" if one.kind == "placeholder" and not text.endswith("}") else ""


def _is_closed(text: str) -> bool:
    return re.fullmatch(r"'(?:[^'\\]|\\.|'')*'", text, re.DOTALL) is not None


def _brackets(meant: Sequence[Token]) -> Iterator[Fault]:
    open_ones: list[Token] = []
    for one in meant:
        if one.kind != "sign":
            continue
        if one.text in PAIRS.values():
            open_ones.append(one)
        elif one.text in PAIRS and (not open_ones or open_ones.pop().text != PAIRS[one.text]):
            yield _at(one, f"Nothing was opened that this {one.text} closes.")
            return
    if open_ones:
        yield _at(open_ones[-1], f"This {open_ones[-1].text} is not closed.")


def _at(one: Token, message: str) -> Fault:
    return Fault(name=QUERY, message=message, start=one.start, end=one.end)


def _line_place(text: str, line: int, column: int) -> Place | None:
    """Find a line and a column, which count from 1 and from 0, as ANTLR's do."""
    lines = text.split("\n")
    if not 1 <= line <= len(lines):
        return None
    start = min(sum(len(one) + 1 for one in lines[: line - 1]) + column, len(text))
    word = next((one for one in tokens(text) if one.start <= start < one.end), None)
    return (word.start, word.end) if word is not None else (start, min(start + 1, len(text)))


def _word_places(text: str) -> dict[str, Place]:
    """Give each whole word, not of strings and comments, and where it stands first."""
    places: dict[str, Place] = {}
    for one in tokens(text):
        if one.kind not in ("string", "comment"):
            places.setdefault(one.text.strip('`"{}'), (one.start, one.end))
    places.pop("", None)
    return places


def _loose_place(text: str, piece: str) -> Place | None:
    """Find a piece of SQL that a server wrote with spaces of its own."""
    wanted = _folded("".join(piece.split()))
    kept = [place for place, letter in enumerate(text) if not letter.isspace()]
    start = _folded("".join(text.split())).find(wanted) if wanted else -1
    return (kept[start], kept[start + len(wanted) - 1] + 1) if start >= 0 else None


def _folded(text: str) -> str:
    """Write in small letters, each of which stays one, so that places stay, too."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(one.lower()[:1] for one in text)
