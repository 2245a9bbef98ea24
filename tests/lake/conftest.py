"""A lake of one's own on real servers: its catalogue in PostgreSQL, its files in a folder or in S3."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from servers import Postgres, postgres, postgres_programs, s3

from pipelines.settings import Settings

BUCKET = "lake"


@pytest.fixture(scope="session")
def catalogue() -> Iterator[Postgres]:
    pytest.importorskip("duckdb_extension_ducklake", reason="DuckLake is an extra: make setup EXTRAS=ducklake")
    programs = postgres_programs()
    if programs is None:
        pytest.skip("There is no PostgreSQL server on this machine: apt-get install postgresql")
    with postgres(programs) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGPASSWORD", server.password)
        yield server


@pytest.fixture(scope="session")
def bucket() -> Iterator[str]:
    pytest.importorskip("moto", reason="The S3 server is an extra: make setup EXTRAS=s3")
    with s3(BUCKET) as address, pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ENDPOINT_URL": address,
            "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "nothing",
            "AWS_REGION": "us-east-1",
        }.items():
            patch.setenv(name, value)
        yield f"s3://{BUCKET}"


@pytest.fixture
def lake(catalogue: Postgres, tmp_path: Path) -> Callable[[str], Settings]:
    """Settings for a new lake with its data at the place given."""

    def settings(data: str) -> Settings:
        address = f"ducklake:postgres:{catalogue.database()}"
        return Settings.from_env({"WAREHOUSE": address, "LAKE_DATA": data, "LAKE_STATE": str(tmp_path / "state")})

    return settings
