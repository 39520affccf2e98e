"""Changes that were refused: where that is said, and when nobody knows what came of them."""

import pytest

from phdesk.core.refused import MAYBE, at_fields, doubted, is_unsure
from phdesk.models.failure import Cause, Failure

PLACES = {"name": "name", "tags": "tags"}


def refused(field, said="Too long."):
    named = f"{field.replace('__', '.')}: {said}" if field else said
    message = f"PostHog refused the request: {named}"
    return Failure(cause=Cause.INVALID, message=message, detail=named, field=field)


@pytest.mark.parametrize(
    ("field", "place", "said"),
    [
        ("name", "name", "Too long."),
        ("tags__0", "tags", "Too long."),
        ("owner", "", "PostHog refused the request: owner: Too long."),
        ("owner__name", "", "PostHog refused the request: owner.name: Too long."),
        ("", "", "PostHog refused the request: Too long."),
    ],
)
def test_a_refusal_is_said_at_its_field_or_names_what_no_field_is_for(field, place, said):
    assert at_fields(refused(field), PLACES) == {place: said}


def test_at_a_field_stands_a_whole_sentence_even_where_the_server_gave_no_reason():
    failure = Failure(cause=Cause.INVALID, message="The request is too large.", field="name")
    assert at_fields(failure, PLACES) == {"name": "The request is too large."}


def test_the_whole_may_be_said_in_better_words():
    failure = Failure(cause=Cause.PLAN, message="This needs a paid plan of PostHog.")
    assert at_fields(failure, PLACES, "No plan.") == {"": "No plan."}


@pytest.mark.parametrize("cause", list(Cause))
def test_only_what_may_have_arrived_is_doubted(cause):
    unsure = cause in (Cause.NETWORK, Cause.SERVER, Cause.UNREADABLE, Cause.NOT_POSTHOG)
    failure = Failure(cause=cause, message="Why")
    assert is_unsure(failure) is unsure
    assert doubted("Why", failure) == (f"Why. {MAYBE}" if unsure else "Why")
    assert not is_unsure(Failure(cause=cause, message="Why", unsent=True))
