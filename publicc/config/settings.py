"""Django settings. Every variable of the environment read here is in docs/reference/configuration.md."""

import contextlib
import hashlib
import os
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from publicc.kernel.environment import home_folder

HOME = home_folder(os.environ)
DEMO = os.environ.get("PUBLICC_DEMO", "") == "1"
DEBUG = os.environ.get("PUBLICC_DEBUG", "") == "1"


def _secret_key() -> str:
    """The signing key: from the environment, else made once and kept in the home folder, readable by its owner only."""
    given = os.environ.get("PUBLICC_SECRET_KEY")
    if given:
        return given
    kept = HOME / "keys" / "django.secret"
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not kept.exists():
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, kept)
        fresh.unlink()
    return kept.read_text().strip()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("PUBLICC_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("PUBLICC_ORIGINS", "").split(",") if o]
HTTPS = os.environ.get("PUBLICC_HTTPS", "") == "1"

INSTALLED_APPS = [
    "publicc.web",  # first: its pages stand for those of the packages
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "publicc.collective",
    "publicc.directory",
    "publicc.intake",
    "publicc.harmonise",
    "publicc.surveys",
    "publicc.sharing",
    "publicc.releases",
    "publicc.segments",
    "publicc.dashboards",
    "publicc.reports",
    "publicc.api",
]

MIDDLEWARE = [
    "publicc.web.request_id.request_id_middleware",
    "publicc.web.no_nul.without_nul",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "publicc.web.compressing.CompressedText",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "publicc.config.second_factor.enrolment_first",
    "publicc.web.one_organization.one_organization",
    "publicc.web.errors.KnownProblems",
    "publicc.api.middleware.ProblemsEverywhere",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "publicc.config.urls"
WSGI_APPLICATION = "publicc.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "publicc.web.context.shell",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.config(default=f"sqlite:///{HOME / 'control.sqlite3'}", conn_max_age=60),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    HOME.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    "screens": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache" / "screens",
        "TIMEOUT": 30 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
    "pace": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pace"},
    "drawings": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache" / "drawings",
        "TIMEOUT": 30 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 3_000},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
WEBHOOKS_INSIDE = os.environ.get("PUBLICC_WEBHOOKS_INSIDE", "") == "1"  # receivers inside the hub's own network
AFTER_DEPOSIT_TASK = "publicc.harmonise.tasks.rebuild"  # intake is below harmonise and does not know it
ROLLUP_TABLES = "publicc.metrics.rollup.rollup_tables"  # harmonise is below metrics and does not know it
MEMBERS_PROGRESS = "publicc.harmonise.progressing.members_progress"  # collective is below intake and harmonise
AFTER_REBUILD_TASK = "publicc.segments.tasks.score_everyone"
PROFILING = "publicc.segments.queries.profiling_in_force"  # releases are below segments and do not know the model
AFTER_SCORING_TASK = "publicc.dashboards.tasks.prepare_screens"  # segments are below dashboards

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "publicc.config.accounts.InvitationOnly"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
SECOND_FACTOR = os.environ.get("PUBLICC_SECOND_FACTOR", "1" if HTTPS else "") == "1"
MFA_ADAPTER = "publicc.config.second_factor.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1
OIDC_ISSUER = os.environ.get("PUBLICC_OIDC_ISSUER", "").rstrip("/")
OIDC_ORIGIN = [f"{urlsplit(OIDC_ISSUER).scheme}://{urlsplit(OIDC_ISSUER).netloc}"] if OIDC_ISSUER else []
OIDC_NAME = os.environ.get("PUBLICC_OIDC_NAME", "OpenID Connect") if OIDC_ISSUER else ""
OIDC_PROVIDER = f"oidc-{hashlib.sha256(OIDC_ISSUER.encode()).hexdigest()[:16]}" if OIDC_ISSUER else ""
SOCIALACCOUNT_ADAPTER = "publicc.web.oidc.ByInvitation"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": OIDC_PROVIDER,  # of this issuer: the accounts of another one are never taken for its own
                "name": OIDC_NAME,
                "client_id": os.environ.get("PUBLICC_OIDC_CLIENT", ""),
                "secret": os.environ.get("PUBLICC_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 5 / 60
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "publicc.config.accounts.sign_in_name"
AXES_LOCKOUT_CALLABLE = "publicc.web.sign_in.locked_out"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *OIDC_ORIGIN],  # browsers hold redirects to it too
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "fr-ca"
LANGUAGES = [("fr-ca", "Français"), ("en-ca", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Toronto"

STATIC_URL = "static/"
STATICFILES_DIRS = [("areas", Path(__file__).parents[1] / "directory" / "data" / "areas")]
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "publicc.web.assets.MadeFiles",
]
if DEBUG or os.environ.get("PUBLICC_TESTING") == "1":
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

UPLOAD_FILES = 20
RETENTION_FILE = os.environ.get("PUBLICC_RETENTION_FILE", "")
RETENTION_RULES = (  # what each room lets go: the collective is below them and does not know them
    "publicc.intake.retention.UPLOADS",
    "publicc.store.retention.SNAPSHOTS",
    "publicc.surveys.retention.ARRIVALS",
    "publicc.surveys.retention.COMMENTS",
    "publicc.surveys.retention.INVITEES",
    "publicc.surveys.retention.TIES",
    "publicc.collective.retention_rules.REQUESTS",
    "publicc.collective.retention_rules.APPLICATIONS",
    "publicc.collective.retention_rules.INVITATIONS",
)
RELEASE_SOURCES = ("publicc.surveys.results.shared.figures_of",)  # figures to compare, of rooms above releases
UPLOADS_KEPT_FOR = timedelta(days=int(os.environ.get("PUBLICC_UPLOAD_DAYS", "7")))
UPLOAD_FILE_BYTES = int(os.environ.get("PUBLICC_UPLOAD_MIB", "1024")) * 1024 * 1024
UPLOAD_WORKBOOK_BYTES = int(os.environ.get("PUBLICC_UPLOAD_WORKBOOK_MIB", "50")) * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 0
FILE_UPLOAD_TEMP_DIR = str(HOME / "incoming")
Path(FILE_UPLOAD_TEMP_DIR).mkdir(parents=True, exist_ok=True, mode=0o700)

EMAIL_CONFIG = os.environ.get("PUBLICC_EMAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_CONFIG else 'console'}.EmailBackend"
EMAIL_HOST = EMAIL_CONFIG or "localhost"
EMAIL_PORT = int(os.environ.get("PUBLICC_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("PUBLICC_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PUBLICC_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("PUBLICC_EMAIL_TLS", "") == "1"
EMAIL_TIMEOUT = 20
SITE_ADDRESS = os.environ.get("PUBLICC_SITE", "http://localhost:8000").rstrip("/")
DEFAULT_FROM_EMAIL = os.environ.get("PUBLICC_EMAIL_FROM", "publicc@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"publicc": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
