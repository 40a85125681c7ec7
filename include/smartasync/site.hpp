// SPDX-License-Identifier: MIT
#pragma once

namespace smartasync {

/// call_kind says how an author's function works: `sync` returns its value when it is done, `async`
/// returns something that must be awaited.
enum class call_kind { sync, async };

/// sync_t, as the first argument of an entry, asks for the plain value: the call blocks.
struct sync_t {
  explicit sync_t() = default;
};

/// async_t, as the first argument of an entry, asks for an operation to await: the call never
/// blocks.
struct async_t {
  explicit async_t() = default;
};

/// by_context_t, as the first argument of a call's constructor, asks it to choose by the context.
struct by_context_t {
  explicit by_context_t() = default;
};

/// sync is the tag to write: `client.get(smartasync::sync, "/")`.
inline constexpr sync_t sync{};

/// async is the tag to write: `co_await client.get(smartasync::async, "/")`.
inline constexpr async_t async{};

/// by_context is the tag that smartasync-gen writes in each stub.
inline constexpr by_context_t by_context{};

/// site describes one annotated function to the runtime. smartasync-gen writes one, a constant, for
/// each; the texts are string literals.
struct site {
  const char* function;            ///< qualified, without parameters: `shop::Client::get`
  const char* executor = nullptr;  ///< named executor of a sync function; null: "pool"
  const char* loop = nullptr;      ///< named loop that the function runs on; null: the caller's
  bool serial = false;             ///< calls through the entries of one object never overlap
  bool debug = false;              ///< report the path that each call takes
};

}  // namespace smartasync
