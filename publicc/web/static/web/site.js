// Behaviour of the shell. Every page works without it but for sorting and drag-and-drop.

const SAFE_ORDER = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });

/** Sort a table by one column: figures by their value, words in the page's language, rows without a figure always last. */
function sortBy(header) {
  const table = header.closest("table");
  const place = [...header.parentElement.children].indexOf(header);
  const numeric = header.classList.contains("is-figure");
  const before = header.getAttribute("aria-sort");
  const direction = before === null ? (numeric ? "descending" : "ascending") : before === "ascending" ? "descending" : "ascending";
  const sign = direction === "ascending" ? 1 : -1;
  const keyed = [...table.tBodies[0].rows].map((row) => ({ row, key: row.cells[place].dataset.key ?? row.cells[place].textContent }));
  keyed.sort((a, b) => {
    if (a.key === "" || b.key === "") return (a.key === "") - (b.key === "");
    return sign * (numeric ? Number(a.key) - Number(b.key) : SAFE_ORDER.compare(a.key, b.key));
  });
  table.tBodies[0].append(...keyed.map(({ row }) => row));
  for (const other of header.parentElement.children) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", direction);
}

document.addEventListener("click", (event) => {
  const sort = event.target.closest("[data-sort]");
  if (sort) return sortBy(sort.closest("th"));

  const shows = event.target.closest("[data-shows]");
  if (shows) {
    const shown = document.getElementById(shows.dataset.shows);
    shown.hidden = !shown.hidden;
    shows.setAttribute("aria-expanded", String(!shown.hidden));
    return undefined;
  }

  const opens = event.target.closest("[data-opens]");
  if (opens) return document.getElementById(opens.dataset.opens).showModal();

  const closes = event.target.closest("[data-closes]");
  if (closes) return document.getElementById(closes.dataset.closes).close();

  const fills = event.target.closest("[data-fills]");
  if (fills) {
    for (const [id, value] of Object.entries(JSON.parse(fills.dataset.fills))) document.getElementById(id).value = value;
    document.getElementById(fills.dataset.form).requestSubmit();
  }
  return undefined;
});

/** Filters apply as soon as they are chosen, by htmx; empty ones stay out of the address. */
function readyFilters(form) {
  form.classList.add("filters-ready");
  form.addEventListener("htmx:configRequest", (event) => {
    const asked = event.detail.formData;
    for (const [name, value] of [...asked.entries()]) if (value === "") asked.delete(name);
  });
}

/** Narrow a list of words to those that hold what is typed, accents and capitals aside. */
function readyNarrowing(input) {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const lists = document.querySelectorAll(`[data-narrowable="${input.dataset.narrows}"]`);
  const entries = [...lists].flatMap((list) => [...list.children]);
  input.addEventListener("input", () => {
    const wanted = plain(input.value.trim());
    for (const entry of entries) entry.hidden = !plain(entry.textContent).includes(wanted);
    document.querySelector("[data-narrowed]").textContent = String(entries.filter((entry) => !entry.hidden).length);
  });
}

/** Where the system is dark, the switch offers light. */
function readyThemeSwitch(button) {
  if (!matchMedia("(prefers-color-scheme: dark)").matches) return;
  button.value = "light";
  button.textContent = document.documentElement.lang.startsWith("fr") ? "Clair" : "Light";
}

/** Drop files on the zone, or choose them: their names are listed, and the button says how many. */
function readyDropZone(zone) {
  const input = zone.querySelector("input[type=file]");
  const list = zone.querySelector("[data-chosen]");
  const said = () => {
    list.replaceChildren(
      ...[...input.files].map((file) => {
        const line = document.createElement("li");
        line.textContent = file.name;
        return line;
      }),
    );
    zone.classList.toggle("drop-full", input.files.length > 0);
  };
  const over = (on) => (event) => {
    event.preventDefault();
    zone.classList.toggle("drop-over", on);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    input.files = event.dataTransfer.files;
    said();
  });
  input.addEventListener("change", said);
}

/** Sending may take long: say how much has gone, without leaving the page. */
function readySending(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const bar = form.querySelector("[data-sending]");
    const meter = bar.querySelector("progress");
    const send = new XMLHttpRequest();
    send.open("POST", form.action);
    send.upload.addEventListener("progress", (sent) => {
      if (sent.lengthComputable) meter.value = (100 * sent.loaded) / sent.total;
    });
    send.addEventListener("load", () => {
      if (send.status < 400 && send.responseURL) location.assign(send.responseURL);
      else document.documentElement.innerHTML = send.responseText;
    });
    send.addEventListener("error", () => {
      bar.querySelector("[data-failed]").hidden = false;
      form.querySelector("button").disabled = false;
    });
    bar.hidden = false;
    form.querySelector("button").disabled = true;
    send.send(new FormData(form));
  });
}

function ready(root) {
  root.querySelectorAll("[data-filters]").forEach(readyFilters);
  root.querySelectorAll("[data-narrows]").forEach(readyNarrowing);
  root.querySelectorAll("[data-theme-switch]").forEach(readyThemeSwitch);
  root.querySelectorAll("[data-drop]").forEach(readyDropZone);
  root.querySelectorAll("[data-sends]").forEach(readySending);
  root.querySelector("[data-focus]")?.focus();
}

/** After a change of filter, what listens to the page is told its new answer, and a failure says itself. */
document.addEventListener("htmx:afterSwap", (event) => {
  ready(event.detail.elt);
  const answer = event.detail.elt.querySelector?.(".answer-sentence");
  if (answer) document.getElementById("announced").textContent = answer.textContent.trim();
});
document.addEventListener("htmx:responseError", (event) => location.assign(event.detail.pathInfo.finalRequestPath));

ready(document);
