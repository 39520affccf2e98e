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
