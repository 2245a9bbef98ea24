"""Arms transfers: supplier x recipient x weapon category of a trigger."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any, NamedTuple

from pipelines.contract import BLOCS
from pipelines.extraction import claims, stages, weapons
from pipelines.extraction.clauses import View, has_frame
from pipelines.extraction.items import Party
from pipelines.extraction.quantities import Quantity
from pipelines.extraction.reader import Reader
from pipelines.extraction.roles import PLACES, find
from pipelines.extraction.rows import Row, actor_of, alike, make_row
from pipelines.extraction.when import When

_NO_ARSENAL = frozenset(["INTL", "UN"])  # they have no arms to give
_COUNTS = ("quantity_min", "quantity_max", "quantity_unit", "quantity_text")
_ENDS = frozenset([("arms_transfer", "refused"), ("arms_transfer", "cancelled")])
_BEFALLS = _ENDS | {("claim", "deny")}  # an offer or a request: "bị gác lại", "bị bác bỏ"
_VERB_WITHIN = 30  # characters from the verb to what it gives a percentage of
_SHARE_WITHIN = 60  # characters from a percentage to the arms that it is of, and from there to whose they are


_NEXT = 3  # characters between a sentence and the next
_CONDITION_WITHIN = 80  # characters from a verb to what it depends on
_ONE_RECIPIENT_WITHIN = 500  # and back to the deal of the one who gets all that the article tells of
_DEAL_WITHIN = 600  # and back to the deal that is meant by "hợp đồng"


class Told(NamedTuple):
    """What moves between whom, where that is not told by the roles of a frame."""

    arms: list[weapons.Phrase]
    suppliers: list[Party]
    recipients: list[Party]


def read(view: View, reader: Reader) -> list[Row]:
    """The rows of one arms trigger; empty when weapons or a side are missing."""
    if (needed := view.frame.options.get("company")) and not (
        view.pack.grammar[needed].search(view.folded, view.sentence.start, view.trigger.start)
        or PLACES["maker"](view)  # "sáu khẩu pháo do Séc chế tạo đã tới ..."
    ):
        return []
    if view.words_before(view.t).endswith(view.pack.grammar["bans"]) or _describes(view) or _disarms(view):
        return []
    if _is_banned(view) or _is_topic(view):
        return []
    told = _share(view) or _the_deal(view, reader) or _own_troops(view)
    if told is None and (_in_general(view) or _at_odds(view)):
        return []
    taken, back = weapons.objects(view) if told is None else (told.arms, [])
    if not taken and not back:
        return []
    suppliers, recipients, places = _sides(view) if told is None else (told.suppliers, told.recipients, {"subject"})
    if view.frame.name == "give" and not {"to", "among"} & places and _to_others(view):
        return []
    if view.frame.name == "get" and not suppliers and {p.country for p in recipients} == {p.maker for p in taken}:
        buyers = _buyer_before(view, recipients)
        suppliers, recipients = (recipients, buyers) if buyers else (suppliers, recipients)
    recipients = _told_of(view, reader, suppliers, recipients)
    pair = [] if not suppliers and "of_weapon" in places else _pair(view, reader, suppliers, recipients)
    confidence = 0.9
    if not pair and not (suppliers and recipients):
        suppliers, recipients = _from_context(view, reader, taken, suppliers, recipients)
        confidence = 0.6
    if not pair and not (suppliers and recipients):
        return []
    countries = {p.country for p in [*suppliers, *recipients, *pair] if p.country}
    givers = {p.country for p in suppliers if p.country}
    doers = countries if pair else givers if places & {"subject", "agent", "promiser"} else countries - givers
    claim = claims.judge(view, doers, countries, reader.memory)
    owed = claim.negated and claim.status is None and bool(PLACES["has_ordered"](view))
    if owed:  # "chưa giao số vũ khí mà Peru đã trả tiền": not handed over, yet agreed on
        claim = claim._replace(status="stated")
    if claim.status is None:
        return []
    if claim.status == "stated" and _not_asked_for(view):
        claim = claim._replace(status="denied")
    stage = "refused" if claim.refused else "agreed" if owed else _stage(view, givers)
    when = reader.when(view, view.left, givers)
    out = []

    def add(phrase: weapons.Phrase, supplier: Party, recipient: Party, directed: bool | None, many: bool) -> None:
        key = (supplier.country, recipient.country, phrase.category)
        if phrase.unsure and not _in_company(view, reader, key):
            return
        if _moves(view, reader, phrase, supplier, recipient):
            value = None if many else _value(view, reader, taken, phrase)
            columns = _columns(view, reader, phrase, supplier, recipient) | {"value_usd": value}
            columns |= dict.fromkeys(_COUNTS) if told else {}
            first = next((r for r in out if r.key == key), None)
            counted = first and first.columns["quantity_text"] is not None
            if first and not (counted and columns["quantity_text"] is not None):  # "Su-30 và Su-35": one row a category
                if not counted and first.columns["weapon_designation"] is None:  # "tiêm kích, gồm 13 chiếc F-35"
                    first.columns |= {
                        name: columns[name] for name in columns if name.startswith(("weapon_", "quantity_"))
                    }
                return
            own = _own_date(view, reader, taken, phrase) or when
            said = {"stage": stage, "claim": claim, "when": own, "confidence": confidence, "directed": directed}
            out.append(make_row(view, key, columns, **said))

    for phrase in taken:
        own_suppliers, own_recipients = _own_sides(view, taken, phrase, suppliers, recipients)
        if view.noun and view.told and _sold_by_maker(reader, phrase, own_suppliers, own_recipients):
            own_suppliers = [replace(own_suppliers[0], country=phrase.maker, kind="context", person=None, group=None)]
        sides = [*_directed(view, phrase, own_suppliers, own_recipients, pair)]
        many = len({(supplier.country, recipient.country) for supplier, recipient, _ in sides}) > 1
        for supplier, recipient, directed in sides:
            add(phrase, supplier, recipient, directed, many)
    stage = "agreed" if stage == "delivered" else stage
    for phrase in back:
        for supplier, recipient in product(recipients, suppliers):
            add(phrase, supplier, recipient, True, many=True)
    return out


def _stage(view: View, givers: set[str]) -> str:
    """The stage that the cues give, but for one before the doer that is another's: "Mỹ đề nghị Peru mua Patriot" is an
    offer of the giver, "Mỹ ngăn cản Peru mua S-400 của Nga" a third one's doing."""
    if _turned_down(view) or view.words_before(view.t).endswith(view.pack.grammar["bars_sale"]):
        return "refused"  # "ký sắc lệnh cấm bán S-300 cho Iran"
    if _not_forced(view):
        return "agreed"
    if view.frame.default == "cancelled" or _falls_through(view):
        return "cancelled"  # "sẽ bị loại khỏi chương trình F-35"
    lends = bool(PLACES["lender"](view))
    helper = view.subject_before(view.left) if lends or PLACES["helper"](view) else None
    stage = stages.stage_of(view, view.left if helper is None else helper, view.frame.default)
    let = view.left >= 0 and view.is_let_get(view.left, view.t)  # "Mỹ cho Ba Lan mua": and Ba Lan may yet buy
    let = let or bool(view.frame.options.get("chooses"))
    if stage == "delivered" and (let or PLACES["picked"](view) or _declared(view)):
        stage = "agreed"
    if stage == "agreed" and _on_condition(view):
        return "offered" if view.frame.name == "give" else "sought"
    if lends and stage in ("delivered", "sought"):
        told = helper is not None and any(item.cued("arms_transfer") for item in view.items[helper + 1 : view.left])
        if stage == "delivered" or not told:
            stage = "agreed"  # "Nga cho Peru vay 2 tỷ USD để mua": lent, and not yet bought
    i = view.left - 1
    if stage not in ("refused", "sought") or i <= 0 or view.between(i, i + 1).strip():
        return stage
    acting = [k for k in range(i) if view.items[k].governor is None and not _owns_weapon(view, k)]
    before = {p.country for k in acting for p in view.parties(k)}
    if stage == "sought" and view.frame.name == "get" and view.items[i].cued("ask") and before & givers:
        return "offered"
    word = view.folded[view.items[i].start : view.items[i].end]
    own = givers | {p.country for p in view.parties(view.left)}
    if stage == "refused" and before and not before & own and word in view.pack.grammar["hinders"]:
        return "sought" if view.frame.name == "get" else "in_progress"
    return stage


