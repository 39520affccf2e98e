"""Each change that a window can ask for, refused in each way that there is."""

import re

import pytest

from phdesk.views.desk.insight_said import GIVEN_UP
from tests.services.posthog import Gate
from tests.views.desk.refused.refusals import (
    AT_FIELD,
    GONE,
    INSIDE,
    MAY_BE_DONE,
    REFUSALS,
)
from tests.views.desk.refused.writes import WRITES

NUMBERED = "it is gone"  # which may be said at the number that was typed
PIECES = {("a dashboard of a template", "of no field")}  # which is then tried tile by tile
LOOKED, IT_IS_THERE = "phdesk looked: PostHog has not ", "but it is there."
LATER = "too many calls"  # after which phdesk itself lets none go for as long as is asked
ALWAYS = (AT_FIELD, "the scope", "the plan", "it is gone", "the method", "the answer is lost")
EVERY = 4  # of the other refusals each write meets one in so many; all of them with -m slow
PLAIN = r"[{}<>]|__|Traceback|Error\b|None"  # of which nothing stands in plain words


def pairs():
    """Give each write with each refusal; the other ones than `ALWAYS` take turns, or are slow."""
    for row, write in enumerate(WRITES):
        for column, refusal in enumerate(REFUSALS):
            is_slow = refusal.name not in ALWAYS and (row + column) % EVERY
            marks = [pytest.mark.slow] if is_slow else []
            yield pytest.param(write, refusal, marks=marks, id=f"{write.name}, {refusal.name}")


def refused(desk, write, refusal):
    """Ask for a change, and have it refused once."""
    write.open(desk)
    desk.spoken.clear()
    server = desk.server
    server.refusal, server.field, server.scope = refusal, write.field, write.scope
    server.at = write.at
    server.done.clear()
    write.send(desk)
    desk.until(lambda: bool(desk.server.tried))


def wanted(write, refusal):
    """Give the words of which one is to be told."""
    if refusal.says == "GONE":
        return GONE
    return (refusal.says.replace("SCOPE", write.scope),)


@pytest.mark.parametrize(("write", "refusal"), list(pairs()))
def test_a_refusal_is_told_where_it_belongs_and_nothing_is_lost(desk, write, refusal):
    refused(desk, write, refusal)
    if write.settles and refusal.arrives:
        desk.until(lambda: IT_IS_THERE in f"{desk.notice.text} {desk.claims}")
        assert desk.server.made[write.makes] == bool(write.makes)
        return
    words = wanted(write, refusal)
    desk.until(lambda: any(one in desk.told for one in words))
    assert any(one in said for said in desk.spoken for one in words), "and said aloud"
    if write.label and refusal.name in (AT_FIELD, INSIDE):
        field = desk.field(write.label)
        assert refusal.says in field.accessibleDescription()
        assert desk.focused in (field, field.focusProxy())
    elif refusal.name != NUMBERED:
        assert desk.has_kept_the_keyboard
    doubts = (LOOKED,) if write.settles else MAY_BE_DONE
    assert any(one in desk.told for one in doubts) >= refusal.doubted
    if write.kept is not None:
        assert write.kept(desk), "what was written"
    assert not desk.claims
    assert not re.search(PLAIN, desk.notice.text)
    tries = [path for _, path in desk.server.tried if not path.startswith("/")]
    assert len(tries) == (2 if (write.name, refusal.name) in PIECES else 1), "not by itself"
    if (write.looks or not refusal.arrives) and not (
        write.once or refusal.name in (LATER, *write.rests)
    ):
        sent_again(desk, write, words)


@pytest.mark.parametrize("write", WRITES, ids=lambda one: one.name)
def test_who_is_signed_in_anew_is_left_with_no_dialog_that_waits_for_the_last_one(desk, write):
    refused(desk, write, Gate())
    desk.ada.desk.online.choose_project(desk.ada.state.project)  # as with another key
    if write.by == "edits" and write.label:  # its dialog was closed: it is open with the words
        assert write.kept(desk)
        assert GIVEN_UP in desk.ada.window.notice.text
    else:
        desk.until(lambda: not desk.ada.dialogs())


def sent_again(desk, write, words):
    """Do it once more, now that nothing stands in the way: it is done, and there is one of it."""
    desk.server.refusal = None
    desk.server.done.clear()
    write.send(desk)
    desk.until(lambda: bool(desk.server.done) or desk.server.made[write.makes] == 1)
    desk.until(lambda: not any(one in desk.told for one in words))
    assert desk.server.made[write.makes] == bool(write.makes)
