"""Sanctions: an authority, a target, what it does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from pipelines.extraction import claims, stages
from pipelines.extraction.clauses import View, has_frame
from pipelines.extraction.guards import CAPITAL_TOKEN
from pipelines.extraction.items import Party, Weapon
from pipelines.extraction.reader import Reader
from pipelines.extraction.roles import PLACES, befallen, find
from pipelines.extraction.rows import Row, actor_of, make_row
from pipelines.extraction.when import When

_IMPOSING = frozenset(["imposed", "extended", "eased", "lifted", "threatened", "called_for", "in_force"])
_NEVER_HIT = frozenset(["UN", "INTL", "NATO"])  # they impose; nobody imposes on them
_VETO = frozenset(["CN", "FR", "GB", "RU", "US"])  # the Security Council imposes nothing on its permanent members
_LONGEST_NAME = 70
_WORDS_BEFORE_NAME = 6  # "tập đoàn công nghiệp quốc phòng X"
_NOUN_PHRASE = 60  # characters behind a sanction in which a date is its own
_MAY_LACK = frozenset(["punish", "list", "freeze", "freeze_sum", "travel"])
_CHANGES = frozenset(["extended", "eased", "lifted"])
_REPRISAL_WITHIN = 60  # characters
_JUST_SAID = 400  # characters back to a row that what stands here may go on with
_REASON_END = re.compile(r"[.;“”\n]")


def read(view: View, reader: Reader) -> list[Row]:
    """The rows of one sanction trigger: authorities x targets."""
    if view.frame.options.get("needs_context") and not _has_context(view, reader):
        return []
    authorities, targets = _sides(view, reader)
    authorities, targets, confidence = _from_context(view, reader, authorities, targets)
    authorities, targets = _as_before(reader, authorities, targets)
    authorities, targets = _evader(view, reader, authorities, targets)
    targets = _armed_in_breach(view, targets)
    sides = {p.country for p in authorities if p.country}, {p.country for p in targets if p.country}
    if not sides[0] or not sides[1]:
        return []
    if _by_force(view) or _names_a_law(view) or _is_reprisal(view, authorities):
        return []
    claim = claims.judge(view, sides[0], sides[1], reader.memory)
    if claim.status == "stated" and _violates(view) and _accused_by(view, claim.country):
        claim = claim._replace(status="alleged")
    stage = stages.stage_of(
        view,
        _doer(view, authorities[0]),
        "in_force" if view.noun and not view.frame.options.get("listing") else view.frame.default,
    )
    if stage == "in_force" and view.noun and PLACES["warned"](view):
        stage = "threatened"
    if stage in ("eased", "lifted") and view.noun and _only_spoken_of(view):
        stage = "in_force"
    if stage in ("lifted", "eased") and not claim.negated and claim.status != "denied" and _end_is_weighed(view):
        stage = "in_force"
    if stage in ("imposed", "extended") and view.frame.options.get("listing") and _will_list(view):
        stage = "threatened"
    stands = (" " + view.words_before(view.t)).endswith(view.pack.grammar["stands_on"])
    if (stage == "called_for" and _is_on_list(view)) or (stage in ("threatened", "imposed") and stands):
        stage = "in_force"
    if stage in ("lifted", "eased") and authorities[0].kind == "context" and _until(view):
        stage = "in_force"
    told_of = view.noun and not view.frame.options.get("listing") and not _has_ended(view)
    if told_of and not _subject_acts(view, sides[0]):
        if stage in ("lifted", "eased"):
            ends = view.items[view.t - 1].cued("sanction") and len(view.between(view.t - 1, view.t).split()) <= 3
            stage = "called_for" if ends else "in_force"
        elif stage in ("imposed", "threatened") and _obeys(view):
            stage = "in_force"
    told = authorities[0].kind == targets[0].kind == "context"
    dated = stage == "imposed" and view.noun and _is_imposed_then(view)
    if told and not dated and (stage in ("imposed", "violated") or (stage == "in_force" and not stages.upheld(view))):
        return []  # nothing but what was said before
    if stage == "threatened" and _only_warned(view, sides[0]):
        stage = "in_force"
    both = {("sanction", "lifted"), ("claim", "negation")}
    if claim.negated and any(both <= set(item.cues) for item in view.items[: view.t]):
        claim = claim._replace(status="stated")  # "không còn bị phong tỏa tài sản"
    elif claim.negated:
        if stage not in ("lifted", "eased") and not (stage == "violated" and view.noun):
            return []  # what is not undone, or not broken, is there
        claim, stage = claim._replace(status="stated"), "in_force"
    if claim.status == "denied" and view.noun and stage != "violated" and claim.country not in sides[0]:
        claim = claim._replace(status="stated")  # "Nga bác bỏ lệnh trừng phạt của Mỹ": not that there is one
    if claim.status == "alleged" and _is_public(view, stage, claim.country in sides[0]):
        claim = claim._replace(status="stated")
    if stage == "called_for" and claim.country is None and (caller := _caller(view)):
        claim = claim._replace(country=caller.country, actor=caller.actor or caller.person)
    if claim.status is None:
        anyone = view.pack.grammar["anyone"].search(view.folded, view.sentence.start, view.trigger.start)
        there = stage == "in_force" and authorities[0].kind != "context" and not (anyone or _indefinite(view))
        if view.noun and (stage in ("lifted", "eased") or there):  # "nếu Mỹ dỡ bỏ lệnh trừng phạt": there is one
            stage = "in_force"
        elif stage != "threatened":
            return []
        claim = claim._replace(status="stated")
    when = _when(view, reader, sides[0], stage)
    out = []
    for authority in authorities:
        for target in targets:
            if authority.country == target.country or (authority.country == "UN" and target.country in _VETO):
                continue
            kind, name = _target_kind(view, target)
            kind = view.frame.options.get("hits", kind) if kind == "country" else kind
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
            row = make_row(view, key, columns, stage=stage, claim=claim, when=when, confidence=confidence)
            row.hits = _how_many(view, target)
            row.further = _is_another(view)
            out.append(row)
    return out


def _is_imposed_then(view: View) -> bool:
    """ "Lệnh trừng phạt được áp đặt vào năm 2009": since when, which was not told before."""
    k = view.t + 1
    acts = (
        k + 1 < len(view.items) and view.items[k].cued("passive") and ("sanction", "imposed") in view.items[k + 1].cues
    )
    dates = view.pack.grammar["on_day"]
    return acts and bool(dates.match(view.folded, view.items[k + 1].end))


def _is_another(view: View) -> bool:
    """ "trừng phạt khác", "tạm ngưng trừng phạt Mali, nhưng vẫn duy trì lệnh cấm vận": not the one told before it."""
    if view.pack.grammar["other_than_told"].match(view.folded, view.trigger.end):
        return True
    told = next((k for k in range(view.t - 1, -1, -1) if has_frame(view.items[k], "sanction")), None)
    return told is not None and any(i.marker == "contrast" and not i.parties for i in view.items[told + 1 : view.t])


def _accused_by(view: View, country: str | None) -> bool:
    """ "Oman cáo buộc hãng Mali lách lệnh trừng phạt": that it is broken its authority only says."""
    said = [s for s in claims.speakers(view) if s.kind == "accuse" and s.party and s.at < view.t]
    return any(s.party.country == country and not view.items[s.at].cued("sanction") for s in said if s.party)


def _end_is_weighed(view: View) -> bool:
    """ "cân nhắc dỡ bỏ", "để ngỏ khả năng nới lỏng": as long as that is thought about it stands."""
    ends = [i for i in view.items[: view.t] if {("sanction", "lifted"), ("sanction", "eased")} & set(i.cues)]
    return bool(ends) and bool(view.pack.grammar["weighs"].search(view.folded, view.sentence.start, ends[-1].start))


def _is_on_list(view: View) -> bool:
    """ "các cá nhân có tên trong danh sách trừng phạt": whatever is wished for besides."""
    start = max(view.sentence.start, view.trigger.start - 30)
    return bool(view.pack.grammar["membership"].search(view.folded, start, view.trigger.start))


def _will_list(view: View) -> bool:
    """ "sẽ đưa ngân hàng Mali vào danh sách đen", "có thể đưa ...": what somebody will or may do."""
    will, between = view.pack.grammar["will"], view.items[max(view.left, 0) : view.t]
    return any(view.folded[i.start : i.end] in will or ("sanction", "threatened") in i.cues for i in between)


def _doer(view: View, authority: Party) -> int:
    """Place of who imposes where he stands before the trigger, else of its subject."""
    at = next((i for i in range(view.t) if authority in view.items[i].parties), view.left)
    return at if view.passive is None and at < view.left else view.left


def _has_ended(view: View) -> bool:
    """ "Mali bán nhiều dầu hơn kể từ khi lệnh trừng phạt hết hiệu lực": its end is told as a fact."""
    ends = [i for i in view.items[view.t + 1 : view.right_end] if ("sanction", "lifted") in i.cues]
    since = view.pack.grammar["since_when"].search(view.folded, view.sentence.start, view.trigger.start)
    return bool(ends and since) and "," not in view.folded[since.end() : view.trigger.start]


def _subject_acts(view: View, authorities: set[str]) -> bool:
    """Not "Mali tìm cách dỡ bỏ lệnh trừng phạt của Oman", "Mali tuân thủ lệnh trừng phạt của Oman"."""
    doers = {p.country for p in view.parties(view.subject_before(view.t))}
    apart = view.left < 0 or "," in view.folded[view.items[view.left].end : view.trigger.start]
    return apart or view.passive is not None or not doers or bool(doers & authorities)


def _when(view: View, reader: Reader, authorities: set[str], stage: str) -> When:
    """Its date; one that is only there has none but what stands right behind ("lệnh trừng phạt năm 2016")."""
    when = reader.when(view, view.left, authorities)
    if not view.noun or when.text is None:
        return when
    at = view.text.find(when.text, view.trigger.end, view.sentence.end)
    if stage in ("lifted", "eased") and at >= 0:
        laid = view.pack.grammar["laid_on"].search(view.folded, view.trigger.end, at)
        return When(None, None) if laid else when  # "dỡ bỏ các lệnh trừng phạt áp đặt từ năm 2014"
    if stage != "in_force":
        return when
    near = at >= 0 and at - view.trigger.end < _NOUN_PHRASE and "," not in view.text[view.trigger.end : at]
    return when if near else When(None, None)


def _caller(view: View) -> Party | None:
    """ "Chile muốn Hội đồng Bảo an cấm vận": who calls for it."""
    calls = [k for k in range(view.t) if ("sanction", "called_for") in view.items[k].cues]
    return next(iter(view.parties(view.subject_before(calls[-1]))), None) if calls else None


def _is_public(view: View, stage: str, by_authority: bool) -> bool:
    """Whether a sanction stands though somebody else speaks of it: acts are public, calls are made by who speaks.

    What is to come, or broken, or doubted, only its authority can state.
    """
    if stage == "violated":
        return by_authority and not any(s.kind == "accuse" for s in claims.speakers(view))
    if stage == "threatened":
        return by_authority
    return not claims.hedged(view)


def _only_warned(view: View, authorities: set[str]) -> bool:
    """ "Nga cảnh báo lệnh trừng phạt của Mỹ sẽ gây hại": who warns of what another does threatens nothing."""
    if not view.noun or authorities & {p.country for p in view.parties(view.subject_before(view.t))}:
        return False
    cued = [i for i in view.items[max(view.left, 0) : view.t] if ("sanction", "threatened") in i.cues]
    return bool(cued) and all(item.cued("claim") for item in cued)


def _is_reprisal(view: View, authorities: list[Party]) -> bool:
    """ "biện pháp đáp trả như thử hạt nhân", "trả đũa bằng cách đánh thuế": what one does back is no sanction; nor is
    what an armed group does."""
    if view.frame.name != "retaliate":
        return False
    stop = min(view.trigger.end + _REPRISAL_WITHIN, view.sentence.end)
    reprises = view.pack.grammar["reprisals"].search(view.folded, view.trigger.end, stop)
    return bool(reprises) or all(p.group for p in authorities)


def _by_force(view: View) -> bool:
    """Punishment by arms: "không kích trả đũa", "tấn công Syria để trừng phạt"."""
    grammar = view.pack.grammar
    start = view.sentence.start
    if view.noun and not view.frame.options.get("needs_context"):  # force in the clause of the noun only
        start = max(start, view.folded.rfind(",", start, view.trigger.start))
        clauses = (i.end for i in view.items[: view.t] if i.marker == "after" and not i.parties)
        start = max(start, *clauses, start)
    if grammar["by_force"].search(view.folded, start, view.trigger.start):
        return True
    purpose = (
        view.t > 0
        and view.items[view.t - 1].marker in ("purpose", "against")
        and not view.between(view.t - 1, view.t).strip()
    )
    return purpose and bool(grammar["by_attack"].search(view.folded, view.sentence.start, view.trigger.start))


def _names_a_law(view: View) -> bool:
    """ "Đạo luật chống các đối thủ bằng trừng phạt": the trigger ends the name of an act."""
    return bool(view.pack.grammar["law_names"].search(view.folded, view.sentence.start, view.trigger.start))


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
    """A side that the sentence leaves out: the one that the article so far gave the other, or else all of them."""
    alike = authorities and not targets and view.pack.grammar["alike_behind"].match(view.folded, view.trigger.end)
    if view.frame.options.get("just_told") or alike:
        return *_just_told(view, reader, authorities, targets), 0.5
    if view.frame.name in ("list", "freeze", "travel") and not authorities and not targets:
        return *_just_told(view, reader, authorities, targets), 0.5
    if not authorities and not targets:
        return *_of_who_speaks(view, reader), 0.5
    if (authorities and targets) or len(targets) > 1:
        return authorities, targets, 0.9
    if not _may_lack_a_side(view, authorities):
        return authorities, targets, 0.9
    rows = [row for row in reader.rows if row.fact_type == "sanction"]
    known = (authorities or targets)[0]
    confidence = 0.6
    side = next(filter(None, (_hit(view, p, authorities, rows) for p in authorities)), None) if authorities else None
    told = _one({row.key[0] for row in rows if row.key[1] == known.country}) if _befalls(view) else None
    side = side if authorities else told if _befalls(view) else _hitter(view, known, rows)
    if side is None or side in {p.country for p in authorities or targets}:
        return authorities, targets, 0.9
    found = [Party(view.trigger.start, view.trigger.end, side, "context")]
    if len(authorities) > 1 and _violates(view):  # "tuân thủ các lệnh cấm vận của Mỹ và EU"
        authorities = [p for p in authorities if any(row.key == (p.country, side) for row in rows)]
    return (authorities, found, confidence) if authorities else (found, targets, confidence)


def _watched(view: View) -> bool:
    """ "Báo cáo của Liên Hợp Quốc cho biết Mali lách lệnh trừng phạt": whose experts watch over it."""
    return any(s.party and s.party.country == "UN" for s in claims.speakers(view))


def _just_told(
    view: View, reader: Reader, authorities: list[Party], targets: list[Party]
) -> tuple[list[Party], list[Party]]:
    """ "Lệnh cấm được nới lỏng ...", "Hai bên thu hồi các biện pháp này": the sides of what was told right before, and
    nothing where it says no more of it than that it is there."""
    rows = [row for row in reader.rows if row.fact_type == "sanction"]
    if authorities and targets:
        return authorities, targets
    if not rows or view.sentence.start - rows[-1].end > _JUST_SAID:
        return [], []
    alike = view.pack.grammar["alike_behind"].search(f" {view.word}")
    behind = view.items[view.t + 1] if view.t + 1 < len(view.items) else None
    goes_on = behind is not None and (behind.cued("passive") or behind.cued("sanction") or behind.marker == "of")
    bare = view.frame.options.get("just_told") and not authorities and not targets and not alike
    if bare and not (goes_on and not view.between(view.t, view.t + 1).strip()):
        return [], []  # "Lệnh cấm rượu được nới lỏng": of something else
    stage = stages.stage_of(view, view.left, "in_force")
    if stage not in _CHANGES and not stages.upheld(view) and not (alike and authorities):
        return [], []
    keys = dict.fromkeys(row.key for row in rows if row.start == rows[-1].start)
    hitters, hit = dict.fromkeys(key[0] for key in keys), dict.fromkeys(key[1] for key in keys)
    at = view.trigger
    context = [[Party(at.start, at.end, c, "context") for c in side] for side in (hitters, hit)]
    told = {p.country for p in authorities}
    if (
        len(keys) != len(hitters) * len(hit)
        or (told and told & hit.keys())
        or {p.country for p in targets} - hit.keys()
    ):
        return [], []
    return authorities or context[0], targets or context[1]


def _of_who_speaks(view: View, reader: Reader) -> tuple[list[Party], list[Party]]:
    """ "Ông Trump nói mọi lệnh trừng phạt vẫn được duy trì", "Các lệnh trừng phạt được nới lỏng": the only ones that
    his side has to do with, or that the article tells of."""
    if not view.noun or view.frame.name != "punish" or _indefinite(view):
        return [], []
    if _violates(view) and _watched(view) and (broken_by := view.parties(view.left)[:1]):
        return [Party(view.trigger.start, view.trigger.end, "UN", "context")], broken_by
    said = {s.party.country for s in claims.speakers(view) if s.party and s.kind != "according"}
    if len(said) == 1 and (hit := _until(view)) and hit.country not in said | _NEVER_HIT:
        return [Party(view.trigger.start, view.trigger.end, _one(said), "context")], [hit]
    keys = {row.key for row in reader.rows if row.fact_type == "sanction"}
    if (hit := _asks_for_its_end(view)) is not None:
        hitter = _one({key[0] for key in keys if key[1] == hit.country}) or _named_beside(view, hit)
        if hitter:
            return [Party(view.trigger.start, view.trigger.end, hitter, "context")], [replace(hit, person=None)]
    if len(keys) != 1:
        return [], []
    sides = set(next(iter(keys)))
    named = {p.country for i in view.items for p in i.parties if p.country}
    before = view.folded[view.sentence.start : view.trigger.start].split()
    told = named <= sides and not view.pack.grammar["clause_nouns"].intersection(before) and not _may_yet_come(view)
    if not (len(said) == 1 and said & sides) and not told:
        return [], []
    hitter, hit = (Party(view.trigger.start, view.trigger.end, country, "context") for country in keys.pop())
    return [hitter], [hit]


def _may_yet_come(view: View) -> bool:
    return stages.stage_of(view, view.left, "in_force") == "threatened"


def _asks_for_its_end(view: View) -> Party | None:
    """ "Mỹ nói Mali đòi dỡ bỏ toàn bộ lệnh trừng phạt": who asks for its end, and names nobody, is hit by it."""
    ends = any({("sanction", "lifted"), ("sanction", "eased")} & set(i.cues) for i in view.items)
    if not ends or stages.stage_of(view, view.left, "in_force") != "called_for":
        return None
    calls = [k for k in range(max(view.left, 0), view.t) if ("sanction", "called_for") in view.items[k].cues]
    who = view.parties(view.subject_before(view.t))
    if calls:
        at = next((k for k in range(calls[-1] - 1, -1, -1) if not view.items[k].cues), 0)
        near = len(view.folded[view.items[at].end : view.items[calls[-1]].start].split()) <= 3
        refused = any(("arms_transfer", "refused") in i.cues for i in view.items[at + 1 : calls[-1]])
        who = view.parties(at) if near and not refused else []  # "từ chối yêu cầu dỡ bỏ ...": another's demand
    return replace(who[0], kind="name") if len({p.country for p in who}) == 1 else None


def _named_beside(view: View, hit: Party) -> str | None:
    """The only country that the sentence names besides who is hit."""
    named = {p.country for i in view.items for p in i.parties if p.country and p.kind != "place"}
    return _one(named - _NEVER_HIT - {hit.country})


def _until(view: View) -> Party | None:
    """ "lệnh trừng phạt chỉ được dỡ bỏ nếu Mali rút quân": whose deed its end, or its staying, hangs on."""
    stays = False
    for item in view.items[view.t + 1 :]:
        stays = stays or bool({("sanction", s) for s in ("lifted", "eased", "in_force")} & set(item.cues))
        if item.parties:
            return item.parties[0] if stays and item.governor in ("conditional", "after", "adverb") else None
    return None


def _indefinite(view: View) -> bool:
    return view.words_before(view.t).endswith(view.pack.grammar["indefinite"])


def _hitter(view: View, target: Party, rows: list[Row]) -> str | None:
    """Whose sanction it is, by the kind of act or by who the article said hits that target."""
    if _indefinite(view):
        return None
    implied = _implied(view)
    if implied and implied != target.country:
        return implied
    known = {row.key[0] for row in rows if row.key[1] == target.country}
    said = _one(known) or _just_said(view, rows, 0, known) or (None if known else _threatening(view, target))
    if said is None and (hit := _asks_for_its_end(view)) is not None and hit.country == target.country:
        return _named_beside(view, hit)
    return said


def _threatening(view: View, target: Party) -> str | None:
    """ "Nghị sĩ Mỹ nói ... sẽ dẫn đến trừng phạt đối với Serbia": who speaks of what is to come speaks for his side."""
    said = {s.party.country for s in claims.speakers(view) if s.party and s.party.country}
    words = view.pack.grammar["threats"]
    threats = (k for k in range(view.t) if view.folded[view.items[k].start : view.items[k].end] in words)
    said |= {p.country for k in threats for p in view.parties(view.subject_before(k))[:1] if p.country}
    if len(said) != 1 or target.country in said:
        return None
    act = view.folded[
        max(view.folded.rfind(",", view.sentence.start, view.trigger.start), view.sentence.start) : view.trigger.start
    ]
    upheld = stages.upheld(view) and not set(act.split()) & view.pack.grammar["clause_nouns"]
    if not upheld and stages.stage_of(view, view.left, "in_force") != "threatened":
        return None
    return _one(said)


def _hit(view: View, authority: Party, authorities: list[Party], rows: list[Row]) -> str | None:
    """Whom it hits: one whom the article told so of before, and of these one whom the sentence names."""
    said = {s.party.country for s in claims.speakers(view) if s.party}
    apart = ("with", "at")
    named = [p for i in view.items if i.governor not in apart for p in i.parties if p.country and p.kind != "place"]
    others = {p.country for p in named}
    others -= _NEVER_HIT | {p.country for p in authorities if p.country}
    told_of = others - said
    if not rows:
        clear = authority.start > view.trigger.start or _imposes(view) or stages.upheld(view)
        if authority.start > view.trigger.start and _near_words(
            view, "approves"
        ):  # who is for it, or keeps it, need not be hit
            return None
        acts = authority.country not in _NEVER_HIT or (authority.end <= view.trigger.start and _imposes(view))
        hurt = told_of or _suffers(view) or _near_words(view, "reacts") or authority.start > view.trigger.start
        hurt = hurt or (authority.country not in _NEVER_HIT and _right_before(view, authority))
        return _one(told_of or others) if view.noun and clear and acts and hurt else None
    if view.pack.grammar["reacts"].search(view.word):  # whoever hit them is hit back
        return _one({row.key[0] for row in rows if row.key[1] == authority.country})
    known = {row.key[1] for row in rows if row.key[0] == authority.country}
    if _obeys(view):  # who keeps to it need not be hit
        return _one(known - said - {p.country for p in view.parties(view.subject_before(view.t))})
    told = {row.key[1] for row in rows} - {authority.country}
    if told_of and not _violates(view):
        return _one(told_of & known) or _one(told_of & told)
    if not known and _near_words(view, "approves"):
        return None
    mainly = _mainly(rows, authority, known) or _just_said(view, rows, 1, known or told)
    return mainly or (None if known else _one(told))


def _mainly(rows: list[Row], authority: Party, known: set[str]) -> str | None:
    """The only one whom an authority has hit so far, unless the article tells of sanctions on another above all."""
    only = _one(known)
    told = Counter(row.key[1] for row in rows if row.key[1] != authority.country)
    main = max(told, key=told.__getitem__, default=only)
    return main if only and told[main] > told[only] else only


def _right_before(view: View, authority: Party) -> bool:
    """ "nếu Canada không dỡ bỏ lệnh trừng phạt": nothing but what he does stands between him and the sanction."""
    between = [i for i in view.items if authority.end <= i.start and i.end <= view.trigger.start]
    words = view.folded[authority.end : view.trigger.start]
    return (
        "," not in words and len(words.split()) <= 9 and all(i.cues and not i.marker and not i.frames for i in between)
    )


def _one(countries: set[str]) -> str | None:
    """The only member of a set."""
    return next(iter(countries)) if len(countries) == 1 else None


def _just_said(view: View, rows: list[Row], side: int, among: set[str]) -> str | None:
    """The side of the last row, where that stands right before and its passage names no other."""
    if not rows or view.sentence.start - rows[-1].end > _JUST_SAID:
        return None
    if any(row.start == rows[-1].start and row.key[side] != rows[-1].key[side] for row in rows[:-1]):
        return None
    return rows[-1].key[side] if rows[-1].key[side] in among else None


def _as_before(reader: Reader, authorities: list[Party], targets: list[Party]) -> tuple[list[Party], list[Party]]:
    """ "nước này" may be another country than the nearest: the one that the article told the same of before."""
    if len(authorities) != 1 or len(targets) != 1:
        return authorities, targets
    authority, target = authorities[0], targets[0]
    if not authority.others and not target.others:
        return authorities, targets
    known = {row.key for row in reader.rows if row.fact_type == "sanction"}
    here = (authority.country, target.country)
    if here in known or (here[::-1] not in known and here[0] != here[1]):
        return authorities, targets
    pairs = [(a, t) for a in (here[0], *authority.others) for t in (here[1], *target.others) if a != t]
    a, t = next((pair for pair in pairs if pair in known), next(iter(pairs), here))
    return [replace(authority, country=a)], [replace(target, country=t)]


def _evader(
    view: View, reader: Reader, authorities: list[Party], targets: list[Party]
) -> tuple[list[Party], list[Party]]:
    """ "các chiêu thức lách trừng phạt của Mali": of those who evade it, told of only as hit."""
    keys = {row.key for row in reader.rows if row.fact_type == "sanction"}
    if len(authorities) != 1 or not _violates(view) or authorities[0].country in {key[0] for key in keys}:
        return authorities, targets
    hitter = _one({key[0] for key in keys if key[1] == authorities[0].country})
    if hitter is None:
        return authorities, targets
    return [Party(view.trigger.start, view.trigger.end, hitter, "context")], authorities


def _armed_in_breach(view: View, targets: list[Party]) -> list[Party]:
    """ "Uganda chuyển vũ khí cho Nam Sudan bất chấp lệnh cấm vận": an embargo is on whoever gets the arms."""
    if not _violates(view) or _measure(view) != "arms_embargo" or len(targets) != 1:
        return targets
    gives = next((k for k in range(view.t - 1, 0, -1) if "arms_transfer.give" in view.items[k].frames), None)
    if gives is None or targets[0] not in (p for item in view.items[:gives] for p in item.parties):
        return targets
    got = (item.parties for item in view.items[gives + 1 : view.t] if item.parties and item.governor == "to")
    return next(([p for p in found if p.country] for found in got), targets) or targets


def _befalls(view: View) -> bool:
    """Whether "bị" stands right before the trigger."""
    at = view.passive
    right = at is not None and at == view.t - 1 and not view.between(at, view.t).strip()
    return right and bool(view.pack.grammar["befalls"].search(view.folded, view.items[at].start, view.items[at].end))


def _may_lack_a_side(view: View, authorities: list[Party]) -> bool:
    """Nouns ("lệnh trừng phạt của Mỹ"), and verbs whose object has no country; but not what hits "bất kỳ nước nào"."""
    if view.frame.name not in _MAY_LACK and not view.frame.options.get("needs_context"):
        return False
    stop = min(view.trigger.end + 50, view.sentence.end)
    if authorities and view.pack.grammar["anyone"].search(view.folded, view.trigger.end, stop):
        return False
    behind = next((p for i in view.items[view.t + 1 :] for p in i.parties), None)
    if authorities and behind and _hits_friends(view, behind):
        return False
    if authorities and _many_suffer(view):
        return False
    if view.passive is not None and not view.noun and authorities:  # "việc bị Mỹ trừng phạt"
        return view.subject_before(view.passive) is None
    if not authorities and not view.noun and _befalls(view):
        return True  # "Ba công ty Mali bị phong tỏa tài sản": by whom the article has told
    return view.noun or bool(authorities and _kinds(view, view.trigger.end, stop))


def _implied(view: View) -> str | None:
    """ "nghị quyết trừng phạt Triều Tiên": the kind of act says whose it is."""
    before = view.words_before(view.t, 40)
    kinds = view.pack.grammar.get("implied_authority", {})
    return next((country for head, country in kinds.items() if before.endswith(head)), None)


def _sides(view: View, reader: Reader) -> tuple[list[Party], list[Party]]:
    """Authority first; a noun's subject is its authority only when the verb between imposes, eases or extends."""
    if view.noun and (sides := _wielded(view)):
        return sides
    suffers = view.noun and _suffers(view)
    authorities: list[Party] = []
    relieved: list[Party] = []
    for name in view.frame.roles["authority"]:
        if name == "subject" and view.noun and (suffers or not (_imposes(view) or view.frame.options.get("listing"))):
            continue
        if name in ("of", "of_leading") and not view.noun:
            continue
        found = [p for p in PLACES[name](view) if p.country]
        listing = view.noun and view.frame.options.get("listing") and found and not _lists(view, found)
        if name == "subject" and listing:
            continue
        if name == "subject" and found and (_speaks_in_general(view) or _takes_a_stand(view, found)):
            continue
        if name == "subject" and found and PLACES["bearer"](view):
            continue
        if name == "subject" and found and (_seeks_relief(view, found) or _only_ever_hit(view, reader, found)):
            relieved = found
            continue
        if name in ("subject", "lister") and found:
            found = _resolution(view, found[-1].end, found) or [*_subject_beside(view, found), *_together(view, found)]
        if found:
            authorities = found
            break
    if not authorities and view.passive is not None:
        authorities = _who_announces(view) or _ruled_by(view)
    start = max(view.folded.rfind(",", view.sentence.start, view.trigger.start) + 1, view.sentence.start)
    if view.items[0].marker == "according" and view.folded.find(",", view.sentence.start, start - 1) < 0:
        start = view.sentence.start  # "Theo nghị quyết 1234, lệnh cấm ..."
    if view.folded.startswith(tuple(view.pack.grammar.get("implied_authority", ())), view.sentence.start):
        start = view.sentence.start  # "Nghị quyết này, được thông qua hồi tháng Hai, áp đặt lệnh cấm vận ..."
    if not authorities and view.noun and not _end_is_asked(view, start):
        authorities = _resolution(view, start)
    if view.noun and (warned := PLACES["warned"](view)):
        return authorities or view.parties(view.subject_before(_place(view, warned[0]))), warned
    if len(authorities) == 1 and authorities[0].others and view.passive is not None:
        hit = {p.country for p in PLACES["passive_subject"](view)}  # "Hãng A của Mali bị bộ Thương mại nước này ..."
        other = next((c for c in authorities[0].others if c not in hit), None)
        if authorities[0].country in hit and other:
            authorities = [replace(authorities[0], country=other)]
    hitting = frozenset(p.country for p in authorities if p.country)
    if authorities and "barred" in view.frame.roles["target"] and (barred := PLACES["barred"](view)):
        return authorities, barred
    direct = PLACES["object"](view) or PLACES["against"](view) if authorities and name == "subject" else []
    if direct and {p.country for p in direct} <= hitting:  # nobody hits himself, and who is hit stands there
        return _not_himself(view, authorities, direct, hitting)
    if any(p.kind == "anaphor" and p.country in hitting for p in direct):  # "hai nước này", and the hitter is none
        lists = [item.parties for item in view.items[: view.t] if len(item.parties) == len(direct) > 1]
        pair = next((found for found in reversed(lists) if not hitting & {p.country for p in found}), [])
        return authorities, [replace(p, start=direct[0].start, end=direct[0].end) for p in pair]
    bodies = {p.country for i in view.items for p in i.parties if p.country == "INTL" and p.kind == "group"}
    taken = hitting | (_NEVER_HIT - bodies) | (_VETO if hitting == {"UN"} else frozenset())
    targets, _ = find(view, "target", taken)
    targets = targets or [replace(p, kind="context", person=None) for p in relieved if p.country not in taken]
    if targets and (_hits_anyone(view, targets[0]) or _hits_friends(view, targets[0])):
        return authorities, []
    if targets and targets[0].start < view.trigger.start and _many_suffer(view):
        return authorities, []
    targets = targets or _another_country(view, taken)
    if authorities and not targets and not _many_suffer(view):
        places = (
            ["asked"] + ["asker"] * _asked(view, taken) + ["named_pair"] + ["member", "subject", "sufferer"] * suffers
        )
        places += ["lone"] * (view.noun and _near_words(view, "reacts"))
        taken |= _condemning(view)
        who = [[p for p in PLACES[n](view) if p.country not in taken] for n in places]
        found = next(filter(None, _not_accusing(view, who)), next(filter(None, who), []))
        known = {row.key[1] for row in reader.rows if row.fact_type == "sanction" and row.key[0] in hitting}
        if suffers and found and _in_a_purpose(view, found[0]):
            found = next((i.parties for i in view.items if i.parties and i.parties[0].country not in taken), [])
        if _tells_what_is(view, found):
            found = []
        if not known or known & {p.country for p in found} or (places[-1] != "named_pair" and not _violates(view)):
            said = {s.party.start for s in claims.speakers(view) if s.party}
            acts = [p.person or p.title or p.start in said or _is_of_state(view, p) for p in found]
            targets = [
                Party(p.start, p.end, p.country, "context" if a else p.kind) for p, a in zip(found, acts, strict=True)
            ]
    if not authorities and not targets and view.noun and _near_words(view, "bears"):
        targets = [p for p in view.parties(view.subject_before(view.t)) if p.country not in taken]
    hit = {p.country for p in targets} | ({"INTL"} if targets else set())  # "Mali, thành viên ECOWAS"
    return authorities, [*targets, *(p for p in _listed(view, targets) if p.country and p.country not in taken | hit)]


