"use strict";
/* Everything that is said in the reader's language: interface, code lists, numbers, days. */
brief.words = (() => {
  const texts = brief.take("texts");
  const { names } = brief.data.index;
  let lang = "en";
  let formats = null;

  function use(language) {
    lang = language;
    const locale = language === "vi" ? "vi-VN" : "en-GB";
    formats = {
      number: new Intl.NumberFormat(locale),
      plural: new Intl.PluralRules(locale),
      moment: new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }),
      names: new Intl.Collator(locale),
    };
  }

  const lookup = (path) => path.split(".").reduce((found, key) => found?.[key], texts[lang]);

  /* The text of that name; `{name}` in it is replaced by the value given. `n` chooses between one and other. */
  function t(path, values = {}) {
    let text = lookup(path);
    if (text && typeof text === "object") text = text[formats.plural.select(values.n)] ?? text.other;
    if (text === undefined) return path;
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      return typeof value === "number" ? number(value) : (value ?? whole);
    });
  }

  const number = (value) => formats.number.format(value);
  const named = (list, code) => list[code]?.[lang === "vi" ? 1 : 0] ?? code;
  const country = (code) => (code ? named(names.countries, code) : t("unknown"));
  const category = (type, code) =>
    type === "arms_transfer" ? named(names.weapon_category, code) : t(`category.${type}.${code}`);
  const stage = (type, code) => t(`stage.${type}.${code}`);
  const moment = (text) => formats.moment.format(new Date(text));
  const compare = (a, b) => formats.names.compare(a, b);

  const voices = (actor, code) => (actor && code ? `${actor} (${country(code)})` : actor || (code && country(code)) || "");

  const parts = (at) => {
    const date = new Date(at * 86400000);
    return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  };
  const month = (index, form = "short") => lookup(`months_${form}`)[index];

  function day(at) {
    const [y, m, d] = parts(at);
    return t("day", { d: String(d), m: month(m), y: String(y) });
  }

  function monthOf(at) {
    const [y, m] = parts(at);
    return t("month", { m: month(m), y: String(y) });
  }

  /* An interval as short as it can be said: a day, a month, a year, or both ends. */
  function span(start, end) {
    if (end === null || end === undefined || end === start) return day(start);
    const [y1, m1, d1] = parts(start);
    const [y2, m2, d2] = parts(end);
    const [ny, nm, nd] = parts(end + 1);
    if (d1 === 1 && nd === 1) {
      if (y1 === y2 && m1 === m2) return monthOf(start);
      if (m1 === 0 && nm === 0) return y1 === y2 ? String(y1) : `${y1}–${y2}`;
      return `${monthOf(start)} – ${monthOf(end)}`;
    }
    if (y1 === y2 && m1 === m2) return t("day", { d: `${d1}–${d2}`, m: month(m1), y: String(y1) });
    return `${day(start)} – ${day(end)}`;
  }

  /* A column of years: see data.periods. */
  function period(key) {
    if (key === "none") return t("undated");
    if (key.startsWith("-")) return t("until", { y: key.slice(1) });
    return key.endsWith("-") ? t("from", { y: key.slice(0, -1) }) : key;
  }

  /* When it happened, or when it was first told if nobody says. */
  function when(event) {
    const { get } = brief.data;
    if (brief.data.dated(event)) return span(get("date_start", event), get("date_end", event));
    const first = get("first_reported_on", event);
    return first === null || first === undefined ? t("undated") : t("reported", { day: day(first) });
  }

  function quantity(least, most) {
    if (least === null || least === undefined) return most ? t("at_most", { n: most }) : "";
    if (most === least) return number(least);
    return most ? `${number(least)}–${number(most)}` : t("at_least", { n: least });
  }

  const money = (usd) =>
    new Intl.NumberFormat(lang === "vi" ? "vi-VN" : "en-GB", {
      style: "currency",
      currency: "USD",
      notation: "compact",
      maximumFractionDigits: 1,
    }).format(usd);

  use(lang);
  return {
    use, t, number, country, category, stage, moment, compare, voices, day, month, monthOf, span, period, when, quantity, money, lookup,
  };
})();
