"""Meetings: people of at least two countries meet, visit, call or write."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pipelines.extraction import claims, stages
from pipelines.extraction.clauses import View
from pipelines.extraction.dates import resolve
from pipelines.extraction.items import Item, Party, Sentence
from pipelines.extraction.reader import Reader
from pipelines.extraction.roles import PLACES
from pipelines.extraction.rows import Row, distinct_names, make_row, same_people, some_are_same
from pipelines.extraction.when import When

_APART = frozenset(["after", "because", "that", "contrast", "conditional", "relative"])
_KINDS = ("call", "summit", "talks", "visit", "correspondence", "ceremony", "forum")  # which one of two stays
_BODIES = frozenset(["UN", "EU"])  # where somebody meets "at the UN", no country is named
_OVER = 30  # days, after which nothing that was going on goes on
_LONG_PAST = 90  # days, after which a meeting that was to be on a day with its year has been
_NEXT_YEAR = 340  # days back to a month that is meant to be that of the year to come
_ARRIVED = 3  # days within which who has come to meet somebody need not have met him
_GATHERINGS = frozenset(["summit", "forum", "conference"])
_NEXT_STOP = 3  # words between "before" and the visit that comes next
_UNDONE = frozenset(["cancelled", "declined"])
_DONE = frozenset(["held", "ongoing", "planned"])
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NAMED = re.compile(r"(\w+) ((?:[A-ZÀ-Ỹ][\w’'-]*)(?: [A-ZÀ-Ỹ][\w’'-]*)*), (?:\w+ )?$")
_SHORT = re.compile(r" (?:\([A-ZĐ]{2,6}\) )?")
_TOPIC_END = re.compile(r"[.;,“”\n]")


def read(view: View, reader: Reader) -> list[Row]:
    """The rows of one meeting trigger, if people of two countries take part; a tour gives a row a host."""
    if _is_purpose_of_meeting(view) or _is_occasion(view):
        return []
    groups = [[p for p in g if not _is_private(view, p)] for g in _groups(view, reader)]
    groups = [g for g in groups if 2 <= len({p.country for p in g}) <= 8]
    if not groups:
        return _told_again(view, reader)
    shared = groups[0][0].title and not groups[0][0].person  # "Ngoại trưởng Rwanda và CHDC Congo"
    if view.frame.options.get("persons") and not (shared or all(p.person or p.title for p in groups[0])):
        return []
    envoy = view.frame.options.get("envoy") and not any(w in view.word for w in view.pack.grammar["envoys"])
    if envoy and not _an_envoy_comes(view, groups[0]):
        return []
    if _is_another(view, groups[0], reader):
        return []
    first = groups[0][0]
    told_behind = (
        first.start > view.trigger.end and bool(first.person or first.title) and bool(PLACES["attended"](view))
    )
    if view.frame.options.get("strict") and not (told_behind or _comes_in_person(view, first)):
        return []
    claim = claims.judge(view, {p.country for p in groups[0] if p.country}, set(), reader.memory)
    undone = _undone(view) or ("cancelled" if _called_off(view) else None)
    stage = undone or ("declined" if claim.refused else stages.stage_of(view, view.left, view.frame.default))
    when = _on_the_day(view, reader.when(view, view.left))
    if stage == "planned" and undone is None and not _just_now(view, when, reader.calendar.published_on):
        stage = _of_the_visit(view) or stage
    if stage == "held" and (_lies_ahead(view) if view.noun else _yet_to_come(view)):
        stage = "planned"
    if stage == "held" and (before := _next_stop(view)) is not None and _still_on_tour(view, reader, before):
        stage, when = "planned", When(None, None)
    if stage == "proposed" and view.noun and view.pack.grammar["coming"].match(view.words_after(view.t)):
        stage = "planned"  # "hy vọng cuộc gặp sắp tới giữa ..."
    if stage in ("held", "proposed") and _bare_before(view).endswith(view.pack.grammar["eve_words"]):
        stage = "planned"
    if stage == "held" and view.pack.grammar["generalities"].match(view.folded, _phrase_end(view, groups)):
        return []
    if claim.negated and claim.status == "denied" and not view.noun and _topic(view):
        return []  # "không đàm phán về việc đó": of that only
    if (claim.negated and stage in _UNDONE) or (claim.status == "denied" and undone == "declined"):
        claim = claim._replace(status="stated")  # "bác bỏ đối thoại": what one turns down
    if claim.status is None:
        return []
    if (claims.asked_whether(view) and stage not in _UNDONE) or (stage == "held" and _consented_to(view)):
        stage = "planned"
    if claim.status == "alleged" and stage == "held" and _taken_for_granted(view):
        claim = claim._replace(status="stated")
    stage, when = _in_time(view, stage, when, reader.calendar.published_on)
    out = []
    for parties in groups:
        countries = sorted({p.country for p in parties if p.country})
        place, place_text = _place(view, parties, stage)
        if place is None:
            place = _on_the_visit(view, countries, stage, reader)
        columns = {
            "participant_countries": countries,
            "participant_names": _names(view, parties, reader),
            "meeting_kind": _kind(view, countries),
            "place_country": place,
            "place_text": place_text,
            "topic": _topic(view),
        }
        said = {"stage": stage, "claim": claim, "when": when, "confidence": 0.9}
        row = make_row(view, tuple(countries), columns, **said)
        row.further = any(view.pack.grammar["further"].search(view.folded, p.start - 12, p.end) for p in parties)
        row.fronted = view.noun and view.left < 0
        row.aside = _is_weighed(view) or (stage == "ongoing" and _sets_the_time(view)) or _is_caption(view)
        out.append(row)
    return out


def _kind(view: View, countries: list[str]) -> str:
    """The kind of the frame, but for what is told of it; a dialogue of two is no forum."""
    if _by_phone(view):
        return "call"
    two = len(countries) == 2 and view.word.startswith(view.pack.grammar["dialogues"])
    return "talks" if two and view.frame.name == "conference" else view.frame.options["kind"]


def _an_envoy_comes(view: View, parties: list[Party]) -> bool:
    """ "triệu tập đại sứ Mali": nobody else is summoned to another country's ministry."""
    return any(view.folded[p.start : p.end].startswith(view.pack.grammar["envoys"]) for p in parties)