def _not_forced(view: View) -> bool:
    """ "Oman không thể ép Peru hủy hợp đồng mua tàu": the deal stands."""
    fails = {("claim", "negation"), ("arms_transfer", "refused")}
    for k in range(1, max(view.left, 0)):
        forces = view.folded[view.items[k].start : view.items[k].end] in view.pack.grammar["forcing"]
        if forces and fails & set(view.items[k - 1].cues) and not view.between(k - 1, k).strip():
            return True
    return False


def _declared(view: View) -> bool:
    """ "Oman tuyên bố bán trực thăng cho Peru": what one says that one does is not yet done."""
    return not view.noun and view.stands_behind("declares")


def _on_condition(view: View) -> bool:
    """ "sẽ mua Su-57 nếu Mỹ hủy hợp đồng": what one would do, and no word of a deal."""
    cued = [item for item in view.items[max(view.left, 0) : view.t] if item.cued("arms_transfer")]
    will = bool(cued) and all(view.folded[item.start : item.end] in view.pack.grammar["will"] for item in cued)
    behind = (item for item in view.items[view.t + 1 :] if item.start - view.trigger.end < _CONDITION_WITHIN)
    return will and any(item.marker == "conditional" for item in behind)


def _is_banned(view: View) -> bool:
    """ "cấm các công ty Mỹ bán vũ khí", "cấm nước này mua và bán vũ khí": what a ban keeps somebody from."""
    at = view.t
    if at > 2 and view.items[at - 1].marker == "and" and has_frame(view.items[at - 2], view.frame.fact_type):
        at -= 2
    i = at - 1
    if i < 1 or not view.items[i].parties or view.between(i, at).strip() or view.between(i - 1, i).strip():
        return False
    return view.folded.startswith(view.pack.grammar["bans_whom"], view.items[i - 1].start)


def _is_topic(view: View) -> bool:
    """ "chủ trì cuộc họp với 40 nước về viện trợ quân sự cho Kiev": what a meeting is on."""
    about = view.trigger.weapon is not None and view.pack.grammar["topics"].search(
        view.folded, view.sentence.start, view.trigger.start
    )
    return bool(about) and any(has_frame(item, "meeting") for item in view.items[max(view.left, 0) : view.t])


def _turned_down(view: View) -> bool:
    """ "Đề nghị bán Javelin của Mỹ cho Peru bị gạt đi", "Đề nghị của Peru mua ...": what befalls the offer itself."""
    at = view.t - 1
    if at > 1 and view.items[at].governor == "of" and view.items[at].parties:
        at -= 2
    offer = view.items[at] if at >= 0 else None
    if offer is None or view.folded[offer.start : offer.end] not in view.pack.grammar["requests"]:
        return False
    for k in range(view.t + 1, len(view.items)):
        item = view.items[k]
        if _BEFALLS & set(item.cues):
            by = k  # "bị chính quyền ông A từ chối"
            while by > view.t + 1 and (view.items[by - 1].parties or view.items[by - 1].role):
                by -= 1
            passive = view.items[by - 1].cued("passive") and not view.between(by - 1, by).strip()
            return passive or view.pack.grammar["befalls"].match(view.folded, item.start) is not None
        if item.marker in ("that", "after", "contrast") or "," in view.between(k - 1, k):
            break
    return False


def _falls_through(view: View) -> bool:
    """ "đặt mua S-400 của Nga, nhưng thương vụ này bị hủy bỏ": what the sentence says at its end of the deal."""
    but = next((item for item in view.items[view.t + 1 :] if item.marker == "contrast"), None)
    return but is not None and view.pack.grammar["called_off"].match(view.folded, but.end) is not None


def _owns_weapon(view: View, k: int) -> bool:
    """ "hệ thống phòng không Nga": whose the thing right before it is."""
    return k > 0 and view.items[k - 1].weapon is not None and not view.between(k - 1, k).strip()


