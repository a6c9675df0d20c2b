// A read of a site that stays fresh: asked again when what it is about changed or a civil day began, and half a minute after a failure.
import { get } from "../../lib/api.js";
import { civilDay, now } from "../../lib/time.js";

const AGAIN_MS = 30_000;

/** @template T @param {string} path @param {() => void} changed called when there is news
 * @returns {{ readonly value: T | null, look: (of: unknown) => void, again: () => void }} `look` says what the answer depends on, `again` that it is old whatever it depends on */
export function fresh(path, changed) {
  let asked = "";
  /** @type {unknown} */ let depends = null;
  /** @type {T | null} */ let value = null;
  const look = (/** @type {unknown} */ of) => {
    depends = of;
    const about = `${civilDay(now())} ${JSON.stringify(of)}`;
    if (about === asked) return;
    asked = about;
    const again = () => {
      if (asked === about) asked = "";
    };
    get(path).then(
      (answer) => {
        if (asked === about) {
          value = answer;
          changed();
        }
      },
      () => setTimeout(again, AGAIN_MS),
    );
  };
  return {
    get value() {
      return value;
    },
    look,
    again: () => {
      const of = depends;
      asked = "";
      look(of);
    },
  };
}
