"""The life of a version: named, undone, put in force. Each step is in the trail of the hub."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from publicc.collective.trail import record
from publicc.kernel.errors import BadInput, NotAllowed
from publicc.kernel.text import Text
from publicc.segments.model import SegmentModel
from publicc.segments.models import SegmentVersion
from publicc.segments.naming import is_named
from publicc.segments.states import OPEN, VersionState
from publicc.segments.tasks import score_everyone

LEAST_KEPT: Final = 0.80
"""Share of people who must keep their profile from a version to the next, unless the collective votes the break."""
LONGEST_NAME: Final = 60
LONGEST_CARD: Final = 600
_KEPT_WORDS: Final = 20


def rename(version: SegmentVersion, words: Mapping[str, tuple[Text, Text]], *, actor: Any = None) -> SegmentVersion:  # noqa: ANN401 - the user model of the settings
    """Give profiles their names and cards, by code, in both languages; those not told keep theirs.

    The version counts as named once every name was given. Raises BadInput for a code that it has not, a missing
    language, two alike or too long; NotAllowed once it is published.
    """
    with transaction.atomic():
        version = SegmentVersion.objects.select_for_update().get(pk=version.pk)
        _check_open(version)
        model = version.model
        before = _words_of(model)
        told = model.named({code: _checked(model, code, pair) for code, pair in words.items()})
        _check_distinct(told)
        version.words_before = [_stored(before), *version.words_before][:_KEPT_WORDS]
        return _keep_words(version, told, actor, "name_segments")


def undo_words(version: SegmentVersion, *, actor: Any = None) -> SegmentVersion:  # noqa: ANN401
    """Bring the former names and cards back. Raises BadInput when there are none."""
    with transaction.atomic():
        version = SegmentVersion.objects.select_for_update().get(pk=version.pk)
        _check_open(version)
        if not version.words_before:
            raise BadInput(Text("Il n'y a pas de noms à reprendre.", "There are no names to take back."))
        last, *version.words_before = version.words_before
        told = version.model.named({code: (Text(**name), Text(**card)) for code, (name, card) in last.items()})
        return _keep_words(version, told, actor, "undo_segment_names")


def publish(version: SegmentVersion, *, actor: Any = None, vote: str = "", score: bool = True) -> SegmentVersion:  # noqa: ANN401
    """Put a named version in force: the former one is kept, replaced; every organization's buyers are scored again.

    `vote`: why the collective accepts that more than one person in five changes profile. Raises NotAllowed when not
    every profile was named, or when too few people keep theirs and nothing was voted.
    """
    with transaction.atomic():
        version = SegmentVersion.objects.select_for_update().get(pk=version.pk)
        check_can_publish(version, vote=vote)
        now = timezone.now()
        SegmentVersion.objects.filter(state=VersionState.PUBLISHED.value).update(
            state=VersionState.RETIRED.value, retired_at=now
        )
        version.state, version.published_at, version.published_by = VersionState.PUBLISHED.value, now, actor
        version.vote = vote.strip()[:300]
        version.save(update_fields=["state", "published_at", "published_by", "vote"])
        record(
            action="publish_segments", actor=actor, organization=None, object_id=version.version, purpose=version.vote
        )
    if score:
        score_everyone.enqueue()
    return version


def check_can_publish(version: SegmentVersion, *, vote: str = "") -> None:
    """Raise NotAllowed unless the version is named, and most people keep their profile or the break was voted."""
    if version.state != VersionState.NAMED:
        raise NotAllowed(
            Text("Cette version n'est pas prête à publier.", "This version is not ready to publish."),
            found=Text("Elle est : {state}.", "It is: {state}.").filled(state=VersionState(version.state).label),
            do=Text("Nommer chaque profil d'abord.", "Name every profile first."),
        )
    kept = version.model.migration.get("kept")
    if kept is not None and kept < LEAST_KEPT and not vote.strip():
        raise NotAllowed(
            Text(
                "Trop de personnes changeraient de profil avec cette version.",
                "Too many people would change profile with this version.",
            ),
            found=Text("{kept} % le gardent, il en faut 80.", "{kept}% keep theirs, 80 are needed.").filled(
                kept=round(100 * kept)
            ),
            do=Text(
                "Apprendre de nouveau, ou dire pourquoi le collectif vote cette rupture.",
                "Train again, or say why the collective votes this break.",
            ),
        )


def can_publish(version: SegmentVersion) -> bool:
    """Whether the version may be published without a vote."""
    try:
        check_can_publish(version)
    except NotAllowed:
        return False
    return True


def _keep_words(version: SegmentVersion, told: SegmentModel, actor: Any, action: str) -> SegmentVersion:  # noqa: ANN401
    version.file, version.sha256 = told.as_json(), told.sha256
    version.state = (VersionState.NAMED if is_named(told) else VersionState.DRAFT).value
    version.save(update_fields=["file", "sha256", "state", "words_before"])
    record(action=action, actor=actor, organization=None, object_id=version.version)
    return version


def _words_of(model: SegmentModel) -> dict[str, tuple[Text, Text]]:
    return {one.code: (one.name, one.card) for one in model.classes}


def _stored(words: Mapping[str, tuple[Text, Text]]) -> dict[str, list[dict[str, str]]]:
    return {code: [{"fr": one.fr, "en": one.en} for one in pair] for code, pair in words.items()}


def _check_open(version: SegmentVersion) -> None:
    if version.state not in OPEN:
        raise NotAllowed(
            Text("Les noms d'une version publiée ne changent plus.", "Names of a published version no longer change."),
            do=Text("Apprendre une nouvelle version.", "Train a new version."),
        )


def _checked(model: SegmentModel, code: str, pair: tuple[Text, Text]) -> tuple[Text, Text]:
    if code not in model.codes:
        raise BadInput(
            Text(f"Il n'y a pas de profil {code}.", f"There is no profile {code}."),
            do=Text(f"Choisir parmi : {', '.join(model.codes)}.", f"Choose among: {', '.join(model.codes)}."),
        )
    name, card = (Text(" ".join(one.fr.split()), " ".join(one.en.split())) for one in pair)
    if not all((name.fr, name.en, card.fr, card.en)):
        raise BadInput(
            Text(
                f"Le nom ou la fiche du profil {code} manque dans une langue.",
                f"The name or the card of profile {code} is missing in one language.",
            ),
            do=Text("Écrire les deux, en français et en anglais.", "Write both, in French and in English."),
        )
    if max(len(name.fr), len(name.en)) > LONGEST_NAME or max(len(card.fr), len(card.en)) > LONGEST_CARD:
        raise BadInput(
            Text(
                f"Le nom ou la fiche du profil {code} est trop long.",
                f"The name or the card of profile {code} is too long.",
            ),
            do=Text(
                f"Au plus {LONGEST_NAME} caractères pour un nom, {LONGEST_CARD} pour une fiche.",
                f"At most {LONGEST_NAME} characters for a name, {LONGEST_CARD} for a card.",
            ),
        )
    return name, card


def _check_distinct(model: SegmentModel) -> None:
    for names in ([one.name.fr.casefold() for one in model.classes], [one.name.en.casefold() for one in model.classes]):
        if len(set(names)) < len(names):
            raise BadInput(
                Text("Deux profils portent le même nom.", "Two profiles have the same name."),
                do=Text("Les distinguer.", "Tell them apart."),
            )
