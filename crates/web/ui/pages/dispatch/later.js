// Who waits and is not in a proposal yet, because it looks at those who have waited longest: said in numbers.
import { t, count } from "../../lib/i18n.js";
import { note } from "../../lib/parts.js";

/** @param {import("../../types.js").WaitLater} later @param {"seats" | "rooms"} what */
export const laterNote = (later, what) =>
  later.parties > 0
    ? note(
        t(`later.${what}`, { parties: count("parties", later.parties), people: count("people", later.people) }),
        "warn",
      )
    : null;
