"""Which date of a sentence belongs to a trigger."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from pipelines.extraction.clauses import View, has_frame
from pipelines.extraction.dates import DateFinder, DateMention, Interval, around, resolve

# How far back, in characters, "at that time" looks for a date.
_NEAR = 500
# What a date gains, in the same measure as distance, that is told as the day of a meeting.
_FIXED = 120


class When(NamedTuple):
    """The interval, as far as text and reference fix one, and the words."""

    interval: Interval | None
    text: str | None


class Calendar:
    """The dates of one document: finds them once a sentence, and keeps the date last given in full."""

    def __init__(self, finder: DateFinder, text: str, folded: str, published_on: dt.date | None) -> None:
        self.finder, self.text, self.folded, self.published_on = finder, text, folded, published_on
        self.last_given: dt.date | None = None  # with its year
        self._year_only = False  # whether that was a year and no more
        self._last: Interval | None = None  # whatever date stood last
        self._told: dt.date | None = None  # and whatever stood last but says how long something lasts
        self._found: dict[int, list[DateMention]] = {}

    def dates(self, start: int, end: int) -> list[DateMention]:
        """The date expressions of a sentence, resolved where that is possible."""
        if start not in self._found:
            found = self.finder.find(self.text, self.folded, start, end)
            near = self._near(start) if found and found[0].groups.keys() & {"that", "since"} else None
            for mention in found:
                reference = self.published_on
                if self.last_given and (reference is None or self.finder.goes_on(self.folded, mention)):
                    reference = self.last_given
                elif self.finder.needs_date(self.folded, mention):
                    reference = self._told
                year_only = self._year_only and reference is self.last_given and reference is not None
                if year_only:
                    mention.interval = _within(mention.groups, reference, self.finder.goes_on(self.folded, mention))
                else:
                    mention.interval = resolve(mention.groups, reference)
                unit = mention.groups.get("that")
                last = near if unit == "time" else near or self._last
                if last and unit:
                    mention.interval = around(last, unit)
                if last and "since" in mention.groups:
                    mention.interval = Interval(last.start, max(self.published_on or last.start, last.start), "range")
                if mention.interval:
                    self._last = near = mention.interval
                if mention.interval is None or self.finder.until(self.folded, mention.start):
                    continue
                self._told = mention.interval.start
                if mention.groups.keys() & {"y", "y2", "that"}:
                    self.last_given = mention.interval.start
                    self._year_only = mention.interval.precision == "year"
            self._found[start] = found
        return self._found[start]

    def _near(self, start: int) -> Interval | None:
        """The date that stands last before a sentence and not far, also in a sentence that nothing was read of."""
        known = {mention.start: mention.interval for found in self._found.values() for mention in found}
        for mention in reversed(self.finder.find(self.text, self.folded, max(0, start - _NEAR), start)):
            if not mention.groups.keys() & {"that", "since"}:
                interval = known.get(mention.start) or resolve(mention.groups, self.published_on)
                if interval:
                    return interval
        return None

    def of(self, view: View, left: int, said: list[tuple[int, int]]) -> When:
        """The date nearest to the trigger that no verb of saying and no other trigger claims.

        `left`: where the clause starts, as an offset; `said`: spans from speaker to verb of saying.
        """
        sentence = view.sentence
        best: tuple[int, DateMention] | None = None
        effect: DateMention | None = None
        for mention in self.dates(sentence.start, sentence.end):
            if any(
                a - 2 <= mention.start
                and mention.end <= b + 12
                and not (b <= mention.start and _opens_told(view, mention))
                for a, b in said
            ):
                continue
            if view.noun and view.frame.fact_type == "sanction" and _takes_effect(view, mention):
                effect = effect or mention
            if _of_another_clause(view, mention) or (
                view.frame.fact_type == "meeting" and _since_or_apart(view, mention)
            ):
                continue
            cost = _distance(view, mention, left)
            if cost is not None and view.frame.fact_type == "meeting":
                cost -= _of_the_day(view, mention)
            if cost is not None and self.finder.until(self.folded, mention.start):
                if view.frame.fact_type == "sanction" and mention.start > view.trigger.end:
                    continue  # "gia hạn lệnh trừng phạt đến ngày 31/7": when it ends
                cost += 80
            if cost is not None and (best is None or cost < best[0]):
                best = (cost, mention)
        if best is None and effect is None:
            return When(None, None)
        mention = best[1] if best else effect
        return When(mention.interval, view.text[mention.start : mention.end])


def _since_or_apart(view: View, mention: DateMention) -> bool:
    """ "kể từ đó", "hôm 9/5, hai ngày sau cuộc gặp": a day that the text sets apart from the meeting's."""
    if "since" in mention.groups:
        return True
    units = view.pack.grammar["dates"]["unit"]
    return any(
        item.marker == "after" and mention.end <= item.start and view.words_before(k).rsplit(" ", 1)[-1] in units
        for k, item in enumerate(view.items[: view.t])
    )


def _of_the_day(view: View, mention: DateMention) -> int:
    """ "đề xuất đàm phán, dự kiến vào ngày 3/5": how much nearer a date is that a verb of taking place governs."""
    before = view.folded[max(view.trigger.end, mention.start - 40) : mention.start]
    ahead = mention.start >= view.trigger.end and view.pack.grammar["takes_place"].search(before)
    return (
        _FIXED
        if ahead and not any(item.frames for item in view.items[view.t + 1 :] if item.end <= mention.start)
        else 0
    )


