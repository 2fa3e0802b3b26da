"""The database behind the product: where it lives, the server that comes with it, the roles inside it.

Without `DATABASE_URL` an embedded PostgreSQL is started on need; with it, the same roles are made on that server.
"""
