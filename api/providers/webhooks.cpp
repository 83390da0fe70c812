#include "api/providers/webhooks.hpp"

#include "api/files.hpp"
#include "api/providers/provider.hpp"
#include "ledger/consent/change_item.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>

namespace cl::api::providers {
namespace {

Error wrong(std::string const& pointer, std::string_view why) {
    return fail(errc::usage,
                "the file of webhooks, at " + (pointer.empty() ? std::string("its top") : pointer) + ": " + std::string(why),
                pointer);
}

/// A file that is named there and cannot be used.
Error wrong_file(std::string const& pointer, Error const& error) {
    return fail(error.code, wrong(pointer, error.detail).detail, pointer);
}

/// Its lines, without their ends: a secret each.
Result<std::string> read_secret(std::filesystem::path const& path) {
    constexpr std::ptrdiff_t most = 4;
    CL_TRY_ASSIGN(std::string secret, read_secret_file(path, limits::webhook_secret_bytes));
    std::erase(secret, '\r');
    while (!secret.empty() && secret.back() == '\n') secret.pop_back();
    if (secret.empty()) return fail(errc::key_missing, path.string() + " is empty");
    bool const gap = secret.front() == '\n' || secret.find("\n\n") != secret.npos;
    if (gap || std::count(secret.begin(), secret.end(), '\n') >= most) {
        return fail(errc::key_missing, path.string() + " must hold one to four secrets, a line each");
    }
    return secret;
}

Result<std::vector<Certificate>> read_pinned(std::filesystem::path const& path) {
    CL_TRY_ASSIGN(std::string const text, read_trusted_file(path, limits::webhook_certificate_bytes));
    auto all = read_certificates(text);
    if (!all) return fail(errc::key_missing, path.string() + ": " + all.error().detail);
    return all;
}

/// An array of texts, one at least; `take` gets each.
Result<void> read_texts(json::Value const& value, std::string const& at, std::size_t most,
                        std::function<Result<void>(std::string const&)> const& take) {
    json::Array const* const array = value.as_array();
    bool const fits = array != nullptr && !array->empty() && array->size() <= most;
    if (!fits) return wrong(at, "must be an array of 1 to " + std::to_string(most) + " texts");
    for (json::Value const& one : *array) {
        if (one.as_string() == nullptr || one.as_string()->empty()) return wrong(at, "must hold texts");
        CL_TRY(take(*one.as_string()));
    }
    return {};
}

Result<void> read_topics(json::Value const& value, std::string const& at, Webhook& hook) {
    return read_texts(value, at, limits::webhook_certificates, [&](std::string const& topic) -> Result<void> {
        bool const arn =
            topic.starts_with("arn:") && std::all_of(topic.begin(), topic.end(), [](char c) { return c > ' ' && c <= '~'; });
        if (!arn) return wrong(at, "must hold the ARNs of topics");
        hook.topics.push_back(topic);
        return {};
    });
}

Result<void> read_certificate_files(json::Value const& value, std::string const& at, std::filesystem::path const& folder,
                                    Webhook& hook) {
    return read_texts(value, at, limits::webhook_certificates, [&](std::string const& name) -> Result<void> {
        auto all = read_pinned(folder / name);
        if (!all) return wrong_file(at, all.error());
        if (hook.certificates.size() + all->size() > limits::webhook_certificates)
            return wrong(at, "hold too many certificates");
        std::move(all->begin(), all->end(), std::back_inserter(hook.certificates));
        return {};
    });
}

Result<void> read_member(json::Member const& member, std::string const& at, std::filesystem::path const& folder,
                         Webhook& hook) {
    if (member.name == "reply") {
        if (member.value.as_bool() == nullptr) return wrong(at, "must be true or false");
        hook.reply = *member.value.as_bool();
        return {};
    }
    if (member.name == "topics") return read_topics(member.value, at, hook);
    if (member.name == "certificates") return read_certificate_files(member.value, at, folder, hook);
    std::string const* const text = member.value.as_string();
    if (text == nullptr || text->empty()) return wrong(at, "must be a text");
    if (member.name == "secret_file") {
        auto secret = read_secret(folder / *text);
        if (!secret) return wrong_file(at, secret.error());
        hook.secret = std::move(*secret);
        return {};
    }
    constexpr std::array<std::pair<std::string_view, std::string Webhook::*>, 4> texts = {{{"account", &Webhook::account},
                                                                                           {"provider", &Webhook::provider},
                                                                                           {"url", &Webhook::url},
                                                                                           {"scheme", &Webhook::scheme}}};
    auto const found = std::find_if(texts.begin(), texts.end(), [&](auto const& one) { return one.first == member.name; });
    if (found == texts.end()) return wrong(at, "is no member of a webhook");
    hook.*found->second = *text;
    return {};
}

Result<void> check_certificates(Webhook const& hook, std::string const& at) {
    if (hook.certificates.empty()) return wrong(at + "/certificates", "are required");
    if (hook.topics.empty()) return wrong(at + "/topics", "are required");
    return hook.secret.empty() ? Result<void>() : wrong(at + "/secret_file", "is not used by this provider");
}

/// What tells the provider's deliveries from those of others is there, can do so, and nothing is there that the provider does not use: whoever
/// wrote that expects something of it.
Result<void> check_proof(Provider const& provider, Webhook const& hook, std::string const& at) {
    if (hook.reply && provider.answer == taken)
        return wrong(at + "/reply", "is not used by this provider: it sends no answer on");
    if (provider.proof != Proof::secret_url && !hook.url.empty()) return wrong(at + "/url", "is not used by this provider");
    if (provider.proof == Proof::certificate) return check_certificates(hook, at);
    if (hook.secret.empty()) return wrong(at + "/secret_file", "is required");
    if (!hook.certificates.empty()) return wrong(at + "/certificates", "are not used by this provider");
    if (!hook.topics.empty()) return wrong(at + "/topics", "are not used by this provider");
    if (std::string_view const lack = secrets_lack(provider, hook); !lack.empty()) return wrong(at + "/secret_file", lack);
    bool const plain = hook.url.find_first_of("?# ") == std::string::npos;
    if (provider.proof == Proof::secret_url && (!hook.url.starts_with("http") || !plain)) {
        return wrong(at + "/url", "must be the URL that the provider posts to, without a query");
    }
    return {};
}

Result<Webhook> read_webhook(json::Value const& value, std::string const& at, std::filesystem::path const& folder) {
    json::Object const* const object = value.as_object();
    if (object == nullptr) return wrong(at, "must be an object");
    Webhook hook;
    for (json::Member const& member : *object) {
        CL_TRY(read_member(member, json::pointer_join(at, member.name), folder, hook));
    }
    if (!consent::valid_account(hook.account)) return wrong(at + "/account", "must be the name of an account");
    Provider const* const provider = find_provider(hook.provider);
    if (provider == nullptr) {
        return wrong(at + "/provider", "must be twilio, vonage, telnyx, bandwidth, plivo, sinch or aws");
    }
    auto const& schemes = provider->schemes;
    if (!hook.scheme.empty() && std::find(schemes.begin(), schemes.end(), hook.scheme) == schemes.end()) {
        return wrong(at + "/scheme", "is no signature of this provider");
    }
    CL_TRY(check_proof(*provider, hook, at));
    return hook;
}

}  // namespace

Webhook const* Webhooks::find(std::string_view account, std::string_view provider) const noexcept {
    auto const found = std::find_if(all_.begin(), all_.end(),
                                    [&](Webhook const& hook) { return hook.account == account && hook.provider == provider; });
    return found == all_.end() ? nullptr : &*found;
}

std::string Webhooks::without_account(std::function<bool(std::string_view account)> const& known) const {
    constexpr std::size_t most = 8;
    std::string places;
    std::size_t count = 0;
    for (std::size_t i = 0; i < all_.size(); ++i) {
        if (known(all_[i].account) || ++count > most) continue;
        places += (places.empty() ? "/webhooks/" : ", /webhooks/") + std::to_string(i) + "/account";
    }
    if (count == 0) return {};
    if (count > most) places += " and " + std::to_string(count - most) + " more";
    return "the file of webhooks names accounts that there are not, at " + places + ": their deliveries are answered 404";
}

Result<Webhooks> read_webhooks(std::filesystem::path const& file) {
    CL_TRY_ASSIGN(std::string const text, read_file(file, limits::webhook_file_bytes));
    auto const value = json::parse(text, limits::webhook_file_bytes);
    if (!value) return wrong("", "is no JSON: " + value.error().detail);
    if (value->as_object() == nullptr) return wrong("", "must be one JSON object");
    std::vector<Webhook> all;
    for (json::Member const& member : *value->as_object()) {
        json::Array const* const hooks = member.value.as_array();
        if (member.name != "webhooks" || hooks == nullptr) return wrong("/" + member.name, "must be `webhooks`, an array");
        for (std::size_t i = 0; i < hooks->size(); ++i) {
            std::string const at = "/webhooks/" + std::to_string(i);
            CL_TRY_ASSIGN(Webhook hook, read_webhook((*hooks)[i], at, file.parent_path()));
            if (Webhooks(all).find(hook.account, hook.provider) != nullptr) {
                return wrong(at, "the account has this provider already");
            }
            all.push_back(std::move(hook));
        }
    }
    return Webhooks(std::move(all));
}

}  // namespace cl::api::providers