def _not_asked_for(view: View) -> bool:
    """ "Iran chưa đề nghị Nga bán S-400": that it is asked for is denied."""
    if not PLACES["asker"](view):
        return False
    ask = next((k for k in range(view.left - 1, 0, -1) if view.items[k].cued("ask")), 0)
    return ask > 0 and ("claim", "negation") in view.items[ask - 1].cues and not view.between(ask - 1, ask).strip()


def _buyer_before(view: View, makers: list[Party]) -> list[Party]:
    """ "Peru nợ Moscow tiền mua Su-30": nobody buys what he makes; who buys stands before."""
    at = view.t - 1
    if at < 1 or makers[0] not in view.items[at].parties or len(view.between(at, view.t).split()) > 2:
        return []
    before = view.subject_before(at)
    return [p for p in view.parties(before) if p.country != makers[0].country]


def _in_company(view: View, reader: Reader, key: tuple[str | None, ...]) -> bool:
    """Whether "công nghệ", "tàu" is military here: the two deal in it, or the giver's own weapon stands beside."""
    if any({*r.key} == {*key} for r in reader.rows):
        return True
    if key[2] == "technology" and view.frame.name == "give" and any({*r.key[:2]} == {*key[:2]} for r in reader.deals()):
        return True
    return any(item.weapon and item.weapon.maker and item.weapon.maker == key[0] for item in view.items)


def _sold_by_maker(reader: Reader, phrase: weapons.Phrase, suppliers: list[Party], recipients: list[Party]) -> bool:
    """ "Mỹ khẳng định việc giao S-400 cho Peru bị hoãn": who speaks of a deal that the article has from the maker."""
    if not suppliers or not phrase.maker or phrase.maker in {p.country for p in suppliers}:
        return False
    known = {r.key[:2] for r in reader.deals()}
    return any((phrase.maker, p.country) in known for p in recipients)


def _in_general(view: View) -> bool:
    """ "nhà cung cấp vũ khí lớn nhất cho ...", "chiếm 20% vũ khí nhập khẩu": who ranks where tells of no transfer."""
    grammar, end = view.pack.grammar, min(view.trigger.end + 90, view.sentence.end)
    if grammar["shares"].search(view.folded, view.sentence.start, view.sentence.end):
        return view.word in grammar["market_verbs"] and not (view.frame.name == "give" and PLACES["to"](view))
    noun = (" " + view.words_before(view.t)).endswith(grammar["ranked"])
    if noun and view.frame.name == "give" and not PLACES["to"](view):
        return True  # "các nhà cung cấp phương Tây"
    return noun and bool(grammar["ranks"].search(view.folded, view.trigger.end, end))


def _share(view: View) -> Told | None:
    """ "Nga chiếm 70% số vũ khí mà Mali nhập khẩu", "70% vũ khí nhập khẩu của Mali là từ Nga": how much of what one
    buys comes from whom; None where the sentence does not name both."""
    grammar, items = view.pack.grammar, view.items
    if view.word not in grammar["market_verbs"]:
        return None
    percent = grammar["percent"].search(view.folded, view.sentence.start, view.sentence.end)
    if percent is None or not -_VERB_WITHIN < view.trigger.start - percent.start() < 2 * _SHARE_WITHIN:
        return None
    at = next((i for i, item in enumerate(items) if item.start >= percent.start()), len(items))
    thing = next((i for i in range(at, len(items)) if items[i].weapon), None)
    if thing is None or items[thing].start - percent.start() > _SHARE_WITHIN or ";" in view.between(at - 1, thing):
        return None
    k = next((k for k in range(thing + 1, len(items)) if items[k].parties), None)
    if k is None or items[k].start - items[thing].end > _SHARE_WITHIN:
        return None
    words = view.folded[percent.end() : items[k].end + 12]
    sold = items[k].governor == "of" and grammar["sold_abroad"].search(words)
    if items[k].governor not in (None, "of", "relative") or "," in view.folded[percent.end() : items[k].start]:
        return None
    if not (sold or grammar["bought_abroad"].search(words)):
        return None
    named, first = view.parties(k), view.subject_before(at)
    other = view.parties(first) if first is not None else []
    if not other or other[0].country == named[0].country:
        other = next((view.parties(i) for i in range(k + 1, len(items)) if items[i].governor in ("from", "by")), [])
    if not named or not other:
        return None
    told = next((i for i in range(k + 1, len(items)) if items[i].marker == "include"), len(items))
    arms = [*weapons.phrases(view, thing, thing + 1), *weapons.phrases(view, told, len(items))]
    return Told(arms, named, other) if sold else Told(arms, other, named)


def _the_deal(view: View, reader: Reader) -> Told | None:
    """ "Paris hủy hẳn hợp đồng", "đình chỉ việc giao hàng cho Mali": the end of a deal told before."""
    if view.word not in view.pack.grammar["deals"] or any(item.weapon for item in view.items):
        return None
    last = next(iter(reader.deals()[-1:]), None)
    if last is None or view.sentence.start - last.end > _DEAL_WITHIN:
        return None
    near = [k for k in (view.t - 2, view.t - 1) if k >= 0 and len(view.between(k, view.t).split()) <= 3]
    behind = [
        k for k in range(view.t + 1, min(view.t + 4, len(view.items))) if len(view.between(view.t, k).split()) <= 6
    ]
    this = view.pack.grammar["this_kind"].match(view.folded, view.trigger.end)
    near += [k for k in behind if this or any(view.items[j].cued("passive") for j in range(view.t + 1, k + 1))]
    hinders = view.pack.grammar["hinders"]
    acts = (view.items[k] for k in near if _ENDS & set(view.items[k].cues))
    ended = any(view.folded[item.start : item.end] not in hinders for item in acts)
    clause = view.items[max(view.left, 0) : view.t if this else view.right_end]
    named = {p.country for item in clause for p in item.parties if p.country}
    bare = view.t == 0 and view.items[1:2] and view.items[1].cued("passive") and not view.between(0, 1).strip()
    if not ended or not (this or named or bare) or not named <= set(last.key[:2]):
        return None
    at = view.trigger
    deal = [row for row in reader.deals() if row.start == last.start and row.key[:2] == last.key[:2]]
    arms = [
        weapons.Phrase(view.t, view.t, at.start, at.end, row.key[2], row.columns["weapon_designation"]) for row in deal
    ]
    return Told(arms, *([Party(at.start, at.end, country, "context")] for country in last.key[:2]))


