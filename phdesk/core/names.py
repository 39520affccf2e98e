"""Names of events, series, breakdown values, properties and insights, as people say them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from phdesk.core.formatting import number
from phdesk.core.jsonvalue import as_dict, as_int, as_list, as_number, as_str, as_text, written
from phdesk.core.question import Question
from phdesk.models.insight import Insight

EVENTS = {
    "$pageview": "Pageview",
    "$pageleave": "Pageleave",
    "$autocapture": "Autocapture",
    "$rageclick": "Rageclick",
    "$dead_click": "Dead click",
    "$screen": "Screen",
    "$identify": "Identify",
    "$set": "Set person properties",
    "$opt_in": "Opt in",
    "$create_alias": "Alias",
    "$merge_dangerously": "Merge",
    "$groupidentify": "Group identify",
    "$feature_flag_called": "Feature flag called",
    "$feature_view": "Feature view",
    "$feature_interaction": "Feature interaction",
    "$feature_enrollment_update": "Feature enrollment",
    "$capture_metrics": "Capture metrics",
    "$performance_event": "Web performance",
    "$web_vitals": "Web vitals",
    "$exception": "Exception",
    "$copy_autocapture": "Clipboard autocapture",
    "$csp_violation": "CSP violation",
    "$ai_generation": "AI generation",
    "$ai_trace": "AI trace",
    "$ai_span": "AI span",
    "$ai_embedding": "AI embedding",
    "$ai_metric": "AI metric",
    "$ai_feedback": "AI feedback",
}
PROPERTIES = {
    "$browser": "Browser",
    "$browser_version": "Browser Version",
    "$os": "OS",
    "$os_version": "OS Version",
    "$lib": "Library",
    "$lib_version": "Library Version",
    "$current_url": "Current URL",
    "$pathname": "Path Name",
    "$host": "Host",
    "$ip": "IP Address",
    "$geoip_country_code": "Country Code",
    "$geoip_country_name": "Country Name",
    "$geoip_city_name": "City Name",
    "$geoip_continent_name": "Continent Name",
    "$referrer": "Referrer URL",
    "$referring_domain": "Referring Domain",
    "$initial_referring_domain": "Initial Referring Domain",
    "$device_type": "Device Type",
    "$session_id": "Session ID",
    **{f"$group_{number}": f"Group {number + 1}" for number in range(5)},
    "utm_source": "UTM Source",
    "utm_medium": "UTM Medium",
    "utm_campaign": "UTM Campaign",
    "utm_content": "UTM Content",
    "utm_term": "UTM Term",
}
KINDS = {
    "TrendsQuery": "Trends",
    "FunnelsQuery": "Funnel",
    "RetentionQuery": "Retention",
    "StickinessQuery": "Stickiness",
    "LifecycleQuery": "Lifecycle",
    "PathsQuery": "Paths",
    "PathsV2Query": "Paths",
    "HogQLQuery": "SQL",
    "EventsQuery": "Events",
    "EventsNode": "Events",
    "ActorsQuery": "Persons",
    "PersonsNode": "Persons",
    "HogQuery": "Hog",
    "SavedInsightNode": "Saved insight",
}
OTHER_TOKEN = "$$_posthog_breakdown_other_$$"  # noqa: S105  not a secret
NULL_TOKEN = "$$_posthog_breakdown_null_$$"  # noqa: S105
OTHER_NUMBER = 9007199254740991
NULL_NUMBER = 9007199254740990
OTHER = "Other (i.e. all remaining values)"
NONE = "None (i.e. no value)"
ANY_GROUP = ("group", "groups")
Groups = Sequence[tuple[int, str, str]]  # types: index, name of one, name of several
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MATHS = {
    "total": "total count",
    "dau": "unique users",
    "weekly_active": "weekly active users",
    "monthly_active": "monthly active users",
    "unique_session": "unique sessions",
    "first_time_for_user": "first time for user",
    "first_matching_event_for_user": "first matching event for user",
    "hogql": "SQL expression",
    "avg": "average",
    "min": "minimum",
    "max": "maximum",
}


def event_name(name: str | None) -> str:
    """Name an event; no name stands for all events."""
    return "All events" if name is None else EVENTS.get(name, name)


def series_name(node: Mapping[str, Any]) -> str:
    """Name a series or an action: its custom name, else its name, else its id."""
    custom = as_text(node.get("custom_name"))
    if custom:
        return custom
    name = as_text(node.get("name")) or as_text(node.get("event"))
    if name:
        return event_name(name)
    parts = [as_dict(part) for part in as_list(node.get("nodes"))]
    if parts:  # several events counted as one
        return " or ".join(_own_name(part) for part in parts)
    identity = as_str(node.get("id"))
    if node.get("kind") == "ActionsNode" or node.get("type") == "actions":
        return f"Action {identity}".strip()
    return event_name(identity or None)


def _own_name(node: Mapping[str, Any]) -> str:
    return series_name({key: value for key, value in node.items() if key != "nodes"})


def group_names(index: object, groups: Groups) -> tuple[str, str]:
    """Name one group of a type and several of them, such as "organization", "organizations"."""
    wanted = as_int(index)
    for number_of_type, one, several in groups:
        if number_of_type == wanted:
            return one or several or ANY_GROUP[0], several or one or ANY_GROUP[1]
    return ANY_GROUP


def math_name(node: Mapping[str, Any], groups: Groups = ()) -> str:
    """Say what is counted, such as "unique users" or "p90 of duration_ms"."""
    math = as_text(node.get("math")) or "total"
    if math == "unique_group":
        return f"unique {group_names(node.get('math_group_type_index'), groups)[1]}"
    if math == "hogql" and as_text(node.get("math_hogql")):
        return as_str(node.get("math_hogql")).split("--")[-1].strip()
    words = _MATHS.get(math, math.replace("_", " "))
    subject = as_text(node.get("math_property"))
    return f"{words} of {property_name(subject)}" if subject else words


def breakdown_name(value: object) -> str:
    """Name a breakdown value; lists are joined by "::", as in PostHog (6.1.4)."""
    if isinstance(value, list):
        return "::".join(_part_name(part) for part in value) or NONE
    if value is None or value == NULL_TOKEN or _is_number(value, NULL_NUMBER):
        return NONE
    if is_other(value):
        return OTHER
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _bin_name(value) or "(empty string)"
    if isinstance(value, float):
        return str(as_number(value))
    return as_str(value) or written(value)


def cohort_name(value: object) -> str:
    """Name a cohort breakdown's value, of which only the number is known."""
    if value in ("all", 0, "0"):
        return "All users"
    return f"Cohort {as_str(value)}" if as_number(value) is not None else breakdown_name(value)


