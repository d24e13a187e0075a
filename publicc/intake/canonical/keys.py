"""Keys that the source does not give: of a customer from e-mail or name, of a performance from title and start.

Derived keys are digests of the row's own fields, so that the same file gives the same keys at every deposit.
"""

from publicc.intake.canonical.bench import ReadTable
from publicc.intake.mapping.targets import Target

PERSON: tuple[Target, ...] = (
    Target.SALUTATION, Target.FIRST_NAME, Target.LAST_NAME, Target.FULL_NAME, Target.ADDRESS, Target.CITY,
    Target.PROVINCE, Target.COUNTRY, Target.POSTAL_CODE, Target.PHONE, Target.EMAIL, Target.BUYER_LANGUAGE,
    Target.EMAIL_CONSENT,
)  # fmt: skip
"""What may be known of a customer beside the code."""

_EMAIL = "lower(trim(email))"


def folded_sql(expression: str) -> str:
    """The text without accents, capitals nor outer spaces; an empty text for NULL."""
    return f"coalesce(lower(strip_accents(trim({expression}))), '')"


def customer_key(table: ReadTable, *, order_scoped: bool) -> str:
    """SQL of the customer's key over the cells read: the source's code, else one derived; NULL when nobody is named.

    Option `customer_key = "email"`: the system knows buyers by e-mail alone. Otherwise name and e-mail together,
    because a courtesy e-mail serves many people; else name with address, postal code or telephone; else the name
    inside its order.
    """
    derived = _by_email() if table.option("customer_key") == "email" else _by_name(order_scoped=order_scoped)
    return f"coalesce(customer_code, {derived})" if table.has(Target.CUSTOMER_KEY) else derived


def _by_email() -> str:
    return f"CASE WHEN email IS NOT NULL THEN {_digest(_EMAIL)} END"


def _by_name(*, order_scoped: bool) -> str:
    name = f"{folded_sql('first_name')} || '|' || {folded_sql('coalesce(last_name, full_name)')}"
    home = f"{folded_sql('postal_code')} || '|' || {folded_sql('address')} || '|' || {folded_sql('phone')}"
    order = f"WHEN order_key IS NOT NULL THEN {_digest(f'{name} || chr(31) || order_key')}" if order_scoped else ""
    return (
        f"CASE WHEN email IS NOT NULL THEN {_digest(f'{name} || chr(31) || {_EMAIL}')} "
        "WHEN first_name IS NULL AND last_name IS NULL AND full_name IS NULL THEN NULL "
        "WHEN address IS NOT NULL OR postal_code IS NOT NULL OR phone IS NOT NULL THEN "
        f"{_digest(f'{name} || chr(31) || {home}')} "
        f"{order} END"
    )


def performance_key(table: ReadTable) -> str:
    """SQL of the performance's key: the source's code, else show and start, else title and start.

    Two shows may start at the same minute: the start alone is never a key. Option `performance_key = "show_start"`: the
    system's exports name the show and the start, not the performance. Option `performance_key = "show_code"`: codes of
    performances are unique inside a show only.
    """
    if table.option("performance_key") == "show_start":
        day = "strftime(starts_ts, '%Y-%m-%dT%H:%M')"
        bare = "show_key || coalesce('#' || performance_code, '')"
        return f"CASE WHEN starts_ts IS NULL THEN {bare} ELSE coalesce(show_key, '') || '/' || {day} END"
    if table.option("performance_key") == "show_code":
        return "CASE WHEN performance_code IS NOT NULL THEN coalesce(show_key, '') || '/' || performance_code END"
    start = "coalesce(strftime(starts_ts, '%Y-%m-%dT%H:%M'), '')"
    named = _digest(f"{folded_sql('show_title')} || chr(31) || {start}")
    derived = f"CASE WHEN show_title IS NOT NULL AND starts_ts IS NOT NULL THEN {named} END"
    return f"coalesce(performance_code, {derived})" if table.has(Target.PERFORMANCE_KEY) else derived


def order_key(table: ReadTable) -> str:
    """SQL of the order's key: the source's; else a customer's day, when the system has no order numbers."""
    if table.has(Target.ORDER_KEY):
        return "order_key"
    return (
        "CASE WHEN customer_key IS NOT NULL AND ordered_ts IS NOT NULL "
        "THEN customer_key || '@' || strftime(ordered_ts, '%Y-%m-%d') END"
    )


def _digest(expression: str) -> str:
    return f"'~' || substr(md5({expression}), 1, 16)"
