"""What was offered: performances, shows, seats."""

from functools import partial
from typing import Final

from publicc.kernel.formats import Unit
from publicc.kernel.text import Text
from publicc.metrics.definition import Atom, Grain, IntervalRule, Metric
from publicc.metrics.formulas import Field, counted, ratio, share_along, summed
from publicc.metrics.words import NEVER_SHARED, PLAYED_IN, PLAYED_OUT, SHOWS_F30

_PLAYED: Final = Atom("played_performances", Grain.PERFORMANCE, "count(*) FILTER (WHERE played)")
_CALLED_OFF: Final = Atom("called_off", Grain.PERFORMANCE, "count(*) FILTER (WHERE called_off)")
_SHOWS: Final = Atom("shows", Grain.PERFORMANCE, "count(DISTINCT show_id) FILTER (WHERE played)")
_IN_PERSON: Final = Atom("in_person", Grain.PERFORMANCE, "count(*) FILTER (WHERE played AND in_person)")
_SEATED: Final = Atom("seated", Grain.PERFORMANCE, "count(*) FILTER (WHERE played AND in_person AND capacity > 0)")
_SEATS: Final = Atom("seats", Grain.PERFORMANCE, "sum(capacity) FILTER (WHERE played AND in_person AND capacity > 0)")
CAPACITY: Final = Field("capacity", _IN_PERSON, _SEATED)
COVERAGE_OF_CAPACITY: Final = (_SEATED, _IN_PERSON)

_of_performances: Final = partial(
    Metric, unit=Unit.COUNT, counts_in=PLAYED_IN, counts_out=PLAYED_OUT, grain=Grain.PERFORMANCE, base=NEVER_SHARED
)

METRICS: Final = (
    _of_performances(
        id="performance_count",
        label=Text("Représentations", "Performances"),
        formula=Text("|PF|", "|PF|"),
        recipe=counted(_PLAYED),
        source="OCCQ",
        examples=("occ-1",),
    ),
    Metric(
        id="cancelled_performance_count",
        label=Text("Représentations annulées", "Cancelled performances"),
        unit=Unit.COUNT,
        formula=Text("Représentations de la période au statut CANCELLED", "Performances of the period with status CANCELLED"),
        counts_in=Text("Annulées, arts de la scène.", "Cancelled, performing arts."),
        counts_out=Text("Jouées, suspendues, locations.", "Played, postponed, rentals."),
        recipe=counted(_CALLED_OFF),
        grain=Grain.PERFORMANCE,
        base=NEVER_SHARED,
        source="proposed",
        examples=("occ-1",),
    ),
    _of_performances(
        id="show_count",
        label=Text("Spectacles", "Shows"),
        formula=Text("Spectacles distincts dans PF", "Distinct shows in PF"),
        recipe=counted(_SHOWS),
        source="–",
        examples=("cart-1",),
    ),
    Metric(
        id="seats_offered",
        label=Text("Places offertes", "Seats offered"),
        unit=Unit.SEATS,
        formula=Text("Σ jauge des PF en salle dont la jauge est connue", "Σ capacity over PF in person with capacity"),
        counts_in=Text("Représentations jouées en salle, jauge connue.", "Performances played in person, seats known."),
        counts_out=Text("Sans jauge, en ligne, annulées.", "Seats missing, online, cancelled."),
        recipe=summed(_SEATS, _SEATED, CAPACITY),
        grain=Grain.PERFORMANCE,
        base=NEVER_SHARED,
        needs=("capacity",),
        source="SecuTix, OCCQ",
        examples=("occ-1",),
    ),
    Metric(
        id="capacity_coverage",
        label=Text("Couverture des jauges", "Capacity coverage"),
        unit=Unit.RATIO,
        formula=Text("PF en salle avec jauge ÷ PF en salle", "PF in person with capacity ÷ PF in person"),
        counts_in=Text("Représentations jouées en salle.", "Performances played in person."),
        counts_out=Text("En ligne, annulées.", "Online, cancelled."),
        recipe=ratio(_SEATED, _IN_PERSON),
        grain=Grain.PERFORMANCE,
        base=SHOWS_F30,
        interval=IntervalRule.WILSON,
        source="proposed",
        examples=("occ-1",),
    ),
    Metric(
        id="supply_grid",
        label=Text("Offre par jour et heure", "Supply by weekday and hour"),
        unit=Unit.RATIO,
        formula=Text("Part des PF par jour de la semaine × heure de début", "Share of PF per weekday × start hour"),
        counts_in=PLAYED_IN,
        counts_out=Text("Heure de début inconnue; annulées, locations.", "Start hour unknown; cancelled, rentals."),
        recipe=share_along(("weekday", "hour"), _PLAYED, missing="start_time"),
        grain=Grain.PERFORMANCE,
        base=SHOWS_F30,
        needs=("start_time",),
        source="Synapse C 2019",
        examples=("full-1",),
    ),
)  # fmt: skip
