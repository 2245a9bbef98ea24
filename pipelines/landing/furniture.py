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
_OF_LINES = ("lines", "top", "with_next", "credits")


class Rule(NamedTuple):
    """One kind of furniture."""

    section: str
    name: str
    pattern: str
    takes: tuple[str, ...]
    leaves: tuple[str, ...]
    needs: tuple[str, ...]  # one of these is in whatever the pattern matches; empty where that is not known


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


@lru_cache(maxsize=len(SECTIONS))
def _needed(name: str) -> AhoCorasick | None:
    """What a text must hold one of, for any pattern of a section to match; None where that is not known."""
    needs = {need for rule in rules() if rule.section == name for need in rule.needs or ("",)}
    return None if "" in needs else AhoCorasick(sorted(needs))


def _may_hold(name: str, text: str) -> bool:
    needed = _needed(name)
    return needed is None or bool(needed.find_matches_as_indexes(text))


def remove(text: str, titled: bool) -> str:
    """`text` without furniture.

    text: normalised text, one paragraph (or sentence) a line.
    titled: the first line is the title, which always stays.
    """
    lines = text.split("\n")
    head = [lines.pop(0)] if titled and lines else []
    lines = _without_blocks(lines)
    lines = _without_lines(lines)
    lines = [piece for line in lines for part in _without_links(line) for piece in _without_credits(part)]
    lines = _without_tail(lines)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(head + lines)).strip()


def _is(line: str, *names: str) -> bool:
    return len(line) <= _LONGEST_FURNITURE and section(*names).fullmatch(line) is not None


def _at_end(name: str, line: str) -> re.Match[str] | None:
    start = max(0, len(line) - _LONGEST_CREDIT)
    return section(name).search(line, start) if _may_hold(name, line[start:]) else None


def _without_blocks(lines: list[str]) -> list[str]:
    """Cuts at the heading of a list of other articles, if only a list follows."""
    headings = [number for number, line in enumerate(lines) if _is(line, "blocks")]
    for number in headings:
        rest = [later for later in lines[number + 1 :] if later]
        short = all(len(later) <= _LONGEST_LISTED for later in rest)
        sentences = any(later.endswith(".") for later in rest)
        if short and (not sentences or sum(_is(later, "lines") for later in rest) > 1):
            return lines[:number]
    return [line for number, line in enumerate(lines) if number not in headings]


def _without_lines(lines: list[str]) -> list[str]:
    kept: list[str] = []
    names_next, top = False, True
    for line in lines:
        if not line:
            kept.append(line)
            continue
        kinds = [name for name in _OF_LINES if _is(line, name)] if _is(line, *_OF_LINES) else []
        named, names_next = names_next, "with_next" in kinds
        if names_next or (named and len(line) <= _LONGEST_NAME) or "lines" in kinds or (top and "top" in kinds):
            continue
        if "credits" in kinds:
            _drop_caption_above(kept)
        elif len(line) <= _LONGEST_CAPTION and (credit := _at_end("captions", line)):
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


def _without_links(line: str) -> list[str]:
    """A line whose paragraphs were run together, broken where a link to another article stood."""
    return [part.strip() for part in section("links").split(line)] if _may_hold("links", line) else [line]


def _without_credits(line: str) -> list[str]:
    """A line whose paragraphs were run together, broken where a picture with its caption stood.

    The caption is the one sentence before the credit when the line opens with it, else words that are no sentence.
    """
    if not _may_hold("inline", line):
        return [line]
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
