"""Django's settings. What differs between machines comes from `environment`; the rest is the same everywhere."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from kolektor.config.environment import DatabaseTarget, load
from kolektor.config.logs import configure_logs

ENVIRONMENT = load()
ROOT = Path(__file__).resolve().parents[3]
FRONTEND = ROOT / "frontend"

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
BASE_DOMAIN = ENVIRONMENT.base_domain
PUBLIC_PORT = ENVIRONMENT.port
SECURE = ENVIRONMENT.secure
ALLOWED_HOSTS = ["*"]  # the host middleware knows every host and refuses the others with a helpful page
MASTER_KEYS = ENVIRONMENT.master_keys
IMPORT_MAX_BYTES = ENVIRONMENT.import_max_bytes
IMPORT_CHUNK_DOCUMENTS = ENVIRONMENT.import_chunk_documents

SHARED_APPS = [
    "django_tenants",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sites",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
    "allauth.mfa",
    "kolektor.kernel",
    "kolektor.api",
    "kolektor.audit",
    "kolektor.mailing",
    "kolektor.identity",
    "kolektor.network",
    "kolektor.reporting",
    "kolektor.config",
]
TENANT_APPS = [
    "kolektor.kernel",
    "kolektor.audit",
    "tenants.program",
    "tenants.partners",
    "tenants.members",
    "tenants.messaging",
    "tenants.ledger",
    "tenants.sales",
    "tenants.rules",
    "catalog.rewards",
    "catalog.orders",
    "catalog.fulfillment",
    "tenants.insight",
]
INSTALLED_APPS = SHARED_APPS + [app for app in TENANT_APPS if app not in SHARED_APPS]
TENANT_MODEL = "network.Wholesaler"
TENANT_DOMAIN_MODEL = "network.Domain"
TENANT_LIMIT_SET_CALLS = True
PUBLIC_SCHEMA_NAME = "public"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]


def _database(target: DatabaseTarget, engine: str) -> dict[str, Any]:
    return {
        "ENGINE": engine,
        "NAME": target.name,
        "USER": target.user,
        "PASSWORD": target.password,
        "HOST": target.host,
        "PORT": target.port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "kolektor"},
    }


DATABASES = {
    "default": _database(ENVIRONMENT.databases[ENVIRONMENT.database_role], "django_tenants.postgresql_backend"),
    # the network's headquarters reads as a role that cannot open a tenant schema
    "hq": _database(ENVIRONMENT.databases["hq"], "django.db.backends.postgresql"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "kolektor.config.middleware.RequestContext",
    "django.middleware.security.SecurityMiddleware",
    "kolektor.config.hosts.HostMiddleware",
    "csp.middleware.CSPMiddleware",
    "kolektor.identity.middleware.HostBoundSessions",
    "kolektor.config.middleware.Language",
    "kolektor.config.middleware.NoNul",
    "kolektor.config.middleware.ReadOnly",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kolektor.config.middleware.BindPerson",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "kolektor.config.urls_unknown"
WSGI_APPLICATION = "kolektor.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

# Sessions and sign-on -------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "identity.Person"
AUTHENTICATION_BACKENDS = ["kolektor.identity.backends.PersonBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "kolektor.identity.hashers.KeyHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "first_name", "last_name"]},
    },
]
SESSION_ENGINE = "kolektor.identity.sessions"
SESSION_COOKIE_NAME = "kolektor_session"
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "kolektor_csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_FAILURE_VIEW = "kolektor.config.views.csrf_failure"
LOGIN_URL = "/"
SITE_ID = 1
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "kolektor.identity.adapters.AccountAdapter"
# who is throttled by address is the visitor, not the proxy in front of us
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.trusted_proxies
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"length": 6, "numeric": True, "dashed": False}
ACCOUNT_PREVENT_ENUMERATION = True
MFA_ADAPTER = "kolektor.identity.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kolektor"
MFA_TOTP_TOLERANCE = 1
# a passkey stands for two factors, so the device makes sure who holds it, whatever it is shown for
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
IDP_OIDC_ADAPTER = "kolektor.identity.adapters.ProviderAdapter"
# the first key signs; the others are still known, so that a new one can be put before them
IDP_OIDC_PRIVATE_KEYS = [
    {"pem": pem, "issued_at": f"2026-01-01T00:00:{59 - index:02d}+00:00"}
    for index, pem in enumerate(ENVIRONMENT.oidc_private_keys)
]
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 600
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = int(timedelta(days=30).total_seconds())
IDP_OIDC_AUTHORIZATION_CODE_EXPIRES_IN = 60

# Security -------------------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY: dict[str, Any] = {"DIRECTIVES": {}}  # filled below: csp.constants needs settings
from csp.constants import NONCE, NONE, SELF  # noqa: E402

CONTENT_SECURITY_POLICY["DIRECTIVES"] = {
    "default-src": [SELF],
    "script-src": [SELF, NONCE],
    "style-src": [SELF, NONCE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "worker-src": [SELF],
    "object-src": [NONE],
    "base-uri": [SELF],
    "frame-ancestors": [NONE],
    "form-action": [SELF],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Language and time ----------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "Polski"), ("en", "English")]
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True

# Files ----------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
MEDIA_ROOT = ENVIRONMENT.home / "media"
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": MEDIA_ROOT}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if ENVIRONMENT.bucket:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": ENVIRONMENT.bucket,
            "endpoint_url": ENVIRONMENT.s3_endpoint or None,
            "default_acl": None,
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }

# Cache: keys carry the schema, so that one tenant never reads another's
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # unique without case, by a constraint on lower(email)

CACHES = {
    "default": {
        # shared by all web processes: authorization codes and throttling live here
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kolektor_cache",
        # authorization codes and counts of failed tries must not be culled to make room for others
        "OPTIONS": {"MAX_ENTRIES": 50_000, "CULL_FREQUENCY": 10},
        "KEY_FUNCTION": "django_tenants.cache.make_key",
        "REVERSE_KEY_FUNCTION": "django_tenants.cache.reverse_key",
    }
}

# Mail, SMS, push ------------------------------------------------------------------------------------------------------
# the page of the `id.` host that shows what this machine would have sent; `environment` allows it on loopback names only
DEVELOPMENT_OUTBOX = ENVIRONMENT.mail == "development"
EMAIL_BACKEND = {
    "development": "kolektor.mailing.backends.DevelopmentMail",
    "amazon-ses": "anymail.backends.amazon_ses.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
}[ENVIRONMENT.mail]
MAIL_FROM = ENVIRONMENT.mail_from
EMAIL_TIMEOUT = 20
if ENVIRONMENT.smtp:
    EMAIL_HOST, EMAIL_PORT = ENVIRONMENT.smtp.host, int(ENVIRONMENT.smtp.port)
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENVIRONMENT.smtp.user, ENVIRONMENT.smtp.password
    EMAIL_USE_TLS = ENVIRONMENT.smtp.port == "587"
    EMAIL_USE_SSL = ENVIRONMENT.smtp.port == "465"
SMS_GATEWAY = "kolektor.mailing.channels.LogSms"
PUSH_GATEWAY = "kolektor.mailing.channels.LogPush"

# Background work ------------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = ENVIRONMENT.broker_url
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TIMEZONE = "UTC"
OUTBOX_LEASE_SECONDS = ENVIRONMENT.outbox_lease_seconds
OUTBOX_SWEEP_SECONDS = ENVIRONMENT.outbox_sweep_seconds
HOST_CACHE_SECONDS = ENVIRONMENT.host_cache_seconds

GRAPHENE = {"TESTING_ENDPOINT": "/graphql/member", "ATOMIC_MUTATIONS": False}

LOGGING_CONFIG = None
configure_logs()

if ENVIRONMENT.sentry_dsn:
    from kolektor.config.sentry import start_sentry

    start_sentry(ENVIRONMENT.sentry_dsn)
