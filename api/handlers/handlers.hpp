// The handlers, a file a resource. Each takes a Call, answers it exactly once, and leaves rules to the rooms below.
//
// Threads: called on the I/O thread; they never block on it.
#pragma once

#include "api/router.hpp"

namespace cl::api::handlers {

void post_changes(Call call);
[[nodiscard]] boost::system::result<std::shared_ptr<BodyStream>, Response> stream_changes(Call call);
void post_inbound(Call call);
void post_webhook(Call call);
void post_lookup(Call call);
void get_contact(Call call);
void get_history(Call call);
void get_changes(Call call);
void get_findings(Call call);
void get_finding_counts(Call call);
void get_report(Call call);
void post_report_of_sends(Call call);
void post_export(Call call);
void get_contacts(Call call);
void get_lists(Call call);
void get_list_contacts(Call call);
void get_obligations(Call call);
void post_check(Call call);
void post_erase(Call call);
void get_retention(Call call);
void get_erasure(Call call);
void post_contact_hold(Call call);
void post_contact_release(Call call);
void get_contact_holds(Call call);
void post_account_hold(Call call);
void post_account_release(Call call);
void get_account_holds(Call call);
void put_actor(Call call);
void put_list(Call call);
void put_policy(Call call);
void put_trigger(Call call);
void post_token(Call call);
void post_rotation(Call call);
void post_revocation(Call call);
void post_any_revocation(Call call);
void get_tokens(Call call);
void get_all_tokens(Call call);
void get_entry(Call call);
void get_proof(Call call);
void get_checkpoint(Call call);
void get_tile(Call call);
void get_keys(Call call);
void get_livez(Call call);
void get_readyz(Call call);
void get_root(Call call);
void get_console_file(Call call);
void get_activity(Call call);
void get_whoami(Call call);
void get_metrics(Call call);

}  // namespace cl::api::handlers
