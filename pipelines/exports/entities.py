"""Events as FollowTheMoney entities: https://followthemoney.tech, for Aleph, OpenSanctions and their like.

| warehouse | entity |
|---|---|
| country or bloc that a row names | PublicBody, Organization |
| known actor; person or organisation under sanctions; person who meets | Person, Organization |
| sanction imposed, in force, extended, eased, lifted or violated, and stated | Sanction on its target |
| arms transfer; meeting; any other sanction | Event |
| article with a report | Article |
| report | Documentation: its article, what it is about, the evidence as summary, the claim status as status |

FollowTheMoney has no claims, so an event that is only denied is left out. `recordId` is `event_id` or `report_id`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipelines.contract import FACT_TYPES

# Stages in which there is a sanction; before them it is words.
_IN_BEING = ("imposed", "in_force", "extended", "eased", "lifted", "violated")
_ACTOR_SCHEMA = {"person": "Person", "company": "Company"}
_KEY = "armswatch"

Row = dict[str, Any]


class InvalidEntityError(ValueError):
    """FollowTheMoney's own validation refuses an entity; the message names it and the reason."""


def write_entities(con: duckdb.DuckDBPyConnection, path: Path) -> dict[str, int]:
    """Write one entity a line and return how many there are of each schema.

    Raises ModuleNotFoundError without the package `followthemoney`, InvalidEntityError when one is not valid.
    """
    writer = _Entities(con)
    with path.open("w", encoding="utf-8") as file:
        for entity in writer.all():
            file.write(json.dumps(entity.to_dict(), ensure_ascii=False, sort_keys=True) + "\n")
    return dict(sorted(writer.counts.items()))


