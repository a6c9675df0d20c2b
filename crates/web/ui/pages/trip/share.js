// Sharing the position: only after the escort says so, only while the page is open, at most every ten seconds.
import { h, fill } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { post } from "../../lib/api.js";
import { clockSeconds, now } from "../../lib/time.js";

const EVERY_MS = 10_000;

/** @param {() => string} trip the id of the trip on the screen */
export function sharePosition(trip) {
  /** @type {number | null} */ let watching = null;
  let sentMs = -Infinity;
  const state = h("p", { class: "soft", role: "status" }, t("share.off"));
  const button = h("button", {
    type: "button",
    class: "btn btn--big btn--block",
    id: "share",
    "aria-pressed": "false",
  });
  const paint = () => {
    button.setAttribute("aria-pressed", String(watching !== null));
    fill(button, icon("pin"), t(watching === null ? "share.start" : "share.stop"));
  };
  const stop = (/** @type {string} */ why) => {
    if (watching !== null) navigator.geolocation.clearWatch(watching);
    watching = null;
    state.textContent = why;
    paint();
  };
  // The phone may find its place a moment later, so the watch goes on.
  const say = (/** @type {string} */ why) => {
    state.textContent = why;
  };
  /** @param {GeolocationPosition} place */
  const send = async (place) => {
    if (performance.now() - sentMs < EVERY_MS) return;
    sentMs = performance.now();
    const at = new Date(now()).toISOString();
    try {
      const { outcome } = await post(`/v1/trips/${trip()}/position`, {
        lat: place.coords.latitude,
        lon: place.coords.longitude,
        at,
        accuracy_metres: place.coords.accuracy,
      });
      state.textContent = t(outcome === "vague" || outcome === "jump" ? `share.${outcome}` : "share.sent", {
        at: clockSeconds(at),
      });
    } catch {
      state.textContent = t("share.failed", { at: clockSeconds(at) });
    }
  };
  button.addEventListener("click", () => {
    if (watching !== null) return stop(t("share.off"));
    if (!window.isSecureContext) return stop(t("share.insecure"));
    if (!navigator.geolocation) return stop(t("share.none"));
    watching = navigator.geolocation.watchPosition(
      send,
      (error) =>
        error.code === error.PERMISSION_DENIED
          ? stop(t("share.denied"))
          : say(t(error.code === error.TIMEOUT ? "share.timeout" : "share.unavailable")),
      { enableHighAccuracy: true, maximumAge: 5000 },
    );
    state.textContent = t("share.waiting");
    paint();
  });
  paint();
  return {
    el: h("div", { class: "stack stack--tight" }, button, state),
    stop: () => watching !== null && stop(t("share.off")),
  };
}
