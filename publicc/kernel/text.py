"""Text that exists in French and in English, side by side, so that neither can be forgotten.

French comes first because it is written first, not translated. See docs/decisions/0002-two-languages-side-by-side.md.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Lang: TypeAlias = Literal["fr", "en"]
LANGUAGES: Final[tuple[Lang, ...]] = ("fr", "en")
DEFAULT_LANG: Final[Lang] = "fr"

NBSP: Final = "\u00a0"
_BEFORE: Final = re.compile(r" (?=[:?!%»$](?:\W|$))")
_AFTER: Final = re.compile(r"(?<=«) ")


def language(code: str | None) -> Lang:
    """The language of a locale code such as `fr-ca` or `en`; French when it is neither French nor English."""
    head = (code or "")[:2].lower()
    return head if head in LANGUAGES else DEFAULT_LANG


def french_spaces(sentence: str) -> str:
    """Québec typography: a non-breaking space for a plain one before `: ? ! % $ »` and after `«`; none before `;`."""
    return _AFTER.sub(NBSP, _BEFORE.sub(NBSP, sentence))


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or label in both languages. Named fields in braces are filled by `said`."""

    fr: str
    en: str

    def said(self, lang: Lang, /, **fields: object) -> str:
        """The sentence in `lang`, its `{fields}` filled, with French non-breaking spaces.

        A field that is itself a `Text` is said in the same language.
        """
        plain = self.fr if lang == "fr" else self.en
        if fields:
            plain = plain.format(**{k: v.said(lang) if isinstance(v, Text) else v for k, v in fields.items()})
        return french_spaces(plain) if lang == "fr" else plain

    def filled(self, **fields: object) -> "Text":
        """The same text with its `{fields}` filled in both languages."""
        return Text(
            fr=self.fr.format(**{k: v.fr if isinstance(v, Text) else v for k, v in fields.items()}),
            en=self.en.format(**{k: v.en if isinstance(v, Text) else v for k, v in fields.items()}),
        )


def count_form(n: int, lang: Lang, /, one: str, many: str) -> str:
    """The singular or plural form for `n`: French says 0 and 1 in the singular, English only 1."""
    singular = abs(n) < 2 if lang == "fr" else abs(n) == 1
    return one if singular else many