def _taken_for_granted(view: View) -> bool:
    """ "cáo buộc Mỹ gây ra sự sụp đổ của cuộc gặp", "tin rằng ông A đổi ý sau khi gặp ông B": that they met is no part
    of what is alleged."""
    if view.noun:
        return stages.inside(view)
    for i in range(view.t - 1, -1, -1):
        item = view.items[i]
        if item.quotes or item.marker == "that" or "," in view.between(i, i + 1):
            return False
        if item.marker == "after":
            return ("meeting", "held") in item.cues
    return False


def _consented_to(view: View) -> bool:
    """ "ông A đồng ý đến thăm Oslo": he has not been there."""
    return not view.noun and view.stands_behind("consents")


def _by_phone(view: View) -> bool:
    """ "A và B thảo luận về thuế trong một cuộc điện đàm": how they talked stands behind."""
    if view.noun or view.frame.options["kind"] != "talks":
        return False
    for i in range(view.t + 1, len(view.items)):
        item = view.items[i]
        if ("meeting", "call") in ((view.pack.frames[f].fact_type, view.pack.frames[f].name) for f in item.frames):
            return bool(view.pack.grammar["during"].search(view.folded, view.trigger.end, item.start))
        if (item.frames and view.is_verb(i) and not item.marker) or ";" in view.between(i - 1, i):
            return False
    return False


def _just_now(view: View, when: When, published: dt.date | None) -> bool:
    """ "hôm nay đã đến Nga để gặp ông A": he has come, and they are yet to meet."""
    if when.text is None:
        return False
    if when.interval is None and view.pack.grammar["gone_by"].search(when.text.lower()):
        return False  # "tuần trước"
    return published is None or when.interval is None or abs((published - when.interval.start).days) <= _ARRIVED


def _of_the_visit(view: View) -> str | None:
    """ "tháng trước đến Nga để gặp ông A": what somebody goes somewhere for comes about as the visit does."""
    if not view.words_before(view.t).endswith(view.pack.grammar["purposes"]):
        return None
    for k in range(view.t - 1, max(view.left, 0), -1):
        frames = [view.pack.frames[f] for f in view.items[k].frames]
        visit = next((f for f in frames if f.options.get("kind") == "visit"), None)
        if visit and view.items[k + 1].parties and _somebody_goes(view, k):
            going = View(view.pack, view.text, view.folded, view.sentence, k, visit)
            return stages.stage_of(going, going.left, visit.default)
        if view.items[k].cued("claim"):
            return None
    return None


def _lies_ahead(view: View) -> bool:
    """ "nói vài ngày trước hội nghị thượng đỉnh Nga - Mỹ": at the time of which is told it lies ahead; in front of the
    sentence ("Trước cuộc gặp, ông đã ...") it may be over."""
    before = view.words_before(view.t)
    ahead = next((w for w in view.pack.grammar["ahead_words"] if (" " + before).endswith(w)), None)
    return ahead is not None and len(before) > len(ahead) and view.sentence.start < view.trigger.start - len(before) - 1


def _told_again(view: View, reader: Reader) -> list[Row]:
    """ "Cuộc gặp sẽ diễn ra ngày 3/5 tại Oslo", "Chile sau đó hủy cuộc gặp": what becomes of one told right before."""
    kind = view.frame.options["kind"]
    before = None if view.frame.options.get("strict") else reader.told_near(view.sentence)
    if before is None or view.sentence.is_title or view.word in view.pack.grammar["assemblies"]:
        return []
    apart = {kind, before.columns["meeting_kind"]} & {"visit", "call", "correspondence", "forum"}
    if apart and kind != before.columns["meeting_kind"]:
        return []
    side = {p.country for p in view.parties(view.left)} if view.left >= 0 else set()
    if not (side < set(before.key) if side else _comes_about(view)):
        return []
    claim = claims.judge(view, side or set(before.key), set(), reader.memory)
    undone = _undone(view)
    stage = undone or ("declined" if claim.refused else stages.stage_of(view, view.left, view.frame.default))
    stage, when = _in_time(view, stage, reader.when(view, view.left), reader.calendar.published_on)
    if not view.noun and claim.refused and _topic(view):
        return []  # "sẽ không đàm phán về điều đó": of that only
    wished = view.noun and stage == "proposed" and _wished_for(view)
    if (not view.noun and view.t + 1 < len(view.items) and view.items[view.t + 1].parties) or (
        side and not (stage in _UNDONE or wished)
    ):
        return []
    place = _at(view, stage in _DONE)
    named = place is not None and _is_state(place.country)
    if claim.status is None or not (named or when.text or side):
        return []
    columns = before.columns | {
        "meeting_kind": before.columns["meeting_kind"] if kind == "talks" else kind,
        "place_country": place.country if named else None,
        "place_text": view.text[place.start : place.end] if named else None,
    }
    row = make_row(view, before.key, columns, stage=stage, claim=claim, when=when, confidence=0.7)
    row.again = True
    return [row]


