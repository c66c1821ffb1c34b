"""Lectern: the application factory."""

from flask import Flask
from flask_compress import Compress
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from app import config
from app.blueprints import register_all
from app.core import (
    assets,
    audit,
    caching,
    cli,
    guards,
    health,
    i18n,
    idempotency,
    inputs,
    limits,
    logs,
    mail,
    method_override,
    responses,
    security,
    storage,
    ui,
)
from app.core.db import db, migrations, transactions
from app.core.db.connections import engine_options
from app.core.serve import cli as serve

# Each attaches itself to the application; the later ones may look for the earlier.
PARTS = (
    logs,
    inputs,
    i18n,
    ui,
    transactions,
    guards,
    responses,
    storage,
    mail,
    security,
    caching,
    limits,
    serve,
    cli,
    health,
)
# Only to be loaded: their tables belong to every database.
TABLES = (audit, idempotency)


def create_app(settings: config.Settings | None = None) -> Flask:
    """Build the application from `settings`, or from the environment."""
    settings = settings or config.read()
    settings.instance.mkdir(parents=True, exist_ok=True)
    app = Flask(__name__, static_folder=None, instance_path=str(settings.instance))
    app.jinja_environment = ui.Templates
    app.config.update(config.flask_config(settings))
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(
        settings.database_url, pool_size=settings.threads + 2
    )
    _attach_core(app, settings)
    register_all(app)
    guards.refuse_unguarded(app)
    return app


def _attach_core(app: Flask, settings: config.Settings) -> None:
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, settings.proxies, settings.proxies)  # type: ignore[method-assign]
    for part in PARTS:
        part.init_app(app)
    Compress(app)
    Migrate(
        app,
        db,
        directory=str(migrations.FOLDER),
        render_item=migrations.render_item,
        include_name=migrations.include_name,
        render_as_batch=True,
    )
    method_override.init_app(app)
    assets.init_app(app)
