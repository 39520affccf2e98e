"""Put what servers say of errors into words that fit on a line."""

LONGEST_DETAIL = 300


def one_line(text: str, limit: int = LONGEST_DETAIL) -> str:
    """Put text on one line and cut it, leaving out addresses of documentation."""
    kept = [line.strip() for line in text.splitlines() if "https://errors." not in line]
    flat = " ".join(" ".join(kept).split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def sentence(detail: str) -> str:
    """Put a server's words on one line that ends as a sentence does."""
    line = one_line(detail)
    return line if line.endswith((".", "…", "?", "!")) else f"{line}."


def duration(seconds: float) -> str:
    """Say a waiting time in words."""
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes"
