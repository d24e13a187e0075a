"""E-mail addresses: case, tags, dots that Gmail ignores, providers mistyped."""

from collections.abc import Mapping
from typing import Final

_USABLE: Final = "^[^@\\s,;<>()\\x00-\\x1f]+@[^@\\s,;<>()\\x00-\\x1f]+\\.[a-z]{2,}$"
_TIDY: Final = "[a-z0-9._-]+@[a-z0-9.-]+\\.[a-z]{2,}"
"""Written as it should be: most are, and need no other look."""
_DOTLESS: Final = ("gmail.com", "googlemail.com")
_RARE: Final = 100
"""A domain is taken for a slip of another only when that other is this many times as frequent."""


def trimmed_sql(column: str) -> str:
    """SQL: the address in lower case without spaces, brackets or a `mailto:`; NULL when it has not the form of one."""
    lower = f"lower(left({column}, 200))"
    plain = f"regexp_replace(regexp_replace({lower}, '^.*<|>.*$|mailto:', '', 'g'), '[\\s;,]+', '', 'g')"
    return (
        f"CASE WHEN regexp_full_match({lower}, '{_TIDY}') THEN {lower}"
        f" WHEN regexp_matches({plain}, '{_USABLE}') THEN {plain} END"
    )


def user_sql(email: str) -> str:
    """SQL: the part before `@` without a plus-tag, and without dots at Gmail, where they mean nothing."""
    user = f"split_part(split_part({email}, '@', 1), '+', 1)"
    return dotless_sql(user, f"split_part({email}, '@', 2)")


def dotless_sql(user: str, domain: str) -> str:
    """SQL: the user part without dots at Gmail."""
    dotless = ", ".join(f"'{provider}'" for provider in _DOTLESS)
    return f"CASE WHEN {domain} IN ({dotless}) THEN replace({user}, '.', '') ELSE {user} END"


def repaired_domains(counts: Mapping[str, int]) -> dict[str, str]:
    """Domains that are slips of a far more frequent one in the same data: `gmial.com` → `gmail.com`.

    `counts` says how many addresses each domain has; a repair is one insertion, deletion, change or swap away.
    """
    known = sorted((domain for domain, n in counts.items() if n >= _RARE), key=lambda d: (-counts[d], d))
    variants: dict[str, str] = {}
    for domain in known:
        for variant in _one_slip_away(domain):
            variants.setdefault(variant, domain)
    return {
        domain: variants[slip]
        for domain, n in counts.items()
        for slip in (domain,)
        if slip in variants and counts[variants[slip]] >= _RARE * n
    }


def _one_slip_away(word: str) -> set[str]:
    letters = "abcdefghijklmnopqrstuvwxyz.-"
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    deleted = {a + b[1:] for a, b in splits if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
    changed = {a + c + b[1:] for a, b in splits if b for c in letters}
    added = {a + c + b for a, b in splits for c in letters}
    return (deleted | swapped | changed | added) - {word}
