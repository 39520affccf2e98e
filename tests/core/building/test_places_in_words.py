"""The place that a server's words are about is found in any text, soon, however odd both are."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.building import sql
from phdesk.core.building.draft import put
from phdesk.core.building.refusals import refusals
from phdesk.core.building.sql import place_in
from phdesk.core.building.starting import blank
from phdesk.models.failure import Cause, Failure

LONG = 60_000
PARTS = [*"a1 \n.,'\"`{}()[]\\İß", "line ", "column 1", "'a' ", "placeholder", "While processing "]
ODD = st.lists(st.sampled_from(PARTS), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a " * LONG, "While processing " + "a " * LONG + "b"),
        ("select name " * LONG, "'nope' " * LONG),
        ("{a} " * LONG, "placeholder " * LONG),
        ("select 1", "line " + "1" * LONG + " column 3"),
        ("(" * LONG, "a\n" + " " * LONG + "b" + " " * LONG),
        ("select 1", "series\n  b [type=enum]\n" * LONG),
    ],
    ids=str.split("pieces names placeholders digits blanks entries"),
)
def test_the_place_is_found_or_not_without_delay(text, words):
    began = time.process_time()
    place_in(text, words)
    draft = put(blank("sql"), "query", text)
    refusals(Failure(cause=Cause.INVALID, message=words, detail=words), draft)
    assert time.process_time() - began < 5  # seconds; of old minutes


@given(st.lists(st.sampled_from(["a", "bc", "1", "+", "İ", "(", "'x'"]), min_size=1), st.data())
def test_a_piece_is_found_however_a_server_spaces_it(parts, data):
    spaces = st.sampled_from(["", " ", "\n  "])
    text = "".join(part + data.draw(spaces) for part in parts)
    first = data.draw(st.integers(0, len(parts) - 1))
    last = data.draw(st.integers(first, len(parts) - 1))
    piece = " ".join(parts[first : last + 1]).upper()
    place = place_in(text, f"Illegal: While processing {piece}. (ILLEGAL)")
    start, end = place
    found = "".join(text[start:end].split()).lower()
    assert found == "".join(piece.split()).lower()
    assert not text[start].isspace()
    assert not text[end - 1].isspace()


@given(ODD, ODD)
def test_a_place_lies_in_the_text_which_is_cut_but_once(text, words):
    cut = []

    def counted(whole):
        cut.append(whole)
        return plain(whole)

    plain = sql.tokens
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sql, "tokens", counted)
        place = place_in(text, words)
    assert len(cut) <= 1
    if place is not None:
        assert 0 <= place[0] <= place[1] <= len(text)
