"use strict";
/* The index of events, by column, and the questions that the views put to it. An event is its place in the index. */
brief.data = (() => {
  const index = brief.take("index");
  const columns = index.events;
  const count = index.counts.events;
  const IN_FORCE = new Set(["imposed", "in_force", "extended", "violated"]);

  function get(name, event) {
    const column = columns[name];
    if (!column) return null;
    if (Array.isArray(column)) return column[event];
    const code = column.at[event];
    return code < 0 ? null : column.codes[code];
  }

  const type = (event) => get("fact_type", event);
  const sides = (event) => get("sides", event) || [];
  const contested = (event) => Boolean(get("is_contested", event));
  const standing = (event) => (contested(event) ? "contested" : get("claim_status", event));
  const dated = (event) => get("date_start", event) !== null && get("date_start", event) !== undefined;

  const every = Array.from({ length: count }, (_, event) => event);
  const days = every.map((event) => get("date_start", event) ?? get("first_reported_on", event) ?? null);
  const years = days.map((at) => (at === null ? null : new Date(at * 86400000).getUTCFullYear()));

  /* Its day: the one that is told, else the one on which it was first reported, else null. */
  const day = (event) => days[event];
  const year = (event) => years[event];

  /*
   * The years that the columns of a table stand for, as keys: `-2013` all before, `2014` …, `2024-` all after, `none`
   * without a day. The newest year is the one in which nearly all lie, as a few texts look far ahead.
   */
  function periods(events, most) {
    const years = events.map(year).filter((at) => at !== null).sort((a, b) => a - b);
    const none = years.length < events.length ? ["none"] : [];
    if (!years.length) return none;
    const last = years[Math.ceil(years.length * 0.99) - 1];
    const first = Math.max(years[0], last - most + 1);
    const keys = Array.from({ length: last - first + 1 }, (_, offset) => String(first + offset));
    if (years[0] < first) keys.unshift(`-${first - 1}`);
    if (years.at(-1) > last) keys.push(`${last + 1}-`);
    return [...keys, ...none];
  }

  function periodHas(key, event) {
    const at = year(event);
    if (key === "none" || at === null) return key === "none" && at === null;
    if (key.startsWith("-")) return at <= Number(key.slice(1));
    return key.endsWith("-") ? at >= Number(key.slice(0, -1)) : at === Number(key);
  }

  /* The last day that any article was published on: what lies beyond it is ahead. */
  const newest = every.reduce((latest, event) => Math.max(latest, get("last_reported_on", event) ?? -Infinity), -Infinity);
  const ahead = (event) =>
    type(event) === "meeting" && ["planned", "proposed"].includes(get("current_stage", event)) && dated(event) && (get("date_end", event) ?? day(event)) >= newest;

  const toDay = (text) => Date.parse(`${text}T00:00:00Z`) / 86400000;

  /* Events that the filter lets through, latest first. */
  function select(filter) {
    const sideMatches = columns.sides.codes.map(
      (codes) =>
        (!filter.country || codes.includes(filter.country)) &&
        (!filter.with || filter.with === filter.country || codes.includes(filter.with)),
    );
    const anySide = !filter.country && !filter.with;
    const [categoryType, category] = filter.category.split(".");
    const from = filter.from ? toDay(filter.from) : null;
    const to = filter.to ? toDay(filter.to) : null;
    const hasStatus = status(filter.status);
    const found = [];
    for (let event = 0; event < count; event++) {
      const of = columns.sides.at[event];
      if (!anySide && (of < 0 || !sideMatches[of])) continue;
      if (filter.type && type(event) !== filter.type) continue;
      if (category && (type(event) !== categoryType || get("category", event) !== category)) continue;
      if (hasStatus && !hasStatus(event)) continue;
      if (from !== null || to !== null) {
        const start = day(event);
        if (start === null) continue;
        const end = dated(event) ? (get("date_end", event) ?? start) : start;
        if ((from !== null && end < from) || (to !== null && start > to)) continue;
      }
      found.push(event);
    }
    return found;
  }

  function status(text) {
    const [kind, a, b] = text.split(".");
    if (kind === "claim") return (event) => get("claim_status", event) === a;
    if (kind === "contested") return contested;
    if (kind === "news") return (event) => get("news", event) === a;
    if (kind === "stage") return (event) => type(event) === a && get("current_stage", event) === b;
    return null;
  }

  const pairsOf = columns.sides.codes.map((codes) => {
    const known = [...new Set(codes.filter(Boolean))].sort();
    return known.flatMap((a, at) => known.slice(at + 1).map((b) => `${a}:${b}`));
  });

  /* Each two sides of an event as `a:b`, the code that comes first before the other. */
  function pairs(event) {
    const code = columns.sides.at[event];
    return code < 0 ? [] : pairsOf[code];
  }

  /* Who alleges it, of whom: [claimant, accused]. */
  function accusations(event) {
    return (get("said_by", event) || []).flatMap((claimant) =>
      [...new Set(sides(event))].filter((side) => side && side !== claimant).map((side) => [claimant, side]),
    );
  }

  const inForce = (event) => type(event) === "sanction" && IN_FORCE.has(get("current_stage", event));

  /* Numbers of what `keys` gives for each event: [[key, events]], most first. */
  function tally(events, keys) {
    const groups = new Map();
    for (const event of events) {
      const found = keys(event);
      for (const key of found.length > 1 ? new Set(found) : found) {
        const group = groups.get(key);
        if (group) group.push(event);
        else groups.set(key, [event]);
      }
    }
    return [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  }

  async function reports(event) {
    const number = brief.shardOf(index.report_shards, event);
    const shard = await brief.shard("reports", number);
    return shard[event - index.report_shards[number]] || [];
  }

  async function article(place) {
    const number = brief.shardOf(index.article_shards, place);
    const shard = await brief.shard("articles", number);
    return shard[place - index.article_shards[number]];
  }

  let places = null;
  function find(id) {
    places ??= new Map(columns.event_id.map((each, event) => [each, event]));
    return places.get(id) ?? null;
  }

  return {
    index, count, every, get, type, sides, contested, standing, dated, day, year, periods, periodHas, newest, ahead, toDay, select, pairs, accusations, inForce,
    tally, reports, article, find,
  };
})();