def _not_himself(
    view: View, authorities: list[Party], direct: list[Party], hitting: frozenset[str]
) -> tuple[list[Party], list[Party]]:
    """ "Mỹ đe dọa và trừng phạt nước này": right behind the verb of who hits, the country named before him; else he is
    hit, and by whom is not told."""
    party = direct[0]
    other = next((c for c in party.others if c not in hitting | _NEVER_HIT), None)
    between = {p.country for i in view.items for p in i.parties if authorities[-1].end <= p.start < party.start}
    near = len(view.folded[view.trigger.end : party.start].split())
    governed = any(i.governor in ("against", "with") for i in view.items if party in i.parties)
    clear = between <= hitting | {other} and governed and near <= 2 if view.noun else not between and not near
    if other is None or not clear:
        return [], direct
    return authorities, [replace(party, country=other)]


def _is_means(view: View, within: int) -> bool:
    """ "bằng các biện pháp trừng phạt": "bằng" stands at most so many words before."""
    last = view.items[view.t - 1] if view.t else None
    by = last is not None and last.marker == "instrument" and not last.cues
    return by and len(view.between(view.t - 1, view.t).split()) <= within


def _wielded(view: View) -> tuple[list[Party], list[Party]] | None:
    """ "Oman gây sức ép lên Mali bằng các biện pháp trừng phạt": who does something to whom by way of them."""
    by = view.t - 1
    if by < 2 or not _is_means(view, 3):
        return None
    near = (k for k in range(by - 1, -1, -1) if view.items[k].parties or view.items[k].frames)
    k = next(near, None)
    words = view.folded[view.items[k].end : view.items[by].start] if k is not None else ","
    doer = view.subject_before(k) if k else None
    if doer is None or "," in words or len(words.split()) > 3 or "," in view.between(k - 1, k):
        return None
    if any(item.quotes or ("claim", "negation") in item.cues for item in view.items[doer + 1 : by]):
        return None  # "Oman nói không thể giải quyết vấn đề Mali bằng lệnh trừng phạt"
    who, whom = view.parties(doer), view.parties(k)
    return (who, whom) if who and whom and not {p.country for p in who} & {p.country for p in whom} else None


