"""The proof of a departure: what was held, what is left, how far backups reach, from when figures read otherwise."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from publicc.collective.models import Departure, TrailEntry
from publicc.collective.paper import Paper, Section, paper_pdf
from publicc.disclosure.seal import canonical, digest
from publicc.kernel import formats
from publicc.kernel.text import Lang, Text
from publicc.releases.departing.remains import PLACES
from publicc.store.backup import KEPT_DAYS, last_backup
from publicc.store.home import Home

_HELD: Final = {
    "customers": Text("Fiches de clients", "Customer records"),
    "persons": Text("Acheteurs distincts", "Distinct buyers"),
    "tickets": Text("Billets", "Tickets"),
    "performances": Text("Représentations", "Performances"),
}


def backups_told(home: Home, at: datetime) -> dict[str, Any]:
    """How far backups reach: when the last one was made, and the day by which none holds the organization."""
    last = last_backup(home)
    return {
        "last_at": last[0].isoformat(timespec="seconds") if last else None,
        "kept_days": KEPT_DAYS,
        "gone_by": (at + timedelta(days=KEPT_DAYS)).date().isoformat() if last else None,
    }


def exported_at(departure: Departure) -> datetime | None:
    """When the organization last took all of its data; None when it never did."""
    if departure.organization_id is None:
        return None
    taken = TrailEntry.objects.filter(organization_id=departure.organization_id, action="export_own_data")
    found: datetime | None = taken.order_by("-id").values_list("at", flat=True).first()
    return found


def proof_paper(proof: Mapping[str, Any], lang: Lang) -> Paper:
    """The proof in words. The figures and the signature are those of its JSON."""
    done = datetime.fromisoformat(proof["done_at"])
    lede = _LEDE.said(lang, name=proof["organization"], on=_moment(proof["done_at"], lang))
    sections = (
        _section(_WAS, lang, facts=_held(proof, lang)),
        Section(
            _LEFT.said(lang),
            words=(_LEFT_WORDS.said(lang),),
            facts=tuple((place.words.said(lang), formats.number(proof["left"][place.code], lang)) for place in PLACES),
        ),
        _section(_BACKUPS, lang, words=(_backups(proof["backups"], lang),)),
        _section(_FIGURES, lang, words=(_figures(proof["figures"], done, lang),)),
        _section(
            _SEAL,
            lang,
            words=(_SEAL_WORDS.said(lang),),
            facts=(
                (Text("Signataire", "Signer").said(lang), str(proof["signer"])),
                (Text("Clé publique", "Public key").said(lang), str(proof["public_key"])),
                (Text("Signature", "Signature").said(lang), str(proof["signature"])),
            ),
        ),
    )
    footer = _FOOTER.said(lang, d=digest(canonical(dict(proof)))[:16])
    return Paper(lang, _TITLE.said(lang, name=proof["organization"]), lede, sections, footer)


def proof_pdf(proof: Mapping[str, Any], lang: Lang) -> bytes:
    """The proof on paper."""
    return paper_pdf(proof_paper(proof, lang))


def _section(
    title: Text, lang: Lang, *, words: tuple[str, ...] = (), facts: tuple[tuple[str, str], ...] = ()
) -> Section:
    return Section(title.said(lang), words=words, facts=facts)


def _held(proof: Mapping[str, Any], lang: Lang) -> tuple[tuple[str, str], ...]:
    told = [(words.said(lang), formats.number(proof["held"].get(name, 0), lang)) for name, words in _HELD.items()]
    exported = _moment(proof["exported_at"], lang) if proof["exported_at"] else Text("jamais", "never").said(lang)
    asked = (Text("Départ demandé", "Exit asked for").said(lang), _moment(proof["asked_at"], lang))
    taken = (Text("Données remises", "Data handed back").said(lang), exported)
    size = (Text("Taille du coffre", "Size of the vault").said(lang), formats.file_size(proof["held"]["octets"], lang))
    return (asked, taken, *told, size)


def _backups(told: Mapping[str, Any], lang: Lang) -> str:
    if told["last_at"] is None:
        return _NO_BACKUP.said(lang)
    gone = formats.day(date.fromisoformat(told["gone_by"]), lang)
    return _SOME_BACKUP.said(lang, last=_moment(told["last_at"], lang), n=told["kept_days"], gone=gone)


def _figures(told: Mapping[str, Any], done: datetime, lang: Lang) -> str:
    on = formats.day(timezone.localtime(done).date(), lang)
    first = (_REMADE if told["snapshot"] else _NOBODY).said(lang, on=on, snapshot=told["snapshot"] or "")
    return f"{first} {_RELEASED.said(lang, n=told['releases'], on=on)}"


def _moment(told: str, lang: Lang) -> str:
    return formats.moment(timezone.localtime(datetime.fromisoformat(told)), lang)


_TITLE: Final = Text("Preuve de départ : {name}", "Proof of exit: {name}")
_LEDE: Final = Text(
    "{name} a quitté le collectif. Ses clés et ses rangées ont été détruites; la vérification a été faite le {on}.",
    "{name} has left the collective. Its keys and its rows were destroyed; this was verified on {on}.",
)
_WAS: Final = Text("Ce qui était détenu", "What was held")
_LEFT: Final = Text("Ce qu'il en reste, compté après", "What is left of it, counted afterwards")
_LEFT_WORDS: Final = Text(
    "Sans sa clé, un coffre chiffré (AES-256-GCM) ne se lit plus, où qu'il ait été copié.",
    "Without its key, an encrypted vault (AES-256-GCM) can no longer be read, wherever it was copied.",
)
_BACKUPS: Final = Text("Sauvegardes", "Backups")
_NO_BACKUP: Final = Text(
    "Aucune sauvegarde connue de l'installation n'a été faite avant le départ.",
    "No backup known to the installation was made before the exit.",
)
_SOME_BACKUP: Final = Text(
    "La dernière sauvegarde date du {last}. Celles faites avant le départ gardent le coffre et ses clés, enveloppées "
    "par la clé maîtresse; elles sont gardées {n} jours, donc jusqu'au {gone} au plus tard. Après une restauration, "
    "le départ est refait.",
    "The last backup is of {last}. Those made before the exit hold the vault and its keys, wrapped by the master key; "
    "they are kept for {n} days, so until {gone} at the latest. After a restoration, the exit is done again.",
)
_FIGURES: Final = Text("Chiffres du collectif", "Figures of the collective")
_REMADE: Final = Text(
    "Le portrait commun a été refait sans lui le {on} (portrait {snapshot}); les portraits passés sont effacés.",
    "The common snapshot was made again without it on {on} (snapshot {snapshot}); former snapshots are erased.",
)
_NOBODY: Final = Text(
    "Personne ne reste dans le portrait commun : tous les portraits sont effacés.",
    "Nobody is left in the common snapshot: every snapshot is erased.",
)
_RELEASED: Final = Text(
    "Publications déjà faites, anonymisées, qui demeurent : {n}. Celles construites après le {on} ne le comptent pas.",
    "Releases already made, anonymized, that remain: {n}. Those built after {on} do not count it.",
)
_SEAL: Final = Text("Signature", "Signature")
_SEAL_WORDS: Final = Text(
    "Le fichier JSON de cette preuve porte la même signature (Ed25519), qu'un octet changé briserait.",
    "The JSON file of this proof carries the same signature (Ed25519), which one changed byte would break.",
)
_FOOTER: Final = Text("Empreinte {d}", "Digest {d}")
