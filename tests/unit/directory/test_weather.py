"""Daily weather as its publisher gives it, and what it says of a day."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from publicc.directory.almanac import Almanac, Weather
from publicc.directory.official.layers import Layer
from publicc.directory.official.read import read_official
from publicc.directory.official.weather import FILE
from publicc.kernel.errors import BadInput

ENGLISH = (
    '"Longitude (x)","Latitude (y)","Station Name","Climate ID","Date/Time","Year","Max Temp (°C)","Mean Temp (°C)",'
    """"Mean Temp Flag","Total Rain (mm)","Total Rain Flag","Total Snow (cm)"
"-73.74","45.47","MONTREAL INTL A","702S006","2026-02-13","2026","-2.0","-7.4","","0.0","","21.5"
"-73.74","45.47","MONTREAL INTL A","702S006","2026-02-14","2026","","","M","","M",""
"""
)
FRENCH = """"Nom de la Station","Date/Heure","Temp moy.(°C)","Pluie tot. (mm)","Neige tot. (cm)"
"MONTREAL INTL A","2025-07-01","24,6","12,4","0,0"
"""  # fmt: skip


def written(folder: Path, content: bytes, name: str = "meteo.csv") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def test_a_day_keeps_what_the_station_measured_and_no_more(tmp_path: Path) -> None:
    kept = read_official(written(tmp_path, ENGLISH.encode()))
    assert (kept.layer, kept.vintage, kept.rows) == (Layer.WEATHER, "2026", 2)
    rows = pq.read_table(io.BytesIO(kept.files[FILE])).to_pylist()
    assert rows == [
        {"on": date(2026, 2, 13), "celsius": -7.4, "rain_mm": 0.0, "snow_cm": 21.5},
        {"on": date(2026, 2, 14), "celsius": None, "rain_mm": None, "snow_cm": None},
    ]


def test_several_years_come_in_one_archive_in_either_language(tmp_path: Path) -> None:
    file = tmp_path / "meteo.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("2026.csv", ENGLISH.encode())
        archive.writestr("2025.csv", FRENCH.encode("cp1252"))
    kept = read_official(file)
    assert (kept.vintage, kept.rows) == ("2025–2026", 3)
    assert kept.notes[0].fr == "Station : MONTREAL INTL A."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("2026-02-14", "hier"), "Ligne 3"),
        (('"-7.4"', '"froid"'), "Ligne 2"),
        (('INTL A","702S006","2026-02-14', 'AUTRE","702S006","2026-02-14'), "plusieurs stations"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(change: tuple[str, str], said: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as raised:
        read_official(written(tmp_path, ENGLISH.replace(*change).encode()))
    assert said in raised.value.sentence("fr")


def test_headers_without_a_day_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as raised:
        read_official(written(tmp_path, ENGLISH.splitlines()[0].encode()))
    assert "aucun jour" in raised.value.sentence("fr")


def test_a_day_says_its_holiday_its_break_and_its_weather() -> None:
    almanac = Almanac(
        weather={date(2026, 12, 25): Weather(-7.4, 0.0, 21.5), date(2026, 2, 11): Weather(None, None, None)}
    )
    assert almanac.marks(date(2026, 12, 25)).fr == "Jour de Noël; Congé des fêtes; −7\u00a0°C, 22\u00a0cm de neige"
    assert almanac.marks(date(2026, 2, 11)).fr == ""
    assert {one.slug for one in almanac.breaks(date(2027, 1, 3))} == {"fetes"}