def _own_troops(view: View) -> Told | None:
    """ "Nga đưa lực lượng Wagner tới chiến đấu cho chính phủ Mali": a group of one's own that fights for another."""
    i = view.t + 1
    if view.frame.name not in ("give", "send_people") or i + 1 >= len(view.items) or not view.items[i].parties:
        return None
    troops, near = view.items[i].parties[0], not view.between(view.t, i).strip()
    own = {p.country for p in view.parties(view.left)} if view.left >= 0 else set()
    if not (near and troops.group and troops.kind == "group" and own == {troops.country}):
        return None
    if not view.pack.grammar["fights"].search(view.folded, troops.start, view.sentence.end):
        return None
    whom = next((k for k in range(i + 1, view.right_end) if view.items[k].governor == "to"), None)
    arms = [weapons.Phrase(i, i, troops.start, troops.end, "personnel")]
    return Told(arms, view.parties(view.left), view.parties(whom)) if view.parties(whom) else None


def _disarms(view: View) -> bool:
    """ "thảo luận về việc loại bỏ tên lửa", "đàm phán hạn chế vũ khí"."""
    end = view.items[view.right_end].start if view.right_end < len(view.items) else view.sentence.end
    start = view.items[max(view.left, 0)].start
    talks = view.frame.name == "deal" and ("arms_transfer", "negotiating") in view.trigger.cues
    return talks and bool(view.pack.grammar["disarms"].search(view.folded, start, end))


def _describes(view: View) -> bool:
    """ "tiêm kích trang bị bom", "được trang bị cho F-16": what a weapon carries goes nowhere."""
    if view.word in view.pack.grammar["hunts"] and _by_a_weapon(view):
        return True
    if view.word not in view.pack.grammar["attributes"]:
        return False
    if view.pack.grammar["fitted_on"].match(view.folded, view.trigger.end + 1):
        return True
    i, items = view.t, view.items
    carries = i > 0 and items[i - 1].weapon and not view.between(i - 1, i).strip() and view.passive is None
    carries = carries and not (_sends_it(view) or _carried_between(view))
    fitted = i + 2 < len(items) and items[i + 1].marker == "to" and items[i + 2].weapon
    return bool(carries or fitted)


def _carried_between(view: View) -> bool:
    """ "chặn tàu cá chở tên lửa từ Mali tới Oman": what a carrier brings from one side to another."""
    carrier = view.words_before(view.t, 20).endswith(view.pack.grammar["carriers"])
    return carrier and bool(PLACES["from"](view) or PLACES["of_weapon"](view)) and bool(PLACES["to"](view))


def _sends_it(view: View) -> bool:
    """ "dùng ba chuyến máy bay chở vũ khí", but not "dùng tàu khu trục chặn tàu chở vũ khí"."""
    start = view.items[view.left].end if view.left >= 0 else view.sentence.start
    sends = view.pack.grammar["sends_carriers"].search(view.folded, start, view.trigger.start)
    return sends is not None and not any(item.cues for item in view.items[: view.t] if item.start >= sends.end())


def _by_a_weapon(view: View) -> bool:
    """ "máy bay không người lái săn lùng xe tăng": what hunts is itself a weapon."""
    before = next((item for item in reversed(view.items[: view.t]) if not item.cues or item.weapon), None)
    return before is not None and before.weapon is not None


def _sides(view: View) -> tuple[list[Party], list[Party], set[str]]:
    """Suppliers, recipients and the places that gave them. A pair of doers loses whom the other role names."""
    order = list(view.frame.roles)
    first, place = find(view, order[0])
    second, other = find(view, order[1])
    both = {p.country for p in first} & {p.country for p in second}
    if both:
        if view.frame.name == "get" and view.noun and other == "of_weapon" and {p.country for p in second} == both:
            first, place, second, other = second, other, [], ""  # "Mỹ và Peru bất đồng về việc mua S-400 của Lima"
        elif len({p.country for p in first}) > 1 and {p.country for p in second} == both:
            first = [p for p in first if p.country not in both]
        elif len({p.country for p in second}) > 1 and {p.country for p in first} == both:
            second = [p for p in second if p.country not in both]
        elif other_one := _other_meaning(second, both):
            second = other_one
        elif order[0] == "recipient" and (other_one := _other_meaning(first, both)):
            first = other_one  # "Theo báo chí Ấn Độ, nước này mua pháo của Ấn Độ"
        else:
            told, second = second, find(view, order[1], frozenset(p.country for p in first if p.country))[0]
            if not second and other == "to" and view.frame.name == "give":  # who gets it is told: not who gives
                second, (first, place) = told, find(view, order[0], frozenset(p.country for p in told if p.country))
    if (
        order[0] == "recipient"
        and other == "of_weapon"
        and view.words_before(view.t).endswith(view.pack.grammar["requests"])
        and not _asks_itself(view)
    ):
        answers = ("arms_transfer", "refused"), ("arms_transfer", "agreed")
        answered = any(cue in answers for item in view.items for cue in item.cues)
        first, second = second, first if answered else []
    if view.frame.name == "get" and second and {p.country for p in second} == {p.country for p in _bought_for(view)}:
        second = []  # "ký với Hà Nội một hiệp định vay vốn để mua sáu tàu cho Cảnh sát biển Việt Nam"
    if view.frame.name == "get" and not second and view.word in view.pack.grammar["buying"]:
        given = [p for p in _bought_for(view) if p.country not in {q.country for q in first}]
        if given:
            return first, given, {"subject", "to"}
    if view.frame.name == "get" and any(p.country != "NATO" for p in first):
        first = [p for p in first if p.country != "NATO"]  # "căng thẳng Ankara - NATO, trong đó thương vụ mua ..."
    if second and order[1] == "supplier" and _only_compared(view, second[0]):
        second = []
    sides = {order[0]: first, order[1]: second}
    return sides["supplier"], sides["recipient"], {place, other}


def _at_odds(view: View) -> bool:
    """ "Mỹ và Peru leo thang căng thẳng vì việc mua xe tăng của Đức": which of the two buys is not told."""
    sides = {p.country for p in view.items[view.left].parties} if view.noun and view.left >= 0 else set()
    if len(sides) < 2 or any(p.country in sides for p in PLACES["of_weapon"](view)):
        return False
    return view.pack.grammar["quarrels"].search(view.folded, view.items[view.left].end, view.trigger.start) is not None


