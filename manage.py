#!/usr/bin/env python3
"""Django's own commands (makemigrations, shell), as the owner of the tables, with the database started on need."""

import os
import sys

from django.core.management import execute_from_command_line

from alongside.cli.postgres.cluster import Cluster
from alongside.cli.postgres.home import home

os.environ.setdefault("ALONGSIDE_MODE", "demo")
os.environ.setdefault("ALONGSIDE_ROLE", "alongside_owner")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
with Cluster(home()).in_use():
    execute_from_command_line(sys.argv)