def _takes_effect(view: View, mention: DateMention) -> bool:
    """ "lệnh cấm nhập dầu do EU ban hành có hiệu lực từ ngày 1/7": no other measure stands between."""
    if mention.start < view.trigger.end or not view.pack.grammar["takes_effect"].search(
        view.folded, view.trigger.end, mention.start
    ):
        return False
    return not any(has_frame(item, "sanction") for item in view.items[view.t + 1 :] if item.end <= mention.start)


def _opens_told(view: View, mention: DateMention) -> bool:
    """ "ông A nói hôm 3/6 ông đã gặp ...": behind the verb of saying, right before what is told, it dates that."""
    behind = (item for item in view.items if item.start >= mention.end)
    item = next((item for item in behind if item.parties or item.cues or item.marker), None)
    if item is None or item.start > view.trigger.start or len(view.folded[mention.end : item.start].split()) > 1:
        return False
    return not item.cued("claim") and item.marker is None


def _within(groups: dict, year: dt.date, goes_on: bool) -> Interval | None:
    """A date of which the text has given only the year: it falls into that, and none follows from "this week"."""
    if groups.keys() & {"rel", "shift", "weekday", "span", "that"}:
        return resolve(groups, year) if goes_on and groups.get("unit") == "year" and "month" not in groups else None
    return resolve({**groups, "y": groups.get("y") or groups.get("y2") or year.year}, year)


def _of_another_clause(view: View, mention: DateMention) -> bool:
    """Whether the date says when something else was: the reason, what came before, a first of two deeds.

    "..., để đáp trả vụ thử hôm 4/7", "Sau khi Nga sáp nhập Crimea năm 2014, ...", "rút quân năm ngoái và ..."
    """
    grammar, text = view.pack.grammar, view.folded
    barriers = [item for item in view.items if text[item.start : item.end] in grammar["date_barriers"]]
    if mention.start >= view.trigger.end:
        aside = view.aside
        if aside and view.items[aside.start - 1].end <= mention.start < view.items[aside.stop].start:
            return True
        return any(view.trigger.end <= b.start and b.end <= mention.start for b in barriers)
    between = text[mention.end : view.trigger.start]
    if view.frame.fact_type != "arms_transfer":  # "thỏa thuận hạt nhân năm 2015"
        thing = grammar["dated_things"].search(text, max(view.sentence.start, mention.start - 45), mention.start)
        if thing and "," not in text[thing.end() : mention.start]:
            return True
    if grammar["date_closers"].match(between):
        return True
    own_ban = view.words_before(view.t).endswith(grammar["bars_sale"])  # "hôm 3/5 ký sắc lệnh cấm bán tên lửa"
    if (
        view.frame.fact_type == "arms_transfer"
        and not own_ban
        and any(has_frame(item, "sanction") and mention.end <= item.start for item in view.items[: view.t])
    ):
        return True  # "Năm 2018, Mỹ trừng phạt Peru vì mua S-400"
    if view.frame.fact_type == "meeting" and any(
        item.start >= mention.end and text[item.start : item.end] in grammar["proposes"]
        for item in view.items[: view.t]
    ):
        return True  # "hôm 2/5 đề xuất đàm phán"
    if _told_of_another(view, mention):
        return True
    parted = "," in between
    before = any(b.end <= mention.start and "," not in text[b.end : mention.start] for b in barriers)
    return parted and before


def _told_of_another(view: View, mention: DateMention) -> bool:
    """ "ông A sang Lào hôm 3/5, còn ông B sẽ tới Chile": the date of a verb before "còn" and a new subject."""
    did = any(view.is_verb(k) and view.items[k].end < mention.start for k in range(view.t))
    turns = (item for item in view.items[: max(view.left, 0)] if item.marker == "contrast" and not item.parties)
    return did and any(mention.end <= item.start for item in turns)


def _since_an_event(view: View, mention: DateMention) -> bool:
    """ "cấm bán vũ khí kể từ vụ đàn áp năm 1989": the year of what a sanction has been there since."""
    opens = view.items[view.right_end]
    if view.frame.fact_type != "sanction" or opens.marker != "after" or opens.parties:
        return False
    if not view.folded.startswith(view.pack.grammar["since_words"], opens.start):
        return False
    inner = (item for item in view.items[view.right_end + 1 :] if item.end <= mention.start)
    return "," not in view.folded[opens.end : mention.start] and not any(item.frames or item.cues for item in inner)


def _distance(view: View, mention: DateMention, left: int) -> int | None:
    trigger, folded = view.trigger, view.folded
    if mention.start >= trigger.end:
        stop = view.items[view.right_end].start if view.right_end < len(view.items) else view.sentence.end
        if mention.start > stop:
            return mention.start - trigger.end if _since_an_event(view, mention) else None
        for k in range(view.t + 1, view.right_end):
            item = view.items[k]
            if (
                item.start < mention.start
                and item.frames
                and view.is_verb(k)
                and not item.weapon
                and not item.parties
                and item.marker is None
            ):
                # "giao 6 chiếc mà Athens đặt mua năm 2021": of the clause that it stands in
                aside = any(i.marker == "relative" for i in view.items[view.t + 1 : k])
                return None if aside else 200 + mention.start - trigger.end
        return mention.start - trigger.end + 15 * folded[trigger.end : mention.start].count(",")
    between = folded[mention.end : trigger.start]
    if ";" in between:
        return None
    if (
        any(view.items[k].frames and view.is_verb(k) and view.items[k].end < mention.start for k in range(view.t))
        and "," not in between
    ):
        return len(between) // 2 + 120
    others = sum(
        1 for k in range(view.t) if view.items[k].start > mention.end and view.items[k].frames and view.is_verb(k)
    )
    return len(between) // 2 + 60 * others + (0 if mention.start >= left else 10)
