#include "verify/reconcile/timeline.hpp"

#include <algorithm>
#include <initializer_list>

namespace cl::verify::reconcile {
namespace {

template <class Item>
Item const* last_until(std::vector<Item> const& items, Millis at) noexcept {
    auto const after =
        std::upper_bound(items.begin(), items.end(), at, [](Millis time, Item const& item) { return time < item.at; });
    return after == items.begin() ? nullptr : &*std::prev(after);
}

/// What counts for `list`: its own grants, and those for all lists that are newer than its floor.
template <class Visit>
void each_grant(Contact const& contact, ListId list, Millis at, Visit visit) {
    ListStretch const* const stretch = list_at(contact, list, at);
    Millis const floor = stretch != nullptr ? stretch->floor : std::numeric_limits<Millis>::min();
    for (ListId const scope : {no_list, list}) {
        Track const* const track = track_of(contact, scope);
        if (track != nullptr) {
            for (Grant const& grant : track->grants) {
                bool const new_enough = scope != no_list || grant.from > floor || (grant.latest > floor && grant.latest <= at);
                if (grant.from <= at && new_enough) {
                    visit(grant);
                }
            }
        }
        if (list == no_list) {
            return;
        }
    }
}

}  // namespace

Asked const* asked_until(std::vector<Asked> const& asked, Millis at) noexcept {
    return last_until(asked, at);
}

Asked const* asked_from(std::vector<Asked> const& asked, Millis at) noexcept {
    auto const found =
        std::lower_bound(asked.begin(), asked.end(), at, [](Asked const& one, Millis time) { return one.at < time; });
    return found == asked.end() ? nullptr : &*found;
}

Stretch const* stretch_at(Contact const& contact, Millis at) noexcept {
    return last_until(contact.stretches, at);
}

Track const* track_of(Contact const& contact, ListId list) noexcept {
    auto const found =
        std::find_if(contact.tracks.begin(), contact.tracks.end(), [list](Track const& track) { return track.list == list; });
    return found == contact.tracks.end() ? nullptr : &*found;
}

ListStretch const* list_at(Contact const& contact, ListId list, Millis at) noexcept {
    Track const* const track = track_of(contact, list);
    return track == nullptr ? nullptr : last_until(track->stretches, at);
}

std::optional<Millis> expiry_of(Grant const& grant, consent::Pack const& pack, Millis at) noexcept {
    std::optional<Millis> end = grant.expired && grant.until <= at ? std::optional(grant.until) : std::nullopt;
    Millis const given = std::min(grant.latest, at);
    if (at < grant.until && consent::has_expired(pack, grant.level, given, at)) {
        end = given + consent::valid_ms(pack, grant.level);
    }
    return end;
}

Level level_at(Contact const& contact, ListId list, consent::Pack const& pack, Millis at) noexcept {
    Level level = Level::none;
    each_grant(contact, list, at, [&](Grant const& grant) {
        if (at < grant.until && !expiry_of(grant, pack, at)) {
            level = std::max(level, grant.level);
        }
    });
    return level;
}

Grant const* expired_at(Contact const& contact, ListId list, Level required, consent::Pack const& pack, Millis at) noexcept {
    Grant const* newest = nullptr;
    std::optional<Millis> newest_end;
    each_grant(contact, list, at, [&](Grant const& grant) {
        std::optional<Millis> const end = expiry_of(grant, pack, at);
        if (grant.level >= required && end && (!newest_end || *end > *newest_end)) {
            newest = &grant;
            newest_end = end;
        }
    });
    return newest;
}

Millis first_consent(Contact const& contact) noexcept {
    Millis first = std::numeric_limits<Millis>::max();
    for (Track const& track : contact.tracks) {
        for (Grant const& grant : track.grants) {
            if (grant.level > Level::conversational) {
                first = std::min(first, grant.from);
            }
        }
    }
    return first;
}

}  // namespace cl::verify::reconcile
