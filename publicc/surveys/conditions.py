"""When a question is asked: the subset of SurveyJS expressions that the server understands. Pure.

`{id} = 'a'`, `<>`, `>`, `>=`, `<`, `<=`, `{id} contains 'a'`, `{id} anyof ['a', 'b']`, `{id} empty`, `{id} notempty`,
joined by `and` and `or` (`and` binds tighter); no parentheses. A condition on a question without answer is not met.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text

_TERM: Final = re.compile(
    r"^\{(?P<id>[\w.+-]+)\}\s*(?:(?P<bare>notempty|empty)|(?P<op><>|!=|>=|<=|==|=|>|<|contains|anyof)\s*(?P<value>.+))$",
    re.DOTALL,
)
_SPLIT_OR: Final = re.compile(r"\s+or\s+(?=\{)")
_SPLIT_AND: Final = re.compile(r"\s+and\s+(?=\{)")
_QUOTED: Final = re.compile(r"^'([^'\\]*)'$|^\"([^\"\\]*)\"$")
_NUMBER: Final = re.compile(r"^-?\d{1,9}(\.\d{1,6})?$")
_SAME: Final = {"==": "=", "!=": "<>"}


@dataclass(frozen=True, slots=True)
class Term:
    """One comparison: a question, an operator, and the values it is compared with."""

    question: str
    operator: str
    values: tuple[str, ...] = ()

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether these answers satisfy it."""
        given = answers.get(self.question)
        if self.operator in {"empty", "notempty"}:
            return (given in (None, "", [])) == (self.operator == "empty")
        if given in (None, "", []):
            return False
        if self.operator in {"contains", "anyof"}:
            chosen = given if isinstance(given, list) else [str(given)]
            return any(value in chosen for value in self.values)
        return _compared(str(given), self.operator, self.values[0])


def _compared(given: str, operator: str, value: str) -> bool:
    if operator in {"=", "<>"}:
        return (given == value) == (operator == "=")
    if not (_NUMBER.match(given) and _NUMBER.match(value)):
        return False
    left, right = float(given), float(value)
    return {">": left > right, ">=": left >= right, "<": left < right, "<=": left <= right}[operator]


@lru_cache(maxsize=2_000)
def parsed(condition: str) -> tuple[tuple[Term, ...], ...]:
    """The condition as alternatives of terms that must all hold. Raises BadInput for what is outside the subset."""
    alternatives = _SPLIT_OR.split(condition.strip())
    return tuple(tuple(_term(part, condition) for part in _SPLIT_AND.split(one)) for one in alternatives)


def is_met(condition: str, answers: Mapping[str, Any]) -> bool:
    """Whether a question with this condition is asked, given the answers so far."""
    return not condition or any(all(term.holds(answers) for term in terms) for terms in parsed(condition))


def asked_about(condition: str) -> frozenset[str]:
    """The questions that the condition reads."""
    return frozenset(term.question for term in terms_of(condition))


def terms_of(condition: str) -> Iterator[Term]:
    """Every comparison of the condition."""
    if condition:
        yield from (term for terms in parsed(condition) for term in terms)


def _term(part: str, condition: str) -> Term:
    found = _TERM.match(part.strip())
    if found is None:
        raise _outside(condition)
    if found["bare"]:
        return Term(found["id"], found["bare"])
    return Term(
        found["id"], _SAME.get(found["op"], found["op"]), _values(found["op"], found["value"].strip(), condition)
    )


def _values(operator: str, written: str, condition: str) -> tuple[str, ...]:
    is_list = written.startswith("[") and written.endswith("]")
    if is_list != (operator == "anyof"):
        raise _outside(condition)
    parts = written[1:-1].split(",") if is_list else [written]
    return tuple(_value(part.strip(), condition) for part in parts)


def _value(written: str, condition: str) -> str:
    quoted = _QUOTED.match(written)
    if quoted:
        return quoted[1] if quoted[1] is not None else quoted[2]
    if _NUMBER.match(written):
        return written
    raise _outside(condition)


def _outside(condition: str) -> BadInput:
    return BadInput(
        Text("Cette condition ne peut pas être comprise.", "This condition cannot be understood."),
        found=Text("Trouvé : {c}", "Found: {c}").filled(c=condition[:120]),
        do=Text(
            fr="Écrire par exemple {{core.nps.v1}} >= 9, ou {{question}} anyof ['a', 'b'], réunis par and ou or.",
            en="Write for instance {{core.nps.v1}} >= 9, or {{question}} anyof ['a', 'b'], joined by and or or.",
        ).filled(),
    )
