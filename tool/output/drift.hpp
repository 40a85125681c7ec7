// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/diagnostic.hpp"
#include "output/output_file.hpp"

namespace smartasync::gen {

/// drift is one way in which the files on disk are not what a run would leave there.
struct drift {
  diagnostic finding;  ///< output-stale, output-missing or output-orphaned, at the file
  std::string diff;    ///< from the file on disk to what should be there
};

/// drift_report is the outcome of a comparison: the stale and the missing outputs in the order of
/// the run, then the orphaned ones by path.
struct drift_report {
  std::vector<drift> drifts;
  std::size_t compared = 0;  ///< outputs of this run that were looked at
};

/// find_drift() compares the outputs of a run with the files on disk and writes nothing. Where
/// `root` is not empty, `x.smart.*` files under that absolute directory (`shown_root` for messages)
/// with our banner are orphaned if the header that the banner names is not in this run. Hidden
/// directories are left out and links to directories are not followed.
drift_report find_drift(const std::vector<output_file>& outputs, const std::string& root,
                        const std::string& shown_root);

}  // namespace smartasync::gen
