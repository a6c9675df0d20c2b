// The registration form: flight (stays for the next party), members, where to, history. One party goes out in one request.
import { h, fill } from "../../lib/dom.js";
import { toast } from "../../lib/say.js";
import { t, count, language, lang, name } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { field, choices } from "../../lib/parts.js";
import { onSubmit, clearErrors } from "../../lib/submit.js";
import { post, Refused } from "../../lib/api.js";
import { civilDay, now } from "../../lib/time.js";
import { memberCard } from "./member.js";
import { historyPart } from "./history.js";
import { LANGUAGES, spokenIn } from "./countries.js";
import { gateOptions } from "./party-words.js";

/** @typedef {import("./member.js").Member} Member */
/** @typedef {import("../../types.js").Reference} Reference */

/** @param {{ known: Reference, desk: string, district: string, registered: (party: string) => Promise<void> }} of */
export function registration(of) {
  const { known } = of;
  /** @type {Member[]} */ let members = [];
  const host = h("div", { class: "stack" });
  const submit = h("button", { type: "submit", class: "btn btn--primary btn--big grow", id: "register" });
  const home = homePart(known, of.district);
  const tongues = languagePart();
  const form = h("form", { class: "stack", id: "registration" });
  const history = historyPart(known.countries, () => valueIn(form, "flight/landed_on"));
  form.append(
    flightPart(),
    host,
    h(
      "button",
      { type: "button", class: "btn btn--big", id: "add-member", onclick: () => add().focus() },
      icon("plus"),
      t("desk.member.add"),
    ),
    history.el,
    home.el,
    tongues.el,
    h("p", { role: "alert" }),
    h("div", { class: "cluster desk__submit" }, submit),
  );

  const renumber = () => {
    members.forEach((member, place) => member.number(place, members.length));
    fill(submit, icon("check"), t("desk.register", { people: count("people", members.length) }));
  };
  const changed = (/** @type {Member} */ member) => {
    history.suggest(members.map((m) => m.nationality()));
    tongues.suggest(member.nationality());
  };
  const remove = (/** @type {Member} */ member) => {
    members = members.filter((m) => m !== member);
    member.el.remove();
    renumber();
  };
  function add() {
    const member = memberCard(known.countries, { remove, changed });
    members.push(member);
    host.append(member.el);
    renumber();
    return member;
  }
  /** A scan goes to the same document if it is here, else to the empty member, else it is one more member. @param {import("../../types.js").MrzRead} read */
  function scanned(read) {
    const same = members.find((member) => member.document() === read.document.country + read.document.number);
    const target = same ?? members.find((member) => member.isEmpty());
    (target ?? add()).apply(read);
    if (!target) toast(t("desk.member.added", { n: members.length }));
  }
  function reset() {
    members.forEach((member) => member.el.remove());
    members = [];
    clearErrors(form);
    history.reset();
    home.reset();
    tongues.reset();
    add();
  }
  onSubmit(form, async () => {
    if (history.body().length === 0)
      throw new Refused({ type: "", title: "", status: 422, code: "invalid-field", mend: t("desk.history.required") });
    const receipt = await post("/v1/parties", {
      desk: of.desk,
      flight: flightBody(form),
      ...home.body(),
      languages: tongues.body(),
      members: members.map((member) => member.body()),
      history: history.body(),
    });
    reset();
    await of.registered(receipt.subject);
  });
  reset();
  return { el: form, scanned, reset };
}

/** @param {HTMLFormElement} form @param {string} control */
const valueIn = (form, control) => String(new FormData(form).get(control) ?? "").trim();

/** The flight stays from party to party: a whole aircraft queues at the desk. */
function flightPart() {
  const kept = recall();
  const el = h(
    "section",
    { class: "card fields fields--flight" },
    field({
      name: "flight/number",
      label: t("desk.flight"),
      required: true,
      maxlength: 8,
      value: kept.number,
      class: "mono",
      placeholder: "NH919",
    }),
    field({
      name: "flight/origin",
      label: t("desk.origin"),
      maxlength: 3,
      value: kept.origin,
      class: "mono",
      placeholder: "NRT",
    }),
    field({ name: "flight/landed_on", label: t("desk.landed"), type: "date", required: true, value: civilDay(now()) }),
  );
  return el;
}

