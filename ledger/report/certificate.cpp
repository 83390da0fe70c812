// The chain certificate: what was there when it was made, under which signature, and how to check it without this program's word.
#include "ledger/consent/pack_json.hpp"
#include "ledger/core/note.hpp"
#include "ledger/report/read.hpp"

namespace cl::report {
namespace {

constexpr std::string_view columns_of_certificate[] = {"item", "value"};

std::string pack_text(consent::Pack const* pack) {
    if (pack == nullptr) return "unknown to this program";
    return std::string(pack->name) + " " + std::to_string(pack->rules) + ", SHA-256 of its canonical JSON " +
           to_hex(consent::pack_digest(*pack));
}

class Certificate final : public Source {
public:
    std::span<std::string_view const> columns() const noexcept override { return columns_of_certificate; }

    Result<bool> step(Desk const& desk, Emit const& emit) override {
        auto const say = [&](std::string item, std::string value) { emit({std::move(item), std::move(value)}); };
        CL_TRY_ASSIGN(service::AccountView const account, desk.queries.account(desk.account));
        Seq const last = account.state->last_seq;
        service::ChangeFilter first;
        first.order = service::Order::oldest_first;
        first.limit = 1;
        CL_TRY_ASSIGN(auto const page, desk.queries.changes(desk.account, first));
        CL_TRY_ASSIGN(service::EntryView const end, desk.queries.view(desk.account, last));
        service::Principal const everybody{{}, consent::Role::admin, {"*"}};
        CL_TRY_ASSIGN(std::string proof_text, desk.queries.proof(everybody, last));
        CL_TRY_ASSIGN(TlogProof const proof, parse_proof(proof_text));
        say("ledger", desk.origin);
        say("public key", desk.vkey);
        say("account", desk.account);
        say("entries of the account", std::to_string(account.state->account_seq));
        if (!page.items.empty()) say("its first entry", std::to_string(page.items.front().seq));
        say("its last entry", std::to_string(last));
        say("leaf hash of its last entry", to_hex(leaf_hash(end.bytes)));
        say("checkpoint", proof.checkpoint);
        say("proof of its last entry", std::move(proof_text));
        say("policy pack by default", pack_text(&consent::texting_pack()));
        for (consent::Policy const& policy : account.state->policies) {
            say("policy pack since entry " + std::to_string(policy.seq), pack_text(policy.in_force.get()));
        }
        say("made by", desk.program);
        say("to check the ledger",
            "put the public key on a line of a file ledger.vkey; consent-verify ledger.db --key ledger.vkey");
        say("to check the proof",
            "RFC 6962: SHA-256 of a zero byte and the entry's bytes, hashed up along the proof, is the root in the checkpoint, whose "
            "signature is Ed25519 by the public key (C2SP tlog-proof, tlog-checkpoint, signed-note)");
        say("what it proves",
            "that these entries, in this order, were signed; not that what was recorded is true, nor that nothing came later");
        return false;
    }
};

}  // namespace

std::unique_ptr<Source> make_certificate() {
    return std::make_unique<Certificate>();
}

}  // namespace cl::report
