#include "verify/pin.hpp"

#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"
#include "verify/small_file.hpp"

namespace cl::verify {
namespace {

constexpr std::string_view what = "consent-verify pin";
constexpr std::int64_t version = 1;

Error not_a_pin(std::filesystem::path const& path) {
    return fail(errc::malformed, path.string() + " is not a pin file of this program");
}

}  // namespace

Result<std::optional<Pin>> read_pin(std::filesystem::path const& path) {
    auto const text = read_small_file(path, limits::verify_small_file_bytes);
    if (!text && text.error().code == errc::not_found) {
        return std::optional<Pin>();
    }
    if (!text) {
        return text.error();
    }
    auto const value = json::parse(*text, limits::verify_small_file_bytes);
    json::Object const* const object = value ? value->as_object() : nullptr;
    if (object == nullptr || object->string("kind") != what) {
        return not_a_pin(path);
    }
    json::Value const* const schema = object->find("schema_version");
    json::Value const* const size = object->find("size");
    auto const raw_root = from_base64(object->string("root"));
    auto const root = raw_root ? hash_from_bytes(*raw_root) : Result<Hash32>(not_a_pin(path));
    bool const known = schema != nullptr && schema->as_int() != nullptr && *schema->as_int() == version;
    if (!known || size == nullptr || size->as_int() == nullptr || *size->as_int() < 0 || !root) {
        return not_a_pin(path);
    }
    Pin pin;
    pin.origin = object->string("origin");
    pin.key = object->string("key");
    pin.size = *size->as_int();
    pin.root = *root;
    pin.checkpoint = object->string("checkpoint");
    return std::optional<Pin>(std::move(pin));
}

Result<void> write_pin(std::filesystem::path const& path, Pin const& pin) {
    json::Object const object{
        {"kind", what},     {"schema_version", version},          {"origin", pin.origin},        {"key", pin.key},
        {"size", pin.size}, {"root", to_base64(pin.root.view())}, {"checkpoint", pin.checkpoint}};
    return replace_file(path, json::write(object) + "\n");
}

}  // namespace cl::verify
