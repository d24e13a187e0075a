// Draws the charts of a page. A chart is an element with `data-chart`, the address of a Vega-Lite specification whose colours are
// names of tokens: any text of the form "var(--own)" is replaced by the token's value in the theme shown. The page's security policy forbids evaluating text as code, so Vega runs its interpreter (`ast: true`).

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

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The same specification with the colours of the current theme. */
function themed(part) {
  if (typeof part === "string") return part.replace(/^var\((--[a-z0-9-]+)\)$/, (_, name) => token(name));
  if (Array.isArray(part)) return part.map(themed);
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, themed(value)]));
}

/** How every chart looks: quiet axes, no frame, the reader's type, the colours of the theme. */
function look() {
  const words = { labelColor: token("--ink-2"), labelFontSize: 12, titleColor: token("--ink-2"), titleFontSize: 12 };
  const steps = ["--seq-1", "--seq-2", "--seq-3", "--seq-4", "--seq-5"].map(token);
  return {
    background: "transparent",
    font: getComputedStyle(document.body).fontFamily,
    view: { stroke: null },
    axis: {
      ...words,
      titleFontWeight: "normal",
      domainColor: token("--line-strong"),
      gridColor: token("--line"),
      labelOverlap: "greedy",
      labelPadding: 6,
      tickColor: token("--line-strong"),
      titlePadding: 10,
    },
    axisX: { grid: false },
    axisY: { domain: false, ticks: false },
    header: { labelColor: token("--ink"), labelFontSize: 13, titleColor: token("--ink-2") },
    legend: { ...words, titleFontWeight: "normal", symbolType: "square" },
    text: { color: token("--ink"), fontSize: 12 },
    line: { color: token("--own"), strokeWidth: 2 },
    bar: { color: token("--own"), cornerRadiusEnd: 1 },
    point: { color: token("--own"), filled: true },
    area: { color: token("--own"), opacity: 0.2 },
    rule: { color: token("--line-strong") },
    range: {
      category: ["--own", "--peers", "--population", "--context"].map(token),
      ramp: steps,
      heatmap: steps,
      ordinal: steps,
      diverging: ["--div-1", "--div-2", "--div-3", "--div-4", "--div-5"].map(token),
    },
  };
}

async function specification(element) {
  const answer = await fetch(element.dataset.chart, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`chart ${answer.status}`);
  return answer.json();
}

async function draw(element) {
  const known = drawn.get(element) ?? { spec: await specification(element) };
  known.view?.finalize();
  const { view } = await window.vegaEmbed(element, themed(known.spec), {
    actions: false,
    ast: true,
    config: look(),
    defaultStyle: false,
    formatLocale: LOCALE.format,
    mode: "vega-lite",
    renderer: "svg",
    timeFormatLocale: LOCALE.time,
    tooltip: { disableDefaultStyle: true },
  });
  drawn.set(element, { spec: known.spec, view });
  element.dataset.drawn = "yes";
}

function failed(element) {
  const frame = element.closest("figure");
  element.replaceChildren();
  frame.querySelector("[data-chart-failed]").hidden = false;
  frame.querySelector("[data-shows][aria-expanded=false]")?.click();
}

const drawAll = () => document.querySelectorAll("[data-chart]").forEach((element) => draw(element).catch(() => failed(element)));

async function savePicture(button) {
  const view = drawn.get(document.querySelector(`#chart-${button.dataset.picture} [data-chart]`))?.view;
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
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
drawAll();
