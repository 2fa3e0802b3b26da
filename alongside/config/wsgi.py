"""What a web server runs: `alongside serve` does, and so may gunicorn. Unsafe places are refused before the first request."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from alongside.cli.processes import die_with_parent
from alongside.config.letters import in_known_letters
from alongside.config.this_machine_only import Wsgi, for_this_machine_only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")


def build() -> Wsgi:
    application: Wsgi = in_known_letters(get_wsgi_application())
    from django.conf import settings

    from alongside.cli.start_checks import refuse_unsafe_start

    refuse_unsafe_start()
    gc.collect()
    gc.freeze()  # what was loaded lives as long as the process, and is not to be looked through again and again for what may go
    gc.set_threshold(20_000, 10, 10)
    return for_this_machine_only(application) if settings.DEMO else application


die_with_parent()  # a web server killed outright must not leave its workers serving
application = build()
