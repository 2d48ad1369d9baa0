"""Django's settings. Every value that differs between machines comes from the environment."""

from __future__ import annotations

import os
import re

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from youju.foundation.database import django_databases
from youju.foundation.kernel import places
from youju.foundation.kernel.logs import logging_settings
from youju.foundation.kernel.secret_files import ensure_secret

BASE_DIR = places.ROOT
VAR = places.var()
DEMO_MODE = os.environ.get("YOUJU_DEMO") == "1"
DEBUG = os.environ.get("YOUJU_DEBUG") == "1"
SECRET_KEY = os.environ.get("YOUJU_SECRET_KEY") or ensure_secret("secret_key")
# The host that printed codes and exported identifiers lead to, e.g. https://youju.example.cn (trade.tracing).
PUBLIC_URL = os.environ.get("YOUJU_PUBLIC_URL", "").rstrip("/")
ALLOWED_HOSTS = [h for h in os.environ.get("YOUJU_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]

INSTALLED_APPS = [
    "youju.foundation.audit",
    "youju.foundation.files",
    "youju.foundation.jobs",
    "youju.foundation.documents",
    "youju.foundation.shell",
    "youju.foundation.identity",
    "youju.foundation.workflow",
    "youju.foundation.webhooks",
    "youju.foundation.imports",
    "youju.foundation.metrics",
    "youju.foundation.backup",
    "youju.foundation.operations",
    "youju.trade.parties",
    "youju.trade.goods",
    "youju.trade.orders",
    "youju.trade.packing",
    "youju.trade.declarations",
    "youju.trade.tracing",
    "youju.trade.settlement",
    "youju.trade.exemptions",
    "youju.trade.risk",
    "youju.trade.credit",
    "youju.trade.statistics",
    "youju.office.tasks",
    "youju.office.contracts",
    "youju.office.surveys",
    "youju.office.events",
    "youju.office.base",
    "youju.office.staff",
    "youju.funds.projects",
    "youju.funds.payments",
    "youju.funds.subsidies",
    "youju.funds.assets",
    "youju.funds.internal_audits",
    "youju.performance.targets",
    "youju.performance.measures",
    "youju.performance.monitoring",
    "youju.performance.evaluation",
    "youju.performance.proposals",
    "youju.performance.report_checks",
    "youju.performance.disclosure",
    "youju.portal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "django_htmx",
    "csp",
    "axes",
]
MIDDLEWARE = [
    "youju.foundation.shell.circumstances.Circumstances",
    "youju.foundation.identity.web.programs.Programs",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "youju.foundation.shell.language.LanguageMiddleware",
    "youju.foundation.shell.middleware.RequestSize",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "youju.foundation.identity.web.signed_in.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "youju.foundation.identity.web.middleware.SessionClock",
    "youju.foundation.identity.web.middleware.Acting",
    "youju.foundation.identity.web.limiter.RateLimit",
    "youju.foundation.identity.web.middleware.ClosedByDefault",
    "youju.foundation.identity.web.middleware.PasswordFirst",
    "youju.foundation.identity.web.middleware.FactorFirst",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "youju.foundation.shell.middleware.InputErrors",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "youju.foundation.shell.context.shell",
            ],
        },
    }
]
ROOT_URLCONF = "youju.config.urls"
WSGI_APPLICATION = "youju.config.wsgi.application"

DATABASES = django_databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Chinese is the language of the source; a page is shown in English only when all of it is (shell.language).
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "src" / "youju" / "locale"]
LANGUAGE_COOKIE_NAME = "youju_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# `youju up` gathers static files under hashed names into var/static when one has changed, so a browser may keep them for
# ever. Tests and `youju django` read them where they lie.
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
HASHED_STATIC = os.environ.get("YOUJU_STATIC") == "hashed"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC
WHITENOISE_AUTOREFRESH = DEBUG

LOGGING = logging_settings()

# Jobs are declared by foundation.jobs; procrastinate looks for nothing itself.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""

# The shell: pages, lists, errors. The size guards the machine; what a document may weigh is a policy, checked while it
# arrives, so that the answer can be a page.
SHELL_PERMISSION_CHECK = "youju.foundation.identity.permissions.allowed"
# What each worker process keeps of finished pages (shell.keeping); 0 keeps none.
KEPT_PAGES_BYTES = 64 * 1024 * 1024
CSRF_FAILURE_VIEW = "youju.foundation.shell.errors.csrf_failure"
MAX_REQUEST_BYTES = 1024 * 1024 * 1024

# Who comes in. Times, limits and lengths stand in policies/foundation/identity/ and are read there when used.
AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "youju.foundation.identity.backends.PasswordBackend",
]
LOGIN_URL = "identity:login"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "youju.foundation.identity.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
    {"NAME": "youju.foundation.identity.passwords.NotRecent"},
]
AXES_HANDLER = "youju.foundation.identity.lockout.Lockout"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username", "ip_address"]
AXES_FAILURE_LIMIT = "youju.foundation.identity.lockout.failure_limit"
AXES_COOLOFF_TIME = "youju.foundation.identity.lockout.cool_off"
AXES_LOCKOUT_CALLABLE = "youju.foundation.identity.web.login.locked_out"
AXES_CLIENT_IP_CALLABLE = "youju.foundation.identity.web.addresses.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False

# Which pilot's records these are: the folder of its lake, and a column in what several pilots add up.
PILOT = os.environ.get("YOUJU_PILOT", "baigou")
if not re.fullmatch(r"[a-z][a-z0-9-]{1,19}", PILOT):
    raise ImproperlyConfigured("YOUJU_PILOT 要用小写字母、数字和连字符，2 至 20 个字符")

# How a browser is told to keep us safe. YOUJU_HTTPS=1 says that visitors come by https, YOUJU_PROXIES through
# how many proxies of ours (each must set X-Forwarded-For and X-Forwarded-Proto itself).
HTTPS = os.environ.get("YOUJU_HTTPS") == "1"
TRUSTED_PROXIES = int(os.environ.get("YOUJU_PROXIES", "0"))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "youju.foundation.identity.session_store"
SESSION_COOKIE_NAME = "youju_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "youju_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
