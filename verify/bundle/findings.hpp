// Where the checks of a bundle write down what they find: integrity findings, or what could not be done.
//
// Threads: belongs to one thread.
#pragma once

#include "verify/report.hpp"
#include "verify/words.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace cl::verify::bundle {

class Findings {
public:
    explicit Findings(Report& report) : report_(report) {}

    void add(std::string_view id, std::optional<Seq> seq, std::string what) {
        report_.integrity.add({id, seq, std::nullopt, std::move(what)});
    }
    /// What ended the reading of a file: a zip that contradicts itself is a finding, all else could not be done.
    void add_failure(std::string_view file, Error const& error) {
        std::string const why = printable(error.detail, 400);
        if (error.code == errc::store_corrupt) {
            add(check::archive, std::nullopt, why);
        } else if (error.code != errc::not_found) {  // the bag says so
            incomplete(printable(file) + " could not be read: " + why + ".",
                       "Check the path and the disk, or fetch the bundle again.");
        }
    }
    void incomplete(std::string what, std::string remedy) {
        report_.incomplete.push_back({std::move(what), std::move(remedy)});
    }
    [[nodiscard]] bool clean() const noexcept { return report_.integrity.clean(); }

private:
    Report& report_;
};

}  // namespace cl::verify::bundle
