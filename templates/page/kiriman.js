/* Dragging files onto the form; without this they are chosen by the button. */
"use strict";
(function () {
  const area = document.getElementById("tempat");
  const field = document.getElementById("berkas");
  if (!area || !field) return;
  const inside = (event) => event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
  let depth = 0;
  const mark = (on) => area.classList.toggle("over", on);
  document.addEventListener("dragenter", (event) => {
    if (inside(event)) { depth += 1; mark(true); }
  });
  document.addEventListener("dragleave", (event) => {
    if (inside(event)) { depth = Math.max(0, depth - 1); if (!depth) mark(false); }
  });
  /* Beside the area too: a browser would leave the page and open the file. */
  document.addEventListener("dragover", (event) => { if (inside(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!inside(event)) return;
    event.preventDefault();
    depth = 0;
    mark(false);
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  const told = document.getElementById("terpilih");
  field.addEventListener("change", () => {
    const names = Array.from(field.files, (file) => file.name);
    told.textContent = names.length ? "Terpilih: " + names.join(", ") : "";
  });
  const form = field.form;
  const button = form.querySelector("button");
  window.addEventListener("pageshow", () => { button.disabled = false; });
  form.addEventListener("submit", () => {
    button.disabled = true;
    told.textContent = "Sedang dikirim dan dibaca. Tunggu sebentar …";
  });
  document.documentElement.classList.add("drags");
})();
