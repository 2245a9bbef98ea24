"""One found fact before it becomes a report: all columns that the fact types share, and the rest by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pipelines.extraction.claims import Claim
from pipelines.extraction.clauses import View
from pipelines.extraction.dates import Interval
from pipelines.extraction.when import When

# Stages between which two passages on one fact may differ.
_NEAR = {
    "arms_transfer": ({"sought", "negotiating"},),
    "meeting": ({"held", "ongoing"},),
}


# Stages of a sanction that is over, in whole or in part.
_ENDED = frozenset(["lifted", "eased"])


@dataclass(slots=True)
class Row:
    """`key` names the fact: two rows of one key in one document may be one thing said twice."""

    fact_type: str
    key: tuple
    stage: str
    status: str | None
    claimed_by: str | None
    claimed_by_actor: str | None
    when: When
    start: int
    end: int
    rule: str
    confidence: float
    columns: dict[str, Any] = field(default_factory=dict)
    in_title: bool = False
    trigger: tuple[int, int] = (0, 0)
    aside: bool = False  # only the time of something else ("trong lúc ông Kim gặp ...")
    further: bool = False  # "một phái đoàn khác": not the one told before
    again: bool = False  # told of before, the sentence names no sides ("Cuộc gặp sẽ diễn ra ...")
    fronted: bool = False  # told as a noun that opens its clause ("Trong chuyến thăm Pháp, ...")
    hits: int | None = None  # how many a sanction hits ("sáu sĩ quan")
    directed: bool | None = True  # False: the text names two sides of a deal, not who gives; None: the first may give

    @property
    def interval(self) -> Interval | None:
        return self.when.interval

    def measure_differs(self, other: Row) -> bool:
        """Whether two sanctions are not of one measure."""
        return self.columns["measure"] != other.columns["measure"]


def actor_of(party: Any, text: str) -> str | None:
    """How the text names who acts for the country; None when it names only the country."""
    if party.group:
        return party.group
    if party.person:
        return party.person
    if party.kind in ("institution", "capital", "place") or (party.actor and party.kind != "anaphor"):
        return party.actor or text[party.start : party.end]
    return None


def make_row(
    view: View,
    key: tuple,
    columns: dict[str, Any],
    *,
    stage: str,
    claim: Claim,
    when: When,
    confidence: float,
    directed: bool | None = True,
) -> Row:
    """The row that a trigger gives; its evidence is the trigger's sentence."""
    frame = view.frame
    return Row(
        frame.fact_type,
        key,
        stage,
        claim.status,
        claim.country,
        claim.actor,
        when,
        view.sentence.start,
        view.sentence.end,
        f"{frame.fact_type}.{frame.name}",
        confidence,
        columns,
        trigger=(view.trigger.start, view.trigger.end),
        directed=directed,
    )


def same_fact(a: Row, b: Row) -> bool:
    """Whether b only says again what a says."""
    if a.key != b.key or a.fact_type != b.fact_type or (b.further and a.start != b.start and a.fact_type == "meeting"):
        return False
    near = {a.stage, b.stage} in _NEAR.get(a.fact_type, ())
    if a.stage != b.stage and not near and not (a.start == b.start and a.trigger != b.trigger):
        return False
    ended = {a.stage in _ENDED, b.stage in _ENDED}
    if a.fact_type == "sanction" and len(ended) > 1 and (b.further or (a.rule != b.rule and a.measure_differs(b))):
        return False  # "rút ba hãng khỏi danh sách đen, song vẫn giữ lệnh cấm nhập khẩu"
    if a.status != b.status or (a.fact_type == "sanction" and _other_measures(a, b)):
        return False
    if a.interval and b.interval and (a.interval.end < b.interval.start or b.interval.end < a.interval.start):
        return False
    goes_on = near and b.interval and b.interval.precision == "range"  # "kể từ đó vẫn tìm cách mua"
    if b.interval and not a.interval and not (a.in_title or b.again or goes_on) and a.start != b.start:
        return False
    if not alike(a.columns.get("weapon_designation"), b.columns.get("weapon_designation")):
        return False
    for name in ("quantity_min", "end_user", "target_name", "place_country", "meeting_kind", "value_usd"):
        x, y = a.columns.get(name), b.columns.get(name)
        if x and y and x != y:
            return False
    kinds = {a.columns.get("target_kind"), b.columns.get("target_kind")}
    if kinds == {"person", "organisation"} or (a.hits and b.hits and a.hits != b.hits):
        return False
    if kinds == {"person"} and any(x.columns["target_name"] and (y.hits or 1) > 1 for x, y in ((a, b), (b, a))):
        return False  # "ông A", "tám chỉ huy"
    return same_people(a, b)


def _other_measures(a: Row, b: Row) -> bool:
    """ "phong tỏa tài sản", "cấm nhập khẩu": not one thing said twice; nor in one breath, if they hit others."""
    told = "unspecified" not in (a.columns["measure"], b.columns["measure"]) and a.measure_differs(b)
    return told and (a.start != b.start or a.columns["target_kind"] != b.columns["target_kind"])


def same_people(a: Row, b: Row) -> bool:
    """Whether the persons of one row are among those of the other, or one names none."""
    x, y = a.columns.get("participant_names") or (), b.columns.get("participant_names") or ()
    return not x or not y or _within(x, y) or _within(y, x)


def some_are_same(a: Row, b: Row) -> bool:
    """Whether a person of one row is one of the other."""
    x, y = a.columns["participant_names"], b.columns["participant_names"]
    return any(_within([name], y) for name in x)


def distinct_names(names: Sequence[str]) -> list[str]:
    """Each person once, by the fullest name: "Putin", "Vladimir Putin" are one."""
    out: list[str] = []
    for name in names:
        known = next((i for i, n in enumerate(out) if _within([n], [name])), None)
        if known is None:
            out.append(name)
        elif len(name) > len(out[known]):
            out[known] = name
    return out


def _within(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether each of some people is one of the others: "Putin" may be "Vladimir Putin"."""
    own, theirs = ([set(name.lower().replace("-", " ").split()) for name in names] for names in (some, others))
    return all(any(a <= b or b <= a for b in theirs) for a in own)


def alike(a: str | None, b: str | None) -> bool:
    """Whether two designations may be one: "Su-35" and "Su-35S", or one of them is not given."""
    if not a or not b:
        return True
    a, b = (s.lower().replace("-", "").replace(" ", "") for s in (a, b))
    return a.startswith(b) or b.startswith(a)


def says_more(later: Row, other: Row) -> bool:
    """Whether of two rows on one fact the later one is to stay: not where only the first one says whom it hits."""
    names = [row.columns.get("target_kind") in ("person", "organisation") for row in (other, later)]
    return richness(later) > richness(other) + (3 if names == [True, False] else 0)


def richness(row: Row) -> int:
    """How much a row says: decides which of two equal ones stays."""
    filled = sum(1 for k, v in row.columns.items() if v not in (None, [], "") and k not in ("topic", "reason"))
    return 2 * filled + (3 if row.interval else 0) + (0 if row.in_title or row.aside else 4)
