"""Rules about a project's insights, wherever they are."""

from collections.abc import Iterator

from msgspec import structs

from phdesk.core.health.finding import Finding, Fix, ProjectFacts, Said, Unjudged
from phdesk.core.health.sameness import shown_by
from phdesk.core.names import insight_title
from phdesk.core.pointing import pointed_id
from phdesk.core.question import read_question
from phdesk.models.insight import SavedInsight

MOST_NAMED = 4
DELETE = Fix("delete-insight", "Delete the insight…")
LINKS = "PostHog does not list single insights that are shared"


def orphans(around: ProjectFacts) -> Iterator[Said]:
    """Find insights that no dashboard shows."""
    free = unused(around)
    for one in around.insights or ():
        if not one.told:
            why = "this server does not tell on which dashboards an insight is"
            yield Unjudged(rule="orphan", why=why)
        elif not one.dashboards:
            reason = "It is on no dashboard."
            yield _found(one, free, rule="orphan", reason=reason)


def same_insights(around: ProjectFacts) -> Iterator[Said]:
    """Find insights that are saved more than once; named is one that nothing uses, if any."""
    free = unused(around)
    groups: dict[str, list[SavedInsight]] = {}
    for one in around.insights or ():
        key = shown_by(one.insight)
        if key:
            groups.setdefault(key, []).append(one)
    for group in groups.values():
        if len(group) > 1:
            spare = [one for one in group if one.insight.id in free]
            named = spare[-1] if spare else group[0]
            others = [f"“{_title(one)}”" for one in group if one is not named]
            more = len(others) - MOST_NAMED
            listed = ", ".join(others[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
            reason = (
                f"{listed} {'asks and shows' if len(others) == 1 else 'ask and show'} the same."
            )
            yield _found(named, free, rule="same-insight", reason=reason)


def unused(around: ProjectFacts) -> frozenset[int]:
    """Give the numbers of insights that no dashboard shows and nothing that is known points to."""
    every = around.insights or ()
    pointed = around.pointed | {pointed_id(one.insight) for one in every}
    return frozenset(
        one.insight.id
        for one in every
        if one.told
        and not one.dashboards
        and one.insight.id
        and one.insight.short_id not in pointed
    )


def project_rules(around: ProjectFacts) -> Iterator[Said]:
    """Ask all rules about the project."""
    if around.insights is None:
        for rule in ("orphan", "same-insight"):
            yield Unjudged(rule=rule, why=around.no_insights)
    yield from orphans(around)
    yield from same_insights(around)
    yield Unjudged(rule="old-share", why=LINKS)


def _found(one: SavedInsight, free: frozenset[int], *, rule: str, reason: str) -> Finding:
    """Make a finding of an insight, which can be deleted where nothing uses it."""
    made = Finding(
        rule=rule,
        severity="hint",
        reason=reason,
        title=_title(one),
        short_id=one.insight.short_id,
    )
    number = one.insight.id
    return structs.replace(made, insight=number, fix=DELETE) if number in free else made


def _title(one: SavedInsight) -> str:
    return insight_title(one.insight, read_question(one.insight))
