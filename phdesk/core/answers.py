"""Tell answers from what only looks like one (reference 4.2 and 6.1.9)."""

from phdesk.models.insight import NULL, Insight

EMPTY_RESULTS = (b"", b"[]", b"{}", b'""', b"null")


def is_good(insight: Insight) -> bool:
    """Tell an answer from no answer, and from an error dressed as an empty answer."""
    if insight.result == NULL:
        return False
    status = insight.status
    failed = insight.error is not None or (status is not None and status.error)
    return not (failed and bytes(insight.result).strip() in EMPTY_RESULTS)


def why_failed(insight: Insight) -> str | None:
    """Give what the server said of a calculation that failed; None where none did."""
    status = insight.status
    if insight.error:
        return insight.error
    if status is None or not status.error:
        return None
    return status.error_message or status.error_code or "PostHog did not say why."
