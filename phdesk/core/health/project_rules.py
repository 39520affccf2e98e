"""Rules about a project's insights, wherever they are."""

from collections.abc import Iterator

from phdesk.core.health.finding import Finding, ProjectFacts, Said, Unjudged
from phdesk.core.jsonvalue import written
from phdesk.core.names import insight_title
from phdesk.core.question import asked_by, read_question
from phdesk.models.insight import SavedInsight

MOST_NAMED = 4
LINKS = "PostHog does not list single insights that are shared"


def orphans(around: ProjectFacts) -> Iterator[Said]:
    """Find insights that no dashboard shows."""
    for one in around.insights or ():
        if not one.told:
            why = "this server does not tell on which dashboards an insight is"
            yield Unjudged(rule="orphan", why=why)
        elif not one.dashboards:
            yield Finding(
                rule="orphan",
                severity="hint",
                reason="It is on no dashboard.",
                title=_title(one),
                short_id=one.insight.short_id,
            )


def same_insights(around: ProjectFacts) -> Iterator[Said]:
    """Find insights that are saved more than once."""
    groups: dict[str, list[SavedInsight]] = {}
    for one in around.insights or ():
        asked = asked_by(one.insight)
        if asked:
            groups.setdefault(written(asked), []).append(one)
    for group in groups.values():
        if len(group) > 1:
            others = [f"“{_title(one)}”" for one in group[1:]]
            more = len(others) - MOST_NAMED
            named = ", ".join(others[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
            yield Finding(
                rule="same-insight",
                severity="hint",
                reason=f"{named} {'asks' if len(others) == 1 else 'ask'} the same.",
                title=_title(group[0]),
                short_id=group[0].insight.short_id,
            )


def project_rules(around: ProjectFacts) -> Iterator[Said]:
    """Ask all rules about the project."""
    if around.insights is None:
        for rule in ("orphan", "same-insight"):
            yield Unjudged(rule=rule, why=around.no_insights)
    yield from orphans(around)
    yield from same_insights(around)
    yield Unjudged(rule="old-share", why=LINKS)


def _title(one: SavedInsight) -> str:
    return insight_title(one.insight, read_question(one.insight))
