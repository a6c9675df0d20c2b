// Gates that are closed, or will be: the list, closing one, opening it early. Under the leader's board, and beside the queue.
import { h } from "../../lib/dom.js";
import { inOrder, t, name } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { get, post } from "../../lib/api.js";
import { closedWords } from "../../lib/gates.js";
import { ask, field, keptReason, valueOf } from "../../lib/parts.js";
import { actionButton } from "../../lib/submit.js";
import { instantOf, localValue, now } from "../../lib/time.js";
import { openList } from "../../lib/list-sheet.js";

/** @typedef {import("../../types.js").Reference} Reference */
/** @typedef {import("../../types.js").GateClosure} GateClosure */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** @param {Reference} known @param {() => string[]} receivers codes of those whose gates the viewer may close, as they are now @param {string} [look] */
export const gatesButton = (known, receivers, look = "btn btn--quiet") =>
  h(
    "button",
    { type: "button", class: look, id: "gates", onclick: () => open(known, receivers()) },
    icon("gate"),
    t("gates"),
  );

/** @param {Reference} known @param {string[]} receivers */
function open(known, receivers) {
  return openList({
    key: "gates",
    list: "gates",
    read: async (reload) => {
      const all = /** @type {GateClosure[]} */ ((await get("/v1/gate-closures")).closures);
      return all.map((one) => line(one, known, reload));
    },
    act: (reload) =>
      h(
        "button",
        {
          type: "button",
          class: "btn btn--big btn--primary",
          id: "gates-close",
          onclick: () => close(known, receivers).then(reload),
        },
        icon("plus"),
        t("gates.close"),
      ),
  });
}

/** @param {GateClosure} one @param {Reference} known @param {() => Promise<void>} reload */
function line(one, known, reload) {
  const label = gateLabel(known, one.gate);
  return h(
    "li",
    { class: "spread", "data-closure": one.id },
    h("div", {}, h("b", {}, label), h("p", { class: "soft small" }, `${closedWords(one)} · ${one.by}`)),
    actionButton(t("gates.open"), () => post(`/v1/gate-closures/${one.id}/end`).then(reload), {
      class: "btn",
      done: t("gates.opened"),
      label: `${t("gates.open")}: ${label}`,
    }),
  );
}

/** @param {Reference} known @param {string} code */
function gateLabel(known, code) {
  const gate = known.gates.find((one) => one.code === code);
  if (!gate) return code;
  const receiver = known.receivers.find((one) => one.code === gate.receiver);
  return [name(gate.compound), receiver ? name(receiver.name) : ""].filter(Boolean).join(" · ");
}

/** @param {Reference} known @param {string[]} receivers */
function close(known, receivers) {
  const own = known.gates.filter((gate) => receivers.includes(gate.receiver));
  const options = own.map((gate) => /** @type {[string, string]} */ ([gate.code, gateLabel(known, gate.code)]));
  options.sort((a, b) => inOrder(a[1], b[1]));
  // Of several none is chosen beforehand: the wrong gate would be closed by whoever is in a hurry.
  if (options.length > 1) options.unshift(["", t("gates.which.none")]);
  const begins = Math.ceil(now() / MINUTE_MS) * MINUTE_MS;
  return ask({
    title: t("gates.close"),
    confirm: t("gates.close.confirm"),
    fields: [
      field({
        name: "gate",
        label: t("gates.which"),
        options,
        value: options[0]?.[0] ?? "",
        required: true,
      }),
      field({
        name: "from",
        label: t("gates.from"),
        type: "datetime-local",
        value: localValue(begins),
        required: true,
      }),
      field({
        name: "until",
        label: t("gates.until"),
        type: "datetime-local",
        value: localValue(begins + 2 * HOUR_MS),
        required: true,
      }),
      keptReason(),
    ],
    send: (form) =>
      post("/v1/gate-closures", {
        gate: valueOf(form, "gate"),
        from: instantOf(valueOf(form, "from")),
        until: instantOf(valueOf(form, "until")),
        reason: valueOf(form, "reason"),
      }),
  });
}
