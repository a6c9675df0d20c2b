// The next version: starts from the one in force, shows whom it affects before it is published.
import { h, fill, keyed } from "../../lib/dom.js";
import { announce } from "../../lib/say.js";
import { t, country, count } from "../../lib/i18n.js";
import { icon } from "../../lib/icons.js";
import { field, choices, tagChip, valueOf } from "../../lib/parts.js";
import { onSubmit, actionButton } from "../../lib/submit.js";
import { post } from "../../lib/api.js";
import { instantOf, localValue, now } from "../../lib/time.js";
import { countryOptions } from "../desk/countries.js";

/** @typedef {import("../../types.js").KeyListVersion} Version */
/** @typedef {Version["entries"][number]} Entry */
/** @typedef {{ affected_count: number, affected?: { party: string, label: string, from_tag: import("../../types.js").Tag, to_tag: import("../../types.js").Tag }[] }} Preview */

/** @param {{ countries: string[], from: Version | undefined, next: number, published: () => Promise<void> }} of */
export function publishForm(of) {
  let entries = [...(of.from?.entries ?? [])];
  const host = h("ul", { class: "entries" });
  const preview = h("div", { "aria-live": "polite" });
  const submit = h(
    "button",
    { type: "submit", class: "btn btn--primary btn--big", id: "publish", disabled: true },
    icon("check"),
    t("lists.publish"),
  );
  const form = h("form", { class: "card stack", id: "publish-form" });
  const body = () => ({
    effective_at: isNow(form) ? new Date(now()).toISOString() : instantOf(valueOf(form, "effective_at")),
    entries,
  });
  const changed = () => {
    submit.disabled = true;
    fill(preview);
    keyed(host, entries, (one) => one.country, line);
  };
  const set = (/** @type {string} */ code, /** @type {Entry["tag"] | null} */ tag) => {
    const rest = entries.filter((one) => one.country !== code);
    entries = tag
      ? rest.length === entries.length
        ? [...entries, { country: code, tag }]
        : entries.map((one) => (one.country === code ? { country: code, tag } : one))
      : rest;
    changed();
  };
  const line = (/** @type {Entry} */ first) => entryLine(first, set);
  form.append(
    h("h2", {}, t("lists.next", { n: of.next })),
    host,
    adder(of.countries, (code) => set(code, "yellow")),
    ...whenFields(),
    field({ name: "note", label: t("lists.note"), rows: 2, maxlength: 200 }),
    actionButton(
      t("lists.preview"),
      async () => {
        const seen = await post("/v1/key-lists/preview", body());
        fill(preview, affected(seen));
        submit.disabled = false;
        announce(count("lists.affected", seen.affected_count));
      },
      { class: "btn btn--big", icon: "search", id: "preview" },
    ),
    preview,
    h("p", { role: "alert" }),
    submit,
  );
  form.addEventListener("change", (event) => {
    const control = /** @type {HTMLInputElement} */ (event.target);
    if (control.name === "when" || control.name === "effective_at") {
      submit.disabled = true;
      fill(preview);
    }
  });
  onSubmit(
    form,
    async () => {
      await post("/v1/key-lists", { ...body(), note: valueOf(form, "note") });
      await of.published();
    },
    { done: t("lists.published") },
  );
  changed();
  return form;
}

/** @param {HTMLFormElement} form */
const isNow = (form) => valueOf(form, "when") === "now";

/** @returns {HTMLElement[]} */
function whenFields() {
  const at = field({
    name: "effective_at",
    label: t("lists.at"),
    type: "datetime-local",
    value: localValue(Math.ceil(now() / 3_600_000) * 3_600_000),
  });
  const when = choices({
    name: "when",
    label: t("lists.when"),
    value: "now",
    options: [
      ["now", t("lists.now")],
      ["later", t("lists.later")],
    ],
  });
  at.hidden = true;
  when.addEventListener("change", () => {
    at.hidden = /** @type {HTMLInputElement | null} */ (when.querySelector("input:checked"))?.value === "now";
  });
  return [when, at];
}

/** @param {string[]} countries @param {(code: string) => void} add */
function adder(countries, add) {
  const part = field({ name: "add", label: t("lists.add"), options: countryOptions(countries) });
  const select = /** @type {HTMLSelectElement} */ (part.querySelector("select"));
  select.addEventListener("change", () => {
    if (select.value) add(select.value);
    select.value = "";
  });
  return part;
}

/** @param {Entry} first @param {(code: string, tag: Entry["tag"] | null) => void} set */
function entryLine(first, set) {
  const who = country(first.country);
  const buttons = /** @type {const} */ (["red", "yellow"]).map((tag) => ({
    tag,
    el: h(
      "button",
      {
        type: "button",
        class: "btn entry__tag",
        "data-tag": tag,
        "aria-label": `${who}: ${t(`tag.${tag}`)}`,
        onclick: () => set(first.country, tag),
      },
      icon(tag === "red" ? "diamond" : "square"),
      t(`tag.${tag}`),
    ),
  }));
  const remove = h(
    "button",
    {
      type: "button",
      class: "btn btn--quiet",
      "aria-label": t("lists.remove", { country: who }),
      title: t("lists.remove", { country: who }),
      onclick: () => set(first.country, null),
    },
    icon("cross"),
  );
  return {
    el: h(
      "li",
      { class: "entry", "data-country": first.country },
      h("span", { class: "grow" }, who),
      ...buttons.map((one) => one.el),
      remove,
    ),
    update: (/** @type {Entry} */ entry) =>
      buttons.forEach((one) => one.el.setAttribute("aria-pressed", String(one.tag === entry.tag))),
  };
}

/** @param {Preview} seen */
function affected(seen) {
  return h(
    "div",
    { class: "stack stack--tight" },
    h(
      "p",
      { class: `note note--${seen.affected_count ? "warn" : "ok"}` },
      icon(seen.affected_count ? "alert" : "check"),
      h("span", {}, count("lists.affected", seen.affected_count)),
    ),
    seen.affected?.length
      ? h(
          "ul",
          { class: "stack stack--tight" },
          seen.affected.map((one) =>
            h(
              "li",
              { class: "cluster" },
              h("b", {}, one.label),
              tagChip(one.from_tag),
              icon("next"),
              tagChip(one.to_tag),
            ),
          ),
        )
      : null,
  );
}
