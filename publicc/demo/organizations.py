"""What the organizations of the demonstration are like. None exists; places and disciplines do."""

from dataclasses import dataclass, replace
from typing import Final

from publicc.kernel.vocabulary import Discipline

QUARTIER: Final = "quartier-des-spectacles"
WEEK_EVENINGS: Final = (0.0, 0.2, 0.45, 1.0, 2.3, 3.2, 0.7)
"""How likely each weekday is to be played, Monday first."""
WEEK_END: Final = (0.0, 0.0, 0.1, 0.3, 1.3, 1.6, 0.9)
SCHOOL_DAYS: Final = (0.2, 1.2, 1.2, 1.2, 0.8, 1.0, 1.4)
EVERY_EVENING: Final = (0.2, 0.5, 0.8, 1.2, 2.2, 2.6, 0.7)

SEASON_MONTHS: Final = {9: 0.6, 10: 1.1, 11: 1.2, 12: 1.5, 1: 0.7, 2: 1.0, 3: 1.1, 4: 1.1, 5: 0.8}
JULY: Final = {7: 1.0}
ALL_YEAR: Final = {9: 0.9, 10: 1.0, 11: 1.0, 12: 1.4, 1: 0.8, 2: 0.9, 3: 1.0, 4: 1.0, 5: 0.8, 6: 0.6, 7: 1.3, 8: 0.5}


@dataclass(frozen=True, slots=True)
class Room:
    """A room, how many seats it has, how many days a season it plays, at what hours (each day plays all of them)."""

    label: str
    seats: int
    days: int
    hours: tuple[int, ...] = (20,)
    run: int = 6
    """Performances a show is played, about."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One organization: what it plays, where, for whom, and which system writes its exports."""

    slug: str
    name: str
    layout: str
    disciplines: tuple[Discipline, ...]
    venue: str
    """First characters of its venue's postal code."""
    share: float
    """Of all customer records."""
    rooms: tuple[Room, ...]
    territory: str = QUARTIER
    city: str = "Montréal"
    weekdays: tuple[float, ...] = WEEK_EVENINGS
    months: tuple[tuple[int, float], ...] = tuple(SEASON_MONTHS.items())
    size: str = "M"
    local_territory: str | None = "montreal"
    dates: tuple[tuple[int, int], tuple[int, int]] | None = None
    """First and last day (month, day) of a festival."""
    reach_km: float = 11.0
    price: int = 38
    occupancy: float = 0.74
    lead_days: float = 24.0
    subscribers: float = 0.0
    schools: float = 0.0
    """Share of order lines bought by schools."""
    english: bool = False
    touring: bool = False
    """Presents the touring show."""
    links_across: bool = True

    @property
    def crowded(self) -> bool:
        """Whether it stands in the Quartier des spectacles, where a day may hold too many performances."""
        return self.territory == QUARTIER

    @property
    def draw(self) -> float:
        """How likely people of anywhere else are to come, against the neighbours."""
        return 0.045 if self.crowded else 0.002


