"""A PostgreSQL and an S3 server of a test's own, on free ports, gone when the test is."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Where Debian and Red Hat put the programs of the server.
_FOLDERS = ["/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin"]


@dataclass
class Postgres:
    """A server that listens on a socket in `folder` only, and wants a password."""

    folder: Path
    programs: Path
    password: str

    def database(self) -> str:
        """A new database, in libpq's words; the password is not in them."""
        where = f"host={self.folder} user=lake"
        name = f"lake_{secrets.token_hex(4)}"
        self._run("psql", "--quiet", f"{where} dbname=postgres", "--command", f"create database {name}")
        return f"{where} dbname={name}"

    def start(self) -> None:
        self._control("start", "-w", "-o", f"-c listen_addresses='' -c unix_socket_directories='{self.folder}'")

    def stop(self, mode: str = "fast") -> None:
        """End the server; `immediate` is how it ends in a power cut."""
        self._control("stop", "-w", "-m", mode)

    def _control(self, *arguments: str) -> None:
        log = ["-l", str(self.folder / "log")] if arguments[0] == "start" else []
        self._run("pg_ctl", "-s", "-D", str(self.folder / "data"), *log, *arguments)

    def initialise(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
            shutil.chown(secret, "postgres")
        options = ["--username=lake", f"--pwfile={secret}", "--auth=scram-sha-256", "--no-sync", "--encoding=UTF8"]
        self._run("initdb", "--pgdata", str(self.folder / "data"), "--locale=C", *options)

    def _run(self, name: str, *arguments: str) -> None:
        # The server refuses to run as root.
        user = "postgres" if os.geteuid() == 0 else None
        env = os.environ | {"PGPASSWORD": self.password}
        command = [self.programs / name, *arguments]
        subprocess.run(command, user=user, env=env, cwd=self.folder, stdout=subprocess.DEVNULL, check=True)


def postgres_programs() -> Path | None:
    """The folder that holds initdb and pg_ctl, if there is one that can be used here."""
    found = [Path(path).resolve().parent for path in [shutil.which("initdb")] if path]
    found += [path for pattern in _FOLDERS for path in sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)]
    if os.geteuid() == 0:
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            return None
    return next((path for path in found if (path / "pg_ctl").exists()), None)


@contextmanager
def postgres(programs: Path) -> Iterator[Postgres]:
    """A running server with an empty database."""
    # Short, as the path of a socket must be.
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        server = Postgres(Path(name), programs, secrets.token_hex(16))
        server.initialise()
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")


@contextmanager
def s3(bucket: str) -> Iterator[str]:
    """The address of a running S3 server with one empty bucket."""
    from boto3 import client
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        address = "http://{}:{}".format(*server.get_host_and_port())
        keys = {"aws_access_key_id": "nobody", "aws_secret_access_key": "nothing", "region_name": "us-east-1"}
        client("s3", endpoint_url=address, **keys).create_bucket(Bucket=bucket)
        yield address
    finally:
        server.stop()
