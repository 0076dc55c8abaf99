// The alarm bar: it is kept up to date while a page is open, tells the tab's
// title, and sounds when something new calls or calls louder. The sound is made
// here, only after the person has touched the page, and can be switched off.
"use strict";

const alarmPolicy = window.trustedTypes
  ? window.trustedTypes.createPolicy("rotatif-alarms", { createHTML: (s) => s })
  : { createHTML: (s) => s };

const plainTitle = document.title;
const alarmBar = () => document.getElementById("alarms");
let audio = null;
let stamp = alarmBar().dataset.stamp;

const silent = () => localStorage.getItem("desk-silent") === "1";

function touched() {
  if (!audio && window.AudioContext) audio = new AudioContext();
  if (audio && audio.state === "suspended") audio.resume();
}
addEventListener("pointerdown", touched, { once: true });
addEventListener("keydown", touched, { once: true });

// beep plays a note a rung, higher the longer nobody came.
function beep(loud) {
  alarmBar().dataset.sounded = silent() ? "off" : "on";
  if (!audio || silent()) return;
  for (let i = 0; i <= Math.min(loud, 3); i++) {
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    const at = audio.currentTime + i * 0.3;
    tone.frequency.value = 660 + 110 * loud;
    gain.gain.setValueAtTime(0.0001, at);
    gain.gain.exponentialRampToValueAtTime(0.25, at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.25);
    tone.connect(gain).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.26);
  }
}

// dress puts the switch and the title in order.
function dress() {
  const bar = alarmBar();
  const open = bar.hidden ? 0 : bar.dataset.stamp.trim().split(" ").length;
  document.title = open ? "(" + open + ") " + plainTitle : plainTitle;
  const sound = document.getElementById("sound");
  if (!sound) return;
  sound.hidden = false;
  sound.textContent = silent() ? sound.dataset.saySilent : sound.dataset.saySounding;
  sound.setAttribute("aria-pressed", String(!silent()));
  sound.onclick = () => {
    localStorage.setItem("desk-silent", silent() ? "0" : "1");
    dress();
  };
}

// news says whether a stamp holds a call, or a rung, that the one before had not.
const news = (before, after) => after.trim().split(" ").some((call) => call && !before.includes(call));

function show(html) {
  const template = document.createElement("template");
  template.innerHTML = alarmPolicy.createHTML(html);
  const fresh = template.content.querySelector("#alarms");
  if (!fresh) return;
  const bar = alarmBar();
  const focused = bar.contains(document.activeElement);
  for (const name of ["data-stamp", "data-loud"]) bar.setAttribute(name, fresh.getAttribute(name));
  bar.hidden = fresh.hidden;
  bar.replaceChildren(...fresh.childNodes);
  if (focused && bar.querySelector("a")) bar.querySelector("a").focus();
  if (news(stamp, bar.dataset.stamp)) beep(Number(bar.dataset.loud));
  stamp = bar.dataset.stamp;
  dress();
}

dress();
if (alarmBar().dataset.watch && window.EventSource) {
  let source = null;
  const listen = () => {
    if (source) source.close(); // and with it what it may still have to say
    source = new EventSource(alarmBar().dataset.watch);
    source.addEventListener("bar", (e) => show(e.data));
  };
  listen();
  addEventListener("seen", listen); // what was seen calls no more, and only a new stream is certain to know it
  addEventListener("pagehide", () => source.close());
}
