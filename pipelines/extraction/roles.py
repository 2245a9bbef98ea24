"""The places where a frame's roles stand. `frames.yaml` names these functions; each gives the parties found there.

Subjects follow one rule: the nearest party to the left that is not governed by a preposition and not the object of
another verb; where an unknown word stands before it, a party that opens its clause wins if a comma lies between.
"""

from __future__ import annotations

from collections.abc import Callable

from pipelines.extraction.clauses import View, has_frame
from pipelines.extraction.items import Item, Party

Place = Callable[[View], list[Party]]

# So many words behind a verb, what a relative clause tells is no longer the verb's.
_FAR = 25


def agent(view: View) -> list[Party]:
    """ "được Mỹ cung cấp", "bị EU trừng phạt", "do Nga chuyển giao", "bởi Mỹ": the doer of a passive."""
    items, t = view.items, view.t
    low = view.passive if view.passive is not None else -1
    for i in range(t - 1, low, -1):
        item = items[i]
        if (
            view.passive is None
            and item.marker == "by"
            and i + 1 < t
            and items[i + 1].parties
            and not (view.noun and view.frame.fact_type == "sanction" and not _acts(view, i + 2))
            and not any(k.marker in ("after", "contrast") or k.quotes for k in items[i:t])
            and not (view.frame.fact_type == "sanction" and (_drafts(view, i + 1) or _bears_it(view, i + 1)))
            and (len(view.between(i + 1, t).split()) <= 3 or not _makes(view, i + 1))
        ):
            return view.parties(i + 1)
        goal = i + 2 == view.t and view.items[i + 1].marker == "against"  # "do Praha khởi xướng, nhằm gom ..."
        if "," in view.between(i, i + 1) and view.passive is None and not goal:
            break
        if view.passive is not None and item.parties and item.governor in (None, "by", "of"):
            return view.parties(i)
    if view.passive is not None or view.noun:
        i = view.governed(("by",))
        if i is not None and view.words_after(i, 24).startswith(view.pack.grammar["runs"]):
            return []  # "trừng phạt các tập đoàn do quân đội Mali kiểm soát"
        if i is not None and view.noun and (_made_or_apart(view, i) or _is_cause(view, i) or _hinders(view, i)):
            return []
        if i is not None and view.noun and view.frame.fact_type == "sanction":
            hit = {p.country for item in view.items[view.t + 1 : i] for p in item.parties}
            again = any(p.country in hit for p in view.items[i].parties)
            if again or (view.items[i].parties[0].kind == "anaphor" and not _does_so(view, i)):
                return []  # "trừng phạt Mali do nước này thử tên lửa"
            far = len(view.folded[view.trigger.end : view.items[i].start].split()) > 5
            return [] if far or _drafts(view, i) else view.parties(i)
        return view.parties(i)
    return []


def _drafts(view: View, i: int) -> bool:
    """ "do Mỹ soạn thảo": the act is another's."""
    return view.words_after(i).startswith(view.pack.grammar["drafts"])


def _bears_it(view: View, i: int) -> bool:
    """ "do Mali đang chịu lệnh trừng phạt": who bears it does not impose it."""
    return bool(view.pack.grammar["bears"].search(view.folded, view.items[i].end, view.trigger.start))


def _does_so(view: View, i: int) -> bool:
    """Whether a verb of the fact type stands right behind the party at item i."""
    return (
        i + 1 < len(view.items) and view.items[i + 1].cued(view.frame.fact_type) and not view.between(i, i + 1).strip()
    )


def _makes(view: View, i: int) -> bool:
    """ "do Mỹ chế tạo": who makes the thing need not hand it over."""
    return view.words_after(i).startswith(view.pack.grammar["makers"])


def _acts(view: View, i: int) -> bool:
    """ "do Mỹ áp đặt lệnh trừng phạt": a verb of the fact type stands right behind the party."""
    return i < view.t and view.items[i].cued(view.frame.fact_type)


def _made_or_apart(view: View, i: int) -> bool:
    """ "hợp đồng mua pháo do Séc chế tạo", "..., hai chiếc do Pháp đóng": who makes it has not signed for it."""
    makes = view.words_after(i).startswith(view.pack.grammar["makers"])
    return (makes and view.frame.fact_type != "sanction") or "," in view.folded[view.trigger.end : view.items[i].start]


def owner(view: View) -> list[Party]:
    """ "hợp đồng bán radar cho Oman của Ý": whose deal it is, for nouns."""
    return of(view) if view.noun else []


def subject(view: View) -> list[Party]:
    """Who does it: the party before an active verb."""
    if view.passive is not None:
        return []
    i = view.subject_before(_clause_start(view))
    if view.words_before(view.t).endswith(view.pack.grammar["generic_subjects"]):
        return []
    if i is None or _carrier_stands_before(view, i):
        return []
    told = i
    if view.frame.fact_type == "arms_transfer" and (says_on := view.says_on(i, view.t)) is not None:
        i, told = view.goes_on(i, says_on), says_on
    intercepts = view.pack.grammar["interceptors"].search(view.folded, view.items[i].end, view.trigger.start)
    if intercepts and view.frame.fact_type != "meeting":
        return []
    nominal = view.noun or view.frame.options.get("nominal")
    if (nominal and _only_speaks(view, i)) or _another_acts(view, i) or _forced_is_unnamed(view, i):
        return []
    if view.frame.options.get("nominal") and view.t and has_frame(view.items[view.t - 1], "sanction"):
        return []  # "Mỹ dọa trừng phạt thương vụ S-400 của Peru": who punishes it is no part of it
    words = view.folded[view.items[i].end : view.trigger.start]
    if (
        view.noun
        and view.frame.fact_type == "arms_transfer"
        and any(word in words for word in view.pack.grammar["angry"])
    ):
        return []  # "Washington tức giận trước quyết định mua S-400 của đồng minh": another's
    if view.noun and view.frame.name in ("get", "give") and (hit := _punished_for_it(view, i)):
        return hit
    if view.noun and view.frame.name == "get" and _about_something_else(view, told):
        return []
    if view.frame.fact_type == "arms_transfer" and (_doer_is_unnamed(view, i) or _opposes(view, i)):
        return []
    return view.parties(i) + _with_whom(view, i)


def _with_whom(view: View, i: int) -> list[Party]:
    """ "Đan Mạch cùng Hà Lan thì dự kiến bàn giao ...": who does it with the party at item i."""
    if view.frame.fact_type != "arms_transfer" or view.noun or i + 3 >= len(view.items) or i + 2 >= view.t:
        return []
    link, other, behind = view.items[i + 1 : i + 4]
    joined = link.marker == "with" and view.folded[link.start : link.end] in view.pack.grammar["joiners"]
    acts = behind is view.trigger or (behind.cues and not behind.parties and not behind.cued("claim"))
    near = not view.between(i, i + 1).strip() and not view.between(i + 1, i + 2).strip()
    plain = len(view.between(i + 2, i + 3).split()) <= 1
    return view.parties(i + 2) if joined and other.parties and acts and near and plain else []


def _punished_for_it(view: View, i: int) -> list[Party]:
    """ "Mỹ trừng phạt một cơ quan Iran xoay quanh thương vụ mua ...": who is hit has bought, not who hits."""
    items = view.items
    k = next((k for k in range(view.t - 1, i, -1) if has_frame(items[k], "sanction")), view.t)
    hit = next((n for n in range(k + 1, view.t) if view.parties(n)), view.t)
    aimed = any(item.marker == "against" for item in items[k + 1 : hit + 1])
    behind_and = (items[n + 1] for n in range(hit, view.t) if items[n].marker == "and")
    goes_on = any(not (item.parties or item.role) for item in behind_and)  # "... và có kế hoạch mua"
    return view.parties(hit) if hit < view.t and aimed and not goes_on else []


def _carrier_stands_before(view: View, i: int) -> bool:
    """ "Mỹ chặn tàu chở vũ khí": the ship does it, unless the doer sends it ("điều chuyến bay chở vũ khí")."""
    if not view.words_before(view.t, 20).endswith(view.pack.grammar["carriers"]):
        return False
    return not view.pack.grammar["sends_carriers"].search(view.folded, view.items[i].end, view.trigger.start)


def _doer_is_unnamed(view: View, i: int) -> bool:
    """ "Bộ Quốc phòng Nga cho biết những tay súng này vận chuyển ...": who speaks, or punishes any, does not do it."""
    punishes = next((item for item in reversed(view.items[i + 1 : view.t]) if has_frame(item, "sanction")), None)
    if punishes and view.pack.grammar["unnamed_many"].search(view.folded, punishes.end, view.trigger.start):
        return True
    said = next((item for item in reversed(view.items[i + 1 : view.t]) if item.cued("claim")), None)
    return said is not None and bool(
        view.pack.grammar["unnamed_doers"].search(view.folded, said.end, view.trigger.start)
    )


def _opposes(view: View, i: int) -> bool:
    """ "Nga phản đối kế hoạch cung cấp vũ khí cho Ukraine": who opposes it is no part of it, but may forbid."""
    party = view.items[i]
    if not view.noun or not view.pack.grammar["opposes"].search(view.folded, party.end, view.trigger.start):
        return False
    if any(item.marker == "instrument" for item in view.items[i + 1 : view.t]):
        return False  # "Nga phản ứng bằng việc cung cấp tên lửa cho Syria"
    own = {p.country for p in party.parties}
    makes = any(item.weapon and item.weapon.maker in own for item in view.items[view.t :])
    return not makes and not view.pack.grammar["lawmakers"].search(view.folded, party.start, party.end)


def _forced_is_unnamed(view: View, i: int) -> bool:
    """ "Washington ép buộc quốc gia Nam Á hủy thỏa thuận mua": whom it forces would buy, and has no name."""
    for item in view.items[i + 1 : view.t]:
        if view.folded[item.start : item.end] in view.pack.grammar["forcing"]:
            return True
        if item.parties:
            return False
    return False


def _about_something_else(view: View, i: int) -> bool:
    """ "Bộ Tài chính Mỹ trừng phạt ... xoay quanh thương vụ mua": another fact's verb stands between; or somebody
    announces something on another weapon."""
    between = view.items[i + 1 : view.t]
    reason = next((item for item in between if item.marker == "because"), None)
    if any(has_frame(item, "sanction") for item in between):
        return reason is None  # "bị Mỹ trừng phạt vì hợp đồng mua": who is hit has bought
    return any(item.weapon for item in between) and any(item.cued("claim") for item in between)


def _another_acts(view: View, i: int) -> bool:
    """ "Washington cảnh báo rằng nỗ lực mua ...": behind "rằng" stands a subject that no mention names."""
    behind = range(view.t - 1, i, -1)
    that = next((k for k in behind if view.items[k].marker == "that"), None)
    if that is None:
        said = next((k for k in behind if view.items[k].cued("claim")), None)
        if said is None or not view.folded[: view.items[said].end].endswith(view.pack.grammar["that_words"]):
            return False
        that = said
    words = view.folded[view.items[that].end : view.trigger.start]
    return words.strip().startswith(view.pack.grammar["plan_heads"])


def _clause_start(view: View) -> int:
    """ "Mỹ thông qua dự luật với Nga, trong đó có việc trừng phạt ...": what a list holds is done by who made it."""
    if view.frame.fact_type != "sanction":
        return view.t
    for i in range(view.t - 1, 0, -1):
        named = view.items[i + 1].parties and not view.between(i, i + 1).strip()
        if (
            view.items[i].marker == "include"
            and view.folded[view.items[i].start : view.items[i].end] not in view.pack.grammar["such_as"]
            and not named
        ):
            return i
    return view.t


