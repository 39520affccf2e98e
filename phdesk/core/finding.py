"""Find anything by a few letters: dashboards, tiles and actions in one list, best first."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

MOST = 50  # results; nobody reads more

Kind = Literal["dashboard", "board", "tile", "view", "action", "line", "link"]  # line: of a list
# How well a word of the search fits, best first.
START, WORD, INSIDE, LETTERS = range(4)


class Entry(Struct, frozen=True, gc=False):
    """Something to go to or to do; `key` is its identity among its kind."""

    kind: Kind
    key: str
    text: str
    hint: str = ""  # shown beside it and searched too: tags, the keys of an action
    depth: int = 0  # in an outline

    @property
    def name(self) -> str:
        """Give the identity among all entries."""
        return f"{self.kind}:{self.key}"


class Index(Struct, frozen=True, gc=False):
    """Entries with their folded text and hint, made once for many searches."""

    entries: tuple[Entry, ...]
    texts: tuple[str, ...]
    hints: tuple[str, ...]


def index(entries: Iterable[Entry]) -> Index:
    """Prepare entries for searching."""
    known = tuple(entries)
    texts = tuple(folded(entry.text) for entry in known)
    return Index(known, texts, tuple(folded(entry.hint) for entry in known))


def found(held: Index, query: str, recent: Sequence[str] = (), *, most: int = MOST) -> list[Entry]:
    """Give what fits all words of a search; without one what was used last, then the rest.

    A word fits at the start of the text, of one of its words, inside, in the hint, or by its
    letters in this order ("mrr" finds "Monthly recurring revenue"). Among equals what was used
    last comes first (`recent` has names, newest first), then what is shorter.
    """
    ages = {name: age for age, name in reversed(list(enumerate(recent)))}
    words = folded(query).split()
    letters = [re.compile(".*?".join(map(re.escape, word))) for word in words]
    ranked = []
    for place, entry in enumerate(held.entries):
        text, hint = held.texts[place], held.hints[place]
        fit = 0
        for word, pattern in zip(words, letters, strict=True):
            one = _fit(word, pattern, text, hint)
            if one is None:
                break
            fit += one
        else:
            length = len(text) if words else 0
            ranked.append((fit, _age(entry, ages), length, place))
    return [held.entries[place] for *_, place in sorted(ranked)[:most]]


def folded(text: str) -> str:
    """Write a text without capitals and accents."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain.casefold() if not unicodedata.combining(c))


def _fit(word: str, letters: re.Pattern[str], text: str, hint: str) -> int | None:
    if text.startswith(word):
        return START
    if f" {word}" in text:
        return WORD
    if word in text or word in hint:
        return INSIDE
    return LETTERS if letters.search(text) else None


def _age(entry: Entry, ages: Mapping[str, int]) -> int:
    return ages.get(entry.name, len(ages))
