"""The reference tables of actors and their names, and the lists of titles, hold together."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
import yaml

from pipelines.contract import BLOCS

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "seeds" / "reference"
LEXICONS = ROOT / "pipelines" / "lexicons"
LANGUAGES = ("vi", "en")
KINDS = {"person", "organisation", "armed_group", "company", "bank", "ministry", "military"}
# Whom the contract names, and a few on whom much depends.
SEATS = {
    "wagner-group": "RU",
    "hamas": "PS",
    "houthi": "YE",
    "hezbollah": "LB",
    "taliban": "AF",
    "islamic-state": "",
    "rosoboronexport": "RU",
    "kim-jong-un": "KP",
    "moon-jae-in": "KR",
    "tsai-ing-wen": "TW",
    "antonio-guterres": "UN",
    "jens-stoltenberg": "NATO",
    "ursula-von-der-leyen": "EU",
}


def _read(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def actors() -> list[dict[str, str]]:
    return _read("actors.csv")


@pytest.fixture(scope="module")
def names() -> list[dict[str, str]]:
    return _read("actor_names.csv")


def test_ids_are_unique_slugs(actors):
    ids = [row["actor_id"] for row in actors]
    assert len(ids) == len(set(ids))
    assert [i for i in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", i)] == []


def test_kinds_and_countries_are_known(actors):
    assert {row["kind"] for row in actors} <= KINDS
    codes = {row["country_code"] for row in actors}
    assert [code for code in codes if code and code not in BLOCS and not re.fullmatch(r"[A-Z]{2}", code)] == []


@pytest.mark.skipif(not (REFERENCE / "countries.csv").exists(), reason="the table of countries is not there yet")
def test_countries_stand_in_the_table_of_countries(actors):
    known = {row["country_code"] for row in _read("countries.csv")}
    assert {row["country_code"] for row in actors} - known <= {""}


def test_persons_have_a_country(actors):
    assert [row["actor_id"] for row in actors if row["kind"] == "person" and not row["country_code"]] == []


def test_terms_are_dates_in_order(actors):
    for row in actors:
        start, end = (date.fromisoformat(row[key]) if row[key] else None for key in ("valid_from", "valid_to"))
        assert not (start and end) or start <= end, row


def test_wikidata_ids_are_ids_and_unique(actors):
    ids = [row["wikidata_id"] for row in actors if row["wikidata_id"]]
    assert len(ids) == len(set(ids))
    assert [i for i in ids if not re.fullmatch(r"Q[1-9][0-9]*", i)] == []


def test_well_known_actors_have_their_country(actors):
    assert {row["actor_id"]: row["country_code"] for row in actors if row["actor_id"] in SEATS} == SEATS


def test_every_name_has_an_actor_and_every_actor_a_full_name_in_each_language(actors, names):
    ids = {row["actor_id"] for row in actors}
    assert {row["actor_id"] for row in names} == ids
    for language in LANGUAGES:
        named = {row["actor_id"] for row in names if row["language"] == language}
        assert ids - named == set()


def test_names_are_clean(names):
    for row in names:
        form = row["form"]
        assert row["language"] in LANGUAGES and row["kind"] in {"full", "short"}, row
        assert form and form == form.strip() and "  " not in form, row
        assert unicodedata.is_normalized("NFC", form), row
    keys = [(row["actor_id"], row["language"], row["form"]) for row in names]
    assert len(keys) == len(set(keys))


def test_a_full_form_means_one_actor(names):
    owners = defaultdict(set)
    kinds = defaultdict(set)
    for row in names:
        key = row["language"], row["form"]
        owners[key].add(row["actor_id"])
        kinds[key].add(row["kind"])
    assert {key: ids for key, ids in owners.items() if len(ids) > 1 and "full" in kinds[key]} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_are_lower_case_and_listed_once_a_kind(language):
    titles = yaml.safe_load((LEXICONS / language / "titles.yaml").read_text(encoding="utf-8"))
    assert set(titles) == {"titles", "honorifics", "former", "acting", "deputy", "institutions", "armed"}
    groups = [*titles["titles"].values(), *titles["institutions"].values()]
    groups += [titles[key] for key in ("honorifics", "former", "acting", "deputy", "armed")]
    for group in groups:
        assert len(group) == len(set(group))
        for term in group:
            assert term == term.lower().strip() and unicodedata.is_normalized("NFC", term), term
    everywhere = [term for group in titles["titles"].values() for term in group]
    assert len(everywhere) == len(set(everywhere))
