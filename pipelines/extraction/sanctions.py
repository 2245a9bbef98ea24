"""Sanctions: an authority, a target, what it does."""

from __future__ import annotations

import re

from pipelines.extraction import claims, stages
from pipelines.extraction.clauses import View
from pipelines.extraction.items import Party
from pipelines.extraction.reader import Reader
from pipelines.extraction.roles import PLACES, find
from pipelines.extraction.rows import Row, actor_of, make_row

_IMPOSING = frozenset(["imposed", "extended", "eased", "lifted", "threatened", "called_for", "in_force"])
_NEVER_HIT = frozenset(["UN", "INTL"])  # they impose; nobody imposes on them
_REASON_END = re.compile(r"[.;“”\n]")


def read(view: View, reader: Reader) -> list[Row]:
    """The rows of one sanction trigger: authorities x targets."""
    if view.frame.options.get("needs_context") and not _has_context(view, reader):
        return []
    authorities, targets = _sides(view, reader)
    authorities, targets, confidence = _from_context(view, reader, authorities, targets)
    sides = {p.country for p in authorities if p.country}, {p.country for p in targets if p.country}
    if not sides[0] or not sides[1]:
        return []
    if _by_force(view):
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


def _by_force(view: View) -> bool:
    """Punishment by arms: "không kích trả đũa", "tấn công Syria để trừng phạt"."""
    grammar = view.pack.grammar
    if grammar["by_force"].search(view.folded, view.sentence.start, view.trigger.start):
        return True
    purpose = (
        view.t > 0
        and view.items[view.t - 1].marker in ("purpose", "against")
        and not view.between(view.t - 1, view.t).strip()
    )
    return purpose and bool(grammar["by_attack"].search(view.folded, view.sentence.start, view.trigger.start))


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
        others = {row.key[1] for row in rows if row.key[0] == known.country}
    elif (implied := _implied(view)) and implied != known.country:
        others = {implied}
    else:
        others = {row.key[0] for row in rows if row.key[1] == known.country}
    if (
        len(others) != 1
        or not view.noun
        or (view.frame.name not in ("punish", "list") and not view.frame.options.get("needs_context"))
    ):
        return authorities, targets, 0.9
    found = [Party(view.trigger.start, view.trigger.end, others.pop(), "context")]
    return (authorities, found, 0.6) if authorities else (found, targets, 0.6)


def _implied(view: View) -> str | None:
    """ "nghị quyết trừng phạt Triều Tiên": the kind of act says whose it is."""
    before = view.words_before(view.t, 40)
    kinds = view.pack.grammar.get("implied_authority", {})
    return next((country for head, country in kinds.items() if before.endswith(head)), None)


def _sides(view: View, reader: Reader) -> tuple[list[Party], list[Party]]:
    """Authority first; a noun's subject is its authority only when the verb between imposes, eases or extends."""
    suffers = view.noun and _suffers(view)
    authorities: list[Party] = []
    for name in view.frame.roles["authority"]:
        if name == "subject" and view.noun and (suffers or not (_imposes(view) or view.frame.options.get("listing"))):
            continue
        if name == "of" and not view.noun:
            continue
        found = [p for p in PLACES[name](view) if p.country]
        if name == "subject" and found:
            found = _subject_beside(view, found)
        if found:
            authorities = found
            break
    hitting = frozenset(p.country for p in authorities if p.country)
    taken = hitting | _NEVER_HIT
    targets, _ = find(view, "target", taken)
    if authorities and not targets:
        places = ["asker"] * _asked(view, taken) + ["named_pair"] + ["subject", "sufferer"] * suffers
        found = next((t for n in places if (t := [p for p in PLACES[n](view) if p.country not in taken])), [])
        known = {row.key[1] for row in reader.rows if row.fact_type == "sanction" and row.key[0] in hitting}
        if not known or known & {p.country for p in found} or (suffers and not _violates(view)):
            targets = [Party(p.start, p.end, p.country, "context" if p.person or p.title else p.kind) for p in found]
    return authorities, targets


