"use strict";
/* What the page shows is in its address after `#`, so that it can be shared and the browser's back button works. */
brief.state = (() => {
  const NAMES = ["lang", "country", "with", "type", "category", "status", "from", "to", "year", "open", "report"];
  // What the filter says; the rest says what is open.
  const FILTER = ["country", "with", "type", "category", "status", "from", "to"];

  function read() {
    const given = new URLSearchParams(location.hash.slice(1));
    const state = {};
    for (const name of NAMES) state[name] = given.get(name) || "";
    if (!["en", "vi"].includes(state.lang)) state.lang = navigator.language.startsWith("vi") ? "vi" : "en";
    for (const name of ["from", "to"]) if (!/^\d{4}-\d{2}-\d{2}$/.test(state[name])) state[name] = "";
    if (!/^\d{4}$/.test(state.year)) state.year = "";
    return state;
  }

  /* Change some of it; what is not named stays. */
  function set(changes) {
    const given = new URLSearchParams(location.hash.slice(1));
    for (const [name, value] of Object.entries(changes)) {
      if (value) given.set(name, value);
      else given.delete(name);
    }
    location.hash = given.toString();
  }

  return { read, set, FILTER };
})();
