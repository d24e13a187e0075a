// Draws the charts of a page. A chart is an element with `data-chart`, the address of a Vega-Lite specification; the address is
// asked with `theme=light` or `theme=dark`, as the page is shown. Axes are written in the language of the page. The page's security policy forbids evaluating text as code, so Vega runs its interpreter (`ast: true`).

const FRENCH = {
  format: { decimal: ",", thousands: "\u00a0", grouping: [3], currency: ["", "\u00a0$"], percent: "\u00a0%", minus: "\u2212" },
  time: {
    dateTime: "%A %e %B %Y, %H h %M",
    date: "%Y-%m-%d",
    time: "%H h %M",
    periods: ["", ""],
    days: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
    shortDays: ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
    months: [
      "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ],
    shortMonths: ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."],
  },
};
const ENGLISH = {
  format: { decimal: ".", thousands: ",", grouping: [3], currency: ["$", ""], minus: "\u2212" },
  time: {
    dateTime: "%A, %B %e, %Y, %-I:%M %p",
    date: "%Y-%m-%d",
    time: "%-I:%M %p",
    periods: ["a.m.", "p.m."],
    days: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
    shortDays: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
    months: [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ],
    shortMonths: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  },
};
const LOCALE = document.documentElement.lang.startsWith("fr") ? FRENCH : ENGLISH;
const drawn = new Map();

const dark = matchMedia("(prefers-color-scheme: dark)");

/** The theme the page is shown in: what the reader chose, else the system's. */
function theme() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "light" || chosen === "dark" ? chosen : dark.matches ? "dark" : "light";
}

/** The specification of a chart in the current theme. */
async function specification(element) {
  const address = new URL(element.dataset.chart, location.href);
  address.searchParams.set("theme", theme());
  const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`chart ${answer.status}`);
  return answer.json();
}

async function draw(element) {
  const spec = await specification(element);
  drawn.get(element)?.finalize();
  const { view } = await window.vegaEmbed(element, spec, {
    actions: false,
    ast: true,
    defaultStyle: false,
    formatLocale: LOCALE.format,
    mode: "vega-lite",
    renderer: "svg",
    timeFormatLocale: LOCALE.time,
    tooltip: { disableDefaultStyle: true },
  });
  drawn.set(element, view);
  element.dataset.drawn = theme();
}

function failed(element) {
  const frame = element.closest("figure");
  element.replaceChildren();
  frame.querySelector("[data-chart-failed]").hidden = false;
  frame.querySelector("[data-shows][aria-expanded=false]")?.click();
}

const drawAll = () => document.querySelectorAll("[data-chart]").forEach((element) => draw(element).catch(() => failed(element)));

async function savePicture(button) {
  const view = drawn.get(document.querySelector(`#chart-${button.dataset.picture} [data-chart]`));
  if (!view) return;
  const paper = getComputedStyle(document.body).backgroundColor;
  await view.background(paper).runAsync();
  const shot = await view.toImageURL("png", 2);
  const link = document.createElement("a");
  link.href = shot;
  link.download = `${button.dataset.picture}.png`;
  link.click();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-picture]");
  if (button) savePicture(button);
});
dark.addEventListener("change", drawAll);
drawAll();
