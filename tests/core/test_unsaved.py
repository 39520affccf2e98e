import pytest

from phdesk.core.unsaved import Unsaved, unsaved_words


@pytest.mark.parametrize(
    ("unsaved", "words"),
    [
        (Unsaved(), ""),
        (Unsaved(("Visits",)), "the insight “Visits”"),
        (Unsaved(layouts=1), "1 layout of yours"),
        (Unsaved(("A", "B"), 2), "the insights “A” and “B” and 2 layouts of yours"),
        (Unsaved(tuple("ABCDE")), "the insights “A”, “B”, “C” and 2 more"),
    ],
)
def test_what_would_be_lost_is_named(unsaved, words):
    assert unsaved_words(unsaved) == words
    assert bool(unsaved) == bool(words)
