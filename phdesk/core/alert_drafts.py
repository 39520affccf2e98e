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
