"""Settings: read from the environment, and refused where they would not be safe."""

import stat
from pathlib import Path

import pytest

from app import create_app
from app.config import BadSettings, flask_config, read

SAFE = {
    "LECTERN_ENV": "production",
    "SECRET_KEY": "k" * 32,
    "BASE_URL": "https://school.example",
}


def test_safe_settings_are_taken_in_production() -> None:
    settings = read(SAFE)
    assert settings.is_production
    config = flask_config(settings)
    assert config["SESSION_COOKIE_SECURE"] is True
    assert config["SESSION_COOKIE_NAME"].startswith("__Host-")


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "k" * 31}, "SECRET_KEY"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"BASE_URL": "http://school.example"}, "BASE_URL"),
        ({"BASE_URL": ""}, "BASE_URL"),
        ({"RATE_LIMITS": "off"}, "RATE_LIMITS"),
    ],
)
def test_unsafe_settings_are_refused_in_production(planted: dict[str, str], told: str) -> None:
    with pytest.raises(BadSettings, match=told):
        read({**SAFE, **planted})


@pytest.mark.parametrize(
    "planted", [{"ASSETS": "elsewhere"}, {"LECTERN_ENV": "prod"}, {"WEB_WORKERS": "many"}]
)
def test_words_that_mean_nothing_are_refused_anywhere(planted: dict[str, str]) -> None:
    with pytest.raises(BadSettings):
        read(planted)


@pytest.mark.parametrize("prefix", ["postgres://", "postgresql://", "postgresql+psycopg://"])
def test_every_spelling_of_a_postgresql_address_uses_the_same_driver(prefix: str) -> None:
    assert read({"DATABASE_URL": f"{prefix}me@db/school"}).database_url == (
        "postgresql+psycopg://me@db/school"
    )


def test_a_development_secret_is_made_once_and_kept_to_its_owner(tmp_path: Path) -> None:
    first, second = (flask_config(read({"LECTERN_INSTANCE": str(tmp_path)})) for _ in range(2))
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert len(first["SECRET_KEY"]) >= 32
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_an_unsafe_application_is_not_built(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**SAFE, "SECRET_KEY": "short"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings):
        create_app()


S3 = {
    "STORAGE": "s3",
    "S3_BUCKET": "school",
    "S3_ACCESS_KEY": "a",
    "S3_SECRET_KEY": "b",
}


def test_files_lie_here_unless_told_otherwise() -> None:
    assert read({}).s3 is None
    found = read({**S3, "S3_ENDPOINT": "http://127.0.0.1:9000"}).s3
    assert found
    assert (found.bucket, found.region) == ("school", "us-east-1")


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ({"STORAGE": "cloud"}, "STORAGE"),
        ({"S3_BUCKET": ""}, "S3_BUCKET"),
        ({"S3_ACCESS_KEY": ""}, "S3_ACCESS_KEY"),
        ({"S3_SECRET_KEY": ""}, "S3_SECRET_KEY"),
        ({"S3_ENDPOINT": "minio:9000"}, "S3_ENDPOINT"),
        ({**SAFE, "S3_ENDPOINT": "http://minio:9000"}, "https://"),
    ],
)
def test_half_a_storage_is_refused(planted: dict[str, str], told: str) -> None:
    with pytest.raises(BadSettings, match=told):
        read({**S3, **planted})
