"""What moves: weapon words to noun phrases, and which of them a trigger takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pipelines.extraction.clauses import View, has_frame
from pipelines.extraction.items import Item, Weapon

# A type that no list knows, right behind the word for the kind: "xe tăng Zorkan-5", "radar Swathi".
_TYPE = re.compile(r" (?P<name>[A-Z]\w*(?:\.\w+)*(?:-\w+)*(?: (?:[A-Z][\w-]+|[A-Z]?\d[\w-]*))?)(?![\w-]| [A-Z])")
_NUMBER = re.compile(r"-\d\w*(?!\w)")  # of a type that the list knows without it
_TYPELESS = frozenset(["unspecified", "personnel", "technology", "components_or_materials"])
_FIRING = frozenset(["artillery", "armoured_vehicle", "combat_aircraft", "helicopter", "naval", "small_arms"])
# How many characters the sides of a deal may take up before what it is made up of is told.
_LONGEST_SIDE = 160


@dataclass(slots=True)
class Phrase:
    """One noun phrase: the head's category, its designation, where it stands."""

    first: int  # places in items
    last: int
    start: int
    end: int
    category: str
    designation: str | None = None
    maker: str | None = None
    weak: bool = False
    unsure: bool = False  # a weak word, and nothing military beside it
    follows: Phrase | None = None  # the one before it in the sentence


def phrases(view: View, low: int, high: int, fended: bool = False) -> list[Phrase]:
    """The weapon phrases among items[low:high], neighbours that are one thing put together; they end before one that
    somebody fends off, unless `fended`."""
    out: list[Phrase] = []
    for i in range(low, high):
        weapon = view.items[i].weapon
        if weapon is None:
            continue
        before = " " + view.words_before(i)
        words = before.split()
        while words and words[-1] in view.pack.grammar["determiners"]:
            words.pop()
        fends = not fended and (" " + " ".join(words)).endswith(view.pack.grammar["fends_off"])
        if fends and not before.endswith(view.pack.grammar["launchers"]):
            break
        last = out[-1] if out else None
        if last is not None and _meant_for(view, last, i):
            last.end, last.last, last.weak = weapon.end, i, False
        elif last is not None and _same_thing(view, last, i):
            _extend(view, last, i, weapon)
        else:
            weak = weapon.weak and not any(p.kind == "group" for p in view.items[i].parties)  # "tay súng Wagner"
            out.append(Phrase(i, i, weapon.start, weapon.end, weapon.category, weapon.designation, weapon.maker, weak))
    for p in out:
        if p.designation is None and p.category not in _TYPELESS and not p.weak:
            p.designation = _type_behind(view, p)
        elif p.designation and (number := _NUMBER.match(view.text, p.end, view.sentence.end)):
            p.designation, p.end = p.designation + number.group(), number.end()  # "UAV Mohajer" "-6"
    military = view.pack.grammar["military"]
    for before, p in pairwise(out):
        p.follows = before
    if all(p.weak for p in out):
        for p in out:
            p.unsure = not military.search(view.folded, p.start, min(view.sentence.end, p.end + 90))
    return out


def _type_behind(view: View, p: Phrase) -> str | None:
    """What a thing is called by a name that no list knows; a ship's own name is none, unless it has a number."""
    found = _TYPE.match(view.text, p.end, view.sentence.end)
    if found is None or not found["name"].isascii() or len(found["name"]) < 3:
        return None
    start, end = found.span("name")
    if (p.category == "naval" and not any(c.isdigit() for c in found["name"])) or any(
        item.start < end and start < item.end for item in view.items
    ):
        return None
    return None if found["name"].lower() in view.pack.grammar["news_agencies"] else found["name"]


