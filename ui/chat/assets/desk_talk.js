// Saving and opinions: buttons under an answer. An opinion counts at once; its comment may follow.
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-keep], button[data-good]");
  if (!button) return;
  if (button.dataset.keep !== undefined) {
    trigger("keep", { turn: button.dataset.keep });
    return;
  }
  const actions = button.closest(".actions");
  actions.querySelectorAll("button[data-good]").forEach((other) => {
    other.setAttribute("aria-pressed", String(other === button));
  });
  const form = actions.querySelector("form.desk-comment");
  form.hidden = false;
  form.dataset.good = button.dataset.good;
  trigger("opine", { turn: button.dataset.turn, good: button.dataset.good, comment: "" });
  form.querySelector("input").focus();
});
element.addEventListener("submit", (event) => {
  const form = event.target.closest("form.desk-comment");
  if (!form) return;
  event.preventDefault();
  const input = form.querySelector("input");
  if (input.value.trim()) trigger("opine", { turn: form.dataset.turn, good: form.dataset.good, comment: input.value });
  form.hidden = true;
});
