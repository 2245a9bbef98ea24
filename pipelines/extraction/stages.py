"""How far a thing has come: the cues around a trigger, in the order that `cues.yaml` sets."""

from __future__ import annotations

from pipelines.extraction.clauses import View

_ENDED = ("refused", "cancelled", "declined")


def stage_of(view: View, left: int, default: str) -> str:
    """The stage that cues between item `left` (exclusive; -1 for the clause's start) and the trigger give.

    A noun looks right as well, to the end of its clause: "lô hàng ... bị hủy".
    """
    family = view.frame.fact_type
    found = set(_cues(view, range(view.t - 1, left, -1), family, stop_at_clause=left < 0))
    if left > 0 and (
        view.items[left].governor in ("of", "purpose")
        or (" " + view.words_before(left)).endswith(view.pack.grammar["noun_heads"])
    ):
        found |= set(_cues(view, range(left - 1, -1, -1), family, stop_at_clause=True))
    found |= {c[1] for c in view.trigger.cues if c[0] == family}
    if left > 0 and view.items[left - 1].cued("ask") and "," not in view.between(left - 1, left):
        found |= {c[1] for c in view.items[left - 1].cues if c[0] == family}
    if view.noun:
        found |= set(_cues(view, range(view.t + 1, view.right_end), family, stop_at_clause=False, after=True))
    for stage in view.pack.grammar["stage_order"][family]:
        if stage in found:
            return stage
    return default


def _cues(view: View, places: range, family: str, stop_at_clause: bool, after: bool = False) -> list[str]:
    out = []
    for i in places:
        item = view.items[i]
        gap = view.between(i - 1, i) if after else view.between(i, i + 1)
        if ";" in gap or ((stop_at_clause or after) and "," in gap):
            break
        if not after and (
            item.marker in ("after", "because", "conditional")
            and view.items[i].end < view.trigger.start
            and not item.cues
        ):
            break
        if after and item.marker in ("after", "because", "purpose", "conditional"):
            break
        negated = i and ("claim", "negation") in view.items[i - 1].cues and not view.between(i - 1, i).strip()
        out += [c[1] for c in item.cues if c[0] == family and not (negated and c[1] in _ENDED)]
    return out