def _only_speaks(view: View, i: int) -> bool:
    """ "Trung Quốc cáo buộc hợp đồng ...": who speaks of a deal, and does nothing with it, has no part in it."""
    fact = view.frame.fact_type
    if ("claim", "deny") in view.items[view.t - 1].cues and len(view.between(view.t - 1, view.t).split()) < 2:
        return False  # "UAE phủ nhận việc cung cấp": what one denies is one's own
    if fact == "meeting" and len({p.country for p in view.parties(i) if p.person}) > 1:
        said_there = view.pack.grammar["during"].search(view.folded, view.sentence.start, view.trigger.start)
        if said_there and "," not in view.folded[view.items[i].end : view.trigger.start]:
            return False  # "Hai nhà lãnh đạo khẳng định trong cuộc điện đàm rằng ..."
    speaks, wishes = False, view.pack.grammar["own_wishes"]
    for k, item in enumerate(view.items[i + 1 : view.t], i + 1):
        if (
            item.cued(fact)
            and (not has_frame(item, fact) or (fact == "arms_transfer" and view.is_verb(k)))
            and (item.quotes or fact != "meeting" or view.folded.startswith(wishes, item.start))
        ):
            return False
        speaks = speaks or item.quotes
    return speaks


def speaker(view: View) -> list[Party]:
    """ "Tổng thống Mỹ tuyên bố mong chờ cuộc gặp với ...": who speaks of a meeting with somebody is the other side."""
    return view.parties(view.subject_before(view.t)) if view.noun else []


def met(view: View) -> list[Party]:
    """ "nói tại cuộc gặp Thủ tướng Chile": who is met, if a person in office."""
    return [p for p in object(view) if p.person or p.title]


def addressed(view: View) -> list[Party]:
    """ "ông A nói với ông B trong cuộc điện đàm", "A kêu gọi ông B ... tại cuộc gặp": who speaks to whom at it."""
    if not view.noun or not view.pack.grammar["inside"].search(view.folded, view.sentence.start, view.trigger.start):
        return []
    for i in range(view.t - 1, 0, -1):
        verb, gap = view.items[i - 1], view.between(i - 1, i).strip()
        if "," in view.between(i, i + 1) or view.items[i].marker in ("that", "after", "contrast", "relative"):
            return []
        if not view.items[i].parties or view.items[i].governor not in (None, "with"):
            continue
        if verb.marker == "with" and i > 1 and not verb.parties:
            verb, gap = view.items[i - 2], gap + view.between(i - 2, i - 1).strip()
        others = [p for p in view.parties(i) if p.person or p.title]
        says = not gap and (("claim", "say") in verb.cues or verb.cued("ask"))
        says = says or (bool(verb.parties) and 0 < len(gap.split()) <= 3 and "," not in gap)  # "A xin lỗi B trong ..."
        if not others or not says:
            return []
        who = i - 1 if verb.parties else view.subject_before(i - 1)
        first = [p for p in view.parties(who) if p.country != others[0].country]
        return [*first, *others] if first and len({p.country for p in others}) == 1 else []
    return []


def fronted_pair(view: View) -> list[Party]:
    """ "Trong cuộc điện đàm hôm qua, ông A nói với ông B ...": who speaks to whom in the clause behind."""
    first = next((p for p in subject_after(view) if p.person or p.title), None)
    if first is None or not view.noun or view.items[view.t + 1].marker == "with":
        return []
    at = next(i for i, item in enumerate(view.items) if first in item.parties)
    for i in range(at + 1, min(at + 5, len(view.items))):
        item = view.items[i]
        if item.marker == "that" or ";" in view.between(i - 1, i) or item.start - first.end > 60:
            return []
        other = next((p for p in view.parties(i) if (p.person or p.title) and p.country != first.country), None)
        if other:
            return [first, other] if item.governor in (None, "with", "to") else []
    return []


def befallen(view: View) -> int | None:
    """Place of the one before a passive; the names of "21 người, gồm hai người Mali, bị ..." say who they are."""
    k = (view.passive or 0) - 1
    if k > 0 and view.items[k].parties and view.items[k].governor == "include":
        return k
    return view.subject_before(view.passive or 0)


def passive_subject(view: View) -> list[Party]:
    """ "Nga bị Mỹ trừng phạt": the party before the passive."""
    generic = view.pack.grammar["generic_subjects"]
    if view.passive is None or any(view.words_before(at).endswith(generic) for at in (view.passive, view.t)):
        return []
    if (
        view.noun
        and view.frame.name == "punish"
        and not any(item.cued("sanction") for item in view.items[view.passive + 1 : view.t])
    ):
        return []  # "bị ảnh hưởng bởi lệnh trừng phạt"
    i = befallen(view) if view.frame.fact_type == "sanction" else view.subject_before(view.passive)
    if i is None and view.frame.fact_type == "sanction":
        i = next((k for k in range(view.passive - 1, -1, -1) if view.items[k].parties), None)
    if i is not None and view.noun and any(item.marker == "contrast" for item in view.items[i + 1 : view.passive]):
        return []  # "Nga giúp Venezuela, nhưng nền kinh tế bị tổn hại bởi lệnh trừng phạt": another's
    return view.parties(i)


def left_to(view: View) -> list[Party]:
    """ "Ukraine được Mỹ viện trợ": who gets it stands before the passive."""
    if view.passive is None:
        return []
    i = view.subject_before(view.passive)
    if view.words_before(view.passive).endswith(view.pack.grammar["generic_subjects"]):
        return []
    if i is None and view.passive and view.items[view.passive - 1].marker == "after":
        before = [k for k in range(view.passive) if view.parties(k)]  # "lần thử đầu tiên của Ukraine sau khi được ..."
        return view.parties(before[0]) if len(before) == 1 else []
    if i is None:
        return []
    clause = next((k for k in range(view.passive - 1, i, -1) if view.items[k].marker == "after"), i)
    return [] if any(item.weapon for item in view.items[clause + 1 : view.passive]) else view.parties(i)


def purchaser(view: View) -> list[Party]:
    """ "Ukraine được nhận": the one before "được" is the one who gets it."""
    return passive_subject(view)


def to(view: View) -> list[Party]:
    """ "cho", "tới", "sang" to the right of the trigger; not what is done "cho quan hệ Mali - Oman"."""
    i = view.governed(("to",))
    if i is None or _behind_another_clause(view, i) or view.words_before(i).endswith(view.pack.grammar["relations"]):
        return []
    reached = (" " + view.words_before(i - 1)).endswith(view.pack.grammar["reaches"])
    if reached and view.frame.fact_type == "arms_transfer":
        return []
    return view.parties(i) + _and_to(view, i)


def _and_to(view: View, i: int) -> list[Party]:
    """ "1,1 tỷ USD cho Kyrgyzstan và 200 triệu USD cho Tajikistan": who gets as well, behind another sum."""
    links = view.items[i + 1 : i + 4]
    if view.frame.fact_type != "arms_transfer" or len(links) < 3 or not links[2].parties:
        return []
    joined = links[0].marker == "and" and links[1].marker == "to" and links[2].governor == "to"
    summed = joined and view.pack.grammar["sums"].search(view.folded, links[0].end, links[1].start)
    return view.parties(i + 3) if summed else []


def _behind_another_clause(view: View, i: int) -> bool:
    """ "trang bị tên lửa ở Ba Lan, thứ mà Lima mô tả là ... đưa vào Moskva": far behind, in what a relative tells."""
    far = len(view.folded[view.trigger.end : view.items[i].start].split()) > _FAR
    return far and any(item.marker == "relative" for item in view.items[view.t + 1 : i])


def among(view: View) -> list[Party]:
    """ "cho nhiều nước, gồm Lào và Iran": the names behind "gồm" of those whom "cho" only counts."""
    return _among(view, "to")


def from_among(view: View) -> list[Party]:
    """ "từ nhiều nước như Séc"."""
    return _among(view, "from")


def _among(view: View, marker: str) -> list[Party]:
    items = view.items
    for i in range(view.t + 2, view.right_end - 1):
        if items[i].marker == "include" and items[i + 1].parties and not view.between(i, i + 1).strip():
            led = next((k for k in range(i - 1, view.t, -1) if items[k].marker == marker), None)
            words = "" if led is None else view.folded[items[led].end : items[i].start]
            counted = view.pack.grammar["many"].search(words) and len(words.split()) <= 10
            counted = counted and not _named_behind(view, led)
            return view.parties(i + 1) if counted else []
    return []


def _named_behind(view: View, led: int) -> bool:
    """ "cho Syria khiến các nước như Oman lo ngại": whom the marker at item led governs has a name, and is not many."""
    behind = view.items[led + 1]
    many = view.pack.grammar["many"].search(view.folded, behind.start, behind.end)
    return bool(behind.parties) and not many and not view.between(led, led + 1).strip()


def warned_of(view: View) -> list[Party]:
    """ "dọa ngừng giao F-35 nếu Ankara mua S-400", "sẽ không bán": to whom it would not be handed over."""
    i = view.right_end
    near = not view.noun or (view.frame.options.get("nominal") and i - view.t <= 3)  # "hủy thỏa thuận F-35 nếu ..."
    if not near or i + 1 >= len(view.items) or view.items[i].marker != "conditional":
        return []
    ended = {("arms_transfer", "cancelled"), ("arms_transfer", "refused"), ("claim", "negation")}
    stops = any(ended & {*item.cues} for item in view.items[max(view.left, 0) : view.t])
    return view.parties(i + 1) if stops and not view.between(i, i + 1).strip() else []


def object(view: View) -> list[Party]:
    """The party right after a verb ("viện trợ Ukraine", "trừng phạt hai quan chức Nga"), before any weapon."""
    if view.noun and view.frame.fact_type == "arms_transfer":
        return []
    for i in range(view.t + 1, view.right_end):
        item = view.items[i]
        if "," in view.folded[view.trigger.end : item.start] or (
            item.marker in ("to", "from", "of", "with", "at", "exchange", "purpose", "between", "by")
            and not item.parties
        ):
            return []
        in_name = item.weapon and item.weapon.weak and view.frame.fact_type == "sanction"  # "Cục Trang thiết bị Mali"
        if (item.weapon and not in_name) or (item.frames and view.is_verb(i)):
            return []
        if item.cued("passive") or (item.marker == "after" and view.noun and view.frame.fact_type == "meeting"):
            return []
        if view.frame.fact_type == "meeting" and has_frame(item, "sanction"):
            return []  # "thảo luận việc trừng phạt Mali"
        if item.quotes and view.noun and view.frame.fact_type == "meeting":
            return []  # "trong cuộc họp này cũng nói rằng Mali ..."
        if view.frame.fact_type == "sanction" and (has_frame(item, "meeting") or ("claim", "negation") in item.cues):
            return []  # "lệnh cấm vận mới trong cuộc gặp Thủ tướng Mali", "lệnh cấm này không do Mali"
        if item.parties:
            words = view.folded[view.trigger.end : item.start]
            near = len(words.split()) <= 6
            near = near or (len(words.split()) <= 10 and _names_whom(view, i))
            if view.frame.fact_type == "meeting" and view.noun and item.parties[0].kind in ("capital", "place"):
                return []  # "hòa đàm Astana"
            if view.frame.fact_type == "meeting" and view.pack.grammar["matters"].search(
                view.folded, view.trigger.end, item.start
            ):
                return []
            free = item.governor is None or (item.governor == "and" and _pressed_too(view, i))
            return view.parties(i) + _second_object(view, i) if free and near else []
    return []


