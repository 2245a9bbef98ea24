"""How far a thing has come: the cues around a trigger, in the order that `cues.yaml` sets."""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import pairwise

from pipelines.extraction.clauses import View, has_frame
from pipelines.extraction.items import Item

# What any predicate says of its subject ("cuộc gặp sẽ bàn về ...").
_TENSES = frozenset(["planned", "ongoing", "cancelled"])

# What is done to a sanction that is there.
_DONE_TO = frozenset(["lifted", "eased", "extended", "violated"])
# How far before a sanction, in characters, a verb that upholds it may stand.
_MAINTAINED = 30
_ENDED = ("refused", "cancelled", "declined")


def stage_of(view: View, left: int, default: str) -> str:
    """The stage that cues between item `left` (exclusive; -1 for the clause's start) and the trigger give.

    A noun looks right as well, to the end of its clause: "lô hàng ... bị hủy".
    """
    family = view.frame.fact_type
    left = view.behind_aside(left)
    if view.bought:  # the cues before the thing tell what is done with it now
        return next((c[1] for c in view.trigger.cues if c[0] == family), default)
    if family == "arms_transfer" and (" " + view.words_before(view.t)).endswith(view.pack.grammar["standing"]):
        return "agreed"  # "mong Lima thay đổi quyết định mua S-400"
    said = view.says_on(left, view.t) if family == "arms_transfer" and left >= 0 else None
    found = set(_cues(view, range(view.t - 1, left if said is None else said, -1), family, stop_at_clause=left < 0))
    if family == "sanction":
        found -= _of_another_object(view, left)
        if "eased" in found and _only_out_of(view, left):
            found.discard("lifted")  # "miễn trừ cho Mali khỏi lệnh cấm vận"
    if view.frame.name == "give" and left >= 0 and view.passive is None and "sought" in found:
        found = found - {"sought"} | {"offered"}  # "Nga muốn bán": who wants to give offers
    if view.frame.name == "get" and "offered" in found:
        found = found - {"offered"} | {"sought"}  # "Ấn Độ sẵn sàng mua": who is ready to get seeks
    left = left if said is None else -1  # what stands beside the party is told of another
    # What is told for a reason, or in a clause of its own ("nghị quyết của EU, vốn cấm ...").
    reason = any(item.marker in ("because", "relative") for item in view.items[max(left, 0) : view.t])
    if (
        left > 0
        and not reason
        and (
            view.items[left].governor in ("of", "purpose")
            or (" " + view.words_before(left)).endswith(view.pack.grammar["noun_heads"])
        )
    ):
        own = family == "arms_transfer" and (" " + view.words_before(left - 1)).endswith(view.pack.grammar["own_deeds"])
        stop = -1
        if own:  # "đảo ngược quyết định của Lima mua ...": what is said of the decision itself
            before = range(left - 2, -1, -1)
            stop = next((k for k in before if view.between(k, k + 1).strip() or not view.items[k].cued(family)), -1)
        called_off = {"refused"} if family == "arms_transfer" and "cancelled" in found else set()
        # "phản đối việc Lima hủy hợp đồng": what another says of its end
        of_it = set(_cues(view, range(left - 1, stop, -1), family, stop_at_clause=True))
        if {"sought", "agreed"} <= of_it and view.decides(left):
            of_it.discard("sought")  # "chấp thuận đề nghị của Lima mua ..."
        found |= of_it - {"violated"} - called_off
    found |= {c[1] for c in view.trigger.cues if c[0] == family}
    if left > 0 and family == "meeting":
        wished = _wished(view, left)
        found = (found - {"ongoing"} if wished else found) | wished | _will_be(view, left)
    if family == "arms_transfer":
        found |= _letting(view, left) | ({view.frame.default} & {"sought"})
        before = view.items[left - 1] if left > 0 and view.frame.name == "give" else None
        if before and view.folded[before.start : before.end] in view.pack.grammar["own_plans"]:
            found = found - {"sought"} | {"offered"}  # "kế hoạch Pháp chuyển tên lửa": who means to give offers
    asks = left - 1 - (left > 1 and view.items[left - 1].marker == "that")  # "mong rằng nước này nhận được ..."
    if (
        left > 0
        and view.items[asks].cued("ask")
        and not view.pack.grammar["where_words"].search(view.folded, view.items[asks].end, view.trigger.start)
        and "," not in view.folded[view.items[asks].end : view.items[left].start]
        and not any(
            item.marker in ("after", "because") or ("claim", "say") in item.cues
            for item in view.items[left + 1 : view.t]
        )
    ):
        found |= {c[1] for c in view.items[asks].cues if c[0] == family}
    if left > 0 and family == "sanction" and view.passive is not None and not view.between(left - 1, left).strip():
        # "có thể khiến Lima bị trừng phạt"
        found |= {c[1] for c in view.items[left - 1].cues if c == ("sanction", "threatened")}
    if view.noun and family not in view.pack.grammar["predicates"]:
        found |= set(_cues(view, range(view.t + 1, view.right_end), family, stop_at_clause=False, after=True))
    elif view.noun:
        within = family == "meeting" and inside(view)
        opens = family == "sanction" and view.items[view.t - 1].marker == "and"
        if opens and (upheld(view) or next(_chains(view, family), None)):
            found = set()  # "... và các lệnh trừng phạt vẫn có hiệu lực": a clause of its own
        if family == "sanction":
            found = _as_adjunct(view, _of_other_verb(view, left, found))
        if within:
            found = {"planned"} if _to_come(view, left) else _ahead(view, family)
        said_of = _said_of_noun(view, family, set() if within else _TENSES)
        if "held" in said_of and family == "meeting" and _behind_another(view, left):
            found = set()
        found = found | said_of
    if "violated" in found and view.t and ("sanction", "threatened") in view.items[view.t - 1].cues:
        found -= {"violated"}  # "bất chấp nguy cơ trừng phạt"
    if {"extended", "threatened"} <= found and _threatens(view, left):
        found -= {"extended"}
    if family == "sanction" and (_warned_of(view, left) or ("extended" in found and _on_condition(view, left))):
        found = found - {"imposed", "extended"} | {"threatened"}
    if family == "sanction" and not found:
        before = view.folded[view.sentence.start : view.trigger.start].rstrip()
        if before.endswith(view.pack.grammar["possible"]):
            found = {"threatened"}  # "nhắc tới khả năng trừng phạt Mali"
    if family == "sanction" and upheld(view):
        found -= {"imposed", "threatened"}
        found |= {"in_force"}
    if family == "arms_transfer" and "refused" in found and _will_not_end(view):
        found = found - {"refused", "cancelled"} | {"agreed"}
    if family == "arms_transfer" and "cancelled" in found and _only_called_for(view):
        found = found - {"cancelled", "sought", "offered"} | {"agreed" if view.noun else "in_progress"}
    if family == "meeting" and "cancelled" in found and _only_urged(view):
        found = {"planned"}
    for stage in view.pack.grammar["stage_order"][family]:
        if stage in found:
            return stage
    if default == "delivered" and view.pack.grammar["by_deal"].match(view.folded, view.sentence.start):
        return "agreed"
    if default == "delivered" and (laid_down := _laid_down(view, left)):
        return laid_down
    if view.frame.name != "get":
        return default
    if left >= 0 and view.pack.grammar["spends"].search(view.folded, view.items[left].end, view.trigger.start):
        return "agreed"
    return "sought" if view.t and view.items[view.t - 1].marker == "purpose" else default