def is_other(value: object) -> bool:
    """Tell whether a breakdown value stands for all that did not make the limit."""
    if isinstance(value, list):
        return bool(value) and all(not isinstance(v, list) and is_other(v) for v in value)
    return value == OTHER_TOKEN or _is_number(value, OTHER_NUMBER)


def is_none(value: object) -> bool:
    """Tell whether a breakdown value stands for "no value"."""
    if isinstance(value, list):
        return all(not isinstance(part, list) and is_none(part) for part in value)
    return value is None or value == NULL_TOKEN or _is_number(value, NULL_NUMBER)


def property_name(key: str) -> str:
    """Name a property; PostHog's own begin with `$`."""
    if key in PROPERTIES:
        return PROPERTIES[key]
    if key.startswith("$") and len(key) > 1:
        words = key.lstrip("$").replace("_", " ").split(" ")
        return " ".join(word[:1].upper() + word[1:] for word in words)
    return key


def kind_label(question: Question) -> str:
    """Name the kind of an insight for people."""
    if question.kind in KINDS:
        return KINDS[question.kind]
    words = _CAMEL.sub(" ", question.kind).split()
    if words[1:] and words[-1] in {"Query", "Node"}:
        words.pop()
    rest = [word if word.isupper() else word.lower() for word in words[1:]]
    return " ".join([*words[:1], *rest]) or "Insight"


def insight_title(insight: Insight, question: Question, groups: Groups = ()) -> str:
    """Title an insight: its name, its derived name, what it asks, or "Untitled insight"."""
    return (
        as_text(insight.name)
        or as_text(insight.derived_name)
        or as_text(insight.pointed.name if insight.pointed else "")
        or _asked(question, groups)
        or "Untitled insight"
    )


def breakdown_keys(question: Question) -> tuple[str, ...]:
    """Name the properties by which an insight is broken down."""
    breakdown = as_dict(question.source.get("breakdownFilter"))
    several = [as_dict(part) for part in as_list(breakdown.get("breakdowns"))]
    if several:
        return tuple(as_str(part.get("property"), "Breakdown") for part in several)
    one = breakdown.get("breakdown")
    if isinstance(one, list):  # cohorts, or several properties of a funnel
        is_cohort = breakdown.get("breakdown_type") == "cohort"
        return ("Cohort",) if is_cohort and one else tuple(as_str(part) for part in one)
    if one is None:
        return ()
    return ("Cohort",) if breakdown.get("breakdown_type") == "cohort" else (as_str(one),)


def _asked(question: Question, groups: Groups) -> str:
    names = [series_name(node) for node in question.series]
    based = f" based on {names[0]}" if names else ""
    match question.kind:
        case "TrendsQuery":
            counted = " & ".join(_counted(node, groups) for node in question.series)
            return _with_breakdown(counted, question, groups)
        case "FunnelsQuery":
            steps = " → ".join(names)
            return _with_breakdown(f"{steps} conversion rate", question, groups) if steps else ""
        case "RetentionQuery":
            pair = [as_dict(question.filter.get(f"{key}Entity")) for key in ("target", "returning")]
            return " → ".join(["Retention", *(series_name(node) for node in pair if node)])
        case "StickinessQuery":
            return f"User stickiness{based}"
        case "LifecycleQuery":
            return f"User lifecycle{based}"
        case "PathsQuery" | "PathsV2Query":
            return "User paths"
        case "HogQLQuery":
            return "SQL query"
        case _:
            return kind_label(question) if question.kind else ""


def _counted(node: Mapping[str, Any], groups: Groups) -> str:
    words = math_name(node, groups)
    return f"{series_name(node)} {'count' if words == 'total count' else words}"


def _with_breakdown(said: str, question: Question, groups: Groups) -> str:
    """Add "by event's Library Version"."""
    breakdown = as_dict(question.source.get("breakdownFilter"))
    several = [as_dict(part) for part in as_list(breakdown.get("breakdowns"))]
    parts = [(as_str(part.get("type")), part.get("group_type_index")) for part in several]
    index = breakdown.get("breakdown_group_type_index")
    parts = parts or [(as_str(breakdown.get("breakdown_type"), "event"), index)]
    keys = breakdown_keys(question)
    owners = [_owner(kind, index, groups) for kind, index in parts]
    owners += [""] * (len(keys) - len(owners))
    by = [f"{owner}{property_name(key)}" for owner, key in zip(owners, keys, strict=False)]
    return f"{said} by {' & '.join(by)}" if said and by else said


def _owner(kind: str, index: object, groups: Groups) -> str:
    """Say whose property it is; a group whose type has no name is left out."""
    if kind == "group":
        one = group_names(index, groups)
        return "" if one is ANY_GROUP else f"{one[0]}'s "
    return f"{kind}'s " if kind in {"event", "person", "session"} else ""


def _bin_name(value: str) -> str:
    """Round the edges of a histogram's bin, such as `[6.28,198.65666666666667]`."""
    edges = [as_number(edge.strip()) for edge in value[1:-1].split(",")]
    is_bin = value.startswith("[") and value.endswith("]") and len(edges) == 2
    if not is_bin or edges[0] is None or edges[1] is None:
        return value
    return f"[{number(edges[0])}, {number(edges[1])}]"


def _part_name(part: object) -> str:
    return written(part) if isinstance(part, list) else breakdown_name(part)


def _is_number(value: object, number: int) -> bool:
    return isinstance(value, str | float | int) and as_number(value) == number
