// Private: one row on its way to become changes.
#pragma once

#include "api/import/mapping.hpp"
#include "api/import/words.hpp"

namespace cl::api::import {

class Mapping::Row {
public:
    Row(Mapping const& mapping, std::vector<std::string_view> const& cells) : mapping_(mapping), cells_(cells) {}

    [[nodiscard]] Result<std::vector<json::Object>> changes();

private:
    struct Said {
        bool in = false;
        bool out = false;
        bool blocked = false;
    };

    [[nodiscard]] std::string_view cell(Member member) const;
    [[nodiscard]] Result<Said> status() const;
    [[nodiscard]] Result<bool> flag(Member member) const;
    [[nodiscard]] Result<std::string> time(Member member) const;
    [[nodiscard]] Result<std::vector<std::string>> names(std::string_view text, std::string_view what) const;
    [[nodiscard]] json::Object change(std::string_view kind, std::string const& when, json::Object data) const;
    [[nodiscard]] Result<void> add_contact();
    [[nodiscard]] Result<void> add_consent(std::string const& when);
    [[nodiscard]] Result<void> add_lists(std::string const& when);
    [[nodiscard]] Result<void> add_opt_out(std::string const& when, bool everything);
    [[nodiscard]] Result<json::Object> evidence() const;
    [[nodiscard]] bool has_evidence() const;

    Mapping const& mapping_;
    std::vector<std::string_view> const& cells_;
    std::string phone_;
    std::vector<json::Object> out_;
};

}  // namespace cl::api::import
