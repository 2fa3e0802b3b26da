"""The database engine that the settings name: see `base`."""