def _will_not_end(view: View) -> bool:
    """ "không có ý định hủy hợp đồng mua", "từ chối hủy thương vụ": what one refuses is to end it."""
    refused, ended = ("arms_transfer", "refused"), ("arms_transfer", "cancelled")
    pairs = pairwise(view.items)
    return any(refused in a.cues and ended in b.cues and not view.folded[a.end : b.start].strip() for a, b in pairs)


def _only_called_for(view: View) -> bool:
    """ "kêu gọi Mỹ ngừng bán", "yêu cầu hủy hợp đồng mua": what another calls for has not come about."""
    at = next((k for k in range(view.t - 1, 0, -1) if ("arms_transfer", "cancelled") in view.items[k].cues), 0)
    calls, wishes = view.pack.grammar["stop_calls"], view.pack.grammar["stop_wishes"]
    named = False
    for i in range(at - 1, max(at - 8, -1), -1):
        item = view.items[i]
        if "," in view.between(i, i + 1) or item.weapon or item.marker == "contrast":
            return False
        word = view.folded[item.start : item.end]
        if word in calls or (named and word in wishes):
            return True
        named = named or bool(item.parties)
    return False


def _laid_down(view: View, left: int) -> str | None:
    """ "công bố thỏa thuận, theo đó Canberra mua", "Oslo đề xuất một gói, trong đó Na Uy nhận": what a deal of the same
    sentence lays down is agreed; in a proposal who would get it seeks it, who would give it offers it."""
    if left <= 0 or not view.words_before(left).endswith(view.pack.grammar["whereby"]):
        return None
    words = [view.folded[item.start : item.end] for item in view.items[:left]]
    if not view.pack.grammar["hinders"].isdisjoint(words):
        return "cancelled"  # "ngăn cản một thương vụ theo đó Lima bán"
    if not view.pack.grammar["signing"].isdisjoint(words):
        return "agreed"
    at = next((i for i, word in enumerate(words) if word in view.pack.grammar["proposes"]), None)
    if at is None:
        return None
    proposer = {p.country for p in view.parties(view.subject_before(at))}
    own = bool(proposer & {p.country for p in view.parties(left)})
    return "sought" if own == (view.frame.name == "get") else "offered"


