// Dispatch: the queue, the selected party, the trips, the map; alerts, beds and vehicles above. Live from the district's stream.
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { openPage } from "../lib/shell.js";
import { reference, receiversOf } from "../lib/session.js";
import { afterReturn, newPlaces } from "../lib/known.js";
import { Feed } from "../lib/feed.js";
import { staleBanner } from "../lib/stale.js";
import { everySecond } from "../lib/time.js";
import { note } from "../lib/parts.js";
import { queue } from "./dispatch/queue.js";
import { partyPanel } from "./dispatch/party.js";
import { tripColumn } from "./dispatch/trips.js";
import { alertStrip, siteStrip } from "./dispatch/alerts.js";
import { pageKeys, keysButton } from "./dispatch/keys.js";
import { fleetStrip } from "./dispatch/fleet.js";
import { planButton } from "./dispatch/day-plan.js";
import { roomPlanButton } from "./dispatch/room-plan.js";
import { undoBar } from "./dispatch/day/undo.js";
import { mapPanel, showTrip } from "./dispatch/map/panel.js";
import { approvalButton, rulesButton } from "./dispatch/rules.js";
import { planningButton } from "./dispatch/planning.js";
import { phonesButton } from "./dispatch/phones.js";
import { roadsButton } from "./dispatch/roads.js";
import { driversButton } from "./dispatch/drivers.js";
import { escortsButton } from "./dispatch/escorts.js";
import { gatesButton } from "./board/gates.js";
import { moreMenu } from "./dispatch/more.js";

const shell = await openPage({ title: t("dispatch.title"), wide: true });
const known = await reference();
const { grant } = shell.session.account;

if (grant.role === "dispatcher" || grant.role === "command") follow(grant.district, grant.role === "dispatcher");
else shell.main.append(note(t("dispatch.none"), "info"));
document.documentElement.dataset.ready = "1";

/** @param {string} district @param {boolean} mayAct */
function follow(district, mayAct) {
  const parties = () => feed.rows().filter((row) => row.kind === "party");
  const trips = () => feed.rows().filter((row) => row.kind === "trip");
  const panel = partyPanel({
    known,
    mayAct,
    sites: () => feed.rows().filter((row) => row.kind === "site"),
    trip: (id) => trips().find((row) => row.trip === id),
  });
  const open = async (/** @type {string} */ party) => {
    const shown = panel.show(party);
    paint();
    await shown;
  };
  const list = queue(open);
  const vehicles = tripColumn(known, mayAct);
  const alerts = alertStrip(open, () => plan?.open ?? null, mayAct);
  const sites = siteStrip(known, mayAct);
  const fleet = mayAct ? fleetStrip() : null;
  const map = mapPanel(known, district, showTrip);
  const undo = undoBar(() => feed.rows());
  const plan = mayAct ? planButton(known, district, { parties, trips, committed: undo.committed }) : null;
  const roomPlan = mayAct ? roomPlanButton(known, open) : null;
  const approval = approvalButton(district);
  const roads = roadsButton(mayAct);
  const does = {
    move: list.move,
    detail: async () => {
      const at = /** @type {HTMLElement | null} */ (document.activeElement);
      const party = /** @type {HTMLElement | null | undefined} */ (at?.closest("#queue [data-party]"))?.dataset.party;
      if (party && party !== panel.party) await open(party);
      // Whoever went on meanwhile is not called back.
      if (document.activeElement === at) panel.focus();
    },
    plan: plan?.open ?? null,
    rooms: roomPlan?.open ?? null,
    search: list.search,
    map: map.key,
    undo: mayAct ? undo.key : null,
  };
  const columns = h("div", { class: "dispatch" }, list.el, panel.el, vehicles.el, map.el);
  shell.main.append(
    h(
      "div",
      { class: "dispatch__top" },
      sites.el,
      h(
        "div",
        { class: "tools" },
        plan?.el,
        roomPlan?.el,
        map.button,
        roads.el,
        approval.el,
        moreMenu([
          mayAct ? gatesButton(known, () => receiversOf(grant, known).map((one) => one.code)) : null,
          mayAct ? phonesButton() : null,
          mayAct ? driversButton() : null,
          mayAct ? escortsButton() : null,
          rulesButton(known, district, !mayAct),
          planningButton(district),
          keysButton(does),
        ]),
      ),
    ),
    alerts.el,
    undo.el,
    fleet?.el ?? "",
    columns,
  );
  leaveRoom(columns);
  const lookForNew = newPlaces(known, () => paint());
  const hearReturn = afterReturn(() => paint());
  const paint = () => {
    const rows = feed.rows();
    lookForNew(rows);
    list.paint(parties(), panel.party, trips());
    panel.paintRide();
    vehicles.paint(trips(), parties().find((row) => row.party === panel.party)?.trip ?? null);
    alerts.paint(rows);
    sites.paint(rows);
    fleet?.paint(rows);
    approval.paint(rows);
    roads.paint(rows);
    map.paint(rows);
    undo.paint(rows);
    plan?.paint(feed.state.phase === "live");
    roomPlan?.paint(parties());
  };
  const showState = staleBanner(shell);
  const feed = new Feed({
    streams: [`district:${district}`],
    hb: 1,
    onState: showState,
    onChange: (stream, change) => {
      hearReturn(stream, change);
      paint();
      if (change.kind !== "event") return;
      if (change.key === panel.party) void panel.refresh();
      const { kind } = change.row ?? change.before ?? {};
      if (kind === "trip" || kind === "vehicle" || kind === "planning") panel.mayBeOld();
      if (kind === "planning") plan?.rulesChanged();
    },
  });
  showState(feed.state);
  everySecond(paint);
  pageKeys(does);
}

/** Tells the columns how much stands above them, so that they end where the screen ends. @param {HTMLElement} columns */
function leaveRoom(columns) {
  const look = () => columns.style.setProperty("--above", `${columns.getBoundingClientRect().top + scrollY}px`);
  const above = new ResizeObserver(look);
  for (let el = columns.previousElementSibling; el; el = el.previousElementSibling) above.observe(el);
  look();
}
