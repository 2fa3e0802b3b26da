"""`alongside serve`: the web server."""

import os
import socket

import click

from alongside.cli.postgres.home import SetupProblem
from alongside.cli.product import product


@click.command()
@click.option("--bind", default="127.0.0.1", show_default=True, envvar="ALONGSIDE_BIND", help="Address to listen on. In demo mode only this machine's own.")
@click.option("--port", default=8000, show_default=True, envvar="ALONGSIDE_PORT", type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="Requests at a time in each; each holds one database connection.")
def serve(bind: str, port: int, workers: int, threads: int) -> None:
    """Serve the pages.

    Put a reverse proxy with TLS in front of it in production: see docs/how-to/install.md. Any other WSGI server will do as well; the
    application is alongside.config.wsgi:application.
    """
    os.environ["ALONGSIDE_BIND"] = bind
    with product():
        from alongside.cli.start_checks import refuse_demo_accounts, refuse_unsafe_start

        refuse_unsafe_start()
        refuse_demo_accounts()
        refuse_taken_port(bind, port)
        from granian import Granian
        from granian.constants import HTTPModes, Interfaces

        Granian(
            "alongside.config.wsgi:application",
            address=bind,
            port=port,
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            workers=workers,
            blocking_threads=threads,
            blocking_threads_idle_timeout=600,
            respawn_failed_workers=True,
            respawn_interval=0.5,
            workers_kill_timeout=10,
            websockets=False,
            log_access=False,
        ).serve()


def refuse_taken_port(bind: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind.strip("[]"), port))
        except OSError as problem:
            raise SetupProblem(f"Cannot listen on {bind}, port {port}: {problem.strerror}. Choose another with --port.") from None