def _same_thing(view: View, last: Phrase, i: int) -> bool:
    between = view.folded[last.end : view.items[i].start]
    if _serves(view, last, i) or _in_brackets(view, last, i):
        return True
    if any(
        view.items[k].parties or view.items[k].frames or view.items[k].marker not in (None, "of")
        for k in range(last.last + 1, i)
    ):
        return False
    stripped = between.strip(" \"“”'‘’()[]-")
    if not stripped:
        return "(" not in between or view.items[i].weapon.designation is not None or last.designation is None
    words = stripped.split()
    if stripped in view.pack.grammar["weapon_glue"]:
        return True
    if any(c in stripped for c in ",;:") or words[0] in view.pack.grammar["list_words"]:
        return False
    if (
        view.items[i].weapon.designation
        and last.designation is None
        and len(words) <= 3
        and not set(words) & view.pack.grammar["list_words"]
    ):
        return True
    return words[0] in view.pack.grammar["of_words"] and len(words) <= 3


def _in_brackets(view: View, last: Phrase, i: int) -> bool:
    """ "hệ thống phòng không tầm cao chặng chót (THAAD)": what the brackets behind a long name call it."""
    item = view.items[i]
    words = view.folded[last.end : item.start]
    closed = words.endswith("(") and view.folded[item.end : item.end + 1] == ")" and last.designation is None
    plain = all(not (k.parties or k.frames or k.weapon) for k in view.items[last.last + 1 : i])
    return closed and plain and item.weapon.designation is not None and "," not in words and len(words.split()) <= 9


def _meant_for(view: View, last: Phrase, i: int) -> bool:
    """ "đạn dược cho hệ thống HIMARS": what the ammunition or the part is for is no thing of its own."""
    if last.category not in ("ammunition", "components_or_materials", "missile_or_rocket"):
        return False
    words = view.folded[last.end : view.items[i].start].split()
    if last.weak and (last.category != "components_or_materials" or len(words) > 1):
        return False  # "phụ tùng cho những chiếc F-16"
    k = i - 1
    return k == last.last + 1 and view.items[k].marker == "to" and words[:1] == ["cho"] and len(words) <= 3


def _serves(view: View, last: Phrase, i: int) -> bool:
    """ "hỗ trợ kỹ thuật cho radar": a weak word for what is done to the weapon behind it."""
    return last.weak and view.folded[last.end : view.items[i].start].strip() in view.pack.grammar["serving"]


def _extend(view: View, phrase: Phrase, i: int, weapon: Weapon) -> None:
    part = phrase.category in ("components_or_materials", "technology", "ammunition") and not phrase.designation
    part = part and not _serves(view, phrase, i)
    if weapon.designation and not phrase.designation:
        phrase.designation, phrase.maker = weapon.designation, weapon.maker
        ship = phrase.category == "naval" and view.folded.endswith(view.pack.grammar["ship_class"], 0, weapon.start)
        if ship and weapon.category != "naval":
            phrase.maker = None  # "tàu săn mìn lớp Osprey": another thing of that name
        elif not (part and phrase.category != "ammunition") and not _is_fired(view, phrase, weapon):
            phrase.category = weapon.category
    elif phrase.category == "unspecified" or (phrase.weak and not weapon.weak and not part):
        phrase.category = weapon.category
    phrase.weak = phrase.weak and weapon.weak
    phrase.end, phrase.last = weapon.end, i


def _is_fired(view: View, phrase: Phrase, weapon: Weapon) -> bool:
    """ "đạn xe tăng Leopard", "3.500 quả rocket Grad": what is fired, called by what fires it."""
    if phrase.category == "ammunition":
        return weapon.category in _FIRING
    if phrase.category != "missile_or_rocket" or weapon.category != "artillery":
        return False
    counted = f" {view.words_before(phrase.first)} {view.folded[phrase.start : phrase.end]}"
    return any(f"{shot} " in counted for shot in view.pack.grammar["shots"])


def objects(view: View) -> tuple[list[Phrase], list[Phrase]]:
    """The weapons that the trigger moves, and those that go back for them ("để đổi lấy ...")."""
    t, stop = view.t, view.right_end
    exchange = next((i for i in range(t + 1, len(view.items)) if view.items[i].marker == "exchange"), None)
    end = min(stop, exchange) if exchange is not None and exchange <= stop else stop
    taken = _right(view, end)
    back: list[Phrase] = []
    apart = exchange is None or ";" in view.folded[view.trigger.end : view.items[exchange].start]
    if not apart and not _own_clause(view, exchange) and not _given_up(view, exchange):
        back = _list(view, phrases(view, exchange + 1, len(view.items)), view.items[exchange].end, 60)
    in_full = taken and _told_in_full(view, taken[0])
    if all(p.unsure for p in taken) or view.bought or (_reduced(view) and not in_full) or _told_of_side(view, taken):
        taken = _left(view) or taken
    return taken or _bought_to_give(view), back


