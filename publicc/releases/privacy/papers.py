"""The processing register and the PIA pack, prefilled from the installation as it is today."""

from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

from publicc.collective.agreements import allowing, rights_of
from publicc.collective.models import Incident, Organization
from publicc.collective.paper import Paper, Section
from publicc.collective.processing import ACTIVITIES, HEADERS, Processing
from publicc.collective.purposes import Purpose
from publicc.collective.retention import schedule
from publicc.kernel import formats
from publicc.kernel.text import Lang, Text
from publicc.kernel.vocabulary import UserRole
from publicc.releases.policies import policy_in_force
from publicc.store.backup import last_backup
from publicc.store.home import Home


def register_paper(organization: Organization, lang: Lang) -> Paper:
    """The processing register of one organization: the purposes that it allows today."""
    allowed = {Purpose(one.purpose) for one in rights_of(organization)}
    held = [one for one in ACTIVITIES if one.purpose in allowed]
    lede = _REGISTER_LEDE.said(lang, name=organization.name, on=_today(lang), n=len(held))
    sections = (*(_activity(one, lang) for one in held), _retention(lang))
    return Paper(lang, _REGISTER.said(lang, name=organization.name), lede, sections, organization.name)


def pia_paper(home: Home, lang: Lang) -> Paper:
    """The assessment, in the order of the CAI's guide; what only people know is marked to be completed."""
    sections = (
        Section(_PROJECT.said(lang), (_PROJECT_WORDS.said(lang),), _scale(lang)),
        Section(
            _MAP.said(lang),
            (_MAP_WORDS.said(lang),),
            headers=tuple(one.said(lang) for one in HEADERS),
            rows=tuple(_row(one, lang) for one in ACTIVITIES),
        ),
        Section(_WHO.said(lang), facts=tuple((role.label.said(lang), _ROLES[role].said(lang)) for role in _ROLES)),
        Section(_SECURITY.said(lang), facts=_security(home, lang)),
        _retention(lang),
        Section(_RELEASES.said(lang), (_RELEASES_WORDS.said(lang),), _policy(home, lang)),
        Section(
            _RISKS.said(lang),
            headers=(Text("Risque", "Risk").said(lang), Text("Mesure en place", "Measure in place").said(lang)),
            rows=tuple((risk.said(lang), measure.said(lang)) for risk, measure in _MEASURES),
        ),
        Section(_COMPLETE.said(lang), tuple(f"{words.said(lang)} …" for words in _TO_COMPLETE)),
    )
    return Paper(lang, _PIA.said(lang), _PIA_LEDE.said(lang, on=_today(lang)), sections, _PIA.said(lang))


def _activity(one: Processing, lang: Lang) -> Section:
    cells = _row(one, lang)[1:]
    facts = tuple(zip((header.said(lang) for header in HEADERS[1:]), cells, strict=True))
    return Section(one.purpose.label.said(lang), (one.use.said(lang),), facts)


def _row(one: Processing, lang: Lang) -> tuple[str, ...]:
    told = (one.purpose.label, one.data, one.ground, one.seen_by, one.kept, one.place)
    return tuple(text.said(lang) for text in told)


def _retention(lang: Lang) -> Section:
    version, kept = schedule()
    rows = tuple(
        (one.what.said(lang), one.until.said(lang) if one.until else _DAYS.said(lang, n=one.days), one.deed.said(lang))
        for one in kept
    )
    headers = (Text("Quoi", "What"), Text("Combien de temps", "How long"), Text("Ensuite", "Then"))
    return Section(_KEPT.said(lang, v=version), headers=tuple(one.said(lang) for one in headers), rows=rows)


def _scale(lang: Lang) -> tuple[tuple[str, str], ...]:
    told = [(Text("Organismes", "Organizations").said(lang), formats.number(Organization.objects.count(), lang))]
    told += [(one.label.said(lang), formats.number(allowing(one).count(), lang)) for one in Purpose]
    incidents = Text("Incidents inscrits", "Incidents recorded").said(lang)
    return (*told, (incidents, formats.number(Incident.objects.count(), lang)))


def _security(home: Home, lang: Lang) -> tuple[tuple[str, str], ...]:
    last = last_backup(home)
    told: tuple[tuple[Text, str], ...] = (
        (Text("Base de contrôle", "Control database"), connection.vendor),
        (Text("Connexion chiffrée exigée (TLS)", "Encrypted connection required (TLS)"), _yes(lang, settings.HTTPS)),
        (Text("Second facteur exigé", "Second factor required"), _yes(lang, settings.SECOND_FACTOR)),
        (Text("Coffres", "Vaults"), "AES-256-GCM"),
        (
            Text("Dernière sauvegarde", "Last backup"),
            formats.moment(timezone.localtime(last[0]), lang) if last else Text("aucune", "none").said(lang),
        ),
    )
    return tuple((name.said(lang), value) for name, value in told)


def _policy(home: Home, lang: Lang) -> tuple[tuple[str, str], ...]:
    policy = policy_in_force(home)
    return (
        (Text("Politique", "Policy").said(lang), policy.version),
        (Text("Personnes au moins, membres", "Persons at least, members").said(lang), str(policy.persons.k)),
        (Text("Personnes au moins, public", "Persons at least, public").said(lang), str(policy.public_persons.k)),
    )


