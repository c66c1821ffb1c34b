"""How values are written for people: durations, moments, names. Registered as Jinja filters."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.numbers import get_currency_precision
from flask import Flask
from flask_babel import format_currency, format_date, format_datetime, format_time
from markupsafe import Markup

from app.core import clock
from app.core.i18n import gettext as _
from app.core.i18n import language, ngettext

HOUR = 60
MEGABYTE = 1024 * 1024
# Lists show the same moments again and again, and writing one in full takes long.
MOST_MOMENTS = 4_096
_CLOSING = Markup("</time>")
_TINTS = 4


def minutes(value: int) -> str:
    """Write a number of minutes as people say it: 25 min, 4 h, 4 h 30."""
    hours, rest = divmod(value, HOUR)
    if not hours:
        return _("%(minutes)d min", minutes=rest)
    if not rest:
        return _("%(hours)d h", hours=hours)
    return _("%(hours)d h %(minutes)02d", hours=hours, minutes=rest)


def file_size(size: int) -> str:
    """Write a number of bytes as people say it: 340 kB, 12 MB, 1.5 GB."""
    if size < MEGABYTE:
        return _("%(number)d kB", number=max(1, round(size / 1024)) if size else 0)
    if size < 1000 * MEGABYTE:
        return _("%(number)d MB", number=round(size / MEGABYTE))
    return _("%(number)s GB", number=f"{size / 1000 / MEGABYTE:.1f}".removesuffix(".0"))


def duration(seconds: int) -> str:
    """Write the length of a film or of sound as players do: 0:45, 12:03, 1:02:03."""
    hours, rest = divmod(seconds, 3600)
    if hours:
        return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
    return f"{rest // 60}:{rest % 60:02d}"


def time_span(seconds: int) -> str:
    """Write a number of seconds as people say it: 45 s, 2 min, 2 min 30 s."""
    whole, rest = divmod(seconds, 60)
    if not whole:
        return _("%(seconds)d s", seconds=rest)
    return f"{minutes(whole)} {_('%(seconds)d s', seconds=rest)}" if rest else minutes(whole)


def time_left(seconds: int) -> str:
    """Write a time that runs out, by its two largest units: 1 d 23 h, 12 min 30 s, 45 s."""
    sizes = (86_400, 3_600, 60, 1)
    units = time_units().split()
    first = next((n for n, size in enumerate(sizes) if seconds >= size), 3)
    shown = []
    for size, unit in list(zip(sizes, units, strict=True))[first : first + 2]:
        number, seconds = divmod(seconds, size)
        shown.append(f"{number} {unit}")
    return " ".join(shown)


def time_units() -> str:
    """Return the units of `time_left`, from the largest, for scripts that count on."""
    return _("d h min s")


def exact(moment: datetime) -> Markup:
    """Write an aware moment in UTC, to the minute; times.js puts it into the reader's zone."""
    return Markup('<time datetime="{}" data-utc>{}</time>').format(
        moment.isoformat(timespec="seconds"),
        format_datetime(moment, "d MMM y, HH:mm 'UTC'", rebase=False),
    )


def ago(moment: datetime | None) -> Markup | str:
    """Write an aware moment relative to now where it is near, exact on hover; a dash for None."""
    if moment is None:
        return "–"
    return _opening(language(), moment) + _near(moment) + _CLOSING


def clock_time(moment: datetime) -> str:
    """Write the time of day of an aware moment, to the second (14:05:09)."""
    return str(format_time(moment, "HH:mm:ss"))


def day(value: date | datetime | None) -> Markup | str:
    """Write a date (12 Jan 2027); a dash for None."""
    if value is None:
        return "–"
    return Markup('<time datetime="{}">{}</time>').format(
        value.isoformat(),
        format_date(value, "d MMM y"),
    )


def short_date(moment: datetime) -> str:
    """Write the day of an aware moment, with its year unless it is this one: 12 Jan."""
    this_year = moment.year == clock.now().year
    return str(format_date(moment, "d MMM" if this_year else "d MMM y"))


def moment(value: datetime) -> str:
    """Write an aware moment out, with the zone that it is in (20 Nov 2026, 17:05 UTC)."""
    return f"{format_datetime(value, 'd MMM y, HH:mm', rebase=False)} {value.tzname()}"


def price(value: int, currency: str) -> str:
    """Write an amount, given in the currency's smallest unit; 0 is free."""
    if not value:
        return _("free")
    digits = get_currency_precision(currency)
    return str(format_currency(Decimal(value).scaleb(-digits), currency))


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name."""
    words = name.split()
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def tint(name: str) -> int:
    """Return which of the avatar's colours a name has, 0 to 3, always the same."""
    return sum(name.encode()) % _TINTS


@lru_cache(maxsize=MOST_MOMENTS)
def _opening(_language: str, moment: datetime) -> Markup:
    return Markup('<time datetime="{}" title="{}">').format(
        moment.isoformat(timespec="seconds"), format_datetime(moment, "long")
    )


def _near(moment: datetime) -> str:
    away = clock.now() - moment
    if away < timedelta(0):
        return _ahead(-away, moment)
    if away < timedelta(seconds=60):
        return _("just now")
    if away < timedelta(hours=1):
        return _("%(n)d min ago", n=away.seconds // 60)
    if away < timedelta(days=1):
        return _("%(n)d h ago", n=away.seconds // 3600)
    if away < timedelta(days=2):
        return _("yesterday")
    if away < timedelta(days=7):
        return ngettext("%(num)d day ago", "%(num)d days ago", away.days)
    return short_date(moment)


def _ahead(away: timedelta, moment: datetime) -> str:
    if away < timedelta(minutes=1):
        return _("in a moment")
    if away < timedelta(hours=1):
        return _("in %(n)d min", n=away.seconds // 60)
    if away < timedelta(days=1):
        return _("in %(n)d h", n=away.seconds // 3600)
    if away < timedelta(days=7):
        return ngettext("in %(num)d day", "in %(num)d days", away.days)
    return short_date(moment)


def init_app(app: Flask) -> None:
    """Give the templates these filters."""
    filters: dict[str, Any] = {
        "minutes": minutes,
        "file_size": file_size,
        "duration": duration,
        "time_span": time_span,
        "ago": ago,
        "exact": exact,
        "time_left": time_left,
        "date": day,
        "moment": moment,
        "price": price,
        "initials": initials,
        "tint": tint,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals["time_units"] = time_units