def _wished_for(view: View) -> bool:
    """ "đề nghị tổ chức một cuộc gặp khác": the wish stands right before the meeting."""
    wishes = view.pack.grammar["proposes"].union(view.pack.grammar["own_wishes"])
    last = next((item for item in reversed(view.items[: view.t]) if ("meeting", "proposed") in item.cues), None)
    return (
        last is not None
        and view.folded[last.start : last.end] in wishes
        and len(view.folded[last.end : view.trigger.start].split()) <= 4
    )


def _comes_about(view: View) -> bool:
    """Whether the sentence opens with the meeting and tells of its taking place."""
    if view.t != next(i for i, item in enumerate(view.items) if item.frames):
        return False
    opens = view.pack.grammar["told_again"].match(view.folded, view.sentence.start, view.trigger.start)
    return bool(opens and view.pack.grammar["comes_about"].match(view.folded, view.trigger.end, view.sentence.end))


def _bare_before(view: View) -> str:
    """What stands before the trigger, without "các", "những"."""
    before = " " + view.words_before(view.t)
    plural = next((word for word in view.pack.grammar["plurals"] if before.endswith(word)), "")
    return before[: len(before) - len(plural)]


def _undone(view: View) -> str | None:
    """ "rút khỏi cuộc đàm phán", "vắng mặt trong cuộc gặp": what somebody leaves or stays away from."""
    before, grammar = _bare_before(view), view.pack.grammar
    for stage, words in grammar["undoes"].items():
        word = next((w for w in words if before.endswith(" " + w)), None)
        if word and not before[: len(before) - len(word)].rstrip().endswith(grammar["not_yet"]):
            return stage
    return None


def _called_off(view: View) -> bool:
    """ "lên kế hoạch họp thượng đỉnh tại Oslo nhưng sau đó hủy bỏ": what a sentence ends on about it."""
    but = next((k for k in range(view.t + 1, len(view.items) - 1) if view.items[k].marker == "contrast"), None)
    if but is None or view.items[but].parties:
        return False
    ends = next((k for k in range(but + 1, len(view.items)) if view.items[k].cues), but)
    cancelled = ("meeting", "cancelled") in view.items[ends].cues and not any(
        item.parties or item.frames for item in view.items[but + 1 : ends]
    )
    alone = ends + 1 == len(view.items) or not view.items[ends + 1].frames  # "nhưng hủy chuyến thăm": another one
    return cancelled and alone and len(view.between(but, ends).split()) <= 3


def _in_time(view: View, stage: str, when: When, published: dt.date | None) -> tuple[str, When]:
    """What the day of publication says: a meeting on a later day is planned; one to come was on no day before it, so
    such a day is when somebody spoke of it, and a month without a year is that of the year after."""
    interval = when.interval
    if published is None or interval is None:
        return stage, when
    if stage in ("held", "ongoing"):
        told = any(("meeting", "held") in item.cues for item in view.items[view.left + 1 : view.t])
        told = told or when.text.lower().startswith(view.pack.grammar["past_words"])
        if stage == "ongoing" and (published - interval.end).days > _OVER:
            stage = "held"  # "trùng với dịp ông A tiếp đón ông B hồi tháng Hai"
        ahead = interval.start > published or (
            interval.precision in ("year", "season") and interval.end > published and _is_welcome(view)
        )
        return ("planned" if ahead and not told else stage), when
    if stage not in ("planned", "proposed") or interval.end >= published:
        return stage, when
    if _YEAR.search(when.text):  # "mở đường cho hội nghị năm 2018", told a year later
        return ("held" if stage == "planned" and (published - interval.end).days > _LONG_PAST else stage), when
    at = view.folded.find(when.text.lower(), view.sentence.start, view.sentence.end)
    told = view.folded[:at].rstrip().endswith(view.pack.grammar["past_words"])
    later = None
    if not told and interval.precision == "month" and (published - interval.end).days < _NEXT_YEAR:
        later = resolve({"m": interval.start.month, "y": interval.start.year + 1}, None)
    return stage, When(later, when.text if later else None)


def _is_welcome(view: View) -> bool:
    """ "hoan nghênh ông A thăm Nga trong năm nay": who is welcome has not come yet."""
    return view.left > 0 and view.words_before(view.left).endswith(view.pack.grammar["welcomes"])


def _is_weighed(view: View) -> bool:
    """ "tầm quan trọng của chuyến thăm": a remark on a meeting, of which the text tells elsewhere."""
    return view.noun and (" " + view.words_before(view.t)).endswith(view.pack.grammar["weighed"])


def _is_caption(view: View) -> bool:
    """ "Ông A (trái) và ông B tại cuộc gặp": below a picture."""
    return bool(view.pack.grammar["captions"].search(view.folded, view.sentence.start, view.sentence.end))


def _phrase_end(view: View, groups: list[list[Party]]) -> int:
    """Where the phrase of a noun of meeting ends: behind the last side that follows it."""
    ends = [p.end for g in groups for p in g if p.start > view.trigger.start]
    return max(ends, default=view.trigger.end)


