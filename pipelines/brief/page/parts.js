"use strict";
/* What several views are made of: a figure that opens its reports, an event in a line, a table of figures, a chart. */
brief.parts = (() => {
  const { el, data, words } = brief;
  const { t } = words;

  /* A number as a button; nothing to open where it is none. */
  function figure(count, open, label) {
    const text = words.number(count);
    return count
      ? el("button", { type: "button", class: "figure", "data-open": open, "aria-label": `${label.replace(/:$/, "")}: ${text}`, text })
      : el("span", { class: "figure none", text });
  }

  function headline(event) {
    const type = data.type(event);
    const sides = data.sides(event).map((code) => words.country(code));
    const subject = data.get("subject", event);
    const category = words.category(type, data.get("category", event));
    if (type === "meeting") {
      const place = data.get("place_text", event) ?? (data.get("place_country", event) && words.country(data.get("place_country", event)));
      return [sides.join(" – "), [category, place].filter(Boolean).join(", "), subject];
    }
    const amount = words.quantity(data.get("quantity_min", event), data.get("quantity_max", event));
    return [sides.join(" → "), [amount && `${amount} ×`, category].filter(Boolean).join(" "), subject];
  }

  function badge(event) {
    const standing = data.standing(event);
    const said = (data.get("said_by", event) || []).map((code) => words.country(code)).join(", ");
    const denied = (data.get("denied_by", event) || []).map((code) => words.country(code)).join(", ");
    const text =
      standing === "contested" && denied
        ? t("standing_by.contested", { who: denied })
        : standing === "alleged" && said
          ? t("standing_by.alleged", { who: said })
          : t(`standing.${standing}`);
    return standing === "stated" ? null : el("span", { class: `badge ${standing}`, text });
  }

  /* What is new about it; nothing in the first edition, where all is new. */
  function news(event) {
    const what = data.get("news", event);
    if (!what || !data.index.before) return null;
    const type = data.type(event);
    const steps = [];
    const stage = data.get("was_stage", event);
    const claim = data.get("was_claim", event);
    if (stage) steps.push(`${words.stage(type, stage)} → ${words.stage(type, data.get("current_stage", event))}`);
    if (claim) steps.push(`${t(`standing.${claim}`)} → ${t(`standing.${data.get("claim_status", event)}`)}`);
    if (data.get("is_newly_contested", event)) steps.push(t("news.now_contested"));
    if (what === "changed" && !steps.length) steps.push(t("news.other_reports"));
    return el("span", { class: `news ${what}`, text: what === "new" ? t("news.mark_new") : steps.join(" · ") });
  }

  /* An event as one line that opens it. */
  function line(event) {
    const [who, what, subject] = headline(event);
    const type = data.type(event);
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: `line ${type}`, "data-open": `event:${data.get("event_id", event)}` },
        el("span", { class: "kind", text: t(`type.${type}`) }),
        el("span", { class: "who", text: who }),
        el("span", { class: "what" }, what, subject && el("b", { text: ` ${subject}` })),
        el(
          "span",
          { class: "facts" },
          el("span", { class: "stage", text: words.stage(type, data.get("current_stage", event)) }),
          badge(event),
          news(event),
          el("span", { class: "date", text: words.when(event) }),
          el("span", { class: "count", text: t("reports", { n: data.get("report_count", event) }) }),
        ),
      ),
    );
  }

  /* The first of many events, and a way to all of them. */
  function lines(events, open, most = 10) {
    if (!events.length) return el("p", { class: "nothing", text: t("nothing") });
    return [
      el("ul", { class: "lines" }, events.slice(0, most).map(line)),
      events.length > most
        ? el("button", { type: "button", class: "all", "data-open": open, text: t("all", { n: events.length }) })
        : null,
    ];
  }

  /*
   * A table of counts, darker where there are more. Rows and columns are {key, label}; a row's label may be an element.
   * Columns that are `plain` stand beside the others and are not measured with them.
   */
  function heat({ caption, corner, rows, columns, count, open, label, hue, total }) {
    const numbers = rows.flatMap((row) => columns.filter((column) => !column.plain).map((column) => count(row.key, column.key)));
    const most = Math.max(1, ...numbers);
    return el(
      "div",
      { class: "scroll", tabindex: 0, role: "group", "aria-label": caption },
      el(
        "table",
        { class: `heat ${hue}` },
        el("caption", { text: caption }),
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            el("th", { scope: "col", class: "corner", text: corner }),
            columns.map((column) => el("th", { scope: "col" }, el("span", { text: column.label }))),
            total ? el("th", { scope: "col", class: "total", text: t("total") }) : null,
          ),
        ),
        el(
          "tbody",
          {},
          rows.map((row) =>
            el(
              "tr",
              {},
              el("th", { scope: "row" }, row.label),
              columns.map((column) => {
                const n = count(row.key, column.key);
                const share = n && !column.plain ? Math.sqrt(n / most) : 0;
                return el(
                  "td",
                  { class: column.plain ? "plain-cell" : share > 0.62 ? "strong" : null, vars: { "--share": share.toFixed(3) } },
                  n ? figure(n, open(row.key, column.key), label(row, column)) : null,
                );
              }),
              total ? el("td", { class: "total" }, total(row)) : null,
            ),
          ),
        ),
      ),
    );
  }

  /*
   * A chart of Observable Plot whose marks with the class name `marks` open what `open` says for their datum: by
   * pointer, or by keyboard, where Tab comes to the chart and the arrow keys go from mark to mark.
   */
  function chart({ label, draw, rows, open, name }) {
    const holder = el("figure", { class: "chart-holder" });
    let width = 0;
    const paint = () => {
      const now = Math.floor(holder.clientWidth);
      if (!now || now === width) return;
      width = now;
      const svg = draw(width);
      svg.setAttribute("role", "group");
      svg.setAttribute("aria-label", label);
      // Plot names groups of shapes by their kind, which says nothing to a reader and which a group must not have.
      for (const group of svg.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
      const marks = [...svg.querySelectorAll(".marks > *")];
      marks.forEach((mark, at) => {
        const row = rows[mark.__data__];
        mark.setAttribute("role", "button");
        mark.setAttribute("tabindex", at ? "-1" : "0");
        mark.setAttribute("aria-label", name(row));
        mark.setAttribute("data-open", open(row));
      });
      svg.addEventListener("keydown", (pressed) => {
        const at = marks.indexOf(pressed.target);
        if (at < 0) return;
        const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 }[
          pressed.key
        ];
        if (to === undefined) return;
        pressed.preventDefault();
        const next = marks[Math.max(0, Math.min(marks.length - 1, to))];
        marks[at].setAttribute("tabindex", "-1");
        next.setAttribute("tabindex", "0");
        next.focus();
      });
      holder.replaceChildren(svg);
    };
    new ResizeObserver(paint).observe(holder);
    return holder;
  }

  /* Colours named by what they mean; the style sheet knows what they look like by day and by night. */
  function legend(names, label) {
    return el(
      "ul",
      { class: "legend" },
      names.map((name) => el("li", { class: name }, el("i", { "aria-hidden": "true" }), label(name))),
    );
  }

  const tone = (name) => `var(--${name.replace("_", "-")})`;

  return { figure, headline, badge, news, line, lines, heat, chart, legend, tone };
})();
