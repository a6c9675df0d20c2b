// What is to be said about a trip's crew, to the dispatcher and to the crew itself.
import { t } from "./i18n.js";
import { clock } from "./time.js";

/** @typedef {import("../types.js").TripRow} TripRow */
/** @typedef {import("../types.js").CrewAway} CrewAway */

/** Whoever is said to be on the road with another vehicle, and a driver who is off duty. @param {TripRow} row */
export const crewWarnings = (row) => [...ofDriver(row.driver), ...row.escorts.flatMap((one) => away("escort", one))];

/** @param {TripRow["driver"]} driver */
function ofDriver(driver) {
  if (!driver) return [];
  const { name, off_since: at } = driver;
  return [...(at ? [t("dispatch.driver.off", { name, at: clock(at) })] : []), ...away("driver", driver)];
}

/** @param {"driver" | "escort"} who @param {{ name: string, away?: CrewAway | undefined }} one */
const away = (who, { name, away: there }) =>
  there ? [t(`dispatch.${who}.away`, { name, vehicle: there.vehicle, at: clock(there.since) })] : [];
