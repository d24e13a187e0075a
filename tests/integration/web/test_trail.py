"""The trail: who reads it, what it tells, and that nothing of it can be changed."""

import ast
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

import publicc
from publicc.collective import trail, trail_guard
from publicc.collective.models import Organization, TrailEntry
from publicc.collective.trail_words import WORDS
from publicc.kernel.vocabulary import UserRole


def tell(organization: Organization | None, action: str = "bring_files", object_id: str = "7") -> TrailEntry:
    trail.record(action=action, actor=None, organization=organization, object_id=object_id)
    return TrailEntry.objects.latest("id")


def refused(sql: str, *values: object) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError:
        return True
    return False


def test_the_database_itself_refuses_to_change_or_remove_an_entry(theatre: Organization) -> None:
    entry = tell(theatre)
    assert trail_guard.guards() >= trail_guard.GUARDS
    assert refused("UPDATE collective_trailentry SET action = 'nothing' WHERE id = %s", entry.pk)
    assert refused("DELETE FROM collective_trailentry WHERE id = %s", entry.pk)
    assert TrailEntry.objects.get(pk=entry.pk).action == "bring_files"


def test_code_cannot_change_or_remove_an_entry_either(theatre: Organization) -> None:
    tell(theatre)
    with pytest.raises(TypeError):
        TrailEntry.objects.update(outcome="hidden")
    with pytest.raises(TypeError):
        TrailEntry.objects.all().delete()


def test_an_entry_may_go_once_it_is_older_than_the_trail_is_kept(theatre: Organization) -> None:
    old = TrailEntry.objects.create(at=timezone.now() - timedelta(days=760), action="bring_files")
    young = TrailEntry.objects.create(at=timezone.now() - timedelta(days=700), action="bring_files")
    assert not refused("DELETE FROM collective_trailentry WHERE id = %s", old.pk)
    assert refused("DELETE FROM collective_trailentry WHERE id = %s", young.pk)


def test_the_chain_tells_a_row_that_someone_changed_behind_the_guards(theatre: Organization) -> None:
    first, second, third = (tell(theatre, object_id=str(n)) for n in range(3))
    assert trail.first_broken() is None
    assert first.seal != second.seal
    with connection.cursor() as cursor:
        on = " ON collective_trailentry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER trail_never_changes{on}")
        cursor.execute("UPDATE collective_trailentry SET object_id = 'x' WHERE id = %s", [second.pk])
    trail_guard.put_guards()
    assert trail.first_broken() == second.pk
    assert trail.last_seal() == third.seal


def test_an_organization_or_a_person_that_leaves_stays_in_the_trail(theatre: Organization) -> None:
    entry = tell(theatre)
    number = theatre.pk
    theatre.delete()
    kept = TrailEntry.objects.get(pk=entry.pk)
    assert kept.organization_id == number
    assert trail.first_broken() is None


def words_in(value: ast.expr) -> set[str]:
    """The texts that an argument may be: a constant, or either side of a choice."""
    if isinstance(value, ast.IfExp):
        return words_in(value.body) | words_in(value.orelse)
    return {value.value} if isinstance(value, ast.Constant) and isinstance(value.value, str) else set()


def test_each_action_of_the_code_has_its_words() -> None:
    said = set()
    for source in Path(publicc.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "action":
                said |= words_in(node.value)
            called = node.func if isinstance(node, ast.Call) else None
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if isinstance(node, ast.Call) and name in {"_trail", "told", "_keep", "_record", "_created"}:
                said |= {word for argument in node.args for word in words_in(argument)}
    assert {one for one in said if "_" in one} <= set(WORDS)


def test_a_page_is_told_once_a_day(theatre: Organization, member_of: Callable[..., Client]) -> None:
    client = member_of(theatre, UserRole.READER)
    address = f"/o/{theatre.slug}/glossary/"
    assert client.get(address).status_code == client.get(address).status_code == 200
    seen = TrailEntry.objects.filter(action=trail.SAW)
    assert [(one.object_id, one.organization) for one in seen] == [("glossary", theatre)]
    assert seen[0].request


def test_a_page_that_does_not_exist_is_not_told(theatre: Organization, member_of: Callable[..., Client]) -> None:
    assert member_of(theatre).get(f"/o/{theatre.slug}/deposit/templates/never.csv").status_code == 404
    assert not TrailEntry.objects.filter(action=trail.SAW).exists()


@pytest.mark.parametrize("lang", ["fr-ca", "en-ca"])
def test_an_organization_reads_its_own_trail_and_no_other(
    lang: str, theatre: Organization, opera: Organization, member_of: Callable[..., Client]
) -> None:
    tell(theatre, object_id="ours-42")
    tell(opera, object_id="theirs-43")
    client = member_of(theatre)
    client.cookies["language"] = lang
    page = client.get(f"/o/{theatre.slug}/trail/").content.decode()
    assert "ours-42" in page
    assert "theirs-43" not in page


def test_a_reader_has_no_trail(theatre: Organization, member_of: Callable[..., Client]) -> None:
    assert member_of(theatre, UserRole.READER).get(f"/o/{theatre.slug}/trail/").status_code == 404
    assert member_of(theatre, UserRole.ANALYST).get(f"/o/{theatre.slug}/trail/").status_code == 404


def test_the_auditor_reads_the_whole_trail_and_checks_its_chain(
    theatre: Organization, opera: Organization, seated_as: Callable[[UserRole], Client]
) -> None:
    tell(theatre, object_id="ours-42")
    tell(opera, object_id="theirs-43")
    page = seated_as(UserRole.AUDITOR).get("/hub/trail/?check=chain").content.decode()
    assert "ours-42" in page
    assert "theirs-43" in page
    assert "notice-success" in page


@pytest.mark.parametrize(
    "query", ["span=never", "deed=x", "who=9999999", "who=x", "before=99999999999999999999", "before=x"]
)
def test_a_choice_that_means_nothing_counts_as_none(
    query: str, theatre: Organization, member_of: Callable[..., Client]
) -> None:
    tell(theatre, object_id="ours-42")
    answer = member_of(theatre).get(f"/o/{theatre.slug}/trail/?{query}")
    assert answer.status_code == 200
    assert "ours-42" in answer.content.decode()


def test_filters_narrow_and_older_entries_follow(theatre: Organization, member_of: Callable[..., Client]) -> None:
    for n in range(120):
        tell(theatre, object_id=f"file-{n:03}")
    tell(theatre, "export_table", "season/x.csv")
    client = member_of(theatre)
    exported = client.get(f"/o/{theatre.slug}/trail/?deed=EXPORTED").content.decode()
    assert "season/x.csv" in exported
    assert "file-119" not in exported
    first = client.get(f"/o/{theatre.slug}/trail/?deed=CHANGED")
    older = first.context["view"].older
    assert "file-019" not in first.content.decode()
    assert "file-019" in client.get(f"/o/{theatre.slug}/trail/?{older}").content.decode()
