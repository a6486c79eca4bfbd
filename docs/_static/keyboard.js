// What is too wide for the page scrolls by itself; this lets the keyboard reach it too.
addEventListener("load", () => {
  for (const wide of document.querySelectorAll("pre, .table-wrapper, .output"))
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
});
