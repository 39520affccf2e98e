"""Cut HogQL into tokens, for its colours and for what can be completed.

It judges nothing: whatever is written is cut, so that a half-written query looks right. The server
alone knows whether a query is one.
"""

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from phdesk.core.hogql.words import KEYWORDS

Kind = Literal["keyword", "function", "name", "string", "number", "comment", "placeholder", "sign"]
TOKEN = re.compile(
    r"""
      (?P<comment>--[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?)
    | (?P<string>'(?:[^'\\]|\\.|\\\Z|'')*'?)
    | (?P<quoted>`[^`]*`?|"(?:[^"\\]|\\.|\\\Z)*"?)
    | (?P<placeholder>\{[^{}]*\}?)
    | (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)
    | (?P<word>[A-Za-z_$][A-Za-z0-9_$]*)
    | (?P<space>\s+)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
OPENERS = ("", "/*", "'", "`", '"', "{")  # by the number of what a line leaves open
CLOSED = {
    "/*": re.compile(r"/\*(?:[^*]|\*(?!/))*\*/"),
    "'": re.compile(r"'(?:[^'\\]|\\.|'')*'", re.DOTALL),
    "`": re.compile(r"`[^`]*`"),
    '"': re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL),
    "{": re.compile(r"\{[^{}]*\}"),
}
CALL = re.compile(r"\s*\(")


class Token(Struct, frozen=True, gc=False):
    """A piece of the text: where it begins and ends, and what it is."""

    start: int
    end: int
    kind: Kind
    text: str


def tokens(text: str) -> Iterator[Token]:
    """Cut a query; comments and strings that are not closed reach to the end."""
    for found in TOKEN.finditer(text):
        kind = found.lastgroup or "sign"
        if kind != "space":
            yield Token(found.start(), found.end(), _kind(kind, found, text), found.group())


def line_tokens(line: str, left_open: int) -> tuple[list[Token], int]:
    """Cut one line after what was left open before it; give what it leaves open itself, too."""
    opener = OPENERS[left_open]
    shift = len(opener)
    cut = [
        Token(max(one.start - shift, 0), one.end - shift, one.kind, one.text)
        for one in tokens(opener + line)
    ]
    if not cut:
        return [], left_open
    last = cut[-1]
    for number, which in enumerate(OPENERS):
        if which and last.text.startswith(which) and not CLOSED[which].fullmatch(last.text):
            return cut, number
    return cut, 0


def _kind(group: str, found: "re.Match[str]", text: str) -> Kind:
    if group == "word":
        if CALL.match(text, found.end()) and found.group().lower() not in {"in", "and", "or", "as"}:
            return "function"
        return "keyword" if found.group().lower() in KEYWORDS else "name"
    kinds: dict[str, Kind] = {
        "comment": "comment",
        "string": "string",
        "quoted": "name",
        "placeholder": "placeholder",
        "number": "number",
    }
    return kinds.get(group, "sign")
