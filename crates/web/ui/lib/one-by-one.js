// A read that several ask for: never twice at once, and whoever asks meanwhile is served by one more.

/** Gives what was read; null to whoever asked meanwhile. @template T @param {() => Promise<T>} read @returns {() => Promise<T | null>} */
export function oneByOne(read) {
  let [asking, again] = [false, false];
  const run = async () => {
    if (asking) {
      again = true;
      return null;
    }
    asking = true;
    try {
      return await read();
    } finally {
      asking = false;
      if (again) {
        again = false;
        run();
      }
    }
  };
  return run;
}