def _yes(lang: Lang, said: bool) -> str:  # noqa: FBT001 - what is asked
    return (Text("oui", "yes") if said else Text("non : sur cette machine seulement", "no: on this machine only")).said(
        lang
    )


def _today(lang: Lang) -> str:
    return formats.day(timezone.localdate(), lang)


_REGISTER: Final = Text("Registre des traitements : {name}", "Processing register: {name}")
_REGISTER_LEDE: Final = Text(
    "Ce qui est fait des données de {name}, au {on}. Finalités permises : {n}.",
    "What is done with the data of {name}, as of {on}. Purposes allowed: {n}.",
)
_PIA: Final = Text("Évaluation des facteurs relatifs à la vie privée", "Privacy impact assessment")
_PIA_LEDE: Final = Text(
    "Dossier rempli d'après l'installation, au {on}. Ce que seules des personnes savent reste à compléter.",
    "Pack filled from the installation, as of {on}. What only people know is to be completed, then approved.",
)
_PROJECT: Final = Text("Le projet", "The project")
_PROJECT_WORDS: Final = Text(
    "Des organismes culturels mettent en commun leurs données de billetterie pour connaître leurs publics. Chaque "
    "finalité est permise, une à une, par la direction de chaque organisme; les nombres ci-dessous disent combien la "
    "permettent.",
    "Cultural organizations pool their ticketing data to know their audiences. Each purpose is allowed, one by one, by "
    "the director of each organization; the numbers below say how many allow it.",
)
_MAP: Final = Text("Les renseignements et leur chemin", "The information and its way")
_MAP_WORDS: Final = Text(
    "Exports, puis coffre chiffré de l'organisme, puis portrait commun de rangées dépersonnalisées, puis publications "
    "protégées, attaquées, approuvées par deux personnes : elles seules sont anonymisées.",
    "Exports, then the organization's encrypted vault, then the common snapshot of de-identified rows, then releases "
    "protected, attacked, approved by two people: they alone are anonymized.",
)
_WHO: Final = Text("Qui a accès à quoi", "Who has access to what")
_ROLES: Final = {
    UserRole.READER: Text("les écrans de son organisme", "the screens of their organization"),
    UserRole.ANALYST: Text("les mêmes, et les exports de chiffres", "the same, and exports of figures"),
    UserRole.STEWARD: Text(
        "les dépôts, les fiches à réviser, les demandes des personnes",
        "deposits, records to review, requests of persons",
    ),
    UserRole.DIRECTOR: Text("les mêmes, l'entente, les rôles, le départ", "the same, the agreement, roles, the exit"),
    UserRole.OPERATOR: Text("l'état, jamais les fiches ni les chiffres", "the state, never records nor figures"),
    UserRole.AUDITOR: Text("les journaux, les publications, les preuves", "trails, releases, proofs"),
}
_SECURITY: Final = Text("Mesures de sécurité, telles qu'elles sont", "Security measures, as they are")
_KEPT: Final = Text("Conservation (calendrier {v})", "Retention (schedule {v})")
_DAYS: Final = Text("{n} jours", "{n} days")
_RELEASES: Final = Text("Ce qui est publié", "What is released")
_RELEASES_WORDS: Final = Text(
    "Le registre d'anonymisation dit, pour chaque publication, les techniques, les attaques essayées et leur résultat.",
    "The anonymization register tells, for each release, the techniques, the attacks tried and their result.",
)
_RISKS: Final = Text("Risques et mesures", "Risks and measures")
_MEASURES: Final = (
    (
        Text("Un membre voit les données d'un autre", "A member sees another's data"),
        Text(
            "Portée par personne, 404 partout, essais sur chaque adresse",
            "Scope by person, 404 everywhere, each address tried",
        ),
    ),
    (
        Text("Une personne est reconnue dans une publication", "A person is recognised in a release"),
        Text(
            "Seuils, suppression conjointe, attaques avant publication",
            "Thresholds, joint suppression, attacks before release",
        ),
    ),
    (
        Text("Un disque est volé", "A disk is stolen"),
        Text("Coffres chiffrés; clé maîtresse gardée ailleurs", "Encrypted vaults; master key kept elsewhere"),
    ),
    (
        Text("Le pôle regarde ce qu'il ne doit pas", "The hub looks at what it must not"),
        Text("Journal scellé que l'organisme lit", "A sealed trail that the organization reads"),
    ),
    (
        Text("Une personne effacée revient", "An erased person comes back"),
        Text("Marques à clé dans le coffre, à chaque dépôt", "Keyed marks in the vault, at each deposit"),
    ),
)
_COMPLETE: Final = Text("À compléter", "To complete")
_TO_COMPLETE: Final = (
    Text("Personne responsable de la protection des renseignements personnels :", "Person in charge of privacy:"),
    Text("Lieu d'hébergement et sous-traitants :", "Place of hosting and sub-processors:"),
    Text("Communication hors Québec, s'il y en a :", "Communication outside Québec, if any:"),
    Text("Risques propres à votre milieu :", "Risks of your own setting:"),
    Text("Avis et approbation, date :", "Opinion and approval, date:"),
)
