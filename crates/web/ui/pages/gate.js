// The gate: one stop, its people, three steps each by role, and the hand-over that needs both sides. Live by the receiver's stream.
import { h, fill, fillWhen, keyed } from "../lib/dom.js";
import { t, name } from "../lib/i18n.js";
import { openPage } from "../lib/shell.js";
import { get } from "../lib/api.js";
import { worded } from "../lib/submit.js";
import { driverWords } from "../lib/crew.js";
import { Feed } from "../lib/feed.js";
import { staleBanner } from "../lib/stale.js";
import { note, peopleChips, phoneLink } from "../lib/parts.js";
import { icon } from "../lib/icons.js";
import { personCard } from "./gate/person.js";
import { handOver } from "./gate/hand-over.js";
import { ownRole } from "./board/words.js";

/** @typedef {import("../types.js").StopDetail} StopDetail */

const shell = await openPage({ title: t("gate.title") });
const id = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const role = ownRole(shell.session.account.grant);
const head = h("div", { class: "stack stack--tight" });
const people = h("ol", { class: "stack" });
const nobody = h("p", { class: "empty", hidden: true }, icon("people"), " ", t("gate.nobody"));
const end = h("section", { class: "gate__end", "aria-label": t("gate.both") });
let asking = false;
let again = false;

shell.main.append(h("div", { class: "gate stack stack--loose" }, head, people, nobody, end));
const first = await load();
if (first) follow(first.receiver);
document.documentElement.dataset.ready = "1";

/** Reads the stop again; calls while one is under way end in one more. @returns {Promise<StopDetail | null>} */
async function load() {
  if (asking) {
    again = true;
    return null;
  }
  asking = true;
  try {
    const stop = /** @type {StopDetail} */ (await get(`/v1/stops/${id}`));
    paint(stop);
    return stop;
  } catch (error) {
    fill(head, note(worded(error), "alarm"), h("a", { class: "btn btn--big", href: "/board" }, t("gate.to-board")));
    return null;
  } finally {
    asking = false;
    if (again) {
      again = false;
      load();
    }
  }
}

/** @param {string} receiver */
function follow(receiver) {
  const showState = staleBanner(shell);
  const feed = new Feed({
    streams: [receiver],
    hb: 1,
    onState: showState,
    onChange: (_, change) => {
      if (
        change.kind !== "tick" &&
        (change.kind !== "event" || change.key === id || change.code === "reception.checked")
      )
        load();
    },
  });
  showState(feed.state);
}

/** @param {StopDetail} stop */
function paint(stop) {
  shell.setTitle(stop.gate ? name(stop.gate.compound) : t("gate.title"));
  fillWhen(head, [stop.people, stop.escort, stop.driver, stop.plate, stop.home_check], () => [
    h("a", { class: "btn btn--quiet gate__back", href: `/board/${stop.receiver}` }, t("gate.to-board")),
    h(
      "div",
      { class: "cluster large" },
      ...peopleChips(stop.people),
      stop.plate ? h("span", { class: "plate" }, stop.plate) : null,
    ),
    h(
      "div",
      { class: "cluster" },
      stop.escort ? phoneLink(stop.escort.phone, t("stop.escort", { name: stop.escort.name })) : null,
      stop.driver ? phoneLink(stop.driver.phone, driverWords(stop.driver)) : null,
    ),
    stop.home_check === "pending" || stop.home_check === "unsuitable"
      ? note(t(`problem.home-${stop.home_check === "pending" ? "check-pending" : "unsuitable"}`), "alarm")
      : null,
  ]);
  keyed(
    people,
    stop.people_list.map((one) => ({ one, stop })),
    ({ one }) => one.arrival,
    personCard(role, load),
  );
  fillWhen(end, [stop.stage, stop.offered_at, stop.arrived_at, stop.handed_over_at, stop.people_list], () =>
    handOver(stop, role, load),
  );
  nobody.hidden = stop.people_list.length > 0;
}