def _letting(view: View, left: int) -> set[str]:
    """ "từ chối cho phép Đức tái xuất": the cues right before the doer say what becomes of the deed."""
    found: set[str] = set()
    for item in view.items[left + 1 : view.t]:
        if has_frame(item, "arms_transfer") or has_frame(item, "sanction") or item.marker in ("by", "relative"):
            return found
    for i in range(left - 1, -1, -1):
        here = {c[1] for c in view.items[i].cues if c[0] == view.frame.fact_type}
        if not here or view.items[i].quotes or view.between(i, i + 1).strip():
            break
        words = view.folded[view.items[i].start : view.items[i].end]
        found |= set() if words in view.pack.grammar["epistemic"] else here
    return found


def _behind_another(view: View, left: int) -> bool:
    """ "để thảo luận với ông A về kết quả cuộc gặp diễn ra hôm 3/5": what stands before the other meeting is said of
    that."""
    return any(has_frame(item, "meeting") and not item.marker for item in view.items[left + 1 : view.t])


def _wished(view: View, left: int) -> set[str]:
    """ "mời ông A thăm", "hối thúc hai nước đàm phán", "mong được đón ông A": what another wishes that one does."""
    for k in range(left - 1, -1, -1):
        item = view.items[k]
        if view.between(k, k + 1).strip():
            break
        if ("meeting", "proposed") in item.cues:
            return {"proposed"}
        if not (item.frames or item.cued("passive")):
            break
    return set()


def _will_be(view: View, left: int) -> set[str]:
    """ "ông A sẽ là tổng thống Chile đầu tiên thăm Cuba": what is to be, before whom the verb takes as its subject."""
    item, word = view.items[left - 1], view.between(left - 1, left).strip()
    will = view.folded[item.start : item.end] in view.pack.grammar["will"]
    return {"planned"} if will and word in view.pack.grammar["be_words"] else set()


def _only_urged(view: View) -> bool:
    """ "kêu gọi Chile hủy chuyến thăm", "dọa hủy cuộc gặp": nobody has done so yet."""
    for i in range(view.t - 1, 0, -1):
        item = view.items[i]
        first = view.folded[item.start : item.end].split()[0]
        if ("meeting", "cancelled") in item.cues and first not in view.pack.grammar["plain_no"]:
            k = i - 2 if view.items[i - 1].parties and i > 1 else i - 1
            last, near = view.items[k], all(len(view.between(n, n + 1).split()) < 2 for n in range(k, i))
            return near and (last.cued("ask") or view.folded[last.start : last.end] in view.pack.grammar["urges"])
    return False


def _of_next(view: View, i: int) -> bool:
    """Whether the passive at item i belongs to another verb behind it: "lô đầu tiên ... và 20 chiếc sẽ được giao"."""
    k = i + 1
    return view.items[i].cued("passive") and k < len(view.items) and has_frame(view.items[k], view.frame.fact_type)


