"""Who says so, and how sure it is: attribution, hedges, denial, negation, conditionals."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from pipelines.extraction import stages
from pipelines.extraction.clauses import View, has_frame
from pipelines.extraction.discourse import Discourse
from pipelines.extraction.items import Item, Party

_CLOSING = ('"', "”")


class Claim(NamedTuple):
    """`status` as in the contract; None means that the passage does not say that it happened at all."""

    status: str | None
    country: str | None = None
    actor: str | None = None
    refused: bool = False
    negated: bool = False


class Speaker(NamedTuple):
    """Somebody who is quoted: `kind` say | accuse | deny | according; `at` is the place of the cue."""

    kind: str
    at: int
    party: Party | None


def speakers(view: View) -> list[Speaker]:
    """Everyone whom the sentence quotes, with the verb that quotes."""
    out = []
    items = view.items
    refusals = {(view.frame.fact_type, stage) for stage in ("refused", "declined")}
    for i, item in enumerate(items):
        kinds = [c[1] for c in item.cues if c[0] == "claim"]
        if kinds and _is_spoken_of(view, i):
            continue
        turns_down = not refusals.isdisjoint(item.cues)  # "bác đề nghị bán": refuses, denies nothing
        for kind in kinds:
            if kind in ("say", "accuse", "deny"):
                out.append(Speaker("say" if turns_down else kind, i, _speaker_of(view, i)))
        told = item.marker == "according" and not item.parties and not cites_act(view, i)
        if told and (source := _source(view, i)) is not None:
            out.append(Speaker("according", i, source))
    return out


def _is_spoken_of(view: View, i: int) -> bool:
    """ "Bất chấp cảnh báo của Oman, Peru vẫn mua ...": words that the sentence only mentions, in a phrase that ends
    before the trigger."""
    if i + 2 >= view.t or view.items[i + 1].marker != "of" or not view.items[i + 2].parties:
        return False
    led = i > 0 and view.items[i - 1].marker == "after" and not view.items[i - 1].parties
    plain = not view.between(i, i + 1).strip() and not view.between(i + 1, i + 2).strip()
    return led and plain and view.folded.startswith(",", view.items[i + 2].end)


def _source(view: View, i: int) -> Party | None:
    """ "theo một phát hiện mới của tình báo Mỹ": the first party behind the marker, within its phrase."""
    for k in range(i + 1, len(view.items)):
        gap = view.folded[view.items[i].end : view.items[k].start]
        if "," in gap or len(gap) > 70 or view.items[k].governor in ("against", "to", "with"):
            return None  # "theo luật A đối với công ty B"
        if view.items[k].parties:
            return next((p for p in view.items[k].parties if p.country and not _names_outlet(view, p)), None)
    return None


def cites_act(view: View, i: int) -> bool:
    """ "theo nghị quyết của Liên Hợp Quốc": what orders a thing does not tell of it."""
    item = view.items[i]
    if item.marker != "according" or item.parties or i + 1 >= len(view.items):
        return False
    said = f" {view.between(i, i + 1).strip()} "
    return any(f" {act} " in said for act in view.pack.grammar.get("implied_authority", {}))


def _names_outlet(view: View, party: Party) -> bool:
    """ "Bangkok Post đưa tin": what a paper is named after does not say it."""
    if view.folded[max(0, party.start - 20) : party.start].rstrip().endswith(view.pack.grammar["news_agencies"]):
        return True  # "hãng tin Pháp"
    return bool(view.pack.grammar["outlets"].match(view.folded, party.end + 1))


def _speaker_of(view: View, i: int) -> Party | None:
    if (owner := _whose_statement(view, i)) is not None:
        return owner
    who = view.subject_before(i)
    if who is None:
        return None
    if view.frame.fact_type == "arms_transfer" and view.says_on(who, i + 1) is not None:
        who = view.goes_on(who, i)
    if view.frame.fact_type == "arms_transfer" and ("claim", "accuse") in view.items[i].cues:
        accused = {p.country for p in view.items[i + 1].parties} if i + 1 < len(view.items) else set()
        if accused & {p.country for p in view.parties(who)}:  # "..., tố Iran tuồn tên lửa": nobody accuses himself
            plain = (k for k in range(who) if view.items[k].governor in (None, "adverb"))
            who = next((k for k in plain if {p.country for p in view.parties(k)} - accused), who)
    gap = view.folded[view.items[who].end : view.items[i].start]
    if len(gap) > 160 or _other_subject(view, who, i) or _inside_quote(gap):
        return None
    if gap.rstrip().endswith(view.pack.grammar["unnamed_speakers"]):
        return None
    if who and view.items[who - 1].cued("ask") and "," in gap:  # "... hối thúc Nga hành động, đồng thời nhấn mạnh"
        who = view.subject_before(who)
    found = [p for p in view.parties(who) if not _names_outlet(view, p)]
    if not found and view.folded[view.items[i].start : view.items[i].end] in view.pack.grammar["cites"]:
        return _source(view, i)  # "Bangkok Post dẫn lời quan chức Peru": whom the paper cites
    if len({p.country for p in found}) < 2:
        return found[0] if found else None
    near = len(gap.split()) <= 4 and found[0].kind != "anaphor"
    return replace(found[0], others=tuple(p.country for p in found[1:]), kind="list") if near else None


def _whose_statement(view: View, i: int) -> Party | None:
    """ "thông báo của Lầu Năm Góc hôm qua cho biết", "phát ngôn viên của ông A nói": whose words say it."""
    k = next((k for k in range(i - 1, 0, -1) if view.items[k].parties), None)
    if k is None or view.items[k].governor not in ("of", "from") or view.items[k - 1].marker not in ("of", "from"):
        return None
    gap = view.folded[view.items[k].end : view.items[i].start]
    apart = any(item.frames or item.marker == "that" or item.cued("passive") for item in view.items[k + 1 : i])
    front, comma, noun = view.words_before(k - 1, 45).rpartition(",")
    at = view.items[k - 1].start - len(noun)
    unknown = comma and front and not any(item.parties and at - 2 <= item.end <= at for item in view.items[:k])
    gap = gap.removeprefix(",") if unknown else gap  # "A B, người phát ngôn của Bộ Ngoại giao Mali, nói ..."
    if apart or "," in gap or len(gap.split()) > 5:
        return None
    said = view.pack.grammar["said_by"].search(" ".join(noun.split()[-5:]))
    return next(iter(view.parties(k)), None) if said else None


def _inside_quote(gap: str) -> bool:
    """ "... chống Mali", Reuters dẫn lời: who stands in the quotation that ends before the verb does not say it."""
    return gap.count('"') % 2 == 1 or gap.count("”") > gap.count("“")


def _other_subject(view: View, who: int, i: int) -> bool:
    """ "Seoul nói ..., nhưng ảnh vệ tinh mới cho thấy": behind it something else that no mention names."""
    start = next((view.items[k].end for k in range(i - 1, who, -1) if view.items[k].marker == "contrast"), None)
    if start is None and view.items[who].governor == "after":
        start = view.folded.rfind(",", view.items[who].end, view.items[i].start) + 1 or None
    return start is not None and len(view.folded[start : view.items[i].start].split()) > 2


def judge(view: View, doers: set[str], others: set[str], memory: Discourse) -> Claim:
    """The claim that covers the trigger. `doers` act in it themselves; `others` are the other sides."""
    said = speakers(view)
    involved = doers | others
    doubtful = hedged(view)
    negated = _negated(view)
    deny = next((s for s in said if s.kind == "deny" and _covers(view, s)), None)
    if deny:
        who = deny.party
        if who is None:
            return _attributed(view, said, involved, memory)._replace(status="denied")
        return Claim("denied", who.country, _actor(who))
    if _conditional(view):
        return Claim(None)
    claim = _attributed(view, said, involved, memory)
    if negated is None and _no_talks(view):
        denied = claim.country in involved and claim.country is not None
        return Claim("denied" if denied else None, claim.country, claim.actor, negated=True)
    if negated is not None:
        if view.left > 0 and view.items[view.left - 1].cued("ask"):
            return Claim(None, negated=True)  # "kêu gọi Mỹ không bán": what Mỹ does nobody says
        active = view.frame.name == "give" and view.passive is None and view.left >= 0
        waits = active and claim.country in others - doers  # "Kiev nói Ba Lan không giao"
        refused = _future(view, negated) or _withheld(view, negated, claim.country) or waits
        if claim.country in involved and claim.country and not refused:
            return Claim("denied", claim.country, claim.actor, negated=True)
        if refused:
            return Claim(claim.status, claim.country, claim.actor, refused=True, negated=True)
        return Claim(None, negated=True)
    if doubtful:
        return Claim("alleged", claim.country, claim.actor)
    return claim


def _future(view: View, negated: int) -> bool:
    """ "sẽ không", "dọa sẽ không", "quyết định không", "không muốn": what somebody refuses to do, no denial."""
    item = view.items[negated]
    refuses = (view.frame.fact_type, "refused") in item.cues
    last = view.items[negated - 1] if negated and not view.between(negated - 1, negated).strip() else None
    word = view.folded[last.start : last.end] if last else ""
    maybe = any(word.startswith(doubt) for doubt in view.pack.grammar["epistemic"])
    will = word.endswith(tuple(view.pack.grammar["will"])) and not maybe
    return refuses or will or view.folded[item.start : item.end].startswith(view.pack.grammar["future"])


def _no_talks(view: View) -> bool:
    """ "chưa đàm phán với Đức về việc bán", "chưa ký hợp đồng mua": what would lead to it has not begun."""
    if view.frame.fact_type != "arms_transfer":
        return False
    for i in range(view.t - 1, 0, -1):
        item = view.items[i]
        if "," in view.between(i, i + 1) or item.weapon or (item.parties and item.governor != "with"):
            return False
        if item.quotes or len(view.between(i, i + 1).split()) > 3:
            return False
        leads = any(c[0] == "arms_transfer" and c[1] in ("negotiating", "agreed") for c in item.cues)
        if leads and ("claim", "negation") in view.items[i - 1].cues and not view.between(i - 1, i).strip():
            return True
    return False


def _withheld(view: View, negated: int, speaker: str | None) -> bool:
    """ "việc Mỹ không trao F-35", "Đức không bán động cơ": told as a fact, it is kept back; no deed is denied."""
    item = view.items[negated]
    plain = view.folded[item.start : item.end] in view.pack.grammar["plain_no"]
    if not plain or view.left < 0 or view.frame.name != "give" or view.word not in view.pack.grammar["handing"]:
        return False
    return speaker is None or (" " + view.words_before(view.left)).endswith(view.pack.grammar["noun_heads"])


def _covers(view: View, s: Speaker) -> bool:
    """Whether a denial on the left takes the trigger as its object."""
    if s.at >= view.t:
        return False
    between = view.folded[view.items[s.at].end : view.trigger.start]
    return (
        ";" not in between
        and "”" not in between
        and len(between) < 200
        and not any(
            view.items[k].marker in ("after", "contrast", "because")
            or (("claim", "say") in view.items[k].cues and view.items[k - 1].marker == "and")
            for k in range(s.at + 1, view.t)
        )
    )


def hedged(view: View) -> bool:
    """Whether "được cho là" or the like covers the trigger; behind a sanction it tells of whom that hits."""
    for i, item in enumerate(view.items):
        if any(c == ("claim", "hedge") for c in item.cues):
            gap = (
                view.folded[item.end : view.trigger.start] if i < view.t else view.folded[view.trigger.end : item.start]
            )
            apart = any(view.items[k].marker in ("after", "contrast", "because") for k in range(i + 1, view.t))
            apart = apart or (
                view.frame.fact_type == "sanction" and "," in gap and any(k.parties for k in view.items[i + 1 : view.t])
            )
            if (i < view.t and ";" not in gap and not apart) or (
                i > view.t and len(gap) < 40 and not _of_target(view, i)
            ):
                return True
    return False


def _of_target(view: View, i: int) -> bool:
    """ "trừng phạt 9 người Iran bị cáo buộc ...": the doubt is about those who are hit."""
    return view.frame.fact_type == "sanction" and any(item.parties for item in view.items[view.t + 1 : i])


def _negated(view: View) -> int | None:
    """Place of a negation right before the trigger (nothing but cues and markers between)."""
    if view.frame.fact_type == "meeting" and view.noun and stages.inside(view):
        return None
    by = range(view.passive + 1, view.t) if view.passive is not None else ()  # "sẽ không được Nga chuyển giao"
    for i in range(view.t - 1, -1, -1):
        item = view.items[i]
        gap = view.between(i, i + 1)
        if item.parties and i in by and view.frame.fact_type == "arms_transfer" and "," not in gap:
            continue
        if "," in gap or item.parties or item.weapon or item.frames or len(gap.split()) > 3:
            return _none_at_all(view)
        if any(c == ("claim", "negation") for c in item.cues) and not _dares(view, item):
            if any(k.cued("claim") for k in view.items[i + 1 : view.t]):
                return None  # "không bình luận về việc ..."
            undone = any(c[1] in ("cancelled", "refused") for c in view.items[i + 1].cues)
            return None if undone else i  # "sẽ không hủy thỏa thuận": the deal stands
    return None


def _none_at_all(view: View) -> int | None:
    """ "Không một quả đạn nào của chúng tôi được bán": the negation stands with what would move."""
    if view.frame.fact_type != "arms_transfer":
        return None
    start, end = max(view.sentence.start, view.trigger.start - 100), view.trigger.start
    found = view.pack.grammar["none_at_all"].search(view.folded, start, end)
    at = next((i for i in range(view.t) if found and view.items[i].start == found.start()), None)
    stops = {("arms_transfer", "cancelled"), ("arms_transfer", "refused")}
    held_up = at is not None and any(stops & set(item.cues) for item in view.items[at + 1 : view.t])
    return None if held_up else at  # "không có sự trì hoãn nào trong việc giao": it goes on


def _dares(view: View, item: Item) -> bool:
    """ "không ngại trừng phạt", "không sợ lệnh trừng phạt": no denial, though it opens with a negation."""
    word = view.folded[item.start : item.end]
    says = {("sanction", "threatened"), ("sanction", "in_force")} & set(item.cues)
    return view.frame.fact_type == "sanction" and bool(says) and word not in view.pack.grammar["future"]


def _conditional(view: View) -> bool:
    """Whether the trigger stands inside an if-clause."""
    if asked_whether(view):
        return False
    for i in range(view.t - 1, -1, -1):
        item = view.items[i]
        if "," in view.between(i, i + 1) or ";" in view.between(i, i + 1):
            return False
        if item.marker == "conditional":
            return True
    return False


def asked_whether(view: View) -> bool:
    """ "xác nhận liệu cuộc gặp có diễn ra như kế hoạch": a meeting of which one asks whether it will be is planned."""
    if view.frame.fact_type != "meeting" or not view.noun or not view.t or view.between(view.t - 1, view.t).strip():
        return False
    last = view.items[view.t - 1]
    return view.folded[last.start : last.end] in view.pack.grammar["whether"]


def _who_vows(view: View) -> Party | None:
    """ "Washington dọa sẽ hủy hợp đồng": who threatens or promises it has said so."""
    if view.left < 0 or view.passive is not None or view.frame.fact_type == "meeting":
        return None
    words = (view.folded[item.start : item.end] for item in view.items[view.left + 1 : view.t])
    vows = not view.pack.grammar["vows"].isdisjoint(words)
    return next(iter(view.parties(view.left)), None) if vows else None


def _attributed(view: View, said: list[Speaker], involved: set[str], memory: Discourse) -> Claim:
    """The nearest speaker whose words hold the trigger."""
    best: Speaker | None = None
    apart: Speaker | None = None  # the outermost of those whom a "nhưng" parts from the trigger
    said = [s for s in said if not _in_a_fronted_clause(view, s)]
    told = [s for s in said if not _remarks(view, s, involved)]
    remarked, said = len(told) < len(said), told
    accused = any(s.kind == "accuse" and s.at < view.t and not _background(view, s) for s in said)
    for s in said:
        if s.party is None:
            continue
        if s.kind == "according":
            if best is None:
                best = s
            continue
        if s.at < view.t:
            if view.items[s.at].start > view.trigger.start or view.apart(s.at) or _background(view, s):
                continue
            if any(view.items[k].marker == "contrast" for k in range(s.at + 1, view.t)):
                apart = apart or s
            else:
                best = s  # the last one before the trigger
        elif _trailing(view, s) and best is None:
            best = s
    best = best or apart
    if best is None:
        if (
            view.sentence.quoted
            and memory.speaker
            and not remarked
            and not _behind_quote(view)
            and not _of_unknown(view, memory.speaker[1])
        ):
            country, actor = memory.speaker
            if country and not (country not in involved and _remarked_on(view)):
                return Claim("stated" if country in involved else "alleged", country, actor)
        vows = None if accused else _who_vows(view)
        return Claim("alleged" if accused else "stated", *((vows.country, _actor(vows)) if vows else ()))
    party = best.party
    country, actor = party.country, _actor(party)
    if party.kind == "list":  # of several who speak, one who is part of it
        country = next((c for c in (country, *party.others) if c in involved), country)
    if country in involved:
        if (
            best.kind == "accuse"
            and country is not None
            and len(involved) > 1
            and best.at < view.t
            and _between_is_other(view, best, involved - {country})
        ):
            return Claim("alleged", country, actor)
        doing = {p.country for p in view.parties(view.left)} if view.left >= 0 else {country}
        if best.kind == "accuse" and best.at > view.t and country not in doing:
            return Claim("alleged", country, actor)  # "Nga chuyển tên lửa cho phe ly khai, Kiev cáo buộc"
        return Claim("stated", country, actor)
    return Claim("alleged", country, actor)


def _actor(party: Party) -> str | None:
    """Who says so, as the text names him; a pronoun ("ông", "nước này") names only whom it stands for."""
    return party.person if party.kind == "anaphor" else party.actor or party.person


def _of_unknown(view: View, actor: str | None) -> bool:
    """ ""...", Miller nhận định": a name that no list holds speaks, not who spoke before."""
    for i in range(view.t + 1, len(view.items)):
        item = view.items[i]
        cites = view.folded[item.start : item.end] in view.pack.grammar["cites"]
        if cites or not {("claim", "say"), ("claim", "accuse")} & set(item.cues):
            continue
        before = view.text[view.trigger.end : item.start].rstrip()
        name = next((before.rpartition(q)[2] for q in _CLOSING if q in before), "").strip(" ,")
        if name and all(word[0].isupper() for word in name.split()):
            return name.split()[-1] not in (actor or "")
    return False


def _behind_quote(view: View) -> bool:
    """ ""...", AFP dẫn thông cáo sau cuộc gặp": the quotation that opens the sentence is closed before the trigger."""
    before, after = (
        view.text[view.sentence.start + 1 : view.trigger.start],
        view.text[view.trigger.end : view.sentence.end],
    )
    return any(q in before for q in _CLOSING) and not any(q in after for q in _CLOSING)


def _between_is_other(view: View, s: Speaker, others: set[str]) -> bool:
    """ "Ukraine cáo buộc Nga nhận vũ khí": the accused stands right after the verb."""
    for i in range(s.at + 1, view.t):
        if view.items[i].parties:
            return any(p.country in others for p in view.items[i].parties)
    return False


def _trailing(view: View, s: Speaker) -> bool:
    """ "…, ông Kirby nói": the verb after what is said, its speaker right before it."""
    i = s.at
    own = next((k for k in range(view.t + 1, i) if s.party in view.items[k].parties), None)
    if own is not None and view.items[own].governor in ("of", "from") and not _says_that(view, i):
        before = view.folded[view.trigger.end : view.items[own - 1].start].replace("”", ",")
        return "," in before and len(before.rpartition(",")[2].split()) <= 6  # "..., người phát ngôn của ông A nói"
    if own is not None and not _says_that(view, i):
        paper = view.folded[view.trigger.end : view.items[own].start].replace("”", ",").rpartition(",")
        cites = any(f" {word} " in paper[2] for word in view.pack.grammar["cites"])
        if paper[1] and cites and len(paper[2].split()) <= 8:
            return True  # "..., Bangkok Post hôm nay dẫn nguồn tin quan chức Peru cho biết"
    who = view.subject_before(i)
    if who is None or who <= view.t or _says_that(view, i):
        return False
    before = view.folded[view.items[view.t].end : view.items[who].start].rstrip()
    words = before.split()
    while words and words[-1] in view.pack.grammar["determiners"]:
        words.pop()
    before = " ".join(words)
    return before.endswith((",", "”", '"', "–", "-", ".")) or "”" in before


def _says_that(view: View, i: int) -> bool:
    """ "..., Bắc Kinh chỉ ra rằng họ ...": what is said comes behind."""
    if view.folded[: view.items[i].end].endswith(view.pack.grammar["that_words"]):
        return True
    if i + 1 >= len(view.items) or view.between(i, i + 1).strip():
        return False
    following = view.items[i + 1]
    if view.frame.fact_type == "arms_transfer" and ("claim", "accuse") in view.items[i].cues and following.parties:
        return True  # "..., Bắc Kinh cảnh báo Mỹ sẽ trả giá"
    return following.marker == "that"


def _in_a_fronted_clause(view: View, s: Speaker) -> bool:
    """ "Sau khi Mali tuyên bố ..., Canada áp lệnh trừng phạt": what the main clause tells he does not say."""
    if view.frame.fact_type != "sanction" or s.party is None or view.left <= s.at:
        return False
    opens = any(
        item.marker == "after" and item.end <= s.party.start and "," not in view.folded[item.end : s.party.start]
        for item in view.items[: s.at]
    )
    return opens and "," in view.folded[view.items[s.at].end : view.items[view.left].start]


def _remarks(view: View, s: Speaker, involved: set[str]) -> bool:
    """ "Mỹ cảnh báo Peru vì mua S-400", "nói việc Peru mua S-400 gây hại": what one only remarks on is there."""
    if view.frame.fact_type != "arms_transfer" or s.kind not in ("say", "accuse"):
        return False
    word = view.folded[view.items[s.at].start : view.items[s.at].end]
    if word in view.pack.grammar["charges"] or (s.party and s.party.country in involved):
        return False
    if _remarked_on(view):
        return True
    if s.at > view.t:
        return False
    close = (
        view.t > 1 and not view.between(view.t - 1, view.t).strip() and not view.between(view.t - 2, view.t - 1).strip()
    )
    if close and view.items[view.t - 1].parties and view.items[view.t - 2].weapon and s.at < view.t - 2:
        return True  # "số vũ khí Mỹ bán cho Peru không đủ"
    if s.kind == "accuse" and (" " + word).endswith(view.pack.grammar["deed_nouns"]):
        return True
    for i in range(s.at + 1, view.t):
        item = view.items[i]
        aside = has_frame(item, "sanction") or (
            item.marker in ("because", "after") and "," not in view.folded[item.end : view.trigger.start]
        )
        which = item.marker == "relative" and view.items[i - 1].weapon and not view.between(i - 1, i).strip()
        if aside or which:
            return True
    return False


def _remarked_on(view: View) -> bool:
    """ "việc Peru mua S-400 đe dọa khu vực": the deed is the subject of what is said."""
    if view.frame.fact_type != "arms_transfer":
        return False
    grammar = view.pack.grammar
    heads = [i for i in (view.t, view.left) if i >= 0 and (" " + view.words_before(i)).endswith(grammar["deed_nouns"])]
    if not heads and not view.frame.options.get("nominal"):
        return False
    if grammar["remarks"].search(view.folded, view.trigger.end, view.sentence.end):
        return True
    before = view.items[min(heads)].start if heads else view.trigger.start
    return bool(grammar["opposes"].search(view.folded, max(view.sentence.start, before - 30), before))


def _background(view: View, s: Speaker) -> bool:
    """ "Iran cảnh báo Mỹ, trong bối cảnh Washington trừng phạt ...": what a comma sets off the article itself tells."""
    return view.frame.fact_type == "sanction" and any(
        view.items[k].marker == "after" and "," in view.between(k - 1, k) for k in range(s.at + 1, view.t)
    )
