"""A window in which insights are built, before a small PostHog."""

import pytest

from tests.views.desk.insights.with_insights import DeskWithInsights


@pytest.fixture
def desk(ada, server):
    return DeskWithInsights(ada, server)


@pytest.fixture
def disk(desk, parts):
    """Give the window a disk to keep things on."""
    desk.ada.desk.cache, desk.ada.desk.worker = parts.cache, parts.background
    return parts
