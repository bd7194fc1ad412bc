// Reads the few marks that an exhibit's text.md uses.
#include <algorithm>

#include "views/exhibit.h"

namespace vitrine::views {

Story parse_story(std::string_view markdown) {
  Story story;
  std::vector<std::string>* part = &story.body;
  bool fresh = true;  // the next line begins a paragraph or a suggestion
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
    if (line.starts_with("# ")) {
      story.title = line.substr(2);
    } else if (line.starts_with("## ")) {
      part = line == "## Try" ? &story.tries : &story.why;
      fresh = true;
    } else if (line.empty()) {
      fresh = true;
    } else {
      if (line.starts_with("- ")) {
        line.remove_prefix(2);
        fresh = true;
      }
      if (fresh) part->emplace_back();
      std::string& text = part->back();
      if (!text.empty()) text += ' ';
      text += line;
      fresh = false;
    }
  }
  return story;
}

}  // namespace vitrine::views
