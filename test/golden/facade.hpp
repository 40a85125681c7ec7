// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/sleep.hpp>
#include <smartasync/task.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace golden {

/// Made by a factory of the library's.
class Session {
 public:
  static Session open(std::string host) { return Session(std::move(host)); }

  Session(Session&&) = default;

  [[smartasync]] smartasync::task<std::string> ask(std::string what) {
    co_await smartasync::sleep_for(std::chrono::milliseconds(1));
    co_return host_ + "/" + what;
  }
  [[smartasync]] std::string host() const { return host_; }
  int plain() const { return 1; }

 private:
  explicit Session(std::string host) : host_(std::move(host)) {}
  std::string host_;
};

/// Has a default constructor, and one more.
class Box {
 public:
  Box() = default;
  Box(int first, int second) : sum_(first + second) {}
  Box(const Box&) = default;
  [[smartasync]] int sum() const { return sum_; }

 protected:
  int sum_ = 0;
};

/// An aggregate.
struct Pair {
  int a = 1;
  int b = 2;
  [[smartasync]] int product() const { return a * b; }
};

/// Stays where it is.
class Pinned {
 public:
  explicit Pinned(int number) : number_(number) {}
  Pinned(Pinned&&) = delete;
  [[smartasync]] smartasync::task<int> number() { co_return number_; }

 private:
  int number_;
};

/// A class whose annotated base is public.
class Bigger : public Box {
 public:
  using Box::Box;
  [[smartasync]] int bigger() const { return sum_ + 1; }
};

/// Nothing of its own.
class Biggest : public Bigger {
 public:
  using Bigger::Bigger;
};

}  // namespace golden
