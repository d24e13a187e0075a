"""The anonymization register: one entry a release, filled from its certificate, as its readers see it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from publicc.kernel.formats import Unit, day, figure, period_words
from publicc.kernel.period import Period
from publicc.kernel.text import Text
from publicc.kernel.vocabulary import UserRole
from publicc.releases.contents import BREADTH, BUYER_REGION, MAIN_DISCIPLINE, PARCOURS, PROFILE

_TABLES: Final = {
    "buyers": Text(
        "Personnes, par provenance, discipline et organismes visités", "People, by home, discipline and breadth"
    ),
    "revenue": Text(
        "Revenus de billetterie, par territoire et discipline", "Ticket revenue, by territory and discipline"
    ),
    "admissions": Text("Entrées, par territoire et discipline", "Admissions, by territory and discipline"),
    "segments": Text("Personnes, par profil et parcours", "People, by profile and lifecycle"),
    "supply": Text("Représentations, par mois et par jour", "Performances, by month and weekday"),
    "comparison": Text("Chiffres comparés : médiane et quartiles", "Figures compared: median and quartiles"),
}
_ATTACKS: Final = {
    "persons": Text("Chaque membre contre un petit groupe de personnes", "Each member against a small group of people"),
    "public_persons": Text("Le même, sur ce que chacun peut lire", "The same, on what anybody may read"),
    "segments": Text("Chaque membre contre un petit segment", "Each member against a small segment"),
    "public_segments": Text(
        "Le même segment, sur ce que chacun peut lire", "The same segment, on what anybody may read"
    ),
    "money_revenue": Text("Chaque membre contre les revenus d'un autre", "Each member against another's revenue"),
    "money_admissions": Text("Chaque membre contre les entrées d'un autre", "Each member against another's admissions"),
    "grants_revenue": Text("Qui a reçu un accès, revenus", "Whoever was granted a show, revenue"),
    "grants_admissions": Text("Qui a reçu un accès, entrées", "Whoever was granted a show, admissions"),
    "public_money_revenue": Text("Deux membres ensemble, revenus", "Two members together, revenue"),
    "public_money_admissions": Text("Deux membres ensemble, entrées", "Two members together, admissions"),
}
_REACHED: Final = {
    BUYER_REGION.name: Text("par région", "by region"),
    BREADTH.name: Text("par nombre d'organismes", "by number of organizations"),
    MAIN_DISCIPLINE.name: Text("par discipline", "by discipline"),
    "finest": Text("par région et discipline", "by region and discipline"),
    PROFILE: Text("par profil", "by profile"),
    PARCOURS.name: Text("par parcours", "by lifecycle"),
}
_CRITERIA: Final = {
    "singling_out": Text("Individualisation", "Singling out"),
    "linkability": Text("Corrélation", "Linkability"),
    "inference": Text("Inférence", "Inference"),
}
_PLAIN: Final = Text("{name}", "{name}")
PURPOSE: Final = Text(
    "Comparer les organismes et décrire le secteur, en chiffres attribuables à personne.",
    "Compare organizations and describe the sector, in figures that can be traced to nobody.",
)
STATES: Final = {
    "candidate": Text("À approuver", "To approve"),
    "published": Text("En vigueur", "In force"),
    "withdrawn": Text("Retirée", "Withdrawn"),
}

_LIMITS: Final = {
    limit.en: limit
    for limit in (
        Text(
            "Les bornes supposent des montants positifs ou nuls, des membres connus et aucun chiffre de l'extérieur.",
            "Bounds assume non-negative amounts, public membership and no registered outside figure.",
        ),
        Text(
            "Le motif des cellules retenues dit un peu de chose; ce n'est pas mesuré ici.",
            "The pattern of withheld cells tells a little; it is not measured here.",
        ),
        Text(
            "Les coalitions de plus de deux membres ne sont pas exclues.",
            "Coalitions of more than two members are not excluded.",
        ),
        Text(
            "Les quantiles n'ont pas d'intervalle garanti : les groupes, le délai et l'arrondi les protègent.",
            "Quantiles have no interval guarantee: groups, lag and rounding protect them.",
        ),
        Text(
            "Chaque organisme compte comme son propre groupe juridique, sauf indication contraire.",
            "Every organization counts as its own legal group unless told otherwise.",
        ),
        Text(
            "Chaque membre lit des chiffres calculés sans lui : ceux qui mettent les leurs ensemble en lisent "
            "plusieurs presque pareils.",
            "Each member reads figures computed without itself: members who put theirs together read several nearly "
            "alike.",
        ),
    )
}
"""What a certificate says of its own limits, in both languages."""


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of an entry, in words."""

    label: Text
    words: Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One release in the register."""

    name: str
    period: Text
    state: Text
    facts: tuple[Line, ...]
    tables: tuple[tuple[Text, int, int], ...]
    attacks: tuple[tuple[Text, int, int], ...]
    criteria: tuple[tuple[Text, Text, Text], ...]
    limits: tuple[Text, ...]


def entry_of(told: Mapping[str, Any]) -> Entry:
    """The entry of a certificate with its publication."""
    period = Period(date.fromisoformat(told["period"]["from"]), date.fromisoformat(told["period"]["to"]))
    put = told["publication"]
    tables = told["cells"]["tables"]
    attacks = told["audit"]["by_kind"]
    return Entry(
        name=str(told["release"]),
        period=Text(period_words(period, "fr"), period_words(period, "en")),
        state=STATES[put["state"]],
        facts=tuple(_facts(told)),
        tables=tuple((_TABLES.get(name, _same(name)), one["shown"], one["withheld"]) for name, one in tables.items()),
        attacks=tuple(
            (_ATTACKS.get(name, _same(name)), one["attacks"], one["within"]) for name, one in attacks.items()
        ),
        criteria=(
            *_criteria(told["three_criteria"]),
            *_criteria(told.get("three_criteria_segments", {}), Text("{name}, segments", "{name}, segments")),
        ),
        limits=tuple(_LIMITS.get(one, _same(one)) for one in told["limits"]),
    )


def _facts(told: Mapping[str, Any]) -> list[Line]:
    put, utility = told["publication"], told.get("utility", {})
    found = [
        Line(Text("Finalité", "Purpose"), PURPOSE),
        Line(
            Text("Politique", "Policy"),
            Text("version {v} (empreinte {d})", "version {v} (digest {d})").filled(
                v=str(told["policy"]["version"]), d=str(told["policy"]["digest"])[:12]
            ),
        ),
        Line(Text("Calculée au", "As of"), _day(told["as_of"])),
        Line(Text("Signée par", "Signed by"), _same(str(told["signer"]))),
    ]
    if put["approvals"]:
        seats = [_seat(one) for one in put["approvals"]]
        found.append(
            Line(
                Text("Approuvée par", "Approved by"),
                Text(", ".join(one.fr for one in seats), ", ".join(one.en for one in seats)),
            )
        )
        found.append(Line(Text("Depuis le", "Since"), _day(put["on"])))
        found.append(Line(Text("À revoir le", "Next review"), _day(put["next_review_on"])))
    if put["reason"]:
        found.append(Line(Text("Retirée parce que", "Withdrawn because"), _same(put["reason"])))
    found += _reach(utility.get("persons_published"))
    if utility.get("comparisons_by_member"):
        found.append(
            Line(
                Text("Chiffres comparés que lit le membre médian", "Figures compared that the median member reads"),
                _share(utility["comparisons_by_member"]["median"]),
            )
        )
    return found


def _reach(published: Any) -> list[Line]:  # noqa: ANN401 - JSON; a release made before families were told has a number
    """Share of persons in a figure that is shown, family by family."""
    if not isinstance(published, Mapping):
        return []
    parts = [(label, _share(published[name])) for name, label in _REACHED.items() if name in published]
    told = Text(
        "; ".join(f"{label.fr} {share.fr}" for label, share in parts),
        "; ".join(f"{label.en} {share.en}" for label, share in parts),
    )
    return [Line(Text("Personnes dans un chiffre montré", "People in a figure shown"), told)] if parts else []


def _seat(approval: Mapping[str, Any]) -> Text:
    """The seat of who approved; for the hub, who it was."""
    seat = UserRole(approval["role"]).label
    person = approval.get("person")
    return Text(f"{person} ({seat.fr})", f"{person} ({seat.en})") if person else seat


def _criteria(told: Mapping[str, Any], named: Text = _PLAIN) -> list[tuple[Text, Text, Text]]:
    if not told.get("measured"):
        return []
    found = []
    for name, label in _CRITERIA.items():
        low, high = told[name]["interval"]
        interval = Text("de {low} à {high}", "from {low} to {high}").filled(low=_share(low), high=_share(high))
        found.append((named.filled(name=label), _share(told[name]["excess"]), interval))
    return found


def _share(value: float) -> Text:
    return Text(figure(value, Unit.RATIO, "fr", 1), figure(value, Unit.RATIO, "en", 1))


def _day(iso: str) -> Text:
    when = date.fromisoformat(iso)
    return Text(day(when, "fr"), day(when, "en"))


def _same(words: str) -> Text:
    return Text(words, words)