const FLIGHT = "desk.flight";
function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(FLIGHT) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {HTMLFormElement} form */
function flightBody(form) {
  const number = valueIn(form, "flight/number").toUpperCase().replace(/\s/g, "");
  const origin = valueIn(form, "flight/origin").toUpperCase();
  try {
    sessionStorage.setItem(FLIGHT, JSON.stringify({ number, origin }));
  } catch {
    /* storage refused: the fields themselves keep it until a reload */
  }
  return { number, ...(origin ? { origin } : {}), landed_on: valueIn(form, "flight/landed_on") };
}

/** The sub-district that answers for the party (one tap), and the address when it is known. @param {Reference} known @param {string} district */
function homePart(known, district) {
  const places = known.jurisdictions.filter(
    (place) => place.level === "subdistrict" && place.code.startsWith(district),
  );
  const gates = field({ name: "gate", label: t("desk.compound"), options: [["", t("desk.choose")]] });
  const address = field({ name: "address", label: t("desk.address"), hint: t("desk.address.hint"), maxlength: 200 });
  const gate = /** @type {HTMLSelectElement} */ (gates.querySelector("select"));
  const street = /** @type {HTMLInputElement} */ (address.querySelector("input"));
  const el = h(
    "section",
    { class: "card stack stack--tight" },
    choices({
      name: "responsible",
      label: t("desk.responsible"),
      required: true,
      options: places.map((place) => [place.code, name(place.name)]),
    }),
    h("div", { class: "fields" }, gates, address),
  );
  const chosen = () => /** @type {HTMLInputElement | null} */ (el.querySelector("input[name=responsible]:checked"));
  const refill = () => {
    const code = chosen()?.value;
    fill(
      gate,
      ...(code ? gateOptions(known, code) : [["", t("desk.choose")]]).map(([value, words]) => new Option(words, value)),
    );
  };
  el.addEventListener("change", (event) => {
    if (/** @type {HTMLInputElement} */ (event.target).name === "responsible") refill();
  });
  /** The compound opens the address: the wire knows one line. */
  const line = () =>
    [
      gate.value ? name(known.gates.find((one) => one.code === gate.value)?.compound ?? { zh: "", en: "" }) : "",
      street.value.trim(),
    ]
      .filter(Boolean)
      .join(lang === "zh-CN" ? "" : ", ");
  return {
    el,
    body: () => ({ responsible: chosen()?.value ?? "", ...(line() ? { address: line() } : {}) }),
    reset: () => {
      const radio = chosen();
      if (radio) radio.checked = false;
      street.value = "";
      refill();
    },
  };
}

/** Languages as tick boxes; the first nationality offers a first choice that everybody sees. */
function languagePart() {
  const boxes = LANGUAGES.map((tag) =>
    h(
      "label",
      { class: "choice" },
      h("input", { type: "checkbox", name: "languages", value: tag }),
      h("span", {}, language(tag)),
    ),
  );
  const el = h(
    "fieldset",
    { class: "card field" },
    h("legend", {}, t("desk.languages")),
    h("div", { class: "choices" }, boxes),
  );
  const inputs = () => /** @type {HTMLInputElement[]} */ ([...el.querySelectorAll("input")]);
  return {
    el,
    suggest: (/** @type {string} */ nationality) => {
      const tag = spokenIn(nationality);
      if (tag && !inputs().some((box) => box.checked))
        inputs().forEach((box) => {
          box.checked = box.value === tag;
        });
    },
    body: () =>
      inputs()
        .filter((box) => box.checked)
        .map((box) => box.value),
    reset: () =>
      inputs().forEach((box) => {
        box.checked = false;
      }),
  };
}
