// Where this tab stands in each stream: epoch, number and rows in sessionStorage, so that a reload resumes. Gone with the tab or the sign-out.

/** @typedef {import("./feed.js").Stream} Stream */

const PREFIX = "feed:";

/** @param {Stream} stream */
export function remember(stream) {
  const kept = { epoch: stream.epoch, seq: stream.seq, rows: [...stream.rows] };
  try {
    sessionStorage.setItem(PREFIX + stream.c, JSON.stringify(kept));
  } catch {
    forget(); /* full or refused: a reload takes a snapshot instead */
  }
}

/** @param {string} c @returns {Stream | null} */
export function recall(c) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(PREFIX + c) ?? "null");
    return kept && { c, epoch: kept.epoch, seq: kept.seq, rows: new Map(kept.rows), versions: new Map(), hole: 0 };
  } catch {
    return null;
  }
}

/** Drops every position and row of this tab. */
export function forget() {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    /* storage refused: nothing was kept */
  }
}
