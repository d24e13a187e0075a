from pathlib import Path

import pytest

from publicc.collective.profiles import OrganizationProfile, VenuePlace, profile_of_folder, slug_of
from publicc.kernel.errors import BadInput


def test_a_folder_alone_is_enough_to_know_an_organization(tmp_path: Path) -> None:
    folder = tmp_path / "Théâtre du Nord"
    folder.mkdir()
    assert profile_of_folder(folder) == OrganizationProfile("theatre-du-nord", "Théâtre du Nord")


def test_its_file_completes_it(tmp_path: Path) -> None:
    (tmp_path / "organization.toml").write_text(
        'name = "Salle A"\ndisciplines = ["THEATRE"]\nlinks_across = true\ntime_zone = "America/Halifax"'
    )
    told = profile_of_folder(tmp_path)
    assert (told.name, told.disciplines, told.links_across) == ("Salle A", ("THEATRE",), True)
    assert told.time_zone == "America/Halifax"


def test_its_rooms_say_where_they_are(tmp_path: Path) -> None:
    (tmp_path / "organization.toml").write_text(
        '[[venues]]\nlabel = "Grande Salle"\npostal_code = "H2X 3A1"\n[[venues]]\nlabel = "Studio"\ncity = "Laval"'
    )
    assert profile_of_folder(tmp_path).venues == (
        VenuePlace("Grande Salle", postal_code="H2X 3A1"),
        VenuePlace("Studio", city="Laval"),
    )


@pytest.mark.parametrize("content", ["name = ", 'time_zone = "Mars/Olympus"'])
def test_a_file_that_means_nothing_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "organization.toml").write_text(content)
    with pytest.raises(BadInput):
        profile_of_folder(tmp_path)


def test_a_name_without_latin_letters_still_has_a_slug() -> None:
    assert slug_of("ᐃᓄᒃᑎᑐᑦ") == "organization"