def _bought_to_give(view: View) -> list[Phrase]:
    """ "mua hai hệ thống Patriot của Mỹ để bàn giao cho Kiev", "mua vũ khí từ Áo rồi bí mật chuyển cho Kiev": what one
    buys to give it away."""
    t, items = view.t, view.items
    if view.frame.name != "give" or t < 3 or view.noun:
        return []
    aims = items[t - 1].marker == "purpose" and not view.between(t - 1, t).strip()
    if not aims and not view.pack.grammar["then"].search(
        view.folded, max(view.sentence.start, view.trigger.start - 20), view.trigger.start
    ):
        return []
    got = next((k for k in range(t - 2, -1, -1) if "arms_transfer.get" in items[k].frames and view.is_verb(k)), None)
    if got is None or "," in view.folded[items[got].end : items[t - 1].start]:
        return []
    return phrases(view, got + 1, t)


def _reduced(view: View) -> bool:
    """ "các tổ hợp S-300 chuyển giao cho Syria được lắp radar": the thing before, the side right behind."""
    t, items = view.t, view.items
    before = t > 0 and items[t - 1].weapon and not _but_for_names(view, t).strip()
    before = before or _of_whom(view)
    return bool(before and t + 1 < len(items) and items[t + 1].marker == "to" and not view.between(t, t + 1).strip())


def _but_for_names(view: View, t: int) -> str:
    """What stands before item t, without what the thing is called: "hộ vệ hạm lớp Miguel Malvar đóng cho ..."."""
    return view.pack.grammar["class_name"].sub("", view.text[view.items[t - 1].end : view.items[t].start])


def _told_of_side(view: View, taken: list[Phrase]) -> bool:
    """ "S-300 được Nga giao cho Syria sẽ có radar mới": behind the side of a passive, what is said of the thing."""
    if not taken:
        return False
    if view.passive is None:
        links = [k for k in range(max(1, view.t - 4), view.t) if view.items[k].marker == "relative"]
        if not links or not view.items[links[-1] - 1].weapon:
            return False
    inner = view.items[view.t + 1 : taken[0].first]
    if view.passive and view.items[view.passive - 1].weapon and any(i.marker == "and" for i in inner):
        return True  # "10 chiếc Su-35 được bàn giao năm 2017 và S-400 được đưa tới ...": another clause
    return any(i.parties and i.governor == "to" for i in inner) and not any(i.marker == "include" for i in inner)


def _of_whom(view: View) -> bool:
    """ "số vũ khí Mỹ bán cho Đài Loan": the thing, who gives it, the verb."""
    t, items = view.t, view.items
    close = t > 1 and items[t - 1].parties and items[t - 2].weapon and view.frame.name == "give"
    return bool(close and not view.between(t - 1, t).strip() and not view.between(t - 2, t - 1).strip())


def _own_clause(view: View, exchange: int) -> bool:
    """ "đổi lại Đức cấp cho Slovenia xe tải": what comes back has a verb of its own that says to whom."""
    items = view.items
    verb = next((k for k in range(exchange + 1, len(items)) if has_frame(items[k], "arms_transfer")), None)
    return verb is not None and view.is_verb(verb) and any(i.parties and i.governor == "to" for i in items[verb:])


def _given_up(view: View, exchange: int) -> bool:
    """ "để đổi lấy việc Mali ngừng phát triển tên lửa": what comes back is that somebody does without."""
    behind = view.items[exchange + 1 :]
    stop = next((k for k, item in enumerate(behind) if item.weapon), 0)
    return any(("arms_transfer", "cancelled") in item.cues for item in behind[:stop])


