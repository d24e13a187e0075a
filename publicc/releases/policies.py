"""The policy that the collective adopted: `policy.toml` in the home folder, versioned; the floor when there is none."""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from publicc.disclosure.policy import DEFAULT_POLICY, Policy, check_floor
from publicc.kernel.errors import BadInput
from publicc.kernel.text import Text
from publicc.store.home import Home

POLICY_FILE: Final = "policy.toml"


def policy_in_force(home: Home) -> Policy:
    """The adopted policy. Raises BadInput when its file cannot be read, ReleaseRefused when it is below the floor."""
    file = home.root / POLICY_FILE
    if not file.is_file():
        return DEFAULT_POLICY
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as problem:
        raise _unreadable("") from problem
    policy = policy_told(told)
    check_floor(policy)
    return policy


def policy_told(told: Mapping[str, Any]) -> Policy:
    """A policy from its tables: `version`, and thresholds of `persons`, `money`, `public_persons`, `public_money`.

    Thresholds that it does not name keep the floor's value. Raises BadInput for one that does not exist.
    """
    version, floor = told.get("version"), asdict(DEFAULT_POLICY)
    if not isinstance(version, str) or version in {"", DEFAULT_POLICY.version}:
        raise _unreadable("version")
    parts: dict[str, Any] = {}
    for name, section in told.items():
        if name == "version":
            continue
        if not isinstance(floor.get(name), dict) or not isinstance(section, dict):
            raise _unreadable(name)
        for one, value in section.items():
            if one not in floor[name] or isinstance(value, bool) or not isinstance(value, int | float):
                raise _unreadable(f"{name}.{one}")
        parts[name] = replace(getattr(DEFAULT_POLICY, name), **section)
    return replace(DEFAULT_POLICY, version=version, **parts)


def _unreadable(where: str) -> BadInput:
    return BadInput(
        Text("La politique de divulgation ne se lit pas.", "The disclosure policy cannot be read."),
        where=Text(f"Fichier {POLICY_FILE} {where}".strip() + ".", f"File {POLICY_FILE} {where}".strip() + "."),
        do=Text(
            "Nommer une version nouvelle et des seuils qui existent (docs/explanation/disclosure.md).",
            "Name a new version and thresholds that exist (docs/explanation/disclosure.md).",
        ),
    )
