"""Where an installation lives, read from the variables it is given. Pure: the caller hands the variables over."""

from collections.abc import Mapping
from pathlib import Path


def home_folder(variables: Mapping[str, str]) -> Path:
    """The folder of all data: `PUBLICC_HOME`, else `var/` in a checkout, else `~/.local/share/publicc`."""
    given = variables.get("PUBLICC_HOME")
    if given:
        return Path(given).expanduser().absolute()
    checkout = Path(__file__).parents[2]
    if (checkout / "pyproject.toml").is_file():
        return checkout / "var"
    return Path(variables.get("HOME", "~")).expanduser() / ".local" / "share" / "publicc"
