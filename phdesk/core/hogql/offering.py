"""What can be completed at a place of a query: tables, columns, functions, keywords."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from phdesk.core.hogql.tokens import Token, tokens
from phdesk.core.hogql.words import FUNCTIONS, KEYWORDS, OFFERED_KEYWORDS

Schema = Mapping[str, Mapping[str, str]]  # table → column → type
Offered = Literal["table", "column", "function", "keyword", "placeholder"]
BEFORE_TABLES = frozenset({"from", "join"})
ENDS_TABLES = frozenset({"where", "group", "order", "having", "limit", "select", "union", "on"})
MOST = 200
PLAIN = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)  # needs no quotes


class Offer(Struct, frozen=True, gc=False):
    """A word that can be taken; `hint` says what it is, such as the type of a column."""

    text: str
    kind: Offered
    hint: str = ""


class Offers(Struct, frozen=True, gc=False):
    """What can stand from `start` to the cursor, best first."""

    start: int
    prefix: str
    offers: Sequence[Offer] = ()


def offers_at(text: str, cursor: int, schema: Schema, placeholders: Sequence[Offer] = ()) -> Offers:
    """Give what can be completed before the cursor; in strings and comments nothing.

    `placeholders` are offered in braces, with which they are written elsewhere, too.
    """
    before = list(tokens(text[:cursor]))
    last = before[-1] if before else None
    if last is not None and last.end == cursor and last.kind == "placeholder":
        return _in_braces(last, placeholders)
    if last is not None and last.end == cursor and last.kind in ("string", "comment", "number"):
        return Offers(cursor, "")
    prefix = ""
    if last is not None and last.end == cursor and _is_word(last):
        prefix = before.pop().text
    start, known = cursor - len(prefix), _aliases(list(tokens(text)), schema)
    if before and before[-1].text == ".":
        owner = before[-2].text if len(before) > 1 else ""
        table = known.get(owner.lower(), owner)
        return Offers(start, prefix, _fitting(prefix, _columns(table, schema)))
    if _wants_table(before):
        return Offers(start, prefix, _fitting(prefix, _tables(schema)))
    if not prefix:
        return Offers(start, "", _first(before, known, schema))
    used = dict.fromkeys(known.values())
    every = [one for table in used for one in _columns(table, schema)]
    if not used:  # nothing is read yet: whatever columns there are
        every = [one for table in schema for one in _columns(table, schema)]
    rest = [*(Offer(name, "function", "function") for name in FUNCTIONS)]
    keywords = [Offer(word, "keyword", "") for word in OFFERED_KEYWORDS]
    braced = [Offer(f"{{{one.text}}}", one.kind, one.hint) for one in placeholders]
    named = [*every, *_names_of(known, schema), *rest, *keywords, *braced]
    return Offers(start, prefix, _fitting(prefix, named))


def with_offer(text: str, cursor: int, offer: Offer) -> tuple[str, int]:
    """Give what to write in the place of the prefix, and where the cursor is after it.

    The cursor counts from the start of what is written; of a function it is in its brackets.
    """
    called = text[cursor : cursor + 1] == "("
    if offer.kind in ("table", "column") and not PLAIN.fullmatch(offer.text):
        quoted = offer.text.replace("\\", "\\\\").replace("`", "\\`")
        return f"`{quoted}`", len(quoted) + 2
    if offer.kind == "placeholder" and not offer.text.endswith("}"):
        closed = text[cursor:].lstrip().startswith("}")
        return (offer.text, len(offer.text)) if closed else (f"{offer.text}}}", len(offer.text) + 1)
    if offer.kind == "function" and not called:
        return f"{offer.text}()", len(offer.text) + 1
    return offer.text, len(offer.text)


def _in_braces(last: Token, placeholders: Sequence[Offer]) -> Offers:
    """Offer what may stand in braces that were opened and are not closed."""
    if last.text.endswith("}"):
        return Offers(last.end, "")
    prefix = last.text[1:].lstrip()
    return Offers(last.end - len(prefix), prefix, _fitting(prefix, placeholders))


def _is_word(token: Token) -> bool:
    return token.kind in ("name", "keyword", "function")


def _wants_table(before: Sequence[Token]) -> bool:
    """Tell whether a table is to be named: after FROM and JOIN, and after a comma there."""
    if not before:
        return False
    last = before[-1].text.lower()
    if last in BEFORE_TABLES:
        return True
    if last != ",":
        return False
    for token in reversed(before):
        word = token.text.lower()
        if word in BEFORE_TABLES:
            return True
        if word in ENDS_TABLES or word in ("(", ")"):
            return False
    return False


def _aliases(every: Sequence[Token], schema: Schema) -> dict[str, str]:
    """Give the tables that are read, by each name under which they are known."""
    known: dict[str, str] = {}
    for place, token in enumerate(every):
        if token.text.lower() not in BEFORE_TABLES:
            continue
        rest = every[place + 1 : place + 4]
        if not rest or rest[0].text.strip("`") not in schema:
            continue
        table = rest[0].text.strip("`")
        known[table.lower()] = table
        alias = rest[2] if len(rest) > 2 and rest[1].text.lower() == "as" else None
        if alias is None and len(rest) > 1 and rest[1].kind == "name":
            alias = rest[1]
        if alias is not None and alias.text.lower() not in KEYWORDS:
            known[alias.text.lower()] = table
    return known


def _columns(table: str, schema: Schema) -> list[Offer]:
    columns = schema.get(table.strip("`"), {})
    return [Offer(name, "column", kind) for name, kind in columns.items()]


def _tables(schema: Schema) -> list[Offer]:
    return [Offer(name, "table", f"{len(columns)} columns") for name, columns in schema.items()]


def _names_of(known: Mapping[str, str], schema: Schema) -> Iterator[Offer]:
    """Offer the names under which tables are read, then all other tables."""
    for name, table in known.items():
        yield Offer(name, "table", "" if name == table.lower() else table)
    yield from (one for one in _tables(schema) if one.text.lower() not in known)


def _first(before: Sequence[Token], known: Mapping[str, str], schema: Schema) -> list[Offer]:
    """Offer what is likely before a letter is typed."""
    if not before:
        return [Offer("SELECT", "keyword"), Offer("WITH", "keyword")]
    tables = dict.fromkeys(known.values())
    return [one for table in tables for one in _columns(table, schema)][:MOST]


def _fitting(prefix: str, every: Sequence[Offer]) -> list[Offer]:
    """Keep what fits the letters: first what begins with them, then what holds them."""
    folded = prefix.lower()
    seen: dict[str, Offer] = {}
    for one in every:
        seen.setdefault(one.text, one)
    begins = [one for one in seen.values() if one.text.lower().startswith(folded)]
    holds = [
        one
        for one in seen.values()
        if folded in one.text.lower() and not one.text.lower().startswith(folded)
    ]
    return [one for one in (*begins, *(holds if len(folded) > 1 else ())) if one.text != prefix][
        :MOST
    ]
