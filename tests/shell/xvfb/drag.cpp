// Enter, position, drop, and the answer to who asks for what was dropped.
#include "tests/shell/xvfb/drag.h"

#if VITRINE_X11

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <unistd.h>

#include <array>

namespace {

constexpr long kVersion = 5;
constexpr int kLooks = 500;  // looks, a hundredth of a second apart

class Hand {
 public:
  explicit Hand(const std::string& display) : display_(XOpenDisplay(display.c_str())) {
    if (display_) own_ = XCreateSimpleWindow(display_, DefaultRootWindow(display_), 0, 0, 1, 1, 0, 0, 0);
  }
  ~Hand() {
    if (display_) XCloseDisplay(display_);
  }
  Hand(const Hand&) = delete;
  Hand& operator=(const Hand&) = delete;
  explicit operator bool() const { return display_ != nullptr; }

  Window taker() const { return taker_below(DefaultRootWindow(display_)); }

  bool drop(Window over, const std::string& path) {
    XSetSelectionOwner(display_, atom("XdndSelection"), own_, CurrentTime);
    XWindowAttributes place{};
    XGetWindowAttributes(display_, over, &place);
    int x = 0, y = 0;
    Window child = 0;
    XTranslateCoordinates(display_, over, DefaultRootWindow(display_), place.width / 2, place.height / 2, &x, &y,
                          &child);
    const auto types = static_cast<long>(atom("text/uri-list"));
    tell(over, "XdndEnter", {kVersion << 24, types, 0, 0});
    tell(over, "XdndPosition", {0, long{x} << 16 | y, CurrentTime, static_cast<long>(atom("XdndActionCopy"))});
    if (!follow("XdndStatus", path)) return false;
    tell(over, "XdndDrop", {0, CurrentTime, 0, 0});
    return follow("XdndFinished", path);
  }

 private:
  Atom atom(const char* name) const { return XInternAtom(display_, name, False); }

  Window taker_below(Window top) const {
    Window root = 0, parent = 0, *children = nullptr, found = 0;
    unsigned count = 0;
    if (XQueryTree(display_, top, &root, &parent, &children, &count) == 0) return 0;
    for (unsigned i = 0; i < count && !found; ++i) found = takes(children[i]) ? children[i] : taker_below(children[i]);
    if (children) XFree(children);
    return found;
  }
  bool takes(Window window) const {
    Atom type = 0;
    int format = 0;
    unsigned long items = 0, after = 0;
    unsigned char* data = nullptr;
    XGetWindowProperty(display_, window, atom("XdndAware"), 0, 1, False, XA_ATOM, &type, &format, &items, &after,
                       &data);
    if (data) XFree(data);
    return items > 0;
  }

  // The first word of each message is who speaks.
  void tell(Window over, const char* what, std::array<long, 4> words) {
    XEvent event{};
    event.xclient.type = ClientMessage;
    event.xclient.window = over;
    event.xclient.message_type = atom(what);
    event.xclient.format = 32;
    event.xclient.data.l[0] = static_cast<long>(own_);
    for (std::size_t i = 0; i < words.size(); ++i) event.xclient.data.l[i + 1] = words[i];
    XSendEvent(display_, over, False, NoEventMask, &event);
    XFlush(display_);
  }

  // Answers until that message comes.
  bool follow(const char* what, const std::string& path) {
    for (int look = 0; look < kLooks; ++look) {
      while (XPending(display_) > 0) {
        XEvent event;
        XNextEvent(display_, &event);
        if (event.type == SelectionRequest) hand_over(event.xselectionrequest, "file://" + path + "\r\n");
        if (event.type == ClientMessage && event.xclient.message_type == atom(what)) return true;
      }
      usleep(10'000);
    }
    return false;
  }

  void hand_over(const XSelectionRequestEvent& asked, const std::string& text) {
    XChangeProperty(display_, asked.requestor, asked.property, asked.target, 8, PropModeReplace,
                    reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    XEvent event{};
    event.xselection.type = SelectionNotify;
    event.xselection.requestor = asked.requestor;
    event.xselection.selection = asked.selection;
    event.xselection.target = asked.target;
    event.xselection.property = asked.property;
    event.xselection.time = asked.time;
    XSendEvent(display_, asked.requestor, False, NoEventMask, &event);
    XFlush(display_);
  }

  Display* display_;
  Window own_ = 0;
};

}  // namespace

bool drop_file(const std::string& display, const std::string& path, std::string& reason) {
  Hand hand(display);
  if (!hand) return reason = "The display does not answer.", false;
  const Window over = hand.taker();
  if (over == 0) return reason = "No window takes files.", false;
  if (!hand.drop(over, path)) return reason = "The window did not take the file.", false;
  return true;
}

#else

bool drop_file(const std::string&, const std::string&, std::string& reason) {
  reason = "built without X11.";
  return false;
}

#endif
