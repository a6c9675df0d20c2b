// Dispatch: the queue, the selected party, the trips; alerts and free beds above. Live from the district's stream.
import { h } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { openPage } from "../lib/shell.js";
import { reference } from "../lib/session.js";
import { Feed } from "../lib/feed.js";
import { staleBanner } from "../lib/stale.js";
import { everySecond } from "../lib/time.js";
import { note } from "../lib/parts.js";
import { queue } from "./dispatch/queue.js";
import { partyPanel } from "./dispatch/party.js";
import { tripColumn } from "./dispatch/trips.js";
import { alertStrip, siteStrip } from "./dispatch/alerts.js";
import { queueKeys, keysButton } from "./dispatch/keys.js";
import { fleetStrip } from "./dispatch/fleet.js";
import { planButton } from "./dispatch/day-plan.js";
import { approvalButton, rulesButton } from "./dispatch/rules.js";

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
  const panel = partyPanel({ known, mayAct, sites: () => feed.rows().filter((row) => row.kind === "site"), trip: (id) => trips().find((row) => row.trip === id) });
  const open = async (/** @type {string} */ party) => { const shown = panel.show(party); paint(); await shown; };
  const list = queue(open);
  const vehicles = tripColumn(known, mayAct);
  const alerts = alertStrip(open);
  const sites = siteStrip(known, mayAct);
  const fleet = mayAct ? fleetStrip() : null;
  const approval = approvalButton(district);
  shell.main.append(h("div", { class: "dispatch__top" }, sites.el, h("div", { class: "cluster" }, mayAct ? planButton(known, district) : null, approval.el, rulesButton(known, district, !mayAct), keysButton())), alerts.el, fleet?.el ?? "", h("div", { class: "dispatch" }, list.el, panel.el, vehicles.el));
  const paint = () => {
    const rows = feed.rows();
    list.paint(parties(), panel.party);
    panel.paintRide();
    vehicles.paint(trips(), parties().find((row) => row.party === panel.party)?.trip ?? null);
    alerts.paint(rows);
    sites.paint(rows);
    fleet?.paint(rows);
    approval.paint(rows);
  };
  const showState = staleBanner(shell);
  const feed = new Feed({
    streams: [`district:${district}`], hb: 1, onState: showState,
    onChange: (_, change) => { paint(); if (change.kind === "event" && change.key === panel.party) void panel.refresh(); },
  });
  showState(feed.state);
  everySecond(paint);
  queueKeys(list.move, panel.focus);
}
