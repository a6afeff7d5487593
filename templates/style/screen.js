// The page's own script: search, place in the contents, look. Without it everything else works.
(() => {
  "use strict";
  const root = document.documentElement;
  const main = document.getElementById("laporan");
  const side = document.querySelector(".side");
  const toc = side.querySelector(".toc");
  const narrow = matchMedia("(max-width: 71.99rem)");
  root.classList.add("script");

  // Contents: closed where they would cover the report, and marked where the reader is.
  const fold = () => { toc.open = !narrow.matches; };
  fold();
  narrow.addEventListener("change", fold);
  const links = new Map();
  for (const link of toc.querySelectorAll("nav a")) {
    const heading = document.getElementById(link.getAttribute("href").slice(1));
    if (heading) links.set(heading, link);
    link.addEventListener("click", () => { if (narrow.matches) toc.open = false; });
  }
  let current = null;
  const followPlace = () => {
    const list = narrow.matches ? toc : side;
    if (!current || !toc.open) return;
    const room = list.getBoundingClientRect();
    const place = current.getBoundingClientRect();
    if (place.bottom > room.bottom || place.top < room.top) list.scrollTop += place.top - room.top - room.height / 3;
  };
  toc.addEventListener("toggle", followPlace);
  toc.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !narrow.matches) return;
    toc.open = false;
    toc.querySelector("summary").focus();
  });
  const markPlace = () => {
    let here = null;
    for (const heading of links.keys()) {
      if (here && heading.getBoundingClientRect().top > innerHeight * 0.3) break;
      here = heading;
    }
    const link = links.get(here);
    if (!link || link === current) return;
    if (current) current.removeAttribute("aria-current");
    link.setAttribute("aria-current", "location");
    current = link;
    followPlace();
  };
  if ("IntersectionObserver" in window) {
    // All that is above counts as seen: else a jump over a heading would tell nothing.
    const watch = new IntersectionObserver(markPlace, { rootMargin: "1000000px 0px -70% 0px" });
    for (const heading of links.keys()) watch.observe(heading);
  }

  // A table or picture that fits need not be stepped to.
  const boxes = main.querySelectorAll(".box, .charts.single");
  const measureBoxes = () => {
    for (const box of boxes) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  measureBoxes();
  addEventListener("resize", measureBoxes);

  // Look: kept where the browser lets a page keep something.
  const looks = [...side.querySelectorAll("[name=tampilan]")];
  const kept = (store) => { try { return store(localStorage); } catch { return null; } };
  const wanted = kept((store) => store.getItem("tampilan"));
  for (const look of looks) {
    if (wanted !== null) look.checked = look.value === wanted;
    look.addEventListener("change", () => kept((store) => store.setItem("tampilan", look.value)));
  }

  // Cards: a link in one leaves it; a browser that knows no popover shows them all the same.
  const cards = document.querySelectorAll(".card");
  const popover = "popover" in HTMLElement.prototype;
  for (const card of cards) {
    card.addEventListener("click", (event) => {
      if (event.target.closest("a") && popover) card.hidePopover();
    });
  }
  if (!popover) {
    let opener = null;
    const close = () => {
      for (const card of cards) card.classList.remove("open");
      if (opener) opener.focus();
      opener = null;
    };
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[popovertarget]");
      if (event.target.closest(".card") && !button && !event.target.closest("a")) return;
      close();
      if (!button || button.hasAttribute("popovertargetaction")) return;
      const card = document.getElementById(button.getAttribute("popovertarget"));
      card.classList.add("open");
      card.focus();
      opener = button;
    });
    addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  }

  // Search: headings, tables, paragraphs; a hit may run over bold words and figures.
  const box = side.querySelector(".find");
  const field = box.querySelector("input");
  const told = box.querySelector("output");
  const steps = [...box.querySelectorAll("button")];
  const plain = (text) => {
    const folded = text.replace(/\s/g, " ").toLowerCase();
    return folded.length === text.length ? folded : text;
  };
  let blocks = null;
  const readBlocks = () => {
    const found = [];
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const last = found[found.length - 1];
      if (node.nodeType === Node.ELEMENT_NODE) {
        if (node.localName === "br" && last && last.block.contains(node)) last.text += " ";
        continue;
      }
      const block = node.parentElement.closest("p, li, td, th, h1, h2, h3, figcaption, dt, dd");
      if (!block || node.parentElement.closest("svg, .traces")) continue;
      if (last && last.block === block) {
        last.nodes.push([last.text.length, node]);
        last.text += plain(node.data);
      } else found.push({ block, text: plain(node.data), nodes: [[0, node]] });
    }
    return found;
  };
  const rangeOf = (nodes, start, end) => {
    const range = document.createRange();
    for (const [from, node] of nodes) {
      if (from <= start) range.setStart(node, Math.min(start - from, node.length));
      if (from < end) range.setEnd(node, Math.min(end - from, node.length));
    }
    return range;
  };
  let hits = [];
  let at = -1;
  const paint = () => {
    if (!window.Highlight || !CSS.highlights) {
      if (hits[at] && document.activeElement !== field) {
        getSelection().removeAllRanges();
        getSelection().addRange(hits[at]);
      }
      return;
    }
    CSS.highlights.set("temuan", new Highlight(...hits.filter((_, place) => place !== at)));
    CSS.highlights.set("kini", new Highlight(...hits.slice(at, at + 1)));
  };
  const show = (place) => {
    at = hits.length ? (place + hits.length) % hits.length : -1;
    told.textContent = hits.length ? `${at + 1} dari ${hits.length}` : field.value.trim().length < 2 ? "" : "Tidak ada";
    for (const step of steps) step.disabled = !hits.length;
    paint();
    if (at < 0) return;
    const element = hits[at].startContainer.parentElement;
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  };
  const search = () => {
    const words = plain(field.value).trim().replace(/ +/g, " ");
    hits = [];
    at = -1;
    if (words.length > 1) {
      blocks ??= readBlocks();
      for (const { text, nodes } of blocks) {
        for (let place = text.indexOf(words); place >= 0; place = text.indexOf(words, place + words.length)) {
          hits.push(rangeOf(nodes, place, place + words.length));
        }
      }
    }
    show(0);
  };
  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") show(at + (event.shiftKey ? -1 : 1));
    if (event.key === "Escape") { field.value = ""; search(); }
  });
  for (const step of steps) step.addEventListener("click", () => show(at + Number(step.dataset.step)));
  box.hidden = false;
})();
