"""Atoms that many definitions share: what the row sets count."""

from typing import Final

from publicc.metrics.definition import Atom, Grain
from publicc.metrics.formulas import Field

ADMISSIONS: Final = Atom("admissions", Grain.TICKET, "count(*) FILTER (WHERE is_valid)")
PAID: Final = Atom("paid", Grain.TICKET, "count(*) FILTER (WHERE is_paid)")
PRICED: Final = Atom("priced", Grain.TICKET, "count(*) FILTER (WHERE is_priced)")
REVENUE: Final = Atom("revenue_cents", Grain.TICKET, "sum(net_cents) FILTER (WHERE is_priced)")
PERSONAL: Final = Atom("personal", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND individual)")
BUYERS: Final = Atom("buyers", Grain.TICKET, "count(DISTINCT buyer) FILTER (WHERE is_paid AND individual)")
IDENTIFIED: Final = Atom("identified", Grain.TICKET, "count(*) FILTER (WHERE is_paid AND buyer IS NOT NULL)")
PRICE: Final = Field("price", PAID, PRICED)
BUYER: Final = Field("buyer", PAID, IDENTIFIED)
