"""Settings: all from the environment, checked when the application starts."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis.backoff import NoBackoff
from redis.retry import Retry

from app.core.mail import settings as mail_settings
from app.core.mail.settings import MailSettings

INSTANCE = Path(__file__).resolve().parent.parent / "instance"
MEGABYTE = 1024 * 1024
SHORTEST_SECRET = 32
LIMITS_SECONDS = 0.3


class BadSettings(SystemExit):
    """The environment asks for something that would not be safe or cannot work."""


@dataclass(frozen=True, slots=True)
class S3Settings:
    """Where files lie with a service that speaks S3; without an endpoint it is Amazon's."""

    bucket: str
    endpoint: str
    region: str
    key: str
    secret: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set, with its unit where it has one."""

    environment: str
    secret_key: str
    database_url: str
    redis_url: str
    instance: Path
    base_url: str
    assets: str
    workers: int
    threads: int
    proxies: int
    debug: bool
    rate_limits: bool
    s3: S3Settings | None = None
    mail: MailSettings | None = None
    port: int = 8000

    @property
    def is_production(self) -> bool:
        """Tell whether real people's data is behind this."""
        return self.environment == "production"

    @property
    def over_tls(self) -> bool:
        """Tell whether people reach us over TLS."""
        return self.base_url.startswith("https://")


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and check the settings; raises `BadSettings`."""
    instance = Path(environ.get("LECTERN_INSTANCE", INSTANCE))
    settings = Settings(
        environment=environ.get("LECTERN_ENV", "development"),
        secret_key=environ.get("SECRET_KEY", ""),
        database_url=_database_url(environ.get("DATABASE_URL", ""), instance),
        redis_url=environ.get("REDIS_URL", ""),
        instance=instance,
        base_url=environ.get("BASE_URL", ""),
        assets=environ.get("ASSETS", "cdn"),
        workers=_number(environ, "WEB_WORKERS", 2),
        threads=_number(environ, "WEB_THREADS", 16),
        proxies=_number(environ, "TRUSTED_PROXIES", 0),
        debug=environ.get("FLASK_DEBUG", "") not in ("", "0"),
        rate_limits=environ.get("RATE_LIMITS", "on") != "off",
        s3=_s3(environ),
        mail=_mail(environ),
        port=_number(environ, "PORT", 8000),
    )
    check(settings)
    return settings


def check(settings: Settings) -> None:
    """Refuse what is not safe in production; raises `BadSettings`."""
    if settings.assets not in ("cdn", "local"):
        raise BadSettings("ASSETS is either cdn or local")
    if settings.environment not in ("development", "testing", "production"):
        raise BadSettings("LECTERN_ENV is development, testing or production")
    if not settings.is_production:
        return
    if len(settings.secret_key) < SHORTEST_SECRET:
        raise BadSettings(f"SECRET_KEY needs at least {SHORTEST_SECRET} characters in production")
    if settings.debug:
        raise BadSettings("FLASK_DEBUG must be off in production")
    if not settings.rate_limits:
        raise BadSettings("RATE_LIMITS must be on in production")
    if not settings.over_tls:
        raise BadSettings("BASE_URL must begin with https:// in production")
    if settings.mail and not settings.mail.is_safe:
        raise BadSettings("MAIL_URL must use TLS in production, unless the server is on this host")


def flask_config(settings: Settings) -> dict[str, Any]:
    """Return what Flask and its extensions want to be told."""
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key or _kept_secret(settings.instance),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SESSION_COOKIE_NAME": "__Host-lectern" if settings.over_tls else "lectern",
        "SESSION_COOKIE_SECURE": settings.over_tls,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # How long a log-in lasts is decided by its row; the cookie only must not go before.
        "PERMANENT_SESSION_LIFETIME": 365 * 24 * 3600,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": 16 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 4 * MEGABYTE,
        "MAX_FORM_PARTS": 2_000,
        "RATELIMIT_ENABLED": settings.rate_limits,
        "RATELIMIT_STORAGE_URI": _limits_storage(settings.redis_url),
        "RATELIMIT_STORAGE_OPTIONS": _limits_options(settings.redis_url),
        "RATELIMIT_HEADERS_ENABLED": False,
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
        "COMPRESS_MIN_SIZE": 1_000,
    }


def _s3(environ: Mapping[str, str]) -> S3Settings | None:
    """Return where files lie if not on this machine; raises `BadSettings` for half of it."""
    chosen = environ.get("STORAGE", "local")
    if chosen not in ("local", "s3"):
        raise BadSettings("STORAGE is either local or s3")
    if chosen == "local":
        return None
    for name in ("S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET_KEY"):
        if not environ.get(name):
            raise BadSettings(f"STORAGE=s3 needs {name}")
    endpoint = environ.get("S3_ENDPOINT", "")
    if endpoint and not endpoint.startswith(("http://", "https://")):
        raise BadSettings("S3_ENDPOINT begins with https://")
    if endpoint.startswith("http://") and environ.get("LECTERN_ENV") == "production":
        raise BadSettings("S3_ENDPOINT must begin with https:// in production")
    return S3Settings(
        bucket=environ["S3_BUCKET"],
        endpoint=endpoint,
        region=environ.get("S3_REGION", "us-east-1"),
        key=environ["S3_ACCESS_KEY"],
        secret=environ["S3_SECRET_KEY"],
    )


def _mail(environ: Mapping[str, str]) -> MailSettings | None:
    """Return where mail is handed in, if anywhere; raises `BadSettings`."""
    try:
        return mail_settings.read(environ)
    except mail_settings.Unusable as problem:
        raise BadSettings(str(problem)) from problem


def _number(environ: Mapping[str, str], name: str, usual: int) -> int:
    """Return the whole number under `name`; raises `BadSettings` for anything else."""
    value = environ.get(name, str(usual))
    if not (value.isascii() and value.isdigit()):
        raise BadSettings(f"{name} is a whole number")
    return int(value)


def _database_url(url: str, instance: Path) -> str:
    if not url:
        return f"sqlite:///{instance / 'lectern.db'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _limits_options(redis_url: str) -> dict[str, Any]:
    """Return how long a request waits for Redis at most; left alone it would be 4 s."""
    if not redis_url:
        return {}
    return {
        "socket_connect_timeout": LIMITS_SECONDS,
        "socket_timeout": LIMITS_SECONDS,
        "retry": Retry(NoBackoff(), 0),
    }


def _limits_storage(redis_url: str) -> str:
    """Return Flask-Limiter's own spelling of where the counters lie."""
    if redis_url.startswith("unix://"):
        return f"redis+{redis_url}"
    return redis_url or "memory://"


def _kept_secret(instance: Path) -> str:
    """Return this instance's own random secret, made on first use (development only)."""
    instance.mkdir(parents=True, exist_ok=True)
    path = instance / "secret_key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(48))
        path.chmod(0o600)
    return path.read_text()