def _of_arms(view: View, i: int) -> bool:
    """ "ngừng bán pháo, dọa trừng phạt": what is done right there is done to a deal."""
    return i + 1 < view.t and has_frame(view.items[i + 1], "arms_transfer") and not view.between(i, i + 1).strip()


def _for_purpose(view: View, i: int) -> bool:
    """ "việc bán vũ khí nhằm tránh xung đột": what a deal is meant for."""
    side = i + 1 < len(view.items) and view.items[i + 1].parties
    return view.items[i].marker == "against" and not view.items[i].parties and not side


def _opens_other(view: View, i: int) -> bool:
    """Whether a party behind a noun is the subject of what follows: "việc bán ... cho thấy Nga sẵn sàng"."""
    item = view.items[i]
    if not item.parties or item.governor is not None or i + 1 >= len(view.items) or i == view.t + 1:
        return False
    owned = (view.items[i - 1].weapon or view.items[i - 1].cued("passive")) and not view.between(i - 1, i).strip()
    return not owned and bool(view.items[i + 1].cues) and not view.between(i, i + 1).strip()


def _cues(view: View, places: range, family: str, stop_at_clause: bool, after: bool = False) -> list[str]:
    out: list[str] = []
    fulfils = view.pack.grammar["fulfils"]
    said = False  # "đã nhấn mạnh lệnh trừng phạt ...": a deed before a verb of saying is none with what is said
    # "chặn một thuyền buồm chở súng": the ship is stopped, not the gift refused
    carried = (
        not after and view.frame.name == "give" and view.words_before(view.t).endswith(view.pack.grammar["carriers"])
    )
    parted = False
    aimed = other_thing = False  # "từ bỏ xe tăng A để mua xe tăng B": what is done to the first
    for i in places:
        item = view.items[i]
        gap = view.between(i - 1, i) if after else view.between(i, i + 1)
        if ";" in gap or ((stop_at_clause or after) and "," in gap):
            break
        if family == "sanction" and "," in gap and any(k.parties for k in view.items[i + 1 : view.t]):
            break
        other = item.marker == "contrast" or (item.marker == "by" and not item.parties and view.items[i + 1].parties)
        if family == "sanction" and other and not after:
            break  # "loại Mali khỏi dự án, nhưng trừng phạt ...", "mở rộng hợp tác do Mali chịu ...": another deed
        if (
            family == "sanction"
            and not after
            and item.cued("ask")
            and view.items[i + 1].parties
            and (places.stop >= 0 or view.left < i)
        ):
            continue  # "hối thúc Mali rút quân, nhấn mạnh lệnh trừng phạt ...": what is asked of another
        if not after and (
            item.marker in ("after", "because", "conditional", "result")
            and view.items[i].end < view.trigger.start
            and not item.cued(family)
        ):
            if item.marker == "result" and i and not view.between(i - 1, i).strip():
                out += [c[1] for c in view.items[i - 1].cues if c == (family, "threatened")]
            break  # "có thể dẫn tới việc Mỹ trừng phạt" is a threat for all that
        if after and (
            _opens_other(view, i) or _for_purpose(view, i) or (family == "arms_transfer" and item.marker == "by")
        ):
            break
        if after and (item.marker in ("after", "because", "purpose", "conditional", "result") or _of_next(view, i)):
            break
        if after and view.folded[item.start : item.end] in view.pack.grammar["capability"]:
            continue
        if after and i == view.t + 1 and view.folded[item.start : item.end] in view.pack.grammar["new_words"]:
            continue  # "gói viện trợ mới của Mỹ"
        negated = i and ("claim", "negation") in view.items[i - 1].cues and not view.between(i - 1, i).strip()
        found = [c[1] for c in item.cues if c[0] == family and not (negated and c[1] in _ENDED)]
        if family == "arms_transfer" and not after and item.cued("claim") and "delivered" in out:
            found = [c for c in found if c != "agreed"]  # "thông báo đã bàn giao": what is told is done
        if family == "sanction" and not after and view.noun and view.pack.grammar["copulas"].search(gap):
            if view.folded[item.start : item.end] in view.pack.grammar["tenses"]:
                out += [c[1] for c in item.cues if c[0] == family]
            break  # "việc cắt giảm dầu là lệnh trừng phạt nặng nhất"
        if family == "sanction" and not after:
            aim = item.marker in ("purpose", "instrument") or (
                item.marker == "against" and not view.items[i + 1].parties
            )
            said = said or (item.quotes and not found) or (aim and not item.cued(family))
            if said or _of_arms(view, i):
                found = [c for c in found if c in ("threatened", "called_for")]
        if family == "arms_transfer" and not after:
            if _hits_over(view, item) or _joins_a_passive(view, i):
                break  # "sẽ trừng phạt Mali liên quan việc bán ...", "có thể đến từ Mali và được chuyển ..."
            aimed = aimed or item.marker == "purpose"
            other_thing = other_thing or (aimed and item.weapon is not None)
            found = [c for c in found if not (other_thing and c in _ENDED)]
        if family == "meeting" and not after:
            parted = parted or (bool(out) and view.is_noun(i) if item.frames and not item.marker else False)
            found = [c for c in found if not (parted and c in _ENDED)]  # "hủy cuộc gặp và dọa ..."
        if "violated" in found and "," in view.folded[item.end : view.trigger.start]:
            continue  # "... vi phạm thỏa thuận, và dọa trừng phạt"
        out += found
        if family == "meeting" and not after and item.marker == "after" and "held" in found:
            break
        if carried:
            out = [c for c in out if c != "refused"]
        if item.frames and i and view.folded[view.items[i - 1].start : view.items[i - 1].end] in fulfils:
            out = [c for c in out if c != "agreed"]
        if (
            family == "meeting"
            and not after
            and item.marker == "after"
            and "held" in found
            and "," in view.between(i - 1, i)
        ):
            break  # "sẽ trở lại, sau khi cuộc gặp đổ vỡ"
        link = item.marker in ("by", "relative") or (item.cued("passive") and view.left >= 0)
        if not after and i and link and view.items[i - 1].weapon and not view.between(i - 1, i).strip():
            break  # "cho phép dùng tên lửa do Mỹ viện trợ": what is done with it now
    return out