PLANS: Final[tuple[Plan, ...]] = (
    Plan(
        "theatre-du-grand-hunier", "Théâtre du Grand Hunier", "template_fr", (Discipline.THEATRE,), venue="H2X3",
        share=0.155,
        rooms=(Room("Grande Salle", 190, 82, run=16), Room("Studio Hunier", 64, 70, run=12)), price=42,
        subscribers=0.07, size="M",
        lead_days=30,
    ),
    Plan(
        "danse-meridienne", "Danse Méridienne", "pretix", (Discipline.DANCE,), venue="H2X1", share=0.07,
        rooms=(Room("Salle Lucille-Ménard", 120, 48, run=4), Room("Petite scène", 60, 36, run=3)), price=34,
        occupancy=0.69, size="S",
        lead_days=18,
    ),
    Plan(
        "orchestre-du-mont-cendre", "Orchestre du Mont-Cendré", "workbook", (Discipline.CLASSICAL_MUSIC,),
        venue="H2Z1", share=0.125,
        rooms=(Room("Salle symphonique", 300, 42, run=2), Room("Salle de chambre", 90, 32, run=2)), price=48,
        subscribers=0.12,
        lead_days=44, occupancy=0.77,
    ),
    Plan(
        "diffusion-cap-au-nord", "Diffusion Cap-au-Nord", "embedded", (Discipline.SONG_FR, Discipline.HUMOUR,
        Discipline.THEATRE),
        "G7H", 0.075, (Room("Salle du Fjord", 210, 36, run=1),), reach_km=24.0, price=41,
        occupancy=0.72, lead_days=38, touring=True, size="S",
        territory="saguenay-lac-saint-jean", city="Saguenay", local_territory=None,
    ),
    Plan(
        "cabaret-des-deux-lampes", "Cabaret des Deux Lampes", "theatre_fr", (Discipline.HUMOUR, Discipline.VARIETY),
        venue="H2X2",
        share=0.15, rooms=(Room("Cabaret", 110, 88, (19, 21), run=10), Room("La Cave", 56, 64, run=5)),
        weekdays=EVERY_EVENING,
        months=tuple(ALL_YEAR.items()), price=31, occupancy=0.78, lead_days=9, size="M", links_across=False,
    ),
    Plan(
        "harbourlight-stage", "Harbourlight Stage", "template_en", (Discipline.THEATRE, Discipline.SONG_EN), "M5V",
        0.075, (Room("Main Stage", 170, 52, (19,), run=8),), price=46, occupancy=0.71, lead_days=21, english=True,
        size="S",
        territory="toronto", city="Toronto", local_territory=None,
    ),
    Plan(
        "festival-les-nuits-de-la-marelle", "Festival Les Nuits de la Marelle", "order_lines", (Discipline.CIRCUS,
        Discipline.SONG_FR),
        venue="H2X2", share=0.115,
        rooms=(
            Room("Chapiteau", 210, 16, (16, 20), run=6), Room("Scène du Quai", 120, 16, (19, 21), run=2),
            Room("Petit Chapiteau", 80, 16, (14, 18), run=6), Room("Hangar 4", 90, 15, (17, 20), run=3),
            Room("La Ruelle", 60, 12, (12, 15), run=3),
        ),
        weekdays=EVERY_EVENING, months=tuple(JULY.items()), dates=((7, 2), (7, 18)), price=29, occupancy=0.8,
        lead_days=14,
    ),
    Plan(
        "opera-du-levant", "Opéra du Levant", "two_systems", (Discipline.OPERA,), venue="H2X1", share=0.08,
        rooms=(Room("Grand Théâtre", 430, 13, (19,), run=4), Room("Atelier lyrique", 130, 16, run=3)), price=78,
        occupancy=0.79,
        subscribers=0.16, lead_days=60,
    ),
    Plan(
        "maison-des-petits-pas", "La Maison des Petits Pas", "open_document", (Discipline.THEATRE, Discipline.DANCE),
        "H1Y", 0.06, (Room("Salle des Lutins", 110, 78, (10,), run=9),), weekdays=SCHOOL_DAYS, price=17, occupancy=0.72,
        lead_days=33, schools=0.05, size="S",
        territory="montreal", city="Montréal",
    ),
    Plan(
        "spectacles-pointe-aux-vents", "Spectacles de la Pointe-aux-Vents", "mac_roman", (Discipline.SONG_FR,
        Discipline.HUMOUR),
        "G5L", 0.035, (Room("Salle du Phare", 150, 24, run=1),), weekdays=WEEK_END, reach_km=35.0,
        price=36, occupancy=0.66, lead_days=29, touring=True, size="XS",
        territory="bas-saint-laurent", city="Rimouski", local_territory=None,
    ),
    Plan(
        "theatre-de-la-pinede-rouge", "Théâtre de la Pinède-Rouge", "archive", (Discipline.THEATRE,
        Discipline.INSTRUMENTAL_MUSIC),
        "J1H", 0.055, (Room("Salle Jeanne-Ruel", 160, 34, run=3),), reach_km=17.0, price=35, occupancy=0.67,
        lead_days=26, touring=True, size="S", links_across=False,
        territory="estrie", city="Sherbrooke", local_territory=None,
    ),
    Plan(
        "quai-des-ombres", "Le Quai des Ombres", "one_file", (Discipline.THEATRE, Discipline.DANCE), "G1K",
        0.06, (Room("La Cale", 130, 44, run=8),), reach_km=16.0, price=33, occupancy=0.7, lead_days=17, size="S",
        territory="capitale-nationale", city="Québec", local_territory=None,
    ),
)  # fmt: skip

_MORE: Final = (
    "des Mélèzes",
    "du Belvédère",
    "de l'Anse",
    "des Cormiers",
    "du Vieux-Four",
    "de la Brunante",
    "des Quatre-Chemins",
    "du Relais",
)
_KINDS: Final = ("Théâtre", "Salle", "Scène", "Centre d'art", "Atelier", "Maison de la culture")


def plans(n: int) -> tuple[Plan, ...]:
    """The first `n` organizations; beyond the twelve described, more of the same kinds under other invented names."""
    base = PLANS[:n]
    more = tuple(_another(i) for i in range(max(0, n - len(PLANS))))
    everyone = base + more
    total = sum(plan.share for plan in everyone)
    return tuple(replace(plan, share=plan.share / total) for plan in everyone)


def _another(i: int) -> Plan:
    model = PLANS[(3 * i + 3) % len(PLANS)]
    lap, place = divmod(i, len(_MORE))
    name = f"{_KINDS[lap % len(_KINDS)]} {_MORE[place]}" + (f" {lap // len(_KINDS) + 2}" if lap >= len(_KINDS) else "")
    return replace(model, name=name, slug=f"organisme-{len(PLANS) + i + 1:02d}", share=model.share * 0.6)
