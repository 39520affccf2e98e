"""phdesk: an unofficial native desktop app for PostHog dashboards."""

__version__ = "0.1.0"