def _asks_itself(view: View) -> bool:
    """ "Peru đã đề nghị mua xe tăng của Chile": who asks stands before it, and nothing but a tense between."""
    k = view.t - 2
    while k > 0 and view.folded[view.items[k].start : view.items[k].end] in view.pack.grammar["tenses"]:
        k -= 1
    doer = view.items[k] if k >= 0 else None
    near = all(not view.between(n, n + 1).strip() for n in range(max(k, 0), view.t - 1))
    return doer is not None and bool(doer.parties) and doer.governor is None and near


def _only_compared(view: View, party: Party) -> bool:
    """ "nhận xe tăng tương đương T-72 của Nga": what it is like comes from there."""
    return bool(view.pack.grammar["compares"].search(view.folded, view.trigger.end, max(view.trigger.end, party.start)))


def _bought_for(view: View) -> list[Party]:
    """ "EU mua đạn pháo cho Ukraine": who pays gives to whom stands right behind the thing."""
    for i in range(view.t + 2, view.right_end if not view.noun else 0):
        if view.items[i].parties and view.items[i].governor == "to":
            last, words = view.items[i - 2], view.between(i - 2, i - 1).split()
            whence = "from" in (last.governor, last.marker) and len(words) <= 4  # "từ bên ngoài châu Âu"
            near = i - 1 == view.t + 1 or whence or (last.weapon and not words)
            asks = view.words_before(view.t).endswith(view.pack.grammar["requests"])
            return view.parties(i) if near and not asks else []
    return []


def _from_context(
    view: View, reader: Reader, taken: list[weapons.Phrase], suppliers: list[Party], recipients: list[Party]
) -> tuple[list[Party], list[Party]]:
    """Sides that a passive or a deal leaves out ("10 chiếc được chuyển giao năm 2017"): those of the article's row on
    the same weapon, or of its latest row for "the deal", unless the sentence names a side that does not fit."""
    if view.pack.grammar["statistics"].search(view.folded, view.sentence.start, view.sentence.end):
        return suppliers, recipients
    if more := _goes_on(view, reader, taken, suppliers, recipients):
        return more
    if taken and view.pack.grammar["abroad"].match(view.folded, taken[-1].end + 1):
        return suppliers, recipients  # "mua thêm tàu ngầm nước ngoài": of nobody in particular
    nominal = view.frame.options.get("nominal")
    if nominal and not recipients and not suppliers:  # "thương vụ F-35 với Peru"
        behind = bool(taken) and taken[0].start > view.trigger.start
        partners = [p for p in PLACES["with"](view) if behind and p.country and p.start > taken[0].end]
        if partners and (makers := _from_makers(view, reader, taken, partners)):
            return makers, partners
    if suppliers and not recipients and (whom := _of_the_only_one(view, reader, taken, suppliers)):
        return suppliers, whom
    takes = (
        view.frame.name in ("get", "seek", "choose", "customer", "pick", "own") or view.noun or view.passive is not None
    )
    if takes and recipients and not suppliers and (makers := _from_makers(view, reader, taken, recipients)):
        return makers, recipients
    if view.frame.name == "build":
        return suppliers, recipients  # for oneself, where nobody is named
    vague = view.word in view.pack.grammar["attributes"] if view.noun else view.word not in view.pack.grammar["handing"]
    if view.frame.name == "give" and vague and not suppliers and not recipients:
        return suppliers, recipients
    if (
        view.passive is None
        and not view.noun
        and not nominal
        and not view.frame.options.get("left")
        and view.frame.name != "seek"
    ):
        return suppliers, recipients
    if any(word in view.words_before(view.t, 90) for word in view.pack.grammar["generic_subjects"]):
        return suppliers, recipients
    many = (" " + view.words_before(view.t)).endswith(view.pack.grammar["plurals"])
    if nominal and many and not view.pack.grammar["this_kind"].search(view.folded, view.trigger.end, view.sentence.end):
        return suppliers, recipients  # "các thỏa thuận chuyển giao vũ khí": any
    this = view.pack.grammar["this_kind"].search(view.folded, view.trigger.end, view.sentence.end)
    if _to_others(view) or (nominal and view.word in view.pack.grammar["market_verbs"] and not this):
        return suppliers, recipients  # "một chuyên viên về buôn bán vũ khí"
    rows = reader.deals()
    names, categories = {p.designation for p in taken if p.designation}, {p.category for p in taken}
    known = [(r, r.columns["weapon_designation"]) for r in rows]
    same = [
        r for r, name in known if (any(name and alike(name, n) for n in names) if names else r.key[2] in categories)
    ]
    if nominal and not same:
        makers = {p.maker for p in taken if p.maker}
        named = {p.country for item in view.items for p in item.parties}
        ships = named if view.frame.name == "shipment" else set()  # what somebody ships he need not have made
        near = [r for r in rows[-3:] if view.sentence.start - r.end < 900]
        # who gives a package of aid need not have made what is in it
        same = [r for r in near if view.frame.name == "package" or r.key[0] in ships or makers <= {r.key[0]}]
    elif view.frame.name == "seek" and recipients and not same:
        same = [r for r in rows[-4:] if r.key[1] == recipients[0].country]
    pairs = {r.key[:2] for r in same}
    if len(pairs) != 1:
        return suppliers, recipients
    supplier, recipient = pairs.pop()
    if view.noun and view.told and {p.country for p in suppliers} == {recipient}:
        suppliers = []  # "Lima cho biết việc chuyển giao S-400 sẽ bắt đầu": who speaks of it need not give
    # The grammar of a noun does not say which side is which; a verb's does.
    giving, getting = ({supplier, recipient},) * 2 if nominal else ({supplier}, {recipient})
    if {p.country for p in suppliers} - giving or {p.country for p in recipients} - getting:
        return suppliers, recipients
    clause = view.items[view.t if view.left < 0 or view.told else view.left : view.right_end]
    if {p.country for item in clause for p in item.parties if p.country} - {supplier, recipient}:
        return suppliers, recipients
    at = view.trigger
    return [Party(at.start, at.end, supplier, "context")], [Party(at.start, at.end, recipient, "context")]


