"""The model file: priors, tables of probabilities, words. One canonical JSON with its digest; nothing of a person.

Canonical: keys sorted, no spaces, numbers to 6 decimals, UTF-8. Source: docs/reference/segmentation.en.md.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

DECIMALS: Final = 6
FLOOR: Final = 1e-4
"""No probability is under it, whatever the data."""
LARGEST_BYTES: Final = 50_000
ASSIGN: Final = 0.60
"""Certainty under which a profile is « indéterminé »."""
LEAST_AGREEMENT: Final = 0.65
"""Share of people who must keep their profile when only some features are known; below, none is shown."""
TRANSACTIONS: Final = "transactions"
POOL: Final = "pool"
"""A feature that only the pool knows: never there when an organization scores its own buyers."""

Table: TypeAlias = tuple[tuple[float, ...], ...]
"""k classes × levels: probability of each level in each class."""


@dataclass(frozen=True, slots=True)
class Level:
    """One value of a feature, and the codes that it stands for: rare ones were put together."""

    code: str
    label: Text
    covers: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that means this level."""
        return self.covers or (self.code,)


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing looked at. Changing what it means makes a new id: older models keep reading theirs."""

    id: str
    label: Text
    question: Text
    """How it is asked of a person."""
    levels: tuple[Level, ...]
    source: str = TRANSACTIONS
    definition: int = 1

    def place(self, code: str) -> int | None:
        """Which level a code is of; None when it is of none: a missing term."""
        return next((at for at, level in enumerate(self.levels) if code in level.codes), None)


@dataclass(frozen=True, slots=True)
class SegmentClass:
    """One profile: its code, its name and card given by the collective, the token of its colour."""

    code: str
    name: Text
    card: Text
    colour: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """With only these features known, the share of people who keep the profile that all features give them."""

    features: frozenset[str]
    agreement: float


@dataclass(frozen=True)
class SegmentModel:
    """One version of the model. Classes are sorted by prior, the largest first."""

    id: str
    version: str
    created: str
    """Day, ISO."""
    features: tuple[Feature, ...]
    classes: tuple[SegmentClass, ...]
    priors: tuple[float, ...]
    tables: Mapping[str, Table] = field(hash=False)
    evidence: tuple[Evidence, ...] = ()
    golden: tuple[str, ...] = ()
    """Features to ask first, in order, to type somebody in few questions."""
    assign: float = ASSIGN
    least_agreement: float = LEAST_AGREEMENT
    parcours: Mapping[str, Any] = field(default_factory=dict, hash=False)
    training: Mapping[str, Any] = field(default_factory=dict, hash=False)
    quality: Mapping[str, Any] = field(default_factory=dict, hash=False)
    privacy: Mapping[str, Any] = field(default_factory=dict, hash=False)
    previous: str | None = None
    migration: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        problem = _problem(self)
        if problem is not None:
            raise _damaged(problem)

    @property
    def k(self) -> int:
        """Number of profiles."""
        return len(self.classes)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes of the profiles, in order."""
        return tuple(one.code for one in self.classes)

    @cached_property
    def log_priors(self) -> tuple[float, ...]:
        """Natural logarithms of the priors."""
        return tuple(math.log(one) for one in self.priors)

    @cached_property
    def log_tables(self) -> Mapping[str, Table]:
        """Natural logarithms of the tables."""
        told = {name: tuple(tuple(math.log(p) for p in row) for row in table) for name, table in self.tables.items()}
        return MappingProxyType(told)

    def feature(self, feature_id: str) -> Feature:
        """The feature of that id. Raises KeyError."""
        return next(one for one in self.features if one.id == feature_id)

    def segment(self, code: str) -> SegmentClass:
        """The profile of that code. Raises StopIteration."""
        return next(one for one in self.classes if one.code == code)

    def agreement(self, known: frozenset[str]) -> float:
        """Share of people who keep their profile when only `known` is: that of the best measured part of it, else 0."""
        return max((one.agreement for one in self.evidence if one.features <= known), default=0.0)

    def is_enough(self, known: frozenset[str]) -> bool:
        """Whether a profile may be shown with only these features known."""
        return self.agreement(known) >= self.least_agreement

    def named(self, words: Mapping[str, tuple[Text, Text]]) -> "SegmentModel":
        """The same model with other names and cards, by code of profile."""
        told = tuple(
            replace(one, name=words[one.code][0], card=words[one.code][1]) if one.code in words else one
            for one in self.classes
        )
        return replace(self, classes=told)

    @cached_property
    def sha256(self) -> str:
        """Digest of the canonical form without itself."""
        return hashlib.sha256(_canonical(_told(self)).encode()).hexdigest()

    def as_json(self) -> str:
        """The file: canonical, with its own digest."""
        return _canonical({**_told(self), "sha256": self.sha256})


def read_model(text: str) -> SegmentModel:
    """A model from its file. Raises BadInput when it is damaged, altered, too large or means nothing."""
    if len(text.encode()) > LARGEST_BYTES:
        raise _damaged(Text("le fichier dépasse 50 ko", "the file is larger than 50 kB"))
    try:
        told = json.loads(text)
        model = _read(told)
        digest = str(told["sha256"])
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise _damaged(Text("il ne se lit pas", "it cannot be read")) from problem
    if digest != model.sha256:
        raise _damaged(Text("son empreinte ne correspond pas", "its digest does not match"))
    return model


