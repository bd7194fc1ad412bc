// Names and values of arguments, as each language spells them.
#include "views/program_layer.h"

#include <algorithm>
#include <cctype>

#include "engine/core/number.h"

namespace vitrine::views {
namespace {

using nn::Argument;
using nn::Config;

// "kernel_size" is kernelSize there.
std::string camel(std::string_view name) {
  std::string out;
  bool up = false;
  for (const char c : name) {
    if (c == '_')
      up = true;
    else
      out += up ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c, up = false;
  }
  return out;
}

// "Conv1D" is conv1d there, "GaussianNoise" gaussianNoise.
std::string method(std::string_view kind) {
  std::string out(kind);
  out.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(out.front())));
  if (out.ends_with('D')) out.back() = 'd';
  return out;
}

std::string value_text(Language language, const Config& value);

std::string list_text(Language language, const Config::List& list) {
  std::vector<std::string> words;
  bool nested = false;
  for (const Config& each : list) {
    words.push_back(value_text(language, each));
    nested = nested || each.list() != nullptr;
  }
  const std::string all = joined(words, ", ");
  if (language != Language::cpp) return "[" + all + "]";
  return (nested ? "nn::Config::List{" : "{") + all + "}";
}

// Of class_name and config: a regulariser.
std::string regulariser_text(Language language, const Config::Record& record) {
  const Config whole(record);
  const double l1 = *whole.find("config")->find("l1")->number(), l2 = *whole.find("config")->find("l2")->number();
  if (language == Language::tensorflow_js)
    return "tf.regularizers.l1l2({l1: " + to_text(l1) + ", l2: " + to_text(l2) + "})";
  if (language == Language::keras) return "keras.regularizers.L1L2(l1=" + to_text(l1) + ", l2=" + to_text(l2) + ")";
  return "nn::Config::Record{{\"class_name\", \"L1L2\"}, {\"config\", nn::Config::Record{{\"l1\", " + to_text(l1) +
         "}, {\"l2\", " + to_text(l2) + "}}}}";
}

std::string value_text(Language language, const Config& value) {
  if (const bool* truth = value.truth())
    return *truth ? language == Language::keras ? "True" : "true" : language == Language::keras ? "False" : "false";
  if (const double* number = value.number()) return to_text(*number);
  if (const std::string* text = value.text())
    return language == Language::tensorflow_js ? "'" + *text + "'" : "\"" + *text + "\"";
  if (const Config::List* list = value.list()) return list_text(language, *list);
  if (const Config::Record* record = value.record()) return regulariser_text(language, *record);
  return {};
}

std::string text_of_usual(const nn::Usual& usual) {
  if (const bool* truth = std::get_if<bool>(&usual)) return nn::text_of(Config(*truth));
  if (const double* number = std::get_if<double>(&usual)) return nn::text_of(Config(*number));
  if (const std::string_view* text = std::get_if<std::string_view>(&usual)) return nn::text_of(Config(*text));
  return {};  // required: always said
}

// Worth a word: frameworks begin with other weights than ours anyhow, and files carry names that mean nothing here.
bool is_said(const Argument& argument, const Config& value) {
  using enum nn::Takes;
  if (argument.takes == initialiser || argument.takes == constraint || argument.takes == ignored) return false;
  if (value.nothing()) return false;
  const std::string usual = text_of_usual(argument.default_of(nn::Convention::ours));
  return nn::text_of(value) != usual && nn::text_of(value) != "[" + usual + "]";
}

std::string argument_text(Language language, const std::string& name, const std::string& value) {
  if (language == Language::keras) return name + "=" + value;
  if (language == Language::tensorflow_js) return camel(name) + ": " + value;
  return "{\"" + name + "\", " + value + "}";
}

struct OwnClass {
  std::string_view kind, argument, shape, answer;  // of [batch, length, channels]; `rows` is the tensor
};
constexpr OwnClass kOwnClasses[] = {
    {"UpSampling1D", "size", "[batch, length * size, channels]",
     "rows.expandDims(2).tile([1, 1, size, 1]).reshape([batch, length * size, channels])"},
    {"Cropping1D", "cropping", "[batch, length - cropping[0] - cropping[1], channels]",
     "rows.slice([0, cropping[0], 0], [batch, length - cropping[0] - cropping[1], channels])"},
};
const OwnClass* own_class(Language language, const nn::Layer& layer) {
  if (language != Language::tensorflow_js) return nullptr;
  const auto* found = std::ranges::find(kOwnClasses, layer.kind().name, &OwnClass::kind);
  return found == std::end(kOwnClasses) ? nullptr : found;
}

// A pair for its one axis is written as the pair itself.
const Config& plain(const Config& value) {
  const Config::List* list = value.list();
  return list && list->size() == 1 ? plain(list->front()) : value;
}

}  // namespace

std::string layer_call(Language language, const nn::Layer& layer) {
  const OwnClass* own = own_class(language, layer);
  std::vector<std::string> words;
  for (const Argument& argument : layer.kind().arguments) {
    const Config& value = layer.arguments()[argument.name];
    const bool needed = own && argument.name == own->argument;
    if (needed || is_said(argument, value))
      words.push_back(
          argument_text(language, std::string(argument.name), value_text(language, needed ? plain(value) : value)));
  }
  words.push_back(argument_text(language, "name", value_text(language, Config(layer.name()))));
  const std::string kind(layer.kind().name), all = joined(words, ", ");
  if (own) return "new " + kind + "({" + all + "})";
  if (language == Language::tensorflow_js) return "tf.layers." + method(kind) + "({" + all + "})";
  return language == Language::keras ? "layers." + kind + "(" + all + ")" : "nn::layers::" + kind + "({" + all + "})";
}

std::vector<std::string> layer_classes(Language language, std::span<const nn::Layer> layers) {
  std::vector<std::string> lines;
  for (const OwnClass& each : kOwnClasses) {
    const auto used = [&](const nn::Layer& layer) { return own_class(language, layer) == &each; };
    if (std::ranges::none_of(layers, used)) continue;
    const std::string kind(each.kind), argument(each.argument);
    lines.insert(
        lines.end(),
        {"class " + kind + " extends tf.layers.Layer {", "  static className = '" + kind + "';",
         "  constructor(config) { super(config); this." + argument + " = config." + argument + "; }",
         "  computeOutputShape([batch, length, channels]) {", "    const " + argument + " = this." + argument + ";",
         "    return " + std::string(each.shape) + ";", "  }", "  call(inputs) {", "    return tf.tidy(() => {",
         "      const rows = Array.isArray(inputs) ? inputs[0] : inputs, " + argument + " = this." + argument + ";",
         "      const [batch, length, channels] = rows.shape;", "      return " + std::string(each.answer) + ";",
         "    });", "  }", "}"});
  }
  return lines;
}

}  // namespace vitrine::views
