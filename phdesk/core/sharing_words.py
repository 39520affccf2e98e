"""Sharing in words: how it stands, which options there are, and why not."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from msgspec import Raw

from phdesk.core.ages import DIFFER, JUST_NOW, absolute, relative
from phdesk.core.jsonvalue import as_dict, parse
from phdesk.models.failure import Cause, Failure
from phdesk.models.sharing import Sharing

DARK = "theme"  # the one option with a value
OF_DASHBOARDS = (
    ("noHeader", "Without name and description"),
    ("hideExtraDetails", "Without details of the tiles"),
    (DARK, "Dark"),
    ("whitelabel", "Without PostHog's logo, where the plan allows it"),
)
OF_INSIGHTS = (
    ("noHeader", "Without name and description"),
    ("legend", "With a legend"),
    ("detailed", "With the table below"),
    (DARK, "Dark"),
    ("whitelabel", "Without PostHog's logo, where the plan allows it"),
)
ONLY_KEPT = ("hideExtraDetails",)  # by the server, never in an address
FORBIDDING = "The organization may forbid sharing, or your access may not reach so far."


def link_words(held: Sharing, token: str) -> str:
    """Say which link something has that is shared again; `token` is that of the link before."""
    return "the same link" if held.token == token else "another link than before"


def options_for(noun: str, *, by_address: bool) -> tuple[tuple[str, str], ...]:
    """List the options of a shared page, with words for each."""
    known = OF_DASHBOARDS if noun == "dashboards" else OF_INSIGHTS
    return tuple(one for one in known if not (by_address and one[0] in ONLY_KEPT))


def chosen(sharing: Sharing) -> frozenset[str]:
    """Give the options that the server keeps as chosen."""
    kept = as_dict(parse(sharing.settings))
    return frozenset(key for key, value in kept.items() if value and value != "light")


def with_option(settings: Raw, key: str, *, on: bool) -> dict[str, object]:
    """Change one option; what is not known here stays as it was."""
    kept = as_dict(parse(settings))
    if key == DARK:
        rest = {name: value for name, value in kept.items() if name != DARK}
        return {**rest, DARK: "dark"} if on else rest
    return {**kept, key: on}


def in_address(keys: Sequence[str] | frozenset[str]) -> Mapping[str, str]:
    """Write options as an address has them, in their usual order."""
    order = [key for key, _ in (*OF_DASHBOARDS, *OF_INSIGHTS)]
    wanted = sorted(keys, key=lambda key: order.index(key) if key in order else len(order))
    return {key: "dark" if key == DARK else "" for key in wanted}


def since(when: datetime | None, now: datetime, zone: tzinfo | None = None) -> str:
    """Say since when something is shared: "5 Jan 2026, 330 days"."""
    if when is None:
        return "Not known"
    ago = relative(when, now)
    return absolute(when, now, zone) + ("" if ago in (JUST_NOW, DIFFER) else f", {ago}")


def state_words(sharing: Sharing, now: datetime, zone: tzinfo | None = None) -> str:
    """Say in a sentence how something is shared."""
    if not sharing.enabled:
        return "Not shared: only members of the project see it in PostHog."
    if not sharing.is_live:
        return "PostHog says it is shared, but gave no link that leads anywhere."
    if sharing.password_required:
        text = "Shared with everybody who has the link and a password"
    else:
        text = "Shared with everybody who has the link, without an account"
    first = sharing.created_at
    return f"{text}. First shared {absolute(first, now, zone)}." if first is not None else text


def refusal_words(failure: Failure) -> str:
    """Say why sharing cannot be seen or changed, and what helps."""
    if failure.cause is Cause.MISSING_SCOPE:
        scope = failure.scope or "sharing_configuration:read"
        return (
            f"The key lacks the scope {scope}. Add it to the key in PostHog, under Settings, "
            "Personal API keys; then try again."
        )
    if failure.cause is Cause.FORBIDDEN:
        return f"{failure.message} {FORBIDDING}"
    if failure.cause is Cause.PLAN:
        return "The plan of this PostHog does not include this way of sharing."
    if failure.cause is Cause.NOT_FOUND:
        return "PostHog does not find it, or its version does not know this."
    return failure.message
