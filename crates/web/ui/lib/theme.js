// Applies the stored day/night choice before the first paint. A classic script in <head>; nothing else may live here.
"use strict";
(() => {
  let theme = null;
  try {
    theme = localStorage.getItem("theme");
  } catch {
    /* storage refused: the system's scheme is used */
  }
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
})();
