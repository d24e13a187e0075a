// The rail folds by itself; this remembers which groups the reader left unfolded, for a year, in a cookie that the page reads
// before it is drawn (nothing moves once it is painted). It holds names of groups only.

const A_YEAR = 31536000;

document.addEventListener("click", (event) => {
  const fold = event.target.closest(".rail-heading")?.parentElement;
  if (!fold) return;
  const unfolds = !fold.open; // the browser folds after this
  for (const one of document.querySelectorAll(`[data-fold="${CSS.escape(fold.dataset.fold)}"]`)) {
    one.toggleAttribute("data-kept", unfolds);
    if (one !== fold) one.open = unfolds; // the same group in the phone's drawer
  }
  const kept = new Set([...document.querySelectorAll("[data-fold][data-kept]")].map((one) => one.dataset.fold));
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `rail=${[...kept].join(".")}; Path=/; Max-Age=${A_YEAR}; SameSite=Lax${secure}`;
});

/** On a low screen the rail scrolls by itself: show the page one reads without moving the page. */
const rail = document.querySelector(".rail-body");
const here = rail?.querySelector("[aria-current]");
if (here) {
  const below = here.getBoundingClientRect().bottom - Math.min(rail.getBoundingClientRect().bottom, innerHeight);
  if (below > 0) rail.scrollTop += below + here.offsetHeight;
}