def _listed(view: View, targets: list[Party]) -> list[Party]:
    """ "trừng phạt 4 cá nhân, trong đó có một người Mali, và 2 thực thể, gồm ngân hàng A của Peru", "cấm nhập khẩu từ
    những nước như Mali, Peru": whom else a list of those who are hit names, one of each country."""
    found: dict[str, Party] = {}
    grammar = view.pack.grammar
    verb = bool(targets) and not view.noun and targets[0].start > view.trigger.end
    start = targets[0].end if verb else view.trigger.end
    opens = bool(view.frame.options.get("listing")) and not targets  # "đưa vào danh sách đen bốn tàu và hai hãng ..."
    inside, of_states = verb or opens, False
    for i in range(view.t + 1, len(view.items)):
        item = view.items[i]
        if item.start < start:
            continue
        words = view.folded[start : item.start].strip()
        beside = item.marker == "with" and not item.parties and view.folded[item.start : item.end] in grammar["joiners"]
        beside = beside and all(k.marker is None and not k.frames for k in view.items[view.t + 1 : i])
        if item.marker == "include" or beside:
            of_states = not beside and not words.startswith(",") and bool(grammar["state_words"].search(words))
            inside, opens, start = True, True, item.end
        elif item.marker not in (None, "and", "of", "at") or item.frames or item.cued("claim") or item.cued("passive"):
            inside = False
        elif inside and item.parties and item.governor in ("include", "of", "and", "at", None):
            goes_on = opens or words.startswith(",") or words.split(" ", 1)[0] in grammar["list_words"]
            party = item.parties[0]
            kinds = {kind for _, kind in _kinds(view, start, item.end, party)}
            hit = party.kind in ("group", "institution") or kinds & {"person", "organisation"}
            speaks = i + 1 < len(view.items) and view.items[i + 1].quotes
            for p in item.parties if goes_on and (of_states or hit) and not speaks else ():
                found.setdefault(p.country, p)
            opens, start = False, item.end
    return list(found.values())