def _only_out_of(view: View, left: int) -> bool:
    """Whether nothing but a preposition tells of an end."""
    ends = (item for item in view.items[left + 1 : view.t] if ("sanction", "lifted") in item.cues)
    return all(view.folded[item.start : item.end] in view.pack.grammar["out_of"] for item in ends)


def _hits_over(view: View, item: Item) -> bool:
    """ "trừng phạt Mali liên quan việc bán ...": a sanction over the deal."""
    over = view.pack.grammar["hit_over"]
    return has_frame(item, "sanction") and over.search(view.folded, item.end, view.trigger.start) is not None


def _joins_a_passive(view: View, i: int) -> bool:
    """ "vũ khí có thể có xuất xứ từ Mali và được chuyển lậu": behind "và" another thing is told."""
    return view.items[i].marker == "and" and view.passive == i + 1 and not view.between(i, i + 1).strip()


def _threatens(view: View, left: int) -> bool:
    """ "dọa siết chặt", "có thể siết chặt": more than a time to come."""
    tenses = view.pack.grammar["tenses"] - view.pack.grammar["epistemic"]
    return any(
        ("sanction", "threatened") in item.cues
        and view.folded[item.start : item.end] not in tenses
        and "," not in view.folded[item.end : view.trigger.start]
        for item in view.items[max(left, 0) : view.t]
    )


def _warned_of(view: View, left: int) -> bool:
    """ "cảnh báo Canada sẽ siết chặt trừng phạt": a warning right before the doer, a time to come behind him."""
    if left <= 0 or view.between(left - 1, left).strip() or ("sanction", "threatened") not in view.items[left - 1].cues:
        return False
    will, behind = view.pack.grammar["will"], view.items[left + 1 : view.t]
    reason = any(item.marker == "because" for item in behind)
    return not reason and any(view.folded[item.start : item.end] in will for item in behind)


def _on_condition(view: View, left: int) -> bool:
    """ "sẽ siết chặt trừng phạt nếu Mali không lùi bước", "nếu Mali không lùi bước, Oman sẽ siết chặt ..."."""
    will = view.pack.grammar["will"]
    to_come = any(view.folded[item.start : item.end] in will for item in view.items[max(left, 0) : view.t])
    opens = view.items[0].marker == "conditional" and left > 0 and "," in view.between(left - 1, left)
    return to_come and (opens or any(item.marker == "conditional" for item in view.items[view.t + 1 :]))


