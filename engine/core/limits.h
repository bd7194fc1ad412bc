// Every cap on what a file, an argument or a person may ask of us, in one place. A cap has a reason; whoever meets one
// is told which and what to do.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vitrine::limits {

inline constexpr std::size_t kStateFileBytes = std::size_t{256} << 20;  // a .vitrine file, weights and history included
inline constexpr std::size_t kTextBytes = std::size_t{4}
                                          << 20;  // one control's text: 200,000 points as CSV; a pasted permalink
inline constexpr std::size_t kListLength = 4096;  // records in one control list
inline constexpr int kNestingDepth = 32;          // brackets in a control value or a JSON file
inline constexpr std::int64_t kElements = std::int64_t{1} << 33;  // elements of one tensor
inline constexpr std::int64_t kHostElements = std::int64_t{1}
                                              << 28;  // numbers made on the host before a device has them
inline constexpr std::size_t kVocabularyBytes = std::size_t{256} << 20;  // the texts of one tensor of strings
inline constexpr int kRank = 6;                                          // dimensions of one tensor (TF.js: 6)
inline constexpr std::size_t kHistoryBytes = std::size_t{64} << 20;      // keyframes of one exhibit

// Data sets. A loader may take twice its file and this much more: numbers as floats, a picture while it is decoded.
inline constexpr std::size_t kLoaderSpare = std::size_t{64} << 20;
inline constexpr std::size_t kTableFileBytes = std::size_t{64}
                                               << 20;                 // CSV and UCR text: its floats are twice its size
inline constexpr std::size_t kArrayFileBytes = std::size_t{1} << 30;  // IDX, CIFAR, .npy, .npz: read where they lie
inline constexpr std::size_t kPictureFileBytes = std::size_t{64} << 20;
inline constexpr std::size_t kPictureEdge = 65500;      // pixels: what JPEG can say
inline constexpr std::size_t kTableColumns = 65536;     // of one row
inline constexpr std::size_t kClasses = 4096;           // a screen can list no more
inline constexpr std::size_t kFolderItems = 1'000'000;  // pictures below one folder
inline constexpr std::size_t kGeneratedItems = 200'000;
inline constexpr std::size_t kLeastEdge = 8, kGreatestEdge = 512;  // pixels of a generated picture's side

// Models.
inline constexpr std::size_t kModelTextBytes = std::size_t{64} << 20;  // a model.json; graphs with constants are large
inline constexpr int kModelDepth = 64;                                 // brackets in one: models in models in models
inline constexpr std::size_t kModelLayers = 4096;                      // of one model, and inputs of one layer
inline constexpr std::size_t kModelCalls = 16384;                      // of the layers of one model
inline constexpr std::int64_t kUnrolledSteps = 4096;  // of a sequence that a recurrent layer goes through

}  // namespace vitrine::limits
