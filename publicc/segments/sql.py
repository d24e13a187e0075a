"""The same formula as `scoring`, over a table of buyers: table look-ups and a sum, in one statement.

Weights and codes are parameters; names of columns come from the closed list of traits.
"""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from publicc.metrics.traits import TRAITS
from publicc.segments.model import SegmentModel


def scoring(model: SegmentModel, relation: str) -> tuple[str, dict[str, Any]]:
    """A statement and its parameters: `buyer, profile, certainty, p_0 … p_k−1`, one row a buyer of `relation`.

    `relation` has `buyer` and the traits by name, as codes. `profile` is NULL when it is « indéterminé ».
    """
    used = [one for one in model.features if one.id in TRAITS]
    values: dict[str, Any] = {"assign": model.assign, "codes": list(model.codes)}
    scores = [f"$priors[{c + 1}]" for c in range(model.k)]
    values["priors"] = list(model.log_priors)
    places, masks = [], []
    for at, one in enumerate(used):
        spread = [(code, place) for place, level in enumerate(one.levels) for code in level.codes]
        values[f"codes_{at}"] = [code for code, _ in spread]
        places.append(f"nullif(list_position($codes_{at}, {one.id}), 0) AS place_{at}")
        masks.append(f"CASE WHEN place_{at} IS NULL THEN 0 ELSE {1 << at} END")
        for c in range(model.k):
            row = model.log_tables[one.id][c]
            values[f"weights_{at}_{c}"] = [row[place] for _, place in spread]
            scores[c] += f" + coalesce($weights_{at}_{c}[place_{at}], 0)"
    values["enough"] = _enough(model, [one.id for one in used])
    every = range(model.k)
    tops = ", ".join(f"s_{c}" for c in every)
    sql = f"""WITH placed AS (SELECT buyer, {", ".join(places)} FROM {relation}),
scored AS (SELECT buyer, {" + ".join(masks)} AS known, {", ".join(f"{scores[c]} AS s_{c}" for c in every)} FROM placed),
raised AS (SELECT buyer, known, {", ".join(f"exp(s_{c} - greatest({tops})) AS e_{c}" for c in every)} FROM scored),
told AS (SELECT buyer, known, {", ".join(f"e_{c} / ({' + '.join(f'e_{i}' for i in every)}) AS p_{c}" for c in every)}
 FROM raised),
ranked AS (SELECT *, greatest({", ".join(f"p_{c}" for c in every)}) AS certainty FROM told)
SELECT buyer, CASE WHEN certainty >= $assign AND list_contains($enough, known) THEN
 $codes[CASE {" ".join(f"WHEN p_{c} = certainty THEN {c + 1}" for c in every)} END] END AS profile,
 certainty, {", ".join(f"p_{c}" for c in every)} FROM ranked"""
    return sql, values


def _enough(model: SegmentModel, names: list[str]) -> list[int]:
    """The sets of known features, as bits, for which a profile may be shown."""
    bits = {name: 1 << at for at, name in enumerate(names)}
    every = (chosen for n in range(len(names) + 1) for chosen in combinations(names, n))
    return [sum(bits[name] for name in chosen) for chosen in every if model.is_enough(frozenset(chosen))]


def answers_of(row: Mapping[str, Any]) -> dict[str, str]:
    """The known traits of one buyer, as `scoring.typed` takes them."""
    return {name: str(row[name]) for name in TRAITS if row.get(name) is not None}
