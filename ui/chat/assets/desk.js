// Buttons of the lists of reports and checks: what their data-* says goes to the server as the event «choose».
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-report], button[data-check]");
  if (button) trigger("choose", { ...button.dataset });
});
