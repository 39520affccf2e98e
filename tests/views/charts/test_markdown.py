"""A narrow text card makes its headings smaller rather than break their words."""

import pytest

from phdesk.views import theme
from phdesk.views.charts import markdown
from phdesk.views.charts.ink import Ink

CARD = "# Onboarding checklist\n\nWhat a new team does first.\n\n## Subscriptions\n\nMore."


def lines_of(source, width, scale=1.0):
    document = markdown._document(source, width, Ink(theme.light(), scale))
    document.documentLayout().documentSize()
    block, made = document.begin(), []
    while block.isValid():
        shape, words = block.layout(), block.text()
        for i in range(shape.lineCount()):
            line = shape.lineAt(i)
            made.append(words[line.textStart() : line.textStart() + line.textLength()].strip())
        block = block.next()
    return made


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("width", [90, 104, 118, 162, 300, 1256])
def test_no_word_is_broken(qapp, width, scale):
    words = {word for line in lines_of(CARD, round(width * scale), scale) for word in line.split()}
    assert words == {word for word in CARD.split() if not word.startswith("#")}


def test_a_heading_with_room_keeps_its_size(qapp):
    ink = Ink(theme.light())
    assert markdown.heading_px("Onboarding checklist", 1, 300, ink) == markdown.HEADINGS[0]
    assert markdown.heading_px("Onboarding checklist", 1, 90, ink) < markdown.HEADINGS[0]


def test_a_word_longer_than_any_line_is_broken_at_the_size_of_text(qapp):
    assert markdown.heading_px("x" * 90, 1, 90, Ink(theme.light())) == markdown.BODY
