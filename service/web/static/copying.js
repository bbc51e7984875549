// Copy buttons, and the one place that speaks to a screen reader.
let clearing = 0;

export function announce(words, { lasting = false } = {}) {
  const status = document.getElementById("status");
  status.textContent = words;
  clearTimeout(clearing);
  if (!lasting) clearing = setTimeout(() => (status.textContent = ""), 5000);
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 1500);
    announce(`Copied: ${button.dataset.name}`);
  } catch {
    announce("The browser did not allow copying. Select the text and copy it yourself.", { lasting: true });
  }
}

export function wireCopying() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });
}
