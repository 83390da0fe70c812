// From what was posted to drafts: who may post it, whether it was posted before, what it is about (docs/http-api.md "A change",
// docs/promises.md "Retries"). One intake works on one batch.
//
// How a retry is told from another request, and why no opt-out can be lost in it:
// - the key is the Idempotency-Key header with the item's index, or source.platform and source.record with index 0, or source and id of the
//   CloudEvent that the item came in, with index 0 (and in a space of its own: the route's name in the key is another);
// - the same body under a known key is a replay, another body a conflict; but where the other body is an opt-out or a block, or else only
//   takes permission away (a removal from a list, a review opened or ended as an opt-out, an expiry, a reassignment), it is recorded under the key extended by the body's digest, so that its own retry is a replay again and no order of requests hides it.
//
// A message under a known message_id is told apart in the same way; what is taken all the same is whatever may ask to be left alone, and
// nothing in it opts anybody in.
//
// Threads: belongs to the writer.
#pragma once

#include "ledger/service/batch.hpp"
#include "ledger/service/jobs.hpp"

namespace cl::service {

class Intake {
public:
    explicit Intake(Batch& batch) : batch_(&batch) {}

    /// What became of one item; its receipt is filled in after COMMIT.
    struct Taken {
        ItemStatus status = ItemStatus::recorded;
        Seq seq = -1;
    };
    /// A refusal (is_refusal) is the item's alone; any other failure stops the writer.
    [[nodiscard]] Result<Taken> change(AppendRequest const& request, std::size_t index, AppendItem&& item);

    /// What an inbound message led to. `refused` has a place among the results for each planned entry that was refused.
    struct Message {
        struct One {
            std::optional<Taken> taken;
            std::optional<Error> refused;
        };
        consent::InboundClass cls{};
        std::vector<One> entries;
        std::string reply_text;
        Seq reply_seq = -1;
    };
    /// Leaves out of the message what the account's pack does not keep.
    [[nodiscard]] Result<Message> inbound(InboundRequest& request);

private:
    [[nodiscard]] Result<std::optional<Taken>> known(Hash32 const& key, Hash32 const& body) const;
    [[nodiscard]] Result<std::optional<Taken>> recognise(Draft& draft, std::string_view route, std::string const& key,
                                                         std::int64_t index, Hash32 const& body, bool never_lost) const;
    [[nodiscard]] Result<void> resolve_subject(consent::ChangeItem& change, Draft& draft) const;
    /// A pack that this program can put in force now.
    [[nodiscard]] Result<void> check_policy(Draft const& draft) const;
    /// An export is planned for a while before it is stated: who may no longer see anything states nothing either.
    [[nodiscard]] Result<void> check_exporter(Draft const& draft, std::string const& token) const;
    /// What is waived, corrected or assigned is there, is the account's, and names the contact that the new entry is about.
    [[nodiscard]] Result<void> check_waiver(Draft& draft) const;
    [[nodiscard]] Result<void> check_reference(Draft& draft) const;
    /// Keeps with the entry which request of whose system made it. Left out where it carries the contact's number: hexadecimal digits can.
    [[nodiscard]] Result<void> keep_trace(Draft& draft, std::string_view traceparent) const;
    struct Place;
    [[nodiscard]] Result<Place> place_message(InboundRequest const& request, consent::InboundPlan const& plan);
    [[nodiscard]] Result<Message> replay(Message message, Place const& place) const;
    [[nodiscard]] Result<Message> act(InboundRequest const& request, consent::InboundPlan&& plan, Message message,
                                      Place const& place, Hash32 const& contact, Millis now);

    Batch* batch_;
};

}  // namespace cl::service
