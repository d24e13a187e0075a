// Keyboard shortcuts: `?` shows them, `g` then a letter goes to a page. Whoever speaks to the machine may turn them off.

const OFF = "shortcuts-off";
const dialog = document.getElementById("shortcuts");
const off = dialog?.querySelector("[data-shortcuts-off]");
let going = false;

const typing = (target) => target.matches?.("input, textarea, select, [contenteditable]");

function isOff() {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false;
  }
}

function act(key) {
  if (going) {
    going = false;
    dialog.querySelector(`[data-key="${CSS.escape(key)}"]`)?.click();
    return;
  }
  if (key === "?") dialog.showModal();
  else if (key === "g") {
    going = true;
    setTimeout(() => (going = false), 1500);
  } else if (key === "f") document.querySelector(".filters select")?.focus();
  else if (key === "t") document.querySelectorAll("[data-shows]").forEach((button) => button.click());
}

if (dialog) {
  off.checked = isOff();
  off.addEventListener("change", () => {
    if (off.checked) localStorage.setItem(OFF, "yes");
    else localStorage.removeItem(OFF);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || isOff() || dialog.open) return;
    if (event.key === "?" || event.key.length === 1) act(event.key);
  });
}
