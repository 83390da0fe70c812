// JSON: `{"report":{…},"data":[{…}],"summary":{…},"rows":…,"as_of":{…}}`, members that do not apply absent. The row count stands behind the
// rows, so a document that was cut off is no JSON.
#include "ledger/core/json.hpp"

#include "ledger/report/writers.hpp"

#include <algorithm>

namespace cl::report {
namespace {

json::Value value_of(Cell const& cell) {
    if (auto const* const text = std::get_if<std::string>(&cell)) return *text;
    if (auto const* const number = std::get_if<std::int64_t>(&cell)) return *number;
    if (auto const* const flag = std::get_if<bool>(&cell)) return *flag;
    if (auto const* const phone = std::get_if<Phone>(&cell)) return phone->e164;
    return {};
}

template <class Names>
json::Object object_of(Row const& row, Names const& names) {
    std::vector<json::Member> members;
    for (std::size_t i = 0; i < std::min(row.size(), names.size()); ++i) {
        if (!std::holds_alternative<std::monostate>(row[i])) members.push_back({std::string(names[i]), value_of(row[i])});
    }
    return json::Object::from_members(std::move(members)).value_or(json::Object{});
}

/// A name may stand there several times (`kind`): one member has all of its values, a line each.
json::Object facts_of(std::vector<Fact> const& facts) {
    json::Object object;
    for (auto const& [name, value] : facts) {
        bool const again = object.contains(name);
        object.set(name, again ? std::string(object.string(name)) + "\n" + value : value);
    }
    return object;
}

class JsonWriter final : public Writer {
public:
    void begin(Head const& head, std::span<std::string_view const> columns, std::string& out) override {
        columns_ = columns;
        json::Object about{{"name", head.report},
                           {"title", head.title},
                           {"account", head.account},
                           {"ledger", head.origin},
                           {"program", head.program},
                           {"generated_at", format_time(head.generated_at)},
                           {"filters", facts_of(head.filters)},
                           {"as_of", json::Object{{"seq", head.as_of}, {"checkpoint", head.checkpoint}}}};
        if (!head.about.empty()) about.set("about", facts_of(head.about));
        json::Array names;
        for (std::string_view const name : columns) names.emplace_back(name);
        about.set("columns", std::move(names));
        out += "{\"report\":";
        json::write(about, out);
        out += ",\"data\":[";
    }

    void row(Row const& row, std::string& out) override {
        out += first_ ? "\n" : ",\n";
        first_ = false;
        json::write(object_of(row, columns_), out);
    }

    void end(Tail const& tail, std::string& out) override {
        json::Object summary;
        for (Section const& section : tail.sections) {
            json::Array rows;
            for (Row const& row : section.rows) rows.emplace_back(object_of(row, section.columns));
            summary.set(section.name, std::move(rows));
        }
        out += first_ ? "]" : "\n]";
        out += ",\"summary\":";
        json::write(summary, out);
        out += ",\"rows\":" + std::to_string(tail.rows) + ",\"as_of\":";
        json::write(json::Object{{"seq", tail.as_of}, {"checkpoint", tail.checkpoint}}, out);
        out += "}\n";
    }

private:
    std::span<std::string_view const> columns_;
    bool first_ = true;
};

}  // namespace

std::unique_ptr<Writer> json_writer() {
    return std::make_unique<JsonWriter>();
}

}  // namespace cl::report