def _of_the_only_one(view: View, reader: Reader, taken: list[weapons.Phrase], suppliers: list[Party]) -> list[Party]:
    """ "Canada sẽ cung cấp tám trực thăng": in an article that tells of one recipient only, that one gets it."""
    deals = reader.deals()
    getting = {row.key[1] for row in deals}
    if view.frame.name != "give" or view.word not in view.pack.grammar["handing"] or len(getting) != 1:
        return []
    if view.noun or any(item.marker == "to" for item in view.items[view.t + 1 : view.right_end]):
        return []
    if "," in view.folded[view.trigger.end : max(view.trigger.end, taken[0].start)]:
        return []
    country, giving = next(iter(getting)), {p.country for p in suppliers}
    named = {p.country for item in view.items for p in item.parties if p.country}
    near = 0 < view.sentence.start - deals[-1].end < _ONE_RECIPIENT_WITHIN
    if not near or named - giving - {country} or country in giving or view.passive is not None or _to_others(view):
        return []
    return [Party(view.trigger.start, view.trigger.end, country, "context")]


def _goes_on(
    view: View, reader: Reader, taken: list[weapons.Phrase], suppliers: list[Party], recipients: list[Party]
) -> tuple[list[Party], list[Party]] | None:
    """ "Warsaw cũng chuyển 14 tiêm kích": the other side is that of the sentence before."""
    last = next(iter(reader.deals()[-1:]), None)
    relative = view.t > 1 and view.items[view.t - 2].marker == "relative"
    same_kind = any(view.pack.grammar["same_kind"].match(view.folded, p.end) for p in taken)
    by_deal = bool(view.pack.grammar["by_deal"].match(view.folded, view.sentence.start))
    # "các loại đạn mà Mỹ sẽ cung cấp": of the deal that the article is on
    told_before = last.columns["weapon_designation"] if last else None
    same_one = told_before is not None and any(p.designation and alike(p.designation, told_before) for p in taken)
    reach = 900 if relative or same_kind or by_deal or same_one else 120
    if last is None or view.noun or view.passive is not None or not 0 < view.sentence.start - last.end < reach:
        return None
    if view.pack.grammar["to_others"].search(view.folded, view.trigger.end, view.sentence.end):
        return None
    named = {p.country for item in view.items for p in item.parties if p.country}
    supplier, recipient = last.key[:2]
    at = view.trigger
    more = any(
        word in view.pack.grammar["also"] for k in range(view.left, view.t) for word in view.between(k, k + 1).split()
    )
    more = more or by_deal
    own = {p.country for p in suppliers}
    if view.frame.name == "give" and view.word in view.pack.grammar["handing"] and named and named in ({supplier}, own):
        # "Warsaw chuyển tiếp 4 chiếc", "Bỉ và Na Uy cũng cấp máy bay cùng loại"
        told = any(item.marker == "to" for item in view.items[view.t + 1 : view.right_end])
        goes_on = suppliers and (named == {supplier} or (more and not told and recipient not in own))
        return (suppliers, [Party(at.start, at.end, recipient, "context")]) if goes_on else None
    made = all(p.maker in (None, supplier) for p in taken)
    if same_kind and last.key[2] in {p.category for p in taken}:  # "Việt Nam mua 6 tàu ngầm loại này"
        more, recipient = True, recipients[0].country if recipients else None
    if view.frame.name == "get" and more and made and named == {recipient} and recipients and supplier != recipient:
        return [Party(at.start, at.end, supplier, "context")], recipients
    return None


def _from_makers(view: View, reader: Reader, taken: list[weapons.Phrase], recipients: list[Party]) -> list[Party]:
    """ "New Delhi quyết mua S-400": from whom goes without saying once the article has it from the weapon's maker."""
    makers = dict.fromkeys(p.maker for p in taken if p.maker)
    at = view.trigger
    found = [Party(at.start, at.end, m, "context") for m in makers if _sells(view, reader, taken, recipients, m)]
    return found if len(makers) == 1 or len(found) == len(taken) else []


def _sells(view: View, reader: Reader, taken: list[weapons.Phrase], recipients: list[Party], maker: str) -> bool:
    getting = {p.country for p in recipients}
    speaks = {p.country for p in view.parties(view.left)} if view.left >= 0 else set()
    told = view.left >= 0 and any(item.quotes for item in view.items[view.left : view.t])
    if maker in getting or (told and maker not in speaks):
        return False
    if all(r.key[0] != maker for r in reader.deals()):
        makers = {p.maker for p in taken}
        clause = view.items[view.t if view.noun else max(view.left, 0) : view.right_end]
        others = {p.country for item in clause for p in item.parties if p.country} - getting - makers
        far = any(len(view.folded[view.trigger.end : p.start].split()) > 4 for p in taken[:1])
        no_deal = view.word in view.pack.grammar["attributes"] or view.word in view.pack.grammar["hunts"]
        passed_on = any(r.key[1] in getting and r.key[2] == p.category for r in reader.deals() for p in taken)
        if maker not in reader.named or others or passed_on or far or no_deal:
            return False
    return True


def _to_others(view: View) -> bool:
    """ "chuyển vũ khí cho nhiều đồng minh": to many, whom nobody names."""
    end = min(view.trigger.end + 60, view.sentence.end)
    return bool(view.pack.grammar["to_others"].search(view.folded, view.trigger.end, end))


def _told_of(view: View, reader: Reader, suppliers: list[Party], recipients: list[Party]) -> list[Party]:
    """ "Đức ngừng bán xe tăng cho nước này": behind a deal, and with nobody else named, its recipient."""
    party = recipients[0] if len(recipients) == 1 else None
    last = next(iter(reader.deals()[-1:]), None)
    if party is None or last is None or party.kind != "anaphor" or not party.others:
        return recipients
    if party.start < view.trigger.end:  # "quân đội nước này còn nhận pháo từ Serbia"
        more = view.frame.name == "get" and view.passive is None and _goes_on_getting(view)
        again = more and party.country == last.key[0] and last.key[1] in party.others
        return [replace(party, country=last.key[1])] if again else recipients
    giving = {p.country for p in suppliers}
    named = {p.country for item in view.items for p in item.parties if p.country and p.kind != "anaphor"}
    if named - giving or last.key[1] in giving or last.key[1] not in party.others:
        return recipients
    if view.sentence.start - last.end > _NEXT and party.country == party.others[0]:
        return recipients  # named since: "... bán cho Azerbaijan. Nga còn là nguồn cung của Armenia. Moskva chuyển ..."
    return [replace(party, country=last.key[1])]


