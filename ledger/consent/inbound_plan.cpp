// What an inbound message leads to. The order of matching, and which entries, are those of docs/behaviour.md.
#include "ledger/consent/facts.hpp"
#include "ledger/consent/inbound.hpp"
#include "ledger/consent/pack_keywords.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

constexpr std::string_view help_reply =
    "To stop these marketing messages, reply OPTOUT. To stop all messages from us, reply STOP.";
constexpr std::string_view optout_reply = "You will not get any more marketing messages from us.";

using Trigger = std::pair<std::string const, TriggerDef>;

/// The message as it is matched, with what it was found to be.
struct Reading {
    InboundClass cls = InboundClass::other;
    Classification text;
    Trigger const* trigger = nullptr;  ///< the account's own, if one is meant
    bool included = false;             ///< the trigger's words are only a part of the message
};

bool contains_words(std::string_view folded, std::string_view words) {
    std::string const within = " " + std::string(folded) + " ";
    return !words.empty() && within.find(" " + std::string(words) + " ") != std::string::npos;
}

/// The account's trigger that the text fires: an exact one before one that is merely included, then by id.
Trigger const* matching_trigger(std::string_view folded, AccountState const& account, bool included) {
    for (Trigger const& trigger : account.triggers) {
        if (trigger.second.included != included) continue;
        bool const hit = std::any_of(trigger.second.words.begin(), trigger.second.words.end(), [&](std::string const& words) {
            return included ? contains_words(folded, words) : !words.empty() && folded == words;
        });
        if (hit) return &trigger;
    }
    return nullptr;
}

/// The trigger that a built-in keyword means: the one of that id and class, else the only one of its class.
Trigger const* builtin_trigger(AccountState const& account, std::string_view id, std::string_view cls) {
    auto const named = account.triggers.find(id);
    if (named != account.triggers.end() && named->second.cls == cls) return &*named;
    Trigger const* only = nullptr;
    for (Trigger const& trigger : account.triggers) {
        if (trigger.second.cls != cls) continue;
        if (only != nullptr) return nullptr;
        only = &trigger;
    }
    return only;
}

InboundClass class_of(Trigger const& trigger) {
    if (trigger.second.cls == "help") return InboundClass::help;
    return trigger.second.cls == "optout" ? InboundClass::optout : InboundClass::trigger;
}

Reading read(InboundMessage const& message, Pack const& pack, AccountState const& account) {
    Reading reading{.text = classify(message.body, pack)};
    if (message.provider_stop && reading.text.cls != MessageClass::stop) {
        reading.text = {.cls = MessageClass::stop, .keyword = "stop", .language = "und", .match = "provider"};
    }
    if (reading.text.cls == MessageClass::stop) {
        reading.cls = InboundClass::stop;
        return reading;
    }
    std::string const folded = fold(message.body);
    reading.trigger = matching_trigger(folded, account, false);
    if (reading.trigger == nullptr) {
        reading.trigger = matching_trigger(folded, account, true);
        reading.included = reading.trigger != nullptr;
    }
    if (reading.trigger != nullptr) {
        reading.cls = class_of(*reading.trigger);
        return reading;
    }
    switch (reading.text.cls) {
    case MessageClass::optout:
        reading.cls = InboundClass::optout;
        reading.trigger = builtin_trigger(account, "OPTOUT", "optout");
        break;
    case MessageClass::help:
        reading.cls = InboundClass::help;
        reading.trigger = builtin_trigger(account, "HELP", "help");
        break;
    case MessageClass::review: reading.cls = InboundClass::review; break;
    case MessageClass::start: reading.cls = InboundClass::start; break;
    default: reading.cls = InboundClass::other; break;
    }
    return reading;
}

void say_of_its_texts(InboundMessage const& message, json::Object& data) {
    if (message.withheld) data.set("text_withheld", true);
    if (!message.suspected.empty()) data.set("suspected", json::Array(message.suspected.begin(), message.suspected.end()));
}

/// S4: a number nobody knew writes and becomes a contact.
PlannedEntry add_contact(InboundMessage const& message) {
    json::Object data = {{"origin", "inbound"}};
    say_of_its_texts(message, data);
    return {Kind::contact_added, std::move(data)};
}