def upheld(view: View) -> bool:
    """ "duy trì lệnh trừng phạt", "lệnh trừng phạt sẽ được giữ nguyên": whether a verb leaves things as they are."""
    maintains = view.pack.grammar["maintains"]
    start = max(view.sentence.start, view.trigger.start - _MAINTAINED)
    if maintains.search(view.folded, start, view.trigger.start):
        return True
    behind = view.noun and maintains.search(
        view.folded, view.trigger.end, min(view.trigger.end + 60, view.sentence.end)
    )
    if not behind or set(",;") & set(view.folded[view.trigger.end : behind.start()]):
        return False
    return not any(i.marker == "and" and i.end <= behind.start() for i in view.items[view.t + 1 :])


def inside(view: View) -> bool:
    """ "trong cuộc gặp", "sau chuyến thăm": the sentence tells what else happened there or then."""
    return bool(view.pack.grammar["inside"].search(view.folded, view.sentence.start, view.trigger.start))


def _to_come(view: View, left: int) -> bool:
    """ "sẽ nêu việc đó trong cuộc gặp", "điều có thể xảy ra tại cuộc gặp": what is to be done at it makes it one to
    come."""
    if view.words_before(view.t).endswith(view.pack.grammar["over_words"]):
        return False
    at_it = view.words_before(view.t).endswith(view.pack.grammar["at_words"])
    for i in range(view.t - 1, left, -1):
        item = view.items[i]
        if "," in view.between(i, i + 1):
            return False
        word = view.folded[item.start : item.end]
        if word in view.pack.grammar["will"] or (at_it and word in view.pack.grammar["may"]):
            return True
        at_it = at_it and item.marker != "after" and ("meeting", "held") not in item.cues
    return False


def _ahead(view: View, family: str) -> set[str]:
    """ "Trong chuyến thăm Pháp, ông sẽ ...": what is to be done there is still to come, and so is the visit."""
    if not view.pack.grammar["during"].search(view.folded, view.sentence.start, view.trigger.start):
        return set()
    for i in range(view.t + 1, len(view.items) - 1):
        item = view.items[i]
        if item.cued("claim"):
            break
        if item.parties and item.governor is None and "," in view.folded[view.trigger.end : item.start]:
            near = not view.between(i, i + 1).strip()
            return {c[1] for c in view.items[i + 1].cues if c == (family, "planned")} if near else set()
    return set()


def _of_another_object(view: View, left: int) -> set[str]:
    """ "dọa hủy hợp đồng và áp lệnh trừng phạt": what is done to the first of two objects is not done to the second."""
    for i in range(view.t - 1, max(left, 0), -1):
        if view.items[i].marker in ("and", "contrast") and not view.items[i].parties:
            before, behind = view.items[left + 1 : i], view.items[i + 1 : view.t]
            here = {c[1] for item in behind for c in item.cues if c[0] == "sanction"}
            there = {c[1] for item in before for c in item.cues if c[0] == "sanction"}
            # "đình chỉ các chuyến bay và phong tỏa tài sản": the second is a deed of its own
            apart = not behind and not view.noun and not any(has_frame(item, "sanction") for item in before)
            return (there - here) & _DONE_TO if here or (apart and view.between(i - 1, i).strip()) else set()
    return set()


def _of_other_verb(view: View, left: int, found: set[str]) -> set[str]:
    """ "sẽ làm suy yếu lệnh trừng phạt": a time or a doubt before another verb tells nothing of the noun behind it."""
    cued = [item for item in view.items[max(left, 0) : view.t] if item.cued("sanction")]
    tenses = view.pack.grammar["tenses"]
    if not cued or any(view.folded[item.start : item.end] not in tenses for item in cued):
        return found
    words = view.folded[cued[-1].end : view.trigger.start]
    return found if view.pack.grammar["has"].search(words) else set()