def _names_whom(view: View, i: int) -> bool:
    """ "trừng phạt năm nhân vật trong chính quyền lâm thời Mali": the phrase up to the country says who is hit."""
    if view.frame.fact_type != "sanction" or view.noun or any(item.cues for item in view.items[view.t + 1 : i]):
        return False
    kinds = (view.pack.grammar["target_kind"].get(kind) for kind in ("person", "organisation"))
    return any(kind and kind.search(view.folded, view.trigger.end, view.items[i].start) for kind in kinds)


def _pressed_too(view: View, i: int) -> bool:
    """ "trừng phạt và cô lập Mali": the party at item i is the object of a second verb that is of the same kind."""
    words = view.between(i - 1, i)
    return view.frame.fact_type == "sanction" and bool(view.pack.grammar["presses"].search(words))


def listed_objects(view: View) -> list[Party]:
    """ "trừng phạt hai hãng, ba quỹ và bốn nghị sĩ Mali nhằm ...": the last part names the country."""
    k = next((k for k in range(view.t + 1, view.right_end) if view.items[k].parties), None)
    if k is None or view.noun or view.items[k].governor is not None:
        return []
    *parts, last = view.folded[view.trigger.end : view.items[k].end].split(",")
    kinds = view.pack.grammar["target_kind"].values()
    plain = all(i.marker == "and" or i.role for i in view.items[view.t + 1 : k])
    each = plain and all(any(words.search(part) for words in kinds) for part in (*parts, last))
    return view.parties(k) if parts and each else []


def _second_object(view: View, i: int) -> list[Party]:
    """ "... và một đại lý của Triều Tiên": a list whose second part names its country with "của"."""
    if view.frame.fact_type != "sanction" or i + 2 >= len(view.items):
        return []
    link = view.items[i + 1]
    together = link.marker == "with" and view.folded[link.start : link.end] in view.pack.grammar["joiners"]
    if link.marker != "and" and not together:
        return []
    for k in range(i + 2, len(view.items)):
        gap = view.folded[view.items[i + 1].end : view.items[k].start]
        acts = view.items[k].frames and view.is_verb(k) and not _names_a_kind(view, k)
        if "," in gap or len(gap) > 45 or acts:
            return []
        span = view.items[i + 1].end, view.items[k].end
        kinds = view.pack.grammar["target_kind"].values()
        if view.items[k].parties and not any(words.search(view.folded, *span) for words in kinds):
            return []
        if view.items[k].parties:
            named = {p.country for p in view.parties(i)} if together else set()
            return [p for p in view.parties(k) if p.kind != "anaphor" and p.country not in named]
    return []


def from_(view: View) -> list[Party]:
    """ "từ Nga", "của phía Nga" after "mua"."""
    i = view.governed(("from",))
    far = i is not None and len(view.folded[view.trigger.end : view.items[i - 1].start].split()) > 4
    if view.frame.name == "call" and any(p.kind in ("metonym", "place") for p in view.parties(i)):
        return []  # "trong cuộc gọi từ Nhà Trắng": where somebody is
    return [] if far and view.frame.name == "punish" else view.parties(i)


def of(view: View) -> list[Party]:
    """ "lệnh trừng phạt của Mỹ", "chuyến thăm của ông Putin"."""
    for i in range(view.t + 1, view.right_end):
        item = view.items[i]
        if item.parties and item.governor == "of":
            owned = i - 2 > view.t and view.items[i - 2].parties
            if owned and owned[0].country == item.parties[0].country:
                continue
            words = len(view.folded[view.trigger.end : item.start].split())
            if view.frame.fact_type == "meeting" and view.noun and (_of_who_attends(view, i) or _of_the_topic(view, i)):
                return []
            if view.frame.fact_type == "meeting" and not view.noun:
                partner = view.governed(("with",))
                matter = view.pack.grammar["topic"].search(view.folded, view.trigger.end, item.start)
                behind = matter and partner is not None and partner < i  # "thảo luận với Mali về nghị quyết của ..."
                return [] if behind or words > 9 else view.parties(i)
            if view.frame.fact_type != "sanction":
                return view.parties(i) if words <= 9 else []
            between = view.items[view.t + 1 : i - 1]
            aimed = any(k.marker == "against" for k in between) and not any(k.parties for k in between)
            if aimed:
                return []  # "trừng phạt nhắm vào ngành dầu khí của Mali": whose that is
            if any(k.weapon or has_frame(k, "arms_transfer") for k in between):
                return []  # "trừng phạt thương vụ S-400 của Ankara": whose deal it is
            listed = bool(between) and all(_plain(k) for k in between)  # "tài sản của hai công ty thuộc quân đội Mali"
            frozen = view.words_before(i - 1).endswith(view.pack.grammar["frozen"])
            apart = words > 4 and not (listed or frozen or _of_one_noun(between))
            more = _second_object(view, i) if frozen else []  # "tài sản của 20 người Nga cùng 12 người Belarus"
            return view.parties(i) + more if words <= 7 and not apart else []
        if item.cued("passive") or "," in view.between(i - 1, i) or (item.frames and view.is_verb(i)):
            return []
        if item.marker == "purpose" and view.frame.fact_type == "sanction":
            return []
    return []


def _of_who_attends(view: View, i: int) -> bool:
    """ "hội nghị với sự tham gia của Chile và Oman": others than who holds it."""
    return view.pack.grammar["attendance"].search(view.folded, view.trigger.end, view.items[i].start) is not None


def _of_the_topic(view: View, i: int) -> bool:
    """ "đàm phán với Mali về việc mua S-400 của Nga": behind the partner and what is talked about."""
    partner = view.governed(("with",))
    if partner is None or partner > i:
        return False
    return bool(view.pack.grammar["topic"].search(view.folded, view.items[partner].end, view.items[i].start))


def _of_one_noun(between: list[Item]) -> bool:
    """ "đơn phương và đa phương", "mới nhằm vào Mali": attributes, and whom it hits, before its owner."""
    hits = [k for k in between if k.parties or k.marker == "against"]
    rest = [k for k in between if k not in hits]
    return (
        bool(between)
        and all(k.governor == "against" for k in hits if k.parties)
        and all(k.marker == "and" or k.cued("sanction") for k in rest)
    )


def modifier(view: View) -> list[Party]:
    """ "EU sanctions", "Russia's delivery": the party right before the noun."""
    i = view.t - 1
    before = view.noun and i >= 0 and view.between(i, view.t).strip() in ("", "'s", "’s")
    return view.parties(i) if before else []


def of_leading(view: View) -> list[Party]:
    """ "mua của Nga": "của" right after the verb; behind a noun ("kế hoạch mua sắm của Oman") stands who buys."""
    buys = view.noun and view.frame.name == "get" and not _thing_behind_owner(view)
    return [] if buys or _bans_goods_of(view) else _of_right_behind(view)


def _bans_goods_of(view: View) -> bool:
    """ "EU áp lệnh cấm nhập khẩu dầu của Nga": whose goods they are, where who lays the ban stands before it."""
    if view.frame.name != "trade" or not view.noun or view.left < 0 or not view.parties(view.left):
        return False
    between = view.items[view.left + 1 : view.t]
    goods = view.t + 1 < len(view.items) and view.between(view.t, view.t + 1).strip()
    return bool(goods and between) and all(("sanction", "imposed") in item.cues for item in between)


def _thing_behind_owner(view: View) -> bool:
    """ "hợp đồng mua của Chile xe tăng": the thing right behind says that "của" tells who sells."""
    i = view.t + 3
    if i >= len(view.items) or view.items[i].weapon is None or not _of_right_behind(view):
        return False
    counts = view.pack.grammar["amounts"] | view.pack.grammar["dates"]["number"].keys()
    return all(word in counts or word[0].isdigit() for word in view.between(i - 1, i).split())


def _of_right_behind(view: View) -> list[Party]:
    nxt = view.t + 1
    if nxt + 1 < len(view.items) and view.items[nxt].marker == "of":
        return view.parties(nxt + 1) if view.items[nxt + 1].parties else []
    return []


def of_left(view: View) -> list[Party]:
    """ "Sáu chiếc Su-30 của Nga sẽ được giao": the owner behind the weapon, left of the trigger."""
    for i in range(view.t - 1, -1, -1):
        item = view.items[i]
        if item.weapon and item.parties:
            return view.parties(i)  # "binh sĩ Mali được cử tới ..."
        if (
            i
            and item.weapon
            and view.items[i - 1].parties
            and view.items[i - 1].parties[0].kind == "adjective"
            and not view.between(i - 1, i).strip()
        ):
            return view.parties(i - 1)
        if ("," in view.between(i, i + 1) and view.passive is None) or item.weapon:
            return []
        if i and item.parties and item.governor in ("of", "from"):
            low = max(0, i - 5)
            near = [k for k in range(low, i) if view.items[k].weapon or has_frame(view.items[k], "arms_transfer")]
            return view.parties(i) if near and "," not in view.folded[view.items[near[-1]].end : item.start] else []
        if item.parties:
            weapon_before = i and view.items[i - 1].weapon and not view.between(i - 1, i).strip()
            return view.parties(i) if weapon_before and item.governor is None else []
    return []


def fronted_to(view: View) -> list[Party]:
    """ "Cho Syria, Nga đã chuyển ...": the side that opens the sentence."""
    return _fronted(view, "to")


def fronted_from(view: View) -> list[Party]:
    """ "Từ Séc, Iraq đã nhận ..."."""
    return _fronted(view, "from")


def _fronted(view: View, marker: str) -> list[Party]:
    if len(view.items) > 2 and view.items[1].governor == marker and not view.between(-1, 0).strip(' "“'):
        return view.parties(1) if "," in view.between(1, 2) and view.t > 1 else []
    return []


def promiser(view: View) -> list[Party]:
    """ "Tổng thống Biden cho biết vũ khí sẽ được gửi tới ...": who promises it gives it."""
    if view.passive is None or not any(
        c[1] == "agreed" for i in range(view.passive - 2, view.passive + 1) if i >= 0 for c in view.items[i].cues
    ):
        return []
    for i in range(view.passive - 1, -1, -1):
        if ("claim", "say") in view.items[i].cues:
            return view.parties(view.subject_before(i))
    return []


def of_weapon(view: View) -> list[Party]:
    """ "vũ khí của Nga"."""
    return view.parties(_after_weapon(view, ("of",)))


def of_object(view: View) -> list[Party]:
    """ "trừng phạt các công ty của Nga": the owner of what is hit."""
    found: list[Party] = []
    owner = None
    for i in range(view.t + 1, view.right_end):
        item = view.items[i]
        goods = view.frame.name == "trade" and not view.folded.startswith(",", view.trigger.end)  # "dầu, khí của Mali"
        if "," in view.between(i - 1, i) and not found and not goods:
            return []
        if item.parties:
            if item.governor not in ("of", "at", "from") or (
                found and (len(view.between(i - 1, i)) > 60 or (view.noun and item.governor != owner))
            ):
                return found
            kinds = view.pack.grammar["target_kind"].values()
            span = view.trigger.end, item.end
            if item.governor == "at" and not any(words.search(view.folded, *span) for words in kinds):
                return found  # "trừng phạt tại Geneva": where, not whom
            found, owner = found + view.parties(i), item.governor
            if not any(k < len(view.items) and view.items[k].marker == "and" for k in (i + 1,)):
                return found
            continue
        if (item.weapon or (item.frames and view.is_verb(i))) and not _in_a_name(view, i):
            return []
    return []


def _in_a_name(view: View, i: int) -> bool:
    """ "trừng phạt Cục Phát triển trang bị của Mali": item i is a word of the name right behind the trigger."""
    words = view.text[view.trigger.end : view.items[i].start].split()
    return 0 < len(words) <= 5 and words[0][0].isupper() and not any("," in word for word in words)


def of_matter(view: View) -> list[Party]:
    """ "siết trừng phạt về chương trình hạt nhân, tên lửa của Iran": whose the matter is that it is over."""
    reach = view.trigger.end + (90 if view.frame.options.get("listing") else 40)
    over = view.pack.grammar["sanctioned_matters"].search(view.folded, view.trigger.end, min(reach, view.sentence.end))
    for i in range(view.t + 1, len(view.items) if over else 0):
        item = view.items[i]
        if ";" in view.between(i - 1, i) or (item.frames and view.is_verb(i)) or item.quotes:
            return []
        if item.parties and item.start > over.end():
            near = item.start - over.end() < 90
            return view.parties(i) if near and item.governor in ("of", "from", "at", None) else []
    return []


def maker(view: View) -> list[Party]:
    """ "pháo do Séc sản xuất"."""
    makers = tuple(view.pack.grammar["makers"])
    for i in range(view.right_end):
        item = view.items[i]
        if item.parties and item.governor == "at" and i > 2 and view.items[i - 2].cued("passive"):
            made = view.between(i - 2, i - 1).strip().startswith(makers) and view.items[i - 3].weapon
            if made and not view.between(i - 3, i - 2).strip() and i - 3 > view.t:
                return view.parties(i)  # "khí tài được sản xuất tại Mỹ"
        if item.parties and item.governor in ("by", "relative") and _has_made(view, i):
            before = [k for k in range(i) if view.items[k].weapon]
            first = next((k for k in before if k > view.t), before[-1] if before else None)
            own = first is None or first < view.t or not any(view.is_verb(k) for k in range(view.t + 1, first))
            if (
                first is not None
                and own
                and _one_thing(view, first, before[-1])
                and len(view.folded[view.items[before[-1]].end : item.start]) < 30
            ):
                found = view.parties(i) if item.start - view.items[first].end < 70 else []
                own = {weapon.maker for weapon in (view.items[k].weapon for k in before) if weapon.maker}
                return [p for p in found if p.country in own] or found
    return []


def _has_made(view: View, i: int) -> bool:
    """ "do Séc sản xuất", "mà Pháp từng đóng": behind the party at item i a verb of making, and a tense between."""
    tense = (
        i + 1 < len(view.items)
        and view.folded[view.items[i + 1].start : view.items[i + 1].end] in view.pack.grammar["tenses"]
    )
    return view.words_after(i + bool(tense)).startswith(tuple(view.pack.grammar["makers"]))


def maker_in_brackets(view: View) -> list[Party]:
    """ "hai tàu ngầm do nhà máy Zavod (Nga) đóng": of whose maker only the country has a known name."""
    makers = view.pack.grammar["makers"]
    for i in range(view.t + 2, len(view.items)):
        item = view.items[i]
        by = next(
            (k for k in range(i - 1, view.t, -1) if view.items[k].marker == "by" and not view.items[k].parties), None
        )
        opened = view.folded[item.start - 1 : item.start] == "("
        if by is None or not item.parties or not opened or not view.words_after(i).startswith(")"):
            continue
        thing = any(item.weapon for item in view.items[view.t + 1 : by])
        named = len(view.folded[view.items[by].end : item.start].split()) <= 6
        return view.parties(i) if thing and named and view.words_after(i)[1:].lstrip().startswith(makers) else []
    return []


def discarder(view: View) -> list[Party]:
    """ "nhận hai tàu tuần duyên mà Mỹ loại biên": who no longer needs the thing gives it away."""
    for i in range(view.t + 2, view.right_end):
        if view.items[i].governor == "relative" and view.items[i - 2].weapon:
            gone = view.words_after(i, 24).startswith(view.pack.grammar["discards"])
            return view.parties(i) if gone and not view.between(i - 2, i - 1).strip() else []
    return []


def helper(view: View) -> list[Party]:
    """ "Washington giúp Canberra có được tàu ngầm": who helps somebody to a thing gives it."""
    i = view.left
    if i < 1 or view.noun or view.word not in view.pack.grammar["gains"]:
        return []
    if not view.words_before(i).endswith(view.pack.grammar["helps"]):
        return []
    return view.parties(view.subject_before(i))


def lender(view: View) -> list[Party]:
    """ "Ấn Độ cho Hà Nội vay 100 triệu USD để mua tàu tuần tra": of whose making nothing is told."""
    i = view.left
    if i > 0 and view.items[i].governor == "purpose" and not view.between(i - 1, i).strip():
        giver = view.subject_before(i - 1)  # "Nga cấp tín dụng để Lào mua xe tăng"
        lends = giver is not None and view.pack.grammar["credits"].search(
            view.folded, view.items[giver].end, view.items[i - 1].start
        )
        return view.parties(giver) if lends else []
    if i < 1 or view.items[i].governor != "to" or not view.words_after(i).startswith(view.pack.grammar["borrows"]):
        return []
    return view.parties(view.subject_before(i))


def in_talks(view: View) -> list[Party]:
    """ "Oman không đàm phán với Peru về việc cung cấp S-300": with whom one talks of giving it."""
    if not view.noun:
        return []
    for i in range(view.t - 1, 1, -1):
        talks = ("arms_transfer", "negotiating") in view.items[i - 2].cues
        if view.items[i].parties or "," in view.between(i, i + 1):
            return view.parties(i) if view.items[i].governor == "with" and talks else []
    return []


def _one_thing(view: View, first: int, last: int) -> bool:
    """ "một tàu sân bay có thể mang các tiêm kích do Mỹ chế tạo": what stands far behind is another thing."""
    words = view.folded[view.items[first].end : view.items[last].start].split() if last > first else []
    return len(words) <= 6 and not view.tells_what_it_can(first + 1, last)


def holder(view: View) -> list[Party]:
    """ "vũ khí bị quân đội Nga thu giữ": who has it stands behind a passive after the weapon."""
    for i in range(view.t + 2, min(view.right_end + 1, len(view.items))):
        item = view.items[i]
        if item.parties and view.items[i - 1].cued("passive"):
            if not view.words_after(i, 30).startswith(view.pack.grammar["holders"]):
                return []
            if any(view.items[k].weapon for k in range(view.t + 1, i - 1)):
                return view.parties(i)
    return []


def buyer(view: View) -> list[Party]:
    """ "việc mua radar của Peru từ Nga": where "từ" says who sells, "của" says who buys."""
    if not view.noun:
        return []
    if _thing_behind_owner(view):
        return []
    return _of_right_behind(view) or (of_weapon(view) if view.governed(("from",)) is not None else [])


def hired(view: View) -> list[Party]:
    """ "thuê 1.000 tay súng Wagner": whose group those are who are hired."""
    behind = range(view.t + 1, min(view.t + 3, view.right_end))
    group = next((i for i in behind if view.items[i].weapon and view.items[i].parties), None)
    if group is None or view.items[group].parties[0].kind != "group":
        return []
    return view.parties(group)


def weapon_modifier(view: View) -> list[Party]:
    """ "mua tên lửa Nga": the country right after the weapon."""
    return view.parties(_after_weapon(view, (None,)))


def _after_weapon(view: View, governors: tuple[str | None, ...]) -> int | None:
    last = None
    for i in range(view.t + 1, view.right_end):
        item = view.items[i]
        if item.weapon and last is not None and (" " + view.words_before(i)).endswith(view.pack.grammar["fends_off"]):
            return None  # "hệ thống phòng thủ đánh chặn tên lửa của Mali"
        if item.weapon:
            last = i
        elif item.parties and last is not None:
            gap = view.folded[view.items[last].end : item.start]
            if item.governor in governors and "," not in gap and len(gap) <= (1 if item.governor is None else 40):
                return i
            return None
        elif (item.frames and not item.marker and (view.is_verb(i) or last is not None)) or (
            last is not None
            and item.marker in ("from", "to", "with", "exchange", "purpose", "instrument")
            and not (i + 1 < view.right_end and view.items[i + 1].governor == item.marker)
        ):
            return None
    return None


def relative_signer(view: View) -> list[Party]:
    """ "hợp đồng mua S-400 mà Ankara ký với Moscow"."""
    for i in range(view.t + 1, view.right_end - 1):
        if view.items[i].parties or "," in view.between(i - 1, i):
            return []
        if view.items[i].marker == "relative" and view.noun:
            return view.parties(i + 1)
    return []


def _such_partners(view: View) -> list[Party]:
    """ "đàm phán với các đối tác như Ý và Malta": whom the list behind the preposition names."""
    for i in range(view.t + 1, min(view.t + 4, view.right_end - 2)):
        if view.items[i].marker == "with" and view.items[i + 1].marker == "include" and view.items[i + 2].parties:
            near = len(view.between(i, i + 1).split()) <= 5 and len(view.between(view.t, i).split()) <= 3
            return view.parties(i + 2) if near and "," not in view.between(i, i + 1) else []
    return []


def with_(view: View) -> list[Party]:
    """ "với Nga" to the right of the trigger, else to its left in the same clause."""
    gives = view.frame.name == "give" and not view.noun
    if gives and view.word in view.pack.grammar["attributes"]:
        return []
    right = None if gives else view.governed(("with",))
    direct = view.word in view.pack.grammar["direct_verbs"]
    if right is None and view.frame.name == "press":
        return []
    if right is None and view.frame.fact_type == "meeting" and (named := _such_partners(view)):
        return named
    if right is not None and any(view.items[k].marker == "purpose" for k in range(view.t + 1, right)):
        return []
    last = max((k for k in range(view.t, right or view.t) if view.items[k].weapon), default=view.t)
    if right is not None and any(view.items[k].marker == "to" for k in range(last + 1, right)):
        return []
    if direct and right is not None and len(view.folded[view.trigger.end : view.items[right].start].split()) > 3:
        return []
    reach = 7 if view.frame.fact_type == "arms_transfer" else 14
    if right is not None and view.frame.fact_type == "sanction" and not _hit_with(view, right):
        return []
    if right is not None:
        last = max((k for k in range(view.t, right) if k == view.t or view.items[k].weapon), default=view.t)
        words = len(view.folded[view.items[last].end : view.items[right].start].split())
        far = words > 7 and view.frame.fact_type == "meeting"
        acts = ("person", "institution", "group")
        return [p for p in view.parties(right) if words <= reach and (not far or p.kind in acts)]
    before = (" " + view.words_before(view.t)).endswith
    if view.frame.fact_type == "meeting" and (
        before((*view.pack.grammar["ahead_words"], *view.pack.grammar["over_words"])) or _meets_behind(view)
    ):
        return []
    for i in range(view.t - 1, -1, -1):
        item = view.items[i]
        if "," in view.between(i, i + 1) or ";" in view.between(i, i + 1):
            return []
        if item.parties and item.governor == "with":
            if view.frame.fact_type == "sanction" and i > 1 and has_frame(view.items[i - 2], "meeting"):
                return []
            return view.parties(i) if not set("–—") & set(view.folded[item.end : view.trigger.start]) else []
        if item.parties and item.governor is None:
            return []
    return []


def _meets_behind(view: View) -> bool:
    """ "hội đàm với ông A và gặp ông B": whom a verb has right behind it, it has not before it."""
    behind = view.items[view.t + 1] if view.t + 1 < len(view.items) else None
    near = behind is not None and bool(behind.parties) and not view.between(view.t, view.t + 1).strip()
    return (
        near and not view.noun and behind.governor is None and bool(behind.parties[0].person or behind.parties[0].title)
    )


def _hit_with(view: View, right: int) -> bool:
    """Whom a sanction hits stands in its own clause, and no second verb ("... và tăng cường hợp tác với Mali") before
    but one that presses him; a comma before it needs a noun of those who are hit."""
    for k in range(view.t + 1, right - 1):
        if view.items[k].marker == "and" and view.items[k + 1].cues and not view.items[k + 1].frames:
            return bool(view.pack.grammar["presses"].search(view.folded, view.items[k].end, view.items[right].start))
    kinds = view.pack.grammar["target_kind"].values()
    span = view.items[right].start - 30, view.items[right].end
    apart = "," in view.folded[view.trigger.end : view.items[right].start]
    return not apart or any(words.search(view.folded, *span) for words in kinds)


def partner(view: View) -> list[Party]:
    """ "Ấn Độ ký thỏa thuận với Israel cung cấp radar": who stands right before the verb gives."""
    i = view.t - 1
    adjacent = i > 0 and view.items[i].governor == "with" and not view.between(i, view.t).strip()
    adjacent = adjacent and not view.acts_with(i)
    return view.parties(i) if adjacent and not view.noun and view.subject_before(i) is not None else []


def partner_of(view: View) -> list[Party]:
    """Who signed with the `partner`."""
    return view.parties(view.subject_before(view.t - 1)) if partner(view) else []


def asker(view: View) -> list[Party]:
    """ "Ukraine đề nghị Mỹ cung cấp": the one who asks is the one who would get it."""
    doer = view.subject_before(view.t)
    if doer is None:
        return []
    ask = next((k for k in range(doer - 1, -1, -1) if view.items[k].cued("ask")), None)
    if ask is None or "," in view.folded[view.items[ask].end : view.items[doer].start]:
        return []
    if any(view.items[k].parties for k in range(ask + 1, doer)):
        return []
    ended = {("arms_transfer", "cancelled"), ("arms_transfer", "refused"), ("claim", "negation")}
    if any(ended & {*item.cues} for item in view.items[ask : view.t]):
        return []  # "Bắc Kinh kêu gọi Mỹ ngừng bán": not to Bắc Kinh
    who = view.subject_before(ask)
    return view.parties(who) if who is not None and who != doer else []


def answerer(view: View) -> list[Party]:
    """ "Mỹ bác yêu cầu của Peru muốn mua trực thăng", "Yêu cầu của Peru mua trực thăng bị Mỹ từ chối": who answers the
    request would sell."""
    k = view.left
    if k < 2 or view.items[k].governor != "of":
        return []
    if not view.is_request_of(k):
        return []
    answers = {("arms_transfer", "refused"), ("arms_transfer", "agreed")}
    if answers & {*view.items[k - 2].cues, *(view.items[k - 3].cues if k > 2 else ())}:
        who = view.parties(view.subject_before(k - 2))
    else:
        by = next((i for i in range(view.t + 1, len(view.items)) if answers & {*view.items[i].cues}), 0) - 1
        passive = by - 1 > view.t and view.items[by - 1].cued("passive") and not view.between(by - 1, by).strip()
        who = view.parties(by) if passive else []
    return [p for p in who if p.country != view.items[k].parties[0].country]


def awaiting(view: View) -> list[Party]:
    """ "Kuwait đang chờ Mỹ phê chuẩn đề nghị mua 20 trực thăng": who waits for another's leave would get it."""
    i = _whose_leave(view)
    return view.parties(view.subject_before(i - 1)) if i is not None else []


def awaited(view: View) -> list[Party]:
    """ "Kuwait đang chờ Mỹ phê chuẩn đề nghị mua": whose leave it takes."""
    return view.parties(_whose_leave(view))


def _whose_leave(view: View) -> int | None:
    i = view.left
    if i < 2 or i + 1 >= view.t or view.between(i - 1, i).strip() or view.between(i, i + 1).strip():
        return None
    waits, lets = (view.folded[view.items[k].start : view.items[k].end] for k in (i - 1, i + 1))
    if waits not in view.pack.grammar["awaits"] or lets not in view.pack.grammar["lets"]:
        return None
    buyer = view.subject_before(i - 1)
    own = {p.country for p in view.parties(i)}
    other = buyer is not None and bool(view.parties(buyer)) and not own & {p.country for p in view.parties(buyer)}
    return i if other and "," not in view.folded[view.items[i].end : view.trigger.start] else None


def asked(view: View) -> list[Party]:
    """ "Oman muốn Mali giải giáp, để đổi lấy việc dỡ bỏ lệnh trừng phạt": of whom something is asked in return."""
    i = next((i for i in range(view.t - 1, 0, -1) if view.items[i].parties), None)
    return view.parties(i) if i is not None and view.asker_goes_on(i) else []


def chooser(view: View) -> list[Party]:
    """ "Pháp được Úc chọn để cung cấp tàu ngầm", "Úc chọn Pháp để cung cấp": who chooses gets it."""
    i = view.chosen
    if i is not None:
        return view.parties(i + 1) if i + 1 < view.t else []
    whom = _picked(view)
    return view.parties(view.subject_before(whom)) if whom is not None else []


def main_doer(view: View) -> list[Party]:
    """ "Ngoài việc bán xe tăng cho Peru, Oman còn ...": who acts in the main clause did what opens the sentence."""
    opens = view.pack.grammar["fronts"].match(view.folded, view.sentence.start)
    if view.passive is not None or not opens or any(item.parties for item in view.items[: view.t]):
        return []
    if "," in view.folded[opens.end() : view.trigger.start]:
        return []
    behind = range(view.t + 1, len(view.items))
    first = next((i for i in behind if view.items[i].parties and "," in view.between(i - 1, i)), None)
    if first is None or view.items[first].governor is not None or view.between(first - 1, first).strip() != ",":
        return []
    return view.parties(first)


def mainly_from(view: View) -> list[Party]:
    """ "nhập số vũ khí trị giá 1 tỷ USD kể từ năm 2021, chủ yếu từ Nga": whence most of it comes, at the end."""
    for i in range(view.t + 2, len(view.items)):
        mainly = view.items[i].governor == "from" and (" " + view.words_before(i - 1)).endswith(
            view.pack.grammar["most"]
        )
        if view.items[i].parties and mainly:
            return view.parties(i)
        if view.is_verb(i) and has_frame(view.items[i], "arms_transfer"):
            return []
    return []


def picked(view: View) -> list[Party]:
    """ "Úc chọn Pháp để cung cấp tàu ngầm": who is chosen gives it."""
    return view.parties(_picked(view))


def _picked(view: View) -> int | None:
    named = (k for k in range(view.t - 1, 0, -1) if view.items[k].parties and view.items[k].governor is None)
    whom = next(named, None)
    if whom is None or not (" " + view.words_before(whom)).endswith(view.pack.grammar["chooses"]):
        return None
    return None if "," in view.folded[view.items[whom].end : view.trigger.start] else whom


def user(view: View) -> list[Party]:
    """ "Ukraine sử dụng tên lửa do Mỹ viện trợ": who uses what another gave has got it."""
    low = max(view.t - 4, -1)
    using = view.pack.grammar["using"]
    links = [k for k in range(view.t - 1, low, -1) if view.items[k].marker in ("by", "relative")]
    link = next(iter(links), 0) if view.passive is None else view.passive
    if not link or view.noun or not view.items[link - 1].weapon:
        return []
    if any(item.marker or item.frames for item in view.items[link + 1 : view.t]):
        return []
    first = link - 1
    while first and view.items[first - 1].weapon:
        first -= 1
    behind = view.t + 2  # "tên lửa do Anh cung cấp đã được Ukraine sử dụng"
    if behind < len(view.items) and view.items[behind - 1].cued("passive") and view.items[behind].parties:
        return view.parties(behind) if using.match(view.folded, view.items[behind].end + 1) else []
    who = view.subject_before(first)
    if who is None or not using.search(view.folded, view.items[who].end, view.items[first].start):
        return []
    return view.parties(who)


def cosigner(view: View) -> list[Party]:
    """ "Israel và Đức ký hợp đồng, theo đó Berlin sẽ mua": the other of the two who have a deal."""
    doer = view.subject_before(view.t)
    signing = view.pack.grammar["signing"]
    if doer is None or not any(view.folded[item.start : item.end] in signing for item in view.items[:doer]):
        return []
    mine = {p.country for p in view.items[doer].parties}
    places = [i for i in range(doer) if view.items[i].governor in (None, "and", "with", "between")]
    signed = {p.country: p for i in places for p in view.parties(i)}
    return [signed[c] for c in signed if c not in mine] if len(signed) == 2 and len(signed.keys() - mine) == 1 else []


def helped(view: View) -> list[Party]:
    """ "bán lô vũ khí nhằm giúp Hàn Quốc phòng thủ", "để Hàn Quốc phòng thủ": whom a sale is to help gets it."""
    for i in range(view.t + 1, min(view.right_end + 3, len(view.items))):
        if ";" in view.between(i - 1, i):
            return []
        if view.items[i].parties:
            near = view.items[i].start - view.trigger.end < 120
            may_act = view.items[i].governor == "purpose" and not view.between(i - 1, i).strip()
            helps = may_act or view.words_before(i).endswith(view.pack.grammar["helps"])
            return view.parties(i) if near and helps else []
    return []


def requested_by(view: View) -> list[Party]:
    """ "bán vũ khí theo yêu cầu của Peru": who has asked for it gets it."""
    return view.parties(view.governed(("invitation",)))


def has_ordered(view: View) -> list[Party]:
    """ "không bàn giao 100 tiêm kích F-35 mà Peru mua": who has bought or paid the thing is who would get it."""
    link = next((i for i in range(view.t + 2, len(view.items) - 2) if view.items[i].marker == "relative"), 0)
    if (
        not link
        or not view.items[link - 1].weapon
        or any(item.marker not in (None, "to") for item in view.items[view.t + 1 : link])
    ):
        return []
    buys = has_frame(view.items[link + 2], "arms_transfer.get")
    pays = view.pack.grammar["pays"].match(view.words_after(link + 1))
    near = not view.between(link, link + 1).strip() and "," not in view.between(link - 1, link)
    return view.parties(link + 1) if (buys or pays) and near else []


def object_before(view: View) -> list[Party]:
    """ "đưa 5 công ty Nga vào danh sách đen": what is put on the list stands before it."""
    for i in range(view.t - 1, -1, -1):
        item = view.items[i]
        if "," in view.between(i, i + 1):
            return []
        if item.parties and i != view.subject_before(view.t):
            return view.parties(i)
    return []


def _listing(view: View) -> tuple[int, int] | None:
    """ "Mỹ đưa ngân hàng A của Nga và ông B vào danh sách đen": places of who lists, and of the first who is listed."""
    if view.passive is not None:
        return None
    verbs = [*view.pack.grammar["listing_verbs"].finditer(view.folded, view.sentence.start, view.trigger.start)]
    for verb in reversed(verbs):
        first = next((i for i in range(view.t) if view.items[i].start >= verb.end() and view.items[i].parties), None)
        at = next((i for i in range(view.t) if view.items[i].start >= verb.start()), view.t)
        if first is None:
            continue
        owner = at - 1 if at and view.items[at - 1].parties and view.decides(at - 1) else None
        if (who := view.subject_before(at) if owner is None else owner) is not None:
            return who, first
    return None


def lister(view: View) -> list[Party]:
    """Who puts somebody on a list."""
    found = _listing(view)
    return view.parties(found[0]) if found else []


def put_on_list(view: View) -> list[Party]:
    """Whom somebody puts on a list."""
    found = _listing(view)
    behind = range(found[1], view.t) if found else ()
    return [p for i in behind if i == found[1] or view.items[i].governor in (None, "and") for p in view.parties(i)]


def sufferer(view: View) -> list[Party]:
    """ "đồng rial của Iran mất giá do lệnh cấm vận": the nearest party to the left, whatever it is there."""
    return next((view.parties(i) for i in range(view.t - 1, -1, -1) if view.parties(i)), [])


def member(view: View) -> list[Party]:
    """ "ba hãng Chile có tên trong danh sách trừng phạt": the party right before is who is on it."""
    found = [*view.pack.grammar["membership"].finditer(view.folded, view.sentence.start, view.trigger.start)]
    at = found[-1].start() if found else -1
    if not found or view.trigger.start - found[-1].end() > 30:
        return []
    i = next((k for k in range(view.t - 1, -1, -1) if view.items[k].end <= at and view.items[k].parties), None)
    return view.parties(i) if i is not None and len(view.folded[view.items[i].end : at].split()) <= 2 else []


def warned(view: View) -> list[Party]:
    """ "Mỹ cảnh báo Serbia về các biện pháp trừng phạt": whom one threatens stands right behind the verb."""
    for i in range(view.t - 1, 0, -1):
        item, verb = view.items[i], view.items[i - 1]
        if "," in view.between(i, i + 1):
            return []
        if item.parties:
            threat = ("sanction", "threatened") in verb.cues and not view.between(i - 1, i).strip()
            about = view.pack.grammar["topics"].search(view.folded, item.end, view.trigger.start)
            doer = view.parties(view.subject_before(i - 1)) if threat and about else []
            return [p for p in view.parties(i) if p.country not in {d.country for d in doer}] if doer else []
    return []


def pressed(view: View) -> list[Party]:
    """ "siết cấm vận để buộc Mali đàm phán": whom it is to bring to something."""
    for i in range(view.t + 1, min(view.right_end, len(view.items) - 1)):
        if view.items[i].marker == "purpose":
            k = next((k for k in range(i + 1, len(view.items)) if view.items[k].parties), None)
            words = view.folded[view.items[i].end : view.items[k].start] if k is not None else ""
            led = len(words.split()) <= 5 and view.pack.grammar["presses"].search(words)
            return view.parties(k) if led else []
    return []


def harmed(view: View) -> list[Party]:
    """ "lệnh trừng phạt của Oman vốn đã bóp nghẹt kinh tế Mali": whom the clause behind its owner names as object."""
    link = next((i for i in range(view.t + 1, view.right_end) if view.items[i].marker == "relative"), None)
    if link is None or not view.noun or not any(view.parties(i) for i in range(view.t + 1, link)):
        return []
    k = next((k for k in range(link + 1, len(view.items)) if view.items[k].parties), None)
    words = view.folded[view.items[link].end : view.items[k].start] if k is not None else ""
    return view.parties(k) if words.strip() and "," not in words and len(words) < 60 else []


def lone(view: View) -> list[Party]:
    """ "Nga tuyên bố đáp trả lệnh trừng phạt của Mỹ": who reacts, where the sentence names nobody else before."""
    found = [p for i in range(view.t) for p in view.parties(i)]
    return found[:1] if len({p.country for p in found}) == 1 else []


def market(view: View) -> list[Party]:
    """ "Dầu Mali bị cấm nhập vào thị trường châu Âu": whose market it is kept out of."""
    i = view.governed(("to", "at")) if view.passive is not None else None
    return view.parties(i) if i is not None and view.words_before(i).endswith(view.pack.grammar["markets"]) else []


def _plain(item: Item) -> bool:
    """A title, a body, "của" or "và": what a list of those who are hit is made of."""
    return item.marker in ("of", "and") or bool(item.role and not item.cues and not item.frames)


def _names_a_kind(view: View, k: int) -> bool:
    """ "hai nhà cung cấp tên lửa của Mali": the verb is part of a noun of those who are hit."""
    kinds = view.pack.grammar["target_kind"].values()
    start, end = view.items[k - 1].end, view.items[k].end
    return any(m.end() == end for words in kinds for m in words.finditer(view.folded, start, end))


def against(view: View) -> list[Party]:
    """ "đối với", "nhằm vào", "lên"; else "chống" to the right."""
    stop = view.right_end
    for i in range(view.t + 1, min(stop + 3, len(view.items))):
        item = view.items[i]
        if view.frame.fact_type == "sanction" and "," in view.between(i - 1, i):
            if item.marker == "adverb":  # "trừng phạt mới, nặng nhất từ trước tới nay, nhằm vào Mali"
                continue
            if view.frame.name == "trade" and item.marker == "and" and not item.parties:
                continue  # "phong tỏa đường bộ, đường biển và đường không đối với Mali"
            if item.marker != "against":
                return []
        if i >= stop and item.marker != "against" and item.governor != "against":
            if item.parties:
                return []
            continue
        if item.parties and item.governor == "against":
            return view.parties(i) + _second_object(view, i)
        if item.parties and item.governor == "with" and view.frame.fact_type == "sanction":
            return []
        if (
            view.frame.fact_type == "sanction"
            and has_frame(item, "sanction")
            and item.marker is None
            and i > view.t + 1
        ):
            return []  # "trừng phạt hai công ty ... né các biện pháp trừng phạt nhằm vào Mali"
        if view.frame.fact_type == "sanction" and item.marker == "after" and view.noun and i == view.t + 1:
            return []  # "lệnh trừng phạt sau cuộc không kích nhằm vào Mali"
        if item.marker == "against" and not item.parties and (_says_over_what(view, i) or _presses(view, i)):
            return []
        if item.marker == "against" and not item.parties:
            for k in range(i + 1, min(i + 7, len(view.items))):
                gap = view.between(k - 1, k)
                far = k > i + 3 and not _plain(view.items[k - 1])
                if (view.is_verb(k) and not _names_a_kind(view, k)) or far or view.items[k].start - item.end > 120:
                    break
                if (
                    view.items[k].parties
                    and len(gap) < 90
                    and ("," not in gap or len(gap.rsplit(",", 1)[1].split()) <= 4)
                ):
                    return view.parties(k) + _second_object(view, k)
    return []


def _presses(view: View, i: int) -> bool:
    """ "trừng phạt hãng A nhằm gây sức ép buộc ông B từ chức": what it is for."""
    purpose = view.folded[view.items[i].start : view.items[i].end] in view.pack.grammar["bare_purposes"]
    return purpose and i + 1 < len(view.items) and view.items[i + 1].cued("ask") and bool(object(view))


def _says_over_what(view: View, i: int) -> bool:
    """ "trừng phạt Nga liên quan đến Mali", "do có liên quan đến Mali": over what, where the marker at item i stands
    behind whom it hits, or in a reason."""
    grammar = view.pack.grammar
    if view.frame.fact_type != "sanction" or not grammar["relates"].match(view.folded, view.items[i].start):
        return False
    if (" " + view.words_before(i)).endswith(grammar["reason_openers"]):
        return True
    return any(item.parties and item.governor is None for item in view.items[view.t + 1 : i])


def target_of_noun(view: View) -> list[Party]:
    """ "lệnh trừng phạt Nga", "trừng phạt lên ngành dầu mỏ Iran"."""
    return object(view) if view.noun else []


def target_to(view: View) -> list[Party]:
    """ "với Triều Tiên", "cho Nga" as what a sanction hits."""
    i = view.governed(("with", "to"))
    negated = any(("claim", "negation") in item.cues for item in view.items[view.t + 1 : i or 0])
    return [] if view.noun and negated else view.parties(i)


def barred(view: View) -> list[Party]:
    """ "cấm các công ty nước này bán vũ khí cho Oman": with whom nobody is to deal."""
    if not view.word.startswith(view.pack.grammar["bans_whom"]):
        return []
    behind = range(view.t + 1, view.right_end)
    i = next((i for i in behind if view.items[i].parties and view.items[i].governor in ("to", "with")), None)
    return view.parties(i)


def _kept_out(view: View) -> int | None:
    """Place of what stands behind "cấm" in "Nga cấm tám quan chức Mali nhập cảnh"."""
    bars = view.pack.grammar[view.frame.options["object"]]
    found = [*bars.finditer(view.folded, view.sentence.start, view.trigger.start)]
    if not found or any(item.start == found[-1].start() and item.frames for item in view.items):
        return None  # "cấm vận"
    return next((i for i in range(view.t) if view.items[i].start >= found[-1].end()), None)


def barrer(view: View) -> list[Party]:
    """Who keeps somebody out, or whose act does ("nghị quyết của EU, vốn cấm ...")."""
    i = _kept_out(view)
    if i is None:
        return []
    if i > 2 and view.items[i - 2].marker == "relative" and not view.between(i - 3, i - 2).strip(" ,"):
        return view.parties(i - 3)
    return view.parties(view.subject_before(i))


def kept_out(view: View) -> list[Party]:
    """Whom somebody keeps out, or from trading."""
    i = _kept_out(view)
    if i is None or any(view.items[k].governor in ("to", "with", "from") for k in range(i, view.t)):
        return []
    return next((view.parties(k) for k in range(i, view.t) if view.parties(k)), [])


def between(view: View) -> list[Party]:
    """ "giữa A và B"."""
    for i in [*range(view.t + 1, view.right_end), *range(view.t - 1, -1, -1)]:
        item = view.items[i]
        if item.parties and item.governor == "between":
            if i > 1 and (" " + view.words_before(i - 1)).endswith(view.pack.grammar["wars"]):
                return []  # "bán đạn để dùng trong cuộc chiến giữa Mali và Oman"
            right = view.folded[view.trigger.end : item.start].split()
            left = view.folded[item.end : view.trigger.start].split()
            if len(right) > 12 or len(left) > 3 or (i > view.t and (_led_on(view, i) or _of_another_meeting(view, i))):
                return []
            found = view.parties(i)
            if (
                len({p.country for p in found}) < 2
                and i + 2 < len(view.items)
                and view.items[i + 1].marker in ("with", "and")
            ):
                twice = view.items[i + 2].marker == "with" and not view.items[i + 2].parties  # "với với"
                found = found + view.parties(min(i + 2 + twice, len(view.items) - 1))
            elif len(found) == 1 and view.folded[item.end : item.end + 1] == ",":
                found = found + _behind_apposition(view, i)
            elif len(found) == 1 and i + 2 < len(view.items) and view.items[i + 1].marker == "of":
                home, *others = view.parties(i + 2) or found  # "giữa ông A của Lào và ông B của Oman"
                found = found + others if home.country == found[0].country else found
            return found
        if i < view.t and ("," in view.between(i, i + 1) or item.parties):
            return []
    return []


