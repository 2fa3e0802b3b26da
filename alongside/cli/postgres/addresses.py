"""At which address each role connects. Nothing here starts a server or asks one."""

import os

from psycopg.conninfo import make_conninfo

from alongside.cli.postgres.cluster import Cluster
from alongside.cli.postgres.home import home
from alongside.cli.postgres.passwords import SecretsFile

_EXPLICIT = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_APP_URL", "DATABASE_WORKER_URL", "DATABASE_SEALER_URL")


def uses_embedded_server() -> bool:
    return not any(os.environ.get(name) for name in _EXPLICIT)


def database_name() -> str:
    return os.environ.get("ALONGSIDE_DATABASE", "alongside")


def administrative_address() -> str | None:
    """`DATABASE_URL`, else the embedded server; nothing where the operator made the roles and gave us each role's own address."""
    if os.environ.get("DATABASE_URL"):
        return os.environ["DATABASE_URL"]
    return Cluster(home()).address if uses_embedded_server() else None


def role_address(role: str) -> str:
    """`DATABASE_APP_URL` and its like, else the administrative address under that role's name and generated password."""
    explicit = os.environ.get(f"DATABASE_{role.removeprefix('alongside_').upper()}_URL")
    if explicit:
        return explicit
    return make_conninfo(
        administrative_address() or "", user=role, password=SecretsFile(home()).read().get(role, ""), dbname=database_name()
    )
