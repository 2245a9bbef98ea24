"""The folder of exports: all of the new or all of the old, and nobody else's folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.exports import ExportFolderError, Written, new_exports
from pipelines.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(warehouse=tmp_path / "w.duckdb")


def export(settings: Settings, text: str) -> None:
    with new_exports(settings) as (folder, written):
        path = folder / "csv" / "fct_meetings.csv"
        path.parent.mkdir()
        path.write_text(text)
        written.append(Written("fct_meetings", path, "text/csv", 1))


def test_the_package_describes_every_file(settings: Settings):
    export(settings, "one")
    package = json.loads((settings.exports / "datapackage.json").read_text("utf-8"))
    (resource,) = package["resources"]
    assert resource["path"] == "csv/fct_meetings.csv"
    assert (settings.exports / resource["path"]).stat().st_size == resource["bytes"]


def test_an_export_that_fails_leaves_the_old_one_and_nothing_else(settings: Settings):
    export(settings, "one")
    before = list((settings.state / "exports").iterdir())
    with pytest.raises(RuntimeError), new_exports(settings) as (folder, _):
        (folder / "half").write_text("half")
        raise RuntimeError
    assert (settings.exports / "csv" / "fct_meetings.csv").read_text() == "one"
    assert list((settings.state / "exports").iterdir()) == before


def test_who_reads_the_old_one_goes_on_reading_it(settings: Settings):
    export(settings, "one")
    reading = settings.exports.resolve()
    export(settings, "two")
    assert (settings.exports / "csv" / "fct_meetings.csv").read_text() == "two"
    assert (reading / "csv" / "fct_meetings.csv").read_text() == "one"
    export(settings, "three")
    assert len(list((settings.state / "exports").iterdir())) == 2


def test_a_folder_that_no_export_made_is_never_touched(settings: Settings):
    settings.exports.mkdir()
    (settings.exports / "mine.txt").write_text("mine")
    with pytest.raises(ExportFolderError, match="was not made by an export"):
        export(settings, "one")
    assert (settings.exports / "mine.txt").read_text() == "mine"


def test_two_warehouses_of_one_folder_do_not_take_each_others_exports(settings: Settings):
    export(settings, "one")
    other = Settings(warehouse=settings.warehouse.with_name("other.duckdb"))
    with pytest.raises(ExportFolderError, match="of another warehouse"):
        export(other, "two")
    assert (settings.exports / "csv" / "fct_meetings.csv").read_text() == "one"
