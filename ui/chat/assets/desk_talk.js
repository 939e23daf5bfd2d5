// Saving and opinions: buttons under an answer. An opinion counts at once; its comment may follow.
// The server draws the conversation anew without knowing them: what was pressed and typed is kept here, by the answer.
const opinions = new Map();
let writing = null; // the answer whose comment has the cursor
const nameOf = (turn) => `${turn.dataset.turn} ${turn.querySelector(".question").textContent}`;
const show = (turn) => {
  const form = turn.querySelector("form.desk-comment");
  if (!form) return;
  const kept = opinions.get(nameOf(turn)) || { good: "", open: false, text: "" };
  turn.querySelectorAll("button[data-good]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.good === kept.good));
  });
  form.dataset.good = kept.good;
  form.hidden = !kept.open;
  const input = form.querySelector("input");
  if (input.value !== kept.text) input.value = kept.text;
  if (kept.open && writing === nameOf(turn) && document.activeElement !== input) input.focus();
};
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-keep], button[data-good]");
  if (!button) return;
  if (button.dataset.keep !== undefined) {
    trigger("keep", { turn: button.dataset.keep });
    return;
  }
  const turn = button.closest(".turn");
  const before = opinions.get(nameOf(turn));
  opinions.set(nameOf(turn), { good: button.dataset.good, open: true, text: before ? before.text : "" });
  writing = nameOf(turn);
  trigger("opine", { turn: button.dataset.turn, good: button.dataset.good, comment: "" });
  show(turn);
});
element.addEventListener("input", (event) => {
  const form = event.target.closest("form.desk-comment");
  const kept = form && opinions.get(nameOf(form.closest(".turn")));
  if (kept) kept.text = event.target.value;
});
element.addEventListener("submit", (event) => {
  const form = event.target.closest("form.desk-comment");
  if (!form) return;
  event.preventDefault();
  const text = form.querySelector("input").value;
  if (text.trim()) trigger("opine", { turn: form.dataset.turn, good: form.dataset.good, comment: text });
  const turn = form.closest(".turn");
  opinions.set(nameOf(turn), { good: form.dataset.good, open: false, text: "" });
  writing = null;
  show(turn);
});
// The cursor moves by what a person does; that the box was drawn anew under it is no such thing.
document.addEventListener("focusin", (event) => {
  const form = event.target.closest("form.desk-comment");
  writing = form ? nameOf(form.closest(".turn")) : null;
});
document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest("form.desk-comment")) writing = null;
});
watch("value", () => {
  const drawn = [...element.querySelectorAll(".turn")];
  const names = new Set(drawn.map(nameOf));
  [...opinions.keys()].forEach((name) => { if (!names.has(name)) opinions.delete(name); });
  drawn.forEach(show);
});
