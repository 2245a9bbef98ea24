"use strict";
/* What a figure opens: `kind:argument:…` in `data-open` and in the address. Each kind says which events, and their title. */
brief.opens = (() => {
  const { data, words } = brief;
  const { t } = words;
  const either = (codes, a, b) => codes.includes(a) && codes.includes(b);
  const country = (code) => words.country(code);
  const inPeriod = (key) => (event) => !key || data.periodHas(key, event);
  const within = (from, to) => (event) => {
    const at = data.day(event);
    return at !== null && at >= Number(from) && at <= Number(to);
  };

  const KINDS = {
    news: (what) => ({
      has: (event) =>
        what === "changed" || what === "new"
          ? data.get("news", event) === what
          : what === "contested"
            ? Boolean(data.get("is_newly_contested", event))
            : what === "all"
              ? data.get("news", event) !== null
              : data.get("news", event) === "new" && data.type(event) === what,
      title: () => t(`news.title.${what}`),
    }),
    when: (type, from, to) => {
      const near = within(from, to);
      return {
        has: (event) => (!type || data.type(event) === type) && near(event),
        title: () => `${type ? `${t(`types.${type}`)}, ` : ""}${words.span(Number(from), Number(to))}`,
      };
    },
    undated: (type) => ({
      has: (event) => (!type || data.type(event) === type) && data.day(event) === null,
      title: () => t("undated_events"),
    }),
    pair: (a, b, year) => ({
      has: (event) => either(data.sides(event), a, b) && inPeriod(year)(event),
      title: () => `${country(a)} – ${country(b)}${year ? `, ${words.period(year)}` : ""}`,
    }),
    flow: (a, b) => ({
      has: (event) =>
        data.type(event) === "arms_transfer" &&
        (data.sides(event)[0] ?? "") === a &&
        (b === undefined || (data.sides(event)[1] ?? "") === b),
      title: () => `${country(a)} → ${b === undefined ? t("flows.all_recipients") : country(b)}`,
    }),
    to: (b) => ({
      has: (event) => data.type(event) === "arms_transfer" && (data.sides(event)[1] ?? "") === b,
      title: () => `${t("flows.all_suppliers")} → ${country(b)}`,
    }),
    arms: (category, year, standing) => ({
      has: (event) =>
        data.type(event) === "arms_transfer" &&
        data.get("category", event) === category &&
        inPeriod(year)(event) &&
        (!standing || data.standing(event) === standing),
      title: () =>
        [words.category("arms_transfer", category), year && words.period(year), standing && t(`standing.${standing}`)].filter(Boolean).join(", "),
    }),
    regime: (a, b) => ({
      has: (event) =>
        data.inForce(event) && (data.sides(event)[0] ?? "") === a && (data.sides(event)[1] ?? "") === b,
      title: () => t("sanctions.title", { a: country(a), b: country(b) }),
    }),
    claim: (claimant, accused, contested) => ({
      has: (event) =>
        (!contested || data.contested(event)) &&
        data.accusations(event).some(([one, other]) => one === claimant && other === accused),
      title: () => t("claims.title", { a: country(claimant), b: country(accused) }),
    }),
    planned: () => ({
      has: data.ahead,
      title: () => t("meetings.planned"),
    }),
    type: (type) => ({ has: (event) => data.type(event) === type, title: () => t(`types.${type}`) }),
    contested: () => ({ has: data.contested, title: () => t("claims.heading") }),
  };

  /* {events, title} of what is asked for among the events selected; null when it asks for nothing known. */
  function resolve(text, selected) {
    const [kind, ...given] = text.split(":");
    if (kind === "event") {
      const event = data.find(given[0]);
      return event === null ? null : { events: [event], title: words.t(`type.${data.type(event)}`) };
    }
    if (!Object.hasOwn(KINDS, kind)) return null;
    const { has, title } = KINDS[kind](...given);
    return { events: selected.filter(has), title: title() };
  }

  return { resolve };
})();
