"""Arms transfers: supplier x recipient x weapon category of a trigger."""

from __future__ import annotations

from pipelines.extraction import claims, stages, weapons
from pipelines.extraction.clauses import View
from pipelines.extraction.items import Party
from pipelines.extraction.reader import Reader
from pipelines.extraction.roles import find
from pipelines.extraction.rows import Row, actor_of, evidence


def read(view: View, reader: Reader) -> list[Row]:
    """The rows of one arms trigger; empty when weapons or a side are missing."""
    taken, back = weapons.objects(view)
    if not taken and not back:
        return []
    suppliers, recipients, places = _sides(view)
    sides = {p.country for p in suppliers}, {p.country for p in recipients}
    if not suppliers or not recipients or sides[0] == sides[1]:
        return []
    subjects = sides[0] if "subject" in places or "agent" in places else sides[1]
    claim = claims.judge(view, {c for c in subjects if c}, {c for c in sides[0] | sides[1] if c}, reader.memory)
    if claim.status is None:
        return []
    left = view.subject_before(view.t if view.passive is None else view.passive)
    left = -1 if left is None else left
    stage = stages.stage_of(view, left, view.frame.default)
    if claim.refused:
        stage = "refused"
    elif stage in ("delivered", "agreed") and "asker" in places:
        stage = "sought"
    when = reader.when(view, left)
    value = reader.quantities.dollars(view.folded, view.sentence.start, view.sentence.end)
    out = []
    for phrase in taken:
        for supplier in suppliers:
            for recipient in recipients:
                out += _row(view, reader, phrase, supplier, recipient, stage, claim, when, value)
    for phrase in back:
        for supplier in recipients:
            for recipient in suppliers:
                out += _row(view, reader, phrase, supplier, recipient, stage, claim, when, None)
    return out


def _sides(view: View) -> tuple[list[Party], list[Party], set[str]]:
    roles = list(view.frame.roles)
    found: dict[str, list[Party]] = {}
    places: set[str] = set()
    taken: frozenset[str] = frozenset()
    for role in roles:
        parties, place = find(view, role, taken)
        found[role] = parties
        places.add(place)
        taken = taken | {p.country for p in parties if p.country}
    return found.get("supplier", []), found.get("recipient", []), places


def _row(view, reader, phrase, supplier, recipient, stage, claim, when, value) -> list[Row]:  # noqa: PLR0913
    if supplier.country == recipient.country or not supplier.country or not recipient.country:
        return []
    grammar = view.pack.grammar
    if phrase.category == "personnel" and not grammar["personnel_needs"].search(view.folded, view.sentence.start, view.sentence.end):
        return []
    quantity = reader.quantities.before(view.folded, view.sentence.start, phrase.start)
    quantity = quantity or reader.quantities.after(view.folded, phrase.end, view.sentence.end)
    start, end = evidence(view)
    columns = {
        "supplier_country": supplier.country,
        "supplier_actor": actor_of(supplier, view.text),
        "recipient_country": recipient.country,
        "recipient_actor": actor_of(recipient, view.text),
        "end_user": _end_user(view, recipient, supplier),
        "weapon_category": phrase.category,
        "weapon_designation": phrase.designation,
        "quantity_min": quantity.low if quantity else None,
        "quantity_max": quantity.high if quantity else None,
        "quantity_unit": quantity.unit if quantity else None,
        "quantity_text": view.text[quantity.start : quantity.end] if quantity else None,
        "value_usd": value,
    }
    key = (supplier.country, recipient.country, phrase.category)
    rule = f"{view.frame.fact_type}.{view.frame.name}"
    return [
        Row("arms_transfer", key, stage, claim.status, claim.country, claim.actor, when, start, end, rule, 0.9, columns,
            trigger=(view.trigger.start, view.trigger.end))
    ]  # fmt: skip


def _end_user(view: View, recipient: Party, supplier: Party) -> str | None:
    if recipient.group:
        return recipient.group
    for item in view.items[view.t + 1 :]:
        for party in item.parties:
            if party.group and party.kind in ("group", "institution") and party.country == recipient.country and party.group != supplier.group:
                return party.group
    return None
