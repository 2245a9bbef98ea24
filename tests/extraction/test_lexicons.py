"""A lexicon that does not make sense is refused with file and line."""

import re
import shutil
from pathlib import Path

import pytest
from yaml import safe_load

from pipelines import lexicons
from pipelines.lexicons import load_lexicon

ROOT = Path(lexicons.__file__).parent


@pytest.mark.parametrize("file", ["grammar.yaml", "frames.yaml"])
@pytest.mark.parametrize(("added", "complaint"), [("{key}: []\n", "'{key}' stands twice"), ("new: [open\n", "")])
def test_what_cannot_be_read_is_named(tmp_path: Path, file: str, added: str, complaint: str):
    shutil.copytree(ROOT / "vi", tmp_path / "vi")
    text = (tmp_path / "vi" / file).read_text("utf-8")
    key = next(iter(safe_load(text)))
    (tmp_path / "vi" / file).write_text(text + added.format(key=key), "utf-8")
    line = len(text.splitlines()) + len(added.splitlines())
    place = re.escape(f"{file}, line ") + rf"({line}|{line + 1})"
    with pytest.raises(ValueError, match=place + ": " + re.escape(complaint.format(key=key))):
        load_lexicon(data=tmp_path)


def _lists(data, place: str):
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _lists(value, f"{place}: {key}")
    elif isinstance(data, list):
        yield place, data


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("file", sorted(path.name for path in (ROOT / "vi").glob("*.yaml")))
def test_no_form_stands_twice_in_a_list(language: str, file: str):
    for place, forms in _lists(safe_load((ROOT / language / file).read_text("utf-8")), file):
        assert len(forms) == len({str(form) for form in forms}), place
