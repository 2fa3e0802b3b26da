"""`alongside postgres`: looking after the embedded database by hand."""

import os

import click

from alongside.cli.postgres.addresses import administrative_address, role_address
from alongside.cli.postgres.binaries import find_binaries
from alongside.cli.postgres.cluster import Cluster
from alongside.cli.postgres.home import SetupProblem, database_account, home
from alongside.cli.postgres.roles import SIGNING_IN
from alongside.cli.product import database


@click.group()
def postgres() -> None:
    """Look after the embedded database. Other commands start it on need and stop it again; 'start' keeps it up until 'stop'."""


@postgres.command()
def start() -> None:
    """Start it and keep it running."""
    cluster = Cluster(home())
    with cluster.in_use():
        cluster.stays = True
    click.echo(f"Running, data in {cluster.data}")


@postgres.command()
def stop() -> None:
    """Stop it; those who are using it lose their connections."""
    cluster = Cluster(home())
    cluster.stays = False
    cluster.stop()
    click.echo("Stopped.")


@postgres.command()
def status() -> None:
    """Say where its data are and whether it runs."""
    cluster = Cluster(home())
    click.echo(f"{'Running' if cluster.running() else 'Stopped'}, data in {cluster.data}")


@postgres.command()
@click.option("--as", "role", type=click.Choice(["administrator", *SIGNING_IN]), default="alongside_owner", show_default=True)
@click.argument("arguments", nargs=-1)
def shell(role: str, arguments: tuple[str, ...]) -> None:
    """Open psql as one of the roles; after -- come psql's own arguments."""
    with database():
        at = administrative_address() if role == "administrator" else role_address(role)
        if at is None:
            raise SetupProblem("There is no administrative address: DATABASE_URL is not set.")
        program = str(find_binaries(database_account()) / "psql")
        code = os.spawnve(os.P_WAIT, program, [program, "-d", at, *arguments], dict(os.environ))
    raise SystemExit(code)
