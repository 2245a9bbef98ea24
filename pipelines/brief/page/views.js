"use strict";
/* The sections of the page: each fills its place from the events that the filter lets through. */
(() => {
  const { el, data, words, parts } = brief;
  const { t } = words;
  const TYPES = ["arms_transfer", "sanction", "meeting"];
  const STANDINGS = ["stated", "alleged", "denied", "contested"];
  const only = (events, type) => events.filter((event) => data.type(event) === type);
  const date = (at) => new Date(at * 86400000);
  const dayOf = (year, month) => Date.UTC(year, month, 1) / 86400000;

  /* How many of the events lie in each of the periods. */
  const perPeriod = (events, keys) => new Map(keys.map((key) => [key, events.filter((event) => data.periodHas(key, event)).length]));
  const columns = (keys) => keys.map((key) => ({ key, label: words.period(key), plain: !/^\d+$/.test(key) }));

  brief.views.news = (events, { filtered }) => {
    const { counts, before } = data.index;
    const news = events.filter((event) => data.get("news", event) !== null);
    const is = (what) => (event) => data.get("news", event) === what;
    const contested = news.filter((event) => data.get("is_newly_contested", event));
    const deck = before
      ? t("news.deck", { when: words.moment(before), articles: counts.new_articles })
      : t("news.first", { articles: counts.articles });
    const tiles = [
      ...TYPES.map((type) => [only(news.filter(is("new")), type).length, type, type]),
      [news.filter(is("changed")).length, "changed", "changed"],
      [contested.length, "contested", "contested"],
    ];
    const rank = (event) => (data.get("is_newly_contested", event) ? 2 : data.get("news", event) === "changed" ? 1 : 0);
    const latest = (event) => data.get("last_reported_on", event) ?? -1e9;
    const order = [...news].sort((a, b) => rank(b) - rank(a) || latest(b) - latest(a) || a - b);
    return [
      el("p", { class: "deck", text: deck }),
      el(
        "dl",
        { class: "tiles" },
        tiles.map(([n, what, hue]) =>
          el(
            "div",
            { class: hue },
            el("dt", { text: t(`news.tile.${what}`) }),
            el("dd", {}, parts.figure(n, `news:${what}`, t(`news.title.${what}`))),
          ),
        ),
      ),
      counts.withdrawn && !filtered ? el("p", { class: "note", text: t("news.withdrawn", { n: counts.withdrawn }) }) : null,
      news.length || before ? parts.lines(order, "news:all", 8) : null,
    ];
  };

  /* Months, quarters or years, so that no more than about fifty bars stand side by side. */
  function bins(events) {
    const days = events.map(data.day).filter((at) => at !== null);
    if (!days.length) return null;
    // A few events of long ago would leave no room for the rest.
    const sorted = Float64Array.from(days).sort();
    const first = date(sorted[Math.floor(sorted.length * 0.05)]).getUTCFullYear();
    const last = date(sorted[sorted.length - 1]).getUTCFullYear();
    const step = last - first < 4 ? 1 : last - first < 13 ? 3 : 12;
    const start = (at) => {
      const on = date(at);
      return dayOf(on.getUTCFullYear(), Math.floor(on.getUTCMonth() / step) * step);
    };
    const end = (at) => dayOf(date(at).getUTCFullYear(), date(at).getUTCMonth() + step) - 1;
    return { from: dayOf(first, 0), to: dayOf(last + 1, 0), oldest: sorted[0], step, start, end };
  }

  brief.views.timeline = (events, { filter }) => {
    const bin = bins(events);
    if (!bin) return el("p", { class: "nothing", text: t("nothing") });
    const shown = events.filter((event) => data.day(event) !== null && data.day(event) >= bin.from);
    const earlier = events.filter((event) => data.day(event) !== null && data.day(event) < bin.from).length;
    const undated = events.length - shown.length - earlier;
    const rows = TYPES.flatMap((type) =>
      data
        .tally(only(shown, type), (event) => [bin.start(data.day(event))])
        .map(([start, found]) => ({ type, start, end: bin.end(start), n: found.length })),
    ).sort((a, b) => a.start - b.start);
    const bars = parts.chart({
      label: t("timeline.chart"),
      rows,
      open: (row) => `when:${row.type}:${row.start}:${row.end}`,
      name: (row) => `${t(`types.${row.type}`)}, ${words.span(row.start, row.end)}: ${words.number(row.n)}`,
      draw: (width) =>
        Plot.plot({
          className: "chart",
          width,
          height: 170,
          marginLeft: 36,
          marginRight: 14,
          x: { type: "utc", domain: [date(bin.from), date(bin.to)], label: null },
          y: { grid: true, label: null, ticks: 4, tickFormat: (n) => (Number.isInteger(n) ? words.number(n) : "") },
          marks: [
            Plot.rectY(rows, {
              x1: (row) => date(row.start),
              x2: (row) => date(row.end + 1),
              y: "n",
              fill: (row) => parts.tone(row.type),
              z: "type",
              order: TYPES,
              insetLeft: 0.5,
              insetRight: 0.5,
              title: (row) => `${t(`types.${row.type}`)}, ${words.span(row.start, row.end)}: ${words.number(row.n)}`,
              className: "marks",
            }),
            Plot.ruleY([0]),
          ],
        }),
    });
    const pair = filter.country && filter.with && filter.country !== filter.with;
    return [
      el("p", { class: "deck", text: t(`timeline.by_${bin.step}`) }),
      parts.legend(TYPES, (type) => t(`types.${type}`)),
      bars,
      el(
        "p",
        { class: "note apart" },
        earlier ? el("span", {}, t("timeline.earlier"), " ", parts.figure(earlier, `when::${bin.oldest}:${bin.from - 1}`, t("timeline.earlier"))) : null,
        undated ? el("span", {}, t("timeline.undated"), " ", parts.figure(undated, "undated:", t("timeline.undated"))) : null,
      ),
      pair ? between(events, shown, filter) : pairs(events),
    ];
  };

  /* One dot an event, in the lane of its kind, amid the days on which it can have been; those at one place in a heap. */
  function between(events, shown, filter) {
    const heaps = new Map();
    const rows = shown.slice(0, 400).map((event) => {
      const type = data.type(event);
      const start = data.day(event);
      const end = data.dated(event) ? (data.get("date_end", event) ?? start) : start;
      const place = `${type}:${start}:${end}`;
      const height = heaps.get(place) ?? 0;
      heaps.set(place, height + 1);
      const lane = TYPES.indexOf(type) - 0.32 * ((height + 1) >> 1) * (height % 2 ? 1 : -1) * 0.5;
      return { event, type, start: date(start), end: date(end), at: date((start + end) / 2), lane, standing: data.standing(event) };
    });
    const name = (row) => {
      const [who, what, subject] = parts.headline(row.event);
      return [words.when(row.event), who, what, subject, words.stage(row.type, data.get("current_stage", row.event)), t(`standing.${row.standing}`)]
        .filter(Boolean)
        .join(" · ");
    };
    return el(
      "div",
      {},
      el("h3", { text: `${words.country(filter.country)} – ${words.country(filter.with)}` }),
      el("p", { class: "note", text: t("timeline.dots") }),
      parts.chart({
        label: t("timeline.dots_chart", { a: words.country(filter.country), b: words.country(filter.with) }),
        rows,
        open: (row) => `event:${data.get("event_id", row.event)}`,
        name,
        draw: (width) =>
          Plot.plot({
            className: "chart",
            width,
            height: 220,
            marginLeft: 76,
            x: { type: "utc", label: null, nice: true, grid: true },
            y: { domain: [-0.6, 2.6], reverse: true, label: null, ticks: [0, 1, 2], tickFormat: (lane) => t(`type.${TYPES[lane]}`), tickSize: 0 },
            marks: [
              Plot.ruleY([0, 1, 2], { stroke: "var(--line)" }),
              Plot.ruleY(
                rows.filter((row) => row.end > row.start),
                { x1: "start", x2: "end", y: "lane", stroke: (row) => parts.tone(row.type), strokeWidth: 1.5, strokeOpacity: 0.6 },
              ),
              Plot.dot(rows, {
                x: "at",
                y: "lane",
                r: 5,
                fill: (row) => (row.standing === "stated" ? parts.tone(row.type) : "var(--paper)"),
                stroke: (row) => (row.standing === "contested" ? "var(--contested)" : parts.tone(row.type)),
                strokeWidth: 2,
                fillOpacity: 0.85,
                title: name,
                className: "marks",
              }),
            ],
          }),
      }),
      parts.lines(events, `pair:${filter.country}:${filter.with}`, 12),
    );
  }

  function pairs(events) {
    const top = data.tally(events, (event) => data.pairs(event)).slice(0, 12);
    if (!top.length) return null;
    const years = data.periods(top.flatMap(([, found]) => found), 10);
    const counts = new Map(top.map(([key, found]) => [key, perPeriod(found, years)]));
    const label = (key) => key.split(":").map((code) => words.country(code)).join(" – ");
    return parts.heat({
      caption: t("timeline.pairs"),
      corner: t("timeline.pair"),
      hue: "plain",
      rows: top.map(([key]) => ({
        key,
        label: el("button", { type: "button", class: "link", "data-pair": key, text: label(key) }),
      })),
      columns: columns(years),
      count: (key, year) => counts.get(key).get(year),
      open: (key, year) => `pair:${key}:${year}`,
      label: (row, column) => `${label(row.key)}, ${column.label}`,
      total: (row) => parts.figure(top.find(([key]) => key === row.key)[1].length, `pair:${row.key}`, label(row.key)),
    });
  }

  brief.views.flows = (events) => {
    const arms = only(events, "arms_transfer");
    if (!arms.length) return el("p", { class: "nothing", text: t("nothing") });
    const side = (at) => (event) => [data.sides(event)[at] ?? ""];
    const suppliers = data.tally(arms, side(0)).slice(0, 10);
    const recipients = data.tally(arms, side(1)).slice(0, 10);
    const cells = new Map(data.tally(arms, (event) => [`${side(0)(event)}:${side(1)(event)}`]).map(([key, found]) => [key, found.length]));
    const name = (code) => (code ? words.country(code) : t("unknown"));
    const categories = data.tally(arms, (event) => [data.get("category", event)]);
    const years = data.periods(arms, 12);
    const byYear = new Map(categories.map(([category, found]) => [category, perPeriod(found, years)]));
    const standings = categories.slice(0, 14).flatMap(([category, found]) =>
      STANDINGS.map((standing) => ({
        category,
        standing,
        n: found.filter((event) => data.standing(event) === standing).length,
      })).filter((row) => row.n),
    );
    const bar = (row) => `${words.category("arms_transfer", row.category)}, ${t(`standing.${row.standing}`)}: ${words.number(row.n)}`;
    return [
      el("p", { class: "deck", text: t("flows.deck") }),
      el(
        "div",
        { class: "beside" },
        parts.heat({
          caption: t("flows.matrix"),
          corner: t("flows.corner"),
          hue: "arms_transfer",
          rows: suppliers.map(([code]) => ({ key: code, label: name(code) })),
          columns: recipients.map(([code]) => ({ key: code, label: name(code) })),
          count: (a, b) => cells.get(`${a}:${b}`) ?? 0,
          open: (a, b) => `flow:${a}:${b}`,
          label: (row, column) => `${row.label} → ${column.label}`,
          total: (row) => parts.figure(suppliers.find(([code]) => code === row.key)[1].length, `flow:${row.key}`, `${row.label} → ${t("flows.all_recipients")}`),
        }),
        el(
          "div",
          {},
          el("h3", { text: t("flows.by_standing") }),
          parts.legend(STANDINGS.filter((standing) => standings.some((row) => row.standing === standing)), (standing) => t(`standing.${standing}`)),
          parts.chart({
            label: t("flows.by_standing"),
            rows: standings,
            open: (row) => `arms:${row.category}::${row.standing}`,
            name: bar,
            draw: (width) =>
              Plot.plot({
                className: "chart",
                width,
                height: 26 + 22 * Math.min(14, categories.length),
                marginLeft: Math.min(190, width * 0.42),
                marginRight: 8,
                marginTop: 4,
                x: { grid: true, label: null, ticks: 4, tickFormat: (n) => (Number.isInteger(n) ? words.number(n) : "") },
                y: {
                  domain: categories.slice(0, 14).map(([category]) => category),
                  axis: null,
                },
                marks: [
                  Plot.axisY({
                    label: null,
                    tickSize: 0,
                    lineWidth: (Math.min(190, width * 0.42) - 10) / 12,
                    textOverflow: "ellipsis-end",
                    tickFormat: (category) => words.category("arms_transfer", category),
                  }),
                  Plot.barX(standings, {
                    x: "n",
                    y: "category",
                    z: "standing",
                    order: STANDINGS,
                    fill: (row) => parts.tone(row.standing),
                    insetTop: 2,
                    insetBottom: 2,
                    title: bar,
                    className: "marks",
                  }),
                ],
              }),
          }),
        ),
      ),
      parts.heat({
        caption: t("flows.by_year"),
        corner: t("flows.category"),
        hue: "arms_transfer",
        rows: categories.map(([category]) => ({ key: category, label: words.category("arms_transfer", category) })),
        columns: columns(years),
        count: (category, year) => byYear.get(category).get(year),
        open: (category, year) => `arms:${category}:${year}`,
        label: (row, column) => `${row.label}, ${column.label}`,
        total: (row) => parts.figure(categories.find(([category]) => category === row.key)[1].length, `arms:${row.key}`, row.label),
      }),
    ];
  };

  brief.views.sanctions = (events) => {
    const regimes = data.tally(events.filter(data.inForce), (event) => [data.sides(event).map((code) => code ?? "").join(":")]);
    if (!regimes.length) return el("p", { class: "nothing", text: t("nothing") });
    const most = regimes[0][1].length;
    const row = ([key, found]) => {
      const [authority, target] = key.split(":");
      const days = found.map(data.day).filter((at) => at !== null);
      const measures = data.tally(found, (event) => [data.get("category", event)]);
      const names = data.tally(found, (event) => (data.get("subject", event) ? [data.get("subject", event)] : [])).map(([name]) => name);
      const contested = found.filter(data.contested).length;
      return el(
        "tr",
        {},
        el("th", { scope: "row" }, `${words.country(authority)} → ${words.country(target)}`),
        el(
          "td",
          { class: "number" },
          el("span", { class: "bar", "aria-hidden": "true", vars: { "--share": (found.length / most).toFixed(3) } }),
          parts.figure(found.length, `regime:${key}`, t("sanctions.title", { a: words.country(authority), b: words.country(target) })),
        ),
        el("td", { class: "measures" }, measures.map(([measure]) => el("span", { class: "chip", text: words.category("sanction", measure) }))),
        el("td", { class: "nowrap", text: days.length ? words.monthOf(Math.min(...days)) : "–" }),
        el("td", { class: "nowrap", text: days.length ? words.monthOf(Math.max(...days)) : "–" }),
        el(
          "td",
          { class: "names" },
          names.slice(0, 3).join(" · "),
          names.length > 3 ? ` ${t("more", { n: names.length - 3 })}` : null,
          contested ? el("span", { class: "badge contested", text: t("sanctions.contested", { n: contested }) }) : null,
        ),
      );
    };
    const table = (some) =>
      el(
        "div",
        { class: "scroll", tabindex: 0, role: "group", "aria-label": t("sanctions.heading") },
        el(
          "table",
          { class: "list sanction" },
          el("caption", { text: t("sanctions.caption") }),
          el("thead", {}, el("tr", {}, ["who", "in_force", "measures", "since", "last", "names"].map((name) => el("th", { scope: "col", text: t(`sanctions.column.${name}`) })))),
          el("tbody", {}, some.map(row)),
        ),
      );
    const rest = regimes.slice(12);
    return [
      el("p", { class: "deck", text: t("sanctions.deck", { n: regimes.length }) }),
      table(regimes.slice(0, 12)),
      rest.length ? el("details", {}, el("summary", { text: t("sanctions.rest", { n: rest.length }) }), table(rest)) : null,
    ];
  };

  brief.views.meetings = (events, { filter }) => {
    const meetings = only(events, "meeting");
    if (!meetings.length) return el("p", { class: "nothing", text: t("nothing") });
    const years = [...new Set(meetings.map(data.year))].filter((year) => year !== null).sort((a, b) => a - b);
    if (!years.length) return parts.lines(meetings, "type:meeting", 12);
    const thisYear = date(data.newest).getUTCFullYear();
    const year = years.includes(Number(filter.year)) ? Number(filter.year) : (years.findLast((each) => each <= thisYear) ?? years[0]);
    const ahead = meetings.filter(data.ahead);
    const at = years.indexOf(year);
    // A meeting of which only the month or the year is told has no square of its own.
    const exact = (event) => !data.dated(event) || (data.get("date_end", event) ?? data.day(event)) - data.day(event) < 7;
    const ofYear = meetings.filter((event) => data.year(event) === year);
    const rows = data.tally(ofYear.filter(exact), (event) => [data.day(event)]).map(([on, found]) => ({ on, n: found.length }));
    rows.sort((a, b) => a.on - b.on);
    const most = Math.max(1, ...rows.map((row) => row.n));
    const first = dayOf(year, 0);
    const last = dayOf(year + 1, 0) - 1;
    const weekday = (day) => (date(day).getUTCDay() + 6) % 7;
    const week = (day) => Math.floor((day - first + weekday(first)) / 7);
    const all = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
    const name = (row) => `${words.day(row.on)}: ${t("events", { n: row.n })}`;
    const starts = Array.from({ length: 12 }, (_, month) => dayOf(year, month));
    const go = (to, label, text) =>
      el("button", { type: "button", class: "step", "data-year": to ?? "", disabled: to === undefined, "aria-label": label, text });
    return [
      el("p", { class: "deck", text: t("meetings.deck") }),
      el(
        "div",
        { class: "years" },
        go(years[at - 1], t("meetings.before"), "←"),
        el("h3", { "aria-live": "polite" }, String(year), " · ", parts.figure(ofYear.length, `when:meeting:${first}:${last}`, `${t("types.meeting")}, ${year}`)),
        go(years[at + 1], t("meetings.after"), "→"),
      ),
      el(
        "div",
        { class: "scroll", tabindex: 0, role: "group", "aria-label": t("meetings.calendar", { year: String(year) }) },
        parts.chart({
          label: t("meetings.calendar", { year: String(year) }),
          rows,
          open: (row) => `when:meeting:${row.on}:${row.on}`,
          name,
          draw: (width) =>
            Plot.plot({
              className: "chart",
              width: Math.max(width, 640),
              height: 150,
              marginLeft: 34,
              marginTop: 22,
              marginRight: 2,
              marginBottom: 4,
              padding: 0.08,
              x: { type: "band", domain: d3.range(0, 54), axis: null },
              y: { type: "band", domain: d3.range(0, 7), label: null, tickSize: 0, tickFormat: (day) => words.lookup("weekdays")[day] },
              marks: [
                Plot.text(starts, { x: (on) => week(on), text: (on) => words.month(date(on).getUTCMonth()), frameAnchor: "top", dy: -16, textAnchor: "start", dx: -4 }),
                Plot.cell(all, { x: week, y: weekday, fill: "var(--line)" }),
                Plot.cell(rows, {
                  x: (row) => week(row.on),
                  y: (row) => weekday(row.on),
                  fill: (row) => `color-mix(in oklab, var(--meeting) ${Math.round(35 + 65 * Math.sqrt(row.n / most))}%, var(--paper))`,
                  title: name,
                  className: "marks",
                }),
              ],
            }),
        }),
      ),
      parts.lines(ofYear, `when:meeting:${first}:${last}`, 10),
      ahead.length ? [el("h3", {}, t("meetings.planned"), " · ", parts.figure(ahead.length, "planned", t("meetings.planned"))), parts.lines([...ahead].reverse(), "planned", 6)] : null,
    ];
  };

  brief.views.claims = (events) => {
    // Where there is something to set beside the denial, first.
    const alone = (event) => (data.get("claim_status", event) === "denied" ? 1 : 0);
    const contested = events.filter(data.contested).sort((a, b) => alone(a) - alone(b) || a - b);
    const accusations = data
      .tally(events, (event) => data.accusations(event).map((pair) => pair.join(":")))
      .slice(0, 12);
    return [
      el("p", { class: "deck", text: t("claims.deck", { n: contested.length }) }),
      contested.length
        ? [
            el("div", { class: "cards" }, contested.slice(0, 6).map(card)),
            contested.length > 6 ? el("button", { type: "button", class: "all", "data-open": "contested", text: t("all", { n: contested.length }) }) : null,
          ]
        : el("p", { class: "nothing", text: t("nothing") }),
      accusations.length
        ? el(
            "div",
            { class: "scroll", tabindex: 0, role: "group", "aria-label": t("claims.who") },
            el(
              "table",
              { class: "list contested" },
              el("caption", { text: t("claims.who") }),
              el("thead", {}, el("tr", {}, ["claimant", "accused", "events", "contested"].map((name) => el("th", { scope: "col", text: t(`claims.column.${name}`) })))),
              el(
                "tbody",
                {},
                accusations.map(([key, found]) => {
                  const [a, b] = key.split(":");
                  const title = t("claims.title", { a: words.country(a), b: words.country(b) });
                  return el(
                    "tr",
                    {},
                    el("th", { scope: "row", text: words.country(a) }),
                    el("td", { text: words.country(b) }),
                    el("td", { class: "number" }, el("span", { class: "bar", "aria-hidden": "true", vars: { "--share": (found.length / accusations[0][1].length).toFixed(3) } }), parts.figure(found.length, `claim:${key}`, title)),
                    el("td", { class: "number" }, parts.figure(found.filter(data.contested).length, `claim:${key}:contested`, `${title}, ${t("standing.contested")}`)),
                  );
                }),
              ),
            ),
          )
        : null,
    ];
  };

  /* What is said and what is denied, beside each other. */
  function card(event) {
    const [who, what, subject] = parts.headline(event);
    const columns = el("div", { class: "versus" });
    const side = (name, reports) =>
      el(
        "div",
        { class: name },
        el("h4", { text: t(`claims.${name}`) }),
        reports.length
          ? reports.slice(0, 1).map((report) => brief.sheet.quote(report, event))
          : el("p", { class: "nothing", text: t("claims.no_side") }),
      );
    data.reports(event).then(
      (reports) =>
        columns.replaceChildren(
          side("said", reports.filter((report) => report.claim_status !== "denied")),
          side("denied", reports.filter((report) => report.claim_status === "denied")),
        ),
      () => columns.replaceChildren(el("p", { class: "nothing", text: t("gone") })),
    );
    return el(
      "article",
      { class: `card ${data.type(event)}` },
      el("h3", {}, el("button", { type: "button", class: "link", "data-open": `event:${data.get("event_id", event)}`, text: [who, what, subject].filter(Boolean).join(" · ") })),
      el("p", { class: "facts" }, el("span", { text: words.stage(data.type(event), data.get("current_stage", event)) }), parts.badge(event), el("span", { text: words.when(event) })),
      columns,
    );
  }
})();
