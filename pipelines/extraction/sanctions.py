"""Sanctions: an authority, a target, what it does."""

from __future__ import annotations

import re

from pipelines.extraction import claims, stages
from pipelines.extraction.clauses import View
from pipelines.extraction.items import Party
from pipelines.extraction.reader import Reader
from pipelines.extraction.roles import PLACES, find
from pipelines.extraction.rows import Row, actor_of, evidence

_REASON_END = re.compile(r"[.;“”\n]")


def read(view: View, reader: Reader) -> list[Row]:
    """The rows of one sanction trigger: authorities x targets."""
    if view.frame.options.get("needs_context") and not _has_context(view):
        return []
    authorities, targets = _sides(view)
    if not targets:
        return []
    sides = {p.country for p in authorities if p.country}, {p.country for p in targets if p.country}
    if not sides[0] or not sides[1]:
        return []
    claim = claims.judge(view, sides[0], sides[1], reader.memory)
    if claim.status is None:
        if not _threat(view):
            return []
        claim = claim._replace(status="stated")
    left = view.subject_before(view.t if view.passive is None else view.passive)
    left = -1 if left is None else left
    stage = stages.stage_of(view, left, "in_force" if view.noun else view.frame.default)
    if claim.refused:
        return []
    when = reader.when(view, left)
    start, end = evidence(view)
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
            out.append(
                Row("sanction", (authority.country, target.country), stage, claim.status, claim.country, claim.actor, when,
                    start, end, f"sanction.{view.frame.name}", 0.9, columns, trigger=(view.trigger.start, view.trigger.end))
            )  # fmt: skip
    return out


def _has_context(view: View) -> bool:
    """ "trả đũa", "hạn chế" count only where the sentence or the one before speaks of sanctions."""
    return any(f.startswith("sanction.") and not view.pack.frames[f].options.get("needs_context") for i in view.items for f in i.frames)


def _threat(view: View) -> bool:
    return any(c == ("sanction", "threatened") for item in view.items[: view.t] for c in item.cues)


def _sides(view: View) -> tuple[list[Party], list[Party]]:
    """Authority first; a noun's subject is its authority only when the verb between imposes, eases or extends."""
    authorities: list[Party] = []
    for name in view.frame.roles["authority"]:
        if name == "subject" and view.noun and not _imposes(view):
            continue
        if name == "of" and not view.noun:
            continue
        if found := [p for p in PLACES[name](view) if p.country]:
            authorities = found
            break
    taken = frozenset(p.country for p in authorities if p.country)
    targets, _ = find(view, "target", taken)
    if view.noun and authorities and not targets:
        subject = [p for p in PLACES["subject"](view) if p.country not in taken]
        if subject and not _imposes(view):
            targets = subject if _suffers(view) else []
    return authorities, targets


def _stages_before(view: View) -> set[str]:
    left = view.subject_before(view.t)
    return {c[1] for i in range((left if left is not None else -1) + 1, view.t) for c in view.items[i].cues if c[0] == "sanction"}


def _imposes(view: View) -> bool:
    return bool(_stages_before(view) & {"imposed", "extended", "eased", "lifted", "threatened", "called_for"})


def _suffers(view: View) -> bool:
    left = view.subject_before(view.t)
    words = view.folded[view.items[left].end : view.trigger.start] if left is not None else ""
    return bool(view.pack.grammar["suffer"].search(words))


def _target_kind(view: View, target: Party) -> tuple[str, str | None]:
    """The noun nearest before the target's country within the object; a person's name is a person."""
    if target.person:
        return "person", target.person
    if target.group or target.kind == "group":
        return "organisation", target.group
    words = [w for item in view.items[max(0, view.t - 6) : view.right_end] for w in [(item.start, *w) for w in item.words] if w[1] == "target_kind"]
    near = [w for w in words if abs(target.start - w[0]) < 60 and (w[0] < target.end + 40)]
    if near:
        kinds = [w[2] for w in sorted(near, key=lambda w: abs(target.start - w[0]))]
        return kinds[0], None
    if target.kind == "institution" and not target.title:
        return "organisation", target.actor
    if target.title and target.kind != "country":
        return "person", target.actor
    return "country", None


def _measure(view: View) -> str:
    fixed = view.frame.options.get("measure", "unspecified")
    for item in [view.trigger, *view.items[max(0, view.t - 4) : view.right_end]]:
        for family, value in item.words:
            if family == "measure":
                return value
    return fixed


def _reason(view: View) -> str | None:
    for item in view.items[view.t + 1 :]:
        if item.marker == "because":
            end = _REASON_END.search(view.text, item.end, view.sentence.end)
            text = view.text[item.end : end.start() if end else view.sentence.end].strip()
            return text or None
    return None