def rounded(told: Any) -> Any:  # noqa: ANN401 - any JSON
    """Numbers to six decimals, at every depth."""
    if isinstance(told, float):
        return round(told, DECIMALS)
    if isinstance(told, Mapping):
        return {str(key): rounded(value) for key, value in told.items()}
    if isinstance(told, list | tuple):
        return [rounded(one) for one in told]
    return told


def _canonical(told: Mapping[str, Any]) -> str:
    return json.dumps(rounded(told), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _text(words: Text) -> dict[str, str]:
    return {"fr": words.fr, "en": words.en}


def _words(told: Mapping[str, Any]) -> Text:
    return Text(str(told["fr"]), str(told["en"]))


def _told(model: SegmentModel) -> dict[str, Any]:
    return {
        "id": model.id,
        "version": model.version,
        "created": model.created,
        "features": [_feature_told(one) for one in model.features],
        "classes": [
            {"code": one.code, "name": _text(one.name), "card": _text(one.card), "colour": one.colour}
            for one in model.classes
        ],
        "priors": list(model.priors),
        "tables": {name: [list(row) for row in table] for name, table in model.tables.items()},
        "thresholds": {"assign": model.assign, "agreement": model.least_agreement},
        "evidence": [{"features": sorted(one.features), "agreement": one.agreement} for one in model.evidence],
        "golden": list(model.golden),
        "parcours": model.parcours,
        "training": model.training,
        "quality": model.quality,
        "privacy": model.privacy,
        "previous": model.previous,
        "migration": model.migration,
    }


def _feature_told(one: Feature) -> dict[str, Any]:
    return {
        "id": one.id,
        "label": _text(one.label),
        "question": _text(one.question),
        "source": one.source,
        "definition": one.definition,
        "levels": [
            {"code": level.code, "label": _text(level.label), "covers": list(level.covers)} for level in one.levels
        ],
    }


def _read(told: Mapping[str, Any]) -> SegmentModel:
    return SegmentModel(
        id=str(told["id"]),
        version=str(told["version"]),
        created=str(told["created"]),
        features=tuple(_feature_read(one) for one in told["features"]),
        classes=tuple(
            SegmentClass(str(one["code"]), _words(one["name"]), _words(one["card"]), str(one["colour"]))
            for one in told["classes"]
        ),
        priors=tuple(float(one) for one in told["priors"]),
        tables=MappingProxyType(
            {name: tuple(tuple(float(p) for p in row) for row in table) for name, table in told["tables"].items()}
        ),
        evidence=tuple(Evidence(frozenset(one["features"]), float(one["agreement"])) for one in told["evidence"]),
        golden=tuple(told["golden"]),
        assign=float(told["thresholds"]["assign"]),
        least_agreement=float(told["thresholds"]["agreement"]),
        parcours=told["parcours"],
        training=told["training"],
        quality=told["quality"],
        privacy=told["privacy"],
        previous=told["previous"],
        migration=told["migration"],
    )


def _feature_read(told: Mapping[str, Any]) -> Feature:
    return Feature(
        id=str(told["id"]),
        label=_words(told["label"]),
        question=_words(told["question"]),
        levels=tuple(
            Level(str(one["code"]), _words(one["label"]), tuple(map(str, one["covers"]))) for one in told["levels"]
        ),
        source=str(told["source"]),
        definition=int(told["definition"]),
    )


def _problem(model: SegmentModel) -> Text | None:
    """What makes a model meaningless; None when nothing does."""
    k, ids = len(model.classes), [one.id for one in model.features]
    if k < 2 or len({one.code for one in model.classes}) != k or len(model.priors) != k:
        return Text("il lui manque des profils", "profiles are missing")
    if len(set(ids)) != len(ids) or not ids or set(model.tables) != set(ids):
        return Text("ses traits et ses tables ne vont pas ensemble", "its features and its tables do not match")
    if not set(model.golden) <= set(ids) or not all(one.features <= set(ids) for one in model.evidence):
        return Text("il nomme un trait qu'il n'a pas", "it names a feature that it does not have")
    rows = [model.priors, *(row for one in model.features for row in _rows(model, one))]
    if any(len(model.tables[one.id]) != k for one in model.features) or not all(map(_is_distribution, rows)):
        return Text("ses probabilités ne font pas 1", "its probabilities do not add up to 1")
    return None


def _rows(model: SegmentModel, one: Feature) -> tuple[tuple[float, ...], ...]:
    table = model.tables[one.id]
    return table if all(len(row) == len(one.levels) for row in table) else ((),)


def _is_distribution(row: tuple[float, ...]) -> bool:
    """Whether these are probabilities above zero that add up to 1, but for their rounding."""
    return bool(row) and all(0 < p <= 1 for p in row) and abs(sum(row) - 1) < 1e-4


def _damaged(why: Text) -> BadInput:
    return BadInput(
        Text("Le fichier du modèle de segmentation est inutilisable.", "The segmentation model file cannot be used."),
        found=Text("Raison : {why}.", "Reason: {why}.").filled(why=why),
        do=Text("Le reprendre du pôle, ou l'exporter de nouveau.", "Take it from the hub again, or export it again."),
    )
