"""Tell amounts of money in texts, by their sign, their currency or what they are called."""

import re

from phdesk.core.currencies import SIGNS
from phdesk.core.formatting import BLOCK, Format

CODES = (
    *SIGNS, "CHF", "CZK", "DKK", "HUF", "NOK", "PLN", "RON", "RUB", "SEK", "SGD", "THB", "TRY",
    "UAH", "ZAR", "AED", "SAR", "CLP", "COP", "ARS", "IDR", "MYR", "BTC", "ETH",
)  # fmt: skip
_SIGN = "[$€£¥₹₩₪₫₱₽₺₴฿₦₿]"
_CODE = rf"(?:{'|'.join(CODES)}|Fr\.|kr|zł|Kč)"
_NUMBER = r"[-+−]?\d(?:[\d.,'’\u00a0\u202f ]*\d)?"
_SHORT = r"\s?(?:[kKmMbBT]|mn|bn|million|billion)?(?![A-Za-z])"
_MONEY = re.compile(
    rf"[-+−]?(?:[A-Z]{{1,3}})?{_SIGN}\s?{_NUMBER}{_SHORT}|{_NUMBER}{_SHORT}\s?{_SIGN}"
    rf"|(?<![A-Za-z]){_CODE}\s?{_NUMBER}{_SHORT}|{_NUMBER}{_SHORT}\s?{_CODE}(?![A-Za-z])"
)
_UNIT = r"(?:%|(?:[kKMBTPEZY]|ms|µs|ns|[smhd])(?![A-Za-z]))"
_FIGURE = re.compile(rf"(?:[A-Z]{{1,3}})?{_SIGN}?\s?{_NUMBER}(?:\s?{_UNIT})?")
_CALLED = re.compile(
    r"(?:^|[^a-z])(?:revenue|mrr|arr|ltv|clv|gmv|aov|arpu|arpa|amount|price|cost|spend|spent"
    r"|income|profit|margin|sales|salary|salaries|earning|turnover|payout|invoice|refund"
    r"|usd|eur|gbp|money)s?(?![a-z])",
    re.IGNORECASE,
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_DIGIT = re.compile(r"\d")
_IN_TEXT = re.compile(rf"{_SIGN}|{_CODE}")
_IN_FORMAT = re.compile(rf"{_SIGN}|(?<![A-Za-z]){_CODE}(?![A-Za-z])")


def is_of_money(how: Format) -> bool:
    """Tell a format of money, by its style or by what it writes around numbers."""
    return how.style == "currency" or bool(_IN_FORMAT.search(f"{how.prefix} {how.postfix}"))


def has_sign(text: str) -> bool:
    """Tell a text with the sign or code of a currency, without which no text holds an amount."""
    return bool(_IN_TEXT.search(text))


def has_money(text: str) -> bool:
    """Tell a text that holds an amount of money, or is called like one."""
    return bool((has_sign(text) and _MONEY.search(text)) or _CALLED.search(_HUMP.sub("_", text)))


def without_money(text: str) -> str:
    """Hide the amounts of money in a text."""
    return _MONEY.sub(BLOCK, text) if has_sign(text) else text


def without_figures(text: str) -> str:
    """Hide all figures in a text, with the signs and units that belong to them."""
    return _FIGURE.sub(BLOCK, without_money(text)) if _DIGIT.search(text) else text