def _of_another_meeting(view: View, i: int) -> bool:
    """ "thảo luận về việc tổ chức một cuộc gặp giữa A và B": a second noun of meeting has the pair."""
    return any(
        has_frame(view.items[k], "meeting") and view.is_noun(k) and view.between(k - 1, k).strip()
        for k in range(view.t + 1, i)
    )


def _behind_apposition(view: View, i: int) -> list[Party]:
    """ "giữa ông Boric, tổng thống của Chile và người đồng cấp Peru": the other one stands behind who the first is."""
    for k in range(i + 1, min(i + 7, len(view.items))):
        if view.items[k].parties and view.items[k].governor in (None, "of", "and"):
            return [p for p in view.parties(k) if p.country != view.items[i].parties[0].country]
    return []


def _led_on(view: View, i: int) -> bool:
    """ "dự án còn thảo luận, theo bản thỏa thuận giữa A và B": a verb's comma opens another clause."""
    behind = view.items[view.t + 1 : i - 1]
    return not view.noun and "," in view.folded[view.trigger.end : view.items[i].start] and any(k.cues for k in behind)


def pair_modifier(view: View) -> list[Party]:
    """ "thượng đỉnh Mỹ - Triều": two names right after the noun."""
    i = view.t + 1
    dash = i < len(view.items) and len(view.items[i].parties) > 1 and not view.between(view.t, i).strip()
    dash = dash and any(d in view.folded[view.items[i].start : view.items[i].end] for d in [" - ", "–", "—"])
    if (view.stands_behind("tenses") or not view.noun) and not dash and view.subject_before(view.t) is not None:
        return []  # "Mỹ sẽ tham vấn Nhật Bản và Hàn Quốc"
    if i + 1 < len(view.items) and view.items[i].weapon and not view.between(i, i + 1).strip():
        i += 1
    if i < len(view.items) and view.items[i].parties and len(view.between(i - 1, i).split()) <= 3:
        found = view.parties(i)
        direct = set(view.word.split()) & view.pack.grammar["direct_verbs"]
        met = found and not dash and direct and found[0].kind == "institution"  # "các cuộc gặp lãnh đạo Ý và Áo"
        return found if len({p.country for p in found}) > 1 and not met else []
    return []


def visitor(view: View) -> list[Party]:
    """Who comes: "của" after "chuyến thăm", else the subject; "Tới Paris, ông ..." has it in the clause behind."""
    if not view.noun or view.frame.options.get("strict"):
        return subject(view) or _invited(view) or ([] if _meets_there(view) else subject_after(view))
    found = of(view)
    if found and view.pack.grammar["ships"].search(view.folded, view.trigger.end, found[0].end):
        return []
    if (
        not found
        and (by := subject(view))
        and view.pack.grammar["ships"].search(view.folded, max(view.sentence.start, by[0].start - 12), by[0].end)
    ):
        return []
    return found or subject(view) or _said_there(view) or subject_after(view)


def _invited(view: View) -> list[Party]:
    """ "Tổng thống Mỹ được (ông Tập) mời thăm Bắc Kinh": who is invited would come."""
    k = view.t - 1
    if k < 1 or not view.items[k].cued("ask") or view.between(k, view.t).strip():
        return []
    passive = k - 2 if view.items[k - 1].parties else k - 1
    if passive < 1 or not view.items[passive].cued("passive"):
        return []
    return view.parties(view.subject_before(passive))


def _said_there(view: View) -> list[Party]:
    """ "..., ông A nói trong chuyến thăm Pháp": who says something on the visit makes it."""
    if not view.pack.grammar["inside"].search(view.folded, view.sentence.start, view.trigger.start):
        return []
    return [p for p in speaker(view) if "," not in view.folded[p.end : view.trigger.start]]


def _meets_there(view: View) -> bool:
    """ "Đến Ottawa, ông A hội đàm với ông B": the main clause tells the meeting itself."""
    first = next(iter(subject_after(view)), None)
    at = next((i for i, item in enumerate(view.items) if first in item.parties), len(view.items))
    verb = next((item for item in view.items[at + 1 :] if not item.cues), None)
    return bool(first and verb and has_frame(verb, "meeting") and not verb.marker)


def subject_after(view: View) -> list[Party]:
    """ "Trong chuyến thăm Pháp, ông Tập ...", "Khi gặp Nga, ông ...": the subject of the main clause behind a fronted
    noun, not of many, or behind a verb that opens the sentence."""
    if view.words_before(view.t).endswith(view.pack.grammar["plurals"]) or not (view.noun or _opens(view)):
        return []
    for i in range(view.t + 1, len(view.items)):
        item = view.items[i]
        if item.parties and item.governor == "at":
            continue  # "ở Manila, Philippines, ..."
        if item.parties and "," in view.folded[view.trigger.end : item.start]:
            return view.parties(i) if item.governor is None else []
        if ";" in view.between(i - 1, i):
            break
    return []


def written(view: View) -> list[Party]:
    """ "bức thư (mà) ông A gửi ông B": who writes to whom, in a clause behind the letter."""
    i = view.t + 1
    i += i < len(view.items) and view.items[i].marker == "relative" and not view.items[i].parties
    if not view.noun or i + 2 >= len(view.items) or not view.items[i].parties or view.between(i - 1, i).strip():
        return []
    verb = view.items[i + 1]
    if view.folded[verb.start : verb.end] not in view.pack.grammar["sends_letters"] or view.between(i, i + 1).strip():
        return []
    k = next((k for k in range(i + 2, min(i + 4, len(view.items))) if view.items[k].parties), None)
    near = k is not None and "," not in view.folded[verb.end : view.items[k].start]
    return view.parties(i) + view.parties(k) if near else []


def received(view: View) -> list[Party]:
    """ "ông A nhận được (một bức) thư của ông B": to whom a letter has come, and whose it is."""
    k = view.t - 1
    if k < 1 or view.folded[view.items[k].start : view.items[k].end] not in view.pack.grammar["receives_letters"]:
        return []
    who, words = view.subject_before(k), view.between(k, view.t).split()
    i = next((i for i in range(view.t + 1, min(view.t + 4, len(view.items))) if view.items[i].parties), None)
    sent = i is not None and len(view.folded[view.trigger.end : view.items[i].start].split()) <= 3
    return view.parties(who) + view.parties(i) if who is not None and sent and len(words) <= 2 else []


def to_left(view: View) -> list[Party]:
    """ "ông A đã gửi tới ông B một bức thư": to whom it goes stands between the verb and the letter."""
    for i in range(view.t - 1, view.left, -1):
        if view.items[i].parties:
            return view.parties(i) if view.items[i].governor == "to" and "," not in view.between(i, view.t) else []
    return []


def members(view: View) -> list[Party]:
    """ "vòng đàm phán gồm Mỹ, Nga và Trung Quốc": who stands in the list right behind the noun."""
    i = view.t + 1
    if not view.noun or i + 1 >= len(view.items) or view.items[i].marker != "include":
        return []
    near = len(view.folded[view.trigger.end : view.items[i + 1].start].split()) <= 6
    return view.parties(i + 1) if near else []


def attended(view: View) -> list[Party]:
    """ "cuộc họp tại Paris với sự tham dự của ông A và ông B": who is told to be there; a ceremony has its host too."""
    told = view.pack.grammar["attendance"].search(view.folded, view.trigger.end, view.sentence.end)
    behind = range(view.t + 1, len(view.items)) if told else ()
    i = next((k for k in behind if view.items[k].start >= told.end() and view.items[k].parties), None)
    named = i is not None and view.items[i].governor == "include"  # "của đại diện từ 20 nước, trong đó có Chile"
    if i is None or len(view.folded[told.end() : view.items[i].start].split()) > (14 if named else 4):
        return []
    there = view.parties(i)
    if view.frame.name != "ceremony" or len({p.country for p in there}) > 1:
        return there
    where = (k for k in range(view.t + 1, i) if view.items[k].parties and view.items[k].governor == "at")
    hosts = view.parties(next(where, None))
    return [*there, *(p for p in hosts[:1] if there and p.country != there[0].country)]


def organisers(view: View) -> list[Party]:
    """ "cuộc họp do Mỹ và Canada đồng tổ chức": who holds it together."""
    i = view.governed(("by",))
    if i is None or not view.noun:
        return []
    organises = view.pack.grammar["organises"]
    if i + 1 < len(view.items) and view.items[i + 1].parties and view.between(i, i + 1).strip() == ",":
        both = view.words_after(i + 1, 24).startswith(organises)  # "do Mỹ, Canada đồng tổ chức"
        return view.parties(i) + view.parties(i + 1) if both else []
    return view.parties(i) if view.words_after(i, 24).startswith(organises) else []


def convened(view: View) -> list[Party]:
    """ "Peru và Oman tổ chức Đối thoại chiến lược": who holds a gathering, right before it."""
    return subject(view) if view.words_before(view.t).endswith(view.pack.grammar["convenes"]) else []


def object_origin(view: View) -> list[Party]:
    """ "gặp các phái viên từ vùng Donbass": where somebody comes from whose office alone is named."""
    behind = range(view.t + 1, min(view.t + 8, view.right_end))
    office = next((i for i in behind if view.items[i].role and not view.items[i].parties), None)
    if office is None or view.items[office].role[0] != "titles" or len(view.between(view.t, office).split()) > 2:
        return []
    for i in range(office + 1, behind.stop):
        item = view.items[i]
        if "," in view.between(i - 1, i) or (item.frames and view.is_verb(i)):
            return []
        if item.parties and item.governor in ("from", "at", "of"):
            return view.parties(i)
    return []


def partner_right(view: View) -> list[Party]:
    """ "với ông Kim", "Tổng thống Pháp" right of the trigger: somebody whom the text names."""
    i = view.governed(("with",))
    if i is not None and len(view.folded[view.trigger.end : view.items[i].start].split()) > 12:
        return []
    return [p for p in view.parties(i) or object(view) if p.kind != "anaphor" or p.person]


def main_subject(view: View) -> list[Party]:
    """ "Sau cuộc gặp với ông Kim, ông Moon ...": who acts behind what opens the sentence, the other side of it."""
    found = subject_after(view) if view.left < 0 else []
    if not found or (_meets_there(view) and view.governed(("with",)) is None):
        return []
    at = next(i for i, item in enumerate(view.items) if found[0] in item.parties)
    comma = view.folded.rfind(",", view.trigger.end, found[0].start)
    if len(view.folded[comma + 1 : found[0].start].split()) > 4:
        return []
    acts = at + 1 < len(view.items) and view.items[at + 1].cues and len(view.between(at, at + 1).split()) <= 1
    return [p for p in found if p.person or (p.kind != "anaphor" and (p.title or acts))]


def owner_left(view: View) -> list[Party]:
    """ "Tuyên bố của ông Trump được đưa ra sau cuộc gặp với ông Kim": whose doing the sentence sets beside it."""
    for i in range(view.t - 1, -1, -1):
        if view.items[i].parties:
            return [p for p in view.parties(i) if p.person and view.noun and view.items[i].governor == "of"]
    return []


