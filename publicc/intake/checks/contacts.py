"""E-mails, telephones and postal codes: what makes them usable. Distinct values are judged once."""

from typing import Final

import duckdb
import phonenumbers
import pyarrow as pa

from publicc.kernel.postal_codes import DUMMY_CODES, PATTERN

SHARED_FROM: Final = 4
"""An e-mail or telephone written beside that many surnames belongs to no one of them."""
_EMAIL: Final = r"^[^\s@,;<>]+@[^\s@,;<>]+\.[a-z]{2,}$"
_COURTESY: Final = (
    r"^(info|aucune?|none?|nomail|no-?email|noreply|no-?reply|pasdecourriel|sanscourriel|"
    r"courtoisie|courtesy|billetterie|"
    r"guichet|boxoffice|box-office|accueil|admin|test|na|xx+|client|comptoir|inconnu|unknown|abc|asdf)[0-9]*@"
)
_HOUSE: Final = r"@(aucune?|none|example|test|inconnu|courriel|email|mail)\.(com|ca|org|net|fr)$"
_COUNTRY: Final = "lower(strip_accents(trim(coalesce(country, ''))))"
_CODE: Final = "regexp_replace(upper(postal_code), '[^A-Z0-9]', '', 'g')"

IS_CANADIAN: Final = (
    f"({_COUNTRY} IN ('canada', 'ca', 'can', 'cdn') OR "
    f"({_COUNTRY} = '' AND NOT regexp_matches({_CODE}, '^[0-9]{{5,9}}$')))"
)
"""SQL: the address is Canadian, or says nothing and does not look like another country's."""
POSTAL_CODE_VALID: Final = (
    f"regexp_matches({_CODE}, '^{PATTERN}$') AND {_CODE} NOT IN ({', '.join(repr(c) for c in sorted(DUMMY_CODES))})"
)
EMAIL_WELL_FORMED: Final = f"regexp_matches(lower(trim(email)), '{_EMAIL}')"
EMAIL_COURTESY: Final = (
    f"(regexp_matches(lower(trim(email)), '{_COURTESY}') OR regexp_matches(lower(trim(email)), '{_HOUSE}') "
    "OR coalesce(email_shared, FALSE))"
)
"""SQL over customers with `email_shared`: an address of the house, a word to fill the field, one of many people."""


def find_shared_emails(vault: duckdb.DuckDBPyConnection) -> None:
    """Create `shared_emails(address)`: those that stand beside too many surnames to be anyone's."""
    vault.execute(f"""
        CREATE OR REPLACE TEMP TABLE shared_emails AS
        SELECT lower(trim(email)) AS address FROM current_customers WHERE email <> ''
        GROUP BY 1 HAVING count(DISTINCT lower(strip_accents(coalesce(last_name, full_name)))) >= {SHARED_FROM}
    """)


def judge_contacts(vault: duckdb.DuckDBPyConnection) -> None:
    """Create `judged_customers`: the current customers with `phone_valid` and `email_shared`."""
    phones = vault.execute("SELECT DISTINCT phone FROM current_customers WHERE phone <> '' ORDER BY phone").fetchall()
    values = [phone for (phone,) in phones]
    judged = pa.table({"phone": pa.array(values, pa.string()), "phone_valid": [is_phone(value) for value in values]})
    vault.register("judged_phones_given", judged)
    try:
        vault.execute("CREATE OR REPLACE TEMP TABLE judged_phones AS SELECT * FROM judged_phones_given")
    finally:
        vault.unregister("judged_phones_given")
    find_shared_emails(vault)
    vault.execute("""
        CREATE OR REPLACE TEMP VIEW judged_customers AS
        SELECT c.*, p.phone_valid, s.address IS NOT NULL AS email_shared
        FROM current_customers c
        LEFT JOIN judged_phones p ON p.phone = c.phone
        LEFT JOIN shared_emails s ON s.address = lower(trim(c.email))
    """)


def is_phone(raw: str) -> bool:
    """Whether a number can exist, read from Canada when it has no country code."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(raw, "CA"))
    except phonenumbers.NumberParseException:
        return False
