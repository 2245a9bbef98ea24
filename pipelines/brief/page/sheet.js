"use strict";
/* What a figure opens: its events with their reports, and an article with the evidence marked in place. */
brief.sheet = (() => {
  const { el, data, words, parts, state } = brief;
  const { t } = words;
  // Events that are shown at once, and reports of each.
  const PAGE = 12;
  const FIRST = 4;
  const dialog = document.getElementById("sheet");
  const title = document.getElementById("sheet-title");
  const body = document.getElementById("sheet-body");
  // What is shown, so that it is drawn again only when that changes.
  let shown = "";

  const ROLES = {
    arms_transfer: ["supplier_actor", "recipient_actor", "end_user", "weapon_designation", "quantity_text"],
    sanction: ["authority_actor", "target_name", "reason"],
    meeting: ["people", "place_text", "topic"],
  };

  /* A report as its passage, who says so, and the way into its article. */
  function quote(report, event) {
    const type = data.type(event);
    const says = words.voices(report.claimed_by_actor, report.claimed_by_country);
    const source = [report.outlet, report.published_on !== undefined ? words.day(report.published_on) : null].filter(Boolean).join(", ");
    const roles = ROLES[type].filter((name) => report[name]).map((name) => [t(`role.${name}`), String(report[name])]);
    if (report.value_usd) roles.push([t("role.value_usd"), words.money(report.value_usd)]);
    if (report.date_start !== undefined) roles.push([t("role.date"), `${words.span(report.date_start, report.date_end)}${report.date_text ? ` (${report.date_text})` : ""}`]);
    return el(
      "figure",
      { class: `quote ${report.claim_status}` },
      el("blockquote", { text: report.evidence_text }),
      el(
        "figcaption",
        {},
        el("span", { class: "stage", text: words.stage(type, report.stage) }),
        el("span", { class: `badge ${report.claim_status}`, text: says ? t(`standing_by.${report.claim_status}`, { who: says }) : t(`standing.${report.claim_status}`) }),
        el("span", { class: "source" }, source ? `${source}: ` : null, el("cite", { text: report.title ?? t("untitled") })),
        el("button", {
          type: "button",
          class: "read",
          "data-report": `${data.get("event_id", event)}.${report.report_id}`,
          "aria-label": `${t("read")}: ${report.title ?? t("untitled")}`,
          text: t("read"),
        }),
      ),
      roles.length ? el("dl", { class: "roles" }, roles.map(([name, value]) => el("div", {}, el("dt", { text: name }), el("dd", { text: value })))) : null,
    );
  }

  async function block(event) {
    const [who, what, subject] = parts.headline(event);
    const type = data.type(event);
    const reports = await data.reports(event);
    return el(
      "article",
      { class: `event ${type}` },
      el("h3", {}, el("span", { class: "kind", text: t(`type.${type}`) }), " ", who),
      el("p", { class: "what" }, what, subject && el("b", { text: ` ${subject}` })),
      el("p", { class: "facts" }, el("span", { class: "stage", text: words.stage(type, data.get("current_stage", event)) }), parts.badge(event), parts.news(event), el("span", { text: words.when(event) }), el("span", { text: t("reports", { n: reports.length }) })),
      reports.slice(0, FIRST).map((report) => quote(report, event)),
      reports.length > FIRST
        ? el(
            "details",
            {},
            el("summary", { text: t("more_reports", { n: reports.length - FIRST }) }),
            reports.slice(FIRST).map((report) => quote(report, event)),
          )
        : null,
    );
  }

  async function list(found) {
    const holder = el("div", { class: "events" });
    const more = el("button", { type: "button", class: "all" });
    let from = 0;
    const next = async () => {
      const some = found.events.slice(from, from + PAGE);
      const blocks = await Promise.all(some.map(block));
      holder.append(...blocks);
      from += some.length;
      more.textContent = t("next", { n: Math.min(PAGE, found.events.length - from) });
      if (from >= found.events.length) more.remove();
      return blocks[0];
    };
    more.addEventListener("click", async () => {
      const first = await next();
      first.tabIndex = -1;
      first.focus();
    });
    await next();
    return [
      el("p", { class: "deck", text: t("found", { n: found.events.length, reports: found.events.reduce((sum, event) => sum + data.get("report_count", event), 0) }) }),
      holder,
      from < found.events.length ? more : null,
    ];
  }

  /* The text cut at paragraph ends and where passages begin and end; the passage asked for is marked apart. */
  function marked(text, passages, chosen) {
    const signs = Array.from(text);
    const [start, end] = chosen;
    const cuts = new Set([0, signs.length]);
    for (const [from, to] of passages) cuts.add(from).add(to);
    signs.forEach((sign, at) => {
      if (sign === "\n") cuts.add(at).add(at + 1);
    });
    const edges = [...cuts].sort((a, b) => a - b);
    const paragraphs = [el("p")];
    for (let at = 0; at + 1 < edges.length; at++) {
      const [from, to] = [edges[at], edges[at + 1]];
      const piece = signs.slice(from, to).join("");
      if (piece === "\n") {
        if (paragraphs.at(-1).hasChildNodes()) paragraphs.push(el("p"));
      } else if (from >= start && to <= end) {
        paragraphs.at(-1).append(el("mark", { class: "evidence", text: piece }));
      } else if (passages.some(([one, other]) => from >= one && to <= other)) {
        paragraphs.at(-1).append(el("mark", { class: "other", text: piece }));
      } else {
        paragraphs.at(-1).append(piece);
      }
    }
    return paragraphs;
  }

  async function article(text, canGoBack) {
    const [eventId, reportId] = text.split(".");
    const event = data.find(eventId);
    const report = event === null ? undefined : (await data.reports(event)).find((each) => each.report_id === reportId);
    if (!report) return null;
    const found = await data.article(report.article);
    const web = /^https?:\/\//i.test(found.url ?? "");
    const facts = [found.outlet, found.published_on !== undefined ? words.day(found.published_on) : t("no_day"), found.source_path];
    const others = found.passages.length - 1;
    return {
      title: found.title ?? t("untitled"),
      content: [
        canGoBack ? el("button", { type: "button", class: "back", text: `← ${t("back")}` }) : null,
        el("p", { class: "facts" }, facts.filter(Boolean).map((fact) => el("span", { text: fact })), web ? el("a", { href: found.url, rel: "noopener noreferrer nofollow", target: "_blank", text: t("original") }) : null),
        quote(report, event),
        others ? el("p", { class: "note", text: t("other_passages", { n: others }) }) : null,
        el("div", { class: "text", lang: found.language ?? null }, marked(found.body, found.passages, [report.evidence_start, report.evidence_end])),
      ],
    };
  }

  /* Show what the address says, or close. */
  async function show(now, selected) {
    const wanted = now.open || now.report ? JSON.stringify([now.lang, now.open, now.report, brief.state.FILTER.map((name) => now[name])]) : "";
    if (wanted === shown) return;
    shown = wanted;
    if (!wanted) {
      if (dialog.open) dialog.close();
      return;
    }
    dialog.setAttribute("aria-busy", "true");
    if (!dialog.open) dialog.showModal();
    let view;
    try {
      const found = now.open ? brief.opens.resolve(now.open, selected) : null;
      if (now.report) view = await article(now.report, Boolean(found));
      else if (found) view = { title: found.title, content: await list(found) };
    } catch {
      view = { title: t("sorry"), content: el("p", { text: t("gone") }) };
    }
    if (shown !== wanted) return;
    view ??= { title: t("sorry"), content: el("p", { text: t("not_here") }) };
    title.textContent = view.title;
    body.replaceChildren(...[view.content].flat(Infinity).filter(Boolean));
    dialog.removeAttribute("aria-busy");
    body.scrollTop = 0;
    const evidence = body.querySelector(".text .evidence");
    if (evidence) evidence.scrollIntoView({ block: "center" });
    title.focus({ preventScroll: true });
  }

  dialog.addEventListener("close", () => {
    // The event comes late: something else may have been opened by then.
    if (shown && !dialog.open) state.set({ open: "", report: "" });
  });
  dialog.addEventListener("click", (click) => {
    if (click.target === dialog || click.target.closest(".close")) dialog.close();
    else if (click.target.closest(".back")) state.set({ report: "" });
  });

  return { show, quote };
})();
