import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from phdesk.core.hogql.tokens import line_tokens, tokens

SQL = "select count() as n, 'it''s' -- why\nfrom events where {filters} and x > 1.5e3 /* a\n b */"
PIECES = st.lists(
    st.sampled_from(["select ", "'", "''", '"', "`", "/*", "*/", "--", "\n", "{", "}", "\\", "a1"])
)


def kinds(text):
    return [(one.text, one.kind) for one in tokens(text)]


def test_a_query_is_cut_into_what_it_is_made_of():
    assert kinds(SQL) == [
        ("select", "keyword"), ("count", "function"), ("(", "sign"), (")", "sign"),
        ("as", "keyword"), ("n", "name"), (",", "sign"), ("'it''s'", "string"),
        ("-- why", "comment"), ("from", "keyword"), ("events", "name"), ("where", "keyword"),
        ("{filters}", "placeholder"), ("and", "keyword"), ("x", "name"), (">", "sign"),
        ("1.5e3", "number"), ("/* a\n b */", "comment"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("'open", "string"),
        ("/* open", "comment"),
        ("`a b`", "name"),
        ("in (1)", "keyword"),
        ("{variables.org", "placeholder"),
        ("'a\\'b'", "string"),
        ("$session_id", "name"),
    ],
)
def test_what_is_half_written_is_cut_all_the_same(text, kind):
    first = next(tokens(text))
    assert first.kind == kind


@given(PIECES)
def test_tokens_are_the_text_without_its_spaces(pieces):
    text = "".join(pieces)
    cut = list(tokens(text))
    assert all(one.text == text[one.start : one.end] for one in cut)
    covered = {place for one in cut for place in range(one.start, one.end)}
    assert len(covered) == sum(len(one.text) for one in cut), "none lies over another"
    assert not "".join(c for place, c in enumerate(text) if place not in covered).strip()


def by_lines(text):
    """Give the kind of each letter as the editor finds it, a line at a time."""
    left, found = 0, []
    for line in text.split("\n"):
        cut, left = line_tokens(line, left)
        of_line = [""] * len(line)
        for one in cut:
            of_line[one.start : one.end] = [one.kind] * (one.end - one.start)
        found.append(of_line)
    return found


def at_once(text):
    every = [""] * len(text)
    for one in tokens(text):
        every[one.start : one.end] = [one.kind] * (one.end - one.start)
    found, start = [], 0
    for line in text.split("\n"):
        found.append(every[start : start + len(line)])
        start += len(line) + 1
    return found


@given(PIECES)
@example(['"', "\\", "\n"])
def test_lines_are_coloured_as_the_whole_is(pieces):
    text = "".join(pieces)
    whole, lines = at_once(text), by_lines(text)
    assert [len(one) for one in whole] == [len(one) for one in lines]
    spaced = [["" if c == " " else k for c, k in zip(line, kinds, strict=True)]
              for line, kinds in zip(text.split("\n"), whole, strict=True)]  # fmt: skip
    ours = [["" if c == " " else k for c, k in zip(line, kinds, strict=True)]
            for line, kinds in zip(text.split("\n"), lines, strict=True)]  # fmt: skip
    assert ours == spaced
