// A pair is answered by one key, as long as the focus is in it: elsewhere on the page keys keep their own meaning.

const pair = document.querySelector("[data-pair]");

pair?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const pressed = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!pressed) return;
  event.preventDefault();
  pressed.click();
});
