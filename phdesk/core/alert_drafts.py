"""Take an alert of PostHog as the beginning of an edit."""

from phdesk.models.alert import NULL, Alert, AlertDraft


def draft_of(alert: Alert, insight_id: int) -> AlertDraft:
    """Say all of an alert that can be written again, so that an edit changes nothing else."""
    return AlertDraft(
        name=alert.name,
        insight_id=insight_id,
        users=alert.users,
        condition=alert.condition,
        lower=alert.lower,
        upper=alert.upper,
        percentage=alert.percentage,
        config=NULL if alert.of_2024 else alert.config,
        series=alert.series or 0,
        unfinished=alert.unfinished,
        detector_config=alert.detector_config,
        interval=alert.interval,
        enabled=alert.enabled,
        skip_weekend=alert.skip_weekend,
        blocked=alert.blocked,
    )


def is_made_of(draft: AlertDraft, alert: Alert) -> bool:
    """Tell whether an alert is what a draft asked for: of its name, insight and rule."""
    rule = (alert.condition, alert.lower, alert.upper, alert.percentage)
    return (
        alert.name.strip() == draft.name.strip()
        and alert.insight_id in (None, draft.insight_id)  # where the list does not say of which
        and rule == (draft.condition, draft.lower, draft.upper, draft.percentage)
    )
