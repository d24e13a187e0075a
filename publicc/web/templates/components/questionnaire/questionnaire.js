// Comforts of a questionnaire. Everything is answered and kept without it.

/** Once as many choices as allowed are ticked, the others wait until one is taken back. */
function limit(question) {
  const boxes = [...question.querySelectorAll("input[type=checkbox]")];
  const full = boxes.filter((box) => box.checked).length >= Number(question.dataset.most);
  for (const box of boxes) box.disabled = full && !box.checked;
}

/** Without a network the page stays, says so, and sends by itself when the network is back. */
function waitForNetwork(form) {
  const words = form.querySelector("[data-offline]");
  let waiting = null;
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    waiting = event.submitter;
    words.hidden = false;
    words.scrollIntoView({ block: "nearest" });
  });
  window.addEventListener("online", () => {
    words.hidden = true;
    if (waiting) form.requestSubmit(waiting);
    waiting = null;
  });
}

for (const question of document.querySelectorAll("[data-most]")) {
  question.addEventListener("change", () => limit(question));
  limit(question);
}
for (const form of document.querySelectorAll("[data-questions]")) waitForNetwork(form);
