"""Peers live in environments of their own, made when they are first asked for."""

import subprocess
import venv
from pathlib import Path

ENVIRONMENTS = Path(__file__).parent / ".peers"


def python_with(name: str, *requirements: str) -> Path:
    """The Python of an environment that holds these requirements and nothing of ours."""
    folder = ENVIRONMENTS / name
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *requirements], check=True)
        (folder / "ready").touch()
    return python