def _subject_beside(view: View, found: list[Party]) -> list[Party]:
    """ "... thỏa thuận với Iran và siết chặt trừng phạt Tehran": nobody hits himself; the party before him acts."""
    hit = {p.country for name in ("against", "object") for p in PLACES[name](view)}
    at = view.t
    while found and hit and {p.country for p in found} <= hit and (at := view.subject_before(at) or 0):
        found = view.parties(view.subject_before(at))
    return found


def _asked(view: View, authorities: frozenset[str]) -> bool:
    """Whether the one who asks wants to be rid of what the authority does."""
    if not any(c[1] in ("lifted", "eased") for i in view.items[: view.t] for c in i.cues if c[0] == "sanction"):
        return False
    doers = {p.country for p in view.parties(view.subject_before(view.t))}
    return doers <= authorities or doers == {p.country for p in PLACES["asker"](view)}


def _imposes(view: View) -> bool:
    """Whether what stands between subject and noun does more than set a time or a doubt."""
    left = view.subject_before(view.t)
    idle = view.pack.grammar["not_imposing"]
    for item in view.items[(left if left is not None else -1) + 1 : view.t]:
        stages = {c[1] for c in item.cues if c[0] == "sanction"}
        if not stages & _IMPOSING or view.folded[item.start : item.end] in idle:
            continue
        if "threatened" in stages or not view.pack.grammar["topic_heads"].search(
            view.folded, item.end, view.trigger.start
        ):
            return True
    return False


def _suffers(view: View) -> bool:
    """Whether the noun is what befalls somebody on its left, or what he defies."""
    return _near_words(view, "suffer")


def _violates(view: View) -> bool:
    return _near_words(view, "defy")


def _near_words(view: View, name: str) -> bool:
    left = view.subject_before(view.t)
    start = view.items[left].end if left is not None else view.sentence.start
    return bool(view.pack.grammar[name].search(view.folded, max(start, view.trigger.start - 60), view.trigger.start))


def _target_kind(view: View, target: Party) -> tuple[str, str | None]:
    """A name says what it is; else the first noun of the target's phrase ("28 công ty Libya")."""
    regimes = view.pack.grammar["regimes"]
    before = view.folded[max(0, target.start - 20) : target.start].rstrip()
    if before.endswith(regimes) or view.folded[target.start : target.end].startswith(regimes):
        return "country", None
    if target.kind == "context":
        return _kind_behind(view) or "country", None
    if target.person:
        return "person", target.person
    if target.group:
        return "organisation", target.group
    start = view.trigger.end
    if target.start < start:
        start = max(
            (i.end for i in view.items[: view.t] if (i.frames or i.cues) and i.end <= target.start),
            default=max(view.sentence.start, target.start - 45),
        )
    found = _kinds(view, start, target.end)
    if not found and not target.title and target.kind != "institution" and (behind := _kind_behind(view)):
        return behind, None
    if found:
        at, kind = min(found)
        name = view.text[at : target.end]
        return kind, name if kind != "person" and len(name) < 70 else None
    if target.kind == "institution":
        return ("person", None) if target.title else ("organisation", target.actor)
    return "country", None


def _kind_behind(view: View) -> str | None:
    """ "lệnh trừng phạt Nga được áp đặt nhằm vào 5 ngân hàng": what else the clause says that it hits."""
    for i in range(view.t + 1, view.right_end):
        if "," in view.between(i - 1, i):
            break
        led = view.parties(i + 1) if i + 1 < len(view.items) and not view.between(i, i + 1).strip() else []
        if view.items[i].marker == "against" and not led:
            found = _kinds(view, view.items[i].end, min(view.items[i].end + 45, view.sentence.end))
            return min(found)[1] if found else None
    return None


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
