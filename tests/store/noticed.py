"""Notices for tests of alerts."""

from datetime import UTC, datetime, timedelta

from phdesk.models.notice import Notice

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def later(minutes):
    return NOW + timedelta(minutes=minutes)


def notice(name="n1", subject="signups", **others):
    defaults = {
        "source": "watch",
        "account": "a",
        "project": 1,
        "dashboard": 7,
        "tile": 70,
        "title": "Signups low",
        "project_name": "Acme",
        "dashboard_name": "Growth",
        "body": "7 signups, below 10",
        "kind": "fired",
        "loud": True,
        "at": NOW,
        "value": 7.0,
        "threshold": 10.0,
    }
    return Notice(id=name, subject=subject, **{**defaults, **others})