def _right(view: View, end: int) -> list[Phrase]:
    t = view.t
    cut = end
    for i in range(t + 1, end):
        item = view.items[i]
        if (
            item.frames
            and not item.weapon
            and view.is_verb(i)
            and any(f.startswith("arms_transfer") for f in item.frames)
            and not (view.chained(i) and len(view.folded[view.trigger.end : item.start].split()) <= 2)
        ):
            cut = i
            break
        if view.frame.options.get("nominal") and i > t + 1 and _names_another(view, i):
            cut = i
            break
        aimed = item.marker == "against" and i + 1 < end and view.items[i + 1].parties
        if (item.marker in ("purpose", "instrument") or aimed) and i > t + 1 and not item.parties:
            cut = i
            break
    if view.trigger.weapon and not view.trigger.weapon.weak:
        own = Phrase(t, t, view.trigger.start, view.trigger.end, view.trigger.weapon.category)
        return _list(view, [own, *phrases(view, t + 1, cut)], view.trigger.end, 40)
    found = phrases(view, t + 1, cut)
    if found and (not _is_object(view, found[0]) or _behind_side(view, found[0])):
        return []
    return _list(view, found, view.trigger.end, 90)


def _names_another(view: View, i: int) -> bool:
    """ "hợp đồng với Ấn Độ ảnh hưởng tới các thương vụ bán ...": a second deal has its own things."""
    words = view.folded[view.trigger.end : view.items[i].start].split()
    return has_frame(view.items[i], "arms_transfer") and view.is_noun(i) and len(words) > 3


def _is_object(view: View, phrase: Phrase) -> bool:
    """Whether the weapon is what the verb moves: no other thing ("thông tin", "chuyên gia") stands before it."""
    words = view.folded[view.trigger.end : phrase.start]
    inner = view.items[view.t + 1 : phrase.first]
    names = ("anaphor", "name", "capital", "adjective")  # "nước này" holds no water, "Miến Điện" no electricity
    for item in (i for i in inner if i.parties and i.parties[0].kind in names):
        words = words.replace(view.folded[item.start : item.end], " ", 1)
    if view.pack.grammar["other_objects"].search(words):
        return False
    for item in inner:
        words = words.replace(view.folded[item.start : item.end], " ", 1)
    return sum(w.isalpha() for w in words.split()) <= (9 if view.frame.options.get("nominal") else 7)


def _behind_side(view: View, phrase: Phrase) -> bool:
    """ "chuyển cho Peru, nhằm tuân thủ hiệp ước về tên lửa": behind the side and a comma, and no list is told."""
    inner = range(view.t + 1, phrase.first)
    side = next((k for k in inner if view.items[k].parties and view.items[k].governor == "to"), None)
    if side is None or any(view.items[k].marker == "include" for k in inner):
        return False
    return "," in view.folded[view.items[side].end : view.items[min(side + 1, phrase.first)].start]


def _list(view: View, found: list[Phrase], at: int, reach: int) -> list[Phrase]:
    """The phrases that make one list: the first near `at`, each next near the one before."""
    out: list[Phrase] = []
    for p in found:
        gap = view.folded[at : p.start]
        told_of = p.category == "technology" and gap.strip() in view.pack.grammar["features"]
        # "tàu chiến có tên lửa và xe tăng", "tiêm kích với công nghệ hàng đầu"
        if out and (told_of or gap.strip() in view.pack.grammar["carries"]):
            at = out[-1].end = p.end
            out[-1].last = p.last
            continue
        told = _told_in_full(view, p)
        if len(gap) > (_LONGEST_SIDE if told else reach) or ";" in gap or (out and not _continues(view, out[-1], p)):
            break
        out.append(p)
        at, reach = p.end, 70
    if (
        len(out) > 1
        and out[0].category == "unspecified"
        and (
            any(view.items[k].marker == "include" for k in range(out[0].last + 1, out[1].first))
            or view.folded[out[0].end : out[1].start].rstrip().endswith(":")
        )
    ):
        out = out[1:]
    return out


