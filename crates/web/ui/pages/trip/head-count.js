// The count made with the eyes, asked before a vehicle leaves: at the departure and at a change of vehicle.
import { h } from "../../lib/dom.js";
import { t } from "../../lib/i18n.js";
import { ask, field, valueOf } from "../../lib/parts.js";

/**
 * `key` begins the words: `key` on the button, `key.ask` above, `key.how` below it. `send` gets the count.
 * @param {{ key: string, max?: number, send: (count: number) => Promise<unknown> }} of
 */
export const askCount = ({ key, max, send }) =>
  ask({
    title: t(`${key}.ask`),
    confirm: t(key),
    body: [h("p", {}, t(`${key}.how`))],
    fields: [
      field({
        name: "head_count",
        label: t("trip.head-count"),
        type: "number",
        inputmode: "numeric",
        min: 0,
        ...(max === undefined ? {} : { max }),
        required: true,
        id: "head-count",
      }),
    ],
    send: (form) => send(Number(valueOf(form, "head_count"))),
  });
