import pytest

from phdesk.models.failure import Cause, Failure
from phdesk.services.failures import advice, waiting


@pytest.mark.parametrize("cause", Cause, ids=lambda cause: cause.value)
def test_each_cause_has_a_way_out(cause):
    said = advice(Failure(cause=cause, message="It failed."))
    assert said.what == "It failed."
    assert said.remedy.endswith(".")


def test_a_missing_scope_is_named():
    failure = Failure(cause=Cause.MISSING_SCOPE, message="x", scope="insight:read")
    assert "insight:read" in advice(failure).remedy


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (42, "42 seconds"), (119.5, "2 minutes"), (3600, "60 minutes")],
)
def test_a_wait_is_said_in_words(seconds, words):
    failure = Failure(cause=Cause.RATE_LIMITED, message="x", retry_after=seconds)
    assert advice(failure).remedy == f"Try again in {words}."
    assert waiting(seconds) == words
