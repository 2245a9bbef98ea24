"""Reads `<language>/*.yaml` and `seeds/reference/*.csv` into a `Lexicon`.

Raises ValueError with file and place when a data file does not make sense.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from pipelines.lexicons.model import NAMED_BEFORE, Entry, Frame, Lexicon, Pack

PROJECT = Path(__file__).resolve().parents[2]
REFERENCE = PROJECT / "seeds" / "reference"
LANGUAGES = ("vi", "en")

# Both spellings of the tone mark on an open oa, oe, uy are in use: hòa/hoà, thủy/thuỷ.
_PAIRS = [
    "òa", "oà", "óa", "oá", "ỏa", "oả", "õa", "oã", "ọa", "oạ", "òe", "oè", "óe", "oé", "ỏe", "oẻ", "õe", "oẽ",
    "ọe", "oẹ", "ùy", "uỳ", "úy", "uý", "ủy", "uỷ", "ũy", "uỹ", "ụy", "uỵ",
]  # fmt: skip
_OTHER_SPELLING = {p: _PAIRS[i + 1 if i % 2 == 0 else i - 1] for i, p in enumerate(_PAIRS)}
_OPEN_PAIR = re.compile("(?<!q)(?:" + "|".join(_OTHER_SPELLING) + r")(?!\w)")


def load_lexicon(reference: Path = REFERENCE, data: Path = Path(__file__).parent) -> Lexicon:
    """Read every language pack. `version` is the content hash of rules and data together."""
    rows = {path.stem: _read_csv(path) for path in sorted(reference.glob("*.csv"))}
    packs = {
        language: _pack(language, data / language, rows)
        for language in LANGUAGES
        if (data / language / "frames.yaml").exists()
    }
    return Lexicon(packs, lexicon_version(reference, data))


def lexicon_version(reference: Path = REFERENCE, data: Path = Path(__file__).parent) -> str:
    """Twelve hex digits over everything that can change a row: rules, lexicons, reference data."""
    digest = hashlib.sha256()
    for path in sorted(
        [
            *reference.glob("*.csv"),
            *data.rglob("*.yaml"),
            *data.glob("*.py"),
            *(PROJECT / "pipelines" / "extraction").glob("*.py"),
        ]
    ):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


class _EachKeyOnce(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML would let the second of two equal keys win without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(unicodedata.normalize("NFC", path.read_text("utf-8")), Loader=_EachKeyOnce)  # noqa: S506 - a safe one
    except yaml.MarkedYAMLError as error:
        place = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ValueError(f"{path}{place}: {error.problem}") from error
    return content or {}


Variants = tuple[tuple[re.Pattern[str], str], ...]


def _variants(words: dict[str, list[str]]) -> Variants:
    """`variants` of grammar.yaml: each word, alone or in a phrase, and what else the press calls it."""
    return tuple(
        (re.compile(rf"(?<!\w){re.escape(word)}(?!\w)"), other) for word, others in words.items() for other in others
    )


def spellings(form: str, variants: Variants = ()) -> Iterator[str]:
    """The form, and with its tone marks in the other place (same length); both also in the words of `variants`."""
    forms = [form]
    forms += [other for word, new in variants if (other := word.sub(new, form)) != form]
    for one in forms:
        yield one
        other = _OPEN_PAIR.sub(lambda m: _OTHER_SPELLING[m.group()], one)
        if other != one:
            yield other


def _spelled(value: Any, variants: Variants) -> Any:
    """Every word of every list, and every key, in each spelling."""
    if isinstance(value, dict):
        return {
            s: _spelled(v, variants)
            for k, v in value.items()
            for s in (spellings(k, variants) if isinstance(k, str) else (k,))
        }
    if isinstance(value, list):
        return [s for v in value for s in (spellings(v, variants) if isinstance(v, str) else (_spelled(v, variants),))]
    return value


def _case(form: str) -> str:
    letters = [c for c in form if c.isalpha()]
    if letters and len(letters) <= 5 and " " not in form and all(c.isupper() for c in letters):
        return "exact"
    return "cap" if form[:1].isupper() else ""


class _Forms:
    """Collects what each folded form may mean."""

    def __init__(self, variants: Variants) -> None:
        self.entries: dict[str, list[Entry]] = defaultdict(list)
        self.variants = variants

    def add(self, form: str, kind: str, value: tuple) -> None:
        form = unicodedata.normalize("NFC", " ".join(str(form).split()))
        if not form:
            return
        for spelled in spellings(form, self.variants):
            entry = Entry(kind, value, _case(spelled), spelled)
            meanings = self.entries[spelled.lower()]
            if entry not in meanings:
                meanings.append(entry)


def _pack(language: str, folder: Path, rows: dict[str, list[dict[str, str]]]) -> Pack:
    grammar = _read_yaml(folder / "grammar.yaml")
    variants = _variants(grammar.pop("variants", {}))
    grammar = _spelled(grammar, variants)
    forms = _Forms(variants)
    _add_names(forms, language, rows)
    _add_weapons(forms, _read_yaml(folder / "weapons.yaml"), rows, grammar.get("designation_endings", [""]))
    _add_roles(forms, _read_yaml(folder / "titles.yaml"))
    frames = _add_frames(forms, _read_yaml(folder / "frames.yaml"), folder / "frames.yaml")
    cues = _read_yaml(folder / "cues.yaml")
    _add_cues(forms, cues)
    _add_grammar(forms, grammar)
    grammar["dates"] = _read_yaml(folder / "dates.yaml")
    grammar["quantities"] = _read_yaml(folder / "quantities.yaml")
    for name, lists in _spelled(_read_yaml(folder / "sanctions.yaml"), variants).items():
        grammar[name] = {value: _any_of(words) for value, words in lists.items()}
    grammar["stage_order"] = {fact: spec["order"] for fact, spec in cues["stages"].items()}
    _prepare(grammar)
    options = {key: frame.options for key, frame in frames.items()}
    grammar["need_object"] = {key: grammar[own["object"]] for key, own in options.items() if "object" in own}
    grammar["need_beside"] = {key: own["beside"] for key, own in options.items() if "beside" in own}
    passive = "|".join(map(re.escape, cues["passive"]))
    grammar["passive_behind"] = re.compile(rf"\s(?:{passive})(?!\w)")
    _share_triggers(forms.entries, tuple(grammar.get("weapon_nouns", ())))
    _share_cues(forms.entries)
    parted = _part_from_blockers(forms.entries)
    return _compile(language, forms.entries, frames, grammar, parted)


def _share_triggers(entries: dict[str, list[Entry]], nouns: tuple[str, ...]) -> None:
    """A weapon term that opens with a trigger ("viện trợ quân sự") is that trigger too, but for plain nouns."""
    frames = {form: [e for e in meanings if e.kind == "frame"] for form, meanings in entries.items()}
    for form, meanings in entries.items():
        words = form.split(" ")
        shares = any(e.kind == "cue" or (e.kind == "weapon" and not form.startswith(nouns)) for e in meanings)
        if shares and not frames[form]:
            openings = (" ".join(words[:n]) for n in range(len(words) - 1, 0, -1))
            first = next(
                (p for p in openings if frames.get(p) or any(e.kind == "blocker" for e in entries.get(p, ()))), ""
            )
            meanings += [e._replace(case="", form=form) for e in frames.get(first, ())]


def _part_from_blockers(entries: dict[str, list[Entry]]) -> dict[str, str]:
    """ "giao chiến đấu cơ": a trigger and a weapon, though a longer word that is none ("giao chiến") ends within.

    Adds such forms, and gives for each the weapon that it ends in.
    """
    parted = {}
    kinds = {form: {e.kind for e in meanings} for form, meanings in entries.items()}
    things: dict[str, list[str]] = defaultdict(list)
    for form in (form for form, own in kinds.items() if own & {"weapon", "designation"}):
        words = form.split(" ")
        for n in range(1, len(words)):
            things[" ".join(words[:n])].append(form)
    for blocker in [form for form, own in kinds.items() if own == {"blocker"}]:
        words = blocker.split(" ")
        for n in range(1, len(words)):
            trigger = " ".join(words[:n])
            frames = [e for e in entries.get(trigger, ()) if e.kind == "frame"]
            for thing in things[" ".join(words[n:])] if frames else ():
                form = f"{trigger} {thing}"
                if form not in kinds and form not in parted:
                    entries[form] += [e._replace(case="", form=form) for e in frames]
                    parted[form] = thing
    return parted


def _share_cues(entries: dict[str, list[Entry]]) -> None:
    """A longer cue ("đang đàm phán") still says what the one that it opens with ("đang") says of other facts; between
    what is sanctioned and what is sold, so does one that opens with several words ("công bố gói")."""
    cues = {form: [e for e in meanings if e.kind == "cue"] for form, meanings in entries.items()}
    for form, meanings in entries.items():
        words = form.split(" ")
        own = {e.value[0] for e in cues[form]}
        apart = own | {"passive", "ask"} | {e.value[0].split(".")[0] for e in meanings if e.kind == "frame"}
        if own & {"arms_transfer", "sanction"}:
            longest = (cues.get(" ".join(words[:n]), ()) for n in range(len(words) - 1, 1, -1))
            deeds = {"arms_transfer", "sanction"} - apart
            found = [e for e in next(filter(None, longest), ()) if e.value[0] in deeds]
            meanings += found
            apart |= {e.value[0] for e in found}
        if own and len(words) > 1:
            meanings += [e for e in cues.get(words[0], ()) if e.value[0] not in apart]


def _prepare(grammar: dict[str, Any]) -> None:
    """Word lists into the shapes that the kernel asks them in."""
    grammar["noun_heads"] = [" " + w for w in grammar["noun_heads"]]
    grammar["fends_off"] = [" " + w for w in grammar.get("fends_off", ())]
    # The order of the list, while it is one.
    remits = _either(grammar, "remits")
    capital = r"[^\W\d_a-zà-ỹđ][\w’-]+"
    grammar["remit_and_name"] = re.compile(
        rf" (?:{remits}) [^,.;:()\"“”\n]{{3,60}}? (?P<name>{capital}(?: {capital}){{1,3}})(?= [a-zà-ỹđ])"
    )
    for name in (
        "fends_off",
        "news_agencies",
        "islands",
        "troubles",
        "noun_prefixes",
        "noun_heads",
        "acting_heads",
        "future",
        "not_private",
        "makers",
        "carriers",
        "bear",
        "done_to",
        "indefinite",
        "delegations",
        "holders",
        "generic_subjects",
        "sides",
        "envoys",
        "members",
        "bans",
        "requests",
        "plurals",
        "pair_qualifiers",
        "plan_heads",
        "that_words",
        "regimes",
        "drafts",
        "upset",
        "launchers",
        "unnamed_speakers",
        "helps",
        "whereby",
        "formations",
        "possible",
        "opens_aside",
        "says_on",
        "soil",
        "apposed",
        "ranked",
        "causes",
        "purposes",
        "welcomes",
        "reach_verbs",
        "ahead_words",
        "weighed",
        "matter_nouns",
        "opinions",
        "deed_nouns",
        "standing",
        "own_deeds",
        "past_words",
        "leader_words",
        "head_offices",
        "eve_words",
        "not_yet",
        "own_wishes",
        "since_words",
        "over_words",
        "former_heads",
        "occasions",
        "spokespeople",
        "this_before",
        "reached",
        "wars",
        "frozen",
        "relations",
        "markets",
        "chosen",
        "discards",
        "calls",
        "borrows",
        "runs",
        "dates_alike",
        "ship_class",
        "kinds_apposed",
        "part_of",
        "bans_whom",
        "not_names",
        "chooses",
        "rather",
        "not_only",
        "some_of",
        "angry",
        "reaches",
        "most",
        "reason_openers",
        "bodies_of_states",
        "invitations",
        "at_words",
        "organises",
        "bars_sale",
        "shots",
        "dialogues",
        "stands_on",
        "convenes",
        "some_before",
    ):
        grammar[name] = tuple(grammar.get(name, ()))
    for name in (
        "vows",
        "amounts",
        "takes_part",
        "new_words",
        "noun_words",
        "openers",
        "weapon_glue",
        "list_words",
        "of_words",
        "features",
        "determiners",
        "fillers",
        "title_glue",
        "core_glue",
        "place_glue",
        "possessive",
        "direct_verbs",
        "attributes",
        "forcing",
        "clause_nouns",
        "not_imposing",
        "serving",
        "such_as",
        "will",
        "tenses",
        "date_barriers",
        "serves",
        "when_words",
        "threats",
        "be_words",
        "urges",
        "assemblies",
        "proposes",
        "before_words",
        "remits",
        "title_links",
        "origins",
        "plain_no",
        "epistemic",
        "may",
        "fulfils",
        "capability",
        "also",
        "handing",
        "buying",
        "hunts",
        "cites",
        "own_plans",
        "market_verbs",
        "stop_calls",
        "charges",
        "hinders",
        "declares",
        "stop_wishes",
        "signing",
        "carries",
        "whether",
        "consents",
        "let_get",
        "not_visited",
        "awaits",
        "lets",
        "surnames",
        "honorifics",
        "joiners",
        "deals",
        "one_at_a_time",
        "gains",
        "topic_marks",
        "before_nouns",
        "bare_purposes",
        "sends_letters",
        "out_of",
        "receives_letters",
    ):
        grammar[name] = frozenset(grammar.get(name, ()))
    for name in ("private", "seat_fronts", "kin"):
        grammar[name] = tuple(f" {word}" for word in grammar.get(name, ()))
    credits = _either(grammar, "picture_credits")
    grammar["picture_credits"] = re.compile(rf"(?<!\w)(?:{credits})\s?: ?[^:\n]{{1,40}}$")
    outlets = _either(grammar, "front_credits")
    capitals = r"[A-ZÀ-ỸĐ][A-ZÀ-ỸĐ.]+"
    grammar["front_credits"] = re.compile(
        rf"(?:(?:{capitals}(?: {capitals}){{0,3}}(?:, [^\W\d_]+){{0,2}} ?)?\([^()\n]{{2,30}}\)"
        rf"|(?:{outlets})|[\w&.]+\.(?:vn|VN|com|net))\s?[-–—]+\s(?=\S)"
    )
    some = _either(grammar, "some_behind")
    grammar["some_behind"] = re.compile(rf"\s(?:{some})(?!\w)")
    grammar["list_gaps"] = frozenset(["", *grammar["markers"]["and"]])
    grammar.setdefault("deploys", {})
    grammar.setdefault("stands_for", {})
    grammar.setdefault("counters", {})
    ends = _either(grammar, "counter_ends")
    grammar["counter_ends"] = re.compile(rf"\s?[,.;:)]|\s(?:{ends})(?!\w)")
    by, heads = (_either(grammar, f"led_{k}") for k in ("by", "heads"))
    grammar["led"] = re.compile(rf"\s*(?:{by}) ([^,.;]{{3,80}}?) (?:{heads})(?!\w)")
    one, other = (_either(grammar, f"further_{k}") for k in ("heads", "words"))
    grammar["further"] = re.compile(rf"(?<!\w)(?:{one})(?: \w+){{1,5}}? (?:{other})(?!\w)")
    grammar["undoes"] = {stage: tuple(words) for stage, words in grammar.get("undoes", {}).items()}
    grammar["predicates"] = {fact: _any_of(words) for fact, words in grammar.get("predicates", {}).items()}
    heads = sorted([*map(str.strip, grammar["noun_heads"]), *grammar.get("front_links", ())], key=len, reverse=True)
    links = "|".join(map(re.escape, heads))
    where = _either(grammar, "where_words")
    grammar["where_words"] = re.compile(rf",?\s(?:{where})\s")
    day = _either(grammar, "on_day")
    grammar["on_day"] = re.compile(rf"\s(?:{day})\s")
    units = _either(grammar, "date_units")
    grammar["dated"] = re.compile(rf"(?<!\w)(?:{units}) \d+$")
    lasts = _either(grammar, "durations")
    for name in ("inside", "during", "adjuncts", "topics", "noun_fronts"):
        fronts = _either(grammar, name)
        grammar[name] = re.compile(rf"(?<!\w)(?:{fronts})(?: [\w ]{{0,6}}\d+ (?:{lasts}))?(?: (?:{links}))*\s?$")
    ordinal, link = (_either(grammar, f"again_{k}") for k in ("heads", "links"))
    happens = _either(grammar, "occurs")
    then = _either(grammar, "then_words")
    grammar["then_words"] = re.compile(rf"\s*(?:{then})(?!\w)")
    days = _either(grammar, "takes_place")
    things, ends = (_either(grammar, f"called_off_{k}") for k in ("things", "ends"))
    grammar["called_off"] = re.compile(rf"(?: (?:{things}))(?: [^\s,.;]+){{0,4}}? (?:{ends})(?!\w)")
    stops = _either(grammar, "tour_stops")
    grammar["tour_stops"] = re.compile(rf"(?: [^\s,.;]+){{1,3}} (?:{stops})(?!\w)")
    effect = _either(grammar, "takes_effect")
    grammar["takes_effect"] = re.compile(rf"(?<!\w)(?:{effect})(?: [^\s,.;]+){{0,2}}\s?$")
    grammar["takes_place"] = re.compile(rf"(?<!\w)(?:{days})(?: (?:vào|trong|từ))?\s?$")
    grammar["told_again"] = re.compile(rf"(?:(?:{ordinal}),? )*$")
    grammar["comes_about"] = re.compile(rf"(?: (?:{link}))*,? (?:{happens})(?!\w)")
    told = _either(grammar, "told_before")
    grammar["told_before"] = re.compile(rf"\s(?:{told})\s?,")
    opens, said = (_either(grammar, f"statement_{k}") for k in ("fronts", "nouns"))
    grammar["statements"] = re.compile(rf"(?:{opens}) (?:[^\s,.;]+ ){{0,3}}?(?:{said})(?!\w)")
    words = [word for name in ("statement_nouns", "spokespeople", "aides") for word in grammar.get(name, ())]
    grammar["said_by"] = _any_of(words)
    alike = _either(grammar, "alike_words")
    grammar["alike_behind"] = re.compile(rf"\s(?:{alike})(?!\w)")
    other = _either(grammar, "further_words")
    grammar["other_than_told"] = re.compile(rf"\s(?:{other})(?!\w)")
    kinds, this = (_either(grammar, name) for name in ("same_kind", "this_kind"))
    grammar["same_kind"] = re.compile(rf"\s(?:{kinds})(?!\w)")
    grammar["this_kind"] = re.compile(rf"\s(?:{this}|{kinds})(?!\w)")
    whole = _either(grammar, "market_shares")
    grows = _either(grammar, "market_moves")
    percent = _either(grammar, "percent")
    parts = _either(grammar, "parts_of_all")
    grammar["percent"] = re.compile(rf"\d\s?(?:{percent})(?!\w)|(?<!\w)(?:{parts})(?!\w)")
    grammar["shares"] = re.compile(
        rf"\d\s?(?:{percent})(?: [^\s,.;]+){{0,4}}? (?:{whole})(?!\w)"
        rf"|(?<!\w)(?:{grows})(?: [^\s,.;]+){{0,4}}? \d[\d.,]*\s?(?:{percent})"
    )
    remarks = _either(grammar, "generalities")
    grammar["generalities"] = re.compile(rf"\s*(?:{remarks})(?!\w)")
    felt = _either(grammar, "felt")
    grammar["felt"] = re.compile(rf"(?<!\w)(?:{felt})(?: \w+){{0,2}}\s?$")
    numbers = _either(grammar["dates"], "number")
    grammar["counted"] = re.compile(rf"(?<![\w.,])(\d{{1,4}}|{numbers}) $")
    classes = "|".join(re.escape(word.strip()) for word in grammar["ship_class"]) or "(?!)"
    grammar["class_name"] = re.compile(rf"\s(?:{classes})(?:\s(?:{capital}|\d[\w-]*))+")
    after = "|".join(map(re.escape, grammar["markers"].get("after", ())))
    ordinals = _either(grammar, "ordinals")
    grammar["next_to"] = re.compile(rf"(?<!\w)(?:{ordinals}) (?:{after})\s$")
    dated, several = _either(grammar, "dated_by"), _either(grammar, "several")
    grammar["dated_by"] = re.compile(rf"(?:(?<!\w)(?P<number>\d+|{numbers}|{several}) )?(?<!\w)(?:{dated}) $")
    since, dated = _either(grammar, "since_words"), _either(grammar, "date_heads")
    grammar["since_date"] = re.compile(rf"(?:{since}) (?:(?:{dated}) ?)*(?:\d|(?:{dated})(?!\w))")
    closers = _either(grammar, "date_closers")
    grammar["date_closers"] = re.compile(rf",? (?:{closers})(?!\w)")
    grammar["bears"] = _any_of([word.strip() for word in grammar["bear"]])
    heads = _either(grammar, "laws")
    means = "|".join(map(re.escape, grammar.get("law_means", ())))
    grammar["law_names"] = re.compile(rf"(?<!\w)(?:{heads}) (?:[^\s,.;]+ ){{2,12}}(?:{means}) (?:[^\s,.;]+ ){{0,3}}$")
    no, at_all = (_either(grammar, f"none_{k}") for k in ("opens", "closes"))
    grammar["none_at_all"] = re.compile(rf"(?<!\w)(?:{no}) (?:[^\s,;.]+ ){{1,8}}(?:{at_all}) (?:[^\s,;.]+ ){{0,6}}$")
    enders = "|".join(map(re.escape, grammar["list_enders"]))
    grammar["list_enders"] = re.compile(rf"\s*(,[^,.;]{{2,30}})*\s*,?\s*(?:{enders})\s")
    closers = "|".join(map(re.escape, grammar.get("list_closers", ())))
    grammar["list_closers"] = re.compile(rf"\s*(?:[.;]|$|(?:{closers})(?!\w))" if closers else "(?!)")
    weighs = "|".join(map(re.escape, grammar.get("weighs", ())))
    grammar["weighs"] = re.compile(rf"(?<!\w)(?:{weighs}) $" if weighs else "(?!)")
    friends = "|".join(map(re.escape, grammar.get("friends", ())))
    owns = "|".join(map(re.escape, grammar["possessive"]))
    grammar["friends"] = re.compile(
        rf"(?<!\w)(?:{friends})(?: [^\s,.;]+){{0,4}}? (?:{owns})(?: [^\s,.;]+){{0,2}} $" if friends else "(?!)"
    )
    sides = "|".join(map(re.escape, grammar.get("captions", ())))
    grammar["captions"] = re.compile(rf"\((?:{sides})(?=[,;)])" if sides else "(?!)")
    words = "|".join(map(re.escape, grammar["relative_pronouns"]))
    verbs = "|".join(map(re.escape, grammar["relative_verbs"]))
    since = _either(grammar, "since_words")
    lately = _either(grammar, "aside_times")
    grammar["relative_pronouns"] = re.compile(
        rf"(?:,|\s[-–—])?\s(?:{words})\s(?:(?:{since})[^,.;]{{3,20}}\d{{4}} |(?:{lately}) )?(?={verbs})"
    )
    bans = _either(grammar, "bar_verbs")
    grammar["bars_whom"] = re.compile(rf"(?<!\w)(?:{bans})(?: \w+){{0,2}}\s?$")
    for name in (
        "military",
        "personnel_needs",
        "suffer",
        "topic",
        "off_topic",
        "interceptors",
        "by_force",
        "plan_links",
        "other_objects",
        "waypoints",
        "shipments",
        "swaps",
        "handed_to",
        "statistics",
        "listing_verbs",
        "state_words",
        "attendance",
        "to_whom",
        "assets",
        "bars",
        "bars_trade",
        "by_attack",
        "matters",
        "elsewhere",
        "ships",
        "topic_heads",
        "private_sides",
        "defy",
        "maintains",
        "reacts",
        "presses",
        "sanctioned_matters",
        "sends_carriers",
        "since_when",
        "compares",
        "laid_on",
        "papers",
        "quarrels",
        "approves",
        "dated_things",
        "membership",
        "anyone",
        "has",
        "using",
        "spends",
        "excludes",
        "hit_over",
        "credits",
        "sums",
        "then",
        "draft_words",
        "unnamed_doers",
        "unnamed_many",
        "opposes",
        "remarks",
        "outlets",
        "lawmakers",
        "own_forces",
        "to_others",
        "fitted_on",
        "ranks",
        "disarms",
        "many",
        "by_deal",
        "fights",
        "only_spoken_of",
        "only_then",
        "stances",
        "obeys",
        "efforts",
        "copulas",
        "there",
        "bought_abroad",
        "befalls",
        "separately",
        "gone_by",
        "abroad",
        "fighting",
        "sold_abroad",
        "pays",
        "relates",
        "coming",
        "mutual",
        "reprisals",
        "worth",
        "parts",
        "fronts",
    ):
        grammar[name] = _any_of(grammar.get(name, []))


def _either(grammar: dict[str, Any], name: str) -> str:
    """The words of a list as alternatives of a pattern, one that nothing matches where the list is empty."""
    return "|".join(map(re.escape, grammar.get(name, ()))) or "(?!)"


def _any_of(words: list[str]) -> re.Pattern[str]:
    if not words:
        return re.compile(r"(?!)")
    return re.compile(
        r"(?<!\w)(?:" + "|".join(sorted((re.escape(w.lower()) for w in words), key=len, reverse=True)) + r")(?!\w)"
    )


def _add_names(forms: _Forms, language: str, rows: dict[str, list[dict[str, str]]]) -> None:
    for row in rows.get("country_names", []):
        if row["language"] == language:
            forms.add(row["form"], "country", (row["country_code"], row["kind"], row["guard"]))
    for row in rows.get("places", []):
        if row["language"] in (language, ""):
            forms.add(row["place"], "place", (row["country_code"], row["kind"]))
    actors = {row["actor_id"]: row for row in rows.get("actors", [])}
    for row in rows.get("actor_names", []):
        if row["language"] in (language, "") and row["actor_id"] in actors:
            actor = actors[row["actor_id"]]
            kind = "person" if actor["kind"] == "person" else "group"
            forms.add(row["form"], kind, (actor["country_code"] or None, actor["name"], actor["kind"], row["kind"]))


def _add_weapons(
    forms: _Forms, weapons: dict[str, Any], rows: dict[str, list[dict[str, str]]], endings: list[str]
) -> None:
    for category, lists in weapons.items():
        if category == "not_weapons":
            for form in lists:
                forms.add(form, "blocker", ())
            continue
        if category == NAMED_BEFORE:
            lists = {"terms": lists}
        for strength in ("terms", "weak"):
            for form in lists.get(strength, []):
                forms.add(form, "weapon", (category, strength == "weak"))
    classes = {form for lists in weapons.values() if isinstance(lists, dict) for form in lists.get("terms", [])}
    for row in rows.get("weapon_designations", []):
        for form in [row["designation"], *filter(None, row["aliases"].split("|"))]:
            value = (row["weapon_category"], row["maker_country"] or None, _class_words(form, classes))
            for ending in endings:
                forms.add(form + ending, "designation", value)


def _class_words(form: str, classes: set[str]) -> int:
    """How many words of a designation say no more than its class: two of "trực thăng Apache", one of "UAV Anka"."""
    words = form.split()
    at = 0
    while at < len(words) - 1 and (words[at] in classes or (words[at].isalpha() and words[at].islower())):
        at += 1
    return at


def _add_roles(forms: _Forms, titles: dict[str, Any]) -> None:
    for group in ("titles", "institutions"):
        for kind, words in titles.get(group, {}).items():
            for form in words:
                forms.add(form, "role", (group, kind))
    for form in titles.get("armed", []):
        forms.add(form, "role", ("institutions", "armed"))
    for form in titles.get("former", []):
        forms.add(form, "role", ("former", "former"))


def _add_frames(forms: _Forms, data: dict[str, Any], path: Path) -> dict[str, Frame]:
    frames = {}
    for fact_type, kinds in data.items():
        for name, spec in kinds.items():
            key = f"{fact_type}.{name}"
            spec = dict(spec)
            words = spec.pop("forms", None)
            if not words:
                raise ValueError(f"{path}: frame {key} has no forms")
            roles = {
                k: tuple(v)
                for k, v in spec.items()
                if isinstance(v, list) and k in ("supplier", "recipient", "authority", "target", "participants")
            }
            default = spec.get("stage") or "imposed"
            frames[key] = Frame(fact_type, name, roles, default, {k: v for k, v in spec.items() if k not in roles})
            for form in words:
                forms.add(form, "frame", (key,))
    return frames


def _add_cues(forms: _Forms, cues: dict[str, Any]) -> None:
    for fact_type, spec in cues["stages"].items():
        for stage, words in spec["cues"].items():
            for form in words:
                forms.add(form, "cue", (fact_type, stage))
    for kind, words in cues["claims"].items():
        for form in words:
            forms.add(form, "cue", ("claim", kind))
    for family in ("passive", "ask"):
        for form in cues[family]:
            forms.add(form, "cue", (family, family))


def _add_grammar(forms: _Forms, grammar: dict[str, Any]) -> None:
    for kind, words in grammar["markers"].items():
        for form in words:
            forms.add(form, "marker", (kind,))
    for form in grammar["not_triggers"]:
        forms.add(form, "blocker", ())
    for form, countries in grammar.get("pairs", {}).items():
        forms.add(form, "anaphor", ("pair:" + ":".join(countries),))
    for kind, words in grammar["anaphora"].items():
        for form in words:
            if kind == "counterpart":
                forms.add(form, "role", ("titles", "counterpart"))
            else:
                forms.add(form, "anaphor", (kind,))


def _compile(
    language: str,
    entries: dict[str, list[Entry]],
    frames: dict[str, Frame],
    grammar: dict[str, Any],
    parted: dict[str, str],
) -> Pack:
    forms = list(entries)
    index = {form: i for i, form in enumerate(forms)}
    shorter, tails = [], []
    for form in forms:
        words = form.split(" ")
        shorter.append(
            tuple(index[" ".join(words[:n])] for n in range(len(words) - 1, 0, -1) if " ".join(words[:n]) in index)
        )
        thing = parted.get(form)
        tails.append((len(form) - len(thing), index[thing]) if thing else _tail(words, entries, index))
    return Pack(language, forms, [tuple(entries[f]) for f in forms], shorter, tails, frames, grammar)


def _tail(words: list[str], entries: dict[str, list[Entry]], index: dict[str, int]) -> tuple[int, int] | None:
    """A cue or marker that ends in a trigger hides it ("hỏi mua"): give (offset, form) of the hidden one."""
    own = {e.kind for e in entries[" ".join(words)]}
    if "frame" in own or not own <= {"cue", "marker"}:
        return None
    for n in range(1, len(words)):
        tail = " ".join(words[n:])
        if " ".join(words[:n]) in index and tail in index and _opens_row(entries[tail]):
            return len(" ".join(words[:n])) + 1, index[tail]
    return None


def _opens_row(meanings: list[Entry]) -> bool:
    """Whether a form is a trigger and no preposition besides ("đến" in "tính đến")."""
    kinds = {e.kind for e in meanings}
    return "frame" in kinds and "marker" not in kinds
