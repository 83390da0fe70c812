// POST /v1/accounts/{account}/inbound/{provider}: a delivery, its messages one after the other, and one answer.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "api/providers/confirmation.hpp"
#include "api/providers/provider.hpp"
#include "ledger/core/limits.hpp"

#include <memory>
#include <utility>

namespace cl::api::handlers {

namespace {

/// A delivery under way. Each step is taken by the thread that brought the answer to the one before.
struct Delivery {
    App& app;
    std::string account;
    std::shared_ptr<providers::Webhooks const> webhooks;  ///< keeps `hook` where it is
    providers::Webhook const& hook;
    providers::Provider const& provider;
    std::vector<providers::Message> messages;
    Responder respond;
    std::string traceparent;
    std::size_t next = 0;
    std::optional<std::string> reply{};
    std::optional<Response> refused{};  ///< the first; the other messages are recorded all the same
};

void finish(Delivery& delivery) {
    if (delivery.refused) {
        delivery.respond(*delivery.refused);
        return;
    }
    bool const replies = delivery.hook.reply && delivery.reply.has_value();
    if (replies) delivery.reply->resize(json::valid_utf8_prefix(delivery.reply->substr(0, limits::webhook_reply_bytes)));
    json::Object const message = delivery.messages.empty() ? json::Object{} : delivery.messages.back().posted;
    delivery.respond(delivery.provider.answer(replies ? delivery.reply : std::nullopt, message));
}

void take_next(std::shared_ptr<Delivery> const& delivery);

void note(Delivery& delivery, Result<service::InboundAnswer> const& inbound) {
    if (!inbound) {
        // 503 goes before what the message itself is at fault for: the provider is to send all of it again.
        delivery.refused = delivery.app.failure("a webhook", inbound.error());
        return;
    }
    for (service::ItemResult const& result : inbound->results) {
        if (result.problem && !delivery.refused) delivery.refused = problem(*result.problem);
    }
    if (inbound->reply_text) delivery.reply = inbound->reply_text;
}

/// A provider may tell of one message in several ways, with its time and without: they are one message all the same.
std::string what_makes_it_this_message(json::Object message) {
    message.erase("received_at");
    message.erase("in_reply_to");
    return json::write(std::move(message));
}

/// False where the message cannot be taken; then it is noted.
bool hand_on(std::shared_ptr<Delivery> const& delivery, providers::Message const& message) {
    auto parsed = consent::parse_inbound(message.posted);
    if (!parsed) {
        if (!delivery->refused) delivery->refused = problem(parsed.error());
        return false;
    }
    parsed->canonical = what_makes_it_this_message(message.posted);
    parsed->verified = true;
    parsed->provider_stop = message.provider_stop;
    service::Principal principal{"webhook." + std::string(delivery->provider.name), consent::Role::writer, {delivery->account}};
    service::InboundRequest request{delivery->account, std::move(principal), std::move(*parsed), service::ReceiptDetail::none,
                                    delivery->traceparent};
    delivery->app.service().inbound(std::move(request), [delivery](Result<service::InboundAnswer> const& inbound) {
        note(*delivery, inbound);
        take_next(delivery);
    });
    return true;
}

void take_next(std::shared_ptr<Delivery> const& delivery) {
    while (delivery->next < delivery->messages.size()) {
        if (hand_on(delivery, delivery->messages[delivery->next++])) return;
    }
    finish(*delivery);
}

void keep_question(Call const& call, providers::Confirmation const& confirmation) {
    App const& app = call.app;
    auto const kept = providers::keep_confirmation(app.confirmations(), call.account(), confirmation, app.clock().now());
    if (!kept) {
        call.respond(app.failure("a confirmation", kept.error()));
        return;
    }
    app.log("webhooks: account " + call.account() + ": AWS asks " +
            (confirmation.ended ? "whether to end the subscription of " : "for confirmation of the subscription of ") +
            confirmation.topic + "; what to run is in " + kept->string());
    call.respond(providers::taken(std::nullopt, {}));
}

/// 503: the provider sends it again, and by then somebody may have pinned the certificate.
Response not_pinned(Call const& call, std::string_view url) {
    App& app = call.app;
    app.unproven(call.account(), url, call.request.remote);
    Response response =
        problem(503, "certificate_not_pinned", "The certificate is not pinned",
                "No pinned certificate proves this delivery; the operator's log names the one that it asks for.");
    response.headers.emplace_back("Retry-After", "60");
    return response;
}

void take_delivery(Call call) {
    auto const webhooks = call.app.webhooks();
    auto const* const hook = webhooks->find(call.account(), call.variables[1]);
    auto const* const provider = hook == nullptr ? nullptr : providers::find_provider(hook->provider);
    if (provider == nullptr) {
        call.respond(problem(fail(errc::not_found, "This account has no webhook of this provider.")));
        return;
    }
    if (auto const authentic = check_delivery(*provider, *hook, call.request, call.app.clock().now()); !authentic) {
        bool const unpinned = authentic.error().code == errc::key_missing;
        call.respond(unpinned ? not_pinned(call, authentic.error().detail) : problem(authentic.error()));
        return;
    }
    if (auto const asked = provider->confirmation == nullptr ? std::nullopt : provider->confirmation(call.request)) {
        keep_question(call, *asked);
        return;
    }
    auto messages = provider->messages(call.request);
    if (!messages) {
        call.respond(problem(messages.error()));
        return;
    }
    take_next(std::make_shared<Delivery>(Delivery{call.app, call.account(), webhooks, *hook, *provider, std::move(*messages),
                                                  std::move(call.respond), call.request.traceparent}));
}

}  // namespace

void post_webhook(Call call) {
    on_body(std::move(call), take_delivery);
}

}  // namespace cl::api::handlers
