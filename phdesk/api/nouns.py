"""Name what a JSON object of PostHog is, to say what a file holds instead of a dashboard."""

from collections.abc import Collection

# One key that only this kind of object has, its name and its plural.
_MARKS = (
    ("threshold", "an alert", "alerts"),
    ("is_static", "a cohort", "cohorts"),
    ("date_marker", "an annotation", "annotations"),
    ("target_type", "a subscription", "subscriptions"),
    ("export_format", "an export", "exports"),
    ("code_name", "a variable", "variables"),
    ("membership_level", "an organization", "organizations"),
    ("app_urls", "a project", "projects"),
    ("api_token", "a project", "projects"),
    ("distinct_ids", "a person", "persons"),
    ("is_numerical", "a property definition", "property definitions"),
    ("last_seen_at", "an event definition", "event definitions"),
    ("group_type", "a group type", "group types"),
    ("activity", "an entry of an activity log", "entries of an activity log"),
    ("access_token", "sharing settings", "sharing settings"),
    ("scopes", "a personal API key", "personal API keys"),
    ("rollout_percentage", "a feature flag", "feature flags"),
    ("kind", "a query without a result", "queries without results"),
    ("email", "a user", "users"),
    ("user", "a collaborator", "collaborators"),
)


def noun(keys: Collection[str]) -> str:
    """Name an object, with its article."""
    found = next((single for key, single, _ in _MARKS if key in keys), None)
    return found or (_with_keys("an object", keys) if keys else "an empty object")


def list_noun(keys: Collection[str]) -> str:
    """Name a list by its first object."""
    found = next((plural for key, _, plural in _MARKS if key in keys), None)
    return f"a list of {found}" if found else "a list of something else"


def _with_keys(what: str, keys: Collection[str]) -> str:
    """Add the first keys, which tell a person more than nothing."""
    shown = ", ".join(key[:30] for key in list(keys)[:4])
    return f"{what} with {shown}"
