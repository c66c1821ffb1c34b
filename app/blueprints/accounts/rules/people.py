"""How names and addresses are written, and who may lose which role."""

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

LONGEST_NAME = 120
LONGEST_EMAIL = 254


def clean_email(typed: str) -> str | None:
    """Return the address as we keep it, or None when it cannot be one."""
    if len(typed) > LONGEST_EMAIL:
        return None
    try:
        return folded(validate_email(typed.strip(), check_deliverability=False).normalized)
    except EmailNotValidError:
        return None


def folded(email: str) -> str:
    """Return the one spelling of an address, whatever its case and however it was composed.

    Here and not in the database: SQLite's lower() knows ASCII only.
    """
    return unicodedata.normalize("NFC", email.strip()).lower()


def clean_name(typed: str) -> str:
    """Return the name on one line, without what cannot be seen."""
    visible = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", typed))
    return re.sub(r"\s+", " ", visible).strip()


def problem_with_name(name: str) -> Text | None:
    """Return what is wrong with a cleaned name, or None."""
    if not name:
        return _l("Tell us what to call you.")
    if len(name) > LONGEST_NAME:
        return _l("Use at most %(count)d characters.", count=LONGEST_NAME)
    return None
