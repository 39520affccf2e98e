"""Where the shared truth about PostHog lies: beside the repository, when it is there."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "posthog"
RECORDINGS = SHARED / "recordings"
FIXTURES = SHARED / "fixtures"

if os.environ.get("CI") == "true" and not SHARED.is_dir():
    raise RuntimeError("CI runs need the folder ../shared/posthog beside the repository")

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="needs the folder ../shared/posthog beside the repository"
)
