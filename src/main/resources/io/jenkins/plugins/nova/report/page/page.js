// The page "Host maintenance": the filter of each table, and a page that keeps itself fresh while the build runs.
(function () {
  "use strict";

  const EVERY = 5000;
  const AT_MOST = 60000;
  const SAY_EVERY = 30000;
  const ROWS = ".nova-servers tbody[data-server], .nova-hosts li[data-host]";
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

  // What is behind titles is looked through, too: ids stand there.
  function text(row) {
    const titles = Array.from(row.querySelectorAll("[title]"), (element) => element.title);
    return (row.textContent + " " + titles.join(" ")).toLowerCase();
  }

  function applyFilter(drain) {
    const filter = filterOf(drain);
    const rows = drain.querySelectorAll(ROWS);
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
    const active = filter.show !== "" || filter.words.length > 0;
    drain.querySelectorAll("li[data-server]").forEach((lane) => {
      lane.hidden = active && !visible.has(lane.dataset.server);
    });
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
    if (!tools) {
      return;
    }
    if (drain.querySelectorAll(ROWS).length > 1) {
      tools.hidden = false;
    }
    if (tools.dataset.novaReady) {
      applyFilter(drain);
      return;
    }
    tools.dataset.novaReady = "true";
    const input = tools.querySelector("input");
    input.value = filter.typed || "";
    input.addEventListener("input", (event) => {
      filter.typed = event.target.value;
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

  function keepOpen(old, next) {
    old.querySelectorAll("details[id]").forEach((was) => {
      const same = next.querySelector("#" + CSS.escape(was.id));
      if (same) {
        same.open = was.open;
      }
    });
  }

  // Among its like by the number that it carries: those that come later move none.
  function insert(piece) {
    const place = document.getElementById(piece.dataset.novaIn);
    if (!place) {
      return;
    }
    const at = Number(piece.dataset.novaAt);
    const after = Array.from(place.children).find(
      (other) => other !== piece && other.dataset.novaAt !== undefined && Number(other.dataset.novaAt) > at,
    );
    place.insertBefore(piece, after || null);
  }

  function replace(old, fresh) {
    const focused = old && old.contains(document.activeElement) ? document.activeElement.id : "";
    const next = document.importNode(fresh, true);
    if (old) {
      keepOpen(old, next);
      old.replaceWith(next);
    }
    if (next.dataset.novaIn && (!old || old.dataset.novaAt !== next.dataset.novaAt)) {
      insert(next);
    }
    if (focused && document.getElementById(focused)) {
      document.getElementById(focused).focus({ preventScroll: true });
    }
  }

  // Puts the new pieces where the old ones are and leaves all else alone: focus, scroll positions, the filter, open notes.
  function renew(root, fresh) {
    const whole = fresh.dataset.novaWhole === "true";
    const done = new Set();
    fresh.querySelectorAll("[data-nova-piece]").forEach((piece) => {
      for (let around = piece.parentElement; around && around !== fresh; around = around.parentElement) {
        if (done.has(around)) {
          return;
        }
      }
      const old = document.getElementById(piece.id);
      // A card that is there already is gone through, so that what the reader did in it stays.
      if (whole && old && piece.querySelector(".nova-filter") && old.querySelector(".nova-filter")) {
        return;
      }
      if (old || piece.dataset.novaIn) {
        replace(old, piece);
        done.add(piece);
      }
    });
    if (whole) {
      root.querySelectorAll("[data-nova-in]").forEach((item) => {
        if (!fresh.querySelector("#" + CSS.escape(item.id))) {
          item.remove();
        }
      });
    }
    (fresh.dataset.novaGone || "").split(" ").forEach((id) => {
      const lost = id && document.getElementById(id);
      if (lost) {
        lost.remove();
      }
    });
    root.dataset.novaLive = fresh.dataset.novaLive;
    root.dataset.novaToken = fresh.dataset.novaToken;
    root.querySelectorAll("[data-nova-box]").forEach((axis) => {
      axis.parentElement.querySelectorAll("li > .nova-plot").forEach((plot) => {
        plot.setAttribute("viewBox", axis.dataset.novaBox);
      });
    });
    equipAll(root);
  }

  function keepFresh(root) {
    const address = new URL(root.dataset.novaChanges, document.baseURI);
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
      // Nobody looks: nothing is asked until somebody does.
      if (document.hidden) {
        document.addEventListener("visibilitychange", tick, { once: true });
        return;
      }
      address.searchParams.set("since", root.dataset.novaToken || "");
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
