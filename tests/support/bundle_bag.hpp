// The bag of a test's bundle: lists of digests and bag-info.txt (RFC 8493).
//
// Threads: pure functions.
#pragma once

#include "tests/support/bundle_story.hpp"

#include <algorithm>
#include <functional>

namespace cl::test {

/// Makes the digests fit what is there. `info`: bag-info.txt up to Payload-Oxum; `says`: what a forger makes of it.
inline void seal_bag(std::vector<BundleFile>& files, std::string info, std::function<void(std::string&)> const& says) {
    auto const at = [&files](std::string_view name) -> std::string& {
        return std::find_if(files.begin(), files.end(), [name](BundleFile const& file) { return file.name == name; })->content;
    };
    std::string data;
    std::size_t bytes = 0;
    std::size_t count = 0;
    for (BundleFile const& file : files) {
        if (!file.name.starts_with("data/")) continue;
        data += to_hex(sha256(file.content)) + "  " + file.name + "\n";
        bytes += file.content.size();
        ++count;
    }
    info += "\nPayload-Oxum: " + std::to_string(bytes) + "." + std::to_string(count) + "\n";
    if (says) says(info);
    at("bag-info.txt") = info;
    at("manifest-sha256.txt") = data;
    std::string tags;
    for (BundleFile const& file : files) {
        bool const exempt =
            file.name == "certificate.txt" || file.name == "custody.csv" || file.name == "tagmanifest-sha256.txt";
        if (!file.name.starts_with("data/") && !exempt) tags += to_hex(sha256(file.content)) + "  " + file.name + "\n";
    }
    at("tagmanifest-sha256.txt") = tags;
}

}  // namespace cl::test