def _yet_to_come(view: View) -> bool:
    """ "sẽ nêu việc đó khi gặp Nga", "nói trước khi tới Nga": the main clause sets the time of its clause of time."""
    grammar = view.pack.grammar
    for i in range(view.t - 1, -1, -1):
        item = view.items[i]
        if "," in view.between(i, i + 1) or (item.frames and not item.marker and not item.cues):
            return False
        if item.marker != "after" or item.parties:
            continue
        word = view.folded[item.start : item.end]
        fronted = any(k.parties and not k.governor for k in view.items[view.right_end :])
        main = range(view.right_end, len(view.items)) if fronted else range(i)
        will = any(
            view.folded[view.items[k].start : view.items[k].end] in grammar["will"]
            and (not fronted or (view.items[k - 1].parties and len(view.between(k - 1, k).split()) <= 1))
            for k in main[1:]
        )
        if word in grammar["before_words"]:
            return will or (not fronted and any(view.items[k].quotes for k in main))
        return word in grammar["when_words"] and will
    return False


def _next_stop(view: View) -> int | None:
    """ "đến Qatar, trước khi kết thúc chuyến công du tại Oman": the place of the word behind which the next stop is."""
    if view.frame.options["kind"] != "visit":
        return None
    for i in range(view.t - 1, 0, -1):
        item = view.items[i]
        if item.marker == "after" and not item.parties:
            near = len(view.folded[item.end : view.trigger.start].split()) <= _NEXT_STOP
            before = view.folded[item.start : item.end] in view.pack.grammar["before_words"]
            goes = any(view.pack.frames[f].options.get("kind") == "visit" for k in view.items[:i] for f in k.frames)
            return i if near and before and goes else None
        if item.parties or item.frames:
            return None
    return None


def _still_on_tour(view: View, reader: Reader, before: int) -> bool:
    """Whether the stop told before it is of these days: where it is long past, so is the one after it."""
    published, start = reader.calendar.published_on, view.items[before].start
    dates = [d for d in reader.calendar.dates(view.sentence.start, view.sentence.end) if d.end <= start]
    if published is None or not dates:
        return not dates
    return all(d.interval is not None and abs((published - d.interval.end).days) <= _ARRIVED for d in dates)


def _is_purpose_of_meeting(view: View) -> bool:
    """ "bắt đầu cuộc gặp ... để thảo luận về ...": what the meeting named before it is for."""
    return view.words_before(view.t).endswith(view.pack.grammar["purposes"]) and any(
        view.pack.frames[f].fact_type == "meeting" and view.pack.frames[f].options["kind"] != "visit"
        for item in view.items[view.left + 1 : view.t]
        for f in item.frames
    )


def _on_the_day(view: View, when: When) -> When:
    """ "chuyến thăm đầu tiên kể từ năm 2009": since when there was none is no date of it."""
    at = view.folded.find(when.text.lower(), view.sentence.start, view.sentence.end) if when.text else -1
    since = at > 0 and view.folded[:at].rstrip().endswith(view.pack.grammar["since_words"])
    return When(None, None) if since else when


def _is_private(view: View, party: Party) -> bool:
    """ "các doanh nghiệp Nhật Bản", "nhà báo Mỹ": acts for no state."""
    if party.kind == "group" or party.country is None:
        return False
    start = max(view.sentence.start, view.folded.rfind(" ", 0, max(0, party.start - 18)) + 1)
    found = view.pack.grammar["private_sides"].search(view.folded, start, party.end)
    if found is None or any(item.quotes for item in view.items if found.end() <= item.start < party.start):
        return False  # "một học giả tin rằng Tổng thống Mali ..."
    between = view.folded[found.end() : party.start]
    return "," not in between and not set(between.split()) & view.pack.grammar["list_words"]


def _is_occasion(view: View) -> bool:
    """ "gặp nhau bên lề hội nghị cấp cao": the gathering is where the meeting named before it takes place."""
    if view.frame.name not in _GATHERINGS:
        return False
    first = view.t  # "hội nghị cấp cao Diễn đàn ...": one name of two such words
    while first and not view.between(first - 1, first).strip() and _gathers(view, first - 1):
        first -= 1
    if not view.words_before(first).endswith(view.pack.grammar["occasions"]):
        return False
    own = view.words_before(first).endswith(view.pack.grammar["eve_words"]) and view.governed(("with",)) is not None
    if own or PLACES["between"](view):
        return False
    return any(
        view.pack.frames[f].name in ("meet", "call", "host") and not item.marker
        for item in view.items[: view.t]
        for f in item.frames
    )


def _gathers(view: View, k: int) -> bool:
    return any(view.pack.frames[f].name in _GATHERINGS for f in view.items[k].frames)


def _sets_the_time(view: View) -> bool:
    """Whether the trigger stands in a clause of time: "trong khi ông Kim thăm Nga, Bắc Hàn đã phóng ..."."""
    for i in range(view.t - 1, -1, -1):
        if "," in view.between(i, i + 1):
            return False
        if view.items[i].marker == "after" and not view.items[i].parties:
            return True
    return False


