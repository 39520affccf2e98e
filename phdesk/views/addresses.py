"""Addresses of PostHog's web app, and which links of the data may be opened."""

from urllib.parse import urlsplit

WEB = {"http", "https"}


def dashboard_address(host: str, project: int, dashboard: int) -> str:
    """Give the web page of a dashboard."""
    return f"{host}/project/{project}/dashboard/{dashboard}"


def insight_address(host: str, project: int, short_id: str) -> str:
    """Give the web page of an insight."""
    return f"{host}/project/{project}/insights/{short_id}"


def key_page(host: str) -> str:
    """Give the page on which a personal API key is made."""
    return f"{host}/settings/user-api-keys?preset=analytics"


def safe_address(link: str, host: str) -> str:
    """Give the address to open for a link of a card: http(s) only, else empty.

    A link that starts with one slash belongs to the host.
    """
    link = link.strip()
    if link.startswith("/") and not link.startswith("//") and host:
        return f"{host}{link}"
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return link if parts.scheme.lower() in WEB and parts.hostname else ""
