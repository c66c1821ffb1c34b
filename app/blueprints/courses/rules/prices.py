"""Prices: whole numbers of a currency's smallest unit, written and read as people do."""

import re

# ISO 4217: how many digits stand behind the point.
DIGITS = {"EUR": 2, "USD": 2, "GBP": 2, "CHF": 2, "SEK": 2, "NOK": 2, "DKK": 2, "JPY": 0}
HIGHEST = 100_000_000
_NUMBER = re.compile(r"(\d{1,9})(?:[.,](\d{1,3}))?")


class NoPrice(ValueError):
    """What was typed is no amount in this currency."""


def parse_price(typed: str, currency: str) -> int:
    """Return what "12", "12.5" or "12,50" is in the smallest unit; nothing is free.

    Raises `NoPrice`.
    """
    typed = typed.strip()
    if not typed:
        return 0
    digits, found = DIGITS[currency], _NUMBER.fullmatch(typed)
    if found is None or len(found[2] or "") > digits:
        raise NoPrice
    price = int(found[1] + (found[2] or "").ljust(digits, "0"))
    if price > HIGHEST:
        raise NoPrice
    return price


def write_price(price: int, currency: str) -> str:
    """Return a price as it is typed: 1250 cents are "12.50"; an empty text for free."""
    digits = DIGITS[currency]
    if not price:
        return ""
    return f"{price // 10**digits}.{price % 10**digits:0{digits}}" if digits else str(price)
