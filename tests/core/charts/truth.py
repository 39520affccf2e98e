"""An independent reader of what a tile says: every number in its words, and where it is from."""

import re

import msgspec

_NUMBER = re.compile(r"(?<![\w.-])[+-]?\d+(?:,\d{3})*(?:\.\d+)?")
_TIME = re.compile(r"(?:\b\d+(?:\.\d+)?(?:ms|[dhms])\b ?)+")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def plain(value):
    """Write a number as people do, by rules of its own: grouped, at most two decimals."""
    if value is None:
        return "–"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def strings(value):
    """Collect all words of a body, apart from colours."""
    if isinstance(value, dict):
        found = (strings(part) for key, part in value.items() if key not in {"color", "x_starts"})
        return [one for part in found for one in part]
    if isinstance(value, list | tuple):
        return [one for part in value for one in strings(part)]
    return [value] if isinstance(value, str) else []


def words_of(view):
    """Collect all words of a tile: sentence, body, cells of the table."""
    cells = [text for row in view.table.texts for text in row]
    titles = [column.title for column in view.table.columns]
    return [
        view.summary,
        view.table.note,
        *strings(msgspec.to_builtins(view.body)),
        *cells,
        *titles,
    ]


class Truth:
    """The numbers that may be said: those sent, and those that follow by a rule."""

    def __init__(self, sent, derived=()):
        self.numbers = {float(value) for value in (*_numbers(sent), *derived)}
        self.numbers |= {abs(value) for value in self.numbers}
        # How many of something there are, and which one it is: series, rows, steps, buckets.
        self.counts = range(_longest(sent) + 2)
        self.words = {float(word.replace(",", "")) for text in _texts(sent)
                      for word in re.findall(r"\d+", text)}  # fmt: skip

    def has(self, value, step):
        """Tell whether a number is one of ours, rounded to steps of so much."""
        near = step * 0.5 + 1e-9
        return any(abs(value - one) <= near + abs(one) * 1e-9 for one in self.numbers)

    def check(self, texts):
        """Fail for the first number that was not sent and does not follow."""
        for text in texts:
            rest = _TIME.sub(self._take_time, text)
            for found in _NUMBER.findall(rest):
                value = float(found.replace(",", ""))
                decimals = len(found.partition(".")[2])
                is_known = self.has(value, 10.0**-decimals) or abs(value) in self.words
                assert is_known or value in self.counts, (text, found)

    def _take_time(self, match):
        parts = re.findall(r"(\d+(?:\.\d+)?)(ms|[dhms])", match[0])
        seconds = sum(float(number) * _UNITS[unit] for number, unit in parts)
        # Days are followed by hours alone, so what is smaller is cut off.
        step = 7200.0 if parts[0][1] == "d" else 2.0 * _UNITS[parts[-1][1]]
        assert self.has(seconds, step), match[0]
        return " "


def _longest(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return max([len(value), *map(_longest, value)])
    return 0


def _numbers(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [number for part in value for number in _numbers(part)]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return [value] if is_number else []


def _texts(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []
