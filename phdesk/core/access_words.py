"""Who may do what with a dashboard, and when it was looked at, as the server tells it (3.1)."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from phdesk.core.ages import JUST_NOW, absolute, relative
from phdesk.models.account import User
from phdesk.models.dashboard import DashboardRow

COLLABORATORS = 37  # the restriction of a dashboard that not everyone may change
LEVELS = {
    "none": "You have no access to this dashboard.",
    "viewer": "You are a viewer: you may look, and change nothing for others.",
    "editor": "You are an editor: you may change it for everyone.",
    "manager": "You are a manager: you may change it for everyone, and who has access.",
}
ROLES = {1: "a member", 8: "an admin", 15: "an owner"}
NOT_TOLD = "This server does not say."
OTHERS_UNTOLD = "PostHog does not list it here: access is given by person and by role."
COUNTS = "Reading it in any program counts, in this one too."
NO_VIEWERS = "PostHog says when a dashboard was viewed, not by whom."


def access_lines(
    row: DashboardRow, user: User | None, organization: str, now: datetime, zone: tzinfo | None
) -> tuple[tuple[str, str], ...]:
    """Say, line by line, what is known; `organization` is the id of the project's."""
    made = " by ".join(part for part in (_when(row.created_at, now, zone), row.created_by) if part)
    viewed = _when(row.last_viewed_at, now, zone)
    opened = _when(row.last_accessed_at, now, zone)
    lines = [
        ("Your access", access(row)),
        ("Your role", role(user, organization) if user is not None else ""),
        ("Who may change it", who(row)),
        ("Made", made or NOT_TOLD),
        ("Last opened", f"{opened}. {COUNTS}" if opened else ""),
        ("Last viewed", f"{viewed}. {NO_VIEWERS}" if viewed else f"{NOT_TOLD} {NO_VIEWERS}"),
        ("Public link", "Anybody with its link can see it." if row.is_shared else "None."),
    ]
    return tuple((name, text) for name, text in lines if text)


def access(row: DashboardRow) -> str:
    """Say what the user may do: by the newer levels, else by the older ones."""
    if row.access_level:
        return LEVELS.get(row.access_level, f"PostHog calls your access “{row.access_level}”.")
    if row.privilege is None and row.restriction is None:
        return NOT_TOLD
    return LEVELS["editor"] if row.editable else LEVELS["viewer"]


def who(row: DashboardRow) -> str:
    """Say who else may change it, where the server tells it.

    Where it knows the newer levels, the older restriction decides nothing (reference 3.1).
    """
    if row.access_level:
        return OTHERS_UNTOLD
    if row.restriction is None:
        return ""
    if row.restriction >= COLLABORATORS:
        return "Only its collaborators."
    return "Everyone who may change things in the project."


def role(user: User, organization: str) -> str:
    """Say the user's role in the organization of the project."""
    levels = dict(user.levels)
    level = levels.get(organization)
    if level is None and not organization and len(levels) == 1:
        (level,) = levels.values()
    if level is None:
        return NOT_TOLD
    named = ROLES.get(level, f"of level {level}")
    return f"You are {named} of the organization."


def joined(parts: Sequence[str]) -> str:
    """Join words as a sentence does: "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _when(at: datetime | None, now: datetime, zone: tzinfo | None) -> str:
    if at is None:
        return ""
    ago = relative(at, now)
    said = f" ({ago} ago)" if ago[:1].isdigit() else f" ({ago})" if ago == JUST_NOW else ""
    return f"{absolute(at, now, zone)}{said}"
