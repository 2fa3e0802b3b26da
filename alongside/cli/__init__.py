"""The `alongside` command: thin, it calls actions and queries."""