def _is_of_state(view: View, party: Party) -> bool:
    """ "quân đội Mali chịu lệnh cấm vận": a body that stands for its country; not "hai công ty Mali"."""
    return party.kind == "institution" and not _kinds(view, party.start, party.end, party)


def _many_suffer(view: View) -> bool:
    """ "Oman nói nhiều nước muốn mua, dù đối mặt với nguy cơ trừng phạt": whom it hits has no name."""
    if not view.noun or not _suffers(view):
        return False
    anyone = view.pack.grammar["anyone"]
    return any(item.quotes and anyone.match(view.folded, item.end + 1) for item in view.items[: view.t])


def _condemning(view: View) -> frozenset[str]:
    """ "Chile và Peru lên án vụ thử, coi đó là vi phạm lệnh cấm": who condemns a breach does not commit it."""
    condemns = view.pack.grammar["opposes"]
    items = view.items if _violates(view) else ()
    return frozenset(p.country for i in items if condemns.match(view.folded, i.end + 1) for p in i.parties if p.country)


def _not_accusing(view: View, places: list[list[Party]]) -> list[list[Party]]:
    """ "Oman cáo buộc tàu chở dầu cho Mali, vi phạm lệnh trừng phạt": who accuses another of it does not do it."""
    accusing = (
        {s.party.country for s in claims.speakers(view) if s.party and s.kind == "accuse"} if _violates(view) else ()
    )
    return [[p for p in found if p.country not in accusing] for found in places]


