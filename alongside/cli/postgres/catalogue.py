"""What the database itself must show for its walls to hold, asked of its own catalogue. Used by `alongside check` and by a test."""

from collections.abc import Callable
from typing import Any

Ask = Callable[[str], list[tuple[Any, ...]]]

OPEN_TABLES = frozenset({
    # who works where: a directory that partners and the people they help may read
    "agency", "agency_identifier", "agency_kind", "cover", "directory_change", "expertise", "leave", "practitioner", "second_step_reset", "team", "team_membership", "training",
    # partnerships, what they agreed and what partners need to know: kinds of things, never whose
    "agreement_event", "agreement_party", "agreement_term", "flow", "information_need", "lawful_basis", "partner", "partnership", "partnership_event", "purpose",
    "sharing_agreement",
    # sums over the ledger, and which rows of a register were refused: numbers and reasons
    "ledger_cosignature", "ledger_seal", "register_import", "register_refused_row",
    # accounts and how they sign in
    "account", "account_emailaddress", "account_emailconfirmation", "mfa_authenticator", "django_session",
    # the framework's own
    "auth_group", "auth_group_permissions", "auth_permission", "django_content_type", "django_migrations", "short_memory",
})
"""Tables that name nobody we help. Every other table must force row security, or be reachable by no runtime role at all: a new table is
protected until somebody says here, in the open, that it need not be."""

RUNTIME = "('alongside_app', 'alongside_worker', 'alongside_sealer')"

_QUESTIONS = {
    "{0} does not force row security": f"""
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
           AND EXISTS (SELECT FROM pg_roles r WHERE r.rolname IN {RUNTIME} AND has_any_column_privilege(r.oid, c.oid, 'SELECT,INSERT,UPDATE'))
         ORDER BY 1""",
    "{0} is a view with its owner's rights": """
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = 'public' AND (c.relkind = 'm'
            OR c.relkind = 'v' AND NOT coalesce(c.reloptions::text ~ 'security_invoker=(true|on|1|yes)', false))
           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
         ORDER BY 1""",
    "{0} may see past row security": f"""
        SELECT r.rolname FROM pg_roles r
         WHERE r.rolname IN ('alongside_app', 'alongside_worker', 'alongside_sealer', 'alongside_definer', 'alongside_owner')
           AND (r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolreplication
            OR r.rolname IN {RUNTIME} AND (pg_has_role(r.oid, 'alongside_owner', 'MEMBER') OR pg_has_role(r.oid, 'alongside_definer', 'MEMBER')))
         ORDER BY 1""",
    "{0} is owned by {1}": f"""
        SELECT c.relname, r.rolname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname IN {RUNTIME}
         UNION SELECT p.proname, r.rolname FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner WHERE r.rolname IN {RUNTIME}
         ORDER BY 1""",
    "{1} may empty {0} at a stroke": f"""
        SELECT c.relname, r.rolname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
               (SELECT oid, rolname FROM pg_roles WHERE rolname IN {RUNTIME} OR rolname = 'alongside_definer') r
         WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND has_table_privilege(r.oid, c.oid, 'TRUNCATE,TRIGGER,REFERENCES')
         ORDER BY 1, 2""",
    "{0} runs with its owner's rights and no fixed search path": """
        SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
         WHERE n.nspname = 'public' AND p.prosecdef AND NOT coalesce(p.proconfig::text ~ 'search_path=', false) ORDER BY 1""",
    "{0} runs with the rights of {1} instead of alongside_definer": """
        SELECT p.oid::regprocedure::text, r.rolname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_roles r ON r.oid = p.proowner
         WHERE n.nspname = 'public' AND p.prosecdef AND r.rolname <> 'alongside_definer' ORDER BY 1""",
    "everybody may call {0}": """
        SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
         WHERE n.nspname = 'public' AND p.prosecdef
           AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0) ORDER BY 1""",
    "{0} may make things in the schema": f"""
        SELECT r.rolname FROM pg_roles r WHERE r.rolname IN {RUNTIME} AND has_schema_privilege(r.oid, 'public', 'CREATE') ORDER BY 1""",
    "the policy {1} on {0} is open to everybody": """
        SELECT c.relname, p.polname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE p.polroles = '{0}' ORDER BY 1, 2""",
}


def faults(ask: Ask) -> list[str]:
    """Every way in which the walls are not as they must be; none when they stand."""
    found = [(text, row) for text, question in _QUESTIONS.items() for row in ask(question)]
    return [text.format(*row) for text, row in found if not (text.startswith("{0} does not force") and row[0] in OPEN_TABLES)]
