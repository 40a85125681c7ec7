// SPDX-License-Identifier: MIT
#include "scan/awaitable.hpp"

#include <clang/AST/ExprCXX.h>
#include <clang/Sema/Lookup.h>
#include <llvm/ADT/StringSet.h>

#include "scan/declaration_log.hpp"
#include "scan/sema_trial.hpp"
#include "scan/type_text.hpp"

namespace smartasync::gen {
namespace {

// Any valid place will do: nothing is reported there.
clang::SourceLocation any_place(clang::Sema& sema) {
  return sema.getSourceManager().getLocForStartOfFile(sema.getSourceManager().getMainFileID());
}

clang::Expr* value_of(clang::Sema& sema, clang::QualType type, clang::ExprValueKind kind) {
  return new (sema.Context) clang::OpaqueValueExpr(any_place(sema), type, kind);
}

// object.name(arguments...), or null.
clang::Expr* call_member(clang::Sema& sema, clang::Expr* object, llvm::StringRef name,
                         llvm::MutableArrayRef<clang::Expr*> arguments) {
  const clang::SourceLocation where = any_place(sema);
  const clang::DeclarationNameInfo info(&sema.Context.Idents.get(name), where);
  clang::CXXScopeSpec scope;
  const clang::ExprResult member =
      sema.BuildMemberReferenceExpr(object, object->getType(), where, /*IsArrow=*/false, scope,
                                    clang::SourceLocation(), nullptr, info, nullptr, nullptr);
  if (member.isInvalid()) {
    return nullptr;
  }
  const clang::ExprResult call =
      sema.BuildCallExpr(nullptr, member.get(), where, arguments, where, nullptr);
  return call.isInvalid() ? nullptr : call.get();
}

bool has_member(clang::Sema& sema, clang::QualType type, llvm::StringRef name) {
  clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  if (record == nullptr || !record->hasDefinition()) {
    return false;
  }
  clang::LookupResult found(sema, &sema.Context.Idents.get(name), any_place(sema),
                            clang::Sema::LookupMemberName);
  found.suppressDiagnostics();
  return sema.LookupQualifiedName(found, record);
}

// As smartasync::awaitable asks: the handle that a task gives to await_suspend is a plain one.
std::optional<clang::QualType> result_of_awaiting(clang::Sema& sema, clang::QualType type) {
  clang::ClassTemplateDecl* handle = find_template(sema, "std", "coroutine_handle");
  if (handle == nullptr || !type->isRecordType() || !is_complete(sema, type)) {
    return std::nullopt;
  }
  const clang::QualType handle_type = instance_of(sema, *handle, sema.Context.VoidTy);
  if (handle_type.isNull() || !is_complete(sema, handle_type)) {
    return std::nullopt;
  }
  const sema_trial trial(sema);
  const clang::ExprResult awaiter =
      sema.CreateOverloadedUnaryOp(any_place(sema), clang::UO_Coawait, clang::UnresolvedSet<1>(),
                                   value_of(sema, type.getUnqualifiedType(), clang::VK_PRValue));
  if (awaiter.isInvalid() || !awaiter.get()->getType()->isRecordType()) {
    return std::nullopt;
  }
  // A coroutine keeps the awaiter in its frame and calls it there: as an lvalue.
  clang::Expr* kept = value_of(sema, awaiter.get()->getType(), clang::VK_LValue);
  clang::Expr* suspended[] = {value_of(sema, handle_type, clang::VK_PRValue)};
  if (call_member(sema, kept, "await_ready", {}) == nullptr ||
      call_member(sema, kept, "await_suspend", suspended) == nullptr) {
    return std::nullopt;
  }
  clang::Expr* resumed = call_member(sema, kept, "await_resume", {});
  if (resumed == nullptr || trial.failed()) {
    return std::nullopt;
  }
  const clang::QualType result = resumed->getType();
  return resumed->isLValue()   ? sema.Context.getLValueReferenceType(result)
         : resumed->isXValue() ? sema.Context.getRValueReferenceType(result)
                               : result;
}

// The result as the author spelled it in `task<std::string>`; canonical, it is basic_string<...>.
clang::QualType as_spelled(const clang::ASTContext& context, clang::QualType type,
                           clang::QualType result) {
  for (const auto* id = type->getAs<clang::TemplateSpecializationType>(); id != nullptr;
       id = id->isTypeAlias() ? id->getAliasedType()->getAs<clang::TemplateSpecializationType>()
                              : nullptr) {
    for (const clang::TemplateArgument& argument : id->template_arguments()) {
      if (argument.getKind() == clang::TemplateArgument::Type &&
          context.hasSameType(argument.getAsType(), result)) {
        return argument.getAsType();
      }
    }
  }
  return result;
}

clang::QualType instance_argument(clang::QualType type) {
  const auto& instance =
      llvm::cast<clang::ClassTemplateSpecializationDecl>(*type->getAsCXXRecordDecl());
  return instance.getTemplateArgs()[0].getAsType();
}

// Coroutine types that need frames of their own, though they may look awaitable.
bool is_known_foreign(const clang::CXXRecordDecl& record) {
  static const llvm::StringSet<> names = {"asio::awaitable", "boost::asio::awaitable",
                                          "folly::coro::Task"};
  return names.contains(record.getQualifiedNameAsString());
}

// The template in std behind an instance that nobody has needed yet.
clang::CXXRecordDecl* std_pattern(clang::QualType type) {
  const auto* instance =
      llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(type->getAsCXXRecordDecl());
  if (instance == nullptr || instance->getSpecializationKind() != clang::TSK_Undeclared ||
      !is_in_namespace(instance, "std")) {
    return nullptr;
  }
  return instance->getSpecializedTemplate()->getTemplatedDecl()->getDefinition();
}

}  // namespace

bool is_complete(clang::Sema& sema, clang::QualType type) {
  if (type->isVoidType() || type->isReferenceType()) {
    return true;
  }
  const sema_trial trial(sema);
  if (!sema.isCompleteType(any_place(sema), type)) {
    return false;
  }
  if (const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl()) {
    // An instance of a template is defined where its pattern is.
    const clang::CXXRecordDecl* pattern = record->getTemplateInstantiationPattern();
    declaration_log::note_definition(pattern == nullptr ? *record->getDefinition() : *pattern);
  }
  return true;
}

bool can_be_complete(clang::Sema& sema, clang::QualType type) {
  const clang::CXXRecordDecl* pattern = std_pattern(type);
  if (pattern == nullptr) {
    return is_complete(sema, type);
  }
  const auto holds = [&](const clang::TemplateArgument& argument) {
    return argument.getKind() != clang::TemplateArgument::Type ||
           can_be_complete(sema, argument.getAsType());
  };
  const auto& instance =
      llvm::cast<clang::ClassTemplateSpecializationDecl>(*type->getAsCXXRecordDecl());
  const bool is_made_of_complete =
      llvm::all_of(instance.getTemplateArgs().asArray(), [&](const auto& argument) {
        return argument.getKind() == clang::TemplateArgument::Pack
                   ? llvm::all_of(argument.pack_elements(), holds)
                   : holds(argument);
      });
  if (!is_made_of_complete) {
    return is_complete(sema, type);
  }
  declaration_log::note_definition(*pattern);
  return true;
}

bool is_our_task(clang::QualType type) {
  const auto* instance =
      llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(type->getAsCXXRecordDecl());
  return instance != nullptr && instance->getName() == "task" &&
         is_in_namespace(instance, "smartasync");
}

clang::ClassTemplateDecl* find_template(clang::Sema& sema, llvm::StringRef space,
                                        llvm::StringRef name) {
  clang::ASTContext& context = sema.Context;
  for (clang::NamedDecl* found : context.getTranslationUnitDecl()->lookup(
           clang::DeclarationName(&context.Idents.get(space)))) {
    auto* inner = llvm::dyn_cast<clang::NamespaceDecl>(found);
    if (inner == nullptr) {
      continue;
    }
    clang::LookupResult result(sema, &context.Idents.get(name), any_place(sema),
                               clang::Sema::LookupOrdinaryName);
    result.suppressDiagnostics();
    if (sema.LookupQualifiedName(result, inner)) {
      return result.getAsSingle<clang::ClassTemplateDecl>();
    }
  }
  return nullptr;
}

std::optional<clang::QualType> awaited_type(clang::Sema& sema, clang::QualType type) {
  const clang::QualType operand = type.getNonReferenceType();
  if (operand->isDependentType()) {
    return std::nullopt;
  }
  // Known without instantiating anything: what most functions return.
  if (is_our_task(operand)) {
    return as_spelled(sema.Context, operand, instance_argument(operand));
  }
  const auto* instance =
      llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(operand->getAsCXXRecordDecl());
  if (is_in_namespace(instance, "std") && !has_specialization(sema, "awaitable_traits", operand)) {
    return std::nullopt;
  }
  if (has_specialization(sema, "awaitable_traits", operand)) {
    // What the adapted awaitable gives is what its adapt() returns.
    clang::ClassTemplateDecl* traits = find_template(sema, "smartasync", "awaitable_traits");
    const clang::QualType adapter =
        instance_of(sema, *traits, operand.getCanonicalType().getUnqualifiedType());
    clang::Expr* arguments[] = {value_of(sema, operand.getUnqualifiedType(), clang::VK_PRValue)};
    const sema_trial trial(sema);
    clang::Expr* adapted =
        call_member(sema, value_of(sema, adapter, clang::VK_LValue), "adapt", arguments);
    if (adapted == nullptr || trial.failed()) {
      return std::nullopt;
    }
    const auto result = result_of_awaiting(sema, adapted->getType());
    return result ? std::optional(as_spelled(sema.Context, type, *result)) : std::nullopt;
  }
  const auto result = result_of_awaiting(sema, operand);
  return result ? std::optional(as_spelled(sema.Context, operand, *result)) : std::nullopt;
}

coroutine_sort sort_of_coroutine(clang::Sema& sema, clang::QualType type) {
  clang::CXXRecordDecl* record = type.getNonReferenceType()->getAsCXXRecordDecl();
  if (record == nullptr) {
    return coroutine_sort::none;
  }
  if (is_known_foreign(*record)) {
    return coroutine_sort::foreign;
  }
  const clang::DeclarationName promise_name(&sema.Context.Idents.get("promise_type"));
  if (const clang::CXXRecordDecl* pattern = std_pattern(type.getNonReferenceType());
      pattern != nullptr && pattern->lookup(promise_name).empty()) {
    return coroutine_sort::none;
  }
  if (!is_complete(sema, type.getNonReferenceType()) ||
      !has_member(sema, type.getNonReferenceType(), "promise_type")) {
    return coroutine_sort::none;
  }
  clang::NamedDecl* found = record->lookup(promise_name).front();
  const auto* promise = llvm::dyn_cast_or_null<clang::TypeDecl>(found);
  if (promise != nullptr) {
    const clang::QualType promise_type = sema.Context.getTypeDeclType(promise);
    if (is_complete(sema, promise_type) && has_member(sema, promise_type, "yield_value")) {
      return coroutine_sort::generator;
    }
  }
  return coroutine_sort::foreign;
}

coroutine_sort sort_of_template(const clang::TemplateSpecializationType* id) {
  const auto* generic = id == nullptr ? nullptr
                                      : llvm::dyn_cast_or_null<clang::ClassTemplateDecl>(
                                            id->getTemplateName().getAsTemplateDecl());
  if (generic == nullptr) {
    return coroutine_sort::none;
  }
  clang::CXXRecordDecl& record = *generic->getTemplatedDecl();
  if (is_known_foreign(record)) {
    return coroutine_sort::foreign;
  }
  clang::ASTContext& context = record.getASTContext();
  const auto find = [&](const clang::CXXRecordDecl& in, llvm::StringRef name) {
    return in.lookup(clang::DeclarationName(&context.Idents.get(name)));
  };
  const auto promises = find(record, "promise_type");
  const bool awaits =
      !find(record, "await_ready").empty() ||
      !record.lookup(context.DeclarationNames.getCXXOperatorName(clang::OO_Coawait)).empty();
  if (promises.empty() || awaits) {
    return coroutine_sort::none;
  }
  const auto* promise = llvm::dyn_cast<clang::CXXRecordDecl>(promises.front());
  return promise != nullptr && !find(*promise, "yield_value").empty() ? coroutine_sort::generator
                                                                      : coroutine_sort::foreign;
}

}  // namespace smartasync::gen