def _comes_in_person(view: View, who: Party) -> bool:
    """ "Ngoại trưởng Mỹ đã tới Hà Nội": somebody in office, and nothing but cues and a date before the verb."""
    delegation = who.actor is not None and who.actor.lower().startswith(view.pack.grammar["delegations"])
    if not (who.title or who.person or delegation):
        return False
    if who.kind == "anaphor" and view.pack.grammar["private_sides"].search(view.folded, view.sentence.start, who.start):
        return False  # "sau khi nhà báo A mất tích khi ông tới Oslo"
    end = next((item.end for item in view.items if who in item.parties), who.end)  # of the list that he is in
    words = view.folded[end : view.trigger.start]
    if words.rstrip().endswith((*view.pack.grammar["carriers"], *view.pack.grammar["reach_verbs"])):
        return False
    for item in view.items[: view.t]:
        told = any(cue[0] == "claim" and cue[1] != "negation" for cue in item.cues)
        says = told and not (("claim", "say") in item.cues and _of_oneself(view, item))
        if item.start >= end and (item.weapon or (item.frames and not item.cued("meeting")) or says):
            return False
        leads = item.role and view.folded[item.start : item.end].startswith(view.pack.grammar["delegations"])
        if item.start >= end and (item.cues or item.marker or leads):
            words = words.replace(view.folded[item.start : item.end], " ", 1)
    return len([w for w in words.split() if w.isalpha()]) <= 3


def _of_oneself(view: View, said: Item) -> bool:
    """ "xác nhận sẽ tới Canada", "tuyên bố sẽ không tới": what somebody says that he will do."""
    will = view.pack.grammar["will"]
    if view.folded[said.start : said.end].endswith(tuple(f" {word}" for word in will)):
        return True
    nxt = next((item for item in view.items if item.start >= said.end), None)
    return nxt is not None and view.folded[said.end : nxt.end].strip() in will


def fill_from(row: Row, other: Row) -> None:
    """Take over from another passage on a meeting where it took place and, told again, when."""
    fill_place(row, other)
    if other.again and row.interval is None:
        row.when = other.when


def fill_place(row: Row, other: Row) -> None:
    """Take over where a meeting took place from another passage on it."""
    if row.columns["meeting_kind"] not in ("call", "correspondence") and not row.columns["place_country"]:
        row.columns |= {name: other.columns[name] for name in ("place_country", "place_text")}


def one_occasion(rows: list[Row], sentence: Sentence) -> list[Row]:
    """The rows of a sentence: a visit and the meeting on it, a call and what was talked over, talks with this one and
    that one are one row."""
    kept: list[Row] = []
    for row in rows:
        twin = next((r for r in kept if row.fact_type == "meeting" and _twins(r, row, sentence)), None)
        if twin is None:
            kept.append(row)
            continue
        more, less = (
            (row, twin)
            if _KINDS.index(row.columns["meeting_kind"]) < _KINDS.index(twin.columns["meeting_kind"])
            else (twin, row)
        )
        names = [*more.columns["participant_names"], *less.columns["participant_names"]]
        more.columns["participant_names"] = distinct_names(names)
        fill_place(more, less)
        if more.interval is None:
            more.when = less.when
        kept[kept.index(twin)] = more
    return kept


def _twins(a: Row, b: Row, sentence: Sentence) -> bool:
    """Whether two rows of a sentence tell of one occasion."""
    if a.fact_type != b.fact_type or a.key != b.key or a.stage != b.stage or a.status != b.status:
        return False
    kinds = {a.columns["meeting_kind"], b.columns["meeting_kind"]}
    places = {a.columns["place_country"], b.columns["place_country"]} - {None}
    apart = a.interval and b.interval and a.interval != b.interval
    by_phone = kinds == {"call", "talks"}  # "Trong cuộc điện đàm, A và B thảo luận ..."
    if kinds == {"talks"} and a.trigger != b.trigger:  # "hội đàm với ông A và gặp ông B"
        then = a.when.text and b.when.text and a.when.text != b.when.text
        timed = any(i.marker == "after" and not i.parties and (i.start, i.end) < b.trigger for i in sentence.items)
        return len(places) < 2 and not (apart or then or timed) and some_are_same(a, b)
    alike = by_phone or (kinds <= {"visit", "talks", "summit"} and not (a.fronted or b.fronted))
    alike = alike and len(kinds) > 1
    return alike and len(places) < 2 and not apart and same_people(a, b)


def _groups(view: View, reader: Reader) -> list[list[Party]]:
    """Who takes part: the first places that together give two countries ("of+with": who stands at both)."""
    if view.frame.options["kind"] == "visit":
        come, where = PLACES["visitor"](view), PLACES["host"](view)
        if (
            len(where) > 1
            and where[0].kind == "anaphor"
            and len(view.folded[view.trigger.end : where[0].start].split()) > 2
        ):
            where = []  # "chuyến thăm sẽ thúc đẩy quan hệ song phương"
        own = {p.country for p in come}
        states = set(filter(_is_state, reader.named))
        if not where and come and come[0].person and len(states) == 2 and own < states and _stops_at(view):
            where = [Party(come[0].end, come[0].end, *(states - own), "country", title=True)]
        if not where and come and view.noun and (other := _other_of_two(view, own)):
            where = [Party(come[0].end, come[0].end, other, "country", title=True)]
        return [[*come[:3], host] for host in where if come and host.country not in own]
    for places in view.frame.roles["participants"]:
        if places == "subject" and (_is_judged(view) or _writes_to_another(view)):
            continue
        found: list[Party] = []
        parts = [PLACES[name](view) for name in places.split("+")]
        if not all(parts):
            continue
        for part in parts:
            for party in part:
                if all(party.country != p.country or (party.person and party.person != p.person) for p in found):
                    found.append(party)
        if len({p.country for p in found}) >= 2:
            own = parts[0] if "subject" in places else []
            if each := _each_apart(view, own, found):
                return each
            return [found, *([*own, *more] for more in _further_partners(view) if own)]
    return []


