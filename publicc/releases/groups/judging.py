"""What the policy says of a group, beside all that its asker, or anybody, was shown: membership alone decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from publicc.collective.row_wall import everyone
from publicc.disclosure.custom import Verdict, judged
from publicc.disclosure.policy import Policy
from publicc.kernel.scope import OwnRows
from publicc.kernel.text import Text
from publicc.releases.catalogue import Cohort, Released, catalogue_for
from publicc.releases.grouping import Grouping
from publicc.releases.groups.queries import legal_groups, of_one_legal_group
from publicc.releases.groups.states import GroupState
from publicc.releases.models import PeerGroup
from publicc.releases.policies import policy_in_force
from publicc.store.home import Home

_WORDS: Final = {
    Verdict.PERMITTED: Text("La politique le permet.", "The policy permits it."),
    Verdict.TOO_FEW: Text(
        "Ce groupe compte {n} organismes en plus du vôtre; il en faut {needed}. Ceux d'un même groupe juridique "
        "comptent pour un.",
        "This group has {n} organizations besides yours; {needed} are needed. Those of one legal group count as one.",
    ),
    Verdict.TOO_CLOSE: Text(
        "Ce groupe est trop proche d'un groupe déjà montré : en soustrayant l'un de l'autre, on approcherait un "
        "organisme. Deux groupes montrés diffèrent de 0 ou d'au moins {apart} organismes, de chaque côté.",
        "This group is too close to one that is shown already: taking one from the other would close in on an "
        "organization. Two groups that are shown differ by 0 or at least {apart} organizations, each way.",
    ),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, why, and the nearest wider group that the asker may read today."""

    verdict: Verdict
    why: Text
    wider: Cohort | None

    @property
    def permits(self) -> bool:
        """Whether the policy lets it be shown."""
        return self.verdict is Verdict.PERMITTED


def latest(home: Home, slug: str) -> Released | None:
    """The newest release that a member reads; None before the first."""
    return next(iter(catalogue_for(home, OwnRows(slug)).releases), None)


def judge(home: Home, released: Released, members: Iterable[str], *, besides: PeerGroup | None = None) -> Judgement:
    """What the policy says to the asker: beside groups of the catalogue and its own, those of others unknown to it."""
    askers = of_one_legal_group(released.viewer)
    with everyone():  # organizations of one legal group are one asker
        mine = list(PeerGroup.objects.filter(organization__slug__in=askers, state__in=_IN_PLAY))
    return _judged(home, released, frozenset(members), _others(mine, besides))


def judge_for_hub(home: Home, released: Released, group: PeerGroup) -> Judgement:
    """What the policy says to the hub: beside the groups of everybody, so that members who talk find nobody."""
    allowed = PeerGroup.objects.filter(state=GroupState.ALLOWED.value)
    return _judged(home, released, frozenset(group.members), _others(allowed, group))


_IN_PLAY: Final = (GroupState.WAITING.value, GroupState.ALLOWED.value)


def _others(found: Iterable[PeerGroup], besides: PeerGroup | None) -> list[frozenset[str]]:
    return [frozenset(one.members) for one in found if besides is None or one.pk != besides.pk]


def _judged(home: Home, released: Released, members: frozenset[str], known: list[frozenset[str]]) -> Judgement:
    policy = policy_in_force(home)
    heads = Grouping(legal_groups()).heads(released.membership)
    viewer = heads.get(released.viewer, released.viewer)
    shown = [released.others_in(cohort) for cohort in released.cohorts()]
    asked = _as_one(members & set(released.membership), heads) - {viewer}
    seen = [_as_one(group, heads) - {viewer} for group in (*shown, *known)]
    verdict = judged(asked, seen, (policy.money, policy.groups), viewer)
    return Judgement(verdict, _why(verdict, len(asked), policy), released.around(members, released.cohorts()))


def _as_one(slugs: Iterable[str], heads: dict[str, str]) -> frozenset[str]:
    return frozenset(heads.get(slug, slug) for slug in slugs)


def _why(verdict: Verdict, n: int, policy: Policy) -> Text:
    told = {"n": str(n), "needed": str(policy.groups.others), "apart": str(policy.money.overlap)}
    return _WORDS[verdict].filled(**told)
