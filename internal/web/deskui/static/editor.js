// The editor: counters while one types, Ctrl/⌘ S, and a word before unsaved
// text is left behind.
"use strict";

const form = document.getElementById("editor");
const unsaved = document.getElementById("unsaved");

const text = () => new URLSearchParams(new FormData(form)).toString();
let kept = form ? text() : "";
let leaving = false;

const dirty = () => !!document.querySelector("main > .say.wrong") || text() !== kept;

// A letter is what a reader counts as one.
const length = (s) => [...s].length;

function count(field) {
  const out = document.getElementById(field.id + "-count");
  if (!out) return;
  if (field.dataset.count) {
    const n = length(field.value.trim());
    out.querySelector(".num").textContent = n;
    out.querySelector("meter").value = n;
    out.classList.toggle("over", n > Number(field.dataset.count));
  } else if (field.dataset.words) {
    const n = field.value.trim() ? field.value.trim().split(/\s+/).length : 0;
    out.querySelector(".num").textContent = field.dataset.words.replace("{n}", n);
  }
}

if (form) {
  for (const field of form.querySelectorAll("[data-count], [data-words]")) {
    count(field);
    field.addEventListener("input", () => count(field));
  }
  document.addEventListener("input", () => {
    unsaved.textContent = dirty() ? unsaved.dataset.say : "";
  });
  // Another form on the page would leave the text behind; only a kill may not wait.
  document.addEventListener("submit", (e) => {
    leaving = e.target === form || /\/kill$/.test(e.target.action);
  });
  addEventListener("beforeunload", (e) => {
    if (!leaving && dirty()) e.preventDefault();
  });
  addEventListener("pageshow", () => { leaving = false; });
  // A headline is one line, however many it takes to show it.
  document.getElementById("headline").addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || e.isComposing || e.ctrlKey || e.metaKey) return;
    e.preventDefault();
    if (!e.target.readOnly) form.requestSubmit();
  });
  document.addEventListener("keydown", (e) => {
    if (e.code === "KeyS" && (e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey) {
      e.preventDefault();
      form.requestSubmit();
    } else if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey) {
      const noted = document.activeElement === document.getElementById("correction");
      const button = document.getElementById(noted ? "correct" : "publish");
      if (!button) return;
      e.preventDefault();
      button.click();
    }
  });
}
