// The watch: sound and wake lock, both given by one tap. It chimes for what nobody has answered, every 30 s, and says when it cannot.
import { h, fill } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { chip } from "../../lib/parts.js";

const CHIME_EVERY_MS = 30_000;

/** The watch of one screen: `el` is its button and state. */
export class Watch {
  constructor() {
    /** @type {AudioContext | null} */ this.sound = null;
    this.chimedAt = -Infinity;
    this.pending = 0;
    this.state = h("span", { id: "watch-state" });
    this.button = h(
      "button",
      { type: "button", class: "btn btn--big btn--primary", id: "watch" },
      icon("bell"),
      t("watch.start"),
    );
    this.button.addEventListener("click", () => this.start());
    this.el = h("div", { class: "cluster" }, this.state, this.button);
    document.addEventListener(
      "visibilitychange",
      () => document.visibilityState === "visible" && this.sound && this.stayAwake(),
    );
    this.paint();
  }

  async start() {
    this.sound ??= new AudioContext();
    this.sound.addEventListener("statechange", () => this.paint());
    await Promise.allSettled([this.sound.resume(), this.stayAwake()]);
    this.ring(1);
    this.paint();
  }

  async stayAwake() {
    try {
      this.lock = await navigator.wakeLock?.request("screen");
    } catch {
      this.lock = undefined; /* the state line says that the screen may sleep */
    }
  }

  /** Called every second with how much is unanswered; `fresh` chimes at once. @param {number} pending @param {boolean} fresh */
  turn(pending, fresh) {
    if (pending !== this.pending) {
      this.pending = pending;
      this.paint();
    }
    if (!pending) this.chimedAt = -Infinity;
    else if (fresh || performance.now() - this.chimedAt >= CHIME_EVERY_MS) this.ring(2);
  }

  /** @param {number} times */
  ring(times) {
    this.chimedAt = performance.now();
    if (this.sound?.state !== "running") return;
    for (let n = 0; n < times; n += 1)
      for (const [index, hertz] of [659.3, 880].entries()) this.tone(hertz, n * 1.1 + index * 0.22);
  }

  /** @param {number} hertz @param {number} afterSeconds */
  tone(hertz, afterSeconds) {
    const sound = /** @type {AudioContext} */ (this.sound);
    const at = sound.currentTime + afterSeconds;
    const source = new OscillatorNode(sound, { type: "sine", frequency: hertz });
    const volume = new GainNode(sound, { gain: 0 });
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.35, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.8);
    source.connect(volume).connect(sound.destination);
    source.start(at);
    source.stop(at + 0.85);
  }

  paint() {
    const on = this.sound?.state === "running";
    this.button.hidden = on;
    if (on) fill(this.state, chip(t(this.lock ? "watch.on" : "watch.on-may-sleep"), "ok", "bell"));
    else if (this.sound) fill(this.state, chip(t("watch.blocked"), "alarm", "mute"));
    else fill(this.state, chip(t("watch.off"), this.pending ? "alarm" : "warn", "mute"));
  }
}
