"use strict";
/* The page's one global: what other scripts hang their part on, and the door through which all data come in. */
const brief = (() => {
  const edition = document.documentElement.dataset.edition;
  const { nonce } = document.currentScript;
  const arrived = new Map();
  const asked = new Map();
  const known = /^edition-\w+\/(reports|articles)-\d+\.js$/;
  const address = (url) => {
    if (!known.test(url)) throw new TypeError(`no shard: ${url}`);
    return url;
  };
  const policy = window.trustedTypes
    ? window.trustedTypes.createPolicy("brief", { createScriptURL: address })
    : { createScriptURL: address };

  /* Called by each data script. */
  function receive(kind, number, data) {
    arrived.set(`${kind}-${number}`, data);
  }

  function take(kind) {
    const name = `${kind}-0`;
    const data = arrived.get(name);
    arrived.delete(name);
    return data;
  }

  /* A promise of a shard's data; rejected when its file is gone. */
  function shard(kind, number) {
    const name = `${kind}-${number}`;
    if (!asked.has(name)) {
      asked.set(
        name,
        new Promise((resolve, reject) => {
          const script = document.createElement("script");
          script.nonce = nonce;
          script.src = policy.createScriptURL(`${edition}/${name}.js`);
          script.onload = () => resolve(arrived.get(name));
          script.onerror = () => {
            asked.delete(name);
            reject(new Error(name));
          };
          document.head.append(script);
          script.remove();
        }),
      );
    }
    return asked.get(name);
  }

  /* Which shard holds the item: the last one whose first number is not beyond it. */
  function shardOf(firsts, item) {
    let low = 0;
    let high = firsts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (firsts[middle] <= item) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /* An element. Attributes: `text` and `vars` (custom properties) are set as such, null and false are left out. */
  function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "text") element.textContent = value;
      else if (name === "vars") for (const [key, number] of Object.entries(value)) element.style.setProperty(key, number);
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }

  return { receive, take, shard, shardOf, el, views: {} };
})();
