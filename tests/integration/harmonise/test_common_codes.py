"""Common codes go into the pool beside shows and venues; labels of what was published come back to the directory."""

from datetime import date

import pytest

from publicc.collective.models import Organization
from publicc.collective.profiles import OrganizationProfile
from publicc.directory.models import Entry, Label
from publicc.harmonise.labels import seen_labels
from publicc.harmonise.stages import Stages
from publicc.harmonise.together import harmonise_together
from publicc.kernel.scope import OwnRows
from publicc.metrics.rollup import rollup_tables
from publicc.store.facts import own_facts
from publicc.store.home import Home
from tests.drawn_vaults import fill

NORD = """
    performance_key | title               | room_label      | city       | starts_on
    ----------------+---------------------+-----------------+------------+-----------
    p1              | LE FLEUVE – extra   | Théâtre Granada | Sherbrooke | 2019-02-01
    p2              | Le Fleuve           | Théâtre Granada | Sherbrooke | 2019-02-02
    p3              | <b>La Marée</b>     | -               | -          | 2019-02-03
    p4              | -                   | -               | -          | 2019-02-04
"""
SUD = """
    performance_key | title               | room_label      | city       | starts_on
    ----------------+---------------------+-----------------+------------+-----------
    q1              | Le Fleuve (complet) | Granada         | Sherbrooke | 2019-03-01
    q2              | Projet secret       | Granada         | Rimouski   | 2031-01-01
"""


@pytest.mark.django_db
def test_two_houses_share_a_code_in_the_snapshot_that_follows(home: Home) -> None:
    profiles = [OrganizationProfile(slug, slug) for slug in ("nord", "sud")]
    for one in profiles:
        Organization.objects.create(slug=one.slug, name=one.name)
    fill(home, "nord", performances=NORD)
    fill(home, "sud", performances=SUD)

    def publish() -> str:
        told = {"as_of": date(2019, 6, 1), "stages": Stages(), "tables": rollup_tables()}
        return harmonise_together(home, profiles, **told).id  # type: ignore[arg-type]

    first = publish()
    assert {show.text: show.is_public for show in seen_labels(home).shows if show.organization == "sud"} == {
        "Le Fleuve": True, "Projet secret": False,
    }  # fmt: skip
    assert Label.objects.get(text="Projet secret").entry is None
    assert Entry.objects.filter(kind="SHOW").count() == 2
    assert publish() != first
    code = Entry.objects.get(kind="SHOW", name_fr="Le Fleuve").code
    for slug in ("nord", "sud"):
        with own_facts(home, OwnRows(slug)) as facts:
            found = facts.execute("SELECT common_show_id FROM shows WHERE title ILIKE 'Le Fleuve'").fetchall()
            assert found == [(code,)]
    with own_facts(home, OwnRows("sud")) as facts:
        rooms = dict(facts.execute("SELECT municipality, common_venue_id FROM venues").fetchall())
    assert rooms["Sherbrooke"] == Entry.objects.get(kind="VENUE", municipality="Sherbrooke").code
    assert rooms["Rimouski"] is None
