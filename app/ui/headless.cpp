// A context, a clock that ticks by the frame, a script for hands and memory for a screen.
#include "app/ui/headless.h"

#include "app/ui/rasteriser.h"

namespace vitrine::ui {
namespace {
constexpr float kFrameSeconds = 1.0f / 60;
constexpr int kSettleFrames = 2;     // Dear ImGui finishes navigation and popups a frame after the input
constexpr int kMostFrames = 10'000;  // a script that never ends is a fault of the script
}  // namespace

Headless::Headless(int width, int height, Theme theme, std::shared_ptr<Fonts> fonts)
    : fonts_(fonts ? std::move(fonts) : std::make_shared<Fonts>(theme.scale())),
      ui_{.theme = theme, .fonts = fonts_.get(), .textures = &textures_, .audit = &audit_},
      context_(ImGui::CreateContext(fonts_->atlas())) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  io.DeltaTime = kFrameSeconds;
  imgui_compat::bind_keys();
  apply_style(theme);
  resize(width, height);
}

Headless::~Headless() {
  ImGui::SetCurrentContext(context_);
  ImGui::DestroyContext(context_);
}

void Headless::resize(int width, int height) {
  ImGui::SetCurrentContext(context_);
  ImGui::GetIO().DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
}

void Headless::set_look(Look look) {
  ImGui::SetCurrentContext(context_);
  ui_.theme = Theme(look, ui_.theme.scale(), ui_.theme.compact(), ui_.theme.presenting());
  apply_style(ui_.theme);
}

bool Headless::frame(const std::function<void(Ui&)>& draw) {
  ImGui::SetCurrentContext(context_);
  input_.deliver();
  fonts_->atlas()->SetTexID(textures_.id(fonts_->texture()));
  ImGui::NewFrame();
  begin_frame(ui_);
  draw(ui_);
  bool taken = end_frame(ui_);
  ImGui::Render();
  drawn_ = false;
  return taken;
}

const ImDrawData& Headless::draw_data() const {
  ImGui::SetCurrentContext(context_);
  return *ImGui::GetDrawData();
}

const Image& Headless::pixels() {
  if (!drawn_) rasterise(draw_data(), pixels_, ui_.theme->wall);
  drawn_ = true;
  return pixels_;
}

void Headless::press(Key key, bool ctrl, bool shift, bool alt) {
  auto modifiers = [&](bool down) {
    if (ctrl) push(input::key(Key::ctrl, down));
    if (shift) push(input::key(Key::shift, down));
    if (alt) push(input::key(Key::alt, down));
  };
  modifiers(true);
  push(input::key(key, true));
  push(input::key(key, false));
  modifiers(false);
}

void Headless::type(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    auto lead = static_cast<unsigned char>(text[at]);
    int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    char32_t c = more == 3 ? lead & 0x07u : more == 2 ? lead & 0x0Fu : more == 1 ? lead & 0x1Fu : lead;
    for (++at; more > 0 && at < text.size(); --more, ++at) c = c << 6 | (static_cast<unsigned char>(text[at]) & 0x3Fu);
    push(input::text(c));
  }
}

void Headless::click(float x, float y, int count) {
  push(input::move(x, y));
  for (int i = 0; i < count; ++i) {
    push(input::button(0, true));
    push(input::button(0, false));
  }
}

void Headless::settle(const std::function<void(Ui&)>& draw) {
  for (int i = 0; i < kMostFrames && input_waits(); ++i) frame(draw);
  for (int i = 0; i < kSettleFrames; ++i) frame(draw);
}

}  // namespace vitrine::ui
