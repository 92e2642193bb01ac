// The little script of the office's pages: parts that keep themselves fresh, and confirmations.
"use strict";
document.querySelector(".rail a[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
document.querySelectorAll("[data-fresh]").forEach((part) => {
  const address = part.dataset.fresh;
  const every = Number(part.dataset.every || "2000");
  const note = document.querySelector("[data-lost]");
  let before = part.innerHTML;
  async function refresh() {
    try {
      const answer = await fetch(address, { headers: { "x-part": "1" }, cache: "no-store" });
      if (answer.status === 401) { location.reload(); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = await answer.text();
      if (fresh !== before && !part.contains(document.activeElement)) {
        part.innerHTML = fresh;
        before = fresh;
      }
      if (note) note.hidden = true;
    } catch (fault) {
      if (note) note.hidden = false;
    }
    setTimeout(refresh, document.hidden ? 5 * every : every);
  }
  setTimeout(refresh, every);
});
document.querySelectorAll("form[data-sure]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    if (!window.confirm(form.dataset.sure)) event.preventDefault();
  });
});
document.querySelectorAll("select[data-sends]").forEach((choice) => {
  choice.addEventListener("change", () => choice.form.submit());
});
