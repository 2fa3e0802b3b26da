"""`alongside demo`: fill the database with Tarnside and its story, through the product's own actions, so that its ledger is true."""

import os
import sys

import click

from alongside.cli.tarnside.cast import PEOPLE, PEOPLE_WHO_SIGN_IN, PRACTITIONERS

CAST = [(one.name, one.title) for one in PRACTITIONERS if one.says] + [
    (f"{person.given_name} {person.family_name}", PEOPLE_WHO_SIGN_IN[person.key]) for person in PEOPLE if person.key in PEOPLE_WHO_SIGN_IN
]


@click.command()
@click.option("--people", default=0, type=click.IntRange(0, 20_000_000), metavar="N", help="Beside Tarnside, a synthetic population of N people in districts of 50,000.")
@click.option("--entries-each", default=5.0, type=click.FloatRange(0, 5), show_default=True, metavar="N", help="Entries a person of that population, on average; fewer take less room.")
def demo(people: int, entries_each: float) -> None:
    """Fill an empty database with an invented district, its partnership and one family's story. Does nothing where it is already there.

    With --people N also a synthetic population, for seeing the product full and for measuring it. Asked again with a greater N it adds what
    is missing; stopped or killed, it goes on after the last whole district. A million people take some minutes and about 8 GB of disk.

    What of it is true: agencies, duty teams, managers, partnerships, signed agreements and information needs are made through the product's own
    actions. Other practitioners, people, relationships, entries and shares are put into the tables at once, as the server's administrator:
    access lists are consistent, but no ledger line stands behind the single rows (one line says how many came in), no foreign key was checked
    one by one, only about one entry in twelve has an outcome of its routing (that it was shared), and NHS numbers, all from the range that is
    never issued, end at 909,000.
    """
    if os.environ.get("ALONGSIDE_MODE") not in ("demo", "test"):
        click.echo("Invented people belong in a demo only. Set ALONGSIDE_MODE=demo, or run bin/demo.", err=True)
        sys.exit(2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django

    django.setup()
    from django.conf import settings

    from alongside.cli.product import database
    from alongside.common.clock import now

    with database():
        from alongside.cli.tarnside.witnesses import enrol_partners

        for name in enrol_partners(settings.LEDGER_FOLDER):
            click.echo(f"  {name} vouches for the ledger")
        tell_tarnside()
        if people:
            from alongside.cli.population.load import populate

            populate(people, at=now(), entries_each=entries_each, say=lambda line: click.echo(f"  {line}"))


def tell_tarnside() -> None:
    from alongside.cli.tarnside.cast import PARTNERSHIP
    from alongside.common.clock import now
    from alongside.partnerships.models import Partnership

    if Partnership.objects.filter(name=PARTNERSHIP).exists():
        click.echo("  Tarnside is there already.")
        return
    from alongside.cli.tarnside.accounts import keep_the_books
    from alongside.cli.tarnside.complaints import complain_of
    from alongside.cli.tarnside.effects import tell_of_effects
    from alongside.cli.tarnside.exits import tell_of_exits
    from alongside.cli.tarnside.framework import tested_and_examined
    from alongside.cli.tarnside.governance import govern
    from alongside.cli.tarnside.partnerships import found_the_others
    from alongside.cli.tarnside.setup import set_up
    from alongside.cli.tarnside.story import tell
    from alongside.cli.tarnside.trust import tell_of_trust
    from alongside.cli.tarnside.voice import tell_of_voices

    at = now()
    click.echo("  agencies, teams, practitioners, agreements, people ...")
    made = set_up(at=at)
    for line in tell(made, at=at):
        click.echo(f"  {line}")
    ids = found_the_others(made, at=at)
    click.echo("  three more partnerships, one of them only proposed")
    for chapter in (govern, keep_the_books, tell_of_trust, tell_of_effects, tell_of_voices, complain_of, tested_and_examined, tell_of_exits):
        for line in chapter(made, ids, at=at):
            click.echo(f"  {line}")
