"""Text cards have their titles and headings at once, whoever wrote them."""

import time

import pytest

from phdesk.core.charts.text import LONGEST_CARD, headings, markdown_title, text_view
from phdesk.models.dashboard import TextCard


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("# Weekly #", "Weekly"),
        ("## Learn C#", "Learn C#"),
        ("  ### Both ###  ", "Both"),
        ("#hashtag first", "#hashtag first"),
        ("Words\n\n# A heading", "A heading"),
        ("# ##", "Text"),
        ("# [Signups](https://example.com) by *day*", "Signups by day"),
        ("", "Text"),
    ],
)
def test_a_card_is_called_by_its_first_heading(source, title):
    assert markdown_title(source) == title


BOMBS = {
    "spaces before the end of a heading": f"# a{' ' * 3900}b",
    "brackets": "[" * 1_000_000,
    "a word of a megabyte": "x" * 1_000_000,
    "hashes": f"# a{' #' * 500_000}b",
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_text_holds_the_window_up(name):
    began = time.process_time()
    view = text_view(TextCard(BOMBS[name]))
    headings(view.body.source)
    assert time.process_time() - began < 1  # minutes, where parts of a pattern fight for signs


def test_of_a_card_longer_than_any_of_posthogs_the_beginning_is_drawn():
    drawn = text_view(TextCard("[a](https://example.com) " * 50_000)).body.source
    assert len(drawn) == LONGEST_CARD + 1
    assert drawn.endswith("…")
    assert text_view(TextCard("a" * LONGEST_CARD)).body.source == "a" * LONGEST_CARD
