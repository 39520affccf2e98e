"""Turn places in a text into those of Qt and back: Qt counts a letter beyond U+FFFF as two."""

CODING, LONE = "utf-16-le", "surrogatepass"


def qt_place(text: str, place: int) -> int:
    """Give Qt's number of a place that is counted in letters, as Python and PostHog do."""
    if text.isascii():
        return place
    return len(text[:place].encode(CODING, LONE)) // 2 + max(place - len(text), 0)


def letter_place(text: str, place: int) -> int:
    """Give in letters a place that Qt counts; inside of a letter is before it."""
    if text.isascii():
        return place
    return len(text.encode(CODING, LONE)[: 2 * place].decode(CODING, "ignore"))