def _writes_to_another(view: View) -> bool:
    """ "ông A và ông B đã gửi điện chúc mừng": both to somebody whom the sentence does not name."""
    mutual = view.pack.grammar["mutual"].search(view.folded, view.trigger.start, view.sentence.end)
    return view.frame.name == "write" and not view.noun and not mutual


def _each_apart(view: View, own: list[Party], found: list[Party]) -> list[list[Party]]:
    """ "có các cuộc tiếp xúc với ông A và ông B", "gọi điện cho A và B": each is met by himself."""
    mine = {p.country for p in own}
    others = dict.fromkeys(p.country for p in found if p.country not in mine)
    grammar = view.pack.grammar
    apart = view.word in grammar["one_at_a_time"] or grammar["separately"].search(
        view.folded, view.items[max(view.left, 0)].end, view.trigger.end
    )
    apart = apart or grammar["separately"].match(view.folded, view.trigger.end + 1)
    if len(mine) != 1 or len(others) < 2 or not apart:
        return []
    return [[*own, *(p for p in found if p.country == country)] for country in others]


def _other_of_two(view: View, own: set[str | None]) -> str | None:
    """ "Hai nước nâng cấp quan hệ trong chuyến thăm của ông A": he visits the other of the two."""
    visitor = PLACES["of"](view)[:1]
    if not visitor or not (visitor[0].person or visitor[0].title) or len(own) != 1:
        return None
    for item in view.items:
        pair = {p.country for p in item.parties} if item.parties[:1] and item.parties[0].kind == "anaphor" else set()
        near = item.end <= view.trigger.start or len(view.folded[visitor[0].end : item.start].split()) <= 4
        if len(pair) == 2 and own < pair and near:
            return next(iter(pair - own))
    inside = view.pack.grammar["during"].search(view.folded, view.sentence.start, view.trigger.start)
    named = {p.country for i in view.items for p in i.parties if p.country and p.kind != "place"}
    others = named - own
    only = len(others) == 1 and not others & _BODIES and len(next(iter(others))) == 2
    only = only and not view.pack.grammar["abroad"].search(view.folded, view.trigger.end, visitor[0].start)
    return next(iter(others)) if inside and only else None  # "bỏ lệnh cấm với Việt Nam trong chuyến thăm của ông A"


def _is_judged(view: View) -> bool:
    """ "Lào và Thái Lan chỉ trích cuộc họp": who has an opinion on a meeting has no part in it."""
    return view.noun and _bare_before(view).endswith(view.pack.grammar["opinions"])


def _is_another(view: View, parties: list[Party], reader: Reader) -> bool:
    """ "Sau cuộc gặp đó, ông A nói ...": the meeting told right before, not one of whoever the clause behind names."""
    if not view.noun or not view.pack.grammar["told_before"].match(view.folded, view.trigger.end):
        return False
    before = reader.told_near(view.sentence)
    return before is not None and {*before.key} != {p.country for p in parties}


def _stops_at(view: View) -> bool:
    """ "sau khi ông A sang thăm vào ngày 3/5": nothing but a time behind the verb says what is visited."""
    return not (view.noun or view.frame.options.get("strict")) and bool(
        view.pack.grammar["then_words"].match(view.folded, view.trigger.end, view.sentence.end)
    )


def _further_partners(view: View) -> Iterator[list[Party]]:
    """ "gặp với ông A bốn lần, với ông B hai lần": each behind the first "với" is met by himself."""
    i = view.governed(("with",))
    if i is None:
        return
    for k in range(i + 1, len(view.items)):
        item = view.items[k]
        if item.frames or item.quotes or (item.parties and item.governor != "with"):
            return
        if item.parties:
            gap = view.folded[view.items[i].end : view.items[k - 1].start]
            listed = set(gap.rpartition(",")[2].split()) <= view.pack.grammar["list_words"]
            if not listed or len(gap.split()) > 7:
                return
            yield view.parties(k)
            i = k


def _names(view: View, parties: list[Party], reader: Reader) -> list[str]:
    """The persons of the sides; for a side that names none, who acts for it in the sentence."""
    speaks = view.pack.grammar["spokespeople"]
    names = [
        p.person
        for p in parties
        if p.person and not view.folded[p.start : p.end].startswith(speaks) and not _is_kin(view, p)
    ]
    names += [name for p in parties if not p.person and p.kind != "anaphor" and (name := _apposed(view, p))]
    for country in dict.fromkeys(p.country for p in parties if not p.person and not _apposed(view, p)):
        if any(p.person and p.country == country for p in parties):
            continue
        acting = [p.person for p in _acting(view) if p.country == country][:1]
        names += (
            acting or _inviting(view, country) or _head(view, country, reader) or _counterpart(view, country, reader)
        )
    countries = {p.country for p in parties}
    names += _among_others(view, countries) + _listed_on(view, parties)
    if view.frame.options["kind"] == "visit":
        names += [p.person for p in _hosts(view) if p.person and _acts_for(p, {parties[-1].country})]
    return list(dict.fromkeys(names))