def _goes_on_getting(view: View) -> bool:
    """ "còn nhận", "cũng mua": a word of going on stands between the subject and the verb."""
    words = view.folded[view.items[max(view.left, 0)].end : view.trigger.start].split()
    return not view.pack.grammar["also"].isdisjoint(words)


def _other_meaning(parties: list[Party], taken: set[str | None]) -> list[Party]:
    """ "Washington bán cho hòn đảo này": who is meant is not the one who acts."""
    party = parties[0]
    choice = (
        next((c for c in party.others if c not in taken), None)
        if party.kind == "anaphor" and len(parties) == 1
        else None
    )
    return [replace(party, country=choice)] if choice else []


def _pair(view: View, reader: Reader, suppliers: list[Party], recipients: list[Party]) -> list[Party]:
    """Two sides of a deal of which the grammar does not say who gives."""
    if view.noun and (suppliers and recipients):
        found = PLACES["between"](view)
        both = {p.country for p in found}
        return (
            found if len(found) == 2 and len(both) == 2 and {p.country for p in suppliers + recipients} - both else []
        )
    if (suppliers and recipients) or view.frame.name == "seek":
        return []
    for name in ("between", "pair_modifier", "subject", "agent", "agent_right"):
        if name == "subject" and view.frame.name in ("give", "get") and not view.noun and not _signs(view):
            continue  # "Nga và Mỹ bán nhiều vũ khí": not to each other
        found = _of_the_deals(view, PLACES[name](view), reader)
        if name == "between" and found and not view.noun and "," in view.folded[view.trigger.end : found[0].start]:
            continue  # "Sau khi mua S-400, quan hệ giữa Nga và Mỹ ...": of something else
        if len({p.country for p in found}) == 2 and len(found) == 2:
            return found
    if view.frame.options.get("nominal"):
        found = [*PLACES["subject"](view), *PLACES["with"](view)]
        return found if len({p.country for p in found}) == 2 and len(found) == 2 else []
    return []


def _signs(view: View) -> bool:
    """ "Nga và Peru ký hợp đồng bán xe tăng", "... thảo luận khả năng chuyển giao": the two deal with each other."""
    signing, talks = view.pack.grammar["signing"], ("arms_transfer", "negotiating")
    inner = view.items[max(view.left, 0) : view.t]
    return any(view.folded[item.start : item.end] in signing or talks in item.cues for item in inner)


def _of_the_deals(view: View, pair: list[Party], reader: Reader) -> list[Party]:
    """ "Thương vụ giữa hai bên": the two between whom all deals of the article so far were made."""
    if len(pair) != 2 or pair[0].kind != "anaphor":
        return pair
    listed = (item.parties for item in view.items if item.end <= pair[0].start)
    if any({p.country for p in found} == {p.country for p in pair} for found in listed):
        return pair  # "các tổ chức của Nga và Mali bị nghi chuyển vũ khí giữa hai nước"
    deals = {frozenset(r.key[:2]): r.key[:2] for r in reader.deals()}
    if len(deals) != 1 or frozenset(p.country for p in pair) in deals:
        return pair
    return [replace(p, country=c, person=None) for p, c in zip(pair, next(iter(deals.values())), strict=True)]


def _own_sides(
    view: View, taken: list[weapons.Phrase], phrase: weapons.Phrase, suppliers: list[Party], recipients: list[Party]
) -> tuple[list[Party], list[Party]]:
    """ "trực thăng cho Nigeria, xe tăng cho Uganda": a phrase of a list may have its own side right behind it, and of
    several makers its own sells it."""
    if len(taken) < 2 or phrase.first <= view.t:
        return suppliers, recipients
    if len(suppliers) > 1 and suppliers[0].kind == "context":
        suppliers = [p for p in suppliers if p.country == phrase.maker]
    place = taken.index(phrase)
    stop = taken[place + 1].first if place + 1 < len(taken) else len(view.items)
    for i in range(phrase.last + 1, stop):
        item = view.items[i]
        if not item.parties:
            continue
        if "," in view.folded[phrase.end : item.start] or item.start - phrase.end > 40:
            break
        found = view.parties(i)
        if item.governor == "to" and found and (view.frame.name == "give" or view.frame.options.get("nominal")):
            return suppliers, found
        own = item.governor in ("from", "of") or (item.governor is None and item.start - phrase.end == 1)
        if own and found and view.frame.name in ("get", "seek"):
            return found, recipients
        break
    return suppliers, recipients


def _directed(
    view: View, phrase: weapons.Phrase, suppliers: list[Party], recipients: list[Party], pair: list[Party]
) -> list[tuple[Party, Party, bool | None]]:
    """Who gives to whom. In a pair the maker of the weapon gives; "mua ... giữa A và B" has the buyer first."""
    if not pair:
        owned = view.noun and phrase.maker in {r.country for r in recipients}
        if owned and phrase.maker not in {s.country for s in suppliers}:
            suppliers, recipients = recipients, suppliers  # "Washington hủy hợp đồng mua F-35 của Ankara"
        return [(s, r, True) for s in suppliers for r in recipients]
    first, second = pair
    if phrase.maker in (first.country, second.country):
        return [(first, second, True)] if phrase.maker == first.country else [(second, first, True)]
    if phrase.maker and first.kind == "anaphor":
        return []  # "hai bên ký hợp đồng S-400": other two than those named last
    if view.frame.name == "get":
        return [(second, first, bool(PLACES["between"](view)))]
    if phrase.maker and view.frame.options.get("nominal") and not PLACES["between"](view):
        return []  # "Mỹ và Peru tranh cãi về hợp đồng S-400": a third one's weapon
    told = view.frame.name == "give" and not (view.noun and PLACES["subject"](view) == pair)
    return [(first, second, told or (None if view.frame.name == "give" else False))]


