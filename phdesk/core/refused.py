"""A change that was refused or not answered: at which field, and whether it may be done anyhow."""

from collections.abc import Mapping

from phdesk.models.failure import Cause, Failure

# After these nobody knows whether what was sent has arrived.
UNSURE = (Cause.NETWORK, Cause.SERVER, Cause.UNREADABLE, Cause.NOT_POSTHOG)
MAYBE = "PostHog may have done it all the same: look before you do it again."
TURNED_UP = (
    "PostHog has made the one from before after all: “{}”. Its answer was lost. Nothing was sent "
    "now; another try makes one more."
)
LOOKING = "The answer was lost. Looking whether PostHog has made it…"
FOUND = "The answer was lost, but it is there."
NOT_MADE = "phdesk looked: PostHog has not made it."
MAYBE_MADE = "PostHog may have made it all the same; another try looks first."


def is_unsure(failure: Failure) -> bool:
    """Tell whether what was to be changed may be changed, though the answer does not say so."""
    return failure.cause in UNSURE and not failure.unsent


def doubted(words: str, failure: Failure, doubt: str = MAYBE) -> str:
    """Say why something was not done; where nobody knows whether it was, say that, too.

    Where it was looked for, what came of that is said in the place of the doubt.
    """
    if not is_unsure(failure):
        return words
    end = "" if words.endswith((".", "!", "?", "…")) else "."
    return f"{words}{end} {NOT_MADE if failure.looked else doubt}"


def at_fields(failure: Failure, places: Mapping[str, str], whole: str = "") -> dict[str, str]:
    """Say at which fields a server refused what was entered; under an empty name it is the whole.

    `places` are the fields by what a server calls them; what lies inside one, as in `tags__0`, is
    said at it. `whole` is said in the place of the failure's own words.
    """
    place = places.get(failure.field.partition("__")[0], "") if failure.field else ""
    return {place: field_words(failure)} if place else {"": whole or failure.message}


def field_words(failure: Failure) -> str:
    """Give the server's words for a field that has its name beside it."""
    said = failure.message.partition(f"{failure.field.replace('__', '.')}: ")[2]
    return said or failure.message
