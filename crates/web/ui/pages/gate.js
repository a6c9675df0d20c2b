// The gate: who gets off at one stop, or out of one private car (`/gate/<party>/car`), three steps each by role, and the end that waits
// until nothing is missing. Live by the receiver's stream.
import { h, fill, fillWhen, keyed } from "../lib/dom.js";
import { t, name } from "../lib/i18n.js";
import { openPage } from "../lib/shell.js";
import { get } from "../lib/api.js";
import { oneByOne } from "../lib/one-by-one.js";
import { worded } from "../lib/submit.js";
import { Feed } from "../lib/feed.js";
import { staleBanner } from "../lib/stale.js";
import { note } from "../lib/parts.js";
import { timeElement } from "../lib/time.js";
import { icon } from "../lib/icons.js";
import { personCard } from "./gate/person.js";
import { stopAtGate } from "./gate/stop.js";
import { carAtGate } from "./gate/car.js";
import { ownRole } from "./board/words.js";

/** @typedef {import("../types.js").StopDetail} StopDetail */
/** @typedef {import("../types.js").CarDetail} CarDetail */
/**
 * What comes to the gate: where it is read, which row of the board tells of it, and what is said above and below its people.
 * @template {StopDetail | CarDetail} T
 * @typedef {{ path: string, key: string, title: string, place: (it: T) => import("./gate/person.js").Place, head: (it: T, when: Node) => (Node | null)[],
 *   when?: (row: import("../types.js").StopRow) => { words: string, at: string | null, range: string } | null,
 *   end: (it: T, role: string | null, reload: () => Promise<unknown>) => Node[], endTitle: string }} Comes
 */

const shell = await openPage({ title: t("gate.title") });
const [, , id = "", kind = ""] = location.pathname.split("/").map(decodeURIComponent);
const role = ownRole(shell.session.account.grant);
const comes = /** @type {Comes<any>} */ (kind === "car" ? carAtGate(id) : stopAtGate(id));
const head = h("div", { class: "stack stack--tight" });
const when = h("p", { class: "cluster", id: "gate-when" });
const people = h("ol", { class: "stack" });
const nobody = h("p", { class: "empty", hidden: true }, icon("people"), " ", t("gate.nobody"));
const end = h("section", { class: "gate__end", "aria-label": comes.endTitle });
/** Reads it again. */
const load = oneByOne(async () => {
  try {
    const it = /** @type {StopDetail | CarDetail} */ (await get(comes.path));
    paint(it);
    return it;
  } catch (error) {
    fill(head, note(worded(error), "alarm"), h("a", { class: "btn btn--big", href: "/board" }, t("gate.to-board")));
    return null;
  }
});

shell.main.append(h("div", { class: "gate stack stack--loose" }, head, people, nobody, end));
const first = await load();
if (first) follow(first.receiver);
else end.hidden = true;
document.documentElement.dataset.ready = "1";

/** @param {string} receiver */
function follow(receiver) {
  const showState = staleBanner(shell);
  const feed = new Feed({
    streams: [receiver],
    hb: 1,
    onState: showState,
    onChange: (stream, change) => {
      const row = stream.rows.get(comes.key);
      if (change.kind === "tick" && row?.kind === "stop") paintWhen(row);
      if (
        change.kind !== "tick" &&
        (change.kind !== "event" || change.key === comes.key || change.code === "reception.checked")
      )
        load();
    },
  });
  showState(feed.state);
}

/** @param {StopDetail | CarDetail} it */
function paint(it) {
  shell.setTitle(it.gate ? name(it.gate.compound) : comes.title);
  const { people_list: list, ...row } = it;
  // When it comes moves with every tick and is painted apart.
  const seen = { ...row, eta: null };
  fillWhen(head, seen, () => [
    h("a", { class: "btn btn--quiet gate__back", href: `/board/${it.receiver}` }, icon("back"), t("gate.to-board")),
    ...comes.head(it, when),
  ]);
  if (comes.when) paintWhen(/** @type {StopDetail} */ (it));
  const place = comes.place(it);
  keyed(
    people,
    list.map((one) => ({ one, place })),
    ({ one }) => one.arrival,
    personCard(role, load),
  );
  fillWhen(end, [seen, list], () => comes.end(it, role, load));
  nobody.hidden = list.length > 0;
}

/** Said until it is here; the feed's ticks keep it true. @param {import("../types.js").StopRow} row */
function paintWhen(row) {
  const told = comes.when?.(row) ?? null;
  when.hidden = !told;
  fillWhen(when, told, () =>
    told
      ? [
          h("span", { class: "strong" }, told.words, " ", told.at ? timeElement(told.at) : null),
          h("span", { class: "soft num" }, told.range),
        ]
      : [],
  );
}
