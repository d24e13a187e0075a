"""Sensitivity to the threshold as it is read: one sentence, one table, in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from publicc.kernel.formats import number, percent, signed
from publicc.kernel.text import Lang, Text

_NAMES: Final[dict[str, Text]] = {
    "buyers": Text("Acheteurs", "Buyers"),
    "loyal_buyers": Text("Acheteurs fidèles", "Loyal buyers"),
    "crossing": Text("Présents chez deux organismes", "Seen at two organizations"),
}
_NEAR: Final = 0.051


@dataclass(frozen=True, slots=True)
class SensitivityPage:
    """What is shown. `answer` empty = nothing was measured."""

    answer: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sensitivity_page(found: Mapping[str, Any] | None, lang: Lang) -> SensitivityPage:
    """The page of what `read_sensitivity` gave: counts of an organization, or changes of the circle."""
    told: Sequence[Mapping[str, Any]] = (found or {}).get("trials") or (found or {}).get("changes") or ()
    if not told:
        return SensitivityPage("", (), ())
    counted = bool((found or {}).get("trials"))
    names = [name for name in _NAMES if name in told[0]]
    now = told[len(told) // 2]
    headers = (Text("Seuil", "Threshold").said(lang), *(_NAMES[name].said(lang) for name in names))
    rows = tuple(
        (number(one["threshold"], lang, 2), *(_figure(one, now, name, counted, lang) for name in names)) for one in told
    )
    return SensitivityPage(_answer(told, now, names, counted, lang), headers, rows)


def _figure(one: Mapping[str, Any], now: Mapping[str, Any], name: str, counted: bool, lang: Lang) -> str:  # noqa: FBT001, PLR0917
    change = _change(one, now, name, counted)
    moved = "–" if change is None else Text("{n} %", "{n}%").said(lang, n=signed(100 * change, lang, 1))
    return f"{number(one[name], lang)} ({moved})" if counted else moved


def _change(one: Mapping[str, Any], now: Mapping[str, Any], name: str, counted: bool) -> float | None:  # noqa: FBT001
    """Share of change against the threshold in force; None when there is nothing to compare."""
    if not counted:
        return None if one[name] is None else float(one[name])
    return one[name] / now[name] - 1 if now[name] else None


def _answer(  # noqa: PLR0917
    told: Sequence[Mapping[str, Any]],
    now: Mapping[str, Any],
    names: Sequence[str],
    counted: bool,  # noqa: FBT001
    lang: Lang,
) -> str:
    near = [one for one in told if abs(one["threshold"] - now["threshold"]) < _NEAR]
    most = {
        name: max((abs(c) for one in near if (c := _change(one, now, name, counted)) is not None), default=0.0)
        for name in names
    }
    said = Text(
        "Si le seuil bougeait de 0,05, le nombre d'acheteurs changerait d'au plus {buyers}, "
        "celui des acheteurs fidèles d'au plus {loyal}.",
        "Were the threshold to move by 0.05, the number of buyers would change by {buyers} at most, "
        "that of loyal buyers by {loyal} at most.",
    )
    return said.said(lang, buyers=percent(most["buyers"], lang, 1), loyal=percent(most["loyal_buyers"], lang, 1))
