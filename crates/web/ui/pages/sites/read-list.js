// A list of rooms as it is typed or pasted: a line a room, `201 single 1`, or a line a row of doors, `201-240 single 1`. Read here
// so that every line that is not right is shown before anything is sent; the server decides.

/** @typedef {"single" | "family" | "accessible"} Kind */
/** @typedef {{ number: string, kind: string, beds: number }} Room */
/** @typedef {{ line: number, text: string, rooms: Room[], wrong: { reason: string, [data: string]: unknown } | null }} Line one line of the text, counted from 1 */

const BEDS_MAX = 20;
const ROW_MAX = 500;
const LIST_MAX = 1000;
const NUMBER = /^[\p{L}\p{N}.-]{1,12}$/u;

/** What people write for a kind, in both languages. @type {Record<string, Kind>} */
const KINDS = {
  single: "single",
  s: "single",
  单人: "single",
  单人间: "single",
  单间: "single",
  family: "family",
  f: "family",
  家庭: "family",
  家庭间: "family",
  家庭房: "family",
  accessible: "accessible",
  a: "accessible",
  无障碍: "accessible",
  无障碍间: "accessible",
  无障碍房: "accessible",
};

/** Every line that is not empty. @param {string} text @returns {Line[]} */
export function readList(text) {
  /** @type {Map<string, number>} */ const first = new Map();
  let count = 0;
  return text
    .split(/\r?\n/)
    .map((written, at) => ({ written: written.normalize("NFKC").trim(), line: at + 1 }))
    .filter(({ written }) => written)
    .map(({ written, line }) => {
      const read = readLine(written);
      const twice = read.rooms.find((room) => first.has(room.number));
      read.rooms.forEach((room) => first.set(room.number, first.get(room.number) ?? line));
      count += read.rooms.length;
      const wrong =
        read.wrong ??
        (twice ? { reason: "twice", number: twice.number, first: first.get(twice.number) } : null) ??
        (count > LIST_MAX ? { reason: "many", max: LIST_MAX } : null);
      return { line, text: written, rooms: read.rooms, wrong };
    });
}

/** @param {string} text @returns {{ rooms: Room[], wrong: { reason: string, [data: string]: unknown } | null }} */
function readLine(text) {
  const parts = text.split(/[\s,;、]+/).filter(Boolean);
  const wrong = (/** @type {string} */ reason) => ({ rooms: [], wrong: { reason } });
  if (parts.length !== 3) return wrong("form");
  const [doors, written, said] = /** @type {[string, string, string]} */ (parts);
  const kind = KINDS[written.toLowerCase()];
  if (!kind) return wrong("kind");
  const beds = /^\d{1,2}$/.test(said) ? Number(said) : 0;
  if (beds < 1 || beds > BEDS_MAX) return wrong("beds");
  const numbers = rowOf(doors);
  if (numbers === null) return wrong("row");
  if (numbers.some((number) => !NUMBER.test(number))) return wrong("number");
  return { rooms: numbers.map((number) => ({ number, kind, beds })), wrong: null };
}

/** `201-240`, `A201-A240`: both ends with as many digits, or it is a number such as `3-201`. @param {string} doors @returns {string[] | null} */
function rowOf(doors) {
  const found = /^(\D*)(\d+)[-–~至](\D*)(\d+)$/u.exec(doors);
  const [, wing = "", from = "", wingAgain = "", to = ""] = found ?? [];
  if (!found || from.length !== to.length || (wingAgain !== "" && wingAgain !== wing)) return [doors];
  const many = Number(to) - Number(from) + 1;
  if (many < 1 || many > ROW_MAX) return null;
  return Array.from({ length: many }, (_, at) => wing + String(Number(from) + at).padStart(from.length, "0"));
}

/** The rooms of a list, and the line each of them stands in: what the server says of the third room is said at its line. @param {Line[]} lines */
export function roomsOf(lines) {
  const all = lines.flatMap((one) => one.rooms.map((room) => ({ room, line: one.line })));
  return { rooms: all.map((one) => one.room), lineOf: (/** @type {number} */ nth) => all[nth - 1]?.line ?? 0 };
}
