"""Sanctions: an authority, a target, what it does."""

from __future__ import annotations

import re

from pipelines.extraction import claims, stages
from pipelines.extraction.clauses import View
from pipelines.extraction.items import Party
from pipelines.extraction.reader import Reader
from pipelines.extraction.roles import PLACES, find
from pipelines.extraction.rows import Row, actor_of, make_row

_REASON_END = re.compile(r"[.;“”\n]")


def read(view: View, reader: Reader) -> list[Row]:
    """The rows of one sanction trigger: authorities x targets."""
    if view.frame.options.get("needs_context") and not _has_context(view, reader):
        return []
    authorities, targets = _sides(view)
    authorities, targets, confidence = _from_context(view, reader, authorities, targets)
    sides = {p.country for p in authorities if p.country}, {p.country for p in targets if p.country}
    if not sides[0] or not sides[1]:
        return []
    if view.pack.grammar["by_force"].search(view.folded, view.sentence.start, view.trigger.start):
        return []
    claim = claims.judge(view, sides[0], sides[1], reader.memory)
    stage = stages.stage_of(
        view, view.left, "in_force" if view.noun and not view.frame.options.get("listing") else view.frame.default
    )
    if claim.negated:
        if stage not in ("lifted", "eased"):
            return []
        claim, stage = claim._replace(status="stated"), "in_force"
    if claim.status is None:
        if stage != "threatened":
            return []
        claim = claim._replace(status="stated")
    when = reader.when(view, view.left)
    out = []
    for authority in authorities:
        for target in targets:
            if authority.country == target.country:
                continue
            kind, name = _target_kind(view, target)
            columns = {
                "authority": authority.country,
                "authority_actor": actor_of(authority, view.text),
                "target_country": target.country,
                "target_kind": kind,
                "target_name": name,
                "measure": _measure(view),
                "reason": _reason(view),
            }
            key = (authority.country, target.country)
            out.append(make_row(view, key, columns, stage=stage, claim=claim, when=when, confidence=confidence))
    return out


def _has_context(view: View, reader: Reader) -> bool:
    """ "trả đũa", "hạn chế" count only where the text speaks of sanctions."""
    if any(row.fact_type == "sanction" for row in reader.rows):
        return True
    return any(
        f.startswith("sanction.") and not view.pack.frames[f].options.get("needs_context")
        for i in view.items
        for f in i.frames
    )


def _from_context(
    view: View, reader: Reader, authorities: list[Party], targets: list[Party]
) -> tuple[list[Party], list[Party], float]:
    """A side that the sentence leaves out, where the article so far leaves only one choice."""
    if bool(authorities) == bool(targets) or len(authorities) + len(targets) != 1:
        return authorities, targets, 0.9
    rows = [row for row in reader.rows if row.fact_type == "sanction"]
    known = (authorities or targets)[0]
    if authorities:
        others = {row.key[1] for row in rows if row.key[0] == known.country} or {
            row.key[0] for row in rows if row.key[1] == known.country
        }
    else:
        others = {row.key[0] for row in rows if row.key[1] == known.country}
    if (
        len(others) != 1
        or not view.noun
        or (view.frame.name != "punish" and not view.frame.options.get("needs_context"))
    ):
        return authorities, targets, 0.9
    found = [Party(view.trigger.start, view.trigger.end, others.pop(), "context")]
    return (authorities, found, 0.6) if authorities else (found, targets, 0.6)


def _sides(view: View) -> tuple[list[Party], list[Party]]:
    """Authority first; a noun's subject is its authority only when the verb between imposes, eases or extends."""
    suffers = view.noun and _suffers(view)
    authorities: list[Party] = []
    for name in view.frame.roles["authority"]:
        if name == "subject" and view.noun and (suffers or not (_imposes(view) or view.frame.options.get("listing"))):
            continue
        if name == "of" and not view.noun:
            continue
        if found := [p for p in PLACES[name](view) if p.country]:
            authorities = found
            break
    taken = frozenset(p.country for p in authorities if p.country)
    targets, _ = find(view, "target", taken)
    if authorities and not targets:
        others = ["asker", "named_pair"] + (["subject", "sufferer"] if suffers else [])
        targets = next((t for n in others if (t := [p for p in PLACES[n](view) if p.country not in taken])), [])
    return authorities, targets


def _stages_before(view: View) -> set[str]:
    left = view.subject_before(view.t)
    return {
        c[1]
        for i in range((left if left is not None else -1) + 1, view.t)
        for c in view.items[i].cues
        if c[0] == "sanction"
    }


def _imposes(view: View) -> bool:
    return bool(_stages_before(view) & {"imposed", "extended", "eased", "lifted", "threatened", "called_for"})


def _suffers(view: View) -> bool:
    left = view.subject_before(view.t)
    start = view.items[left].end if left is not None else view.sentence.start
    words = view.folded[start : view.trigger.start]
    return bool(view.pack.grammar["suffer"].search(words))


def _target_kind(view: View, target: Party) -> tuple[str, str | None]:
    """A name says what it is; else the first noun of the target's phrase ("28 công ty Libya")."""
    if target.person:
        return "person", target.person
    if target.group:
        return "organisation", target.group
    start = view.trigger.end
    if target.start < start:
        start = max(
            (i.end for i in view.items[: view.t] if (i.frames or i.cues) and i.end <= target.start),
            default=view.sentence.start,
        )
    found = _kinds(view, start, target.end)
    if not found and view.noun and target.kind in ("country", "name", "context", "bloc", "capital", "short"):
        stop = next(
            (i.start for i in view.items[view.t + 1 :] if i.marker in ("because", "after", "contrast")),
            view.sentence.end,
        )
        if later := _kinds(view, view.trigger.end, stop):
            return min(later)[1], None
    if found:
        at, kind = min(found)
        return kind, view.text[at : target.end] if kind != "person" else None
    if target.kind == "institution":
        return ("person", None) if target.title else ("organisation", target.actor)
    return "country", None


def _kinds(view: View, start: int, end: int) -> list[tuple[int, str]]:
    return [
        (m.start(), kind)
        for kind, words in view.pack.grammar["target_kind"].items()
        if (m := words.search(view.folded, start, end))
    ]


def _measure(view: View) -> str:
    """What the words around the trigger say, else what the trigger stands for."""
    start = view.items[max(0, view.t - 2)].start
    stop = view.items[min(view.right_end, len(view.items) - 1)].end
    for measure, words in view.pack.grammar["measure"].items():
        if words.search(view.folded, start, stop):
            return measure
    return view.frame.options.get("measure", "unspecified")


def _reason(view: View) -> str | None:
    for item in view.items[view.t + 1 :]:
        if item.marker == "because":
            end = _REASON_END.search(view.text, item.end, view.sentence.end)
            text = view.text[item.end : end.start() if end else view.sentence.end].strip()
            return text or None
    return None
