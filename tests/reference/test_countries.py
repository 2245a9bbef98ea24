"""The reference tables of countries, blocs, their names and places hold together."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from pipelines.contract import BLOCS

REFERENCE = Path(__file__).parents[2] / "seeds" / "reference"
LANGUAGES = {"vi", "en"}
NAME_KINDS = {"name", "short", "capital", "adjective", "nickname", "metonym", "hyphen"}
GUARDS = {"", "pronoun_anh", "given_name", "hyphen_only", "only_sanction", "seat", "compound", "named_in_full"}
PLACE_KINDS = {"city", "region", "palace", "base", "river", "venue"}
ISO_COUNTRIES = 249
NOT_IN_ISO = {"XK"}
# Meeting places that do not speak for the state they lie in.
MEETING_PLACES = {
    "Geneva": "CH",
    "Vienna": "AT",
    "Minsk": "BY",
    "Helsinki": "FI",
    "Doha": "QA",
    "New York": "US",
    "Davos": "CH",
}
KNOWN = {
    ("vi", "Hoa Kỳ"): "US",
    ("vi", "Nhà Trắng"): "US",
    ("vi", "Moskva"): "RU",
    ("vi", "Mát-xcơ-va"): "RU",
    ("vi", "Bắc Hàn"): "KP",
    ("vi", "Nam Hàn"): "KR",
    ("vi", "Bình Nhưỡng"): "KP",
    ("vi", "Trung Cộng"): "CN",
    ("vi", "Úc Đại Lợi"): "AU",
    ("vi", "Phi Luật Tân"): "PH",
    ("vi", "Miến Điện"): "MM",
    ("vi", "Á Căn Đình"): "AR",
    ("vi", "Gia Nã Đại"): "CA",
    ("vi", "Nam Dương"): "ID",
    ("vi", "Tân Gia Ba"): "SG",
    ("vi", "CHDCND Triều Tiên"): "KP",
    ("vi", "Hội đồng Bảo an"): "UN",
    ("vi", "Ủy ban châu Âu"): "EU",
    ("vi", "phương Tây"): "WEST",
    ("vi", "cộng đồng quốc tế"): "INTL",
    ("vi", "Đài Loan"): "TW",
    ("vi", "Gaza"): "PS",
    ("en", "the White House"): "US",
    ("en", "Downing Street"): "GB",
    ("en", "DPRK"): "KP",
    ("en", "Iranian"): "IR",
}
GUARDED = {
    "Anh": "pronoun_anh",
    **dict.fromkeys(["Nga", "Đức", "Mỹ", "Pháp", "Ý", "Áo", "Bỉ", "Nhật", "Lào", "Úc", "Séc"], "given_name"),
    **dict.fromkeys(["Hàn", "Trung", "Việt", "Ấn", "Triều", "Đài"], "hyphen_only"),
    "quốc tế": "only_sanction",
}


def _read(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def countries() -> dict[str, dict[str, str]]:
    return {row["country_code"]: row for row in _read("countries")}


@pytest.fixture(scope="module")
def names() -> list[dict[str, str]]:
    return _read("country_names")


@pytest.fixture(scope="module")
def places() -> list[dict[str, str]]:
    return _read("places")


def test_every_iso_country_and_every_bloc_has_one_row(countries: dict[str, dict[str, str]]) -> None:
    assert len(countries) == len(_read("countries"))
    iso = [row for row in countries.values() if row["kind"] == "country" and row["country_code"] not in NOT_IN_ISO]
    assert len(iso) == ISO_COUNTRIES
    # AU is Australia, so the African Union has no row of its own.
    assert {code for code, row in countries.items() if row["kind"] == "bloc"} == set(BLOCS) - {"AU"}
    assert countries["AU"]["name_en"] == "Australia"


def test_country_codes_have_their_shape(countries: dict[str, dict[str, str]]) -> None:
    rows = [row for row in countries.values() if row["kind"] == "country"]
    for row in rows:
        assert len(row["country_code"]) == 2 and row["country_code"].isupper()
        assert len(row["alpha3"]) == 3 and row["alpha3"].isupper()
        assert len(row["numeric_code"]) == 3 and row["numeric_code"].isdigit()
    for column in ("alpha3", "numeric_code"):
        assert len({row[column] for row in rows}) == len(rows)
    assert all(row["name_en"] and row["name_vi"] and row["source"] for row in countries.values())


@pytest.mark.parametrize("table", ["countries", "bloc_memberships", "country_names", "places"])
def test_text_is_clean(table: str) -> None:
    for row in _read(table):
        for value in row.values():
            assert value == unicodedata.normalize("NFC", " ".join(value.split()))


@pytest.mark.parametrize("table", ["bloc_memberships", "country_names", "places"])
def test_codes_are_those_of_the_table_of_countries(table: str, countries: dict[str, dict[str, str]]) -> None:
    unknown = {row["country_code"] for row in _read(table)} - set(countries)
    assert not unknown


def test_memberships_run_forwards_and_do_not_overlap(countries: dict[str, dict[str, str]]) -> None:
    spells: dict[tuple[str, str], list[tuple[date, date]]] = {}
    for row in _read("bloc_memberships"):
        assert countries[row["bloc_code"]]["kind"] == "bloc"
        assert countries[row["country_code"]]["kind"] == "country"
        joined = date.fromisoformat(row["joined_on"])
        left = date.fromisoformat(row["left_on"]) if row["left_on"] else date.max
        assert joined < left
        spells.setdefault((row["bloc_code"], row["country_code"]), []).append((joined, left))
    for spell in spells.values():
        ordered = sorted(spell)
        assert all(a[1] < b[0] for a, b in pairwise(ordered))


@pytest.mark.parametrize(("bloc", "members"), [("EU", 27), ("NATO", 32), ("ASEAN", 11)])
def test_blocs_have_all_their_members(bloc: str, members: int) -> None:
    rows = [row for row in _read("bloc_memberships") if row["bloc_code"] == bloc]
    assert sum(not row["left_on"] for row in rows) == members


def test_names_use_known_kinds_and_guards(names: list[dict[str, str]]) -> None:
    assert {row["language"] for row in names} == LANGUAGES
    assert {row["kind"] for row in names} <= NAME_KINDS
    assert {row["guard"] for row in names} <= GUARDS
    for row in names:
        assert (row["kind"] == "hyphen") == (row["guard"] == "hyphen_only")


def test_a_form_means_one_country(names: list[dict[str, str]]) -> None:
    assert not [key for key, n in Counter((row["language"], row["form"]) for row in names).items() if n > 1]
    meanings: dict[tuple[str, str], set[str]] = {}
    for row in names:
        meanings.setdefault((row["language"], row["form"].lower()), set()).add(row["country_code"])
    assert not {key: codes for key, codes in meanings.items() if len(codes) > 1}


def test_every_country_has_a_name_in_both_languages(
    countries: dict[str, dict[str, str]], names: list[dict[str, str]]
) -> None:
    named = {(row["country_code"], row["language"]) for row in names}
    assert not [(code, language) for code in countries for language in LANGUAGES if (code, language) not in named]


def test_names_of_the_press(names: list[dict[str, str]]) -> None:
    found = {(row["language"], row["form"]): row["country_code"] for row in names}
    assert {key: found.get(key) for key in KNOWN} == KNOWN


def test_forms_that_are_other_words_too_are_guarded(names: list[dict[str, str]]) -> None:
    found = {row["form"]: row["guard"] for row in names if row["language"] == "vi"}
    assert {form: found.get(form) for form in GUARDED} == GUARDED
    bare = [
        row
        for row in names
        if len(row["form"]) <= 3 and row["form"].isalpha() and not row["form"].isupper() and not row["guard"]
    ]
    assert not bare


def test_places_are_many_and_of_known_kinds(places: list[dict[str, str]]) -> None:
    assert len(places) >= 700
    assert {row["kind"] for row in places} == PLACE_KINDS
    assert {row["language"] for row in places} <= LANGUAGES | {""}


def test_a_place_lies_in_one_country(places: list[dict[str, str]]) -> None:
    assert not [place for place, n in Counter(row["place"] for row in places).items() if n > 1]
    found = {row["place"]: row["country_code"] for row in places}
    assert {place: found.get(place) for place in MEETING_PLACES} == MEETING_PLACES


def test_what_speaks_for_a_state_is_no_place(names: list[dict[str, str]], places: list[dict[str, str]]) -> None:
    free = {row["form"].lower() for row in names if not row["guard"]}
    assert not [row["place"] for row in places if row["place"].lower() in free]
