// Everything that decode refuses, made from a good entry by one change each, and everything that encode refuses.
#include "ledger/core/entry.hpp"
#include "ledger/core/limits.hpp"
#include "tests/unit/core/samples.hpp"

#include <functional>

namespace cl {
namespace {

using json::Object;
using json::Value;

/// The full entry as an object, to be changed and written again.
Object good_object() {
    return *json::parse(encode(test::full_entry()).value(), limits::entry_bytes).value().as_object();
}

Object& at(Object& root, std::string_view name) {
    return *root.find(name)->as_object();
}

Object& evidence_of(Object& root) {
    return *(*root.find("evidence")->as_array())[0].as_object();
}

struct Change {
    char const* what;
    char const* pointer;
    std::function<void(Object&)> apply;
};

void refuses_each(std::vector<Change> const& changes, errc code) {
    for (Change const& change : changes) {
        BOOST_TEST_CONTEXT(change.what) {
            Object root = good_object();
            change.apply(root);
            auto const entry = decode(json::write(root));
            BOOST_REQUIRE(!entry);
            BOOST_CHECK(entry.error().code == code);
            BOOST_TEST(entry.error().pointer == change.pointer);
        }
    }
}

void set(Object& object, std::string_view name, Value value) {
    object.set(name, std::move(value));
}

BOOST_AUTO_TEST_SUITE(entry_refuse)

BOOST_AUTO_TEST_CASE(the_unchanged_entry_is_accepted) {
    BOOST_TEST(decode(json::write(good_object())).has_value());
}

BOOST_AUTO_TEST_CASE(each_required_member) {
    for (auto const* name : {"seq", "prev", "recorded_at", "kind", "data", "v"}) {
        refuses_each({{name, ("/" + std::string(name)).c_str(), [name](Object& o) { o.erase(name); }}}, errc::entry_malformed);
    }
    for (auto const* name : {"account", "account_seq", "contact", "contact_seq", "contact_prev"}) {
        BOOST_TEST_CONTEXT(name) {
            Object root = good_object();
            root.erase(name);
            BOOST_REQUIRE(!decode(json::write(root)));
            BOOST_CHECK(decode(json::write(root)).error().code == errc::entry_malformed);
        }
    }
    for (auto const* name : {"actor", "source", "channel", "to", "evidence", "state", "policy", "request", "occurred_at"}) {
        BOOST_TEST_CONTEXT(name) {
            Object root = good_object();
            root.erase(name);
            BOOST_TEST(decode(json::write(root)).has_value());
        }
    }
}

BOOST_AUTO_TEST_CASE(required_parts_of_members) {
    refuses_each({{"actor.kind", "/actor/kind", [](Object& o) { at(o, "actor").erase("kind"); }},
                  {"actor.id", "/actor/id", [](Object& o) { at(o, "actor").erase("id"); }},
                  {"state.blocked", "/state/blocked", [](Object& o) { at(o, "state").erase("blocked"); }},
                  {"state.opted_in", "/state/opted_in", [](Object& o) { at(o, "state").erase("opted_in"); }},
                  {"state.level", "/state/level", [](Object& o) { at(o, "state").erase("level"); }},
                  {"state.list.member", "/state/list/member", [](Object& o) { at(at(o, "state"), "list").erase("member"); }},
                  {"state.list.id", "/state/list/id", [](Object& o) { at(at(o, "state"), "list").erase("id"); }},
                  {"policy.rules", "/policy/rules", [](Object& o) { at(o, "policy").erase("rules"); }},
                  {"policy.pack", "/policy/pack", [](Object& o) { at(o, "policy").erase("pack"); }},
                  {"request.key", "/request/key", [](Object& o) { at(o, "request").erase("key"); }},
                  {"request.body", "/request/body", [](Object& o) { at(o, "request").erase("body"); }},
                  {"digest", "/evidence/0/digest", [](Object& o) { evidence_of(o).erase("digest"); }},
                  {"fields", "/evidence/0/fields", [](Object& o) { evidence_of(o).erase("fields"); }},
                  {"kind", "/evidence/0/kind", [](Object& o) { evidence_of(o).erase("kind"); }}},
                 errc::entry_malformed);
}

BOOST_AUTO_TEST_CASE(unknown_members) {
    refuses_each({{"entry", "", [](Object& o) { set(o, "extra", 1); }},
                  {"actor", "/actor", [](Object& o) { set(at(o, "actor"), "extra", 1); }},
                  {"source", "/source", [](Object& o) { set(at(o, "source"), "extra", 1); }},
                  {"state", "/state", [](Object& o) { set(at(o, "state"), "extra", 1); }},
                  {"state.list", "/state/list", [](Object& o) { set(at(at(o, "state"), "list"), "extra", 1); }},
                  {"policy", "/policy", [](Object& o) { set(at(o, "policy"), "extra", 1); }},
                  {"request", "/request", [](Object& o) { set(at(o, "request"), "extra", 1); }},
                  {"evidence", "/evidence/0", [](Object& o) { set(evidence_of(o), "extra", 1); }},
                  {"scope", "/evidence/0/scope", [](Object& o) { set(at(evidence_of(o), "scope"), "extra", 1); }}},
                 errc::entry_malformed);
    Object root = good_object();
    set(at(root, "data"), "extra", 1);
    BOOST_TEST(decode(json::write(root)).has_value());
}

BOOST_AUTO_TEST_CASE(null_is_no_spelling_of_absent) {
    for (json::Member const& member : good_object()) {
        BOOST_TEST_CONTEXT(member.name) {
            Object root = good_object();
            root.set(member.name, Value());
            BOOST_REQUIRE(!decode(json::write(root)));
            BOOST_CHECK(decode(json::write(root)).error().code == errc::entry_malformed);
        }
    }
}

BOOST_AUTO_TEST_CASE(types_ranges_and_spellings) {
    refuses_each(
        {{"seq text", "/seq", [](Object& o) { set(o, "seq", "12"); }},
         {"seq below 0", "/seq", [](Object& o) { set(o, "seq", -1); }},
         {"v text", "/v", [](Object& o) { set(o, "v", "1"); }},
         {"prev upper case", "/prev", [](Object& o) { set(o, "prev", std::string(64, 'C')); }},
         {"prev short", "/prev", [](Object& o) { set(o, "prev", "c4"); }},
         {"time with an offset", "/recorded_at", [](Object& o) { set(o, "recorded_at", "2026-11-23T12:00:00.412+00:00"); }},
         {"time without milliseconds", "/occurred_at", [](Object& o) { set(o, "occurred_at", "2026-11-23T12:00:00Z"); }},
         {"time as a number", "/occurred_at", [](Object& o) { set(o, "occurred_at", 1); }},
         {"account upper case", "/account", [](Object& o) { set(o, "account", "Acme"); }},
         {"account dash", "/account", [](Object& o) { set(o, "account", "-acme"); }},
         {"account long", "/account", [](Object& o) { set(o, "account", std::string(64, 'a')); }},
         {"account_seq 0", "/account_seq", [](Object& o) { set(o, "account_seq", 0); }},
         {"contact_seq 0", "/contact_seq", [](Object& o) { set(o, "contact_seq", 0); }},
         {"contact_prev on the first", "/contact_prev", [](Object& o) { set(o, "contact_seq", 1); }},
         {"contact_prev below 0", "/contact_prev", [](Object& o) { set(o, "contact_prev", -1); }},
         {"contact_prev not before", "/contact_prev", [](Object& o) { set(o, "contact_prev", 12); }},
         {"contact short", "/contact", [](Object& o) { set(o, "contact", "3f"); }},
         {"kind empty", "/kind", [](Object& o) { set(o, "kind", ""); }},
         {"kind upper case", "/kind", [](Object& o) { set(o, "kind", "Opt_in"); }},
         {"kind space", "/kind", [](Object& o) { set(o, "kind", "opt in"); }},
         {"kind digit first", "/kind", [](Object& o) { set(o, "kind", "1st"); }},
         {"data array", "/data", [](Object& o) { set(o, "data", json::Array{}); }},
         {"actor of no kind", "/actor/kind", [](Object& o) { set(at(o, "actor"), "kind", "robot"); }},
         {"actor text", "/actor", [](Object& o) { set(o, "actor", "agent-7"); }},
         {"actor id empty", "/actor/id", [](Object& o) { set(at(o, "actor"), "id", ""); }},
         {"actor id space", "/actor/id", [](Object& o) { set(at(o, "actor"), "id", "agent 7"); }},
         {"platform", "/source/platform", [](Object& o) { set(at(o, "source"), "platform", "a b"); }},
         {"record", "/source/record", [](Object& o) { set(at(o, "source"), "record", "a/b"); }},
         {"token", "/source/token", [](Object& o) { set(at(o, "source"), "token", std::string(129, 'a')); }},
         {"channel", "/channel", [](Object& o) { set(o, "channel", "s m s"); }},
         {"to", "/to", [](Object& o) { set(o, "to", "+"); }},
         {"to twice +", "/to", [](Object& o) { set(o, "to", "++15550199999"); }}},
        errc::entry_malformed);
}

BOOST_AUTO_TEST_CASE(types_and_ranges_within_members) {
    refuses_each(
        {{"evidence object", "/evidence", [](Object& o) { set(o, "evidence", Object{}); }},
         {"evidence of numbers", "/evidence/0", [](Object& o) { set(o, "evidence", json::Array{1}); }},
         {"too much evidence", "/evidence",
          [](Object& o) { set(o, "evidence", json::Array(limits::evidence_items + 1, Value(evidence_of(o)))); }},
         {"evidence kind", "/evidence/0/kind", [](Object& o) { set(evidence_of(o), "kind", "a kind"); }},
         {"digest", "/evidence/0/digest", [](Object& o) { set(evidence_of(o), "digest", "77"); }},
         {"fields text", "/evidence/0/fields", [](Object& o) { set(evidence_of(o), "fields", "agent"); }},
         {"fields of numbers", "/evidence/0/fields", [](Object& o) { set(evidence_of(o), "fields", json::Array{1}); }},
         {"fields unsorted", "/evidence/0/fields",
          [](Object& o) {
              set(evidence_of(o), "fields", json::Array{"words", "agent"});
          }},
         {"fields twice", "/evidence/0/fields",
          [](Object& o) {
              set(evidence_of(o), "fields", json::Array{"agent", "agent"});
          }},
         {"fields empty name", "/evidence/0/fields", [](Object& o) { set(evidence_of(o), "fields", json::Array{""}); }},
         {"for below 0", "/evidence/0/for", [](Object& o) { set(evidence_of(o), "for", -1); }},
         {"for text", "/evidence/0/for", [](Object& o) { set(evidence_of(o), "for", "3"); }},
         {"verified text", "/evidence/0/verified", [](Object& o) { set(evidence_of(o), "verified", "yes"); }},
         {"held_by", "/evidence/0/held_by", [](Object& o) { set(evidence_of(o), "held_by", "a b"); }},
         {"evidence time", "/evidence/0/occurred_at", [](Object& o) { set(evidence_of(o), "occurred_at", "yesterday"); }},
         {"purpose", "/evidence/0/scope/purpose", [](Object& o) { set(at(evidence_of(o), "scope"), "purpose", "a\nb"); }},
         {"seller", "/evidence/0/scope/seller",
          [](Object& o) { set(at(evidence_of(o), "scope"), "seller", std::string(129, 'a')); }},
         {"lists", "/evidence/0/scope/lists", [](Object& o) { set(at(evidence_of(o), "scope"), "lists", json::Array{"a b"}); }},
         {"many lists", "/evidence/0/scope/lists",
          [](Object& o) { set(at(evidence_of(o), "scope"), "lists", json::Array(limits::lists_per_item + 1, Value("a"))); }},
         {"level", "/state/level", [](Object& o) { set(at(o, "state"), "level", "high"); }},
         {"opted_in", "/state/opted_in", [](Object& o) { set(at(o, "state"), "opted_in", 1); }},
         {"list id", "/state/list/id", [](Object& o) { set(at(at(o, "state"), "list"), "id", ""); }},
         {"pack", "/policy/pack", [](Object& o) { set(at(o, "policy"), "pack", ""); }},
         {"rules below 0", "/policy/rules", [](Object& o) { set(at(o, "policy"), "rules", -1); }},
         {"rules text", "/policy/rules", [](Object& o) { set(at(o, "policy"), "rules", "1"); }},
         {"request key", "/request/key", [](Object& o) { set(at(o, "request"), "key", "e0"); }},
         {"request body", "/request/body", [](Object& o) { set(at(o, "request"), "body", std::string(64, 'G')); }}},
        errc::entry_malformed);
}

BOOST_AUTO_TEST_CASE(another_version_is_told_apart_from_damage) {
    refuses_each({{"v 2", "/v", [](Object& o) { set(o, "v", 2); }},
                  {"v 0", "/v", [](Object& o) { set(o, "v", 0); }},
                  {"v 2 with a member more", "/v",
                   [](Object& o) {
                       set(o, "v", 2);
                       set(o, "extra", 1);
                   }}},
                 errc::entry_version);
}

BOOST_AUTO_TEST_CASE(values_that_encode_writes_otherwise_are_not_canonical) {
    refuses_each({{"channel empty", "", [](Object& o) { set(o, "channel", ""); }},
                  {"evidence empty", "", [](Object& o) { set(o, "evidence", json::Array{}); }},
                  {"source empty", "", [](Object& o) { set(o, "source", Object{}); }},
                  {"source with an empty text", "", [](Object& o) { set(at(o, "source"), "platform", ""); }},
                  {"scope empty", "", [](Object& o) { set(evidence_of(o), "scope", Object{}); }},
                  {"lists empty", "", [](Object& o) { set(at(evidence_of(o), "scope"), "lists", json::Array{}); }},
                  {"held_by empty", "", [](Object& o) { set(evidence_of(o), "held_by", ""); }}},
                 errc::entry_not_canonical);
}

BOOST_AUTO_TEST_CASE(other_spellings_of_the_same_values_are_not_canonical) {
    std::string const good = encode(test::full_entry()).value();
    auto const replaced = [&good](std::string_view from, std::string_view to) {
        std::string text = good;
        auto const place = text.find(from);
        BOOST_REQUIRE(place != std::string::npos);
        return text.replace(place, from.size(), to);
    };
    for (auto const& text :
         {" " + good, good + "\n", replaced(",", ", "), replaced("acme", "\\u0061cme"), replaced("\"v\":1", "\"v\" :1"),
          replaced(R"("id":"agent-7","kind":"agent")", R"("kind":"agent","id":"agent-7")"),
          replaced("\"promo\"", "\"\\u0070romo\"")}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_REQUIRE(!decode(text));
            BOOST_CHECK(decode(text).error().code == errc::entry_not_canonical);
        }
    }
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_entry) {
    std::string const good = encode(test::full_entry()).value();
    for (auto const& text : {std::string(), std::string("[]"), std::string("7"), good.substr(0, good.size() - 1), good + "}",
                             good + '\0', "{\"v\":1," + good.substr(1), std::string("{}"), std::string(70'000, ' ')}) {
        BOOST_TEST_CONTEXT(text.substr(0, 30)) {
            BOOST_REQUIRE(!decode(text));
            BOOST_CHECK(decode(text).error().code == errc::entry_malformed);
        }
    }
}

BOOST_AUTO_TEST_CASE(encode_refuses_what_decode_would) {
    std::pair<char const*, std::function<void(Entry&)>> const changes[] = {
        {"/seq", [](Entry& e) { e.seq = -1; }},
        {"/seq", [](Entry& e) { e.seq = limits::json_integer + 1; }},
        {"/recorded_at", [](Entry& e) { e.recorded_at = latest_time + 1; }},
        {"/occurred_at", [](Entry& e) { e.occurred_at = earliest_time - 1; }},
        {"/kind", [](Entry& e) { e.kind.clear(); }},
        {"/account_seq", [](Entry& e) { e.account_seq.reset(); }},
        {"/account_seq", [](Entry& e) { e.account.clear(); }},
        {"/contact_seq", [](Entry& e) { e.contact.reset(); }},
        {"/contact_prev", [](Entry& e) { e.contact_prev.reset(); }},
        {"/evidence/0/fields", [](Entry& e) { e.evidence[0].fields = {"b", "a"}; }},
        {"/evidence/0/occurred_at", [](Entry& e) { e.evidence[0].occurred_at = latest_time + 1; }},
        {"/evidence/0/scope/purpose", [](Entry& e) { e.evidence[0].scope->purpose = "\xff"; }},
        {"/evidence", [](Entry& e) { e.evidence.resize(limits::evidence_items + 1, e.evidence[0]); }},
        {"/data/x", [](Entry& e) { e.data.set("x", "\xff"); }},
        {"/data/x", [](Entry& e) { e.data.set("x", limits::json_integer + 1); }},
        {"/data/x", [](Entry& e) { e.data.set("x", -limits::json_integer - 1); }},
        {"/data", [](Entry& e) { e.data.set("\xff", 1); }},
        {"/data/x", [](Entry& e) {
             e.data.set("x", Object{{"\xff", 1}});
         }}};
    for (auto const& [pointer, apply] : changes) {
        BOOST_TEST_CONTEXT(pointer) {
            Entry entry = test::full_entry();
            apply(entry);
            auto const bytes = encode(entry);
            BOOST_REQUIRE(!bytes);
            BOOST_CHECK(bytes.error().code == errc::invalid);
            BOOST_TEST(bytes.error().pointer == pointer);
        }
    }
}

BOOST_AUTO_TEST_CASE(data_may_be_as_deep_as_the_reader_allows) {
    Entry entry = test::full_entry();
    Value deep(1);
    for (std::size_t depth = 2; depth < limits::json_depth; ++depth) deep = Value(json::Array{deep});
    entry.data.set("deep", deep);
    auto const bytes = encode(entry);
    BOOST_REQUIRE(bytes.has_value());
    BOOST_TEST(decode(*bytes).has_value());
    entry.data.set("deep", json::Array{deep});
    BOOST_REQUIRE(!encode(entry));
    BOOST_TEST(encode(entry).error().pointer == "/data/deep");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl
