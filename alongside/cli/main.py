"""The `alongside` command."""

import click


@click.group()
def main() -> None:
    """Alongside: one person, one plan, many partners."""


@main.command("migrate")
def migrate_command() -> None:
    """Bring the database to what this version needs: roles, tables, functions, row security."""
    from alongside.cli.migrate import migrate
    from alongside.cli.postgres.cluster import Cluster
    from alongside.cli.postgres.home import home

    with Cluster(home()).in_use():
        migrate(click.echo)


if __name__ == "__main__":
    main()
