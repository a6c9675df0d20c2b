// What is to be said about a trip's crew, to the dispatcher and to the crew itself.
import { t } from "./i18n.js";
import { clock } from "./time.js";

/** @typedef {import("../types.js").TripRow} TripRow */
/** @typedef {import("../types.js").CrewAway} CrewAway */

/** Whoever is said to be on the road with another vehicle, and a driver who is off duty or drives outside their hours. @param {TripRow} row */
export const crewWarnings = (row) => [...ofDriver(row.driver), ...row.escorts.flatMap((one) => away("escort", one))];

/** @param {TripRow["driver"]} driver */
function ofDriver(driver) {
  if (!driver) return [];
  const { name, off_since: at, outside } = driver;
  return [
    ...(at ? [t("dispatch.driver.off", { name, at: clock(at) })] : []),
    ...(outside ? [outsideHours(name, outside)] : []),
    ...away("driver", driver),
  ];
}

/** @param {string} name @param {import("../types.js").OutsideHours} outside */
const outsideHours = (name, { from, until, ends_at: end }) =>
  t("dispatch.driver.outside", { name, from, until, at: clock(end) });

/** Who drives, or that nobody knows any more who did. @param {{ name: string }} driver */
export const driverWords = ({ name }) => (name ? t("gate.driver", { name }) : t("driver.erased"));

/** @param {"driver" | "escort"} who @param {{ name: string, away?: CrewAway | undefined }} one */
const away = (who, { name, away: there }) =>
  there ? [t(`dispatch.${who}.away`, { name, vehicle: there.vehicle, at: clock(there.since) })] : [];
