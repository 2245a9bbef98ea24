"""Page furniture: takes out of a text what belongs to the page around the article, and nothing else.

Only whole lines go that a pattern names, a block at the end that a heading opens, credits of pictures, and a signature
at the very end. Every pattern is data, with lines that it takes and leaves: `patterns/<language>/furniture.yaml`. The
patterns of all languages apply to every article, since a Vietnamese article often sits in an English page.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml
from ahocorasick_rs import AhoCorasick

from pipelines.landing.normalise import close_gaps

_PATTERNS = Path(__file__).parent / "patterns"
_LONGEST_FURNITURE = 300
_LONGEST_CAPTION = 250
_LONGEST_CREDIT = 150
_LONGEST_LISTED = 200
_LONGEST_NAME = 60
_MOST_TAIL_LINES = 4  # more in a row are no signatures but a list of names
_UPPER = "".join(c for c in map(chr, range(0x41, 0x1EFA)) if c.isupper() and unicodedata.name(c).startswith("LATIN"))
_NAME = rf"[{_UPPER}](?:[\w'’-]|\.(?=\w))*"
_SENTENCE_END = re.compile(rf"(?<![{_UPPER}])[.!?…][”\"')]*\s+(?=[{_UPPER}“\"])")

_CLOSING = '.!?…”"'

SECTIONS = ("blocks", "lines", "top", "with_next", "credits", "captions", "links", "inline", "tail", "signatures")
_IN_LINES = ("captions", "links", "inline")  # each of their rules says what it needs
_OF_LINES = ("blocks", "lines", "top", "with_next", "credits")


class Rule(NamedTuple):
    """One kind of furniture."""

    section: str
    name: str
    pattern: str
    takes: tuple[str, ...]
    leaves: tuple[str, ...]
    needs: tuple[str, ...]  # one of these is in whatever the pattern matches; for sections of `_IN_LINES`


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Every rule of every language, in the order of the files."""
    found = []
    files = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(_PATTERNS.glob("*/furniture.yaml"))]
    agencies = sorted({agency for data in files for agency in data.get("agencies", [])}, key=len, reverse=True)
    agency = "(?:" + "|".join(map(re.escape, agencies)) + ")"
    for data in files:
        for section in SECTIONS:
            for rule in data.get(section, []):
                pattern = rule["pattern"].replace("{Name}", _NAME).replace("{U}", f"[{_UPPER}]")
                pattern = pattern.replace("{agency}", agency)
                found.append(
                    Rule(
                        section,
                        rule["name"],
                        pattern,
                        tuple(rule["takes"]),
                        tuple(rule.get("leaves", ())),
                        tuple(rule.get("needs", ())),
                    )
                )
    return tuple(found)


@lru_cache(maxsize=len(SECTIONS) + 1)
def section(*names: str) -> re.Pattern[str]:
    """All patterns of one section, or of several, as one."""
    patterns = [rule.pattern for rule in rules() if rule.section in names]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) if patterns else r"(?!)")


@lru_cache(maxsize=1)
def _needed() -> tuple[AhoCorasick, list[frozenset[str]]]:
    """What a line must hold for a pattern to match in it: an automaton, and for each of its words the sections."""
    sections: dict[str, set[str]] = {}
    for rule in rules():
        for need in rule.needs:
            sections.setdefault(need, set()).add(rule.section)
    return AhoCorasick(sorted(sections)), [frozenset(sections[need]) for need in sorted(sections)]


def _holding(text: str) -> dict[str, set[str]]:
    """For each section of `_IN_LINES`, the lines of a text that its patterns may match in."""
    automaton, sections = _needed()
    found: dict[str, set[str]] = {name: set() for name in _IN_LINES}
    end, line = -1, ""
    for need, start, _ in automaton.find_matches_as_indexes(text, overlapping=True):
        if start > end:
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            line = text[text.rfind("\n", 0, start) + 1 : end]
        for name in sections[need]:
            found[name].add(line)
    return found


def remove(text: str, titled: bool) -> str:
    """`text` without furniture.

    text: normalised text, one paragraph (or sentence) a line.
    titled: the first line is the title, which always stays.
    """
    lines = text.split("\n")
    head = [lines.pop(0)] if titled and lines else []
    whole, holding = _whole_lines(lines), _holding(text)
    prose = set(lines) - holding["links"] - holding["inline"]
    lines = _without_blocks(lines, whole)
    lines = _without_lines(lines, whole, holding["captions"])
    lines = [piece for line in lines for piece in ([line] if line in prose else _pieces(line))]
    lines = _without_tail(lines)
    return close_gaps("\n".join(head + lines)).strip()


