"""Shortens names so that what tells them apart stays."""

from collections.abc import Sequence
from itertools import pairwise

from phdesk.views.charts.ink import LONGEST, Ink

PX = 11
ALIKE = 6  # characters of a beginning that may be given up
TOLD = 5  # characters beyond it that tell names apart
HEAD = 3  # characters that are kept of it


def plain(label: str) -> str:
    """Give a name in one line, no longer than is worth measuring."""
    return " ".join(label[:LONGEST].split())


def shared(labels: Sequence[str]) -> list[int]:
    """Tell of each name where it begins to differ from the others, at the start of a word."""
    texts = [plain(label) for label in labels]
    most = dict.fromkeys(texts, 0)
    for one, other in pairwise(sorted(most)):
        alike = _alike(one, other)
        most[one], most[other] = max(most[one], alike), max(most[other], alike)
    return [_word_start(text, most[text]) for text in texts]


def shortened(label: str, alike: int, room: float, ink: Ink) -> str:
    """Shorten a name at its end, or within the beginning that it shares with others."""
    text = plain(label)
    short = ink.elided(text, room, PX)
    if alike < ALIKE or len(short) > min(len(text), alike + TOLD):
        return short
    tail = text[alike:]
    low, high = HEAD, alike
    while low < high - 1:  # the longest beginning that fits
        middle = (low + high) // 2
        if ink.width(_joined(text, middle, tail), PX) <= room:
            low = middle
        else:
            high = middle
    return ink.elided(_joined(text, low, tail), room, PX)


def _alike(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _joined(text: str, head: int, tail: str) -> str:
    return f"{text[:head].rstrip()}…{tail}"


def _word_start(text: str, at: int) -> int:
    while 0 < at < len(text) and text[at - 1].isalnum():
        at -= 1
    return at - 1 if at > 0 and text[at - 1] in "([" else at