class _Entities:
    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        from followthemoney import model
        from followthemoney.exc import InvalidData

        self._model, self._invalid = model, InvalidData
        self._con = con
        self._countries = {row["country_code"]: row for row in self._rows("from marts.dim_countries")}
        self._actors, self._actor_by_name = self._known_actors()
        self._written: set[str] = set()
        self.counts: dict[str, int] = {}

    def all(self) -> Iterator[Any]:
        about: dict[str, str] = {}
        for fact_type, make in zip(FACT_TYPES, (self._transfer, self._sanction, self._meeting), strict=True):
            people = self._people() if fact_type == "meeting" else {}
            articles = self._articles_of(fact_type)
            for row in self._rows(f"from marts.fct_{fact_type}s where claim_status <> 'denied' order by event_id"):
                row["people"] = people.get(row["event_id"], [])
                row["articles"] = articles[row["event_id"]]
                for entity, is_subject in make(row):
                    if is_subject:
                        about[row["event_id"]] = entity.id
                    yield from self._once(entity)
        yield from self._provenance(about)

    def _transfer(self, row: Row) -> Iterator[tuple[Any, bool]]:
        sides = [
            side
            for code in (row["supplier_country"], row["recipient_country"], row["end_user"])
            if (side := self._country(code))
        ]
        named = [row["supplier_actor"], row["recipient_actor"], row["end_user"]]
        known = [actor for name in named if (actor := self._actor_called(name))]
        supplier, recipient = (self._label(row[side]) for side in ("supplier_country", "recipient_country"))
        weapon = row["weapon_designation"] or row["weapon_category"].replace("_", " ")
        event = self._event(row, f"Arms transfer: {supplier} → {recipient}, {weapon}")
        event.add(
            "country", [self._country_code(row["supplier_country"]), self._country_code(row["recipient_country"])]
        )
        event.add("keywords", ["arms transfer", row["weapon_category"], row["weapon_designation"]])
        event.add("namesMentioned", named)
        event.add("involved", [side.id for side in (*sides, *known)])
        for entity in (*sides, *known):
            yield entity, False
        yield event, True

    def _meeting(self, row: Row) -> Iterator[tuple[Any, bool]]:
        sides = [side for code in row["participant_countries"] if (side := self._country(code))]
        persons = [self._person(*person) for person in row["people"]]
        countries = ", ".join(self._label(code) for code in row["participant_countries"])
        event = self._event(row, f"{row['meeting_kind'].capitalize()}: {countries}")
        event.add("country", [self._country_code(code) for code in row["participant_countries"]])
        event.add("location", row["place_text"])
        event.add("keywords", ["meeting", row["meeting_kind"]])
        event.add("summary", row["topic"])
        event.add("involved", [side.id for side in (*sides, *persons)])
        for entity in (*sides, *persons):
            yield entity, False
        yield event, True

    def _sanction(self, row: Row) -> Iterator[tuple[Any, bool]]:
        target = self._target(row)
        authority = self._country(row["authority"])
        measure = row["measure"].replace("_", " ")
        if target and row["current_stage"] in _IN_BEING and row["claim_status"] == "stated":
            sanction = self._model.make_entity("Sanction")
            sanction.id = f"{_KEY}-{row['event_id']}"
            sanction.add("entity", target.id)
            sanction.add("authority", [row["authority_actor"], self._label(row["authority"])])
            sanction.add("country", self._country_code(row["authority"]))
            sanction.add("provisions", measure)
            sanction.add("reason", row["reason"])
            sanction.add("status", row["current_stage"].replace("_", " "))
            self._interval(sanction, row)
            yield target, False
            yield sanction, False
            # Documentation is of things, and to FollowTheMoney a sanction is none: its target stands for it.
            yield target, True
            return
        sides = [side for side in (authority, target) if side]
        event = self._event(row, f"Sanction: {self._label(row['authority'])} → {self._label(row['target_country'])}")
        event.add("keywords", ["sanction", measure])
        event.add("namesMentioned", [row["authority_actor"], row["target_name"]])
        event.add("involved", [side.id for side in sides])
        for side in sides:
            yield side, False
        yield event, True

    def _event(self, row: Row, name: str) -> Any:
        event = self._model.make_entity("Event")
        event.id = f"{_KEY}-{row['event_id']}"
        alleged = "Alleged: " if row["claim_status"] == "alleged" else ""
        event.add("name", f"{alleged}{name} ({row['current_stage'].replace('_', ' ')})")
        event.add("keywords", [row["current_stage"], row["claim_status"], "contested" if row["is_contested"] else None])
        self._interval(event, row)
        return event

    def _interval(self, entity: Any, row: Row) -> None:
        entity.add("date", _common_date(row["date_start"], row["date_end"]))
        entity.add("recordId", row["event_id"])
        entity.add("proof", [f"{_KEY}-{document_id}" for document_id in row["articles"]])

    def _target(self, row: Row) -> Any | None:
        if row["target_kind"] in ("person", "organisation") and row["target_name"]:
            known = self._actor_called(row["target_name"])
            return known or self._named(
                "Person" if row["target_kind"] == "person" else "Organization",
                row["target_name"],
                row["target_country"],
            )
        return self._country(row["target_country"])

    def _country(self, code: str | None) -> Any | None:
        country = self._countries.get(code)
        if country is None:
            return None
        entity = self._model.make_entity("PublicBody" if country["kind"] == "country" else "Organization")
        entity.id = f"{_KEY}-{code.lower()}"
        entity.add("name", country["name_en"])
        entity.add("alias", country["name_vi"])
        entity.add("country", self._country_code(code))
        return entity

    def _country_code(self, code: str | None) -> str | None:
        """What FollowTheMoney knows of our codes: blocs have none there, but for the EU."""
        country = self._countries.get(code)
        return code.lower() if country and (country["kind"] == "country" or code == "EU") else None

    def _label(self, code: str | None) -> str:
        return self._countries[code]["name_en"] if code in self._countries else "unnamed"

    def _known_actors(self) -> tuple[dict[str, list[Row]], dict[str, str | None]]:
        actors: dict[str, list[Row]] = {}
        by_name: dict[str, str | None] = {}
        for row in self._rows("from marts.dim_actors order by actor_id, valid_from"):
            actors.setdefault(row["actor_id"], []).append(row)
            for name in {row["name"], *row["names"]}:
                key = name.casefold()
                by_name[key] = row["actor_id"] if by_name.get(key, row["actor_id"]) == row["actor_id"] else None
        return actors, by_name

    def _actor_called(self, name: str | None) -> Any | None:
        """The one actor of that name; none when several have it."""
        actor_id = self._actor_by_name.get(name.casefold()) if name else None
        return self._actor(actor_id) if actor_id else None

    def _actor(self, actor_id: str) -> Any:
        roles = self._actors[actor_id]
        entity = self._model.make_entity(_ACTOR_SCHEMA.get(roles[0]["kind"], "Organization"))
        entity.id = f"{_KEY}-actor-{actor_id}"
        for row in roles:
            entity.add("name", row["name"])
            entity.add("alias", [name for name in row["names"] if name != row["name"] and " " in name])
            entity.add("country", self._country_code(row["country_code"]))
            entity.add("wikidataId", row["wikidata_id"])
            if entity.schema.name == "Person":
                entity.add("position", row["role"])
        return entity

    def _person(self, name: str, country: str | None, actor_id: str | None) -> Any:
        return self._actor(actor_id) if actor_id in self._actors else self._named("Person", name, country)

    def _named(self, schema: str, name: str, country: str | None) -> Any:
        entity = self._model.make_entity(schema, key_prefix=_KEY)
        entity.make_id(schema, name.casefold(), country)
        entity.add("name", name)
        entity.add("country", self._country_code(country))
        return entity

    def _people(self) -> dict[str, list[tuple[str, str | None, str | None]]]:
        people: dict[str, list[tuple[str, str | None, str | None]]] = {}
        for row in self._rows("from marts.bridge_meeting_participants where participant_name is not null order by all"):
            person = (row["participant_name"], row["participant_country"], row["actor_id"])
            people.setdefault(row["event_id"], []).append(person)
        return people

    def _articles_of(self, fact_type: str) -> dict[str, list[str]]:
        return dict(
            self._con.execute(
                f"select event_id, list(distinct document_id order by document_id) from marts.fct_{fact_type}_reports "  # noqa: S608
                "group by 1"
            ).fetchall()
        )

    def _provenance(self, about: dict[str, str]) -> Iterator[Any]:
        for fact_type in FACT_TYPES:
            for row in self._rows(
                f"""
                select r.report_id, r.event_id, r.stage, r.claim_status, r.claimed_by_country, r.claimed_by_actor,
                    r.evidence_text, d.* exclude (body)
                from marts.fct_{fact_type}_reports as r join marts.dim_documents as d using (document_id)
                order by document_id, evidence_start, report_id
                """  # noqa: S608
            ):
                if row["event_id"] not in about:
                    continue
                article = self._article(row)
                yield from self._once(article)
                link = self._model.make_entity("Documentation")
                link.id = f"{_KEY}-{row['report_id']}"
                link.add("document", article.id)
                link.add("entity", about[row["event_id"]])
                link.add("role", f"{fact_type.replace('_', ' ')}, {row['stage'].replace('_', ' ')}")
                link.add("status", row["claim_status"])
                link.add("summary", row["evidence_text"])
                claimant = row["claimed_by_actor"] or row["claimed_by_country"]
                link.add("description", f"Claimed by {claimant}" if claimant else None)
                link.add("date", row["published_on"])
                link.add("recordId", row["report_id"])
                yield from self._once(link)

    def _article(self, row: Row) -> Any:
        article = self._model.make_entity("Article")
        article.id = f"{_KEY}-{row['document_id']}"
        article.add("title", row["title"])
        article.add("fileName", row["source_path"])
        article.add("sourceUrl", row["url"])
        article.add("publisher", row["outlet"])
        article.add("language", row["language"])
        article.add("publishedAt", row["published_on"])
        return article

    def _once(self, entity: Any) -> Iterator[Any]:
        if entity.id in self._written:
            return
        self._written.add(entity.id)
        missing = [name for name in entity.schema.required if not entity.has(name)]
        try:
            entity.schema.validate({"properties": entity.properties})
        except self._invalid as error:
            raise InvalidEntityError(f"{entity.schema.name} {entity.id}: {error.errors}") from None
        if missing:
            raise InvalidEntityError(f"{entity.schema.name} {entity.id} has no {', '.join(missing)}")
        self.counts[entity.schema.name] = self.counts.get(entity.schema.name, 0) + 1
        yield entity

    def _rows(self, query: str) -> Iterator[Row]:
        cursor = self._con.cursor().execute(query)
        names = [column[0] for column in cursor.description]
        while rows := cursor.fetchmany(1000):
            yield from (dict(zip(names, row, strict=True)) for row in rows)


def _common_date(start: date | None, end: date | None) -> str | None:
    """What is sure of a date: the day, else the month or the year that both ends lie in."""
    if start is None or end is None:
        return None
    if start == end:
        return start.isoformat()
    if start.year != end.year:
        return None
    return f"{start:%Y-%m}" if start.month == end.month else f"{start:%Y}"
