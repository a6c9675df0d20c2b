// What is to be said about a trip's crew, to the dispatcher and to the crew itself.
import { t } from "./i18n.js";
import { clock } from "./time.js";

/** @typedef {import("../types.js").TripRow} TripRow */

/** Escorts who are said to be on the road with another vehicle. @param {TripRow} row */
export const escortsAway = (row) =>
  row.escorts.flatMap(({ name, away }) =>
    away ? [t("dispatch.escort.away", { name, vehicle: away.vehicle, at: clock(away.since) })] : [],
  );
