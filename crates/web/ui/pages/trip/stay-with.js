// Who of a party stays along with somebody who does not come: nobody under 18 is left, or goes on, without an adult of it.
import { h } from "../../lib/dom.js";
import { t, person } from "../../lib/i18n.js";
import { checkField } from "../../lib/parts.js";

/** @typedef {import("../../types.js").ManifestLine} ManifestLine */

/** Nothing for somebody whose party has nobody else here. @param {ManifestLine[]} lines @param {ManifestLine} line @param {(other: ManifestLine) => boolean} here whether somebody can stay still */
export function stayWith(lines, line, here) {
  const others = lines.filter((one) => one.party === line.party && one.arrival !== line.arrival && here(one));
  if (!others.length) return [];
  return [
    h(
      "fieldset",
      { class: "field" },
      h("legend", {}, t("stay-with")),
      h("p", { class: "soft" }, t("stay-with.words")),
      ...others.map((one) =>
        checkField({ name: "with", value: one.arrival, label: one.name ? person(one.name) : one.label }),
      ),
    ),
  ];
}

/** Who was ticked. @param {HTMLFormElement} form */
export const stayingWith = (form) => new FormData(form).getAll("with");