def _tells_what_is(view: View, found: list[Party]) -> bool:
    """ "Ông Lavrov nói đây là hợp đồng lớn nhất, bất chấp trừng phạt": who tells what something is need not defy it."""
    said = [s.at for s in claims.speakers(view) if s.party and found and s.party.start == found[0].start]
    if not said or said[-1] > view.t or not _violates(view):
        return False
    words = view.folded[view.items[said[-1]].end : view.trigger.start].split()
    return not view.pack.grammar["be_words"].isdisjoint(words)


def _speaks_in_general(view: View) -> bool:
    """ "Ông Putin khẳng định, tăng cường trừng phạt không phải là ...": he speaks of what nobody is said to do."""
    if not view.told:
        return False
    said = max(k for k in range(view.t) if view.items[k].cued("claim"))
    k = said + 1 + (view.items[said + 1].marker == "that")
    words = view.between(k - 1, k).strip(" ,")
    opens = k > said + 1 or view.between(said, k).strip().startswith(",") or _ends_in_that(view, said)
    opens = opens or words in view.pack.grammar["clause_nouns"]
    bare = opens and words in {"", *view.pack.grammar["clause_nouns"]} and view.items[k].cued("sanction")
    return bool(bare) and view.folded[view.items[k].start : view.items[k].end] not in view.pack.grammar["tenses"]


