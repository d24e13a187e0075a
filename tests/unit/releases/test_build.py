"""A release from a pool: what is in it, what is not, and what happens to one that was touched."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner

from publicc.cli.app import app
from publicc.disclosure.criteria import Risk
from publicc.disclosure.policy import PersonRules, Policy, ReleaseRefused
from publicc.disclosure.seal import Signer
from publicc.kernel.errors import BadInput, NotFound
from publicc.kernel.period import Period, season_period
from publicc.releases.audit import audit_release, pool_beside, release_in
from publicc.releases.build import build_release
from publicc.releases.consent import Consent
from publicc.releases.contents import COHORT
from publicc.releases.files import GROUPS_FILE, member_file, read_release, sealed_file
from publicc.releases.history import history_of
from tests.unit.releases.pool import write_pool

SIGNER = Signer("Pôle", Ed25519PrivateKey.from_private_bytes(bytes(32)))
AS_OF = date(2020, 1, 15)


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pool(tmp_path_factory.mktemp("run") / "pool")


@pytest.fixture(scope="module")
def release(pool: Path) -> Path:
    folder = pool.parent / "release"
    build_release(pool, folder, as_of=AS_OF, signer=SIGNER)
    return folder


def rows(folder: Path) -> list[dict[str, Any]]:
    return pq.read_table(folder / "cells.parquet").to_pylist()


def certificate(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    return told


def test_a_release_shows_some_cells_and_withholds_others(release: Path) -> None:
    told = certificate(release)
    assert told["cells"]["shown"] == sum(row["state"] == "shown" for row in rows(release)) > 5
    assert told["cells"]["withheld"] == sum(row["state"] == "withheld" for row in rows(release)) > 5
    assert told["period"] == {"from": "2018-09-01", "to": "2019-08-31"}
    assert all(told["cells"]["tables"][table]["shown"] for table in ("buyers", "revenue", "admissions", "comparison"))


def test_the_certificate_says_that_every_attack_failed(release: Path) -> None:
    audit = certificate(release)["audit"]
    assert audit["attacks"] > 100
    assert (audit["exact"], audit["within"]) == (0, 0)


def test_the_certificate_measures_the_three_criteria_with_their_samples(release: Path) -> None:
    told = certificate(release)["three_criteria"]
    assert (told["measured"], told["persons"], told["limit"]) == (True, 1500, 0.05)
    for name in ("singling_out", "linkability", "inference"):
        one = told[name]
        assert one["held"]
        assert one["interval"][0] <= one["excess"] <= one["interval"][1]
        assert one["excess"] == pytest.approx(one["risk"] - one["reference"], abs=1e-5)
    assert told["inference"]["attempts"] + told["inference"]["reference_attempts"] == 1500


def test_a_release_whose_criteria_fail_on_two_splits_is_refused(
    pool: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    splits = []

    def too_much(*_: object) -> dict[str, Risk]:
        splits.append(1)
        return {"inference": Risk(1000, 900, 1000, 100)}

    monkeypatch.setattr("publicc.releases.criteria.three_criteria", too_much)
    with pytest.raises(ReleaseRefused, match="criteria"):
        build_release(pool, tmp_path / "r", as_of=AS_OF, signer=SIGNER)
    assert len(splits) == 2
    assert not (tmp_path / "r").exists()


def test_a_withheld_cell_carries_nothing(release: Path) -> None:
    held = [row for row in rows(release) if row["state"] == "withheld"]
    assert {(row["value"], row["n"]) for row in held} == {(None, None)}
    assert {row["reason"] for row in held if row["table"] == "buyers"} == {"persons"}


def test_every_shown_count_of_persons_is_rounded(release: Path) -> None:
    shown = [row["value"] for row in rows(release) if row["table"] == "buyers" and row["state"] == "shown"]
    assert all(value >= 10 and value % 5 == 0 for value in shown)


def test_the_total_of_buyers_is_the_number_of_persons(release: Path) -> None:
    (total,) = (
        row
        for row in rows(release)
        if row["table"] == "buyers"
        and not any(row[name] for name in ("buyer_region", "main_discipline", "organizations_visited"))
    )
    assert total["value"] == 1500


def test_two_builds_are_the_same_bytes(pool: Path, release: Path, tmp_path: Path) -> None:
    build_release(pool, tmp_path / "again", as_of=AS_OF, signer=SIGNER)
    for name in ("cells.parquet", "certificate.json"):
        assert (tmp_path / "again" / name).read_bytes() == (release / name).read_bytes()


def test_an_audit_from_the_stored_files_finds_nothing(release: Path, pool: Path) -> None:
    outside, inside = audit_release(release), audit_release(release, pool=pool)
    assert outside.held
    assert inside.held
    assert inside.altered == 0
    of = ("persons", "revenue", "admissions")
    outsider = {f"{who}_{what}" for who in ("outsider", "outsider_public") for what in of} | {"public_groups"}
    assert set(outside.attempts) == outsider
    money = {f"{tier}_{table}" for tier in ("money", "public") for table in ("revenue", "admissions")}
    assert set(inside.attempts) == outsider | {"persons", "public_persons"} | money


def test_the_release_and_the_pool_of_a_run_are_found_from_its_folder(release: Path, pool: Path, tmp_path: Path) -> None:
    assert release_in(release.parent) == release == release_in(release)
    assert pool_beside(release) == pool.resolve()
    assert release_in(tmp_path) == tmp_path
    assert pool_beside(tmp_path / "release") is None


def test_a_release_of_nothing_closed_is_still_attacked_as_every_member(pool: Path, tmp_path: Path) -> None:
    build_release(pool, tmp_path / "r", as_of=date(2019, 1, 1), signer=SIGNER)
    report = audit_release(tmp_path / "r", pool=pool)
    assert (report.closed, report.altered, report.held) == (False, 0, True)
    assert report.attempts["persons"].run > 0


@pytest.mark.parametrize("name", ["cells.parquet", "certificate.json"])
def test_one_byte_changed_is_refused(release: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(release, tmp_path, dirs_exist_ok=True)
    content = bytearray((tmp_path / name).read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / name).write_bytes(bytes(content))
    with pytest.raises(ReleaseRefused):
        audit_release(tmp_path)


def test_another_signer_is_refused_by_who_knows_the_right_one(release: Path) -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes([7] * 32))
    assert read_release(release, public_key=SIGNER.public_key()).certificate["signer"] == "Pôle"
    with pytest.raises(ReleaseRefused):
        read_release(release, public_key=Signer("x", other).public_key())


def test_a_folder_without_a_release_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_release(tmp_path)


def test_few_organizations_release_nothing_and_that_is_right(tmp_path: Path) -> None:
    pool = write_pool(tmp_path / "pool", houses=3, persons=200)
    told = build_release(pool, tmp_path / "release", as_of=AS_OF, signer=SIGNER)
    assert told["cells"]["shown"] == 0
    assert told["cells"]["withheld"] > 300
    assert audit_release(tmp_path / "release", pool=pool).held


def test_a_period_that_is_not_closed_long_enough_is_refused_and_nothing_is_written(pool: Path, tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match="closed"):
        build_release(pool, tmp_path / "r", period=season_period(2018), as_of=date(2019, 10, 1), signer=SIGNER)
    assert not (tmp_path / "r").exists()


def test_when_no_season_is_closed_every_cell_is_withheld(pool: Path, tmp_path: Path) -> None:
    told = build_release(pool, tmp_path / "r", as_of=date(2019, 1, 1), signer=SIGNER)
    assert (told["closed"], told["cells"]["shown"], told["audit"]["attacks"]) == (False, 0, 0)
    assert told["three_criteria"] == {"measured": False, "limit": 0.05}
    assert audit_release(tmp_path / "r", pool=pool).held


def test_a_lax_policy_is_refused(pool: Path, tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused):
        build_release(pool, tmp_path / "r", policy=Policy(persons=PersonRules(k=3)), as_of=AS_OF, signer=SIGNER)


def test_a_missing_table_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="missing"):
        build_release(tmp_path, tmp_path / "r", as_of=AS_OF, signer=SIGNER)


def test_a_new_release_replaces_the_old_one_whole(pool: Path, tmp_path: Path) -> None:
    build_release(pool, tmp_path / "r", as_of=date(2019, 1, 1), signer=SIGNER)
    build_release(pool, tmp_path / "r", as_of=date(2019, 2, 1), signer=SIGNER)
    assert certificate(tmp_path / "r")["as_of"] == "2019-02-01"
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_no_organization_or_person_is_named_in_the_cells(release: Path) -> None:
    content = (release / "cells.parquet").read_bytes()
    assert b"house-" not in content
    assert not [value for row in rows(release) for value in row.values() if isinstance(value, str) and "house" in value]


@pytest.mark.django_db
def test_the_command_takes_its_day_of_computation(pool: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLICC_HOME", str(tmp_path / "home"))
    words = ["release", "build", "--pool", str(pool), "--out", str(tmp_path / "r"), "--as-of", "2019-01-01", "--json"]
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert json.loads(done.stdout)["as_of"] == "2019-01-01"


def test_every_member_reads_its_peers_without_itself(release: Path) -> None:
    common = [row for row in rows(release) if row["table"] == "comparison" and row["statistic"] == "median"]
    own = pq.read_table(release / member_file("house-00")).to_pylist()
    prices = [row for row in own if row["metric"] == "average_price_paid" and row["statistic"] == "median"]
    for told, peers in zip([row for row in common if row["metric"] == "average_price_paid"], prices, strict=True):
        assert (told["state"], told["organization_region"]) == (peers["state"], peers["organization_region"])
        if told["state"] == "shown":
            assert told["n"] - peers["n"] in {0, 1}
            assert any(told[one.name] for one in COHORT) or told["n"] - peers["n"] == 1
    assert {row["tier"] for row in own} == {"members"}


def test_what_everybody_may_read_stands_on_more(release: Path) -> None:
    public = [row for row in rows(release) if row["tier"] == "public" and row["state"] == "shown"]
    assert all(row["value"] >= 20 for row in public if row["table"] == "buyers")
    assert all(row["n"] >= 7 for row in public if row["table"] != "buyers")
    assert len(public) < sum(row["state"] == "shown" for row in rows(release))


def test_a_members_file_is_sealed_with_the_release(release: Path, tmp_path: Path) -> None:
    shutil.copytree(release, tmp_path, dirs_exist_ok=True)
    file = tmp_path / member_file("house-00")
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    copy = read_release(tmp_path)
    assert sealed_file(copy, member_file("nobody")) is None
    assert sealed_file(copy, GROUPS_FILE)
    with pytest.raises(ReleaseRefused, match="altered"):
        sealed_file(copy, member_file("house-00"))
    file.unlink()
    with pytest.raises(ReleaseRefused, match="altered"):
        sealed_file(copy, member_file("house-00"))


def test_a_period_that_members_have_read_is_never_computed_again(pool: Path, release: Path, tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match="released already"):
        build_release(pool, tmp_path / "r", as_of=AS_OF, signer=SIGNER, history=history_of([release]))
    assert not (tmp_path / "r").exists()


def test_days_that_were_counted_are_compared_again_and_never_counted_again(
    pool: Path, release: Path, tmp_path: Path
) -> None:
    autumn = Period(date(2018, 9, 1), date(2018, 11, 30))
    told = build_release(
        pool, tmp_path / "r", period=autumn, as_of=AS_OF, signer=SIGNER, history=history_of([release, tmp_path])
    )
    assert told["counts_persons"] is False
    assert set(told["cells"]["tables"]) == {"comparison"}
    assert told["three_criteria"]["measured"] is False


def test_nothing_of_who_does_not_allow_it_is_counted_or_compared(tmp_path: Path) -> None:
    pool = write_pool(tmp_path / "pool", houses=9, persons=500)
    slugs = {f"house-{at:02}" for at in range(9)}
    consent = Consent(frozenset(slugs - {"house-03"}), frozenset(slugs - {"house-03", "house-04"}))
    told = build_release(pool, tmp_path / "r", as_of=AS_OF, signer=SIGNER, consent=consent)
    assert set(told["membership"]) == set(told["names"]) == slugs - {"house-03"}
    read = {path.stem for path in (tmp_path / "r").rglob("house-*.parquet")}
    assert read == slugs - {"house-03", "house-04"}
    voters = json.loads((tmp_path / "r" / GROUPS_FILE).read_text(encoding="utf-8"))
    assert not {"house-03", "house-04"} & {slug for one in voters.values() for slug in one["panel"]}
    assert audit_release(tmp_path / "r", pool=pool).held


def test_who_the_hub_does_not_describe_comes_by_its_files() -> None:
    told = Consent.given(["a", "b", "c"], described=["a", "b"], counted=["a"], compared=[])
    assert told == Consent(frozenset({"a", "c"}), frozenset({"c"}))
