// Everything here only adds to a page that works without it: links between words and cards, keys, copying.
import { announce, wireCopying } from "./copying.js";
import { choose, letGo, spanOf } from "./linking.js";
import { wireKeys } from "./keys.js";
import { wireViews } from "./views.js";

document.documentElement.classList.add("scripted");

document.addEventListener("click", (event) => {
  const chip = event.target.closest('a[href^="#"]');
  const span = chip && spanOf(chip.hash.slice(1));
  if (span) {
    event.preventDefault();
    choose(span, { from: chip });
  } else if (event.target.closest("mark") && !String(getSelection())) {
    const mark = event.target.closest("mark");
    choose(mark, { focus: false, card: true });
  }
});

document.addEventListener("htmx:afterSwap", () => {
  letGo();
  wireViews();
  const heading = document.querySelector("[data-status], .problems");
  heading?.focus();
  announce(heading?.dataset.status ?? "The note cannot be reviewed yet.");
});
document.addEventListener("htmx:responseError", () => announce("The review failed. The note is still in its field; try again.", { lasting: true }));
document.addEventListener("htmx:sendError", () => announce("The service does not answer. Is it still running?", { lasting: true }));

wireCopying();
wireKeys();
wireViews();
document.querySelector(".problems")?.focus();
