"""Meetings: people of at least two countries meet, visit, call or write."""

from __future__ import annotations

import re

from pipelines.extraction import claims, stages
from pipelines.extraction.clauses import View
from pipelines.extraction.items import Party
from pipelines.extraction.reader import Reader
from pipelines.extraction.roles import PLACES
from pipelines.extraction.rows import Row, make_row

_TOPIC_END = re.compile(r"[.;,“”\n]")


def read(view: View, reader: Reader) -> list[Row]:
    """The rows of one meeting trigger, if people of two countries take part; a tour gives a row a host."""
    groups = [g for g in _groups(view) if 2 <= len({p.country for p in g}) <= 8]
    if not groups or (view.frame.options.get("strict") and not _comes_in_person(view, groups[0][0])):
        return []
    claim = claims.judge(view, {p.country for p in groups[0] if p.country}, set(), reader.memory)
    stage = "declined" if claim.refused else stages.stage_of(view, view.left, view.frame.default)
    if claim.negated and stage in ("cancelled", "declined"):
        claim = claim._replace(status="stated")
    if claim.status is None:
        return []
    when = reader.when(view, view.left)
    out = []
    for parties in groups:
        countries = sorted({p.country for p in parties if p.country})
        place, place_text = _place(view, parties)
        columns = {
            "participant_countries": countries,
            "participant_names": list(dict.fromkeys(p.person for p in parties if p.person)),
            "meeting_kind": view.frame.options["kind"],
            "place_country": place,
            "place_text": place_text,
            "topic": _topic(view),
        }
        said = {"stage": stage, "claim": claim, "when": when, "confidence": 0.9}
        out.append(make_row(view, tuple(countries), columns, **said))
    return out


def _comes_in_person(view: View, who: Party) -> bool:
    """ "Ngoại trưởng Mỹ đã tới Hà Nội": somebody in office, and nothing but cues and a date before the verb."""
    delegation = who.actor is not None and who.actor.lower().startswith(view.pack.grammar["delegations"])
    if not (who.title or who.person or delegation):
        return False
    words = view.folded[who.end : view.trigger.start]
    for item in view.items[: view.t]:
        if item.start >= who.end and (item.weapon or (item.frames and not item.cues) or item.cued("claim")):
            return False
        if item.start >= who.end and (item.cues or item.marker):
            words = words.replace(view.folded[item.start : item.end], " ", 1)
    return len([w for w in words.split() if w.isalpha()]) <= 3


def _groups(view: View) -> list[list[Party]]:
    """Who takes part: the first places that together give two countries ("of+with": who stands at both)."""
    if view.frame.options["kind"] == "visit":
        come, where = PLACES["visitor"](view), PLACES["host"](view)
        own = {p.country for p in come}
        return [[*come[:3], host] for host in where if come and host.country not in own]
    for places in view.frame.roles["participants"]:
        found: list[Party] = []
        parts = [PLACES[name](view) for name in places.split("+")]
        if not all(parts):
            continue
        for part in parts:
            for party in part:
                if all(party.country != p.country or (party.person and party.person != p.person) for p in found):
                    found.append(party)
        if len({p.country for p in found}) >= 2:
            return [found]
    return []


def _place(view: View, parties: list[Party]) -> tuple[str | None, str | None]:
    if view.frame.options["kind"] == "visit":
        host = parties[-1]
        return host.country, view.text[host.start : host.end]
    order = [*range(view.t + 1, view.right_end), *range(view.t - 1, -1, -1)]
    for i in order:
        item = view.items[i]
        if item.parties and item.governor == "at":
            party = item.parties[0]
            return party.country, view.text[party.start : party.end]
    if view.frame.options.get("place") == "subject" and parties:
        return parties[0].country, None
    return None, None


def _topic(view: View) -> str | None:
    match = view.pack.grammar["topic"].search(view.folded, view.trigger.end, view.sentence.end)
    if not match:
        return None
    end = _TOPIC_END.search(view.text, match.end(), view.sentence.end)
    return view.text[match.end() : end.start() if end else view.sentence.end].strip() or None