PlannedEntry opt_out(InboundMessage const& message, Reading const& reading) {
    json::Object data;
    bool const stop = reading.cls == InboundClass::stop;
    data.set("keyword", stop ? reading.text.keyword : "optout");
    // A trigger of the account's own words matched them as they were defined, in no language that is known.
    bool const by_classifier = stop || reading.text.cls == MessageClass::optout;
    data.set("language", by_classifier ? reading.text.language : "und");
    data.set("match", by_classifier ? reading.text.match : (reading.included ? "included" : "whole"));
    say_of_its_texts(message, data);
    return {Kind::opt_out_stop, std::move(data)};
}

PlannedEntry review(InboundMessage const& message) {
    json::Object data;
    say_of_its_texts(message, data);
    return {Kind::review_opened, std::move(data)};
}

PlannedEntry fire(InboundMessage const& message, Reading const& reading) {
    json::Object data;
    std::string_view const builtin = reading.cls == InboundClass::help ? "HELP" : "OPTOUT";
    data.set("trigger", reading.trigger != nullptr ? std::string_view(reading.trigger->first) : builtin);
    if (reading.trigger != nullptr && !reading.trigger->second.list.empty()) data.set("list", reading.trigger->second.list);
    say_of_its_texts(message, data);
    return {Kind::trigger_fired, std::move(data)};
}

/// The class that the re-opt-in's entry names. A custom trigger is an ordinary message.
std::string_view message_class(Reading const& reading) {
    return reading.cls == InboundClass::trigger ? std::string_view("other") : name(reading.cls);
}

/// S2: the entry that opts the contact back in, if the message does.
void plan_opt_in(InboundMessage const& message, Millis key, Pack const& pack, Reading const& reading,
                 ContactState const& contact, InboundPlan& plan) {
    Entry probe;
    probe.recorded_at = key;
    probe.data.set("message", message.record);
    probe.data.set("class", message_class(reading));
    if (!opt_in_takes_effect(probe, Kind::opt_in_inbound, pack, contact)) return;
    say_of_its_texts(message, probe.data);
    plan.entries.push_back({Kind::opt_in_inbound, std::move(probe.data)});
}

void set_reply(Reading const& reading, InboundPlan& plan) {
    if (reading.trigger != nullptr && reading.trigger->second.has_reply) {
        plan.reply_seq = reading.trigger->second.seq;
    } else if (reading.cls == InboundClass::help) {
        plan.reply_text = help_reply;
    } else if (reading.cls == InboundClass::optout) {
        plan.reply_text = optout_reply;
    }
}

/// HELP, OPTOUT for a list, and the account's own triggers.
void plan_trigger(InboundMessage const& message, Millis key, Pack const& pack, Reading const& reading,
                  ContactState const& contact, InboundPlan& plan) {
    // Words of a trigger inside a revocation in the sender's own words: both are recorded, and nobody is opted in by it.
    bool const revokes = reading.included && reading.text.cls == MessageClass::review;
    bool const unseen = contact.contact_seq == 0;
    if (unseen && !revokes) plan.entries.push_back(add_contact(message));
    plan.entries.push_back(fire(message, reading));
    if (revokes) plan.entries.push_back(review(message));
    if (!unseen && !revokes) plan_opt_in(message, key, pack, reading, contact, plan);
}

}  // namespace

InboundPlan plan_inbound(InboundMessage const& message, Millis key, Pack const& pack, AccountState const& account,
                         ContactState const& contact) {
    Reading const reading = read(message, pack, account);
    InboundPlan plan;
    plan.cls = reading.cls;
    bool const for_account =
        reading.cls == InboundClass::optout && (reading.trigger == nullptr || reading.trigger->second.list.empty());
    if (reading.cls == InboundClass::stop || for_account) {
        plan.entries.push_back(opt_out(message, reading));
        if (!contact.blocked) set_reply(reading, plan);
        return plan;
    }
    if (contact.blocked) return plan;  // S11, I2
    switch (reading.cls) {
    case InboundClass::help:
    case InboundClass::optout:
    case InboundClass::trigger:
        plan_trigger(message, key, pack, reading, contact, plan);
        set_reply(reading, plan);
        break;
    case InboundClass::review: plan.entries.push_back(review(message)); break;
    default:
        if (contact.contact_seq == 0) {
            plan.entries.push_back(add_contact(message));
        } else {
            plan_opt_in(message, key, pack, reading, contact, plan);
        }
        break;
    }
    return plan;
}

}  // namespace cl::consent
