"""One settings file for every place; what differs comes from the environment, and `ALONGSIDE_MODE` says what kind of place it is."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from alongside.cli.postgres.addresses import role_address
from alongside.cli.postgres.home import home
from alongside.cli.postgres.passwords import SecretsFile
from alongside.cli.postgres.roles import APP

PACKAGE = Path(__file__).resolve().parents[1]

MODE = os.environ.get("ALONGSIDE_MODE", "production")
DEMO = MODE == "demo"
PRODUCTION = MODE == "production"

DEBUG = False
ORIGIN = os.environ.get("ALONGSIDE_ORIGIN", "" if PRODUCTION else "http://127.0.0.1")
SECRET_KEY = os.environ.get("ALONGSIDE_SECRET_KEY") or ("" if PRODUCTION else SecretsFile(home()).read().get("django", ""))
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if not PRODUCTION else [urlsplit(ORIGIN).hostname or ""]
CSRF_TRUSTED_ORIGINS = [ORIGIN] if PRODUCTION and ORIGIN else []

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    # Ours, lowest storey first: their SQL is applied in this order.
    "alongside.agencies",
    "alongside.people",
    "alongside.partnerships",
    "alongside.confidentiality",
    "alongside.records",
    "alongside.linkage",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
]

ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"

# -- database ------------------------------------------------------------------------------------------------------------------------

ROLE = os.environ.get("ALONGSIDE_ROLE", APP)
_at = conninfo_to_dict(role_address(ROLE))
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _at.pop("dbname", ""),
        "USER": _at.pop("user", ""),
        "PASSWORD": _at.pop("password", ""),
        "HOST": _at.pop("host", ""),
        "PORT": _at.pop("port", ""),
        "OPTIONS": {"application_name": ROLE, **_at},
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- who signs in, and how -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "agencies.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

# -- language and time: kept in UTC, shown in London ---------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE.parent / ".static"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": [SELF], "script-src": [SELF, NONCE], "object-src": [NONE]}}
