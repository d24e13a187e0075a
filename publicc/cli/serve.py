"""`publicc serve`: the site and its worker, ready in one command."""

import os
import socket

import typer

from publicc.cli import installation
from publicc.cli.processes import Child, keep_running

app = typer.Typer()


@app.command()
def serve(
    host: str = typer.Option("127.0.0.1", envvar="PUBLICC_HOST", help="Address to listen on."),
    port: int = typer.Option(8000, envvar="PUBLICC_PORT", help="Port to listen on."),
    processes: int = typer.Option(2, help="Web processes."),
    *,
    worker: bool = typer.Option(default=True, help="Also run the worker that reads deposits."),
) -> None:
    """Serve the site, and do the background work.

    Prepares what is needed (control database, static files), and says when pages can be opened. Stops with Ctrl-C.

    Example: publicc serve --port 8080
    """
    installation.prepare()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices lose by a second thread
    web = ["-m", "gunicorn", "publicc.config.wsgi", "--bind", f"{host}:{port}", "--workers", str(processes)]
    web += ["--threads", "4", "--preload", "--timeout", "120", "--log-level", "warning", "--worker-tmp-dir", _memory()]
    web += ["--config", "python:publicc.config.server"]
    children = [Child("web", web)]
    if worker:
        children.append(Child("worker", ["-m", "publicc", "worker"], once=lambda: _answers(host, port)))
    raise typer.Exit(keep_running(children))


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def _memory() -> str:
    """Where gunicorn keeps its heartbeat: in memory where there is some, so that a slow disk never stops a process."""
    return "/dev/shm" if os.path.isdir("/dev/shm") else "/tmp"  # noqa: PTH112, S108 - a place of the system, not ours
