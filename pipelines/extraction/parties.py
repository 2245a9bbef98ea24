"""Hits -> items: who stands where. Titles, countries and names become parties; lists of parties become one item."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

from pipelines.contract import BLOCS
from pipelines.extraction.clauses import has_frame
from pipelines.extraction.discourse import Discourse
from pipelines.extraction.guards import CAPITAL_TOKEN, Guards, last_word
from pipelines.extraction.items import CLAUSE_OPENERS, Item, Party, Sentence, Weapon
from pipelines.extraction.scan import Hit
from pipelines.extraction.senses import COUNTRY, PERSON, TITLE
from pipelines.lexicons.model import NAMED_BEFORE, Pack

# "nước này" is none of these (AU is Australia as well).
_NO_STATES = frozenset(BLOCS) - {"AU"}
# "Tại Minsk, Bộ Ngoại giao ...": a body that has its seat there.
_OF_STATE = frozenset(
    ("institutions", kind)
    for kind in ("government", "foreign", "defence", "security", "ministry", "legislature", "military")
)
# "khối này" is one of these.
_ALLIANCES = frozenset(BLOCS) - {"INTL", "UN", "WEST"}

_NAME = re.compile(
    r"[^\W\d_a-zà-ỹđ][\w’'.-]*(?:\s+(?:(?:al|el|bin|ibn|von|der|den|de|da|dos|van|di|la|le)[\s-]+)?[^\W\d_a-zà-ỹđ][\w’'-]*){0,4}"
)

_OBJECT_WITHIN = 60  # characters from a verb to what it is done to
_NAMED_BEFORE_WITHIN = 1200  # characters back to the weapon that "hệ thống này" is
_NAMED_JUST_BEFORE = 160  # characters before a sentence in which "nước này" may be named
_NAMED_WITHIN = 40  # characters from "4 chiếc đầu tiên trong số" to what they are some of
_COUNTED_WITHIN = 600  # to that of which "24 chiếc" are some
_LISTED_WITHIN = 120  # and from there to another of the same list
_CLAUSE_END = re.compile(r"[,;](?!\d)")
_ASIDE = re.compile(r"\([^()]{1,25}\)")  # "(trái)", "(phải, áo đen)"
_SHORT_NAME = re.compile(r" \([A-ZĐ]{2,6}\)(?= [A-ZÀ-Ỹ])")  # "Chủ tịch Ủy ban châu Âu (EC) ..."


def _of_another(item: Item) -> bool:
    """ "Ngoại trưởng nước chủ nhà": not the one told of before."""
    return bool(item.parties) and item.parties[0].kind == "anaphor" and item.parties[0].actor == "host_country"


def _unnamed(item: Item) -> bool:
    """Whether an item names an office or a body, not a person."""
    return bool(item.role or item.parties) and not any(party.person for party in item.parties)


class PartyReader:
    """Reads the sentences of one document in order, with the memory of what stood before."""

    def __init__(self, pack: Pack, text: str, folded: str, guards: Guards, discourse: Discourse) -> None:
        grammar = pack.grammar
        self.text, self.folded, self.guards, self.memory = text, folded, guards, discourse
        self._told_by: Party | None = None
        self.fillers, self.title_glue, self.core_glue = grammar["fillers"], grammar["title_glue"], grammar["core_glue"]
        self.delegations, self.led = grammar["delegations"], grammar["led"]
        self.origins = grammar["origins"]
        self.title_chain = grammar["title_links"] | self.title_glue
        self.envoys, self.remits, self.members = grammar["envoys"], grammar["remits"], grammar["members"]
        self.remit_and_name = grammar["remit_and_name"]
        self.possessive = grammar["possessive"]
        self.place_glue, self.list_enders = grammar["place_glue"], grammar["list_enders"]
        self.list_closers, self.when_words = grammar["list_closers"], grammar["when_words"]
        self.conjunctions = frozenset(grammar["markers"]["and"])
        self.twos = frozenset(
            form for kind, forms in grammar["anaphora"].items() if kind.startswith("two_") for form in forms
        )
        self.joiners, self.honorifics = grammar["joiners"], grammar["honorifics"]
        self.waypoints = grammar["waypoints"]
        self.home, self.islands = grammar["home"], grammar["islands"]
        self.clause_nouns = grammar["clause_nouns"]
        self.passive = grammar["passive_behind"]
        self.body_of_states = grammar["bodies_of_states"]
        self.dated = grammar["dated"]  # "đến tháng 12 Lima sẽ"
        self.pair_qualifiers, self.plurals = grammar["pair_qualifiers"], grammar["plurals"]
        self.soil = grammar["soil"]
        self.some_before, self.some_behind = grammar["some_before"], grammar["some_behind"]
        self.unnamed_many, self.cites = grammar["unnamed_many"], grammar["cites"]
        self.felt, self.own_forces = grammar["felt"], grammar["own_forces"]
        self.regions = grammar.get("regions", {})
        self.dated_by, self.since_date = grammar["dated_by"], grammar["since_date"]
        self.this_kind, self.this_before = grammar["this_kind"], grammar["this_before"]
        self.stands_for = grammar["stands_for"]
        self.part_of, self.not_names = grammar["part_of"], grammar["not_names"]
        self.counters, self.counted, self.counter_ends = (
            grammar["counters"],
            grammar["counted"],
            grammar["counter_ends"],
        )
        self.need_object, self.need_beside = grammar["need_object"], grammar["need_beside"]
        self.amounts, self.to = grammar["amounts"], grammar["to_whom"]
        self.hits: list[Hit] = []
        self.countries: set[int] = set()  # where a name of a country starts
        self.names_home = False  # whether the document names the home country at all, by a safe form

    def survey(self, hits: list[Hit]) -> None:
        """First look over the whole document: full names of people, and who holds which office."""
        self.hits = hits
        for i, (start, end, sense) in enumerate(hits):
            if sense.kinds & TITLE and i + 1 < len(hits):
                self._survey_office(hits[i], hits[i + 1])
            if sense.kinds & PERSON:
                for kind, value, *_ in sense.who:
                    if kind == "person" and value[3] == "full":
                        self.memory.introduce(value[0], self.text[start:end], known=True)
                        self.memory.people.setdefault(value[1].lower(), (value[0], value[1]))
            if sense.kinds & COUNTRY:
                self.countries.add(start)
                self.names_home = self.names_home or any(
                    e.kind == "country" and e.value[0] == self.home and not e.value[2] for e in sense.who
                )

    def _survey_office(self, title: Hit, nxt: Hit) -> None:
        """ "Ngoại trưởng Singapore Vivian Balakrishnan": the name belongs to the country wherever it stands alone."""
        (start, stop, _), (at, end, sense) = title, nxt
        country = next((e.value[0] for e in sense.who if e.kind == "country"), None)
        if country is None or self.folded[stop:at].strip() not in self.possessive | {""}:
            return
        office = self.folded[start:stop]
        held = Party(start, end, country, "institution", actor=self.text[start:end], title=True)
        self.memory.offices.setdefault(office, held)
        if name := _NAME.match(self.text, end + 1):
            if self.text[end] != " " or len(name.group()) <= 2:
                return
            self.memory.holders.setdefault((office, country), name.group().rstrip("."))
            if self.memory.lookup(name.group()) is None:
                self.memory.introduce(country, name.group().rstrip("."))

    # --- one sentence ---------------------------------------------------------------------------------------------

    def read(self, start: int, end: int, hits: list[Hit], quoted: bool = False) -> Sentence:
        """The sentence at [start, end) as items; the memory takes in what it says."""
        items: list[Item] = []
        self._end, self.quoted = end, quoted
        done = start
        for i, (at, stop, sense) in enumerate(hits):
            if at < done:
                continue
            parties = self._named(hits, i, start) if sense.who else []
            weapon = sense.weapon and self._weapon(at, stop, sense.weapon)
            frames = sense.frames if not parties or parties[0].kind == "anaphor" else ()
            if frames and not self.need_object.keys().isdisjoint(frames):
                frames = tuple(key for key in frames if self._has_object(key, at, stop, start))
            if frames and not self.need_beside.keys().isdisjoint(frames):
                frames = tuple(key for key in frames if self._stands_beside(key, hits[i + 1 :], stop))
            marker = None if sense.marker == "after" and self._is_of_a_date(at, stop) else sense.marker
            if parties or weapon or frames or marker or sense.cues or sense.role:
                items.append(Item(at, stop, parties, weapon, frames, marker, sense.cues, sense.role))
                done = stop
        items = self._names(items, start, end)
        items = self._with_remits(self._led(self._compose(items)))
        self._anaphora(items)
        items = self._coordinate(self._named_in_office(items))
        self._govern(items)
        self._remember(items)
        return Sentence(start, end, items, quoted=quoted)

    def _has_object(self, key: str, at: int, stop: int, start: int) -> bool:
        """ "đóng băng 7 tỷ franc tài sản", not "đóng băng quan hệ": some verbs need a certain thing beside them."""
        things = self.need_object.get(key)
        if things is None:
            return True
        behind = things.search(self.folded, stop, min(stop + _OBJECT_WITHIN, self._end))
        before = things.search(self.folded, max(start, at - _OBJECT_WITHIN), at)
        apart = behind and _CLAUSE_END.search(self.folded, stop, behind.start())
        return bool(before or (behind and not apart))

    def _stands_beside(self, key: str, hits: list[Hit], at: int) -> bool:
        """Some verbs need the weapon right behind them ("chọn 12 tiêm kích Gripen"), others a side with it: "hỗ trợ
        Ukraine 10 xe tăng", "hỗ trợ xe tăng cho Ukraine"; not "hỗ trợ Ukraine vận hành xe tăng"."""
        needs, side = self.need_beside.get(key), False
        for start, end, sense in hits if needs else ():
            if not all(word in self.amounts or word[0].isdigit() for word in self.folded[at:start].split()):
                return False
            if self.folded[start:end] in self.amounts:
                continue  # "hỗ trợ Ukraine thêm tên lửa"
            if sense.weapon:
                told = side or self.to.search(self.folded, end, min(end + _OBJECT_WITHIN, self._end))
                return not sense.weapon[1] and bool(needs == "weapon" or told)
            if needs == "weapon" or not (sense.who or sense.role or sense.marker in ("to", "of")):
                return False
            side, at = True, end
        return not needs

    def _is_of_a_date(self, at: int, stop: int) -> bool:
        """ "hồi tháng trước", but not "ba tháng trước cuộc gặp": a word of time before it, and no number; "kể từ năm
        2018", but not "kể từ cuộc gặp"."""
        if self.since_date.match(self.folded, at):
            return True
        found = self.dated_by.search(self.folded, max(0, at - 20), at)
        return found is not None and not found["number"]

    def _weapon(self, start: int, end: int, said: tuple[str, bool, str | None, str | None]) -> Weapon | None:
        """What a word for weapons means: "hệ thống này", "loại tên lửa này" is the one that was named last."""
        category, _, designation, _ = said
        again = category == NAMED_BEFORE
        if again and (kinds := self.counters.get(self.folded[start:end])):
            last = self._told_last(start, kinds) if self._stands_alone(start, end) else None
            return Weapon(start, end, *last) if last else None
        if designation or not (again or self.this_kind.match(self.folded, end) or self._points_back(start)):
            return Weapon(start, end, *said)
        last = self._named_last(start, self.stands_for.get(category, (category,)))
        return Weapon(start, end, *(last or said)) if last or not again else None

    def _stands_alone(self, start: int, end: int) -> bool:
        """ "ký hợp đồng cung cấp 24 chiếc cho Iraq": a number before the word that counts, and no thing behind it."""
        number = self.counted.search(self.folded, max(0, start - 14), start)
        if number is None or self.folded.endswith(self.part_of, 0, number.start()):
            return False  # "trong số 24 chiếc": what is told of are some of them
        for at, _, sense in self.hits[bisect_left(self.hits, end, key=itemgetter(0)) :]:
            if at - end > _NAMED_WITHIN:
                break
            if sense.weapon:
                return False
        return self.counter_ends.match(self.folded, end) is not None

    def _told_last(self, at: int, kinds: Sequence[str]) -> tuple[str, bool, str | None, str | None] | None:
        """The weapon of these kinds that was named last."""
        for start, _, sense in reversed(self.hits[: bisect_left(self.hits, at, key=itemgetter(0))]):
            if at - start > _COUNTED_WITHIN:
                break
            if sense.weapon and not sense.weapon[1] and sense.weapon[0] in kinds:
                return sense.weapon
        return None

    def _points_back(self, start: int) -> bool:
        before = self.folded[max(0, start - 10) : start]
        return before.endswith(self.this_before)

    def _named_last(self, at: int, may_be: Sequence[str]) -> tuple[str, bool, str | None, str | None] | None:
        """The weapon named last by its designation, not far before; none where that ends a list of several kinds."""
        found: tuple[str, bool, str | None, str | None] | None = None
        for start, _, sense in reversed(self.hits[: bisect_left(self.hits, at, key=itemgetter(0))]):
            if at - start > (_LISTED_WITHIN if found else _NAMED_BEFORE_WITHIN):
                break
            weapon = sense.weapon
            if weapon and weapon[2] and weapon[0] in may_be:
                if found and weapon[0] != found[0]:
                    return None
                if not found:
                    found, at = weapon, start
        return found

    def _named(self, hits: list[Hit], i: int, sentence_start: int) -> list[Party]:
        """The party that a hit is by itself; what stands for one ("nước này") is resolved later."""
        start, end, sense = hits[i]
        parties: list[Party] = []
        for entry in sense.who:
            kind, value = entry.kind, entry.value
            if kind == "person":
                country, name, _, strength = value
                if parties and parties[0].kind != "place":
                    continue
                if strength == "full":
                    name = self.text[start:end]
                else:
                    known = self.memory.people.get(self.folded[start:end]) or self._well_known(hits[i])
                    if known is None or self.folded.startswith(self.not_names, start):
                        continue
                    country, name = known
                parties = [Party(start, end, country, "person", person=name)]
            elif kind == "anaphor":
                parties = [Party(start, end, None, "anaphor", actor=value[0])]
            elif not parties:
                if kind == "place":
                    parties = [Party(start, end, value[0], "place")]
                elif kind == "group":
                    parties = [Party(start, end, value[0], "group", group=value[1])]
                elif not value[2] or self.guards.accept(entry, hits, i, sentence_start):
                    parties = [Party(start, end, value[0], value[1])]
        return parties

    def _well_known(self, hit: Hit) -> tuple[str | None, str] | None:
        """ "ông Putin": a surname that only one country's people in office have; no full name is needed."""
        start, _, sense = hit
        countries = {e.value[0] for e in sense.who if e.kind == "person"}
        if len(countries) > 1:
            return None
        form = sense.spelling
        before = last_word(self.folded[max(0, start - 10) : start])
        named_on = self.text[hit[1] : hit[1] + 1] == " " and self.text[hit[1] + 1 : hit[1] + 2].isupper()
        if named_on and form.lower() in self.guards.surnames:
            return None  # "ông Đinh La Thăng": a longer name, not the one known by this surname
        apart = len(form) >= 5 and form.isascii() and sense.weapon is None and not self.guards.left_capital(start)
        sure = before in self.honorifics or apart  # "xe tăng Abrams" is nobody
        return (countries.pop(), form) if sure else None

    def _names(self, items: list[Item], start: int, end: int) -> list[Item]:
        """Capitalised words that the document introduced as a person ("Scholz", "Kim") become parties."""
        people = self.memory.people
        if not people:
            return items
        out = list(items)
        for match in CAPITAL_TOKEN.finditer(self.text, start, end):
            known = people.get(match.group().lower())
            if known is None:
                continue
            s, e = match.span()
            if self.folded.startswith(self.not_names, s):
                continue
            if any(s < o.end and e > o.start for o in out) or (
                known[0] == self.home and last_word(self.folded[max(0, s - 10) : s]) not in self.honorifics
            ):
                continue
            name = _NAME.match(self.text, s, end)
            full = name.group() if name else match.group()
            hit = self.memory.lookup(full) if full != match.group() else known
            if hit is None or (out and any(o.end > s and o.start < s + len(full) for o in out)):
                if full != match.group() and hit is None:
                    continue
                full, hit = match.group(), known
            out.append(Item(s, s + len(full), parties=[Party(s, s + len(full), hit[0], "person", person=hit[1])]))
        if len(out) > len(items):
            out.sort(key=lambda i: i.start)
        return out

    def _gap(self, a: int, b: int) -> str:
        return self.folded[a:b].strip()

    def _compose(self, items: list[Item]) -> list[Item]:
        """title/institution + country + name -> one party."""
        out: list[Item] = []
        for item in items:
            last = out[-1] if out else None
            if last is None:
                out.append(item)
                continue
            if item.start < last.end:
                continue
            if item.parties:
                if item.parties[0].kind != "anaphor" and (self._posted(out, item) or self._join_party(out, item)):
                    continue
            elif item.role:
                gap = self._gap(last.end, item.start)
                if last.parties:
                    if self._join_role(last, item, gap):
                        continue
                elif last.role and gap in (self.title_glue if last.role[0] != item.role[0] else self.title_chain):
                    role = next(
                        (r for kind in ("former", "titles") for r in (last.role, item.role) if r[0] == kind), last.role
                    )
                    out[-1] = Item(last.start, item.end, role=role)
                    continue
            out.append(item)
        for k, item in enumerate(out):
            if item.role and not item.parties:
                self._open_title(item, k, out)
                self._seat(item, out[max(0, k - 2) : k])
        return out

    def _seat(self, item: Item, before: list[Item]) -> None:
        """ "Tại Minsk, Bộ Ngoại giao nói ...": a body of state behind the seat that opens the sentence."""
        if item.parties or item.role not in _OF_STATE or len(before) < 2 or before[0].marker != "at":
            return
        place = before[1].parties[:1]
        if place and place[0].kind in ("capital", "place") and self._gap(before[1].end, item.start) == ",":
            actor = self.text[item.start : item.end]
            item.parties = [Party(item.start, item.end, place[0].country, "institution", actor=actor)]

    def _led(self, items: list[Item]) -> list[Item]:
        """ "Phái đoàn Lào do Đại tướng A dẫn đầu": who leads a delegation is its person."""
        for item in items:
            party = item.parties[0] if item.role and item.parties else None
            if not party or not party.country or not (party.actor or "").lower().startswith(self.delegations):
                continue
            led = self.led.match(self.folded, item.end, self._end)
            start = led.start(1) if led else 0
            ends = [i.end for i in items if led and start <= i.start < i.end < led.end(1) and _unnamed(i)]
            names = _NAME.findall(self.text, max(ends, default=start), led.end(1)) if led else ()
            if led and names:
                party.person, party.title, party.end, item.end = names[-1], True, led.end(), led.end()
                self.memory.introduce(party.country, names[-1])
                return [i for i in items if i is item or not item.start < i.start < item.end]
        return items

    def _with_remits(self, items: list[Item]) -> list[Item]:
        """ "Thứ trưởng Ngoại giao Oman phụ trách các chương trình di cư A B": whose remit stands before the name."""
        for item in items:
            party = item.parties[0] if item.role and item.parties else None
            if party is None or party.person or not party.title or not party.country:
                continue
            found = self.remit_and_name.match(self.text, item.end, self._end)
            inner = [i for i in items if found and item.end <= i.start < found.end()]
            apart = any(i.frames or i.weapon or any(p.country != party.country for p in i.parties) for i in inner)
            if found and not apart:
                party.person, party.kind = found["name"], "person"
                party.end = item.end = found.end()
                self.memory.introduce(party.country, party.person)
                return [i for i in items if i not in inner]
        return items

    def _posted(self, out: list[Item], item: Item) -> bool:
        """ "Đại sứ Mỹ tại Việt Nam Ted Osius", "đặc phái viên Mỹ về Triều Tiên": post or remit before the name."""
        if item.parties[0].kind == "person" or not out:
            return False
        remit = bool(out[-1].parties) and self._gap(out[-1].end, item.start) in self.remits
        if not remit and (len(out) < 2 or out[-1].marker != "at" or not out[-2].parties):
            return False
        envoy = out[-1 if remit else -2].parties[0]
        sent = self.folded[envoy.start : envoy.end].startswith(self.envoys)
        if envoy.person or not (sent or (remit and envoy.title)):
            return False
        name = _NAME.match(self.text, item.end + 1, self._end) if self.text[item.end : item.end + 1] == " " else None
        if not (name or sent):
            return False
        if name:
            envoy.person, envoy.kind, envoy.title = name.group().rstrip("."), "person", True
            self.memory.introduce(envoy.country, envoy.person)
        envoy.end = name.end() if name else item.end
        if not remit:
            out.pop()
        out[-1].end = envoy.end
        return True

    def _join_party(self, out: list[Item], item: Item) -> bool:
        party = item.parties[0]
        # a marker "của/tại" between a role and its country, or a chain of roles before
        k = len(out) - 1
        marker_between = out[k].marker in ("of", "at") and not out[k].role and k > 0
        head = out[k - 1] if marker_between else out[k]
        gap = self._gap(head.end, item.start)
        last = out[k]
        if (
            last.parties
            and last.parties[0].kind == "anaphor"
            and not last.role
            and last.parties[0].actor == "he"
            and party.kind == "person"
            and gap == ""
        ):
            party.start, party.title = last.start, True
            out[k] = Item(last.start, item.end, parties=[party])
            return True
        if last.parties and last.parties[0].kind == "person" and gap in self.origins:
            last.end = item.end
            return True
        if head.cues and gap in self.place_glue:
            return False  # "hội nghị tổ chức tại Đức"
        body = party.kind == "group" and len(gap.split()) <= 4 and "," not in gap
        armed = head.role and head.role[1] == "armed" and len(gap.split()) <= 5 and "," not in gap
        if (
            head.role
            and (not head.parties or head.parties[0].kind == "anaphor")
            and (gap in self.core_glue or armed or body)
            and party.kind != "anaphor"
        ):
            person = party.kind == "person"
            if not armed and party.kind == "place" and gap in self.place_glue and head.role[0] == "titles":
                return False
            joined = Party(
                head.start,
                item.end,
                party.country,
                party.kind if person or party.kind == "group" else "institution",
                actor=self.text[head.start : item.end],
                person=party.person,
                group=party.group,
                title=head.role[0] == "titles",
                former=head.role[0] == "former",
            )
            if marker_between:
                out.pop()
            # "lính đánh thuê Wagner", "binh sĩ Mali được cử tới ..."
            fights = (armed and party.kind == "group") or bool(self.passive.match(self.folded, item.end))
            out[-1] = Item(head.start, item.end, [joined], head.weapon if fights else None, role=head.role)
            if joined.title and not person:
                self._take_name(out[-1])
            if joined.title and not joined.person:
                joined.person = self.memory.holders.get((self.folded[head.start : head.end], joined.country))
            if joined.title and joined.country and not joined.former:
                self.memory.offices[self.folded[head.start : head.end]] = joined
            return True
        last = out[k]
        if last.parties and last.parties[0].kind != "anaphor":
            prev = last.parties[0]
            gap = self._gap(last.end, item.start)
            if (
                party.kind == "person"
                and prev.kind != "person"
                and not prev.person
                and gap in ("", ",")
                and (prev.title or gap == "")
                and prev.kind != "place"
                and (prev.title or party.country in (None, prev.country))
            ):
                prev.person, prev.end, last.end = party.person, item.end, item.end
                prev.country = prev.country or party.country
                prev.kind = "person"
                self.memory.introduce(prev.country, self.text[item.start : item.end])
                return True
            if (
                party.kind == "group"
                and prev.kind in ("country", "institution")
                and gap == ""
                and (party.country in (None, prev.country))
            ):
                prev.group, prev.end, last.end, prev.actor = (
                    party.group,
                    item.end,
                    item.end,
                    self.text[prev.start : item.end],
                )
                return True
            if gap == "(" and party.country == prev.country and self.text[item.end : item.end + 1] == ")":
                prev.end = last.end = item.end + 1
                prev.group = prev.group or party.group
                return True
        if (
            marker_between
            and head.parties
            and head.parties[0].kind in ("group", "person", "institution")
            and out[k].marker == "of"
            and self._gap(head.end, out[k].start) == ""
            and self._gap(out[k].end, item.start) in self.fillers
        ):
            prev = head.parties[0]
            if (
                prev.kind == "group"
                and prev.country in (None, party.country)
                and party.kind in ("country", "capital", "institution")
            ):
                prev.country, prev.end = party.country, item.end
                out.pop()
                out[-1].end = item.end
                return True
        return False

    def _join_role(self, last: Item, item: Item, gap: str) -> bool:
        """ "Russian foreign minister Sergei Lavrov", "Poland's army": the country stands before its role."""
        prev = last.parties[0]
        chained = bool(last.role) and prev.kind == "institution"
        if len(last.parties) > 1 or not (
            (gap == "" and (prev.kind == "adjective" or chained)) or (gap in self.possessive and not prev.person)
        ):
            return False
        title = item.role[0] == "titles"
        last.parties = [
            Party(
                last.start,
                item.end,
                prev.country,
                "institution",
                actor=self.text[last.start : item.end],
                group=prev.group,
                title=title,
                former=item.role[0] == "former",
            )
        ]
        last.end, last.role = item.end, item.role
        if title:
            self._take_name(last)
        return True

    def _take_name(self, item: Item) -> None:
        """ "Ngoại trưởng Singapore Vivian Balakrishnan": the unknown name belongs to the title before it."""
        party = item.parties[0]
        at = item.end
        if short := _SHORT_NAME.match(self.text, at, self._end):
            at = short.end()
        if self.text[at : at + 1] == ",":
            at += 1
        while self.text[at : at + 1] == " ":
            at += 1
        match = _NAME.match(self.text, at, self._end)
        if not match or at == item.end or at in self.countries:
            return
        name = match.group().rstrip(".")
        if self.text[item.end : item.end + 1] == "," and " " not in name:
            return
        known = self.memory.lookup(name)
        party.person = known[1] if known and len(known[1]) > len(name) else name
        party.end = item.end = at + len(name)
        party.kind = "person"
        self.memory.introduce(party.country, name)

    def _apposition(self, at: int, k: int, items: list[Item]) -> str | None:
        """ "Đô đốc Mullen, tướng cao nhất của quân đội Mỹ, ...": the country stands in the apposition."""
        if self.text[at : at + 1] != "," or k + 1 >= len(items):
            return None
        for nxt in items[k + 1 : k + 4]:
            gap = self.folded[at + 1 : nxt.start]
            if "," in gap or len(gap) > 70 or set(gap.split()) & self.place_glue:
                return None
            if nxt.parties and nxt.parties[0].country:
                closes = self.folded[nxt.end : nxt.end + 1] in (",", ".")
                return (
                    nxt.parties[0].country
                    if closes and (nxt.parties[0].kind != "person" or nxt.parties[0].title)
                    else None
                )
        return None

    def _open_title(self, item: Item, k: int, items: list[Item]) -> None:
        """A title without a country: "ông Lim", "Thứ trưởng Ngoại giao Rudenko" when the name is known or given."""
        name = None
        at = item.end
        while self.text[at : at + 1] == " ":
            at += 1
        if at > item.end:
            name = _NAME.match(self.text, at, self._end)
        if name and (k + 1 >= len(items) or items[k + 1].start >= name.end()):
            known = self.memory.lookup(name.group())
            if not known and item.role[0] == "titles" and (country := self._apposition(name.end(), k, items)):
                self.memory.introduce(country, name.group())
                known = country, name.group()
            office = self.memory.offices.get(self.folded[item.start : item.end])
            if not known and office and item.role[0] == "titles" and not office.person:
                self.memory.introduce(office.country, name.group())
                known = office.country, name.group()
            if not known and (country := self._other_of_pair(item, items[:k])):
                self.memory.introduce(country, name.group())
                known = country, name.group()
            if known:
                item.parties = [
                    Party(
                        item.start,
                        name.end(),
                        known[0],
                        "person",
                        actor=self.text[item.start : name.end()],
                        person=known[1],
                        title=True,
                    )
                ]
                item.end = name.end()
        elif (
            not name
            and item.role[0] == "titles"
            and (office := self.memory.offices.get(self.folded[item.start : item.end]))
            and not (k + 1 < len(items) and _of_another(items[k + 1]) and not self._gap(item.end, items[k + 1].start))
            and not self.folded.startswith(self.plurals, item.end)  # "ngoại trưởng các nước thành viên"
        ):
            item.parties = [
                Party(
                    item.start,
                    item.end,
                    office.country,
                    "person",
                    actor=self.text[item.start : item.end],
                    person=office.person,
                    title=True,
                )
            ]

    def _other_of_pair(self, item: Item, before: list[Item]) -> str | None:
        """ "Tại đây, ông hội đàm với người đồng cấp António": the counterpart is of the other country told of last."""
        memory = self.memory
        if item.role != ("titles", "counterpart") or memory.pair is None or set(memory.recent[-2:]) != set(memory.pair):
            return None
        own = next((p.country for i in reversed(before) for p in i.parties if p.country), memory.subject)
        return next((c for c in memory.pair if c != own), None) if own in memory.pair else None

    # --- what stands for a party ----------------------------------------------------------------------------------

    def _anaphora(self, items: list[Item]) -> None:
        memory = self.memory
        here: list[Party] = []
        said: Party | None = None
        for n, item in enumerate(items):
            if not item.parties:
                continue
            if item.parties[0].kind == "anaphor":
                before = [said] if said and said.country and self._right_behind(items, n) else here
                self._told_by = said if said and (said.person or said.title) else None
                item.parties = self._stand_in(item.parties[0], before, items, n, said and said.country)
            if self._speaks(items, n):
                said = self._set_off(items, n) or item.parties[0]
            else:
                here += [p for p in item.parties if p.country]
        if memory.home is None and self.names_home:
            memory.home = self.home

    def _in_office(self, items: list[Item], n: int) -> bool:
        """ "Ngoại trưởng nước này": what stands for a country right behind somebody's office."""
        before = items[n - 1] if n else None
        if before is None or before.role is None or before.parties or self._gap(before.end, items[n].start):
            return False
        return before.role[0] == "titles" or before.role[1] == "counterpart"

    def _named_in_office(self, items: list[Item]) -> list[Item]:
        """ "Ngoại trưởng nước này Luis Gomez": the name right behind is that of who holds the office."""
        out: list[Item] = []
        officer: Item | None = None  # one who is not named yet
        for n, item in enumerate(items):
            if officer and item.parties and item.parties[0].person and not self._gap(officer.end, item.start):
                party = officer.parties[0]
                party.person, party.end, officer.end = item.parties[0].person, item.end, item.end
                officer = None
                continue
            officer = None
            if self._awaits_name(items, n):
                item.parties[0].title = True
                self._take_name(item)
                officer = None if item.parties[0].person else item
            out.append(item)
        return out

    def _awaits_name(self, items: list[Item], n: int) -> bool:
        party = items[n].parties[0] if len(items[n].parties) == 1 else None
        of_country = party and party.kind == "anaphor" and party.country and not party.group
        return bool(of_country) and self._in_office(items, n)

    def _other_side(self, items: list[Item], n: int, here: list[Party]) -> str | None:
        """ "Ông A đến Chile và gặp Ngoại trưởng nước này": whose side of the meeting it is not."""
        k = n - 2 if self._in_office(items, n) else n - 1
        if k > 0 and items[k].marker == "with" and not items[k].frames:
            k -= 1
        if k < 0 or not any(key.startswith("meeting.") for key in items[k].frames):
            return None
        doers = [p for p in here if p.start < items[k].start and (p.person or p.title)]
        return doers[-1].country if doers else None

    def _right_named(self, items: list[Item], n: int) -> Party | None:
        """ "Tổng thống nước này Erdogan": somebody known by name right behind the office."""
        behind = items[n + 1] if n + 1 < len(items) else None
        if not behind or not behind.parties or self._gap(items[n].end, behind.start) or not self._in_office(items, n):
            return None
        return behind.parties[0] if behind.parties[0].person else None

    def _set_off(self, items: list[Item], n: int) -> Party | None:
        """ "Mỹ, nước đi đầu trong việc chống Mali, nói họ ...": who speaks stands before what commas set off."""
        first = next((k for k in range(n) if items[k].parties), None)
        if first is None or not self._gap(items[n].end, items[n + 1].start).startswith(","):
            return None
        apposed = self.folded[items[first].end : items[first].end + 1] == ","
        return items[first].parties[0] if apposed and items[first].governor is None else None

    @staticmethod
    def _right_behind(items: list[Item], n: int) -> bool:
        """ "Mỹ cho biết nước này sẽ ...": right behind a verb of saying, and where it was, its speaker is meant."""
        if n and items[n - 1].cued("claim"):
            return True
        if n < 2 or items[n - 1].marker != "that":
            return False
        k = n - 2
        while k > 0 and items[k].parties and items[k - 1].marker == "at":
            k -= 2
            while k > 0 and not (items[k].parties or items[k].cued("claim")):
                k -= 1
        return items[k].cued("claim")

    def _stand_in(self, party: Party, here: list[Party], items: list[Item], n: int, said: str | None) -> list[Party]:
        memory, word = self.memory, party.actor
        seen = list(dict.fromkeys(p.country for p in here))
        text = self.text[party.start : party.end]

        def made(country: str | None, others: tuple[str, ...] = (), person: str | None = None) -> Party:
            return Party(party.start, party.end, country, "anaphor", actor=text, person=person, others=others)

        in_clause: set[str | None] = set()
        if word == "some_country":
            before = self.folded[max(0, party.start - 12) : party.start].rstrip()
            if (" " + before).endswith(self.some_before) or self.some_behind.match(self.folded, party.end):
                return []  # "các quốc gia Đông Nam Á", "là quốc gia Trung Đông đầu tiên"
            word, in_clause = "this_country", self._in_clause(items, n)
        if word in ("this_country", "this_island"):
            subject = [memory.subject] if memory.subject else []
            latest = list(dict.fromkeys(p.country for p in reversed(here)))
            if len(seen) > 1 and self._gives_reason(items, n):
                asked = items[n - 1].cued("ask")  # "giao tranh với Pakistan buộc nước này mua": not whom one fights
                with_ = [k for k in range(1, n) if asked and items[k - 1].marker == "with"]
                beside = {p.country for k in with_ for p in items[k].parties}
                # "mua xe tăng của Seoul, giữa lúc nước này thiếu ...": not whose thing it is
                owns = [k for k in range(2, n) if items[k - 1].marker in ("of", "from") and items[k - 2].weapon]
                beside |= {p.country for k in owns for p in items[k].parties}
                seen = [*(c for c in latest if c not in beside), *(c for c in seen if c in beside)]
                latest = seen[::-1]
            speaker = [said] if said else []
            seen = [c for c in seen if c not in _NO_STATES]
            elsewhere = self._only_places(items, n)
            seen = [c for c in seen if c not in elsewhere] or seen
            latest = [c for c in latest if c not in elsewhere] or latest
            listed = self._only_listed(items, n)
            seen = [c for c in seen if c not in listed] or seen
            near = [*seen[:1], *(c for c in latest if c in seen[1:])] or subject
            before = self._named_before(items[0].start) if len(seen) < 2 else []
            order = list(dict.fromkeys([*near, *speaker, *before, *subject, *reversed(memory.recent)]))
            if (
                len(seen) == 1
                and n
                and items[n - 1].marker == "purpose"
                and not self._gap(items[n - 1].end, party.start)
            ):
                order = [*(c for c in order if c not in seen), *seen]  # "Nga cấp tín dụng để nước này mua ..."
            order = [c for c in order if c not in _NO_STATES]
            led = n > 0 and items[n - 1].marker in ("with", "against", "to")
            if len(seen) > 1 and led and ";" in self.folded[items[0].start : party.start]:
                order = list(dict.fromkeys([*latest, *order]))  # "A bỏ lệnh cấm với B; C thì cấm vận nước này"
            if len(seen) > 1 and n and items[n - 1].marker in ("against", "purpose") and self._acts_on(items, n):
                order = list(dict.fromkeys([*latest, *order]))
            told = self._denier(items, n) or self._says_of_itself(items, n)
            if (meant := told or (self._accused(items, n) if len(seen) > 1 else None)) is not None:
                order = list(dict.fromkeys([meant, *order]))
            if self.folded.endswith(self.soil, 0, party.start):  # "... tại Syria, chuyển tên lửa vào lãnh thổ nước này"
                there = [k for k in range(1, n) if items[k].parties and items[k - 1].marker == "at"]
                order = [p.country for k in there[-1:] for p in items[k].parties if p.country] + order
            if other := self._other_side(items, n, here):
                order = [*(c for c in latest if c != other), *(c for c in order if c != other)]
            if (name := self._right_named(items, n)) and name.country:
                order = [name.country, *order]
            lies = next((codes for region, codes in self.regions.items() if region in text.lower()), None)
            order = [c for c in order if c not in in_clause and (lies is None or c in lies)]
            if word == "this_island":
                order = sorted((c for c in order if c in self.islands), key=self.islands.index)
            return [made(order[0], tuple(order[1:4]))] if order else []
        if word == "host_country":
            return [made(host)] if (host := self._host(items, n) or memory.city) else []
        if word == "this_bloc":
            bloc = next((c for c in [*reversed(seen), *reversed(memory.recent)] if c in _ALLIANCES), None)
            return [made(bloc)] if bloc else []
        if word == "guest":
            named = self.text[party.end + 1 : party.end + 2].isupper()
            return [] if named else [made(None)]  # "Ông A cho biết vị khách cam kết ...": somebody else
        if word == "this_city":
            country = next((p.country for p in reversed(here) if p.kind == "place"), memory.city)
            items[n].governor = "at"
            return [Party(party.start, party.end, country, "place")] if country else []
        if word == "this_body":
            body = next(filter(None, map(self._body, reversed(items[:n]))), memory.body)
            bloc = next((p for i in reversed(items[:n]) for p in i.parties if p.country in _NO_STATES), None)
            if bloc and text.lower().startswith(self.body_of_states) and (body is None or body is memory.body):
                return [made(bloc.country)]
            return [replace(body, start=party.start, end=party.end, kind="anaphor")] if body else []
        if word == "own_country":
            own = seen[0] if seen else said  # "ông A gọi tin nước ông gửi quân là vô căn cứ"
            return [made(own)] if own else []
        if word == "our_country" and self.quoted and memory.speaker:
            return [made(memory.speaker[0])] if memory.speaker[0] else []
        if word == "our_country":
            return [made(memory.home)] if memory.home else []
        if word.startswith("pair:"):
            return [made(country) for country in word.split(":")[1:]]
        nxt = items[n + 1] if n + 1 < len(items) else None
        if word.startswith("two_") and nxt and nxt.marker == "with" and not self._gap(party.end, nxt.start):
            return []  # "tiếp xúc song phương với Mali": no more than how
        if word == "two_people":
            acting = list({p.country: p for p in here if p.person}.values())
            return [made(p.country, person=p.person) for p in acting] if len(acting) == 2 else []
        if word in ("two_leaders", "two_ministers"):
            named = items[n + 1].parties if n + 1 < len(items) else []
            if named and named[0].person and named[0].start - party.end <= 1:
                return []  # "giữa hai Tổng thống A của Lào và B của Oman"
            if named and self._of_one_country(items, n + 1):
                return []  # "trừng phạt hai bộ trưởng Mali"
            acting = list({p.country: p for p in here if p.person}.values())[-2:]
            acting = acting if len(acting) == 2 else memory.people_pair
            if acting and (word == "two_leaders" or acting is not memory.people_pair):
                return [made(p.country, person=p.person) for p in acting]
            if acting:
                return [made(p.country) for p in acting]
        if word in ("two_countries", "two_leaders", "two_ministers"):
            if self.folded[party.end : party.end + 24].lstrip().startswith(self.pair_qualifiers):
                return []
            acting = self._not_at(items, n, seen)
            seen = acting if len(acting) >= 2 else seen
            pair = tuple(seen[-2:]) if len(seen) >= 2 else memory.pair
            pair = self._told_pair(items, n, said) or pair
            if len(seen) == 1 and memory.pair and seen[0] not in memory.pair and not memory.listed:
                pair = None
            if not pair:
                return []
            people = [memory.leaders.get(c) for c in pair] if word == "two_leaders" else [None, None]
            return [made(c, person=p.person if p else None) for c, p in zip(pair, people, strict=True)]
        if word == "he":
            if self.text[party.end : party.end + 1] == " " and self.text[party.end + 1 : party.end + 2].isupper():
                return self._introduced_here(party, items, n)  # "ông Choi": somebody else
            person = self._doer_of_main(items, n) or next((p for p in reversed(here) if p.person), None)
            told = self._told_by if self._told_by and self._told_by.person else None
            person = person or told or next((p for p in reversed(here) if p.title), None)
            person = person or self._told_by or memory.subject_person  # "ông A nói tuần trước ông ..."
            if person and self.quoted and memory.speaker and person.person == memory.speaker[1]:
                return []
            return [made(person.country, person=person.person)] if person and person.country else []
        if word == "they":
            first = next((i.end for i in items[:n] if i.parties), party.start)
            if self.unnamed_many.search(self.folded, first, party.start):
                return [made(None)]  # "quan hệ giữa Mỹ với các nước này, nhất là khi họ ..."
            made_by = {p.country for k in range(1, n) if items[k - 1].marker == "by" for p in items[k].parties}
            if made_by:
                return []  # "đạn do Trung Quốc chế tạo được máy bay Sudan thả dù cho họ": somebody told of before
            joined = self._joined_before(items, n)
            pair = joined or next(
                (i.parties for i in reversed(items[:n]) if len({p.country for p in i.parties if p.country}) > 1), None
            )
            if pair:
                return [made(p.country) for p in pair if p.country]
            if seen:
                return [made(seen[0], tuple(seen[1:3]))]
            they = said or memory.subject  # "Lima thông báo về việc họ sẽ nhận ..."
            return [made(they)] if they else []
        if word == "we":
            trailing = self._speaker_behind(items, n)
            if trailing and trailing.country:
                return [made(trailing.country)]
            return [made(memory.speaker[0])] if memory.speaker and memory.speaker[0] else []
        return []

    def _doer_of_main(self, items: list[Item], n: int) -> Party | None:
        """ "Ông A gặp ông B một ngày sau khi ông tuyên bố ...": behind a word of time, who acts in the main clause."""
        if n == 0 or items[n - 1].marker != "after" or items[n - 1].parties:
            return None
        if self.folded[items[n - 1].start : items[n - 1].end] in self.when_words:
            return None  # "khi ông nói chuyện với ..."
        people = [k for k in range(n) if items[k].parties and items[k].parties[0].person]
        first = people[0] if len(people) > 1 else None
        return items[first].parties[0] if first is not None and not (first and items[first - 1].marker) else None

    def _of_one_country(self, items: list[Item], n: int) -> bool:
        """Whether the party at item n stands right behind the one before and is joined with none."""
        alone = len(items[n].parties) == 1 and not self._gap(items[n - 1].end, items[n].start)
        if not alone or n + 1 >= len(items):
            return alone
        behind = items[n + 1]
        listed = behind.parties and self._gap(items[n].end, behind.start) in self.joiners
        return not (listed or behind.marker in ("and", "with"))

    def _acts_on(self, items: list[Item], n: int) -> bool:
        """ "kêu gọi trừng phạt Mali nhằm cô lập quốc gia này": a verb that takes it stands behind the marker."""
        gap = self._gap(items[n - 1].end, items[n].start)
        return bool(gap) and "," not in gap and not self.clause_nouns.intersection(gap.split())

    def _accused(self, items: list[Item], n: int) -> str | None:
        """ "cảnh báo Mali rằng nước này ...", "cáo buộc Mali xây một căn cứ mà nước này ...": who is told so."""
        if n < 3 or items[n - 1].marker not in ("that", "relative"):
            return None
        k = next((k for k in range(n - 2, 0, -1) if items[k].parties), 0)
        told = k > 0 and ("claim", "accuse") in items[k - 1].cues and not self._gap(items[k - 1].end, items[k].start)
        return items[k].parties[0].country if told else None

    def _told_pair(self, items: list[Item], n: int, said: str | None) -> tuple[str, str] | None:
        """ "Nói với ông A, nhà lãnh đạo Mali cho biết Oman ... cuộc gặp giữa hai nước": who speaks, and the one country
        that is named in what he says, not whom he speaks to."""
        spoke = next((k for k in range(n - 1, 0, -1) if self._speaks(items, k)), 0)
        inner = {p.country for item in items[spoke + 1 : n] for p in item.parties if p.country}
        before = {p.country for item in items[:spoke] for p in item.parties if p.country}
        other = next(iter(inner)) if len(inner) == 1 else None
        return (said, other) if spoke and said and other and other != said and before - {said, other} else None

    def _in_clause(self, items: list[Item], n: int) -> set[str | None]:
        """ "Israel ngăn Nga chuyển tên lửa cho quốc gia Trung Đông": whom its own clause names is not meant by it."""
        found: set[str | None] = set()
        for k in range(n - 1, -1, -1):
            apart = items[k].marker in CLAUSE_OPENERS and not items[k].parties
            if apart or "," in self.folded[items[k].end : items[k + 1].start]:
                break
            found |= {p.country for p in items[k].parties}
        return found

    @staticmethod
    def _not_at(items: list[Item], n: int, seen: list[str]) -> list[str]:
        """ "Oman ngừng giao hàng cho Mali vì xung đột ở Chad, hai nước ...": where something is, is none of the two."""
        there = {p.country for k in range(1, n) if items[k - 1].marker == "at" for p in items[k].parties}
        acting = {p.country for k in range(n) if not (k and items[k - 1].marker == "at") for p in items[k].parties}
        return [country for country in seen if country not in there - acting]

    def _only_listed(self, items: list[Item], n: int) -> set[str]:
        """ "Oman và Peru trừng phạt ba tướng Mali, EU trừng phạt hai bộ trưởng nước này": one of many is not meant."""
        listed, alone = set(), set()
        named = [k for k in range(n) if items[k].parties and items[k].parties[0].country]
        for at, k in enumerate(named):
            beside = [j for j in (named[at - 1] if at else k, named[at + 1] if at + 1 < len(named) else k) if j != k]
            many = any(self._gap(items[min(j, k)].end, items[max(j, k)].start) in self.joiners for j in beside)
            (listed if many else alone).update(p.country for p in items[k].parties if p.country)
        return listed - alone

    def _named_before(self, at: int) -> list[str]:
        """ "Nga là nguồn cung chính của Armenia. Moskva đã chuyển cho nước này ...": whom the sentence before names,
        the last first."""
        found = []
        for start, _, sense in reversed(self.hits[: bisect_left(self.hits, at, key=itemgetter(0))]):
            if at - start > _NAMED_JUST_BEFORE:
                break
            if sense.kinds & COUNTRY and len(sense.countries) == 1 and start in self.countries:
                found += sense.countries
        return found

    @staticmethod
    def _only_places(items: list[Item], n: int) -> set[str]:
        """ "Trong báo cáo công bố tại New York, Liên Hợp Quốc nói về Libya ... nước này": where something happens."""
        named = [(k, p) for k in range(n) for p in items[k].parties if p.country]
        at = [k > 0 and items[k - 1].marker == "at" and p.kind in ("place", "capital") for k, p in named]
        where = {p.country for (_, p), is_at in zip(named, at, strict=True) if is_at}
        return where - {p.country for (_, p), is_at in zip(named, at, strict=True) if not is_at}

    def _denier(self, items: list[Item], n: int) -> str | None:
        """ "Mali bác bỏ tin báo chí Oman nói rằng nước này ...": who denies what another says of him."""
        if n < 3 or not (items[n - 1].marker == "that" or items[n - 1].cued("claim")):
            return None
        deny = next((k for k in range(n - 1, 0, -1) if ("claim", "deny") in items[k].cues), 0)
        told = [k for k in range(deny + 1, n) if items[k].parties]
        if not deny or len(told) > 1 or "," in self.folded[items[deny].end : items[n].start]:
            return None
        who = next((items[k].parties[0] for k in range(deny - 1, -1, -1) if items[k].parties), None)
        return who.country if who else None

    def _says_of_itself(self, items: list[Item], n: int) -> str | None:
        """ "Mali từ chối đề nghị của Oman, nói rằng nước này ...": a state that speaks on behind a comma, where nobody
        else but the owner of something is named."""
        if n < 2 or not items[n - 1].quotes or self._gap(items[n - 1].end, items[n].start):
            return None
        named = [k for k in range(n - 1) if items[k].parties]
        owned = all(items[k - 1].marker in ("of", "from") for k in named[1:])
        first = named[0] if named and self.folded[: items[n - 1].start].endswith(", ") and owned else None
        if first is None or items[first].parties[0].person or (first and items[first - 1].marker):
            return None
        return items[first].parties[0].country if len(items[first].parties) == 1 else None

    @staticmethod
    def _host(items: list[Item], n: int) -> str | None:
        """ "Trong chuyến thăm Mali, ông A hứa cấp tàu cho nước chủ nhà": whom a visit goes to."""
        for k in range(n - 1, 0, -1):
            last, parties = items[k - 1], items[k].parties
            if parties and parties[0].country and (has_frame(last, "meeting") or last.marker in ("at", "to")):
                return parties[0].country
        return None

    def _joined_before(self, items: list[Item], n: int) -> list[Party]:
        """ "Nga và Trung Quốc cam kết rằng họ ...": the last two names that one word joins."""
        for k in range(n - 1, 1, -1):
            first, link, second = items[k - 2 : k + 1]
            if first.parties and second.parties and link.marker == "and" and not link.parties:
                close = not self._gap(first.end, link.start) and not self._gap(link.end, second.start)
                return [*first.parties, *second.parties] if close else []
        return []

    def _speaker_behind(self, items: list[Item], n: int) -> Party | None:
        """ "..., ông A nói", "..., AFP dẫn lời ông A": who is named behind what is said."""
        for k in range(n + 1, len(items)):
            if self._speaks(items, k):
                verb = items[k + 1] if k + 1 < len(items) else items[k]
                cites = self.folded[verb.start : verb.end] in self.cites
                return next((i.parties[0] for i in items[k + 2 :] if i.parties), None) if cites else items[k].parties[0]
        return None

    def _introduced_here(self, party: Party, items: list[Item], n: int) -> list[Party]:
        """ "Ông Shugaev, trưởng ban hợp tác của Nga, ...": the apposition says whom he acts for; else nobody knows."""
        name = _NAME.match(self.text, party.end + 1, self._end)
        country = self._apposition(name.end(), n, items) if name else None
        if not name or not country:
            return []
        self.memory.introduce(country, name.group())
        items[n].end = name.end()
        return [Party(party.start, name.end(), country, "person", person=name.group(), title=True)]

    def _gives_reason(self, items: list[Item], n: int) -> bool:
        """ "Mỹ ngừng bán F-16 cho Ai Cập vì nước này ...": a reason, or a plea, is about whom something is done to."""
        before = last_word(self.folded[max(0, items[n].start - 8) : items[n].start])
        reason = n > 0 and items[n - 1].marker in ("because", "after")
        if n > 0 and items[n - 1].cued("ask"):
            return True
        return before in self.clause_nouns or (reason and not self._gap(items[n - 1].end, items[n].start))

    # --- lists ----------------------------------------------------------------------------------------------------

    def _coordinate(self, items: list[Item]) -> list[Item]:
        """ "Đan Mạch và Hà Lan", "Pháp, Serbia và Hungary", "Mỹ - Trung": one item with several parties."""
        out: list[Item] = []
        for n, item in enumerate(items):
            if not item.parties:
                out.append(item)
                continue
            k = len(out) - 1
            while k >= 0 and out[k].marker in ("and", "with") and not out[k].parties and not out[k].cues:
                k -= 1
            head = out[k] if k >= 0 and out[k].parties else None
            if head is not None:
                gap = self._gap(head.end, item.start)
                gap = (_ASIDE.sub("", gap) if "(" in gap else gap).strip("[]“”\"' ")
                with_joiner = any(o.marker == "with" for o in out[k + 1 :])
                if gap in self.joiners and not with_joiner and self._may_join(out, k, items, n, gap):
                    del out[k + 1 :]
                    head.parties = head.parties + item.parties
                    head.end = item.end
                    continue
            out.append(item)
        return [i for k, i in enumerate(out) if not self._named_behind(i, out[k + 1 : k + 2])]

    def _named_behind(self, item: Item, nxt: list[Item]) -> bool:
        """ "hai nhà lãnh đạo Nga và Mỹ": the names behind say who the two are."""
        return bool(
            len(item.parties) == 2
            and item.parties[0].kind == "anaphor"
            and nxt
            and len(nxt[0].parties) == 2
            and not self._gap(item.end, nxt[0].start)
        )

    def _may_join(self, out: list[Item], k: int, items: list[Item], n: int, gap: str) -> bool:
        item = items[n]
        if gap in self.conjunctions and len(item.parties) == 2 and item.parties[0].kind == "anaphor":
            return False  # "... với Mỹ và hai bên đã ..."
        if gap != ",":
            return True
        if out[k].parties[0].kind == "anaphor":
            return False
        last = out[k - 1] if k else None
        if last and self.folded[last.start : last.end] in self.twos and not self._gap(last.end, out[k].start):
            return len(out[k].parties) == 1  # "hai nhà lãnh đạo Nga, Mỹ"
        if out[k].parties[-1].kind in ("place", "capital") and item.parties[0].person:
            return False  # "Trước khi rời Lima, ông A và ông B ..."
        if k > 1 and out[k - 2].marker in ("at", "to", "from") and self._is_same_place(out[k - 1], out[k]):
            return False  # "ở Hamburg, Đức, ông A và ông B ..."
        if out[0].marker == "according" and out[k].parties[0].country is None:
            return False  # "Theo dữ liệu của SIPRI, Nga và Đức ..."
        if (
            k > 0
            and out[k - 1].marker in ("according", "at", "with", "after", "invitation")
            and not (out[k - 1].marker == "invitation" and not item.parties[0].title)
            and self._gap(out[k - 1].end, out[k].start) in self.fillers
        ):
            return out[k - 1].marker == "with" and self._closes_list(out[k], items, n)
        # A comma joins only within a list that ends in "và", or between names of one kind that both stand bare.
        rest = self.folded[item.end : item.end + 90]
        in_list = len(out[k].parties) > 1 and "," in self.folded[out[k].start : out[k].end]
        # "những bên mua như Chile, Peru đang ...": examples of one kind
        in_list = in_list or (k > 0 and out[k - 1].marker == "include" and not self._gap(out[k - 1].end, out[k].start))
        return in_list or bool(self.list_enders.match(rest)) or self._lists_on(out[k], items, n)

    def _closes_list(self, head: Item, items: list[Item], n: int) -> bool:
        """ "hội đàm với lãnh đạo Đức, Ý và Romania.": bare countries up to the last, with which the clause ends."""
        if head.parties[0].person or head.parties[0].kind == "anaphor":
            return False
        last = n
        for k in range(n, len(items)):
            if items[k].marker == "and" and not items[k].parties:
                continue
            bare = len(items[k].parties) == 1 and items[k].parties[0].kind in ("name", "short", "hyphen")
            if not bare or (k > n and self._gap(items[last].end, items[k].start) not in self.joiners):
                break
            last = k
        return last > n and bool(self.list_closers.match(self.folded[items[last].end : items[last].end + 20]))

    def _lists_on(self, head: Item, items: list[Item], n: int) -> bool:
        """ "EU, Anh, Canada trừng phạt ...": three bare countries; "gặp Tổng thống Pháp A, Thủ tướng Ý B bên lề ...":
        two people in office, behind whom the clause ends."""
        item, (first, second) = items[n], (head.parties[-1], items[n].parties[0])
        if first.person and second.person:
            rest = self.folded[item.end : item.end + 20]
            return bool(
                first.title and second.title and first.country != second.country and self.list_closers.match(rest)
            )
        behind = items[n + 1] if n + 1 < len(items) else None
        if behind is None or not behind.parties or self._gap(item.end, behind.start) != ",":
            return False
        listed = (head, item, behind)
        bare = all(len(i.parties) == 1 and i.governor is None for i in listed[1:])
        office = (
            head.role is not None and head.role[0] == "titles" and not first.person
        )  # "các đồng cấp Anh, Pháp, Đức"
        kinds = {second.kind, behind.parties[0].kind} | (set() if office else {first.kind})
        bare = bare and kinds <= {"name", "short", "hyphen"}
        return bare and len({i.parties[0].country for i in listed}) == 3

    def _names_place_again(self, place: Item, item: Item) -> bool:
        """ "tại Hamburg, Đức, ...": the country behind a place only says where that is."""
        return place.governor in ("at", "to", "from") and self._is_same_place(place, item)

    def _is_same_place(self, place: Item, item: Item) -> bool:
        return (
            bool(place.parties)
            and self._gap(place.end, item.start) == ","
            and place.parties[0].kind in ("place", "capital")
            and item.parties[0].kind in ("name", "country", "place")
            and not item.parties[0].title
            and item.parties[0].country == place.parties[0].country
        )

    def _govern(self, items: list[Item]) -> None:
        for n, item in enumerate(items):
            if not item.parties or item.governor:
                continue
            if n and self._names_place_again(items[n - 1], item):
                item.governor = items[n - 1].governor
                continue
            k = n - 1
            while (
                k >= 0
                and not items[k].parties
                and not items[k].marker
                and not items[k].frames
                and not items[k].cues
                and not items[k].weapon
            ):
                k -= 1
            if k >= 0 and items[k].marker and not items[k].parties:
                gap = self._gap(items[k].end, item.start)
                words = gap.split()
                opens = bool(words) and (words[-1] in self.clause_nouns or bool(self.dated.search(gap)))
                stands_in = item.parties[0].kind == "anaphor"  # "cho lực lượng cảnh sát biển nước này"
                titles = sum(len(self.folded[i.start : i.end].split()) for i in items[k + 1 : n]) if stands_in else 0
                if "," not in gap and len(words) - titles <= 4 and len(gap) < 40 and not opens:
                    aside = items[k].marker == "to" and self.waypoints.search(
                        self.folded, items[k].end, item.start + 10
                    )
                    item.governor = "at" if aside else items[k].marker
                    if item.governor == "from" and self._felt(items, k):
                        item.governor = "felt"
                    if item.governor == "of" and self._own_forces(items, k):
                        item.governor = "to"
                    if item.governor == "and":
                        item.governor = self._governs_both(items, k)
                    if item.governor == "adverb" and k and self._of_members(items, k):
                        item.governor = items[k - 1].marker
            elif k == n - 1 and k >= 0 and items[k].governor in ("with", "against") and self._goes_on(items, n):
                item.governor = items[k].governor

    def _own_forces(self, items: list[Item], k: int) -> bool:
        """ "cho đội bảo vệ của Tổng thống Chile": who owns the force gets it."""
        j = k - 1
        while j >= 0 and not (items[j].parties or items[j].marker or items[j].frames or items[j].weapon):
            j -= 1
        if j < 0 or items[j].marker != "to" or items[j].parties:
            return False
        words = self.folded[items[j].end : items[k].start]
        return "," not in words and len(words.split()) <= 6 and bool(self.own_forces.match(words.lstrip()))

    def _of_members(self, items: list[Item], k: int) -> bool:
        """ "với thành viên NATO là Ba Lan": the word for a member changes nothing."""
        led = items[k - 1].marker and not items[k - 1].parties and not self._gap(items[k - 1].end, items[k].start)
        return bool(led) and self.folded.startswith(self.members, items[k].start)

    def _felt(self, items: list[Item], k: int) -> bool:
        """ "mối đe dọa từ Triều Tiên": nothing comes from there."""
        named = k > 0 and items[k - 1].frames and not self._gap(items[k - 1].end, items[k].start)
        return not named and bool(self.felt.search(self.folded, items[k].start - 40, items[k].start))

    def _governs_both(self, items: list[Item], k: int) -> str | None:
        """ "đối với các tướng lĩnh và công ty Myanmar": where only the last of a list names its country, what stands
        before the list governs it."""
        j = k - 1
        while j >= 0 and items[j].role and not (items[j].parties or items[j].marker or items[j].cues):
            j -= 1
        if j == k - 1 or j < 0 or items[j].parties:
            return "and"
        apart = "," in self._gap(items[j].end, items[j + 1].start)  # "Vào tháng 9, Bộ Ngoại giao và Bộ Tài chính Mỹ"
        return items[j].marker if items[j].marker not in ("adverb", "include") and not apart else None

    def _goes_on(self, items: list[Item], n: int) -> bool:
        """ "với Nga, Iran và Syria": a list that a comma opens, and nothing is said of its end."""
        behind = items[n + 1] if n + 1 < len(items) else None
        near = behind is not None and len(self._gap(items[n].end, behind.start).split()) <= 1  # "cũng"
        says = near and (behind.cues or behind.frames)
        return len(items[n].parties) > 1 and self._gap(items[n - 1].end, items[n].start) == "," and not says

    def _remember(self, items: list[Item]) -> None:
        memory = self.memory
        parties = [p for item in items for p in item.parties if p.country]
        if not parties:
            return
        made = ("by", "adverb")  # "tên lửa do Ấn Độ và Nga phát triển": none of the two is told of
        listed = (i for i in items if i.governor not in made)
        pair = next((i for i in listed if len({p.country for p in i.parties if p.country}) == 2), None)
        named = [(item, self._speaks(items, n)) for n, item in enumerate(items) if item.parties]
        aside = {p.country for item, speaks in named if speaks for p in item.parties}
        lead = next(
            (i for i in items if i.parties and i.parties[0].country and i.governor in (None, "of", "between")), None
        )
        memory.subject = lead.parties[0].country if lead else parties[0].country
        memory.body = next(filter(None, map(self._body, reversed(items))), memory.body)
        for party in parties:
            if party.person and party.kind == "person":
                memory.leaders[party.country] = party
        for item in items:
            if item.parties and (item.parties[0].kind == "place" or item.governor in ("at", "to")):
                memory.city = next((p.country for p in item.parties if p.kind in ("place", "capital")), memory.city)
        met = {
            p.country: p
            for item, speaks in named
            if not speaks
            for p in item.parties
            if p.country and p.kind == "person" and not p.former
        }
        if len(met) == 2:
            memory.people_pair = list(met.values())
        person = next(
            (p for item in items if item.governor is None for p in item.parties if (p.person or p.title) and p.country),
            None,
        )
        person = person or next((p for p in parties if p.person or p.title), None)
        if person:
            memory.subject_person = person
        memory.see(
            (p.country for p in parties if p.kind != "place"),
            aside,
            pair and tuple(dict.fromkeys(p.country for p in pair.parties if p.country)),
        )

    @staticmethod
    def _body(item: Item) -> Party | None:
        """The company or organisation that an item names."""
        party = item.parties[0] if item.parties else None
        named = party and party.country and party.kind != "anaphor"
        return party if named and (party.group or (item.role and item.role[1] == "company")) else None

    @staticmethod
    def _speaks(items: list[Item], n: int) -> bool:
        """Whether a verb of saying follows right behind: who reports is not who the text is about."""
        return bool(items[n].parties) and (
            items[n].governor == "according"
            or (n + 1 < len(items) and any(c in (("claim", "say"), ("claim", "accuse")) for c in items[n + 1].cues))
        )
