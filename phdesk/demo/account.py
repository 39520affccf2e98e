"""Describe the demo's user, organization and project as PostHog does."""

from datetime import datetime
from typing import Any

from phdesk.demo.filters import TEST_ACCOUNTS
from phdesk.demo.ranges import iso

JSON = dict[str, Any]
DEMO_KEY = "phx_demo_lumen_lane"
PROJECT_ID = 1
ORGANIZATION = "Lumen Lane (demo)"
PROJECT = "Lumen Lane (demo data)"
_ORGANIZATION_ID = "01990000-0000-7000-8000-0000000000a1"
_TEAM_ID = "01990000-0000-7000-8000-0000000000a2"
_USER_ID = "01990000-0000-7000-8000-0000000000a3"

USER: JSON = {
    "id": 1,
    "uuid": _USER_ID,
    "distinct_id": "demo-user",
    "first_name": "Ada",
    "last_name": "",
    "email": "ada@example.org",
    "is_email_verified": True,
    "hedgehog_config": None,
}


def me(created: datetime) -> JSON:
    """Describe the person whom the demo key belongs to."""
    return USER | {
        "date_joined": iso(created),
        "pending_email": None,
        "notification_settings": {"plugin_disabled": True},
        "anonymize_data": False,
        "toolbar_mode": "toolbar",
        "has_password": True,
        "is_staff": False,
        "is_impersonated": False,
        "is_impersonated_until": None,
        "sensitive_session_expires_at": None,
        "team": team(),
        "organization": organization(created),
        "organizations": [_organization_basic()],
        "events_column_config": {"active": "DEFAULT"},
        "is_2fa_enabled": False,
        "has_social_auth": False,
        "has_seen_product_intro_for": None,
        "scene_personalisation": [],
        "theme_mode": None,
    }


def organization(created: datetime) -> JSON:
    """Describe the one organization."""
    return _organization_basic() | {
        "created_at": iso(created),
        "updated_at": iso(created),
        "plugins_access_level": 0,
        "teams": [team()],
        "projects": [
            {"id": PROJECT_ID, "organization_id": _ORGANIZATION_ID, "name": PROJECT},
        ],
        "available_product_features": [],
        "is_member_join_email_enabled": True,
        "metadata": {"instance_tag": "demo"},
        "customer_id": None,
        "enforce_2fa": None,
        "member_count": 1,
    }


def team() -> JSON:
    """Describe the project as it stands in a user's or organization's list."""
    return {"project_id": PROJECT_ID} | project_row()


def project_row() -> JSON:
    """Describe the project as it stands in the list of projects."""
    return {
        "id": PROJECT_ID,
        "uuid": _TEAM_ID,
        "organization": _ORGANIZATION_ID,
        "api_token": "phc_demo",
        "name": PROJECT,
        "completed_snippet_onboarding": True,
        "has_completed_onboarding_for": None,
        "ingested_event": True,
        "is_demo": True,
        "timezone": "UTC",
        "access_control": False,
    }


def project(created: datetime) -> JSON:
    """Describe the project in full; what the demo has no use for is null."""
    return (
        project_row()
        | dict.fromkeys(_UNUSED)
        | {
            "created_at": iso(created),
            "updated_at": iso(created),
            "effective_membership_level": 15,
            "has_group_types": False,
            "live_events_token": None,
            "app_urls": ["https://app.lumenlane.example"],
            "anonymize_ips": False,
            "test_account_filters": [TEST_ACCOUNTS],
            "path_cleaning_filters": [],
            "data_attributes": ["data-attr"],
            "correlation_config": {},
            "session_recording_opt_in": False,
            "primary_dashboard": 1,
            "person_on_events_querying_enabled": False,
            "default_modifiers": {},
        }
    )


def preflight() -> JSON:
    """Say what kind of server this is, before anyone signs in."""
    return {
        "django": True,
        "initiated": True,
        "cloud": False,
        "demo": True,
        "realm": "demo",
        "region": None,
        "available_timezones": {"UTC": 0.0},
    }


def _organization_basic() -> JSON:
    return {
        "id": _ORGANIZATION_ID,
        "name": ORGANIZATION,
        "slug": "lumen-lane-demo",
        "logo_media_id": None,
        "membership_level": 15,
    }


_UNUSED = (
    "slack_incoming_webhook",
    "test_account_filters_default_checked",
    "person_display_name_properties",
    "autocapture_opt_out",
    "autocapture_exceptions_opt_in",
    "autocapture_web_vitals_opt_in",
    "autocapture_web_vitals_allowed_metrics",
    "autocapture_exceptions_errors_to_ignore",
    "capture_console_log_opt_in",
    "capture_performance_opt_in",
    "session_recording_sample_rate",
    "session_recording_minimum_duration_milliseconds",
    "session_recording_linked_flag",
    "session_recording_network_payload_capture_config",
    "session_replay_config",
    "week_start_day",
    "live_events_columns",
    "modifiers",
    "recording_domains",
    "inject_web_apps",
    "extra_settings",
    "surveys_opt_in",
    "heatmaps_opt_in",
)