def _told_in_full(view: View, p: Phrase) -> bool:
    """ "gói viện trợ của Mỹ cho Ukraine gồm xe tăng": behind the sides, what it is made up of."""
    k = p.first - 1
    if k > view.t and view.between(k, p.first).strip() == ":":
        return True  # "bán vũ khí cho Azerbaijan: xe tăng, pháo"
    return k > view.t and view.items[k].marker == "include" and len(view.between(k, p.first).split()) <= 4


def _continues(view: View, last: Phrase, p: Phrase) -> bool:
    if view.folded[p.start : p.end] in view.pack.grammar["counters"]:
        return False  # "4 tàu đổ bộ của Ý, hai chiếc do Ý đóng"
    gap = view.folded[last.end : p.start]
    inner = [view.items[k] for k in range(last.last + 1, p.first)]
    if view.tells_what_it_can(last.last + 1, p.first):
        return False
    if any(
        (i.frames and not i.marker)
        or i.cued("claim")
        or i.marker in ("purpose", "because", "after", "that", "relative")
        for i in inner
    ):
        return False
    if any(i.parties and i.governor not in ("to", "of", "from", "by", "invitation", None) for i in inner):
        return False
    if p.category == "unspecified" and gap.endswith(view.pack.grammar["apposed"]):
        return False
    if gap.rstrip().endswith(view.pack.grammar["kinds_apposed"]):
        return False
    if p.weak and p.category == last.category and any(i.marker == "include" for i in inner):
        return False  # "12 tàu tuần tra, trong đó có hai tàu dài 97 mét"
    if gap.rstrip().endswith(":"):
        return True
    side = next((i for i in inner if i.parties and i.governor == "to"), None)
    if side and "," in view.folded[side.end : p.start] and not _goes_on(view, side, p, inner):
        return False
    return (
        "," in gap
        or any(w in gap.split() for w in view.pack.grammar["list_words"])
        or any(i.marker in ("include", "and", "with") for i in inner)
    )


def _goes_on(view: View, side: Item, p: Phrase, inner: list[Item]) -> bool:
    """ "cho Syria, cùng xe tăng", "cho Peru, xe tăng cho Chile": behind a side and a comma, a list goes on so only."""
    words = view.folded[side.end : p.start].replace(",", " ").split()
    if set(words) & view.pack.grammar["list_words"] or any(i.marker in ("include", "and", "with") for i in inner):
        return True
    after = view.items[p.last + 1 : p.last + 3]
    return len(after) == 2 and after[0].marker == "to" and bool(after[1].parties)


def _left(view: View) -> list[Phrase]:
    """ "F-16 được Mỹ chuyển cho ...", "tên lửa mà Nga bán", "việc giao vũ khí": what moves stands before."""
    t = view.t
    relative = any(view.items[k].marker in ("relative", "by") for k in range(max(0, t - 4), t))
    reduced = t > 0 and view.items[t - 1].weapon and not view.noun and len(_but_for_names(view, t)) <= 12
    reduced = (reduced and view.frame.name != "seek") or view.bought or _of_whom(view)
    if view.passive is None and not (relative or reduced or view.frame.options.get("left")):
        return []
    found = phrases(view, 0, view.passive if view.passive is not None else t, fended=relative)
    if not found:
        return []
    last = found[-1]
    link = (
        view.passive
        if view.passive is not None
        else max((k for k in range(t) if view.items[k].marker in ("relative", "by")), default=t)
    )
    gap = view.folded[last.end : view.items[link].start]
    if (
        len(gap) > 60
        or ";" in gap
        or any(
            (i.frames and not i.marker) or i.marker in ("purpose", "after", "because") or i.cued("passive")
            for i in view.items[last.last + 1 : link]
        )
    ):
        return []
    worth = view.pack.grammar["worth"].search(gap)  # "lô vũ khí trị giá 200 triệu USD của Mỹ đã tới ..."
    if view.passive is None and len(gap) > (45 if relative or worth else 25):
        return []
    out = [last]
    for p in reversed(found[:-1]):
        far = view.passive is None and not relative and len(view.folded[p.end : out[0].start].split()) > 2
        if far or not _continues(view, p, out[0]):
            break
        out.insert(0, p)
    return out
