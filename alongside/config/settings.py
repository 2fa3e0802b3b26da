"""One settings file for every place. What differs comes from the environment; `ALONGSIDE_MODE` says what kind of place it is.

`production` (the default), `demo` (loopback only, invented people) or `test`. `docs/how-to/install.md` lists every variable.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from alongside.cli.postgres.addresses import database_name, role_address
from alongside.cli.postgres.home import home
from alongside.cli.postgres.passwords import SecretsFile
from alongside.cli.postgres.roles import APP, SEALER, WORKER

PACKAGE = Path(__file__).resolve().parents[1]

# -- what kind of place this is --------------------------------------------------------------------------------------------------------

MODE = os.environ.get("ALONGSIDE_MODE", "production")
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
DEBUG = os.environ.get("ALONGSIDE_DEBUG", "") == "1"  # refused by the start checks everywhere but under test

ORIGIN = os.environ.get("ALONGSIDE_ORIGIN", "" if PRODUCTION else "http://127.0.0.1:8000")
PROXIES = int(os.environ.get("ALONGSIDE_PROXIES", "1" if PRODUCTION else "0"))
SECRET_KEY = os.environ.get("ALONGSIDE_SECRET_KEY") or ("" if PRODUCTION else SecretsFile(home()).read().get("django", ""))
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("ALONGSIDE_FORMER_SECRET_KEYS", "").split(",") if key]
ALLOWED_HOSTS = [urlsplit(ORIGIN).hostname or ""] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN.startswith("https://") else []

# -- what it is made of ----------------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "alongside.web.design.apps.CollectedFiles",
    "django.contrib.postgres",
    "django_htmx",
    "csp",
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
    "alongside.open_book",
    "alongside.trust",
    "alongside.voice",
    "alongside.framework",
    "alongside.web.design.apps.DesignConfig",
    "alongside.web.sign_in",
    "alongside.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alongside.config.headers.ContentPolicyMiddleware",
    "alongside.config.headers.never_stored",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "alongside.config.middleware.DoorMiddleware",
    "alongside.config.middleware.TransactionMiddleware",
    "alongside.config.middleware.IdentityMiddleware",
    "alongside.config.middleware.ExpectedNoMiddleware",
    "alongside.web.sign_in.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "OPTIONS": {
            "environment": "alongside.web.design.jinja_environment.environment",
            "context_processors": ["alongside.web.design.frame.page_frame"],
        },
    },
    {  # allauth's own pages, where ours do not replace them
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

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("ALONGSIDE_STATIC", PACKAGE.parent / ".static"))
STATICFILES_DIRS = [folder for folder in [PACKAGE / "web" / "static"] if folder.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "alongside.web.design.static_files.StaticFiles"
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"

# -- database: which role this process is ------------------------------------------------------------------------------------------------

ROLE = os.environ.get("ALONGSIDE_ROLE", APP)


PREPARED = {"server_side_binding": True, "prepare_threshold": 2}  # planning a question anew under row security cost more than answering it


def _database(role: str) -> dict[str, object]:
    at = conninfo_to_dict(role_address(role))
    return {
        "ENGINE": "alongside.config.database",
        "NAME": at.pop("dbname", ""),
        "USER": at.pop("user", ""),
        "PASSWORD": at.pop("password", ""),
        "HOST": at.pop("host", ""),
        "PORT": str(at.pop("port", "")),
        "OPTIONS": {"application_name": role, **PREPARED, **at},
        "ATOMIC_REQUESTS": False,  # TransactionMiddleware holds the whole request in one transaction, its identity among it
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


DATABASES = {"default": _database(ROLE)} | ({"sealer": _database(SEALER)} if ROLE == WORKER else {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LEDGER_FOLDER = home() / "ledger" / database_name()  # the sealing key and whom we trust: outside the database they vouch for
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "short_memory"}}  # sign-in attempts, counted once

# -- who signs in, and how ---------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "agencies.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "alongside.web.sign_in.passwords.GuessableValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("email",)}},
]
PASSWORD_RESET_TIMEOUT = 3600  # the hour that the mail promises; an invitation makes a new key each time it is opened
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "alongside.config.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # agencies open accounts for their own people; nobody registers themselves
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's address gets no mail from us
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {"have_your_say": "10/10m/ip,60/d/ip,300/h/key", "read_answer": "20/5m/ip"}  # beside the library's own: from one place; to one partnership, wherever from
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # an account has one address, and it is in the key
ACCOUNT_FORMS = {
    "login": "alongside.web.sign_in.forms.SignInForm",
    "reauthenticate": "alongside.web.sign_in.forms.ConfirmPasswordForm",
    "reset_password": "alongside.web.sign_in.forms.ForgottenPasswordForm",
    "reset_password_from_key": "alongside.web.sign_in.forms.NewPasswordForm",
    "set_password": "alongside.web.sign_in.forms.FirstPasswordForm",
    "change_password": "alongside.web.sign_in.forms.ChangePasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES

MFA_ADAPTER = "alongside.config.sign_in.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Alongside"
MFA_TOTP_TOLERANCE = 1  # a code typed as its half-minute ends still counts, as RFC 6238 (5.2) advises
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "alongside.web.sign_in.forms.SecondStepForm",
    "reauthenticate": "alongside.web.sign_in.forms.ConfirmCodeForm",
    "activate_totp": "alongside.web.sign_in.forms.SetUpAppForm",
    "deactivate_totp": "alongside.web.sign_in.forms.RemoveAppForm",
    "generate_recovery_codes": "alongside.web.sign_in.forms.NewRecoveryCodesForm",
    "add_webauthn": "alongside.web.sign_in.forms.AddPasskeyForm",
    "login_webauthn": "alongside.web.sign_in.forms.PasskeySignInForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

SESSION_ENGINE = "alongside.config.sessions"
SESSION_COOKIE_NAME = "__Host-alongside" if PRODUCTION else "alongside"
SESSION_HOURS = 12  # a working day: then one signs in again, however busy
SESSION_IDLE_MINUTES = 30
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "alongside.web.design.error_pages.form_key_wrong"
CSRF_COOKIE_NAME = "__Host-alongside-form" if PRODUCTION else "alongside-form"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # not in a cookie: a message may say what was done for whom

# -- what browsers are told --------------------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_HSTS_SECONDS = 63_072_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # the council's other sites are not ours to promise for
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # which is what these two ask for
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE],  # nothing runs that the page did not name, not even an uploaded file
        "style-src": [SELF],
        "connect-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20

# -- language and time: kept in UTC, shown as London's clocks show it --------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# -- letters out -------------------------------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("ALONGSIDE_MAIL_FROM", "alongside@localhost")
EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Alongside: "
if PRODUCTION:
    EMAIL_HOST = os.environ.get("ALONGSIDE_MAIL_HOST", "localhost")
    EMAIL_PORT = int(os.environ.get("ALONGSIDE_MAIL_PORT", "25"))
    EMAIL_HOST_USER = os.environ.get("ALONGSIDE_MAIL_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("ALONGSIDE_MAIL_PASSWORD", "")
    EMAIL_USE_TLS = os.environ.get("ALONGSIDE_MAIL_TLS", "1") == "1"
    EMAIL_TIMEOUT = 10
elif DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = home() / "mail"
else:
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# -- what is written down: never anything about a person ---------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "alongside.config.logs.WithoutPersonalData"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["out"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.db.backends": {"handlers": [], "level": "WARNING", "propagate": False},
    },
}
