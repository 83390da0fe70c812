// Each format byte for byte, and cells that somebody would like to be more than text.
#include "ledger/report/writers.hpp"

#include "ledger/core/json.hpp"

#include <boost/test/unit_test.hpp>

#include <array>

using namespace cl;
using namespace cl::report;

namespace {

constexpr std::array<std::string_view, 3> columns = {"seq", "text", "phone"};

Head head() {
    return Head{"findings",          "Findings", "acme", "ledger.example",
                "consent-ledger 1",  1'000,      7,      "ledger.example\n8\nroot\n\n- sig\n",
                {{"list", "promo"}}, {}};
}

std::string document(Writer& writer, std::vector<Row> const& rows, std::vector<Section> sections = {},
                     Head const& top = head()) {
    std::string out;
    writer.begin(top, columns, out);
    for (Row const& row : rows) writer.row(row, out);
    writer.end(Tail{static_cast<std::int64_t>(rows.size()), 7, top.checkpoint, std::move(sections)}, out);
    return out;
}

/// The rows alone of a CSV document: what stands between its header and its notes.
std::string csv_rows(Profile profile, std::vector<Row> const& rows) {
    auto const writer = csv_writer(profile);
    std::string out;
    writer->begin(head(), columns, out);
    std::size_t const start = out.size();
    for (Row const& row : rows) writer->row(row, out);
    return out.substr(start);
}

std::string cell(Profile profile, std::string const& text) {
    std::string const line = csv_rows(profile, {{std::int64_t{1}, text, {}}});
    return line.substr(2, line.size() - 5);  // without `1,` and `,` and the line end
}

json::Object parsed(std::string const& text) {
    auto const value = json::parse(text, 1 << 20);
    BOOST_REQUIRE(value);
    BOOST_REQUIRE(value->as_object() != nullptr);
    return *value->as_object();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(writers)

BOOST_AUTO_TEST_CASE(csv_is_that_of_rfc_4180) {
    BOOST_TEST(cell(Profile::plain, "plain") == "plain");
    BOOST_TEST(cell(Profile::plain, "a,b") == "\"a,b\"");
    BOOST_TEST(cell(Profile::plain, "say \"yes\"") == "\"say \"\"yes\"\"\"");
    BOOST_TEST(cell(Profile::plain, "two\r\nlines") == "\"two\r\nlines\"");
    BOOST_TEST(cell(Profile::plain, " kept ") == "\" kept \"");
    BOOST_TEST(cell(Profile::plain, "Zoë 🛑 停") == "Zoë 🛑 停");
    BOOST_TEST(cell(Profile::plain, "") == "");
    BOOST_TEST(csv_rows(Profile::plain, {{std::int64_t{-3}, true, Phone{"+15550100101"}}}) == "-3,true,tel:+15550100101\r\n");
}

BOOST_AUTO_TEST_CASE(the_sign_of_a_note_in_a_cell_is_quoted_and_that_of_a_note_is_not) {
    BOOST_TEST(cell(Profile::plain, "room #5") == "\"room #5\"");
    BOOST_TEST(cell(Profile::plain, "#5") == "\"#5\"");
    Section const sums{"people", "People", {"seq", "name", "acts"}, {{std::int64_t{7}, "two\nlines", std::int64_t{3}}}};
    std::string const text = document(*csv_writer(Profile::plain), {}, {sums});
    BOOST_TEST(text.find("#people 7 name,two,\r\n#people 7 name,lines,\r\n#people 7 acts,3,\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_formula_stays_a_text_in_a_spreadsheet) {
    for (std::string const hostile :
         {"=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"}) {
        std::string const behind = hostile.substr(1);
        bool const blank = std::string_view("\t\r\n").find(hostile.front()) != std::string_view::npos;
        BOOST_TEST(cell(Profile::spreadsheet, hostile) ==
                   "\"'" + (blank ? hostile.substr(0, 1) + "'" + behind : hostile) + "\"");
        // The plain profile is for programs: what was recorded comes out as it was.
        std::string const plain = cell(Profile::plain, hostile);
        BOOST_TEST((plain == hostile || plain == "\"" + hostile + "\""));
    }
    std::string const nul = std::string(1, '\0') + "=1";
    BOOST_TEST(cell(Profile::spreadsheet, nul) == "\"'=1\"");
    BOOST_TEST(cell(Profile::spreadsheet, "a=1") == "\"a=1\"");  // only the first character of a cell matters
    BOOST_TEST(cell(Profile::spreadsheet, "=a\"b") == "\"'=a\"\"b\"");
    BOOST_TEST(csv_rows(Profile::spreadsheet, {{std::int64_t{-3}, false, Phone{"+15550100101"}}}) ==
               "-3,false,\"tel:+15550100101\"\r\n");
}

BOOST_AUTO_TEST_CASE(no_formula_begins_behind_a_sign_that_separates_cells_somewhere) {
    constexpr std::array<std::array<std::string_view, 2>, 10> cells = {
        {{"x;=1+1;y", "x;'=1+1;y"},
         {"x,@SUM(1)|-2", "x,'@SUM(1)|'-2"},
         {"a\t+1", "a\t'+1"},
         {"a\r\n=1\n\n-2", "a\r\n'=1\n\n'-2"},
         {"x; =1", "x;' =1"},
         {"x;\"=1\"", "x;'\"\"=1\"\""},
         {"x;'=1", "x;''=1"},
         {";;＝1", ";;'＝1"},
         {" =1", "' =1"},
         {"one, two; three\n4 - 5 = -1", "one, two; three\n4 - 5 = -1"}}};
    for (auto const& [text, shown] : cells) {
        BOOST_TEST(cell(Profile::spreadsheet, std::string(text)) == "\"" + std::string(shown) + "\"");
        BOOST_TEST(cell(Profile::plain, std::string(text)).find(";'") == (text == "x;'=1" ? 1U : std::string::npos));
    }
}

BOOST_AUTO_TEST_CASE(a_text_of_digits_keeps_its_digits_in_a_spreadsheet) {
    for (std::string const altered : {"007", "00", "1234567890123456", "00123456789012345678", "1e5", "1E5", "1.50", "1,5",
                                      "2026-10-01", "10/11", "12:30", "5 %", "$5", "(5)", "'007"}) {
        BOOST_TEST(cell(Profile::spreadsheet, altered) == "\"'" + altered + "\"");
        BOOST_TEST(cell(Profile::plain, altered).find('\'') == altered.find('\''));
    }
    for (std::string const kept :
         {"0", "7", "123456789012345", "2026-11-28T23:20:23.000Z", "e", "agent-7", "5 October", "#5", "a1", "."}) {
        BOOST_TEST(cell(Profile::spreadsheet, kept) == "\"" + kept + "\"");
    }
    BOOST_TEST(cell(Profile::spreadsheet, "-5") == "\"'-5\"");  // one is enough
}

BOOST_AUTO_TEST_CASE(only_the_spreadsheet_profile_has_a_byte_order_mark) {
    auto const starts = [](Profile profile) { return document(*csv_writer(profile), {}); };
    BOOST_TEST(starts(Profile::spreadsheet).starts_with("\xEF\xBB\xBF\"seq\",\"text\",\"phone\"\r\n"));
    BOOST_TEST(starts(Profile::plain).starts_with("seq,text,phone\r\n"));
    BOOST_TEST(starts(Profile::bare) == "seq,text,phone\r\n");
}

BOOST_AUTO_TEST_CASE(the_head_of_csv_stands_at_its_end_a_record_a_line) {
    Section const section{"counts", "How many", {"what", "rows"}, {{"late", std::int64_t{2}}}};
    std::string const text = document(*csv_writer(Profile::plain), {{std::int64_t{1}, "x", {}}}, {section});
    BOOST_TEST(
        text ==
        "seq,text,phone\r\n1,x,\r\n#counts late rows,2,\r\n#report,findings,\r\n#title,Findings,\r\n#account,acme,\r\n"
        "#ledger,ledger.example,\r\n#program,consent-ledger 1,\r\n#generated_at,1970-01-01T00:00:01.000Z,\r\n#as_of,7,\r\n"
        "#filter list,promo,\r\n#checkpoint,ledger.example,\r\n#checkpoint,8,\r\n#checkpoint,root,\r\n#checkpoint,,\r\n"
        "#checkpoint,- sig,\r\n#rows,1,\r\n");
}

BOOST_AUTO_TEST_CASE(bare_csv_is_for_programs_that_take_nothing_else) {
    std::string const text = document(*csv_writer(Profile::bare), {{std::int64_t{1}, "x", Phone{"+15550100101"}}});
    BOOST_TEST(text == "seq,text,phone\r\n1,x,+15550100101\r\n");
}

BOOST_AUTO_TEST_CASE(json_says_how_many_rows_there_are_behind_them) {
    Section const section{"counts", "How many", {"what", "rows"}, {{"late", std::int64_t{2}}}};
    json::Object const all = parsed(document(
        *json_writer(), {{std::int64_t{1}, "=1 \"\n\u0001", Phone{"+15550100101"}}, {std::int64_t{2}, {}, true}}, {section}));
    json::Array const& data = *all.find("data")->as_array();
    BOOST_REQUIRE(data.size() == 2);
    BOOST_TEST(json::write(data[0]) == R"({"phone":"+15550100101","seq":1,"text":"=1 \"\n\u0001"})");
    BOOST_TEST(json::write(data[1]) == R"({"phone":true,"seq":2})");
    BOOST_TEST(json::write(*all.find("rows")) == "2");
    BOOST_TEST(json::write(*all.find("summary")) == R"({"counts":[{"rows":2,"what":"late"}]})");
    json::Object const& report = *all.find("report")->as_object();
    BOOST_TEST(report.string("ledger") == "ledger.example");
    BOOST_TEST(report.string("generated_at") == "1970-01-01T00:00:01.000Z");
    BOOST_TEST(json::write(*report.find("filters")) == R"({"list":"promo"})");
    BOOST_TEST(report.find("as_of")->as_object()->string("checkpoint") == head().checkpoint);
    BOOST_TEST(parsed(document(*json_writer(), {})).find("data")->as_array()->empty());
}

BOOST_AUTO_TEST_CASE(html_runs_nothing_and_fetches_nothing) {
    Head top = head();
    top.title = "</title><script>";
    top.filters = {{"list", "<b>"}};
    std::string const text =
        document(*html_writer(), {{std::int64_t{1}, "<img src=x onerror=\"a('b')\">&amp; Zoë", Phone{"+15550100101"}}},
                 {{"s", "<i>", {"<u>"}, {{"<s>"}}}}, top);
    BOOST_TEST(text.find("&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;amp; Zoë") != std::string::npos);
    for (char const* const tag : {"<script", "<img", "<b>", "<i>", "<u>", "<s>", "http:", "https:", "<link"}) {
        BOOST_TEST(text.find(tag) == std::string::npos, tag);
    }
    BOOST_TEST(text.find("default-src 'none'") != std::string::npos);
    BOOST_TEST(text.find("@media print") != std::string::npos);
    BOOST_TEST(text.find("<td class=\"k\">+15550100101</td>") != std::string::npos);
    BOOST_TEST(text.find("1 row.") != std::string::npos);
    BOOST_TEST(text.ends_with("</html>\n"));
    BOOST_TEST(document(*html_writer(), {{std::int64_t{1}, std::string("a\0\x1b\nb", 5), {}}}).find('\0') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(html_shows_what_cannot_be_seen) {
    Head top = head();
    top.about = {{"note", "\u202Etxet"}};
    std::string const text = document(*html_writer(), {{std::int64_t{1}, "Customer said \u202Eni\u202C\u200B", {}}}, {}, top);
    BOOST_TEST(text.find("Customer said \\u202eni\\u202c\\u200b</td>") != std::string::npos);
    BOOST_TEST(text.find("<dd>\\u202etxet</dd>") != std::string::npos);
    BOOST_TEST(text.find("\u202E") == std::string::npos);
    BOOST_TEST(cell(Profile::plain, "\u202E") == "\u202E");  // a table keeps the bytes
}

BOOST_AUTO_TEST_CASE(a_table_scrolls_by_keyboard_and_its_numbers_stand_under_their_names) {
    Section const section{"s", "Sums & more", {"what", "rows"}, {{"late", std::int64_t{2}}}};
    std::string const text =
        document(*html_writer(), {{std::int64_t{1}, "2026-11-28T23:20:23.000Z", {}}, {std::int64_t{2}, "two words", "agent-0"}},
                 {section});
    BOOST_TEST(text.find("<div class=\"wide\" role=\"region\" aria-label=\"Findings\" tabindex=\"0\"><table><thead><tr>"
                         "<th scope=\"col\" class=\"n\">seq</th><th scope=\"col\">text</th>") != std::string::npos);
    BOOST_TEST(text.find("aria-label=\"Sums &amp; more\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">what</th>"
                         "<th scope=\"col\" class=\"n\">rows</th>") != std::string::npos);
    // A time is broken behind its day alone, an id nowhere; words may be.
    BOOST_TEST(text.find("<td class=\"k\">2026-11-28T<wbr>23:20:23.000Z</td>") != std::string::npos);
    BOOST_TEST(text.find("<td>two words</td><td class=\"k\">agent-0</td>") != std::string::npos);
    std::string const none = document(*html_writer(), {});
    BOOST_TEST(none.find("<th scope=\"col\">seq</th>") < none.find("0 rows."));
}

BOOST_AUTO_TEST_CASE(rows_too_wide_for_paper_are_cards) {
    std::array<std::string_view, 15> many{};
    many.fill("a_name");
    Row row(15);
    row[0] = std::int64_t{7};
    row[1] = "<x>";
    auto const writer = html_writer();
    std::string out;
    writer->begin(head(), many, out);
    writer->row(row, out);
    writer->end(Tail{1, 7, {}, {{"s", "Sums", {"what"}, {{"late"}}}}}, out);
    BOOST_TEST(out.find("<h2>a name 7</h2><dl>\n<dt>a name</dt><dd>&lt;x&gt;</dd>\n</dl></article>") != std::string::npos);
    BOOST_TEST(out.find("<table>") == out.rfind("<table>"));  // the sums alone
    BOOST_TEST(out.find("<td class=\"k\">late</td>") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(lines_are_written_as_they_are) {
    std::string out;
    auto const writer = line_writer();
    writer->begin(head(), columns, out);
    writer->row({"{\"a\":1}"}, out);
    writer->end(Tail{}, out);
    BOOST_TEST(out == "{\"a\":1}\n");
}

BOOST_AUTO_TEST_SUITE_END()