def _takes_a_stand(view: View, found: list[Party]) -> bool:
    """ "Oman ủng hộ siết chặt trừng phạt Mali", "Oman kêu gọi dỡ bỏ lệnh trừng phạt": it is another's."""
    start, grammar = found[-1].end, view.pack.grammar
    at = _place(view, found[0]) if any(found[0] in i.parties for i in view.items) else 0
    if at and view.items[at - 1].cued("ask"):
        return False
    acts = [i for i in view.items[: view.t] if ("sanction", "imposed") in i.cues]
    for m in grammar["stances"].finditer(view.folded, start, view.trigger.start):
        voted = any(i.start <= m.start() < i.end for i in acts)  # "bỏ phiếu ủng hộ"
        behind = [i for i in view.items[: view.t] if i.start >= m.end()]
        noun = (" " + view.folded[start : m.start()].rstrip()).endswith(grammar["noun_heads"])
        if (
            not voted
            and not noun
            and "," not in view.folded[m.end() : view.trigger.start]
            and not any(i.marker == "and" for i in behind)
        ):
            return found[0].country not in ("UN", "EU")
    return _end_is_asked(view, start)


def _seeks_relief(view: View, found: list[Party]) -> bool:
    """ "Ông Kim sẽ cố gắng nới lỏng lệnh trừng phạt": whoever strives for its end, and names nobody, is hit by it."""
    hit = [p for name in ("object", "against", "with", "of_object", "to") for p in PLACES[name](view)]
    if not view.noun or any("," not in view.folded[view.trigger.end : p.start] for p in hit):
        return False
    efforts, before = view.pack.grammar["efforts"], [i for i in view.items[: view.t] if i.start >= found[-1].end]
    m = efforts.search(view.folded, found[-1].end, view.trigger.start)
    ends = [i for i in before if m and i.start >= m.end() and ("," not in view.folded[m.end() : i.start])]
    return any(("sanction", stage) in i.cues for i in ends for stage in ("lifted", "eased"))


def _only_ever_hit(view: View, reader: Reader, found: list[Party]) -> bool:
    """ "Mali chỉ muốn dỡ bỏ một phần lệnh trừng phạt": who ends it is none that the article knows only as hit by it."""
    ends = [i for i in view.items[: view.t] if {("sanction", "lifted"), ("sanction", "eased")} & set(i.cues)]
    keys = [row.key for row in reader.rows if row.fact_type == "sanction"]
    who = {p.country for p in found}
    return bool(ends) and view.noun and who <= {key[1] for key in keys} and not who & {key[0] for key in keys}


def _lists(view: View, found: list[Party]) -> bool:
    """Not "giúp Mali nhận các mặt hàng trong danh sách cấm": whether the subject does something to the list."""
    verbs = view.pack.grammar["listing_verbs"]
    return _imposes(view) or bool(verbs.search(view.folded, found[-1].end, view.trigger.start))


def _end_is_asked(view: View, start: int) -> bool:
    """ "kêu gọi dỡ bỏ lệnh trừng phạt", "đòi nới lỏng cấm vận"."""
    calls, before = view.pack.grammar["stop_calls"], [i for i in view.items[: view.t] if i.start >= start]
    at = next((k for k, i in enumerate(before) if view.folded[i.start : i.end] in calls), len(before))
    behind = before[at + 1 :]
    return any(("sanction", stage) in i.cues for i in behind for stage in ("lifted", "eased"))


def _who_announces(view: View) -> list[Party]:
    """ "Bộ Tài chính Canada thông báo hai ngân hàng Mali bị trừng phạt": an office that makes it known does it."""
    hit = befallen(view)
    for s in claims.speakers(view):
        lists = view.frame.options.get("listing")
        if s.party is None or hit is None or s.at > hit or s.kind != "say":
            continue
        if not (lists or view.items[s.at].cued("sanction")):
            continue
        between = view.items[s.at + 1 : hit] + view.items[hit + 1 : view.t]
        office = s.party.kind == "institution" or s.party.title or s.party.country in ("UN", "EU")
        if office and not any(i.parties or i.marker == "purpose" for i in between):
            return [s.party] if s.party.country else []
    return []


def _ruled_by(view: View) -> list[Party]:
    """ "hàng bị cấm xuất khẩu sang Mali theo nghị quyết của Liên Hợp Quốc", "Theo nghị quyết của Liên Hợp Quốc, Mali
    bị cấm mua vũ khí": by whose act it is so."""
    at = next((i for i in range(len(view.items) - 2) if claims.cites_act(view, i)), None)
    if at is None or (at > view.t and "," in view.folded[view.trigger.end : view.items[at].start]):
        return []
    owned = view.items[at + 1].marker == "of" and (at > view.t or view.passive is not None)
    return [p for p in view.parties(at + 2) if p.kind != "anaphor"] if owned else []


def _ends_in_that(view: View, i: int) -> bool:
    return view.folded[: view.items[i].end].endswith(view.pack.grammar["that_words"])


