// Single keys, which can be turned off (WCAG 2.1.4) and never act inside a field.
import { choose, chooseCard, chosenField, fieldOf, letGo } from "./linking.js";

const PREFERENCE = "deltoid-keys";

function neighbour(list, now, step) {
  const at = list.indexOf(now);
  if (at < 0) return list.at(step > 0 ? 0 : -1);
  return list[(at + step + list.length) % list.length];
}

function stepCard(step) {
  const cards = [...document.querySelectorAll("[data-card]")];
  if (cards.length) chooseCard(neighbour(cards, chosenField().card, step));
}

function stepSpan(step) {
  const spans = [...document.querySelectorAll("mark[id]")];
  if (spans.length) choose(neighbour(spans, chosenField().span, step));
}

function help() {
  document.getElementById("help").showModal();
}

const ACTIONS = {
  j: () => stepCard(1),
  k: () => stepCard(-1),
  "]": () => stepSpan(1),
  "[": () => stepSpan(-1),
  "?": help,
};

function typing(target) {
  return target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], dialog");
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "Escape") letGo();
  if (event.key === "Enter" && event.target.matches("mark")) fieldOf(event.target)?.focus();
  const act = ACTIONS[event.key.toLowerCase()];
  if (act && document.getElementById("keys-on").checked) {
    event.preventDefault();
    act();
  }
}

export function wireKeys() {
  const on = document.getElementById("keys-on");
  on.checked = localStorage.getItem(PREFERENCE) !== "off";
  on.addEventListener("change", () => localStorage.setItem(PREFERENCE, on.checked ? "on" : "off"));
  document.getElementById("help-open").addEventListener("click", help);
  document.addEventListener("keydown", pressed);
}