def _is(line: str, *names: str) -> bool:
    return len(line) <= _LONGEST_FURNITURE and section(*names).fullmatch(line) is not None


def _whole_lines(lines: list[str]) -> dict[str, set[str]]:
    """The lines that patterns of whole lines match, and of which sections these are."""
    furniture = section(*_OF_LINES).fullmatch
    found = [line for line in lines if len(line) <= _LONGEST_FURNITURE and furniture(line)]
    return {line: {name for name in _OF_LINES if _is(line, name)} for line in found}


def _at_end(name: str, line: str) -> re.Match[str] | None:
    return section(name).search(line, max(0, len(line) - _LONGEST_CREDIT))


def _without_blocks(lines: list[str], whole: dict[str, set[str]]) -> list[str]:
    """Cuts at the heading of a list of other articles, if only a list follows."""
    headings = [number for number, line in enumerate(lines) if "blocks" in whole.get(line, ())]
    for number in headings:
        rest = [later for later in lines[number + 1 :] if later]
        short = all(len(later) <= _LONGEST_LISTED for later in rest)
        sentences = any(later.endswith(".") for later in rest)
        if short and (not sentences or sum("lines" in whole.get(later, ()) for later in rest) > 1):
            return lines[:number]
    return [line for number, line in enumerate(lines) if number not in headings] if headings else lines


def _without_lines(lines: list[str], whole: dict[str, set[str]], captions: set[str]) -> list[str]:
    """`captions`: the lines that may be some."""
    kept: list[str] = []
    names_next, top = False, True
    for line in lines:
        if not line:
            kept.append(line)
            continue
        kinds = whole.get(line, ())
        named, names_next = names_next, "with_next" in kinds
        if names_next or (named and len(line) <= _LONGEST_NAME) or "lines" in kinds or (top and "top" in kinds):
            continue
        if "credits" in kinds:
            _drop_caption_above(kept)
        elif line in captions and len(line) <= _LONGEST_CAPTION and (credit := _at_end("captions", line)):
            if _SENTENCE_END.search(line, 0, credit.start()):  # a caption of several sentences tells something
                kept.append(_before(line, credit.start() + (line[credit.start()] in _CLOSING)))
        else:
            top = False
            kept.append(line)
    return kept


def _before(line: str, end: int) -> str:
    return line[:end].rstrip(" ([,|-–—")


def _drop_caption_above(kept: list[str]) -> None:
    """A credit that stands alone belongs to the caption above it, if that is no sentence."""
    if kept and 0 < len(kept[-1]) <= _LONGEST_CAPTION and kept[-1][-1] not in _CLOSING + ":;":
        kept.pop()


def _pieces(line: str) -> list[str]:
    """A line whose paragraphs were run together, broken where a link or a picture with its caption stood."""
    return [piece for part in section("links").split(line) for piece in _without_credits(part.strip())]


def _without_credits(line: str) -> list[str]:
    """The pieces of a line between pictures.

    The caption is the one sentence before the credit when the line opens with it, else words that are no sentence.
    """
    pieces, start = [], 0
    for credit in section("inline").finditer(line):
        before = _before(line[start : credit.start()].lstrip(), credit.start())
        caption_at = max((end.end() for end in _SENTENCE_END.finditer(before)), default=0)
        opens = start == 0 and caption_at == 0
        if len(before) - caption_at <= _LONGEST_CAPTION and (opens or before[-1:] not in _CLOSING):
            before = before[:caption_at].rstrip()
        if before:
            pieces.append(before)
        start = credit.end()
    rest = line[start:].strip()
    return [*pieces, rest] if rest or not start else pieces


def _without_tail(lines: list[str]) -> list[str]:
    """Takes signatures off the end: lines of their own first, then one at the end of the last paragraph."""
    end, taken = len(lines), 0
    while end and (not lines[end - 1] or _is(lines[end - 1], "tail")):
        end -= 1
        taken += bool(lines[end])
    if taken > _MOST_TAIL_LINES or (taken > 1 and end and lines[end - 1].endswith(":")):
        return lines
    lines = lines[:end]
    if lines:
        signature = _at_end("signatures", lines[-1])
        if signature:
            lines[-1] = lines[-1][: signature.start()].rstrip()
    return lines