def _moves(view: View, reader: Reader, phrase: weapons.Phrase, supplier: Party, recipient: Party) -> bool:
    """Whether the phrase goes from one country to another in this frame."""
    if supplier.country == recipient.country or not supplier.country or not recipient.country:
        return False
    if supplier.country in _NO_ARSENAL or _is_some_member(view, supplier) or _is_some_member(view, recipient):
        return False
    fight_there = phrase.category == "personnel" and _fight_there(reader, supplier, recipient)
    needs = view.pack.grammar["personnel_needs"]
    sent = view.passive is not None or phrase.first == view.t  # "binh sĩ được cử sang", "gửi quân"
    if phrase.category == "personnel" and not (
        fight_there
        or PLACES["hired"](view)
        or (sent and reader.tells_of_fighters)
        or needs.search(view.folded, view.sentence.start, view.sentence.end)
    ):
        return False
    key = (supplier.country, recipient.country, phrase.category)
    dealt = phrase.category != "personnel" and any(row.key == key for row in reader.deals())
    only = view.frame.options.get("only")
    return not (only and phrase.category not in only) and (
        fight_there or dealt or not _deploys(view, phrase, recipient)
    )


def _is_some_member(view: View, party: Party) -> bool:
    """ "một quốc gia NATO": a member that the text does not name, not the bloc."""
    if party.country not in BLOCS or party.kind == "context":
        return False
    before = view.folded[max(0, party.start - 20) : party.start].rstrip()
    return (" " + before).endswith(view.pack.grammar["some_of"])


def _quantity(view: View, reader: Reader, phrase: weapons.Phrase) -> Quantity | None:
    """How many; a vague number counts for the next of a list as well ("hàng triệu rocket và đạn pháo"). Of a deal a
    part is told ("theo hợp đồng, sáu khẩu đầu tiên ..."), not how many it is of."""
    if view.frame.options.get("nominal") and view.pack.grammar["parts"].match(view.folded, phrase.end + 1):
        return None
    # "giao 6 trong số 24 chiếc mà Athens đặt mua": bought were all of them
    whole = phrase.end <= view.trigger.start and view.frame.name == "get" and view.passive is None
    own = reader.quantities.before(reader.folded, view.sentence.start, phrase.start, whole)
    own = own or reader.quantities.after(reader.folded, phrase.end, view.sentence.end)
    last = phrase.follows
    if own or last is None or view.folded[last.end : phrase.start].strip() not in view.pack.grammar["list_words"]:
        return own
    shared = _quantity(view, reader, last)
    return shared if shared and shared.high != shared.low else None


def _value(view: View, reader: Reader, taken: list[weapons.Phrase], phrase: weapons.Phrase) -> float | None:
    """The sum in US dollars; of a list, each thing has the one that stands between it and the next."""
    dollars, sentence = reader.quantities.dollars, view.sentence
    if len(taken) == 1:
        return dollars(reader.folded, sentence.start, sentence.end)
    place = taken.index(phrase)
    end = taken[place + 1].start if place + 1 < len(taken) else sentence.end
    return dollars(reader.folded, phrase.end, end, of_all=False)


def _own_date(view: View, reader: Reader, taken: list[weapons.Phrase], phrase: weapons.Phrase) -> When | None:
    """ "xe tăng năm 2016 và trực thăng hồi năm ngoái": of a list, a thing may have its date right behind it."""
    place = taken.index(phrase) if phrase in taken else len(taken)
    if len(taken) < 2 or place == len(taken):
        return None
    stop = taken[place + 1].start if place + 1 < len(taken) else view.sentence.end
    for mention in reader.calendar.dates(view.sentence.start, view.sentence.end):
        beside = phrase.end <= mention.start < stop and len(view.folded[phrase.end : mention.start].split()) < 2
        if beside and mention.interval and "," not in view.folded[phrase.end : mention.start]:
            return When(mention.interval, view.text[mention.start : mention.end])
    return None


def _columns(view: View, reader: Reader, phrase: weapons.Phrase, supplier: Party, recipient: Party) -> dict[str, Any]:
    quantity = _quantity(view, reader, phrase)
    # "một phi đội F-16": what is counted opens the phrase itself
    opening = view.folded[phrase.start : phrase.end]
    formation = next((f for f in view.pack.grammar["formations"] if opening.startswith(f + " ")), None)
    return {
        "supplier_country": supplier.country,
        "supplier_actor": actor_of(supplier, view.text),
        "recipient_country": recipient.country,
        "recipient_actor": actor_of(recipient, view.text),
        "end_user": _end_user(view, recipient, supplier),
        "weapon_category": phrase.category,
        "weapon_designation": phrase.designation,
        "quantity_min": quantity.low if quantity else None,
        "quantity_max": quantity.high if quantity else None,
        "quantity_unit": (quantity.unit or formation) if quantity else None,
        "quantity_text": view.text[quantity.start : quantity.end] if quantity else None,
    }


def _fight_there(reader: Reader, supplier: Party, recipient: Party) -> bool:
    """Whether the article has told of troops whom the one sends the other."""
    return any(row.key == (supplier.country, recipient.country, "personnel") for row in reader.rows)


def _deploys(view: View, phrase: weapons.Phrase, recipient: Party) -> bool:
    """ "gửi tàu chiến tới Nhật Bản": own forces that go somewhere are handed to nobody."""
    grammar = view.pack.grammar
    if phrase.category not in grammar["deploys"].get(view.word, ()):
        return False
    asks = recipient.start < view.trigger.start and any(item.cued("ask") for item in view.items[: view.t])
    if recipient.kind == "context" or asks:
        return False
    if phrase.category == "personnel" and grammar["fights"].search(view.folded, phrase.start, view.sentence.end):
        return False
    between = view.folded[view.trigger.end : max(recipient.start, view.trigger.end)]
    return not grammar["handed_to"].search(between)


def _end_user(view: View, recipient: Party, supplier: Party) -> str | None:
    if recipient.group:
        return recipient.group
    for item in view.items[view.t + 1 :]:
        for party in item.parties:
            if (
                party.group
                and party.kind in ("group", "institution")
                and party.country == recipient.country
                and party.group != supplier.group
            ):
                return party.group
    return None
