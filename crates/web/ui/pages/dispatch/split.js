// A party that fits nowhere whole: a person makes two of it, or gives it several rooms, and says why (mission.md, rule 6: nothing is
// chosen beforehand).
import { h } from "../../lib/dom.js";
import { toast } from "../../lib/say.js";
import { t } from "../../lib/i18n.js";
import { ask, checkField, field, note, reasonField, valueOf } from "../../lib/parts.js";
import { get, post } from "../../lib/api.js";
import { worded } from "../../lib/submit.js";
import { icon } from "../../lib/icons.js";
import { memberName } from "../desk/party-words.js";

/** @typedef {import("../../types.js").PartyDetail} PartyDetail */

/** @param {PartyDetail} party @returns {Promise<boolean>} */
export async function splitParty(party) {
  const atSite = party.destination?.kind === "site";
  const went = await ask({
    title: t("dispatch.split.title", { label: party.label, n: party.people.total }),
    confirm: t("dispatch.do.split"),
    danger: true,
    body: [
      h("p", {}, t("dispatch.split.words")),
      atSite ? note(t("dispatch.split.rooms"), "info") : "",
      note(t("dispatch.split.no-undo"), "warn"),
    ],
    fields: [
      h(
        "fieldset",
        { class: "field" },
        h("legend", {}, t("dispatch.split.who")),
        ...party.members.map((member, place) =>
          checkField({ name: "arrivals", value: member.arrival, label: whoWords(member, place) }),
        ),
      ),
      reasonField(t("dispatch.split.reason")),
    ],
    send: (form) =>
      post(`/v1/parties/${party.party}/split`, {
        arrivals: new FormData(form).getAll("arrivals"),
        reason: valueOf(form, "reason"),
        version: party.version,
      }),
  });
  if (went) toast(t("dispatch.split.done", { label: party.label }));
  return went;
}

/** Who must not be left without an adult is marked. @param {PartyDetail["members"][number]} member @param {number} place */
function whoWords(member, place) {
  const name = memberName(member, place);
  return member.under_age ? t("dispatch.split.child", { name }) : name;
}

/** Opens the same dialog where only the party's id is at hand; `changed` runs after it went through.
 * @param {{ party: string, label: string }} of @param {() => void} changed @param {string} id */
export const splitButton = (of, changed, id) =>
  h(
    "button",
    {
      type: "button",
      class: "btn",
      id,
      "aria-label": `${t("dispatch.do.split")}: ${of.label}`,
      onclick: async () => {
        try {
          const party = /** @type {PartyDetail} */ (await get(`/v1/parties/${of.party}`));
          if (await splitParty(party)) changed();
        } catch (error) {
          toast(worded(error), "alarm");
        }
      },
    },
    icon("people"),
    t("dispatch.do.split"),
  );

/** Why several rooms, should no room take them all. The refusal that asks for it points here. */
export const severalRooms = () =>
  field({ name: "spread", label: t("dispatch.spread"), hint: t("dispatch.spread.hint"), rows: 2, maxlength: 200 });
