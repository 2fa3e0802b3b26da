"""`alongside demo`: fill the database with Tarnside and its story, through the product's own actions, so that its ledger is true."""

import os
import sys

import click

from alongside.cli.tarnside.cast import PEOPLE, PEOPLE_WHO_SIGN_IN, PRACTITIONERS

CAST = [(one.name, one.title) for one in PRACTITIONERS if one.says] + [
    (f"{person.given_name} {person.family_name}", PEOPLE_WHO_SIGN_IN[person.key]) for person in PEOPLE if person.key in PEOPLE_WHO_SIGN_IN
]


@click.command()
def demo() -> None:
    """Fill an empty database with an invented district, its partnership and one family's story. Does nothing where it is already there."""
    if os.environ.get("ALONGSIDE_MODE") not in ("demo", "test"):
        click.echo("Invented people belong in a demo only. Set ALONGSIDE_MODE=demo, or run bin/demo.", err=True)
        sys.exit(2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django

    django.setup()
    from alongside.cli.product import database

    with database():
        from django.conf import settings

        from alongside.cli.tarnside.cast import PARTNERSHIP
        from alongside.cli.tarnside.witnesses import enrol_partners
        from alongside.partnerships.models import Partnership

        for name in enrol_partners(settings.LEDGER_FOLDER):
            click.echo(f"  {name} vouches for the ledger")

        if Partnership.objects.filter(name=PARTNERSHIP).exists():
            click.echo("  Tarnside is there already.")
            return
        from alongside.cli.tarnside.setup import set_up
        from alongside.cli.tarnside.story import tell
        from alongside.common.clock import now

        at = now()
        click.echo("  agencies, teams, practitioners, agreements, people ...")
        made = set_up(at=at)
        for line in tell(made, at=at):
            click.echo(f"  {line}")
