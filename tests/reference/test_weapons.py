"""The reference tables of weapons and the weapon words of every language hold together."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.contract import WEAPON_CATEGORIES
from pipelines.lexicons import load_lexicon
from pipelines.lexicons.model import Lexicon

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "seeds" / "reference"
LANGUAGES = ("vi", "en")
KNOWN = {
    "F-16": "combat_aircraft",
    "Su-30MK2": "combat_aircraft",
    "P-8A": "transport_aircraft",
    "Mi-17": "helicopter",
    "Bayraktar TB2": "uav",
    "Shahed-136": "uav",
    "S-400": "air_defence",
    "S400": "air_defence",
    "Patriot": "air_defence",
    "KN-23": "missile_or_rocket",
    "ATACMS": "missile_or_rocket",
    "HIMARS": "artillery",
    "Leopard 2": "armoured_vehicle",
    "Kilo": "naval",
    "AK-47": "small_arms",
    "JDAM": "ammunition",
}
# Names that people, towns and firms have too, and words of every day.
NOT_ALONE = {
    "sarah",
    "dana",
    "bykov",
    "kozak",
    "fattah",
    "shaheen",
    "pohang",
    "lafayette",
    "dolphin",
    "kuznetsov",
    "bonus",
}
WORDS = {
    "vũ khí": ("unspecified", False),
    "tên lửa phòng không": ("air_defence", False),
    "tên lửa đạn đạo": ("missile_or_rocket", False),
    "máy bay không người lái": ("uav", False),
    "tàu ngầm": ("naval", False),
    "đạn pháo": ("ammunition", False),
    "thiết bị": ("unspecified", True),
    "tàu": ("naval", True),
    "xe": ("vehicle", True),
    "công nghệ": ("technology", True),
}
NOT_WEAPONS = ["tàu cá", "máy bay chở khách", "xe buýt", "bom tấn", "pháo hoa", "viện trợ nhân đạo"]


def _read(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _words(language: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / "pipelines" / "lexicons" / language / "weapons.yaml").read_text("utf-8"))


def _forms(row: dict[str, str]) -> list[str]:
    return [row["designation"], *filter(None, row["aliases"].split("|"))]


@pytest.fixture(scope="module")
def designations() -> list[dict[str, str]]:
    return _read("weapon_designations")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def test_categories_are_those_of_the_contract() -> None:
    rows = _read("weapon_categories")
    assert [row["weapon_category"] for row in rows] == list(WEAPON_CATEGORIES)
    assert all(row["name_en"] and row["name_vi"] and row["definition"] for row in rows)


@pytest.mark.parametrize("table", ["weapon_categories", "weapon_designations"])
def test_text_is_clean(table: str) -> None:
    for row in _read(table):
        for value in row.values():
            assert value == unicodedata.normalize("NFC", " ".join(value.split()))


def test_designations_are_many_and_of_known_categories(designations: list[dict[str, str]]) -> None:
    assert len(designations) >= 700
    assert {row["weapon_category"] for row in designations} <= set(WEAPON_CATEGORIES)


def test_makers_are_countries(designations: list[dict[str, str]]) -> None:
    known = {row["country_code"] for row in _read("countries")}
    assert {row["maker_country"] for row in designations} - known <= {""}


def test_a_form_names_one_designation(designations: list[dict[str, str]]) -> None:
    counts = Counter(form.lower() for row in designations for form in _forms(row))
    assert not [form for form, n in counts.items() if n > 1]


def test_designations_are_safe_in_running_text(designations: list[dict[str, str]]) -> None:
    forms = {form for row in designations for form in _forms(row)}
    assert not NOT_ALONE & {form.lower() for form in forms}
    assert not [form for form in forms if len(form) < 2 or re.fullmatch(r"\d[\d ,.-]*", form)]


@pytest.mark.parametrize(("form", "category"), KNOWN.items())
def test_well_known_designations(form: str, category: str, designations: list[dict[str, str]]) -> None:
    assert [row["weapon_category"] for row in designations if form in _forms(row)] == [category]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_category_has_words(language: str) -> None:
    words = _words(language)
    assert set(words) == {*WEAPON_CATEGORIES, "not_weapons", "named_before"}
    for category in WEAPON_CATEGORIES:
        assert set(words[category]) == {"terms", "weak"}
        assert words[category]["terms"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_stands_once(language: str) -> None:
    words = _words(language)
    lists = [words["not_weapons"], *(words[c][kind] or [] for c in WEAPON_CATEGORIES for kind in ("terms", "weak"))]
    counts = Counter(form.lower() for forms in lists for form in forms)
    assert not [form for form, n in counts.items() if n > 1]


@pytest.mark.parametrize(("form", "value"), WORDS.items())
def test_words_load_as_what_they_are(form: str, value: tuple[str, bool], lexicon: Lexicon) -> None:
    pack = lexicon.packs["vi"]
    entries = pack.entries[pack.forms.index(form)]
    assert [entry.value for entry in entries if entry.kind == "weapon"] == [value]


@pytest.mark.parametrize("form", NOT_WEAPONS)
def test_lookalikes_load_as_blockers(form: str, lexicon: Lexicon) -> None:
    pack = lexicon.packs["vi"]
    assert "blocker" in {entry.kind for entry in pack.entries[pack.forms.index(form)]}