def _place(view: View, party: Party) -> int:
    return next(i for i, item in enumerate(view.items) if party in item.parties)


def _subject_beside(view: View, found: list[Party]) -> list[Party]:
    """ "... thỏa thuận với Iran và siết chặt trừng phạt Tehran": nobody hits himself; the party before him acts."""
    hit = {p.country for name in ("against", "object", "with") for p in PLACES[name](view) if p.kind != "anaphor"}
    at = view.t
    while found and hit and {p.country for p in found} <= hit and (at := view.subject_before(at) or 0):
        found = view.parties(view.subject_before(at))
    return found


def _together(view: View, found: list[Party]) -> list[Party]:
    """ "Mali đã cùng Oman áp đặt ...": with whom the subject imposes it."""
    joiners = view.pack.grammar["joiners"]
    for k in range(1, view.t):
        with_ = view.items[k - 1]
        led = view.items[k].governor == "with" and view.folded[with_.start : with_.end] in joiners
        acts = (k + 1 == view.t and not view.noun) or _acts_at(view, k + 1)
        if led and acts and view.items[k].start > found[-1].end:
            return [p for p in view.parties(k) if p.country not in {q.country for q in found}]
    return []


def _in_a_purpose(view: View, party: Party) -> bool:
    """ "Ông Zarif thăm Malaysia để tìm trợ giúp trước lệnh trừng phạt": what it is for is the subject's."""
    purposes = view.pack.grammar["serves"]
    return any(
        item.start > party.end and view.folded[item.start : item.end] in purposes for item in view.items[: view.t]
    )


def _hits_anyone(view: View, target: Party) -> bool:
    """ "trừng phạt những nước giao thương với Serbia": whoever does something, not the one that they do it with."""
    anyone = view.pack.grammar["anyone"].search(view.folded, view.trigger.end, max(view.trigger.end, target.start))
    return bool(anyone) and len(view.folded[anyone.end() : target.start].split()) > 2


def _hits_friends(view: View, target: Party) -> bool:
    """ "trừng phạt một đồng minh thân cận của Serbia": not Serbia."""
    return bool(view.pack.grammar["friends"].search(view.folded, view.trigger.end, target.start))


def _another_country(view: View, taken: frozenset[str]) -> list[Party]:
    """ "Trung Quốc nói lệnh trừng phạt của Mỹ nhằm vào công ty của nước này": not the nearest, for that one acts."""
    for name in view.frame.roles["target"]:
        found = PLACES[name](view)
        if len(found) == 1 and found[0].others:
            said = {s.party.country for s in claims.speakers(view) if s.party}
            choices = [c for c in found[0].others if c not in taken]
            choice = next((c for c in choices if c in said), next(iter(choices), None))
            return [replace(found[0], country=choice)] if choice else []
    return []


def _resolution(view: View, start: int, found: Sequence[Party] = ()) -> list[Party]:
    """ "Bà Hoa nói nghị quyết này siết chặt trừng phạt", "Nga ủng hộ nghị quyết của Liên Hợp Quốc về trừng phạt ...":
    not who speaks of an act, or is for it, but whose act it is: its owner, else by its kind."""
    words = view.folded[start : view.trigger.start]
    kinds = view.pack.grammar.get("implied_authority", {})
    at, country = max(((words.rfind(head), c) for head, c in kinds.items() if head in words), default=(-1, None))
    if at < 0 or any(p.country in ("UN", "EU", country) for p in found):
        return []
    if found and view.pack.grammar["lawmakers"].search(view.folded, found[0].start, found[0].end):
        return []
    drafted = view.folded[: start + at].rstrip().endswith(view.pack.grammar["drafts"])
    owned = (i for i in view.items[: view.t] if i.start > start + at and i.governor == "of" and i.parties)
    owner = [] if drafted else next((i.parties for i in owned), [])
    return [p for p in owner if p.country] or [Party(view.trigger.start, view.trigger.end, country, "context")]


def _asked(view: View, authorities: frozenset[str]) -> bool:
    """Whether the one who asks wants to be rid of what the authority does."""
    if not any(c[1] in ("lifted", "eased") for i in view.items[: view.t] for c in i.cues if c[0] == "sanction"):
        return False
    doers = {p.country for p in view.parties(view.subject_before(view.t))}
    return doers <= authorities or doers == {p.country for p in PLACES["asker"](view)}


def _imposes(view: View) -> bool:
    """Whether what stands between subject and noun does more than set a time or a doubt."""
    if _is_means(view, 0):
        return True  # "Nga đáp trả bằng lệnh cấm nhập cảnh"
    left = view.subject_before(view.t)
    idle = view.pack.grammar["not_imposing"]
    start = (left if left is not None else -1) + 1
    starts = (k for k in range(view.t - 1, start - 1, -1) if view.items[k].marker in ("conditional", "because"))
    start = next(starts, start)  # "chuẩn bị đầu tư nếu lệnh trừng phạt được dỡ bỏ": nothing is done to it
    said = (k for k in range(view.t - 1, start - 1, -1) if view.items[k].quotes and not view.items[k].cued("sanction"))
    for item in view.items[next(said, start) : view.t]:
        stages = {c[1] for c in item.cues if c[0] == "sanction"}
        if not stages & _IMPOSING or view.folded[item.start : item.end] in idle:
            continue
        if stages <= {"lifted", "eased"} and view.pack.grammar["only_spoken_of"].search(
            view.folded, item.end, view.trigger.start
        ):
            continue
        if stages <= {"lifted", "eased"} and view.pack.grammar["topic_heads"].search(
            view.folded, view.items[left].end if left is not None else view.sentence.start, item.start
        ):
            continue
        if "threatened" in stages or not view.pack.grammar["topic_heads"].search(
            view.folded, item.end, view.trigger.start
        ):
            return True
    return False


def _suffers(view: View) -> bool:
    """Whether the noun is what befalls somebody on its left, or what he defies; not "cảm ơn Mali vì đã áp đặt ..."."""
    left = view.subject_before(view.t)
    because = left is not None and left + 2 < view.t and view.items[left + 1].marker == "because"
    acts = because and any(_acts_at(view, k) for k in range(left + 2, min(left + 5, view.t)))
    return _near_words(view, "suffer") and not acts


def _acts_at(view: View, i: int) -> bool:
    """Whether the verb at item i imposes by itself: "đã" and the like do not."""
    item = view.items[i]
    idle = view.folded[item.start : item.end] in view.pack.grammar["not_imposing"]
    return ("sanction", "imposed") in item.cues and not idle


def _violates(view: View) -> bool:
    return _near_words(view, "defy")


def _obeys(view: View) -> bool:
    left = view.subject_before(view.t)
    start = view.items[left].end if left is not None else view.sentence.start
    return bool(view.pack.grammar["obeys"].search(view.folded, start, view.trigger.start))


def _near_words(view: View, name: str) -> bool:
    left = view.subject_before(view.t)
    start = view.items[left].end if left is not None else view.sentence.start
    found = view.pack.grammar[name].finditer(view.folded, max(start, view.trigger.start - 60), view.trigger.start)
    # "trước đó đã áp đặt" holds no "trước", "chuẩn bị áp đặt" no "bị áp".
    adverbs, known = [item for item in view.items[: view.t] if item.marker == "adverb"], view.items[: view.t]
    dated = view.pack.grammar["dated_by"]  # "hồi tháng trước"
    return any(
        not any(i.start <= m.start() < i.end for i in adverbs)
        and not dated.search(view.folded, max(0, m.start() - 20), m.start())
        and not any(i.start < m.start() < i.end < m.end() for i in known)
        for m in found
    )


