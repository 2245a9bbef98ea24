"use strict";
/* Filter, sections, and what happens when the address changes. */
(() => {
  const { el, data, words, state, parts } = brief;
  const { t } = words;
  const form = document.getElementById("filter");
  const SECTIONS = ["news", "timeline", "flows", "sanctions", "meetings", "claims"];
  const STAGES = ["arms_transfer", "sanction", "meeting"];
  let language = "";
  let filterShown = null;
  let selected = [];

  const option = (value, text) => el("option", { value, text });
  const group = (label, options) => el("optgroup", { label }, options);

  function countries() {
    return data
      .tally(data.every, (event) => data.sides(event).filter(Boolean))
      .map(([code, found]) => [code, words.country(code), found.length])
      .sort((a, b) => words.compare(a[1], b[1]))
      .map(([code, name, n]) => option(code, `${name} (${words.number(n)})`));
  }

  /* The codes that events of a kind have in a column. */
  const found = data.tally(data.every, (event) => [
    `category.${data.type(event)}.${data.get("category", event)}`,
    `current_stage.${data.type(event)}.${data.get("current_stage", event)}`,
  ]);
  const used = (name, type) =>
    found.map(([key]) => key.split(".")).filter(([column, of]) => column === name && of === type).map(([, , code]) => code);

  function fill() {
    const any = () => option("", t("filter.any"));
    const named = countries();
    form.elements.country.replaceChildren(any(), ...named);
    form.elements.with.replaceChildren(any(), ...named.map((each) => each.cloneNode(true)));
    form.elements.type.replaceChildren(any(), ...STAGES.map((type) => option(type, t(`types.${type}`))));
    form.elements.category.replaceChildren(
      any(),
      ...STAGES.map((type) =>
        group(
          t(`types.${type}`),
          used("category", type)
            .map((code) => [code, words.category(type, code)])
            .sort((a, b) => words.compare(a[1], b[1]))
            .map(([code, name]) => option(`${type}.${code}`, name)),
        ),
      ),
    );
    form.elements.status.replaceChildren(
      any(),
      group(t("filter.by_claim"), [
        ...["stated", "alleged", "denied"].map((claim) => option(`claim.${claim}`, t(`standing.${claim}`))),
        option("contested", t("standing.contested")),
      ]),
      group(t("filter.by_news"), ["new", "changed"].map((news) => option(`news.${news}`, t(`news.status.${news}`)))),
      ...STAGES.map((type) =>
        group(
          `${t(`types.${type}`)}: ${t("filter.stage")}`,
          Object.keys(words.lookup(`stage.${type}`)).filter((stage) => used("current_stage", type).includes(stage)).map((stage) => option(`stage.${type}.${stage}`, words.stage(type, stage))),
        ),
      ),
    );
  }

  function speak(lang) {
    words.use(lang);
    document.documentElement.lang = lang;
    document.title = t("title");
    for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
    for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.dataset.label));
    for (const button of document.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
    const { counts, published } = data.index;
    document.getElementById("dateline").textContent = t("dateline", { when: words.moment(published), articles: counts.articles, reports: counts.reports, events: counts.events });
    fill();
  }

  function render() {
    const now = state.read();
    const fresh = now.lang !== language;
    if (fresh) {
      language = now.lang;
      speak(language);
    }
    for (const name of state.FILTER) form.elements[name].value = now[name];
    const filter = Object.fromEntries(state.FILTER.map((name) => [name, form.elements[name].value]));
    const wanted = JSON.stringify([filter, now.year]);
    if (fresh || wanted !== filterShown) {
      filterShown = wanted;
      selected = data.select(filter);
      const filtered = state.FILTER.some((name) => filter[name]);
      document.getElementById("matches").textContent = filtered ? t("filter.matches", { n: selected.length, all: data.count }) : t("filter.all", { n: data.count });
      document.getElementById("reset").hidden = !filtered;
      for (const name of SECTIONS) {
        const content = brief.views[name](selected, { filter: { ...filter, year: now.year }, filtered });
        document.getElementById(`${name}-body`).replaceChildren(...[content].flat(Infinity).filter(Boolean));
      }
    }
    brief.sheet.show(now, selected);
  }

  form.addEventListener("change", () => {
    state.set(Object.fromEntries(state.FILTER.map((name) => [name, form.elements[name].value])));
  });
  form.addEventListener("submit", (submitted) => submitted.preventDefault());
  document.getElementById("reset").addEventListener("click", () => {
    state.set(Object.fromEntries(state.FILTER.map((name) => [name, ""])));
    form.elements.country.focus();
  });

  const act = (element) => {
    if (element.dataset.open) state.set({ open: element.dataset.open, report: "" });
    else if (element.dataset.report) state.set({ report: element.dataset.report });
    else if (element.dataset.lang) state.set({ lang: element.dataset.lang });
    else if (element.dataset.year) state.set({ year: element.dataset.year });
    else if (element.dataset.pair) {
      const [country, other] = element.dataset.pair.split(":");
      state.set({ country, with: other });
      document.getElementById("timeline-heading").focus();
    }
  };
  const ACTIVE = "[data-open], [data-report], [data-lang], [data-year], [data-pair]";
  document.addEventListener("click", (click) => {
    const element = click.target.closest(ACTIVE);
    if (element) act(element);
  });
  document.addEventListener("keydown", (pressed) => {
    // Marks of charts are no buttons that the browser knows.
    if (pressed.target instanceof SVGElement && pressed.target.dataset.open && ["Enter", " "].includes(pressed.key)) {
      pressed.preventDefault();
      act(pressed.target);
    }
  });
  for (const link of document.querySelectorAll("nav a")) {
    // The part after # holds the filter, so that sections are gone to by hand.
    link.addEventListener("click", (click) => {
      click.preventDefault();
      const heading = document.getElementById(`${link.dataset.section}-heading`);
      heading.scrollIntoView();
      heading.focus({ preventScroll: true });
    });
  }
  document.querySelector(".skip").addEventListener("click", (click) => {
    click.preventDefault();
    document.getElementById("main").focus();
  });
  window.addEventListener("hashchange", render);
  render();
  document.documentElement.classList.add("ready");
  performance.mark("brief-ready");
})();
