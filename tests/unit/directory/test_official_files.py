"""Official files: recognised by what they hold, read whole, refused in a sentence."""

import csv
import gzip
import io
import json
import struct
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import shapely

from publicc.directory.official.layers import Layer, Prepared
from publicc.directory.official.limits import MOST_GZIPPED
from publicc.directory.official.read import read_official
from publicc.directory.official.traits import measured
from publicc.kernel.errors import BadInput
from publicc.kernel.text import NBSP
from tests.shared_data import SHARED, needs_shared

GEOGRAPHY = SHARED / "geography"
real = [pytest.mark.shared, needs_shared]


def table(prepared: Prepared) -> list[dict[str, Any]]:
    (content,) = prepared.files.values()
    rows: list[dict[str, Any]] = pq.read_table(io.BytesIO(content)).to_pylist()
    return rows


def refusal(path: Path) -> str:
    with pytest.raises(BadInput) as refused:
        read_official(path)
    french, english = refused.value.sentence("fr"), refused.value.sentence("en")
    assert french != english
    return french.replace(NBSP, " ")


@pytest.mark.shared
@needs_shared
class TestRealFiles:
    def test_zipped_limits_in_statistics_canadas_projection(self) -> None:
        read = read_official(GEOGRAPHY / "polygons" / "lfsa000b21a_e_simplified.zip")
        assert (read.layer, read.rows, read.vintage) == (Layer.FSA_LIMITS, 1634, "2021")
        told = json.loads(read.files["fsa_areas_qc.topojson"])
        assert len(told["objects"]["fsa"]["geometries"]) == 414
        h2x = drawn(told)["H2X"].centroid
        assert (round(h2x.y, 2), round(h2x.x, 2)) == (45.51, -73.57)

    def test_outlines_that_cross_themselves_are_mended_and_none_is_lost(self) -> None:
        read = read_official(GEOGRAPHY / "polygons" / "fsa_2021_qc_raw_rings.geojson")
        assert [note.fr for note in read.notes] == ["55 contours réparés."]
        areas = drawn(json.loads(read.files["fsa_areas_qc.topojson"]))
        assert len(areas) == 414
        assert max(areas, key=lambda fsa: areas[fsa].area) == "J0Y"
        assert sum(area.area for area in areas.values()) < 300
        assert len(gzip.compress(read.files["fsa_areas_qc.topojson"], 6)) <= MOST_GZIPPED

    def test_the_census_profile_adds_up_to_the_published_totals(self) -> None:
        read = read_official(GEOGRAPHY / "census" / "98-401-X2021013_eng_CSV_reconstructed.zip")
        assert (read.layer, read.rows, read.vintage, read.invented) == (Layer.CENSUS, 415, "2021", False)
        total: dict[str, list[float]] = {}
        for row in table(read):
            sums = total.setdefault(row["trait"], [0.0, 0.0])
            sums[0] += row["part"]
            sums[1] += row["whole"]
        assert total["population"][0] == 8_501_832
        assert total["households"][0] == sum((1671950, 199030, 98635, 271220, 1242915, 225720, 15735, 23730))
        assert total["renter"] == [1_497_000, 1_497_000 + 2_245_680]
        assert "home_french" not in total
        assert "Absents du fichier" in read.notes[0].fr

    def test_the_same_profile_out_of_its_archive(self) -> None:
        inside = read_official(GEOGRAPHY / "census" / "98-401-X2021013_eng_CSV_reconstructed.zip")
        alone = read_official(GEOGRAPHY / "census" / "RECONSTRUCTED_98-401-X2021013_QC_partial.csv")
        assert inside.files == alone.files

    def test_the_register_keeps_no_name_and_no_contact_of_a_person(self) -> None:
        read = read_official(GEOGRAPHY / "admin" / "MUN.csv")
        rows = table(read)
        assert read.rows == len(rows) == 1130
        assert sum(row["population"] for row in rows) == 8_635_156
        assert {len(row["mrc_code"]) for row in rows if row["mrc_code"]} == {3}
        with (GEOGRAPHY / "admin" / "MUN.csv").open(encoding="utf-8-sig") as file:
            personal = {row[name] for row in csv.DictReader(file) for name in ("maire", "mcourriel", "con1", "dirgen")}
        kept = {str(value) for row in rows for value in row.values()}
        assert not kept & (personal - {""})

    def test_geonames_replaces_the_areas_that_it_holds_and_no_other(self) -> None:
        read = read_official(GEOGRAPHY / "postal" / "CA_full_layout_sample.txt")
        rows = {row["code"]: row for row in table(read)}
        assert read.rows == 7622
        assert len(rows) > 890_000
        assert rows["J7M1A1"]["admin_region"] == "14"
        assert rows["H2X1Y4"]["municipality"] == "Montréal"
        assert not rows.get("H0H0H0", {}).get("precise")

    @pytest.mark.parametrize(
        ("file", "said"),
        [
            ("postal/CA.txt", "ne donne que les RTA"),
            ("admin/regions_qc_sda2012.geojson", "pas le bon niveau de géographie"),
            ("admin/montreal_arrondissements.topojson", "pas le bon niveau de géographie"),
            ("census/98-401-X2021029_Geo_starting_row.CSV", "aucun des fichiers officiels"),
            ("venues/ODCAF_v1.0.csv", "aucun des fichiers officiels"),
            ("checks/fsa_official_vs_approximate.png", "aucun des fichiers officiels"),
        ],
    )
    def test_a_file_of_another_kind_or_level_is_refused_in_a_sentence(self, file: str, said: str) -> None:
        assert said in refusal(GEOGRAPHY / file)

    @pytest.mark.parametrize(
        "file",
        [
            "polygons/lfsa000b21a_e_simplified.zip",
            "polygons/fsa_2021_qc_raw_rings.geojson",
            "census/98-401-X2021013_eng_CSV_reconstructed.zip",
            "census/RECONSTRUCTED_98-401-X2021013_QC_partial.csv",
            "admin/MUN.csv",
            "postal/CA_full_layout_sample.txt",
        ],
    )
    def test_a_file_that_stops_before_its_end_is_said_to(self, file: str, tmp_path: Path) -> None:
        whole = (GEOGRAPHY / file).read_bytes()
        cut = tmp_path / Path(file).name
        cut.write_bytes(whole[: len(whole) * 2 // 3])
        assert "tronqué" in refusal(cut)


def drawn(told: dict[str, Any]) -> dict[str, Any]:
    """FSA → shape in degrees, from quantised TopoJSON."""
    (wide, high), (west, south) = told["transform"]["scale"], told["transform"]["translate"]
    arcs = []
    for steps in told["arcs"]:
        x = y = 0
        arcs.append([(west + wide * (x := x + dx), south + high * (y := y + dy)) for dx, dy in steps])

    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        return points

    return {
        one["id"]: shapely.make_valid(
            shapely.MultiPolygon([(ring(part[0]), [ring(hole) for hole in part[1:]]) for part in one["arcs"]])
        )
        for one in told["objects"]["fsa"]["geometries"]
    }


HEADER = [
    "CENSUS_YEAR", "DGUID", "ALT_GEO_CODE", "GEO_LEVEL", "GEO_NAME", "TNR_SF", "TNR_LF", "DATA_QUALITY_FLAG",
    "CHARACTERISTIC_ID", "CHARACTERISTIC_NAME", "CHARACTERISTIC_NOTE",
    "C1_COUNT_TOTAL", "SYMBOL", "C2_COUNT_MEN+", "SYMBOL",
    "C3_COUNT_WOMEN+", "SYMBOL", "C10_RATE_TOTAL", "SYMBOL", "C11_RATE_MEN+", "SYMBOL", "C12_RATE_WOMEN+", "SYMBOL",
]  # fmt: skip


def profile(rows: Sequence[tuple[str, int, str, str]], *, year: str = "2021", mark: str = "2021A0011") -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for area, characteristic, value, symbol in rows:
        level = "Forward sortation area" if len(area) == 3 else "Federal electoral district"
        writer.writerow(
            [
                year,
                f"{mark}{area}",
                area,
                level,
                area,
                "",
                "",
                "00000",
                characteristic,
                "",
                "",
                value,
                symbol,
                *[""] * 10,
            ]
        )
    return out.getvalue()


def written(folder: Path, content: str, name: str = "profil.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode("cp1252"))
    return path


WHOLE = [(f, i, v, "") for f in ("Y0A", "Y0B", "Y1A") for i, v in ((1, "100"), (5, "40"), (8, "100"), (2631, "1"))]


def test_a_symbol_says_that_there_is_no_value_and_a_caution_keeps_it(tmp_path: Path) -> None:
    rows = [("Y1A", 1, "90", "E"), ("Y1A", 5, "40", ""), ("Y1A", 244, "61000", "x"), ("Y1A", 2631, "1", "")]
    told = {row["trait"]: row["part"] for row in table(read_official(written(tmp_path, profile(rows))))}
    assert told == {"population": 90, "households": 40}


def test_a_census_of_another_year_is_refused(tmp_path: Path) -> None:
    assert "pas celui de 2021. Année : 2016" in refusal(written(tmp_path, profile(WHOLE, year="2016")))


def test_a_census_of_another_level_of_geography_is_refused(tmp_path: Path) -> None:
    rows = [("24001", 1, "100", ""), ("24001", 5, "40", "")]
    assert "Niveau : Federal electoral district" in refusal(written(tmp_path, profile(rows)))


def test_a_census_that_stops_between_two_areas_is_told_by_those_that_are_missing(tmp_path: Path) -> None:
    rows = [(fsa, i, "10", "") for fsa in ("J0A", "J0B", "J0C") for i in (1, 5, 2631)]
    assert "Il s'arrête après J0C" in refusal(written(tmp_path, profile(rows)))


def test_a_census_that_stops_inside_an_area_is_told_by_its_last_rows(tmp_path: Path) -> None:
    assert "Il s'arrête dans Y1A" in refusal(written(tmp_path, profile(WHOLE[:-1])))


def test_a_census_changed_by_a_spreadsheet_is_refused(tmp_path: Path) -> None:
    content = profile(WHOLE).replace(",8,", ",8.0,")
    assert "sans l'ouvrir dans un tableur" in refusal(written(tmp_path, content))


def test_an_invented_census_says_so_wherever_it_goes(tmp_path: Path) -> None:
    assert read_official(written(tmp_path, profile(WHOLE, mark="DEMOA0011"))).invented


def test_groups_stand_for_a_total_that_the_file_leaves_out() -> None:
    told = measured(
        {1: 1000.0, 14: 10.0, 15: 20.0, 16: 30.0, 17: 40.0, 42: 5.0, 43: 5.0, 44: 0, 45: 0, 46: 0, 47: 0, 48: 0, 49: 0}
    )
    assert told["age_15_34"] == (100.0, 1000.0)
    assert told["households"] == (10.0, 1.0)
    assert told["degree"] == (None, None)


def square(fsa: str, west: float, *, year: str = "2021") -> dict[str, Any]:
    ring = [[west, 45.5], [west, 45.6], [west + 0.1, 45.6], [west + 0.1, 45.5], [west, 45.5]]
    return {
        "type": "Feature",
        "properties": {"CFSAUID": fsa, "DGUID": f"{year}A0011{fsa}"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def collection(*features: dict[str, Any], **more: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features, **more})


def metres(feature: dict[str, Any]) -> dict[str, Any]:
    ring = [[x * 100_000, y * 100_000] for x, y in feature["geometry"]["coordinates"][0]]
    return {**feature, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_limits_of_another_year_are_refused(tmp_path: Path) -> None:
    said = refusal(written(tmp_path, collection(square("H2X", -73.6, year="2016"))))
    assert "celles de 2016" in said


def test_metres_taken_for_degrees_are_refused(tmp_path: Path) -> None:
    assert "autre projection" in refusal(written(tmp_path, collection(metres(square("H2X", -73.6)))))


def test_a_projection_that_the_file_names_is_undone(tmp_path: Path) -> None:
    ring = [[x, y] for x, y in ((7628000, 1243000), (7628000, 1253000), (7638000, 1253000), (7628000, 1243000))]
    feature = {**square("H2X", 0), "geometry": {"type": "Polygon", "coordinates": [ring]}}
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3347"}}
    read = read_official(written(tmp_path, collection(feature, crs=crs)))
    where = drawn(json.loads(read.files["fsa_areas_qc.topojson"]))["H2X"].centroid
    assert 45 < where.y < 46
    assert -74.5 < where.x < -73


def test_a_projection_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "la projection de ma tante"}}
    assert "n'est pas connue" in refusal(written(tmp_path, collection(square("H2X", -73.6), crs=crs)))


def archive(folder: Path, members: dict[str, bytes], name: str = "limites.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as made:
        for member, content in members.items():
            made.writestr(member, content)
    return path


def shape_header(kind: int, octets: int = 100) -> bytes:
    return struct.pack(">i20xi", 9994, octets // 2) + struct.pack("<ii", 1000, kind) + bytes(64)


DBF = struct.pack("<B3xIHH20x", 3, 0, 65, 4) + b"CFSAUID\0\0\0\0C" + bytes(4) + bytes([3]) + bytes(15) + b"\r"


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"lfsa000b21a_e.shp": shape_header(5)}, "n'a pas de fichier .dbf"),
        ({"lfsa000a21a_e.shp": b"", "lfsa000a21a_e.dbf": b"", "lfsa000a21a_e.prj": b""}, "comprend les eaux"),
        ({"points.shp": shape_header(1), "points.dbf": DBF, "points.prj": b"x"}, "pas le bon niveau"),
        ({"a.shp": shape_header(5)[:50], "a.dbf": DBF[:20], "a.prj": b"x"}, "tronqué"),
        ({"lisez-moi.txt": b"bonjour"}, "aucun des fichiers officiels"),
    ],
)  # fmt: skip
def test_an_archive_that_lacks_what_it_should_hold_is_refused(
    members: dict[str, bytes], said: str, tmp_path: Path
) -> None:
    assert said in refusal(archive(tmp_path, members))


def test_outlines_alone_are_not_enough(tmp_path: Path) -> None:
    path = tmp_path / "lfsa000b21a_e.shp"
    path.write_bytes(shape_header(5))
    assert "seul ne suffit pas" in refusal(path)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"regadm"', '"region"'),
        lambda text: text.replace("Estrie (05)", "Estrie"),
        lambda text: text[:-20],
    ],
    ids=["a column is missing", "a region without its number", "cut"],
)
def test_a_register_that_cannot_be_used_is_refused(change: Callable[[str], str], tmp_path: Path) -> None:
    names = ("mcode", "munnom", "mdes", "regadm", "divrec", "mrc", "msuperf", "mpopul", "maire")
    rows = [",".join(f'"{name}"' for name in names)]
    rows += [f'"{n:05d}","Ville {n}","V","Estrie ({n:02d})","","",1,2,"quelqu\'un"' for n in range(1, 18)]
    path = written(tmp_path, change("\n".join(rows) + "\n"), "MUN.csv")
    assert refusal(path)


def test_postal_codes_of_another_country_are_refused(tmp_path: Path) -> None:
    line = "FR\t75001\tParis\tÎle-de-France\t11\t\t\t\t\t48.8\t2.3\t5\n"
    path = tmp_path / "FR.txt"
    path.write_text(line, encoding="utf-8")
    assert "autre pays" in refusal(path)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "n'existe pas" in refusal(tmp_path / "rien.csv")
