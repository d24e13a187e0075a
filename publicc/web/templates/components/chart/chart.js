// Draws the charts of a page. A chart is an element with `data-chart`, the address of a Vega-Lite specification whose colours are
// names of tokens ("var(--own)"): the drawing is SVG, so a change of theme, or paper, repaints it without drawing again.
// The page's security policy forbids evaluating text as code, so Vega runs its interpreter (`ast: true`).

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
const NARROW = 520;
const drawn = new WeakMap();

/** How every chart looks: quiet axes, no frame, the reader's type, the colours of the theme. */
function look() {
  const words = { labelColor: "var(--ink-2)", labelFontSize: 12, titleColor: "var(--ink-2)", titleFontSize: 12 };
  const steps = ["var(--seq-1)", "var(--seq-2)", "var(--seq-3)", "var(--seq-4)", "var(--seq-5)"];
  return {
    background: "transparent",
    font: getComputedStyle(document.body).fontFamily,
    view: { stroke: null },
    axis: {
      ...words,
      titleFontWeight: "normal",
      domainColor: "var(--line-strong)",
      gridColor: "var(--line)",
      labelOverlap: "greedy",
      labelPadding: 6,
      tickColor: "var(--line-strong)",
      titlePadding: 10,
    },
    axisX: { grid: false },
    axisY: { domain: false, ticks: false },
    header: { labelColor: "var(--ink)", labelFontSize: 13, titleColor: "var(--ink-2)" },
    legend: { ...words, titleFontWeight: "normal", symbolType: "square" },
    text: { color: "var(--ink)", fontSize: 12 },
    line: { color: "var(--own)", strokeWidth: 2 },
    bar: { color: "var(--own)", cornerRadiusEnd: 1 },
    point: { color: "var(--own)", filled: true },
    area: { color: "var(--own)", opacity: 0.2 },
    rule: { color: "var(--line-strong)" },
    range: {
      category: ["var(--own)", "var(--peers)", "var(--population)", "var(--context)"],
      ramp: steps,
      heatmap: steps,
      ordinal: steps,
      diverging: ["var(--div-1)", "var(--div-2)", "var(--div-3)", "var(--div-4)", "var(--div-5)"],
    },
  };
}

/** The specification for the room there is: on a phone, names stand above bars and the frames of a map one under another. */
async function specification(element, narrow) {
  const address = new URL(element.dataset.chart, location.href);
  if (narrow) address.searchParams.set("room", "narrow");
  const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`chart ${answer.status}`);
  return answer.json();
}

async function draw(element, narrow) {
  drawn.get(element)?.view?.finalize();
  drawn.set(element, { narrow });
  const { view } = await window.vegaEmbed(element, await specification(element, narrow), {
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
  drawn.set(element, { narrow, view });
  element.dataset.drawn = "yes";
}

function failed(element) {
  const frame = element.closest("figure");
  element.replaceChildren();
  element.dataset.drawn = "no";
  frame.querySelector("[data-chart-failed]").hidden = false;
  frame.querySelector("[data-shows][aria-expanded=false]")?.click();
}

/** Draw when the room is first known, and again when it crosses the width where the drawing changes. */
const rooms = new ResizeObserver((changes) => {
  for (const { target, contentRect } of changes) {
    const narrow = contentRect.width < NARROW;
    if (contentRect.width === 0 || drawn.get(target)?.narrow === narrow) continue;
    delete target.dataset.drawn;
    draw(target, narrow).catch(() => failed(target));
  }
});

const watch = (root) => root.querySelectorAll("[data-chart]").forEach((element) => rooms.observe(element));
document.addEventListener("htmx:afterSwap", (event) => watch(event.detail.elt));
watch(document);
