// Words in the note and fields on the cards: choosing the one shows the other. No offsets are counted here:
// the server made an element of every span.
let current = { span: null, card: null };

export function spanOf(id) {
  const found = document.getElementById(id);
  return found?.matches("mark") ? found : null;
}

function piecesOf(span) {
  return document.querySelectorAll(`mark[data-span="${CSS.escape(span.dataset.span)}"]`);
}

function cardsOf(span) {
  return span.dataset.ev.split(" ").filter(Boolean).map((id) => document.getElementById(id)).filter(Boolean);
}

export function fieldOf(span) {
  const [card] = cardsOf(span);
  const chip = card?.querySelector(`a[href="#${CSS.escape(span.dataset.span)}"]`);
  return chip ?? card ?? document.querySelector(`.why a[href="#${CSS.escape(span.dataset.span)}"]`);
}

export function chosenField() {
  return current;
}

export function letGo() {
  for (const one of document.querySelectorAll(".chosen, .near")) one.classList.remove("chosen", "near");
  current = { span: null, card: null };
}

function reveal(element) {
  element.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function paintCard(card) {
  card.classList.add("chosen");
  const mine = `mark[data-ev~="${CSS.escape(card.dataset.card)}"]`;
  for (const mark of document.querySelectorAll(mine)) mark.classList.add("near");
}

// Choose a span: outline all its pieces, its cards, and the field that it fills.
export function choose(span, { from = null, focus = true, card = false } = {}) {
  letGo();
  current = { span, card: cardsOf(span)[0] ?? null };
  for (const one of cardsOf(span)) paintCard(one);
  for (const piece of piecesOf(span)) piece.classList.add("chosen");
  for (const chip of document.querySelectorAll(`a[href="#${CSS.escape(span.dataset.span)}"]`)) {
    chip.classList.add("chosen");
    chip.closest(".fields > div")?.classList.add("chosen");
  }
  if (focus) span.focus({ preventScroll: true });
  reveal(span);
  const field = fieldOf(span);
  if (field && (card || !from)) reveal(field);
}

// Choose an event: its card gets the focus, its words in the note stand out, the first of them comes into view.
export function chooseCard(card) {
  letGo();
  current = { span: null, card };
  paintCard(card);
  card.focus({ preventScroll: true });
  const first = document.querySelector(`mark[data-ev~="${CSS.escape(card.dataset.card)}"]`);
  if (first) reveal(first);
  reveal(card);
}
