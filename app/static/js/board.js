// The board's page is made live only where htmx came; without it, forms and links do everything.
if (window.htmx) import("./board/page.js");
