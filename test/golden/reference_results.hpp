// SPDX-License-Identifier: MIT
#pragma once

#include <smartasync/task.hpp>

#include <map>
#include <string>

namespace golden {

class Names {
 public:
  [[smartasync]] std::string& edit(int key) { return names_[key]; }
  [[smartasync]] const std::string& read(int key) const { return names_.at(key); }
  [[smartasync]] smartasync::task<const std::string&> fetch(int key) const {
    co_return names_.at(key);
  }
  [[smartasync]] const std::string* find(int key) const {
    const auto found = names_.find(key);
    return found == names_.end() ? nullptr : &found->second;
  }

 private:
  std::map<int, std::string> names_;
};

[[smartasync]] inline const std::string& longer(const std::string& left, const std::string& right) {
  return left.size() < right.size() ? right : left;
}

}  // namespace golden
