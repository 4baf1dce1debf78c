// The whole of what cmark-gfm needs to be a guest: a function that takes Markdown and gives HTML.
#include <cmark-gfm.h>
#include <stdlib.h>
#include <vmlet.h>

VMLET_EXPORT(string, markdown_to_html, (string, markdown)) {
  // A result is copied when the function returns, so the next call frees it.
  static char *html;
  free(html);
  html = cmark_markdown_to_html(markdown.data, markdown.size, CMARK_OPT_UNSAFE);
  return vmlet_text(html);
}