def _only_spoken_of(view: View) -> bool:
    """ "giảm thiệt hại từ lệnh trừng phạt", "bàn về việc dỡ bỏ lệnh trừng phạt": it stands as it was."""
    start = max(view.sentence.start, view.trigger.start - _NOUN_PHRASE)
    found = view.pack.grammar["only_spoken_of"].search(view.folded, start, view.trigger.start)
    return found is not None and "," not in view.folded[found.end() : view.trigger.start]


def _target_kind(view: View, target: Party) -> tuple[str, str | None]:
    """A name says what it is; else the first noun of the target's phrase ("28 công ty Libya")."""
    regimes = view.pack.grammar["regimes"]
    before = view.folded[max(0, target.start - 20) : target.start].rstrip()
    named = target.kind != "anaphor" and view.folded[target.start : target.end].startswith(regimes)
    if before.endswith(regimes) or named:
        return "person" if _members(view, target) else "country", None
    if target.kind == "context":
        return _kind_behind(view) or _kind_put_on(view, view.sentence.start) or "country", None
    if target.person:
        speaks = any(s.party and s.party.start == target.start for s in claims.speakers(view))
        return ("country", None) if speaks else ("person", target.person)
    start = view.trigger.end
    if target.start < start:
        start = max(
            (i.end for i in view.items[: view.t] if (i.frames or i.cues) and i.end <= target.start),
            default=max(view.sentence.start, target.start - 45),
        )
        start = max(start, view.folded.rfind(",", start, target.start) + 1)
    if target.group:
        before = _kinds(view, start, target.end, target)
        return ("person", None) if before and min(before)[1] == "person" else ("organisation", target.group)
    if name := _unknown_person(view, target):
        return "person", name
    others = (i.end for i in view.items if i.parties and start <= i.start < i.end <= target.start)
    found = _kinds(view, max(others, default=start), target.end, target) or _kinds(view, start, target.end, target)
    if not found and not target.title and target.kind != "institution" and (behind := _kind_behind(view)):
        return behind, None
    if found:
        at, kind = min(found)
        return kind, _name(view, at, target) if kind != "person" else None
    if target.kind == "institution":
        return ("person", None) if target.title else ("organisation", target.actor)
    clause = view.items[view.left].end if view.left >= 0 else view.sentence.start
    return (_kind_put_on(view, clause) if target.start > view.trigger.end else None) or "country", None


def _unknown_person(view: View, target: Party) -> str | None:
    """ "trừng phạt đối với ông Juan Soto vì tội buôn lậu ở Chile": whom the sanction hits, of whom only the name and a
    country further on are given."""
    at = next((i.end for i in view.items[view.t + 1 : view.t + 2] if i.marker == "against" and not i.parties), None)
    at = view.trigger.end if at is None else at
    title, _, name = view.text[at : target.start].strip().partition(" ")
    if title.lower() not in view.pack.grammar["honorifics"]:
        return None
    words = list(takewhile(CAPITAL_TOKEN.fullmatch, name.split()))
    return " ".join(words) if len(words) > 1 else None


def _kind_put_on(view: View, start: int) -> str | None:
    """ "đưa 22 cá nhân vào danh sách trừng phạt liên quan đến Nga": who is put on a list stands before it."""
    before = _kinds(view, start, view.trigger.start) if view.frame.options.get("listing") else []
    listed = [found for found in before if found[1] in ("person", "organisation")]
    return max(listed)[1] if listed else None


def _members(view: View, target: Party) -> bool:
    """ "5 thành viên của chính phủ Niger": people of a government, not the government."""
    start = max(view.sentence.start, target.start - 45)
    owns = {"", *view.pack.grammar["possessive"]}
    return any(
        view.folded[m.end() : target.start].strip() in owns
        for m in view.pack.grammar["target_kind"]["person"].finditer(view.folded, start, target.end)
        if m.start() < target.start
    )


def _name(view: View, start: int, target: Party) -> str | None:
    """What the phrase from `start` to the target's country calls it ("ngân hàng Rossiya của Nga"), if by a name."""
    end = target.end
    before = view.text[start : target.start].rstrip()
    for word in view.pack.grammar["possessive"]:
        if word and before.endswith(f" {word}"):
            end = start + len(before) - len(word)
    parties = [p for item in view.items for p in item.parties]
    for word in CAPITAL_TOKEN.finditer(view.text, start, end):
        if not any(p.start <= word.start() < p.end for p in parties):
            near = len(view.text[start : word.start()].split()) <= _WORDS_BEFORE_NAME
            return view.text[start:end].strip() if near and end - start < _LONGEST_NAME else None
    return None


def _how_many(view: View, target: Party) -> int | None:
    """ "sáu sĩ quan cấp cao": the number before the first noun that says who is hit."""
    start = min(view.trigger.end, max(view.sentence.start, target.start - 60))
    found = _kinds(view, start, target.end)
    number = view.pack.grammar["counted"].search(view.folded, start, min(found)[0]) if found else None
    if number is None:
        return None
    word = number.group(1)
    return int(word) if word.isdigit() else view.pack.grammar["dates"]["number"].get(word)


def _kind_behind(view: View) -> str | None:
    """ "lệnh trừng phạt Nga được áp đặt nhằm vào 5 ngân hàng": what else the clause says that it hits."""
    for i in range(view.t + 1, view.right_end):
        if "," in view.between(i - 1, i):
            break
        purpose = view.folded[view.items[i].start : view.items[i].end] in view.pack.grammar["bare_purposes"]
        if purpose and i + 1 < len(view.items) and not view.items[i + 1].parties:
            break  # "trừng phạt hãng A nhằm gây sức ép buộc Tổng thống B ..."
        led = view.parties(i + 1) if i + 1 < len(view.items) and not view.between(i, i + 1).strip() else []
        if view.items[i].marker == "against" and not led:
            found = _kinds(view, view.items[i].end, min(view.items[i].end + 45, view.sentence.end))
            return min(found)[1] if found else None
    return None


def _kinds(view: View, start: int, end: int, target: Party | None = None) -> list[tuple[int, str]]:
    """The first word of each kind between two offsets; not within the name of somebody besides the target."""
    own = target.country if target else None
    others = [
        i
        for i in view.items
        if target and i.parties and all(p.country != own for p in i.parties) and not i.start <= target.start < i.end
    ]
    return [
        (m.start(), kind)
        for kind, words in view.pack.grammar["target_kind"].items()
        if (
            m := next(
                (
                    m
                    for m in words.finditer(view.folded, start, end)
                    if not any(i.start <= m.start() < i.end for i in others)
                ),
                None,
            )
        )
    ]


def _measure(view: View) -> str:
    """What the words around the trigger say, not within the name of a body, else what the trigger stands for."""
    start = view.items[max(0, view.t - 2)].start
    stop = view.items[min(view.right_end, len(view.items) - 1)].end
    bodies = [i for i in view.items if any(p.kind == "institution" or p.title for p in i.parties)]
    for measure, words in view.pack.grammar["measure"].items():
        found = words.finditer(view.folded, start, stop)
        if any(not any(i.start <= m.start() < i.end for i in bodies) for m in found):
            return measure
    named = view.frame.options.get("measure", "unspecified")
    goods = [item.weapon for item in view.items[view.t : view.right_end] if item.weapon and not item.weapon.weak]
    return "arms_embargo" if named == "import_ban" and _of_arms(goods) else named


def _of_arms(goods: list[Weapon]) -> bool:
    """ "cấm các công ty bán vũ khí": whether arms are what must not be traded."""
    return any(weapon.category not in ("components_or_materials", "technology", "personnel") for weapon in goods)


def _reason(view: View) -> str | None:
    for item in view.items[view.t + 1 :]:
        if item.marker == "because":
            end = _REASON_END.search(view.text, item.end, view.sentence.end)
            text = view.text[item.end : end.start() if end else view.sentence.end].strip()
            return text or None
    return None
