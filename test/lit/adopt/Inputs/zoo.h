// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#ifdef __cplusplus
extern "C" {
#endif
struct zoo;
int zoo_open(const char* name, struct zoo** out);
int zoo_print(struct zoo*, const char* format, ...);
void zoo_close(struct zoo*);
#ifdef __cplusplus
}
namespace park {
class Cage {
 public:
  Cage();
  explicit Cage(int size);
  ~Cage();
  Cage(const Cage&) = delete;
  int feed(const std::string& food);
  int feed(int amount);
  int count() const;
  void shout(const char* format, ...);
  bool operator==(const Cage&) const;

 protected:
  int secret();
};
class Keeper {
 public:
  int walk(Cage& cage);
};
int visitors();
int helpers(int);
}  // namespace park
#endif
