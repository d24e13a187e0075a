"""Names that let a reader find their way on the map; how large each is written in each frame (1 to 3), or nothing."""

from typing import Any, Final

_COLUMNS: Final = ("province", "name", "longitude", "latitude", "metro", "south", "capital")
_ROWS: Final = (
    ("qc", "Montréal", -73.60, 45.51, 1, 1, None),
    ("qc", "Laval", -73.73, 45.60, 2, None, None),
    ("qc", "Longueuil", -73.46, 45.52, 2, None, None),
    ("qc", "Terrebonne", -73.64, 45.71, 3, None, None),
    ("qc", "Repentigny", -73.45, 45.74, 3, None, None),
    ("qc", "Châteauguay", -73.74, 45.36, 3, None, None),
    ("qc", "Saint-Jérôme", -74.00, 45.78, 3, None, None),
    ("qc", "Québec", -71.25, 46.84, None, 1, 1),
    ("qc", "Lévis", -71.18, 46.745, None, None, 2),
    ("qc", "Gatineau", -75.65, 45.48, None, 2, None),
    ("qc", "Sherbrooke", -71.89, 45.40, None, 2, None),
    ("qc", "Trois-Rivières", -72.55, 46.35, None, 2, None),
    ("qc", "Saguenay", -71.07, 48.42, None, 2, None),
    ("qc", "Drummondville", -72.48, 45.88, None, 3, None),
    ("on", "Toronto", -79.38, 43.66, 1, 1, None),
    ("on", "Mississauga", -79.65, 43.59, 2, None, None),
    ("on", "Brampton", -79.76, 43.70, 3, None, None),
    ("on", "Markham", -79.33, 43.86, 3, None, None),
    ("on", "Ottawa", -75.70, 45.41, None, 1, 1),
    ("on", "Hamilton", -79.87, 43.25, None, 2, None),
    ("on", "London", -81.25, 42.98, None, 2, None),
    ("on", "Kingston", -76.48, 44.23, None, 3, None),
    ("on", "Sudbury", -81.00, 46.49, None, 3, None),
)
TOWNS: Final[tuple[dict[str, Any], ...]] = tuple(dict(zip(_COLUMNS, row, strict=True)) for row in _ROWS)
