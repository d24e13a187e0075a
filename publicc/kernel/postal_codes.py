"""Canadian postal codes: their form, and nothing about where they are (that is the directory's).

Letters D F I O Q U never occur, W and Z never come first; `H0H 0H0` is Santa Claus's and stands for "unknown".
"""

import re
from typing import Final

_FIRST: Final = "ABCEGHJKLMNPRSTVXY"
_OTHER: Final = "ABCEGHJKLMNPRSTVWXYZ"
PATTERN: Final = f"[{_FIRST}][0-9][{_OTHER}][0-9][{_OTHER}][0-9]"
"""Regular expression of a full code, upper case, without space. Usable in SQL engines too."""
FSA_PATTERN: Final = f"[{_FIRST}][0-9][{_OTHER}]"
DUMMY_CODES: Final = frozenset({"H0H0H0"})

_FULL: Final = re.compile(PATTERN)
_FSA: Final = re.compile(FSA_PATTERN)
_NOISE: Final = re.compile(r"[^A-Z0-9]")


def bare_code(raw: str) -> str:
    """Upper case without spaces or punctuation; not checked."""
    return _NOISE.sub("", raw.upper())


def full_code(raw: str) -> str | None:
    """`h2x 1y4` → `H2X1Y4`; None when it is no usable Canadian code (wrong form, forbidden letter, dummy)."""
    code = bare_code(raw)
    return code if _FULL.fullmatch(code) and code not in DUMMY_CODES else None


def fsa(raw: str) -> str | None:
    """The forward sortation area of a full code or of its first three characters; None when unusable."""
    code = bare_code(raw)
    if code in DUMMY_CODES or code == "H0H" or len(code) not in (3, 6):
        return None
    if len(code) == 6 and not _FULL.fullmatch(code):
        return None
    return code[:3] if _FSA.fullmatch(code[:3]) else None


def is_rural(fsa_code: str) -> bool:
    """Second character 0: very large areas, where distances from the FSA alone mean nothing."""
    return fsa_code[1] == "0"