def _hosts(view: View) -> Iterator[Party]:
    """ "theo lời mời của Tổng thống Peru A", "nhận lời mời của ông B sang thăm": who has invited."""
    invitations = view.pack.grammar["invitations"]
    for k, item in enumerate(view.items):
        asked = item.governor == "of" and k > 1 and (" " + view.words_before(k - 1)).endswith(invitations)
        if asked or item.governor == "invitation":
            yield from item.parties


def _acts_for(party: Party, countries: set[str | None]) -> bool:
    return bool(party.person) and party.country in countries and party.kind != "anaphor"


def _listed_on(view: View, parties: list[Party]) -> list[str]:
    """ "giữa Ngoại trưởng Peru A với Bộ trưởng Oman B, Thứ trưởng C và tướng D.": the rest of a side's
    list, to its end."""
    countries = {p.country for p in parties}
    last = max((k for k, item in enumerate(view.items) if any(p in item.parties for p in parties)), default=-1)
    if last <= view.t or not view.items[last].parties[-1].title:
        return []
    names, k = [], last + 1
    while k < len(view.items):
        if view.items[k].marker == "and" and not view.between(k - 1, k).strip(" ,"):
            k += 1
        if k == len(view.items) or view.between(k - 1, k).strip() not in ("", ",") or not view.items[k].parties:
            break
        if not all(p.title and _acts_for(p, countries) for p in view.items[k].parties):
            break
        names += [p.person for p in view.items[k].parties if p.person]
        k += 1
    return names if view.pack.grammar["list_closers"].match(view.folded, view.items[k - 1].end) else []


def _inviting(view: View, country: str | None) -> list[str]:
    """ "lời mời thăm Chile của ông Boric": whose invitation it is."""
    if not (" " + view.words_before(view.t)).endswith(view.pack.grammar["invitations"]):
        return []
    owners = (p for item in view.items[view.t + 1 : view.right_end] if item.governor == "of" for p in item.parties)
    return [p.person for p in owners if p.person and p.country == country][:1]


def _among_others(view: View, countries: set[str | None]) -> list[str]:
    """ "gặp ông A cùng các quan chức khác, trong đó có ông B": who is named of the others."""
    for i in range(view.t + 2, view.right_end):
        item = view.items[i]
        if item.frames and not item.marker:
            return []
        if item.governor == "include" and view.items[i - 2].role and not view.items[i - 2].parties:
            return [p.person for p in item.parties if p.person and p.country in countries]
    return []


def _is_kin(view: View, party: Party) -> bool:
    """ "con trai ông A": not he himself; but "tuyên bố ông A sẽ gặp" names no father."""
    start = max(view.sentence.start, party.start - 20)
    before = view.folded[start : party.start].rstrip()
    told = (p for item in view.items for p in item.parties if p.end < party.start and p.person != party.person)
    if not party.title and any(p.person and p.country == party.country for p in told):
        return False  # "ông A cử em gái B": she herself
    verb = any(item.end == start + len(before) and item.cues for item in view.items)
    return not verb and f" {before}".endswith(view.pack.grammar["kin"])


def _head(view: View, country: str | None, reader: Reader) -> list[str]:
    """ "Nhà lãnh đạo Nhật Bản": whom the article named as the head of that state."""
    leaders, offices = view.pack.grammar["leader_words"], view.pack.grammar["head_offices"]
    named = (item.parties[0] for item in view.items if [p.country for p in item.parties] == [country])
    if not any(view.folded.startswith(leaders, p.start) for p in named):
        return []
    held = (reader.memory.holders.get((office, country)) for office in offices)
    return [name for name in held if name][:1]


def _counterpart(view: View, country: str | None, reader: Reader) -> list[str]:
    """ "Tổng thống Nga tiếp người đồng cấp Mali": whom the article named in that office there."""
    counterparts = [item for item in view.items if item.role == ("titles", "counterpart")]
    if not any(party.country == country for item in counterparts for party in item.parties):
        return []
    held = reader.memory.holders.items()
    others = [item.start for item in view.items if item.role and item.role[0] == "titles" and item.parties]
    return [
        name
        for (office, where), name in held
        if where == country and any(view.folded.startswith(f"{office} ", start) for start in others)
    ][:1]


def _apposed(view: View, party: Party) -> str | None:
    """ "ông Boric, tổng thống của Chile", "Chủ tịch Hội đồng châu Âu (EC) Costa": the name beside."""
    found = _NAMED.search(view.text, max(view.sentence.start, party.start - 50), party.start)
    if found and found.group(1).lower() in view.pack.grammar["honorifics"]:
        return found.group(2)
    behind = next((p for item in view.items if item.start >= party.end for p in item.parties[:1]), None)
    beside = behind and behind.country == party.country and _SHORT.fullmatch(view.text, party.end, behind.start)
    return behind.person if beside else None


def _acting(view: View) -> Iterator[Party]:
    """Persons who do something in the sentence but speak; behind the trigger only in a clause of their own."""
    for i, item in enumerate(view.items):
        apart = i < view.t or "," in view.folded[view.trigger.end : item.start]
        if apart and item.governor in (None, "and", "after") and not any(k.quotes for k in view.items[i + 1 : i + 3]):
            yield from (p for p in item.parties if p.person and p.kind != "anaphor" and not p.former)


