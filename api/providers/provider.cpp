// The table, and what the providers share.
#include "api/providers/provider.hpp"

#include "ledger/core/hash32.hpp"
#include "ledger/core/json_foreign.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/core/mac.hpp"

#include <boost/url/parse_query.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

namespace cl::api::providers {

Provider const* find_provider(std::string_view name) noexcept {
    static constexpr std::array all = {&twilio, &vonage, &telnyx, &bandwidth, &plivo, &sinch, &aws};
    auto const found = std::find_if(all.begin(), all.end(), [&](Provider const* one) { return one->name == name; });
    return found == all.end() ? nullptr : *found;
}

namespace {

/// `visit` gets the webhook with each of its secrets alone, until it returns true.
void each_secret(Webhook const& hook, std::function<bool(Webhook const& one)> const& visit) {
    std::string_view secrets = hook.secret;
    Webhook one = hook;
    for (;;) {
        std::size_t const end = std::min(secrets.find('\n'), secrets.size());
        one.secret = secrets.substr(0, end);
        if (visit(one) || end == secrets.size()) return;
        secrets.remove_prefix(end + 1);
    }
}

}  // namespace

Result<void> check_delivery(Provider const& provider, Webhook const& hook, Request const& request, Millis now) {
    Result<void> verdict;
    each_secret(hook, [&](Webhook const& one) {
        verdict = provider.check(one, request, now);
        return verdict.has_value();
    });
    return verdict;
}

std::string_view secrets_lack(Provider const& provider, Webhook const& hook) {
    std::string_view lack;
    each_secret(hook, [&](Webhook const& one) {
        if (provider.secret_lacks != nullptr) lack = provider.secret_lacks(one);
        return !lack.empty();
    });
    return lack;
}

Result<Form> parse_form(std::string_view body) {
    Form form;
    if (body.empty()) return form;
    auto const parsed = boost::urls::parse_query(body);
    if (!parsed) return fail(errc::malformed, "The body is not a form.");
    boost::urls::encoding_opts plus;
    plus.space_as_plus = true;
    for (auto const& parameter : *parsed) {
        form.emplace_back(parameter.key.decode(plus), parameter.value.decode(plus));
    }
    return form;
}

std::string_view value_of(Form const& form, std::string_view name) noexcept {
    auto const found = std::find_if(form.begin(), form.end(), [&](auto const& one) { return one.first == name; });
    return found == form.end() ? std::string_view{} : std::string_view(found->second);
}

Result<json::Value> parse_body(Request const& request) {
    return json::parse_foreign(request.body, limits::http_body_bytes);
}

Result<json::Object> parse_object(Request const& request) {
    CL_TRY_ASSIGN(json::Value body, parse_body(request));
    if (body.as_object() == nullptr) return fail(errc::malformed, "The body is not a JSON object.");
    return std::move(*body.as_object());
}

json::Object object_in(json::Object const& object, std::string_view name) {
    json::Value const* const value = object.find(name);
    return value != nullptr && value->as_object() != nullptr ? *value->as_object() : json::Object{};
}

std::string with_plus(std::string_view number) {
    constexpr std::size_t shortest = 9;  // a country code and a number
    bool const digits = std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits && number.size() >= shortest ? "+" + std::string(number) : std::string(number);
}

json::Object posted(std::string_view provider, std::string_view from, std::string_view to, std::string_view body,
                    std::string_view id, std::string_view received_at, std::string_view in_reply_to) {
    json::Object out = {{"from", from}, {"to", to}, {"body", body}, {"message_id", id}, {"provider", provider}};
    // A time that cannot be read is left out: no provider's spelling of it may cost a STOP.
    if (parse_rfc3339(received_at)) out.set("received_at", received_at);
    if (!in_reply_to.empty()) out.set("in_reply_to", in_reply_to);
    return out;
}

Error not_signed() {
    return fail(errc::forbidden, "The delivery is not signed with this webhook's secret.");
}

Result<void> check_basic(Webhook const& hook, Request const& request) {
    constexpr std::string_view scheme = "Basic ";
    if (!request.authorization.starts_with(scheme)) return not_signed();
    auto const sent = from_base64(std::string_view(request.authorization).substr(scheme.size()));
    if (!sent || !same_secret(*sent, hook.secret)) return not_signed();
    return {};
}

std::string_view basic_lacks(Webhook const& hook) {
    std::size_t const colon = hook.secret.find(':');
    return colon == 0 || colon == hook.secret.npos ? "must be user:password in each line" : std::string_view();
}

Result<void> check_fresh(std::string_view seconds, Millis now) {
    std::int64_t time = 0;
    auto const [end, error] = std::from_chars(seconds.data(), seconds.data() + seconds.size(), time);
    bool const read = error == std::errc{} && end == seconds.data() + seconds.size() && time > 0 && time < 100'000'000'000;
    return check_fresh(read ? time * 1000 : earliest_time, now, limits::webhook_window_ms);
}

Result<void> check_fresh(Millis signed_at, Millis now, Millis oldest) {
    if (signed_at < now - oldest || signed_at > now + limits::webhook_window_ms) {
        return fail(errc::forbidden, "The delivery was signed too long ago, or not at a time.");
    }
    return {};
}

Response taken(std::optional<std::string> const&, json::Object const&) {
    Response response;
    response.content_type = "text/plain";
    return response;
}

Response xml_response(std::string_view inner) {
    Response response;
    response.content_type = "text/xml";
    response.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>" + std::string(inner) + "</Response>";
    return response;
}

}  // namespace cl::api::providers
