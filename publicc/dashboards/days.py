"""The days as this installation knows them, for every page that dates something."""

from publicc.directory.almanac import Almanac
from publicc.directory.breaks import current_rules


def current_almanac() -> Almanac:
    """Holidays, and the table of breaks as the hub last set it."""
    rules, version = current_rules()
    return Almanac(rules, version)
