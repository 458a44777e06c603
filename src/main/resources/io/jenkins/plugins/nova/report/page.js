// The page "Host maintenance": the filter of each table, and a page that keeps itself fresh while the build runs.
(function () {
  "use strict";

  const EVERY = 5000;
  const AT_MOST = 60000;
  const SAY_EVERY = 30000;
  const choices = new Map();

  function ready(start) {
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", start);
    } else {
      start();
    }
  }

  function filterOf(drain) {
    const key = drain.dataset.novaDrain;
    if (!choices.has(key)) {
      choices.set(key, { words: [], show: "" });
    }
    return choices.get(key);
  }

  function text(row) {
    return row.textContent.toLowerCase();
  }

  function applyFilter(drain) {
    const filter = filterOf(drain);
    const rows = drain.querySelectorAll("tbody tr[data-server]");
    const visible = new Set();
    rows.forEach((row) => {
      const fits =
        (filter.show === "" || row.dataset.standing === filter.show) &&
        filter.words.every((word) => text(row).includes(word));
      row.hidden = !fits;
      if (fits) {
        visible.add(row.dataset.server);
      }
    });
    drain.querySelectorAll("li[data-server]").forEach((lane) => {
      lane.hidden = !visible.has(lane.dataset.server);
    });
    const active = filter.show !== "" || filter.words.length > 0;
    const shown = active ? visible.size + " of " + rows.length + " shown" : "";
    const place = drain.querySelector(".nova-shown");
    if (place.textContent !== shown) {
      place.textContent = shown;
    }
    drain.querySelectorAll("[data-nova-show]").forEach((button) => {
      const pressed = button.dataset.novaShow === filter.show;
      button.setAttribute("aria-pressed", String(pressed));
      const none = button.querySelector(".nova-n").textContent === "0";
      button.hidden = none && !pressed && button.dataset.novaShow !== "";
    });
  }

  function equip(drain) {
    const filter = filterOf(drain);
    const tools = drain.querySelector(".nova-filter");
    if (drain.querySelectorAll("tbody tr[data-server]").length > 1) {
      tools.hidden = false;
    }
    if (tools.dataset.novaReady) {
      applyFilter(drain);
      return;
    }
    tools.dataset.novaReady = "true";
    tools.querySelector("input").addEventListener("input", (event) => {
      filter.words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
      applyFilter(drain);
    });
    tools.querySelectorAll("[data-nova-show]").forEach((button) => {
      button.addEventListener("click", () => {
        filter.show = button.dataset.novaShow;
        applyFilter(drain);
      });
    });
    applyFilter(drain);
  }

  function equipAll(root) {
    root.querySelectorAll("[data-nova-drain]").forEach(equip);
  }

  // Puts the new parts where the old ones are and leaves all else alone: focus, scroll positions, the filter, open notes.
  function renew(root, fresh) {
    const list = root.querySelector("#nova-drains");
    fresh.querySelectorAll("[data-nova-drain]").forEach((drain) => {
      if (!document.getElementById(drain.id)) {
        const none = list.querySelector(":scope > .nova-none");
        if (none) {
          none.remove();
        }
        list.append(document.importNode(drain, true));
      }
    });
    fresh.querySelectorAll("[data-nova-part]").forEach((part) => {
      const old = document.getElementById(part.id);
      if (!old || old.dataset.novaWas === part.outerHTML) {
        return;
      }
      const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
      const next = document.importNode(part, true);
      old.querySelectorAll("details[id]").forEach((was) => {
        const same = next.querySelector("#" + CSS.escape(was.id));
        if (same) {
          same.open = was.open;
        }
      });
      next.dataset.novaWas = part.outerHTML;
      old.replaceWith(next);
      if (focused && document.getElementById(focused)) {
        document.getElementById(focused).focus({ preventScroll: true });
      }
    });
    fresh.querySelectorAll("[data-nova-hides]").forEach((part) => {
      const old = document.getElementById(part.id);
      if (old) {
        old.hidden = part.hidden;
      }
    });
    root.dataset.novaLive = fresh.dataset.novaLive;
    equipAll(root);
  }

  function keepFresh(root) {
    const address = new URL(root.dataset.novaFragment, document.baseURI);
    const stale = root.querySelector("#nova-stale");
    const said = root.querySelector("#nova-said");
    let pause = EVERY;
    let saidAt = 0;

    function say() {
      const now = Date.now();
      const over = root.dataset.novaLive !== "true";
      if (over || now - saidAt >= SAY_EVERY) {
        const words = Array.from(root.querySelectorAll("[data-nova-say]"), (element) => element.textContent).join(" ");
        if (said.textContent !== words) {
          said.textContent = words;
          saidAt = now;
        }
      }
    }

    function again() {
      window.setTimeout(tick, pause);
    }

    function tick() {
      if (document.hidden) {
        document.addEventListener("visibilitychange", tick, { once: true });
        return;
      }
      fetch(address, { credentials: "same-origin", cache: "no-store", redirect: "error" })
        .then((answer) => {
          if (!answer.ok) {
            throw new Error(String(answer.status));
          }
          return answer.text();
        })
        .then((markup) => {
          const fresh = new DOMParser().parseFromString(markup, "text/html").getElementById("nova-report");
          if (!fresh) {
            throw new Error("not the page's content");
          }
          renew(root, fresh);
          pause = EVERY;
          stale.textContent = "";
          say();
        })
        .catch(() => {
          pause = Math.min(AT_MOST, pause * 2);
          stale.textContent = "Not refreshed: no answer from Jenkins. Trying again.";
        })
        .then(() => {
          if (root.dataset.novaLive === "true") {
            again();
          } else {
            root.querySelector("#nova-fresh").hidden = true;
          }
        });
    }

    again();
  }

  ready(() => {
    const root = document.getElementById("nova-report");
    if (!root) {
      return;
    }
    equipAll(root);
    if (root.dataset.novaLive === "true") {
      keepFresh(root);
    }
  });
})();
