"""A sentence seen from one trigger: what stands left and right of it, and where its clause ends."""

from __future__ import annotations

from functools import cached_property

from pipelines.extraction.items import CLAUSE_OPENERS, Item, Party, Sentence
from pipelines.lexicons.model import Frame, Pack

_CLAUSE_MARKERS = CLAUSE_OPENERS | {"relative"}
_GOVERNED = frozenset(
    ["to", "with", "at", "against", "from", "according", "of", "by", "between", "because", "invitation", "felt"]
)


_COUNTED = frozenset(["company", "person"])  # roles of which a number says how many


class View:
    """The sentence of a trigger; `t` is the trigger's place in `items`. Roles are looked up by `roles`."""

    def __init__(self, pack: Pack, text: str, folded: str, sentence: Sentence, t: int, frame: Frame) -> None:
        self.pack, self.text, self.folded = pack, text, folded
        self.sentence, self.items, self.t, self.frame = sentence, sentence.items, t, frame
        self.trigger = sentence.items[t]

    @cached_property
    def word(self) -> str:
        """The trigger as folded text."""
        return self.folded[self.trigger.start : self.trigger.end]

    @cached_property
    def told(self) -> bool:
        """Whether a verb of saying stands between the subject and the trigger: the subject may only speak of it."""
        return self.left >= 0 and any(item.cued("claim") for item in self.items[self.left : self.t])

    # --- text between items ---------------------------------------------------------------------------------------

    def between(self, i: int, j: int) -> str:
        """Folded text from the end of item i to the start of item j (-1: the sentence's start)."""
        start = self.items[i].end if i >= 0 else self.sentence.start
        end = self.items[j].start if j < len(self.items) else self.sentence.end
        return self.folded[start:end]

    def is_verb(self, i: int) -> bool:
        """Whether item i is a trigger used as a verb (no noun head such as "việc", "cuộc" right before it)."""
        return bool(self.items[i].frames) and not self.items[i].marker and not self.is_noun(i)

    def is_noun(self, i: int) -> bool:
        """Whether item i is a trigger used as a noun: it is one by itself, or a noun head stands before it."""
        item = self.items[i]
        if self._is_name_of_act(i):
            return True
        if self.pack.frames[item.frames[0]].options.get("of_makes_noun") and (self._owned(i) or self._borne(i)):
            return True
        if self._after_head(item.start) and not self._sets_out(i):
            return True
        if i and self.items[i - 1].frames and not self.between(i - 1, i).strip():
            return True
        last = self.items[i - 1] if i else None
        if self.frame.fact_type == "meeting" and self.pack.grammar["noun_fronts"].search(
            self.folded, self.sentence.start, item.start
        ):
            return True
        return bool(
            last
            and last.cues
            and not last.parties
            and not self.between(i - 1, i).strip()
            and self._after_head(last.start)
        )

    def _owned(self, i: int) -> bool:
        """ "trừng phạt của Mỹ", "trừng phạt từ EU"."""
        nxt = self.items[i + 1] if i + 1 < len(self.items) else None
        if nxt is None or nxt.marker not in ("of", "from") or self.between(i, i + 1).strip(" ("):
            return False
        named = i + 2 < len(self.items) and not self.between(i + 1, i + 2).strip()
        return nxt.marker == "of" or named  # not "từ năm 2006"

    def _borne(self, i: int) -> bool:
        """ "hứng chịu cấm vận", "siết chặt cấm vận": what somebody bears or changes is a noun."""
        words, grammar = " " + self.words_before(i), self.pack.grammar
        if words.endswith(grammar["dates_alike"]):
            return False  # "hôm thứ Năm áp đặt trừng phạt"
        return words.endswith(grammar["bear"]) or words.endswith(grammar["done_to"])

    def _is_name_of_act(self, i: int) -> bool:
        """ "hợp đồng", "cuộc gặp": a noun by itself, not a verb behind "việc"."""
        word = self.folded[self.items[i].start : self.items[i].end]
        return word.startswith(self.pack.grammar["noun_prefixes"]) or word in self.pack.grammar["noun_words"]

    def _sets_out(self, i: int) -> bool:
        """ "Ấn Độ quyết định mua": right behind who does it the head is a verb."""
        if i < 2 or not self.items[i - 1].cues or self.between(i - 1, i).strip():
            return False
        if not (" " + self.words_before(i)).endswith(self.pack.grammar["own_deeds"]):
            return False
        doer = self.items[i - 2]
        return bool(doer.parties) and doer.governor is None and not self.between(i - 2, i - 1).strip()

    def _after_head(self, at: int) -> bool:
        return (" " + self.folded[max(self.sentence.start, at - 24) : at].rstrip()).endswith(
            self.pack.grammar["noun_heads"]
        )

    @cached_property
    def noun(self) -> bool:
        return self.is_noun(self.t)

    @cached_property
    def left(self) -> int:
        """Place of the trigger's grammatical subject, -1 without one."""
        found = self.subject_before(self.t if self.passive is None else self.passive)
        return -1 if found is None else found

    # --- passive --------------------------------------------------------------------------------------------------

    @cached_property
    def passive(self) -> int | None:
        """Place of the "được"/"bị" that makes the trigger passive."""
        if self.frame.fact_type == "meeting" and self._is_to():
            return None  # "được trông đợi sẽ gặp": what is expected is another passive
        for i in range(self.t - 1, -1, -1):
            item = self.items[i]
            if any(c in (("claim", "say"), ("claim", "accuse")) for c in item.cues):
                return None
            if item.cued("passive"):
                if self._chosen_to(i):
                    return None
                nominal = self.frame.fact_type == "meeting" or self.frame.options.get("nominal")
                if nominal and self.words_before(i).endswith(self.pack.grammar["reached"]):
                    continue
                gap = self.folded[item.end : self.trigger.start]
                apart = self.frame.fact_type in ("arms_transfer", "sanction") and any(
                    k.parties and k.governor in (None, "adverb") and "," in self.folded[item.end : k.start]
                    for k in self.items[i + 1 : self.t]
                )  # "được cải thiện, trong đó Mỹ bán ...": a clause of its own
                return i if len(gap) < 140 and ";" not in gap and not apart else None
            if (
                (has_frame(item, self.frame.fact_type) and self.is_verb(i))
                or (item.marker in _CLAUSE_MARKERS)
                or (self.noun and self._says_what_for(i))  # "được Mỹ đưa ra để thay cho hợp đồng mua ..."
                or "," in self.between(i, i + 1)
            ):
                if item.parties and "," not in self.between(i, i + 1):
                    continue
                return None
        return None

    def _chosen_to(self, i: int) -> bool:
        """ "Thụy Điển được chọn để cung cấp tên lửa": who is chosen does what follows."""
        if self.frame.fact_type != "arms_transfer" or i == 0 or not self.items[i - 1].parties:
            return False
        by = i + bool(self.items[i + 1].parties)  # "Pháp được Úc chọn để cung cấp"
        return self.words_after(by, 24).startswith(self.pack.grammar["chosen"])

    @cached_property
    def chosen(self) -> int | None:
        """Place of the "được" behind whom somebody is chosen to do what follows."""
        told = (i for i in range(self.t - 1, 0, -1) if self.items[i].cued("passive"))
        i = next(told, None)
        return i if i is not None and self._chosen_to(i) else None

    @cached_property
    def bought(self) -> bool:
        """ "những chiếc F-15 mua từ Mỹ", "radar vừa mua của Ý": a clause that hangs on the thing right before it."""
        t, items = self.t, self.items
        if self.frame.name != "get" or self.noun or not t or t + 2 >= len(items):
            return False
        first = t - 1 if self.folded[items[t - 1].start : items[t - 1].end] in self.pack.grammar["tenses"] else t
        if not first or not items[first - 1].weapon or self.between(first - 1, first).strip():
            return False
        led = items[t + 1].marker in ("from", "of") and bool(items[t + 2].parties)
        return led and not self.between(t - 1, t).strip() and not self.between(t, t + 1).strip()

    def _is_to(self) -> bool:
        """Whether "sẽ" stands right before the trigger."""
        return self.stands_behind("will") and not self.items[self.t - 1].cued("passive")

    def stands_behind(self, words: str) -> bool:
        """Whether a word of that list of the grammar stands right before the trigger."""
        last = self.items[self.t - 1] if self.t else None
        if last is None or self.between(self.t - 1, self.t).strip():
            return False
        return self.folded[last.start : last.end] in self.pack.grammar[words]

    # --- subjects -------------------------------------------------------------------------------------------------

    def subject_before(self, at: int) -> int | None:
        """Place of the party that does what stands at `at`: see the docstring of `roles`."""
        if (first := self._rather(at)) is not None:
            return self.subject_before(first)
        if (told_of := self._before_aside(at)) is not None:
            return told_of
        weak, comma, purpose, aside, second = None, False, False, False, False
        for i in range(at - 1, -1, -1):
            gap = self.between(i, i + 1)
            if ";" in gap:
                break
            if self.items[i].marker == "because" and not self.items[i].parties and weak is None:
                return self._blamed(i)
            if at == self.t and i == self._nearest_doer and self.items[i].governor == "because":
                return i  # "vì ủng hộ Mỹ trừng phạt ...", "vì Lima cũng đã mua ..."
            if at == self.t and self.chosen is not None:
                return self.chosen - 1
            beside = i == self.t - 1 == at - 1 and not gap.strip() and not self.noun
            if beside and self.frame.fact_type == "arms_transfer" and self.decides(i):
                return i  # "quyết định của Lima mua S-400"
            if ":" in gap and not self.items[i].parties:
                break
            item = self.items[i]
            comma = comma or "," in gap or (item.marker == "after" and weak is None)
            purpose = purpose or (weak is None and self._says_what_for(i))
            aside = aside or (item.marker == "after" and weak is None)
            if not item.parties or (item.parties[0].former and not self._led(item)):
                continue
            if item.governor == "after" and self._is_told_before(i):
                continue
            if item.governor == "after" and self.pack.grammar["next_to"].search(
                self.folded, self.sentence.start, item.start
            ):
                continue  # "khách hàng thứ hai sau Iraq đặt mua ..."
            if self.pack.grammar["relative_pronouns"].match(self.folded, item.end):
                return i
            if purpose and i and self.items[i - 1].cued("passive") and not self.between(i - 1, i).strip():
                continue  # "Patriot được Mỹ đưa ra để thay cho hợp đồng mua ...": whose purpose it is stands before
            if item.governor in _GOVERNED and self._takes_part(i, at):
                return i
            if item.governor == "with" and self.acts_with(i):
                continue
            if self._calls(i, at) or self._borrows(i) or self.is_let_get(i, at):
                return i
            if item.governor == "relative" and self._said_to(i, at):
                return i - 2
            if item.governor == "relative" and self._set_off(i, at):
                continue
            if (
                item.governor in _GOVERNED
                and not (item.governor in ("of", "at", "from") and (self._headed(i) or self._leads_to(i, at)))
                and not (self._asked(i) or self._alleged(i) or self._reacted_to(i) or self._of_both(i))
            ):
                continue
            if self._is_object(i, at) or self._accuser(i, at) or (at == self.t and self._made_to_feel(i)):
                continue
            if (
                self._names_an_accord(i)
                or self._is_barred(i, at)
                or self._put_on_list(i, at)
                or self._only_says_whence(i)
                or self._is_matter(i)
            ):
                continue
            if comma and self.frame.fact_type == "sanction" and i and self.asker_goes_on(i):
                continue
            second = second or (weak is None and self._object_of_first(i, at))
            if second and not self._opens_clause(i):
                continue
            if weak is None and self._leads_to(i, at):
                return i
            if self._opens_clause(i):
                if i and self.items[i - 1].cued("ask") and not comma:
                    return i
                if weak is None or "," in self.folded[self.items[weak].end : self.items[at].start]:
                    return i if comma else self._asked_before(i, at)
                told = any(self.items[k].cued("claim") for k in range(i + 1, weak))
                return i if (purpose or aside) and not told else weak
            if weak is None:
                weak = i
                if not comma and not (purpose and not (i and self.items[i - 1].cued("ask"))):
                    return weak
        return weak

    def _before_aside(self, at: int) -> int | None:
        """ "ông Kerry, người cần cả Doha lẫn Riyadh, đã điện đàm với ...": whom the clause between the commas is on, if
        nobody is named behind it."""
        close = self.folded.rfind(",", self.sentence.start, self.items[at].start)
        for k in range(at - 1, -1, -1):
            item = self.items[k]
            if item.end > close:
                if item.parties:
                    return None
                continue
            if item.parties and item.governor not in _GOVERNED and self._opens_aside(k):
                return k if item.end < close else None
        return None

    def behind_aside(self, left: int) -> int:
        """Place of the last item of the clause between commas that tells of the party at `left`; `left` without one."""
        if left < 0 or not self._opens_aside(left):
            return left
        close = self.folded.rfind(",", self.items[left].end + 1, self.trigger.start)
        return max((k for k in range(left, self.t) if self.items[k].end <= close), default=left)

    def _opens_aside(self, k: int) -> bool:
        end = self.items[k].end
        return (
            self.folded.startswith(",", end)
            and self.pack.grammar["relative_pronouns"].match(self.folded, end) is not None
        )

    @cached_property
    def _nearest_doer(self) -> int | None:
        """Place of the party that a verb stands right behind, with nothing but its tense and "cũng" between."""
        k = self.t - 1
        while k > 0 and self.folded[self.items[k].start : self.items[k].end] in self.pack.grammar["tenses"]:
            k -= 1
        if self.noun or k < 0 or not self.items[k].parties:
            return None
        words = (word for n in range(k, self.t) for word in self.between(n, n + 1).split())
        return k if all(word in self.pack.grammar["also"] for word in words) else None

    def says_on(self, i: int, at: int) -> int | None:
        """ "Lima nói Mỹ đã chào bán, nhưng tuyên bố rằng sẽ mua ...": the verb between the party at `i` and `at` by
        which whoever has spoken goes on."""
        k = next((k for k in range(at - 1, i, -1) if self.items[k].quotes), None)
        if k is None:
            return None
        gap = self.between(k - 1, k).strip()
        joined = not gap and self.items[k - 1].marker in ("contrast", "and")
        apart = any(item.parties for item in self.items[k + 1 : at])
        return k if not apart and (joined or gap.endswith(self.pack.grammar["says_on"])) else None

    def goes_on(self, i: int, k: int) -> int:
        """Who that is: the party at `i` where it speaks before item k, else the first who speaks."""
        spoken = any(item.quotes for item in self.items[i + 1 : k])
        first = next((j for j, item in enumerate(self.items[:k]) if item.quotes), k)
        who = self.subject_before(first) if first < i and not spoken else None
        return i if who is None else who

    def _blamed(self, because: int) -> int | None:
        """ "... bị Mỹ trừng phạt vì mua": whose deed the reason tells: who is hit, not who hits."""
        for k in range(because - 1, -1, -1):
            of_sanction = self.items[k].governor == "of" and k > 1 and has_frame(self.items[k - 2], "sanction")
            of_sanction = of_sanction and not self.between(k - 2, k - 1).strip()
            hits = has_frame(self.items[k + 1], "sanction") and not self.between(k, k + 1).strip()
            named = self.items[k].parties and not self._made_to_feel(k) and not hits
            thing = self.items[k - 2].weapon if k > 1 and self.items[k].governor in ("of", "from") else None
            sells = thing is not None and not thing.weak
            if named and not of_sanction and not sells and not (k and self.items[k - 1].cued("passive")):
                return k
        return None

    def _is_matter(self, i: int) -> bool:
        """ "giải quyết vấn đề Syria trong cuộc gặp với ...", "trong chiến tranh Kosovo": what something is about."""
        if self.frame.fact_type == "meeting" and not self.noun:
            return False
        nouns = "matter_nouns" if self.frame.fact_type == "meeting" else "wars"
        return (" " + self.words_before(i)).endswith(self.pack.grammar[nouns])

    def _borrows(self, i: int) -> bool:
        """ "cho Caracas vay 2 tỷ USD để mua xe tăng": who borrows buys."""
        return self.items[i].governor == "to" and self.words_after(i).startswith(self.pack.grammar["borrows"])

    def is_let_get(self, i: int, at: int) -> bool:
        """ "đồng ý cho Thổ Nhĩ Kỳ mua F-16": who is let buys."""
        buys = at == self.t and self.word in self.pack.grammar["let_get"] and not self.noun
        return buys and i == at - 1 and self.items[i].governor == "to" and not self.between(i, at).strip()

    def _calls(self, i: int, at: int) -> bool:
        """ "lời kêu gọi của Nghị viện châu Âu hôm 25/2 đòi cấm bán ...": whose call it is asks for it."""
        if self.items[i].governor != "of" or self.frame.fact_type != "sanction" or i < 2:
            return False
        asks = self.items[i + 1].cued("ask") and i + 2 == at and "," not in self.between(i, i + 1)
        return asks and (" " + self.words_before(i - 1)).endswith(self.pack.grammar["calls"])

    def _names_an_accord(self, i: int) -> bool:
        """ "rút khỏi thỏa thuận hạt nhân Iran và siết trừng phạt": whose accord it is does not act."""
        if self.frame.fact_type != "sanction" or i == 0 or not self.items[i - 1].frames:
            return False
        if has_frame(self.items[i - 1], "meeting"):
            return False  # "hội nghị thượng đỉnh EU nhất trí ..."
        words = self.between(i - 1, i).split()
        plain = len(words) <= 2 and all(word.isalpha() and word not in self.pack.grammar["openers"] for word in words)
        return self._is_name_of_act(i - 1) and plain

    def _is_barred(self, i: int, at: int) -> bool:
        """ "cấm tàu bè Mali cập cảng và cấm nhập ...": whom one keeps from something does not keep others from it."""
        if self.frame.fact_type != "sanction" or self.items[i].governor is not None:
            return False
        return at == self.t and bool(
            self.pack.grammar["bars_whom"].search(self.folded, self.sentence.start, self.items[i].start)
        )

    def _object_of_first(self, i: int, at: int) -> bool:
        """ "Oman điều tra các hãng giúp Mali và sẽ áp lệnh trừng phạt": the second verb has the first one's subject."""
        if i < 2 or self.items[i].governor or self._opens_clause(i):
            return False
        if self.frame.fact_type == "arms_transfer":
            return self._speaker_goes_on(i, at)
        if self.frame.fact_type != "sanction" or at != self.t:
            return False
        after, verb = self.items[i + 1], self.items[i + 2] if i + 2 <= self.t else self.items[i]
        joined = after.marker == "and" and not self.between(i, i + 1).strip() and not self.between(i + 1, i + 2).strip()
        return joined and verb.cued("sanction") and any(item.parties and not item.governor for item in self.items[:i])

    def _speaker_goes_on(self, i: int, at: int) -> bool:
        """ "Oman dọa Mali bằng lệnh cấm vận và cảnh báo sẽ hủy hợp đồng": whoever threatened the first time."""
        if not self.items[i - 1].cues or self.items[i - 1].marker or self.between(i - 1, i).strip():
            return False
        behind = range(i + 1, at)
        link = next((k for k in behind if self.items[k].marker == "and" or self.items[k].parties), at)
        joined = link < at and self.items[link].marker == "and" and not self.between(link, link + 1).strip()
        return joined and self.items[link + 1].quotes and any(item.parties for item in self.items[: i - 1])

    def asker_goes_on(self, i: int) -> bool:
        """ "muốn Mali giải giáp, để đổi lấy việc dỡ bỏ ...", "thuyết phục Mali dừng lại, rồi dọa trừng phạt"."""
        if not self.items[i - 1].cued("ask"):
            return False
        tenses = self.pack.grammar["tenses"]
        return any(
            item.marker == "exchange"
            or item.quotes
            or (("sanction", "threatened") in item.cues and self.folded[item.start : item.end] not in tenses)
            for item in self.items[i + 1 : self.t]
        ) or bool(self.pack.grammar["only_then"].search(self.folded, self.items[i].end, self.trigger.start))

    def _only_says_whence(self, i: int) -> bool:
        """ "bất chấp cảnh báo quốc tế và lệnh trừng phạt": what the world at large is said of does not act."""
        world = all(p.country == "INTL" and p.kind == "metonym" for p in self.items[i].parties)
        return world and self.frame.fact_type == "sanction" and not self._opens_clause(i)

    def _put_on_list(self, i: int, at: int) -> bool:
        """ "đưa ba hãng Nga vào danh sách đen và trừng phạt ...": who is put on a list does not act."""
        led = i + 2 < at and self.items[i + 1].marker == "to" and "sanction.list" in self.items[i + 2].frames
        return led and not self.between(i, i + 1).strip()

    def _accuser(self, i: int, at: int) -> bool:
        """ "Qatar bị Ai Cập tố tuồn vũ khí": who accuses in a passive does not do it."""
        if i == 0 or not self.items[i - 1].cued("passive"):
            return False
        return any(self.items[k].cued("claim") for k in range(i + 1, at))

    def _made_to_feel(self, i: int) -> bool:
        """ "Mỹ khiến Trung Quốc tức giận vì bán": who is made to feel so does not do it."""
        feels = self.words_after(i, 24).startswith(self.pack.grammar["upset"])
        return feels and self.words_before(i).endswith(self.pack.grammar["causes"])

    def _asked(self, i: int) -> bool:
        """ "gây sức ép lên Ankara": who is asked does what follows, whatever preposition stands there."""
        return i > 1 and self.items[i].governor in ("with", "against", "to") and self.items[i - 2].cued("ask")

    def _of_both(self, i: int) -> bool:
        """ "tổng tư lệnh của hai nước nói chuyện": whose officers meet."""
        if self.frame.fact_type != "meeting" or self.items[i].governor != "of" or i < 2:
            return False
        office = self.items[i - 2].role and not self.between(i - 1, i).strip()
        return bool(office) and len({p.country for p in self.items[i].parties}) == 2

    def _says_what_for(self, i: int) -> bool:
        """ "để", and with arms "nhằm", before a verb."""
        item = self.items[i]
        if item.marker != "against" or self.frame.fact_type != "arms_transfer":
            return item.marker == "purpose"
        return self.folded[item.start : item.end] in self.pack.grammar["serves"]

    def _reacted_to(self, i: int) -> bool:
        """ "nhằm đáp trả Oman áp lệnh trừng phạt": to whose deed one reacts, acts."""
        if self.frame.fact_type != "sanction" or self.items[i].governor not in ("against", "purpose"):
            return False
        return bool(self.pack.grammar["reacts"].match(self.between(i - 1, i).strip()))

    def _alleged(self, i: int) -> bool:
        """ "trừng phạt nhằm vào công ty Nga bị cáo buộc bán ...": of whom it is said right behind, does it."""
        return ("claim", "hedge") in self.items[i + 1].cues and not self.between(i, i + 1).strip()

    def _led(self, item: Item) -> bool:
        """ "Cựu Tổng thống Mỹ Obama thăm Cuba": who led a state meets for it."""
        heads = self.pack.grammar["former_heads"]
        return self.frame.fact_type == "meeting" and self.folded[item.start : item.end].startswith(heads)

    def acts_with(self, i: int) -> bool:
        """ "Washington cùng Seoul bán vũ khí": the party at item i acts with the one right before."""
        if i < 2 or not self.items[i - 2].parties or self.items[i - 1].parties:
            return False
        near = not self.between(i - 2, i - 1).strip() and not self.between(i - 1, i).strip()
        return near and self.folded[self.items[i - 1].start : self.items[i - 1].end] in self.pack.grammar["joiners"]

    def _takes_part(self, i: int, at: int) -> bool:
        """ "lệnh trừng phạt với những công ty Mỹ tham gia bán vũ khí": what a reduced clause tells of them."""
        return self.folded[self.items[i].end : self.items[at].start].strip() in self.pack.grammar["takes_part"]

    def _set_off(self, i: int, at: int) -> bool:
        """ "nghị quyết của EU, mà chính Mali từng ủng hộ, cấm ...": what commas set off tells of another deed."""
        opens = self.words_before(i - 1).endswith(",")
        return opens and "," in self.folded[self.items[i].end : self.items[at].start]

    def _said_to(self, i: int, at: int) -> bool:
        """ "các công ty Mali mà Oman cáo buộc bán vũ khí": whoever stands before the clause, not who speaks in it."""
        if i < 2 or not self.items[i - 2].parties or self.between(i - 2, i - 1).strip() or i + 1 >= at:
            return False
        says = self.items[i + 1].quotes and not self.between(i, i + 1).strip()
        return says and not any(item.parties for item in self.items[i + 2 : at])

    def _rather(self, at: int) -> int | None:
        """ "Peru không chỉ bán tàu mà còn gửi ...": place of what opens the first of the two."""
        for i in range(at - 1, 1, -1):
            if self.items[i].parties or self.between(i, i + 1).strip():
                return None
            if self.folded.startswith(self.pack.grammar["rather"], self.items[i].start):
                opens = (
                    k
                    for k in range(i - 1, 0, -1)
                    if self.folded.startswith(self.pack.grammar["not_only"], self.items[k].start)
                )
                return next(opens, None)
        return None

    def _leads_to(self, i: int, at: int) -> bool:
        """ "nỗ lực của Nga nhằm mua", "kế hoạch của Ai Cập trong việc ...": the owner of the plan acts."""
        if self.items[i].governor not in ("of", "from"):
            return False
        words = self.folded[self.items[i].end : self.items[at].start].strip()
        if not self.pack.grammar["plan_links"].match(words) or len(words) >= 40 or "," in words:
            return False
        before = " " + self.words_before(i - 1) if i else ""
        if self._is_turned_down(i, at):
            return False
        undone = any((self.frame.fact_type, "cancelled") in item.cues for item in self.items[i + 1 : at])
        if undone and before.endswith(self.pack.grammar["requests"]):
            return False  # "đề nghị của Mỹ về việc hủy hợp đồng mua": another has bought
        return before.endswith(self.pack.grammar["plan_heads"])

    def _is_turned_down(self, i: int, at: int) -> bool:
        """ "Peru bác đề nghị của Đức về việc gửi xe tăng cho Mali": who is asked has the tanks, not who asks, unless
        they are for whoever turns them down."""
        if self.frame.name != "give" or i < 3 or at != self.t:
            return False
        told = {("arms_transfer", "refused")} & {*self.items[i - 2].cues, *self.items[i - 3].cues}
        if not told or not self.is_request_of(i) or self.between(i - 3, i - 2).strip():
            return False
        if any(("arms_transfer", "sought") in item.cues for item in self.items[i + 1 : at]):
            return False  # "bác đề nghị của Peru xin được gửi xe tăng": who asks would send them
        goals = {p.country for item in self.items[at + 1 :] if item.governor == "to" for p in item.parties[:1]}
        who = self.subject_before(i - 2)
        return who is None or goals.isdisjoint(p.country for p in self.items[who].parties)

    def _headed(self, i: int) -> bool:
        """ "các công ty ở Trung Quốc": the place belongs to a body that acts."""
        k = i - 1
        if k < 0 or not self.items[k].marker:
            return False
        if k and self.items[k - 1].parties and not self.between(k - 1, k).strip():
            return False
        before = self.folded[max(self.sentence.start, self.items[k].start - 30) : self.items[k].start].rstrip()
        if before.endswith(self.pack.grammar["frozen"]):
            return False  # "đóng băng tài sản của ông A và ban hành lệnh cấm"
        last = " " + " ".join(before.split()[-4:])
        return any(f" {head}" in last for head in self.pack.grammar["acting_heads"])

    def _asked_before(self, i: int, at: int) -> int:
        """ "kêu gọi Mỹ giúp Kiev và trừng phạt ...": who is asked does the second thing too, not who is helped."""
        if not any(item.marker == "and" for item in self.items[i + 1 : at]):
            return i
        for k in range(i - 1, 0, -1):
            if "," in self.between(k, k + 1):
                break
            if self.items[k].parties:
                return k if self.items[k - 1].cued("ask") else i
        return i

    def decides(self, i: int) -> bool:
        """ "quyết định của Lima mua S-400": whose it is does what stands right behind."""
        if not i or self.items[i].governor != "of":
            return False
        if (" " + self.words_before(i - 1)).endswith(self.pack.grammar["own_deeds"]):
            return True
        return i > 1 and self.is_request_of(i)

    def tells_what_it_can(self, low: int, high: int) -> bool:
        """ "tàu sân bay có khả năng vận hành tiêm kích": whether items[low:high] say what a thing can do, and open no
        list of what it is made up of."""
        inner = self.items[low:high]
        can = any(self.folded[item.start : item.end] in self.pack.grammar["capability"] for item in inner)
        return can and not any(item.marker == "include" for item in inner)

    def is_request_of(self, i: int) -> bool:
        """ "đề nghị của Lima": whether a request stands before "của" and the party at item i."""
        asks = self.folded[self.items[i - 2].start : self.items[i - 1].start].rstrip()
        return asks.endswith(self.pack.grammar["requests"])

    def _opens_clause(self, i: int) -> bool:
        item = self.items[i]
        gap = self.between(i - 1, i).strip(" \"“'‘[(")
        if not gap:
            if i == 0:
                return True
            last = self.items[i - 1]
            return bool(
                last.marker in _CLAUSE_MARKERS | {"and", "by"}
                or any(last.cued(family) for family in ("claim", "ask", "passive"))
                or self._ends_with_break(i - 1, item.start)
            )
        if gap[-1] == "”" and "“" in self.between(i - 1, i):
            return False  # "“chọc giận” Trung Quốc": some words in quotation marks
        counted = gap[-1].isdigit() and item.role and item.role[1] in _COUNTED  # "rút 10 công ty Mali"
        if gap[-1] in ",;:.–—-|" or (gap[-1].isdigit() and not counted) or gap.endswith(("”", "…")):
            return True
        words = gap.split()
        return words[-1] in self.pack.grammar["openers"] or " ".join(words[-2:]) in self.pack.grammar["openers"]

    def _ends_with_break(self, i: int, start: int) -> bool:
        return self.folded[self.items[i].end : start].strip()[-1:] in (",", ";")

    def _is_object(self, i: int, at: int) -> bool:
        """Whether the party is the object of a trigger to its left ("gặp Nga để ..."), not the next one's subject."""
        after = self.items[i + 1]
        if (
            i + 1 < at
            and (after.cued("passive") or ("claim", "hedge") in after.cues)
            and not self.between(i, i + 1).strip()
        ):
            return False
        words = self.folded[self.items[i].end : self.items[at].start].split()
        if self._is_visited(i):
            return True
        if at == self.t and (not words or (self._hit(i) and len(words) < 3)):
            return False
        for j in range(i - 1, -1, -1):
            item = self.items[j]
            gap = self.between(j, j + 1)
            if "," in gap or ";" in gap or item.parties or item.weapon or item.marker in _CLAUSE_MARKERS:
                return False
            if any(c[0] in ("ask", "passive") or c == ("claim", "say") or c == ("claim", "accuse") for c in item.cues):
                return False
            if item.frames:
                return (
                    not item.marker
                    and not self._is_name_of_act(j)
                    and len(self.folded[item.end : self.items[i].start]) < 30
                    and j != self.t
                )
        return False

    def _is_told_before(self, i: int) -> bool:
        """ "bài phát biểu trước Liên Hợp Quốc", "sau Mỹ"."""
        marker = self.items[i - 1] if i and not self.between(i - 1, i).strip() else None
        return marker is not None and self.folded[marker.start : marker.end] in self.pack.grammar["before_nouns"]

    def _is_visited(self, i: int) -> bool:
        """ "ông Kerry ghé Juba hội đàm với ông Kiir": where somebody goes, right behind the verb."""
        if (
            self.frame.fact_type != "meeting"
            or i < 2
            or self.items[i].parties[0].person
            or self.items[i].parties[0].title
        ):
            return False
        k = i - 2
        while k > 0 and self.folded[self.items[k].start : self.items[k].end] in self.pack.grammar["tenses"]:
            k -= 1
        verb, who = self.items[i - 1], self.items[k]
        visits = any(self.pack.frames[f].options.get("kind") == "visit" for f in verb.frames) and self.is_verb(i - 1)
        came = bool(who.parties) and (who.parties[0].person or who.parties[0].title)
        return visits and bool(came) and not self.between(i - 1, i).strip() and len(self.between(k, k + 1).split()) < 2

    def _hit(self, i: int) -> bool:
        """ "trừng phạt các công ty Peru tham gia bán ...": whom a sanction hits does what follows at once."""
        return self.frame.fact_type == "arms_transfer" and i > 0 and has_frame(self.items[i - 1], "sanction")

    # --- the right side -------------------------------------------------------------------------------------------

    @cached_property
    def right_end(self) -> int:
        """Where the trigger's own clause ends to the right: an index into items, exclusive."""
        items = self.items
        for i in range(self.t + 1, len(items)):
            item = items[i]
            gap = self.between(i - 1, i)
            closes = "”" in gap and "“" not in self.folded[self.trigger.end : item.start]
            if ";" in gap or closes or "…" in gap:
                return i
            if item.marker in CLAUSE_OPENERS and not (item.marker == "after" and i == self.t + 1):
                return i
            also = item.marker == "according" and items[i - 1].marker == "and"  # "..., và theo Oman, một số đã được"
            if self._new_clause(i, gap) or (also and i - 1 > self.t and not gap.strip()):
                return i
        return len(items)

    @cached_property
    def aside(self) -> range | None:
        """ "lệnh trừng phạt của Oman, vốn có từ năm 2011, đã được gia hạn": what stands between a sanction and its
        predicate, as places."""
        if self.frame.fact_type != "sanction" or not self.noun:
            return None
        if "," in self.folded[self.sentence.start : self.trigger.start]:
            return None
        opens = next((i for i in range(self.t + 1, self.right_end) if "," in self.between(i - 1, i)), None)
        if opens is None:
            return None
        comma = self.folded.rfind(",", 0, self.items[opens].start)
        if not self.folded.startswith(self.pack.grammar["opens_aside"], comma + 2):
            return None
        for i in range(opens + 1, len(self.items)):
            if self.between(i - 1, i).endswith(", "):
                done = next((k for k in range(i, len(self.items)) if not self.items[k].cued("passive")), i)
                apart = any(self.between(k - 1, k).strip() for k in range(i + 1, done + 1))
                return range(opens, i) if self.items[done].cued("sanction") and not apart else None
        return None

    def _new_clause(self, i: int, gap: str) -> bool:
        """A comma and a new ungoverned party that something is said of."""
        item = self.items[i]
        if "," not in gap or not item.parties or item.governor:
            return False
        for k in range(i + 1, min(i + 3, len(self.items))):
            nxt = self.items[k]
            if "," in self.between(k - 1, k):
                return False
            if nxt.cues or nxt.frames:
                return True
        return False

    def governed(self, markers: tuple[str, ...], until: int | None = None, start: int | None = None) -> int | None:
        """First party to the right of the trigger that one of the markers governs."""
        stop = self.right_end if until is None else until
        crossed = False
        for i in range((self.t if start is None else start) + 1, stop):
            item = self.items[i]
            if crossed and item.weapon:
                return None
            if item.cued("claim") and "," in self.between(i - 1, i):
                return None
            crossed = crossed or bool(item.frames and not item.weapon and not item.marker and i > self.t + 1)
            if item.parties and item.governor in markers:
                return i
            if item.frames and not item.weapon and not item.marker and i > self.t + 1 and not self._shares(i):
                return None
        return None

    def _shares(self, i: int) -> bool:
        """Whether what stands behind item i may belong to the trigger: a second verb, or the object that it has."""
        return (self.chained(i) and has_frame(self.items[i], self.frame.fact_type)) or (
            not self.is_verb(i) and has_frame(self.items[i], self.frame.fact_type)
        )

    def chained(self, i: int) -> bool:
        """ "bán và chuyển giao cho": the second verb shares what follows."""
        return bool(set(self.items[i].frames) & set(self.trigger.frames)) or not any(
            f.split(".")[0] == self.frame.fact_type for f in self.items[i].frames
        )

    def apart(self, i: int) -> bool:
        """Whether a semicolon stands between item i and the trigger: what i says is another headline."""
        return ";" in self.folded[self.items[i].end : self.trigger.start]

    def words_before(self, i: int, size: int = 30) -> str:
        """Folded text before item i, within the sentence."""
        return self.folded[max(self.sentence.start, self.items[i].start - size) : self.items[i].start].rstrip()

    def words_after(self, i: int, size: int = 16) -> str:
        """Folded text behind item i."""
        return self.folded[self.items[i].end : self.items[i].end + size].lstrip()

    def parties(self, i: int | None) -> list[Party]:
        return [p for p in self.items[i].parties if p.country] if i is not None else []


def has_frame(item: Item, fact_type: str) -> bool:
    """Whether the item is a trigger of that fact type."""
    return any(f.startswith(fact_type) for f in item.frames)
