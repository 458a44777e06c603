// The pages "OpenStack hosts": the filter of the hosts, and a page that shows each new reading by itself.
(function () {
  "use strict";

  const EVERY = 5000;
  const WHILE_READING = 2000;
  const AT_MOST = 60000;

  function ready(start) {
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", start);
    } else {
      start();
    }
  }

  // As the page itself writes it: 45 s, 3 min 05 s, 2 h 10 min.
  function time(seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    const minutes = Math.floor(seconds / 60);
    const rest = seconds < 3600 ? seconds % 60 : minutes % 60;
    const two = String(rest).padStart(2, "0");
    if (seconds < 3600) {
      return minutes + " min" + (rest === 0 ? "" : " " + two + " s");
    }
    return Math.floor(seconds / 3600) + " h" + (rest === 0 ? "" : " " + two + " min");
  }

  function filter(root) {
    const words = root.querySelector("#nova-hosts-words").value.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = root.querySelectorAll("tr[data-host]");
    let shown = 0;
    rows.forEach((row) => {
      const zone = row.closest("section").querySelector("h2").textContent;
      const text = (row.textContent + " " + zone).toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    });
    root.querySelectorAll(".nova-hosts-zone").forEach((zone) => {
      zone.hidden = !zone.querySelector("tr[data-host]:not([hidden])");
    });
    const told = words.length === 0 ? "" : shown + " of " + rows.length + " shown";
    const place = root.querySelector("#nova-hosts-shown");
    if (place.textContent !== told) {
      place.textContent = told;
    }
    root.querySelector(".nova-hosts-filter").hidden = rows.length < 2;
  }

  // What a link is called tells it from all others, so the focus finds it again.
  function focused(body) {
    const element = document.activeElement;
    return body.contains(element) ? element.getAttribute("aria-label") || element.getAttribute("href") : null;
  }

  function renew(root, fresh) {
    const body = root.querySelector("#nova-hosts-body");
    const open = Array.from(body.querySelectorAll("details[open]"), (one) => one.dataset.open);
    const focus = focused(body);
    ["nova-hosts-state", "nova-hosts-body"].forEach((id) => {
      root.querySelector("#" + id).replaceWith(document.importNode(fresh.querySelector("#" + id), true));
    });
    ["readAt", "problemAt", "reading"].forEach((key) => {
      if (fresh.dataset[key] === undefined) {
        delete root.dataset[key];
      } else {
        root.dataset[key] = fresh.dataset[key];
      }
    });
    root.querySelectorAll("details").forEach((one) => {
      one.open = open.includes(one.dataset.open);
    });
    if (focus !== null) {
      const again = Array.from(root.querySelectorAll("#nova-hosts-body :is(a, summary)")).find(
        (one) => (one.getAttribute("aria-label") || one.getAttribute("href")) === focus
      );
      if (again) {
        again.focus({ preventScroll: true });
      }
    }
    filter(root);
  }

  function get(address) {
    return fetch(new URL(address, document.baseURI), { credentials: "same-origin", cache: "no-store", redirect: "error" }).then(
      (answer) => {
        if (!answer.ok) {
          throw new Error(String(answer.status));
        }
        return answer;
      }
    );
  }

  function keepFresh(root) {
    const lost = root.querySelector("#nova-hosts-lost");
    let pause = EVERY;

    function isNew(news) {
      return (
        (news.readAt || "") !== (root.dataset.readAt || "") ||
        (news.problemAt || "") !== (root.dataset.problemAt || "") ||
        String(news.reading) !== root.dataset.reading
      );
    }

    function again() {
      const soon = root.dataset.reading === "true" && pause === EVERY;
      window.setTimeout(tick, soon ? WHILE_READING : pause);
    }

    function tick() {
      if (document.hidden) {
        document.addEventListener("visibilitychange", tick, { once: true });
        return;
      }
      get(root.dataset.news)
        .then((answer) => answer.json())
        .then((news) => {
          const age = root.querySelector("#nova-hosts-age");
          if (age && news.ageSeconds !== null) {
            age.textContent = time(news.ageSeconds);
          }
          return isNew(news)
            ? get(root.dataset.fragment)
                .then((answer) => answer.text())
                .then((markup) => {
                  const fresh = new DOMParser().parseFromString(markup, "text/html").getElementById("nova-hosts");
                  if (!fresh) {
                    throw new Error("not the page's content");
                  }
                  renew(root, fresh);
                })
            : undefined;
        })
        .then(() => {
          pause = EVERY;
          lost.textContent = "";
        })
        .catch(() => {
          pause = Math.min(AT_MOST, pause * 2);
          lost.textContent = "Not refreshed: no answer from Jenkins. What is shown was read before. Trying again.";
        })
        .then(again);
    }

    again();
  }

  ready(() => {
    const root = document.getElementById("nova-hosts");
    if (root) {
      root.querySelector("#nova-hosts-words").addEventListener("input", () => filter(root));
      filter(root);
      keepFresh(root);
    }
  });
})();
