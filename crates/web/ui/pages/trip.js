// The escort's phone: my trips (`/trip`) or one trip (`/trip/<id>`): who is on board, depart, next gate, hand over.
import { h, fill } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { openPage } from "../lib/shell.js";
import { get } from "../lib/api.js";
import { worded } from "../lib/submit.js";
import { icon } from "../lib/icons.js";
import { oneByOne } from "../lib/one-by-one.js";
import { note } from "../lib/parts.js";
import { Feed } from "../lib/feed.js";
import { staleBanner } from "../lib/stale.js";
import { clockSeconds, everySecond, now } from "../lib/time.js";
import { tripList } from "./trip/list.js";
import { tripView } from "./trip/view.js";

/** @typedef {import("../types.js").TripDetail} TripDetail */

/** Who waits at the kerb looks once in a while. */
const LIST_EVERY_MS = 15_000;

const shell = await openPage({ title: t("trip.title") });
const id = decodeURIComponent(location.pathname.split("/")[2] ?? "");
if (id) await openTrip();
else await openList();
document.documentElement.dataset.ready = "1";

/** A trip that is given to an escort comes up by itself; what cannot be read anew says how old it is. */
async function openList() {
  const [list, trouble] = [tripList(), h("div", { role: "status" })];
  shell.main.append(trouble, list.el);
  let seen = 0;
  const read = oneByOne(async () => {
    try {
      list.paint((await get("/v1/trips?open=true")).trips);
      seen = now();
      fill(trouble);
    } catch (error) {
      const old = seen ? ` ${t("trip.list.as-of", { at: clockSeconds(seen) })}` : "";
      fill(trouble, note(`${worded(error)}${old}`, "alarm"));
    }
  });
  await read();
  const again = () => {
    if (!document.hidden) read();
  };
  setInterval(again, LIST_EVERY_MS);
  document.addEventListener("visibilitychange", again);
}

async function openTrip() {
  /** @type {TripDetail | null} */ let trip = null;
  const trouble = h("div", {});
  const reload = oneByOne(async () => {
    try {
      const fresh = /** @type {TripDetail} */ (await get(`/v1/trips/${id}`));
      trip = fresh;
      fill(trouble);
      shell.setTitle(fresh.vehicle.name);
      view.paint(fresh);
    } catch (error) {
      fill(trouble, note(worded(error), "alarm"));
    }
  });
  const view = tripView(reload);
  const back = h("a", { class: "btn btn--quiet", id: "to-trips", href: "/trip" }, icon("back"), t("trip.title"));
  shell.main.append(h("p", {}, back), trouble, view.el);
  await reload();
  if (!trip) return;
  const showState = staleBanner(shell);
  const feed = new Feed({
    streams: [`trip:${id}`],
    hb: 1,
    onState: showState,
    onChange: (stream, change) => {
      if (change.kind !== "tick") reload();
      else for (const row of stream.rows.values()) if (row.kind === "trip" && trip) takeTimes(trip, row);
    },
  });
  showState(feed.state);
  everySecond(() => trip && view.paint(trip));
}

/** Ticks change times and the position; the rest comes by a read. @param {TripDetail} trip @param {import("../types.js").TripRow} row */
function takeTimes(trip, row) {
  trip.position = row.position;
  for (const stop of trip.stops) stop.eta = row.stops.find((one) => one.stop === stop.stop)?.eta ?? stop.eta;
}
