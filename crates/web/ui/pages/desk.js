// The desk: scan, register, see the tag, do what is due; the desk's own open parties live beside it.
import { h } from "../lib/dom.js";
import { t, name } from "../lib/i18n.js";
import { openPage } from "../lib/shell.js";
import { reference } from "../lib/session.js";
import { newPlaces } from "../lib/known.js";
import { Feed } from "../lib/feed.js";
import { staleBanner } from "../lib/stale.js";
import { everySecond } from "../lib/time.js";
import { note } from "../lib/parts.js";
import { scanBox } from "./desk/scan.js";
import { registration } from "./desk/form.js";
import { outcome } from "./desk/outcome.js";
import { partyList } from "./desk/parties.js";

const shell = await openPage({ title: t("desk.title"), wide: true });
const known = await reference();
const { grant } = shell.session.account;
const desk = known.desks.find((one) => grant.role === "duty_officer" && one.code === grant.desk);

if (desk) work(desk);
else shell.main.append(note(t("desk.none"), "info"));
document.documentElement.dataset.ready = "1";

/** @param {import("../types.js").Reference["desks"][number]} desk */
function work(desk) {
  shell.setTitle(name(desk.name));
  const form = registration({ known, desk: desk.code, district: desk.district, registered: (party) => open(party) });
  const result = outcome({ known, district: desk.district, next });
  const scan = scanBox((read) => {
    if (!result.el.hidden) next();
    form.scanned(read);
  });
  const list = partyList({ open });
  shell.main.append(
    h("div", { class: "desk" }, h("div", { class: "desk__work stack" }, scan.el, result.el, form.el), list.el),
  );

  async function open(/** @type {string} */ party) {
    form.el.hidden = true;
    scrollTo({ top: 0 });
    await result.show(party);
    paint();
  }
  function next() {
    result.hide();
    form.el.hidden = false;
    scan.reset();
    scan.focus();
    paint();
  }
  const lookForNew = newPlaces(known, () => paint());
  const paint = () => {
    const rows = feed.rows();
    lookForNew(rows);
    const own = rows.filter((row) => row.kind === "party").filter((row) => row.desk === desk.code);
    list.paint(own, result.party);
  };
  const showState = staleBanner(shell);
  const feed = new Feed({
    streams: [`district:${desk.district}`],
    hb: 1,
    onState: showState,
    onChange: (_, change) => {
      paint();
      if (change.kind === "event" && change.key === result.party) void result.refresh();
    },
  });
  showState(feed.state);
  everySecond(paint);
  scan.focus();
}
