"""*Mes publics*: who buys, how many are new, and whether they return.

For marketing and direction: acquire or retain. Source: screens, screen 3.
"""

from typing import Final

from publicc.dashboards.asking import Asker
from publicc.dashboards.page import Chart, Notice, Screen
from publicc.dashboards.screens.common import coverage_notices, filter_notices, table_of, tile
from publicc.dashboards.screens.shares import base_of, share_chart
from publicc.dashboards.wording import counted, said, shown_value
from publicc.kernel.cells import Cell, Shown, Unknown, UnknownReason
from publicc.kernel.formats import Unit
from publicc.kernel.text import Text

TILES: Final = (
    "buyer_count",
    "new_buyer_share",
    "retention_rate",
    "new_buyer_retention",
    "frequency",
    "multi_buyer_share",
)
_RETENTION: Final = ("retention_rate", "new_buyer_retention", "retention_to_date")
_MORE: Final = (
    "concentration_top10",
    "subscriber_share",
    "tickets_per_buyer",
    "spend_per_buyer",
    "party_size",
    "recency_median",
)
_SHARES: Final = (
    # figure, axis, what the greatest share tells
    (
        "frequency_band_share",
        "frequency_band",
        Text("{share} des acheteurs : {top}", "{share} of buyers: {top}"),
    ),
    (
        "lead_time_bucket_share",
        "lead_time_bucket",
        Text("Quand on achète : {top}, {share} des billets", "When people buy: {top}, {share} of tickets"),
    ),
    (
        "channel_share",
        "channel",
        Text("{top} vend {share} des billets", "{top} sells {share} of tickets"),
    ),
)


def audiences_screen(asker: Asker) -> Screen:
    """The whole page for the season (or period) of the filters."""
    asker.look_ahead(((*TILES, *_MORE, "buyer_coverage"), None))
    before = asker.season_before()
    now = asker.figures(*TILES, *_MORE) | _retained(asker)
    then = before.figures(*TILES) | _retained(before) if before else None
    kept = _with_the_last_known_return(now)
    charts = [*_lifecycles(asker), *(chart for one in _SHARES if (chart := share_chart(asker, *one)) is not None)]
    return Screen(
        id="audiences",
        title=Text("Mes publics", "My audiences"),
        purpose=Text(
            "Pour le marketing et la direction : conquérir ou fidéliser.",
            "For marketing and direction: acquire or retain.",
        ),
        answer=_answer(now),
        notices=(
            *filter_notices(asker, TILES),
            *coverage_notices(asker, "buyer_coverage"),
            *_history(now["new_buyer_share"]),
        ),
        tiles=(
            *(tile(one, now, then) for one in kept if asker.can_answer(one)),
            *(tile(one, now) for one in _MORE if asker.can_answer(one)),
        ),
        charts=tuple(charts),
        metrics=(*kept, *_MORE, *(one for one, _, _ in _SHARES)),
        is_empty=not shown_value(now["buyer_count"]) and not charts,
    )


def _retained(asker: Asker) -> dict[str, Cell]:
    """How many of the season before came back in this one: the last retention that can be known here."""
    season = asker.filters.season
    return asker.for_season(season - 1).figures(*_RETENTION) if season is not None else {}


def _with_the_last_known_return(now: dict[str, Cell]) -> tuple[str, ...]:
    """The figures of the page: while the season runs, who came back is told as known to this day."""
    if isinstance(now.get("retention_rate"), Shown) or not isinstance(now.get("retention_to_date"), Shown):
        return TILES
    return tuple("retention_to_date" if one == "retention_rate" else one for one in TILES)


def _answer(now: dict[str, Cell]) -> Text:
    buyers = shown_value(now["buyer_count"])
    if not buyers:
        return Text(
            "Aucun acheteur identifié dans cette période, avec ces filtres.",
            "No identified buyer in this period, with these filters.",
        )
    first = counted(int(buyers), Text("acheteur", "buyer"), Text("acheteurs", "buyers"))
    new, returned = now["new_buyer_share"], now.get("retention_rate")
    so_far = now.get("retention_to_date")
    if isinstance(new, Shown):
        share = said(new.value, Unit.RATIO, 0)
        first = Text(f"{first.fr}, dont {share.fr} pour la première fois", f"{first.en}, {share.en} for the first time")
    if isinstance(returned, Shown):
        share = said(returned.value, Unit.RATIO, 0)
        return Text(
            f"{first.fr}. {share.fr} des acheteurs de la saison précédente sont revenus.",
            f"{first.en}. {share.en} of the buyers of the season before returned.",
        )
    if isinstance(so_far, Shown):
        share = said(so_far.value, Unit.RATIO, 0)
        return Text(
            f"{first.fr}. À ce jour, {share.fr} des acheteurs de la saison précédente sont revenus.",
            f"{first.en}. So far, {share.en} of the buyers of the season before have returned.",
        )
    return Text(f"{first.fr}.", f"{first.en}.")


_LIFE: Final = ("NEW", "RETURNING", "REGULAR", "PASSIONATE", "DORMANT", "LOST", "UPCOMING")
_ACTIVE: Final = frozenset(_LIFE[:4])


def _lifecycles(asker: Asker) -> tuple[Chart, ...]:
    """Where every known buyer stands, from the newest to the lost, and how many are still there."""
    if not asker.can_answer("parcours_share"):
        return ()
    found = [
        row for row in asker.rows("parcours_share", by="parcours") if isinstance(row.cells["parcours_share"], Shown)
    ]
    rows = sorted(
        (row for row in found if row.dims["parcours"] in _LIFE), key=lambda r: _LIFE.index(r.dims["parcours"])
    )
    if not rows:
        return ()
    shares = {row.dims["parcours"]: float(shown_value(row.cells["parcours_share"]) or 0) for row in rows}
    active = said(sum(share for code, share in shares.items() if code in _ACTIVE), Unit.RATIO, 0)
    label = Text("Parcours", "Lifecycle")
    return (
        Chart(
            id="parcours",
            kind="shares",
            title=Text(
                "{active} des acheteurs connus sont venus depuis 18 mois",
                "{active} of known buyers came in the last 18 months",
            ).filled(active=active),
            subtitle=Text("Où en est chaque acheteur connu, n = {n}", "Where every known buyer stands, n = {n}").filled(
                n=said(base_of(rows, "parcours_share"), Unit.COUNT)
            ),
            summary=Text("Barres : parts des parcours.", "Bars: shares of lifecycles."),
            table=table_of("parcours", label, rows, by="parcours", metrics=("parcours_share",)),
            metrics=("parcours_share",),
        ),
    )


def _history(new: Cell) -> tuple[Notice, ...]:
    """How long the loaded history is, when that limits what « new » means."""
    if isinstance(new, Unknown) and new.reason is UnknownReason.NO_BASE and new.missing == "history_36_months":
        return (
            Notice(
                "missing",
                Text(
                    "Historique de moins de 12 mois avant cette période : il en faut 36 pour dire qui est nouveau.",
                    "Less than 12 months of history before this period: 36 are needed to say who is new.",
                ),
            ),
        )
    if isinstance(new, Shown) and new.provisional:
        return (
            Notice(
                "info",
                Text(
                    "Historique de moins de 36 mois : la part de nouveaux est provisoire.",
                    "Less than 36 months of history: the share of new buyers is provisional.",
                ),
            ),
        )
    return ()