def _as_adjunct(view: View, found: set[str]) -> set[str]:
    """ "theo lệnh trừng phạt", "về lệnh trừng phạt": the verb before has another object, or only speaks of it."""
    last = view.items[view.t - 1] if view.t else None
    verb = last is not None and last.cued("sanction") and not last.marker
    grammar, span = view.pack.grammar, (last.end if verb else view.sentence.start, view.trigger.start)
    if grammar["adjuncts"].search(view.folded, *span):
        return set()
    if not grammar["topics"].search(view.folded, *span):
        return found
    drafted = grammar["draft_words"].search(view.folded, view.sentence.start, view.trigger.start)
    return found & ({"threatened", "called_for"} if drafted else {"threatened"})


def _said_of_noun(view: View, family: str, tenses: Set[str]) -> set[str]:
    """The stages that the predicate of a noun gives: "cuộc gặp ... dự kiến diễn ra", not "... cho thấy Mỹ muốn"."""
    found: set[str] = set()
    for chain in _chains(view, family):
        start, end = view.items[chain[0]].start, view.items[chain[-1]].end
        stages = {c[1] for i in chain for c in view.items[i].cues if c[0] == family}
        words = {view.folded[view.items[i].start : view.items[i].end] for i in chain}
        if family == "sanction" and words & view.pack.grammar["epistemic"] and stages & _DONE_TO:
            continue  # "lệnh trừng phạt chỉ có thể được dỡ bỏ nếu ...": it is there
        if view.pack.grammar["predicates"][family].search(view.folded, start, min(end + 16, view.sentence.end)):
            found |= stages
        elif open_stages := stages & tenses:
            found |= open_stages if words & view.pack.grammar["will"] else open_stages - {"planned"}
        elif view.frame.default not in stages:
            break
    return found


def _chains(view: View, family: str) -> Iterator[list[int]]:
    """Runs of cues behind a noun ("đã được", "dự kiến"), as far as its own phrase and predicate reach."""
    chain: list[int] = []
    opened = False  # a comma before "dự kiến"
    acted_on = family == "sanction" and view.t > 0 and view.items[view.t - 1].cued(family)
    for i in range(view.t + 1, view.right_end):
        item, gap = view.items[i], view.between(i - 1, i)
        if view.aside is not None and i in view.aside:
            continue
        if view.aside is not None and i == view.aside.stop:
            gap = ""
        if acted_on and item.marker == "and" and not view.items[i - 1].cued(family):
            break  # "mở rộng lệnh trừng phạt với Mali và hạn chế việc gỡ bỏ ...": a second verb, not its predicate
        owner = family == "sanction" and item.parties and not view.items[i - 1].cued("passive")
        if chain and (gap.strip() or owner):
            yield chain
            chain = []
        apart = (
            item.parties
            and item.governor in (None, "and")
            and len(view.folded[view.trigger.end : item.start].split()) > 3
        )
        if item.parties and gap.strip() in view.pack.grammar["topic_marks"]:
            break  # "chừng nào còn lệnh trừng phạt thì Mali sẽ tăng cường ...": another's deed
        if gap.strip() == "," and not chain and view.folded[item.start : item.end] in view.pack.grammar["will"]:
            gap, opened = "", True  # "cuộc gặp giữa A và B, dự kiến diễn ra ..."
        elif opened and gap.endswith(", ") and "," not in gap[:-2] and (item.cued(family) or item.cued("passive")):
            gap, opened = "", False  # "..., dự kiến diễn ra ở Oslo, đã bị hủy"
        led = i + 1 < len(view.items) and view.items[i + 1].governor == item.marker
        if (
            "," in gap
            or ";" in gap
            or (apart and not view.items[i - 1].cued("passive"))
            or (item.cued("claim") and not (family == "sanction" and item.cued(family) and chain))
            or (item.frames and view.is_verb(i) and not has_frame(item, family))
            or item.marker in ("after", "because", "purpose", "conditional", "that", "contrast")
            or (
                family == "sanction"
                and not item.cued(family)
                and (item.marker == "instrument" or (item.marker == "by" and not led))
            )
            or (item.marker == "against" and not item.parties and not led)
        ):
            break
        nominal = family == "sanction" and (" " + view.words_before(i)).endswith(view.pack.grammar["noun_heads"])
        if (item.cued(family) and not nominal) or item.cued("passive"):  # not "... thì việc dỡ bỏ sẽ phức tạp"
            chain.append(i)
    if chain:
        yield chain