def _place(view: View, parties: list[Party], stage: str) -> tuple[str | None, str | None]:
    kind = view.frame.options["kind"]
    if kind in ("call", "correspondence"):
        return None, None
    host = parties[-1] if kind == "visit" else _at(view, stage in _DONE) or _named_after(view)
    host = host or _visited(view, {p.country for p in parties}) or _beside(view)
    if host and _is_state(host.country):
        return host.country, None if host.person or host.title else view.text[host.start : host.end]
    if view.frame.options.get("place") == "subject" and parties and _is_state(parties[0].country):
        return parties[0].country, None
    return None, None


def _is_state(country: str | None) -> bool:
    return len(country or "") == 2 and country not in _BODIES


def _named_after(view: View) -> Party | None:
    """ "thượng đỉnh Hà Nội": the city that a meeting is named after."""
    item = view.items[view.t + 1] if view.noun and view.t + 1 < len(view.items) else None
    near = item is not None and len(item.parties) == 1 and not view.between(view.t, view.t + 1).strip()
    return item.parties[0] if near and item.governor is None and item.parties[0].kind in ("place", "capital") else None


def _beside(view: View) -> Party | None:
    """ "gặp bên lề Diễn đàn kinh tế St. Petersburg": the city that the gathering has in its name."""
    for i in range(view.t + 1, len(view.items) - 1):
        item, nxt = view.items[i], view.items[i + 1]
        if "," in view.between(i - 1, i) or item.marker in _APART:
            return None
        if any(view.pack.frames[f].options.get("kind") == "forum" for f in item.frames):
            gap = view.between(i, i + 1)
            near = len(nxt.parties) == 1 and nxt.governor is None and "," not in gap and len(gap.split()) <= 6
            return nxt.parties[0] if near and nxt.parties[0].kind in ("place", "capital") else None
    return None


def _on_the_visit(view: View, countries: list[str], stage: str, reader: Reader) -> str | None:
    """ "Tại đây, ông A hội đàm với ông B": talks of those whose visit was told right before are where that goes."""
    if view.frame.options["kind"] not in ("talks", "summit") or view.frame.options.get("place"):
        return None
    visit = reader.told_near(view.sentence)
    if visit is None or visit.columns["meeting_kind"] != "visit" or visit.key != tuple(countries):
        return None
    here = view.pack.grammar["there"].search(view.folded, view.sentence.start, view.trigger.start)
    return visit.columns["place_country"] if here or (stage == visit.stage and stage != "proposed") else None


def _at(view: View, takes_place: bool) -> Party | None:
    """ "tại Geneva" in the clause of the trigger; before it only where the meeting takes place at all."""
    for i in range(view.t + 1, view.right_end):
        item = view.items[i]
        if item.marker in _APART or item.quotes or len(view.folded[view.trigger.end : item.start].split()) > 24:
            break
        if item.frames and view.pack.grammar["topic"].search(view.folded, view.trigger.end, item.start):
            break  # "hội đàm về kết quả cuộc gặp tại Geneva"
        if item.parties and item.governor == "at":
            before = view.words_before(i, 40).rsplit(" ", 1)[0]
            return None if view.pack.grammar["elsewhere"].search(before) else item.parties[0]
    for i in range(view.t - 1, -1, -1):
        item = view.items[i]
        if item.quotes or ";" in view.between(i, i + 1):
            break
        where = view.pack.grammar["where_words"].match(view.folded, item.end)  # "Hà Nội là nơi hai ông gặp nhau"
        if item.parties and takes_place and ((i and item.governor == "at") or where):
            return item.parties[0]
    return None


def _visited(view: View, countries: set[str | None]) -> Party | None:
    """ "trong chuyến thăm Pháp", "đến Nga để gặp": where a visit in the same sentence goes to."""
    for k, item in enumerate(view.items[:-1]):
        if not any(view.pack.frames[f].options.get("kind") == "visit" for f in item.frames):
            continue
        nxt = view.items[k + 1]
        where = bool(nxt.parties) and nxt.parties[0].kind not in ("person", "anaphor") and _somebody_goes(view, k)
        where = where and "," not in view.between(k, k + 1)  # "Trong chuyến thăm, Thủ tướng Peru gặp ..."
        if where and nxt.governor in (None, "to", "at") and len(view.between(k, k + 1).split()) <= 2:
            there = nxt.parties[0].country in countries or (
                k < view.t and "," not in view.folded[nxt.end : view.trigger.start]
            )
            return nxt.parties[0] if len(nxt.parties) == 1 and there else None
    return None


def _somebody_goes(view: View, k: int) -> bool:
    """Whether "tới" at item k is a verb with somebody before it, not what a message or a look goes to."""
    if view.items[k].marker != "to" or k == 0:
        return True
    before, gap = view.items[k - 1], view.between(k - 1, k).rstrip()
    visits = (f for item in view.items[max(0, k - 2) : k] for f in item.frames)
    if gap.endswith(",") or any(view.pack.frames[f].options.get("kind") == "visit" for f in visits):
        return True
    moves = before.parties or before.cues or before.marker
    return bool(moves) and len(gap.split()) <= bool(before.parties)


def _topic(view: View) -> str | None:
    match = view.pack.grammar["topic"].search(view.folded, view.trigger.end, view.sentence.end)
    if not match:
        return None
    end = _TOPIC_END.search(view.text, match.end(), view.sentence.end)
    return view.text[match.end() : end.start() if end else view.sentence.end].strip() or None
