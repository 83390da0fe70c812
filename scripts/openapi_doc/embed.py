"""The document as a C++ source: its bytes, its ETag, and a page for each problem."""

import hashlib
import html
import json

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>body{{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}}</style>
<h1>{title}</h1>
<p><code>{code}</code>, status {status}</p>
<p>{means}</p>
<p><strong>What to do.</strong> {do}</p>
"""
PIECE = 8_000


def compact(document):
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def pages(document):
    return {code: PAGE.format(code=code, **{name: html.escape(str(problem[name])) for name in ("title", "status", "means", "do")})
            for code, problem in document["x-problems"].items()}


def _literal(text):
    pieces = [text[i:i + PIECE] for i in range(0, len(text), PIECE)]
    return "\n".join(f'R"~~({piece})~~"' for piece in pieces)


def source(document):
    text = compact(document)
    rows = "".join(f'    {{"{code}", {_literal(page)}}},\n' for code, page in pages(document).items())
    return f"""// Made by scripts/openapi from docs/openapi; not to be edited.
#include "api/openapi.hpp"

namespace cl::api {{

namespace {{

constexpr char document[] =
{_literal(text)};

constexpr std::pair<std::string_view, std::string_view> pages[] = {{
{rows}}};

}}  // namespace

std::string_view openapi_document() noexcept {{
    return {{document, sizeof(document) - 1}};
}}

std::string_view openapi_etag() noexcept {{
    return "\\"{hashlib.sha256(text.encode()).hexdigest()}\\"";
}}

std::string_view problem_page(std::string_view code) noexcept {{
    for (auto const& [slug, page] : pages) {{
        if (slug == code) return page;
    }}
    return {{}};
}}

}}  // namespace cl::api
"""
