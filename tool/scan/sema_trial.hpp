// SPDX-License-Identifier: MIT
#pragma once

#include <clang/AST/Expr.h>
#include <clang/Sema/EnterExpressionEvaluationContext.h>
#include <clang/Sema/Sema.h>

namespace smartasync::gen {

/// sema_trial asks Sema whether something is well-formed: while one lives, nothing is reported, and
/// what fails is seen in failed().
class sema_trial {
 public:
  explicit sema_trial(clang::Sema& sema)
      : diagnostics_(sema.getDiagnostics()),
        was_silent_(diagnostics_.getSuppressAllDiagnostics()),
        unevaluated_(sema, clang::Sema::ExpressionEvaluationContext::Unevaluated),
        trap_(sema, /*AccessCheckingSFINAE=*/true) {
    diagnostics_.setSuppressAllDiagnostics(true);
  }
  ~sema_trial() { diagnostics_.setSuppressAllDiagnostics(was_silent_); }
  sema_trial(const sema_trial&) = delete;
  sema_trial& operator=(const sema_trial&) = delete;

  bool failed() const { return trap_.hasErrorOccurred(); }

 private:
  clang::DiagnosticsEngine& diagnostics_;
  bool was_silent_;
  clang::EnterExpressionEvaluationContext unevaluated_;
  clang::Sema::SFINAETrap trap_;
};

}  // namespace smartasync::gen
