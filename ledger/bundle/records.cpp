// The files that prove: entries, context, proofs, checkpoint, keys, openings, contacts.
#include "ledger/bundle/opened.hpp"
#include "ledger/bundle/part.hpp"
#include "ledger/bundle/walk.hpp"
#include "ledger/core/bundle_format.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"

#include <utility>

namespace cl::bundle {
namespace {

json::Array hex_of(std::vector<Hash32> const& hashes) {
    json::Array all;
    all.reserve(hashes.size());
    for (Hash32 const& hash : hashes) all.emplace_back(to_hex(hash));
    return all;
}

void write_line(json::Object object, std::string& out) {
    json::write(json::Value(std::move(object)), out);
    out += '\n';
}

/// Entries as they are, of one of the walks.
template <class Entries>
class Bytes final : public Part {
public:
    explicit Bytes(Making& making) : walk_(making.plan) {}
    Result<bool> step(service::Queries& queries, std::string& out) override {
        return walk_.step(queries.records(), [&](Raw const& raw) -> Result<std::size_t> {
            out += raw.bytes;
            out += '\n';
            return 0;
        });
    }

private:
    Entries walk_;
};

class Inclusion final : public Part {
public:
    explicit Inclusion(Making& making) : plan_(&making.plan), walk_(making.plan) {}
    Result<bool> step(service::Queries& queries, std::string& out) override {
        namespace names = bundle_format::inclusion;
        return walk_.step(queries.records(), [&](Raw const& raw) -> Result<std::size_t> {
            std::size_t const before = out.size();
            CL_TRY_ASSIGN(auto const hashes, queries.records().inclusion(raw.seq, plan_->size()));
            write_line({{std::string(names::seq), raw.seq},
                        {std::string(names::leaf_hash), to_hex(leaf_hash(raw.bytes))},
                        {std::string(names::hashes), hex_of(hashes)}},
                       out);
            return out.size() - before;
        });
    }

private:
    Plan const* plan_;
    WholeWalk walk_;
};

class Consistency final : public Part {
public:
    explicit Consistency(Making& making) : plan_(&making.plan) {}
    Result<bool> step(service::Queries& queries, std::string& out) override {
        namespace names = bundle_format::consistency;
        for (merkle::Size const from : plan_->earlier) {
            CL_TRY_ASSIGN(Hash32 const root, queries.records().root(from));
            CL_TRY_ASSIGN(auto const hashes, queries.records().consistency(from, plan_->size()));
            write_line({{std::string(names::from), from},
                        {std::string(names::to), plan_->size()},
                        {std::string(names::from_root), to_hex(root)},
                        {std::string(names::hashes), hex_of(hashes)}},
                       out);
        }
        return false;
    }

private:
    Plan const* plan_;
};

class Checkpoint final : public Part {
public:
    explicit Checkpoint(Making& making) : plan_(&making.plan) {}
    Result<bool> step(service::Queries& queries, std::string& out) override {
        CL_TRY_ASSIGN(std::string const note, queries.records().checkpoint(plan_->size(), plan_->origin));
        out += note;
        return false;
    }

private:
    Plan const* plan_;
};

std::string keys(Making const& making) {
    json::Array all;
    auto const& periods = making.plan.keys;
    for (std::size_t i = 0; i < periods.size(); ++i) {
        json::Object one{{"vkey", periods[i].vkey}, {"from_seq", periods[i].from}};
        if (i + 1 < periods.size()) one.set("to_seq", periods[i + 1].from - 1);
        all.emplace_back(std::move(one));
    }
    return json::write(json::Object{{"origin", making.plan.origin}, {"keys", std::move(all)}});
}

void count(std::string_view absent, Presence& presence) {
    if (absent.empty()) {
        ++presence.full;
    } else {
        ++(absent == bundle_format::erased ? presence.erased : presence.withheld);
    }
}

class Openings final : public Part {
public:
    explicit Openings(Making& making) : making_(&making), walk_(making.plan) { making.openings = {}; }
    Result<bool> step(service::Queries& queries, std::string& out) override {
        return walk_.step(queries.records(), [&](Raw& raw) -> Result<std::size_t> {
            if (!may_commit(raw.bytes)) return 0;
            std::size_t const before = out.size();
            CL_TRY_ASSIGN(Read const read, bundle::read(std::move(raw)));
            for (std::string const& pointer : commitments(read.entry)) CL_TRY(write(queries, read, pointer, out));
            return out.size() - before;
        });
    }

private:
    Result<void> write(service::Queries& queries, Read const& read, std::string const& pointer, std::string& out) {
        namespace names = bundle_format::opening;
        CL_TRY_ASSIGN(Value const value, open(making_->plan, queries, read, pointer));
        json::Object line{{std::string(names::id), std::to_string(read.entry.seq) + ":" + pointer},
                          {std::string(names::seq), read.entry.seq},
                          {std::string(names::pointer), pointer}};
        if (value.opened) {
            line.set(names::salt, to_hex(value.opened->salt));
            line.set(names::content, to_base64(value.opened->content));
        } else {
            line.set(names::absent, value.absent);
        }
        count(value.absent, making_->openings);
        write_line(std::move(line), out);
        return {};
    }

