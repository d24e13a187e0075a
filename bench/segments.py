"""The common segmentation: planted profiles found again, typing, scoring and training a million, lifecycle on cdnow.

`PUBLICC_BENCH_HOME`: a home whose pool is also tried, with the whole bootstrap (minutes).
"""

import json
import os
import resource
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from publicc.kernel.errors import BadInput
from publicc.kernel.period import months_before
from publicc.metrics import rowsets
from publicc.metrics.traits import CODES, TRAITS
from publicc.releases.consent import EVERYONE
from publicc.releases.patterns import training_patterns
from publicc.segments.fitting import adjusted_rand
from publicc.segments.learning import Settings
from publicc.segments.matching import classes_by
from publicc.segments.model import SegmentModel
from publicc.segments.sql import scoring
from publicc.segments.training import trained
from publicc.store.home import Home
from publicc.store.snapshots import current_or_refuse, snapshot_folder
from tests.shared_data import SHARED
from tests.unit.segments.planted import SHARES, Planted, planted

MILLION: Final = 1_000_000
SCORED_IN: Final = 5.0
TRAINED_IN: Final = 600.0
MEMORY_MB: Final = 4_000
LIKE_BOOSTING: Final = 0.95
_FILE: Final = Path(__file__).parent / "results" / "segments.json"
_CUT: Final = date(1997, 12, 31)


def run() -> dict[str, Any]:
    """Each part is written as soon as it is measured: a run that is stopped keeps what it found."""
    small = planted(4000)
    model, seconds = timed(lambda: trained(small.patterns, Settings(draws=50, starts=50), version="1", created="1"))
    told: dict[str, Any] = {
        "load": round(os.getloadavg()[0], 1),
        "planted": said(model, small) | {"seconds": seconds},
    }
    home = os.environ.get("PUBLICC_BENCH_HOME")
    parts: dict[str, Callable[[], dict[str, Any]]] = {"pool": lambda: pool(Path(home))} if home else {}
    parts |= {"scoring_1m": lambda: scored(model), "lifecycle_cdnow": lifecycle, "training_1m": million}
    for name, measure in parts.items():
        told[name] = measure()
        _FILE.write_text(json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return told


def said(model: SegmentModel, people: Planted) -> dict[str, Any]:
    """What the evidence of a model is, beside the bars of issue 8."""
    rows, columns = np.nonzero(people.people)
    classes = classes_by(model, people.patterns) + 1
    ari = adjusted_rand(columns, classes[rows], people.people[rows, columns].astype(float))
    return evidence(model) | {"k_planted": len(SHARES), "ari": round(ari, 3), "bar_ari": 0.9}


def evidence(model: SegmentModel) -> dict[str, Any]:
    """Stability, sizes and typing as the model file tells them."""
    quality = model.quality
    return {
        "k": model.k,
        "bootstrap_mean": round(quality["bootstrap"]["mean"], 3),
        "bootstrap_min": round(quality["bootstrap"]["min"], 3),
        "draws": quality["bootstrap"]["draws"],
        "without_one_min": round(quality["without_one"]["min"], 3),
        "sizes": [round(one, 3) for one in quality["sizes"]],
        "typing_6": quality["golden"]["agreement"][5],
        "bar_typing": 0.85,
        "membership_auc": round(model.privacy["membership_auc"], 3),
        "bytes": len(model.as_json().encode()),
    }


def scored(model: SegmentModel) -> dict[str, Any]:
    """A million buyers by one statement."""
    with duckdb.connect() as facts:
        drawn = ", ".join(
            f"[{', '.join(repr(code) for code in CODES[name])}, NULL]"
            f"[1 + CAST(hash(i * 31 + {at}) % {len(CODES[name]) + 1} AS INTEGER)] AS {name}"
            for at, name in enumerate(TRAITS)
        )
        facts.execute(f"CREATE TABLE traits AS SELECT i AS buyer, {drawn} FROM range({MILLION}) AS r(i)")
        sql, values = scoring(model, "traits")
        _, seconds = timed(lambda: facts.execute(f"CREATE TABLE told AS {sql}", values))
    return {**seconds, "bar": SCORED_IN, "reached": seconds["processor"] <= SCORED_IN}


def million() -> dict[str, Any]:
    """A training on a million people: the number of profiles on a sample, the tables on everyone."""
    people = planted(MILLION)
    model, seconds = timed(lambda: trained(people.patterns, Settings(), version="1", created="1"))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        **said(model, people), **seconds, "patterns": len(people.patterns.places), "peak_mb": round(memory),
        "sampled": model.training["sampled"], "people_for_choice": model.training["people_for_choice"],
        "reached": seconds["processor"] <= TRAINED_IN and memory <= MEMORY_MB,
    }  # fmt: skip


def pool(folder: Path) -> dict[str, Any]:
    """The pool of a home, with the whole bootstrap; why, when no number of profiles holds."""
    home = Home(folder)
    manifest = current_or_refuse(home)
    patterns = training_patterns(snapshot_folder(home, manifest.id), EVERYONE, manifest.as_of)
    try:
        model, seconds = timed(lambda: trained(patterns, Settings(), version="1", created="1"))
    except BadInput as refused:
        return {"people": patterns.total, "refused": refused.sentence("en")}
    return evidence(model) | seconds | {"people": patterns.total}


def lifecycle() -> dict[str, Any]:
    """A purchase in the next half-year, told by the parcours of its rules and by boosting on what the rules look at."""
    file = SHARED / "ticketing" / "cdnow" / "CDNOW_master.txt"
    days = {f"status_{months}": months_before(_CUT, months) for months in (18, 24, 36)} | {"status_on": _CUT}
    with duckdb.connect() as facts:
        facts.execute(
            """CREATE TABLE visits AS SELECT DISTINCT words[1] AS buyer, words[2] AS performance_id,
            strptime(words[2], '%Y%m%d')::DATE AS starts_on
            FROM (SELECT regexp_split_to_array(trim(line), '\\s+') AS words FROM read_csv($file,
            columns = {'line': 'VARCHAR'}, delim = '|', skip = 1, header = false))""",
            {"file": str(file)},
        )
        codes = rowsets.PARCOURS.format(visited="SELECT buyer, performance_id, starts_on FROM visits")
        rows = facts.execute(
            f"""WITH codes AS ({codes}) SELECT parcours, count(*) FILTER (starts_on <= $status_on) AS n,
            count(*) FILTER (starts_on <= $status_on AND starts_on >= $status_24) AS n_24,
            date_diff('month', max(starts_on) FILTER (starts_on <= $status_on), $status_on) AS months,
            bool_or(starts_on > $status_on) AS again FROM codes JOIN visits USING (buyer) GROUP BY buyer, parcours
            HAVING n > 0 ORDER BY buyer""",
            days,
        ).fetchall()
    again = np.array([row[4] for row in rows], dtype=int)
    features = np.array([row[1:4] for row in rows], dtype=float)
    names = sorted({row[0] for row in rows})
    code = np.array([names.index(row[0]) for row in rows])
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    rules = np.zeros(len(rows))
    for learnt, held in folds.split(features, again):
        rates = np.array([again[learnt][code[learnt] == c].mean() for c in range(len(names))])
        rules[held] = rates[code[held]]
    told = {"rules": roc_auc_score(again, rules)}
    for name, columns in (("boosting", features[:, :2]), ("boosting_with_months_since", features)):
        peer = HistGradientBoostingClassifier(random_state=1)
        told[name] = roc_auc_score(
            again, cross_val_predict(peer, columns, again, cv=folds, method="predict_proba")[:, 1]
        )
    return {
        "customers": len(rows),
        "return": round(float(again.mean()), 3),
        "codes": names,
        **{f"auc_{name}": round(float(value), 4) for name, value in told.items()},
        "ratio": round(float(told["rules"] / told["boosting"]), 4),
        "ratio_with_months_since": round(float(told["rules"] / told["boosting_with_months_since"]), 4),
        "bar": LIKE_BOOSTING,
    }


def timed(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """What the work gives; seconds by the clock and of processor."""
    wall, processor = time.perf_counter(), time.process_time()
    made = work()
    return made, {
        "seconds": round(time.perf_counter() - wall, 2),
        "processor": round(time.process_time() - processor, 2),
    }
