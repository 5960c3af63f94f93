// A small menu that opens from a button: arrows move, Escape closes and gives the focus back.
import { el, walkWithArrows } from "./dom.js";

let close = () => {};

/** Shows `choices` ([{label, act, danger}]) beside `anchor`. */
export function openMenu(anchor, choices, label) {
  close();
  const box = anchor.getBoundingClientRect();
  const menu = el("div", { className: "popup", role: "menu", aria: { label } }, choices.map(({ label: said, act, danger }) =>
    el("button", { type: "button", role: "menuitem", className: danger ? "popup__item popup__item--danger" : "popup__item", onclick: () => { close(); act(); } }, said)));
  const outside = (event) => { if (!menu.contains(event.target)) close(); };
  close = () => {
    const inside = menu.contains(document.activeElement);
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    anchor.setAttribute("aria-expanded", "false");
    if (inside && anchor.isConnected) anchor.focus();
    close = () => {};
  };
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.preventDefault(); // else a dialog below would close, too
    if (event.key === "Escape" || event.key === "Tab") close();
  });
  walkWithArrows(menu, ".popup__item");
  document.addEventListener("pointerdown", outside, true);
  anchor.setAttribute("aria-expanded", "true");
  (anchor.closest("dialog") ?? document.body).append(menu);
  place(menu, box);
  menu.querySelector("button")?.focus({ preventScroll: true });
}

function place(menu, box) {
  const left = Math.min(box.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8);
  const below = box.bottom + menu.offsetHeight + 8 < innerHeight;
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = below ? `${box.bottom + 4}px` : `${Math.max(8, box.top - menu.offsetHeight - 4)}px`;
}
