"""Serve a PostHog-compatible demo: synthetic events, computed answers, ready-made dashboards."""
