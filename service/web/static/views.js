// How the note is shown is a habit of the reader, so it is kept; nothing of a note ever is.
const VIEWS = ["view-tags", "view-fixed"];

export function wireViews() {
  for (const id of VIEWS) {
    const box = document.getElementById(id);
    if (!box) continue;
    const kept = localStorage.getItem(`deltoid-${id}`);
    if (kept) box.checked = kept === "on";
    box.addEventListener("change", () => localStorage.setItem(`deltoid-${id}`, box.checked ? "on" : "off"));
  }
}