def _opens(view: View) -> bool:
    """Whether nothing but a word of time and a tense stands between the trigger and the start of its clause."""
    start = max(view.folded.rfind(",", view.sentence.start, view.trigger.start) + 1, view.sentence.start)
    words = view.folded[start : view.trigger.start]
    for item in view.items[: view.t]:
        if item.start >= start:
            if item.parties or not (item.cues or item.marker == "after"):
                return False
            words = words.replace(view.folded[item.start : item.end], " ", 1)
    return not words.strip() and view.left < 0


def host(view: View) -> list[Party]:
    """Where to: the object of the visit, or what "tới", "tại" governs; "Chile là điểm dừng của chuyến công du"."""
    return _visited_behind(view) or _tour_stop(view)


def _tour_stop(view: View) -> list[Party]:
    """ "Ấn Độ là chặng dừng chân đầu tiên trong chuyến công du của ông A": the stop stands before the tour."""
    if not view.noun or view.left < 0:
        return []
    said = view.folded[view.items[view.left].end : view.trigger.start]
    return view.parties(view.left) if view.pack.grammar["tour_stops"].match(said) else []


def _visited_behind(view: View) -> list[Party]:
    start = view.trigger.end
    for i in range(view.t + 1, view.right_end):
        item = view.items[i]
        gap = view.between(i - 1, i)
        if "," in gap and not (item.parties and item.governor in ("to", "at")):
            return []
        if view.pack.grammar["not_visited"].intersection(gap.split()):
            return []  # "chuyến thăm ngôi đền khiến Seoul nổi giận"
        if item.parties:
            if item.governor in (None, "to", "at"):
                near = len(view.folded[view.trigger.end : item.start].split()) <= 9
                near = near or len(view.folded[start : item.start].split()) <= 1 < start - view.trigger.end
                return view.parties(i) if near else []
            if item.governor not in ("of",):
                return []
            start = item.end
        elif item.frames and view.is_verb(i):
            return []
    return []


def at_body(view: View) -> list[Party]:
    """ "dự cuộc họp tại Bộ Ngoại giao Nga": a body at whose place it is takes part."""
    found = view.parties(view.governed(("at",)))
    return [p for p in found if p.kind == "institution"] if view.noun else []


def _acts_right_behind(view: View) -> bool:
    """ "lệnh trừng phạt Mỹ vừa áp đặt với ...": a clause behind the noun, without "mà"."""
    party, *rest = (*view.items[view.t + 1 : view.t + 5], None)
    if party is None or not party.parties or view.between(view.t, view.t + 1).strip():
        return False
    tenses = view.pack.grammar["tenses"]
    words = [view.folded[item.start : item.end] for item in rest if item]
    late = bool(words) and words[0] in tenses
    verb = rest[late] if len(rest) > late else None
    if verb is None or ("sanction", "imposed") not in verb.cues or words[late] in tenses or verb.cued("passive"):
        return False
    near = not view.between(view.t + 1, view.t + 2).strip()
    led = len(rest) > late + 1 and rest[late + 1] is not None and rest[late + 1].marker in ("against", "with", "to")
    return near and (late or led)


def relative_subject(view: View) -> list[Party]:
    """ "các biện pháp trừng phạt mà Mỹ áp lên Venezuela"."""
    if view.noun and _acts_right_behind(view):
        return view.parties(view.t + 1)
    for i in range(view.t + 1, min(view.t + 4, len(view.items) - 1)):
        if view.items[i].marker == "relative":
            asked = _asked_before(view) and not _aims(view, i + 2)
            return [] if _bears(view, i + 1) or asked else view.parties(i + 1)
        if view.items[i].parties or "," in view.between(i - 1, i):
            return []
    return []


def _aims(view: View, i: int) -> bool:
    """ "lệnh cấm vận mà Mỹ áp đặt lên Mali": the clause says whom it hits."""
    led = i + 1 < len(view.items) and view.items[i].marker == "against" and view.items[i + 1].parties
    return bool(led) and not view.between(i - 1, i).strip()


def _asked_before(view: View) -> bool:
    """ "yêu cầu dỡ bỏ lệnh trừng phạt mà Mali đưa ra": it is the demand that Mali has made."""
    ends = {("sanction", "lifted"), ("sanction", "eased")}
    return view.frame.fact_type == "sanction" and any(
        view.items[k].cued("ask") and ends & set(view.items[k + 1].cues) and not view.between(k, k + 1).strip()
        for k in range(view.t - 1)
    )


def _bears(view: View, i: int) -> bool:
    """Whether the party at item i bears what the noun before it names."""
    end = min(view.items[i].end + 25, view.sentence.end)
    return bool(view.pack.grammar["bears"].search(view.folded, view.items[i].end, end))


def bearer(view: View) -> list[Party]:
    """ "lệnh trừng phạt quốc tế mà Mali phải gánh chịu": who bears it in a clause behind."""
    link = next((i for i in range(view.t + 1, view.right_end) if view.items[i].marker == "relative"), None)
    if link is None or not view.noun or link + 1 >= len(view.items) or not view.items[link + 1].parties:
        return []
    if not _bears(view, link + 1):
        return []
    own = view.parties(view.subject_before(view.t)) if view.items[link + 1].parties[0].kind == "anaphor" else []
    return own or view.parties(link + 1)  # "Mali đòi bỏ lệnh cấm vận mà nước này phải chịu"


def qualifier(view: View) -> list[Party]:
    """ "các lệnh trừng phạt quốc tế": a bloc right behind the noun says whose they are; so does a country before whom
    they hit."""
    i = view.t + 1
    if view.noun and i < len(view.items) and view.items[i].parties and not view.between(view.t, i).strip():
        led = i + 2 < len(view.items) and view.items[i + 1].marker == "against" and view.items[i + 2].parties
        led = led and not _says_over_what(view, i + 1)
        apart = led and view.items[i + 2].parties[0].country not in {p.country for p in view.parties(i)}
        owns = apart and not view.between(i, i + 1).strip()  # "lệnh trừng phạt Oman lên Mali"
        world = [p.country in ("INTL", "WEST", "UN") and p.kind != "group" for p in view.parties(i)]
        return [p for p, many in zip(view.parties(i), world, strict=True) if owns or many]
    return []


def _hinders(view: View, i: int) -> bool:
    """ "kế hoạch mua F-16 đổ bể do Mỹ phản đối": who stands in its way is no side of it."""
    return view.words_after(i, 24).startswith(tuple(view.pack.grammar["hinders"]))


def _is_cause(view: View, i: int) -> bool:
    """ "hủy hợp đồng giao tàu cho Mali do khủng hoảng Oman": no doer."""
    return view.between(i - 1, i).strip().startswith(view.pack.grammar["troubles"])


def agent_right(view: View) -> list[Party]:
    """ "lệnh trừng phạt ... được EU gỡ bỏ": the doer of what befalls the noun."""
    if not view.noun:
        return []
    for i in range(view.t + 1, len(view.items) - 1):
        item = view.items[i]
        if ";" in view.between(i - 1, i) or (item.marker == "relative" and "," in view.between(i - 1, i)):
            return []
        acts = i + 2 < len(view.items) and view.items[i + 2].cued(view.frame.fact_type)
        counted = view.between(i, i + 1).strip()  # "được 27 nước EU thông qua"
        if item.cued("passive") and acts and view.items[i + 1].parties and (not counted or counted.isdigit()):
            return view.parties(i + 1)
    return []


def listed(view: View) -> list[Party]:
    """ "danh sách của Mỹ bổ sung 33 người Nga": whom the list takes up."""
    for i in range(view.t + 1, len(view.items)):
        if view.items[i].cued("sanction"):
            return next((view.parties(k) for k in range(i + 1, len(view.items)) if view.items[k].parties), [])
    return []


def named_pair(view: View) -> list[Party]:
    """ "nhắc hai nước rằng Mỹ sẽ trừng phạt": the two whom the sentence calls so."""
    for i in range(view.t - 1, -1, -1):
        found = view.items[i].parties
        if len(found) == 2 and found[0].kind == "anaphor" and view.items[i + 1].marker == "that":
            return view.parties(i)
    return []


def by(view: View) -> list[Party]:
    """ "do ông Lavrov chủ trì"."""
    return view.parties(view.governed(("by",)))


PLACES: dict[str, Place] = {
    "modifier": modifier,
    "agent": agent,
    "owner": owner,
    "subject": subject,
    "passive_subject": passive_subject,
    "left_to": left_to,
    "purchaser": purchaser,
    "to": to,
    "among": among,
    "warned_of": warned_of,
    "from_among": from_among,
    "object": object,
    "listed_objects": listed_objects,
    "from": from_,
    "of": of,
    "of_leading": of_leading,
    "of_weapon": of_weapon,
    "of_left": of_left,
    "fronted_to": fronted_to,
    "fronted_from": fronted_from,
    "promiser": promiser,
    "of_object": of_object,
    "of_matter": of_matter,
    "maker": maker,
    "maker_in_brackets": maker_in_brackets,
    "discarder": discarder,
    "helper": helper,
    "lender": lender,
    "in_talks": in_talks,
    "holder": holder,
    "buyer": buyer,
    "weapon_modifier": weapon_modifier,
    "hired": hired,
    "awaiting": awaiting,
    "answerer": answerer,
    "awaited": awaited,
    "with": with_,
    "asker": asker,
    "asked": asked,
    "partner": partner,
    "partner_of": partner_of,
    "user": user,
    "chooser": chooser,
    "picked": picked,
    "main_doer": main_doer,
    "mainly_from": mainly_from,
    "cosigner": cosigner,
    "helped": helped,
    "requested_by": requested_by,
    "has_ordered": has_ordered,
    "object_before": object_before,
    "against": against,
    "target_of_noun": target_of_noun,
    "target_to": target_to,
    "between": between,
    "pair_modifier": pair_modifier,
    "relative_subject": relative_subject,
    "relative_signer": relative_signer,
    "at_body": at_body,
    "qualifier": qualifier,
    "agent_right": agent_right,
    "subject_after": subject_after,
    "main_subject": main_subject,
    "owner_left": owner_left,
    "partner_right": partner_right,
    "object_origin": object_origin,
    "members": members,
    "attended": attended,
    "organisers": organisers,
    "convened": convened,
    "to_left": to_left,
    "written": written,
    "received": received,
    "named_pair": named_pair,
    "sufferer": sufferer,
    "lone": lone,
    "pressed": pressed,
    "market": market,
    "barred": barred,
    "barrer": barrer,
    "kept_out": kept_out,
    "harmed": harmed,
    "bearer": bearer,
    "warned": warned,
    "member": member,
    "listed": listed,
    "lister": lister,
    "speaker": speaker,
    "met": met,
    "fronted_pair": fronted_pair,
    "addressed": addressed,
    "put_on_list": put_on_list,
    "visitor": visitor,
    "host": host,
    "by": by,
}


def find(view: View, role: str, taken: frozenset[str] = frozenset()) -> tuple[list[Party], str]:
    """Parties of a role and the place that gave them; a place that gives only countries in `taken` is passed over."""
    names = view.frame.roles.get(role, ())
    if view.noun:
        names = [n for n in names if n != "subject"] + [n for n in names if n == "subject"]
    for name in names:
        found = [p for p in PLACES[name](view) if p.country not in taken]
        if found:
            return found, name
    return [], ""