    Making* making_;
    WholeWalk walk_;
};

class Contacts final : public Part {
public:
    explicit Contacts(Making& making) : making_(&making) { making.contacts = {}; }
    Result<bool> step(service::Queries& queries, std::string& out) override {
        auto const& all = making_->plan.contacts;
        std::size_t const end = std::min(all.size(), at_ + limits::bundle_step_entries);
        for (; at_ < end; ++at_) CL_TRY(write(queries, all[at_], out));
        return at_ < all.size();
    }

private:
    Result<void> write(service::Queries& queries, Hash32 const& contact, std::string& out) {
        namespace names = bundle_format::contact;
        CL_TRY_ASSIGN(Value const value, number_of(making_->plan, queries, contact));
        json::Object line{{std::string(names::contact), to_hex(contact)}};
        if (value.opened) {
            line.set(names::phone, value.opened->content);
            line.set(names::salt, to_hex(value.opened->salt));
        } else {
            line.set(names::absent, value.absent);
        }
        count(value.absent, making_->contacts);
        write_line(std::move(line), out);
        return {};
    }

    Making* making_;
    std::size_t at_ = 0;
};

class Text final : public Part {
public:
    Text(Making& making, std::string (*text)(Making const&)) : making_(&making), text_(text) {}
    Result<bool> step(service::Queries&, std::string& out) override {
        out += text_(*making_);
        return false;
    }

private:
    Making* making_;
    std::string (*text_)(Making const&);
};

}  // namespace

std::unique_ptr<Part> make_entries(Making& making) {
    return std::make_unique<Bytes<Walk>>(making);
}
std::unique_ptr<Part> make_context(Making& making) {
    return std::make_unique<Bytes<ContextWalk>>(making);
}
std::unique_ptr<Part> make_inclusion(Making& making) {
    return std::make_unique<Inclusion>(making);
}
std::unique_ptr<Part> make_consistency(Making& making) {
    return std::make_unique<Consistency>(making);
}
std::unique_ptr<Part> make_checkpoint(Making& making) {
    return std::make_unique<Checkpoint>(making);
}
std::unique_ptr<Part> make_keys(Making& making) {
    return make_text(making, keys);
}
std::unique_ptr<Part> make_openings(Making& making) {
    return std::make_unique<Openings>(making);
}
std::unique_ptr<Part> make_contacts(Making& making) {
    return std::make_unique<Contacts>(making);
}
std::unique_ptr<Part> make_text(Making& making, std::string (*text)(Making const&)) {
    return std::make_unique<Text>(making, text);
}

}  // namespace cl::bundle
