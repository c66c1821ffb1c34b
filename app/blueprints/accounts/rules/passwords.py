"""Which passwords are good enough: long, not well known, not made of the person's own name.

Length over character classes, as NIST SP 800-63B and ASVS 6.2 ask.
"""

import re
import unicodedata

from app.core.errors import Text
from app.core.i18n import lazy_gettext as _l

SHORTEST, LONGEST = 12, 200
SHORTEST_NAME = 4

# What is left of well-known passwords when digits and signs around and within them are taken off.
_WORDS = """
    password passwort passw motdepasse contrasena parola passwordpassword mypassword
    yourpassword newpassword letmein letmeinnow letmeinplease welcome welcomehome welcomeback
    willkommen bienvenue admin administrator adminadmin adminpassword root rootroot superuser
    changeme changemenow changethis default defaultpassword secret topsecret mysecret iloveyou
    iloveyousomuch iloveyouforever loveyou sunshine princess football baseball basketball
    superman batman spiderman starwars pokemon dragon monkey shadow master michael jordan qwerty
    qwertyqwerty qwertyuiop qwertyuiopasdf qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm qwertz
    qwertzuiop azerty azertyuiop asdfgh asdfghjkl asdfasdf asdfasdfasdf zxcvbn zxcvbnm zaqxsw
    qazwsx qazwsxedc qazwsxedcrfv abc abcd abcde abcdef abcdefg abcdefgh abcdefghi abcdefghij
    abcdefghijk abcdefghijkl abcdefghijklm abcdefghijklmn abcdefghijklmnopqrstuvwxyz test
    testtest testing testingtesting guest login loginlogin user username computer internet
    student teacher learner instructor school university college course lectern lecternlectern
    correcthorsebatterystaple correcthorse trustno whatever nothing freedom jesus jesuschrist
    liverpool manchester chelsea arsenal barcelona realmadrid summer winter spring autumn
"""
_WELL_KNOWN = frozenset(_WORDS.split())
_ROWS = ("0123456789", "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_LOOKALIKES = str.maketrans("0134579@$!", "oieastgasi")


def problem_with(password: str, *, email: str = "", name: str = "") -> Text | None:
    """Return what is wrong with a new password, or None when it is good."""
    if len(password) < SHORTEST:
        return _l(
            "Use at least %(count)d characters. A few words together work well.", count=SHORTEST
        )
    if len(password) > LONGEST:
        return _l("Use at most %(count)d characters.", count=LONGEST)
    if _is_well_known(password):
        return _l("This password is easy to guess. Try a few unrelated words.")
    if _holds_own_name(password, email, name):
        return _l("Leave your name and e-mail address out of the password.")
    return None


def normalised(password: str) -> str:
    """Return the same letters however a keyboard composed them (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def _is_well_known(password: str) -> bool:
    lowered = password.casefold()
    few_letters = len(set(lowered)) < SHORTEST_NAME
    if few_letters or re.fullmatch(r"(.{1,5})\1+.{0,4}", lowered) or _is_keyboard_row(lowered):
        return True
    # "P4ssw0rd!2024" is "password" with digits around and within it.
    word = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", lowered)
    return bool({_letters(word), _letters(word.translate(_LOOKALIKES))} & _WELL_KNOWN)


def _is_keyboard_row(lowered: str) -> bool:
    return any(lowered in row * 4 or lowered in row[::-1] * 4 for row in _ROWS)


def _holds_own_name(password: str, email: str, name: str) -> bool:
    plain = _letters(password.casefold())
    own = (_letters(part.casefold()) for part in (email.partition("@")[0], name))
    return any(len(part) >= SHORTEST_NAME and part in plain for part in own)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha())
