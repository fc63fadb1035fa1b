/* SPDX-License-Identifier: MIT */
/* Strings that want to act (tests/data/hostile.jsonl, a line each), from every
 * source that a walk hears, in every format of the report: each comes out as
 * the text that it is, and none does anything. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "net/event.h"
#include "net/utf8.h"
#include "steps/journal.h"
#include "steps/report.h"
#include "ui/paper.h"

#define STRINGS_LEAST 200
#define FORMULA "=+-@\t\r\n"
#define TOLD 24 /* bytes of a string that must be found again */

/* --- sources: how a string comes into a walk --- */

static struct event *of(const char *kind, const char *probe, int attempt)
{
    struct event *event = event_new(kind);

    event_put_text(event, "probe", probe);
    if (attempt)
        event_put_number(event, "attempt", attempt);
    return event;
}

static struct event *ending(const char *probe, int attempt, const char *reply)
{
    struct event *event = of("end", probe, attempt);

    event_put_text(event, "outcome", "fault");
    event_put_text(event, "fault", "refused");
    event_put_text(event, "phase", "rcpt");
    event_put_number(event, "code", 550);
    event_put_text(event, "reply", reply);
    return event;
}

static void push_fact(struct trail *trail, const char *key, const char *value)
{
    trail_push(trail, trail_fact_event(key, value));
}

/* A walk that has sent one test, whose subject and addresses are these. */
static void begin(struct trail *trail, const char *subject, const char *address)
{
    struct event *session = event_new("session");
    struct event *visit = event_new("visit");
    struct event *attempt = event_new("attempt");

    event_put_text(session, "time", "2026-01-15T12:00:00Z");
    trail_push(trail, session);
    event_put_text(visit, "step", "start");
    trail_push(trail, visit);
    push_fact(trail, "from", address);
    push_fact(trail, "to", address);
    event_put_number(attempt, "attempt", 1);
    event_put_text(attempt, "via", "smtp");
    event_put_text(attempt, "from", address);
    event_put_text(attempt, "to", address);
    event_put_text(attempt, "subject", subject);
    event_put_text(attempt, "subject_code", "K7Q-4M2");
    event_put_text(attempt, "time", "2026-01-15T12:00:00Z");
    trail_push(trail, attempt);
}

static void begin_plain(struct trail *trail)
{
    begin(trail, "Prueba K7Q-4M2", "ana@empresa.example");
    trail_push(trail, of("start", "smtp", 1));
}

static void from_smtp(struct trail *trail, const char *text)
{
    begin_plain(trail);
    trail_push(trail, ending("smtp", 1, text));
}

static void from_api(struct trail *trail, const char *text)
{
    struct event *end = ending("api-watch", 1, text);
    struct event *history = ending("api-history", 0, text);

    begin_plain(trail);
    event_put_text(end, "status", "bounced");
    trail_push(trail, of("start", "api-watch", 1));
    trail_push(trail, end);
    event_put_text(history, "outcome", "pass");
    event_put_text(history, "kind", text);
    event_put_text(history, "when", text);
    event_put_flag(history, "blocked", true);
    trail_push(trail, history);
}

static void from_subject(struct trail *trail, const char *text)
{
    begin(trail, text, text);
}

static void from_dns(struct trail *trail, const char *text)
{
    struct event *start = of("start", "domain", 0);
    struct event *finding = of("finding", "domain", 0);

    begin_plain(trail);
    event_put_text(start, "address", "ana@empresa.example");
    trail_push(trail, start);
    event_put_text(finding, "subject", "recipient.mx");
    event_put_text(finding, "address", "ana@empresa.example");
    event_put_text(finding, "state", "good");
    event_put_text(finding, "code", "mx");
    event_put_text(finding, "domain", text);
    event_put_text(finding, "data", text);
    trail_push(trail, finding);
}

static void from_certificate(struct trail *trail, const char *text)
{
    struct event *tls = of("tls", "smtp", 1);

    begin_plain(trail);
    event_put_text(tls, "problem", "expired");
    event_put_text(tls, "subject", text);
    event_put_text(tls, "issuer", text);
    event_put_text(tls, "not_before", text);
    event_put_text(tls, "not_after", text);
    trail_push(trail, tls);
}

static void from_header(struct trail *trail, const char *text)
{
    static const char *const keys[] = {
        "from", "return_path", "receiver", "signing_domain", "selector", "ip",
        "spf",  "dkim",        "dmarc",    "tests",          "raw"};
    struct event *copy = of("copy", "imap", 1);
    struct event *end = of("end", "imap", 1);

    begin_plain(trail);
    event_put_text(copy, "finding", "unsigned");
    for (size_t i = 0; i < COUNT(keys); i++)
        event_put_text(copy, keys[i], text);
    trail_push(trail, copy);
    event_put_text(end, "outcome", "pass");
    event_put_text(end, "where", "spam");
    event_put_text(end, "folder", text);
    trail_push(trail, end);
}

static void from_notice(struct trail *trail, const char *text)
{
    begin_plain(trail);
    trail_push(trail, of("start", "notice", 1));
    trail_push(trail, ending("notice", 1, text));
}

static void from_session(struct trail *trail, const char *text)
{
    static const char *const keys[] = {"server", "tls", "time", "version"};
    struct event *session = event_new("session");
    struct event *start = of("start", "smtp", 1);
    struct event *earlier = ending("api-watch", 0, text);

    begin_plain(trail);
    for (size_t i = 0; i < COUNT(keys); i++) {
        event_put_text(session, keys[i], text);
        event_put_text(start, keys[i], text);
    }
    event_put_text(session, "practice", text);
    trail_push(trail, session);
    trail_push(trail, start);
    event_put_text(earlier, "status", text);
    event_put_text(earlier, "when", text);
    trail_push(trail, earlier);
}

/* As bytes of a file that somebody wrote: a line, and in place of a value. */
static void from_journal(struct trail *trail, const char *text)
{
    int fd = memfd_create("journal", 0);
    size_t skipped;

    begin_plain(trail);
    dprintf(fd,
            "%s\n{\"event\":\"end\",\"probe\":\"smtp\",\"attempt\":1,"
            "\"outcome\":\"fault\",\"reply\":\"%s\"}\n%s",
            text, text, text);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    assert_int_equal(journal_load(trail, fd, &skipped, NULL), 0);
    close(fd);
}

static void from_returns(struct trail *trail, const char *text)
{
    struct event *start = of("start", "api-history", 0);
    struct event *bounce = of("bounce", "api-history", 0);
    struct event *end = of("end", "api-history", 0);

    begin_plain(trail);
    event_put_text(start, "sender", "a@b.example");
    trail_push(trail, start);
    event_put_text(bounce, "email", text);
    event_put_text(bounce, "kind", text);
    event_put_text(bounce, "when", text);
    event_put_text(bounce, "details", text);
    event_put_text(bounce, "subject", text);
    trail_push(trail, bounce);
    event_put_text(end, "outcome", "pass");
    event_put_text(end, "sender", text);
    event_put_number(end, "count", 1);
    event_put_text(end, "kinds", text);
    event_put_text(end, "domains", text);
    trail_push(trail, end);
}

static const struct source {
    const char *name;
    void (*push)(struct trail *trail, const char *text);
    bool told; /* the string is in the report, from its beginning */
} sources[] = {
    {"SMTP reply", from_smtp, true},         {"API text", from_api, true},
    {"subject", from_subject, true},         {"DNS", from_dns, true},
    {"certificate", from_certificate, true}, {"header", from_header, true},
    {"notice", from_notice, true},           {"session", from_session, true},
    {"journal", from_journal, false},        {"returns", from_returns, true},
};

/* --- what must hold of each format --- */

/* Where a test stops, it says by which string it was led there. */
struct trial {
    const struct source *source;
    const char *string;
    const struct trail *trail;
};

static void broken(const struct trial *trial, const char *what, const char *at)
{
    print_error("%s, from %s: %s\n%.300s\n", what, trial->source->name,
                trial->string, at);
    fail();
}

static char *print(const struct trial *trial, enum paper_format format,
                   int columns, bool ascii)
{
    struct paper paper = {.columns = columns, .ascii = ascii, .lang = "es"};
    char *bytes = NULL;
    size_t length;
    FILE *out = open_memstream(&bytes, &length);

    assert_non_null(out);
    if (format == FORMAT_COUNT)
        assert_int_equal(paper_csv(out, trial->trail), 0);
    else
        assert_int_equal(paper_write(out, format, trial->trail, &paper), 0);
    fclose(out);
    if (strlen(bytes) != length)
        broken(trial, "a NUL", "");
    return bytes;
}

/* Nothing that a terminal obeys, nobody sees, or that turns text about. */
static bool is_safe(unsigned code)
{
    return code == '\n' || (code >= 0x20 && code < 0x7f) ||
           (code >= 0xa1 && code != 0xad && code != 0x34f && code != 0x61c &&
            !(code >= 0x200b && code <= 0x200f) &&
            !(code >= 0x2028 && code <= 0x202e) &&
            !(code >= 0x2060 && code <= 0x206f) && code != 0xfeff &&
            !(code >= 0xfff9 && code <= 0xfffb) && code < 0xe0000);
}

static void check_signs(const struct trial *trial, const char *at, bool ascii)
{
    size_t length = strlen(at), used;

    for (; length > 0; at += used, length -= used) {
        unsigned code = 0;

        used = utf8_take(at, length, &code);
        if (used == 0 || !is_safe(code) || (ascii && code >= 0x80))
            broken(trial, "a sign that may not go out", at);
    }
}

static size_t count_lines(const char *page, const char *line)
{
    size_t count = 0, length = strlen(line);

    while (page) {
        const char *end = strchr(page, '\n');

        count += end && (size_t)(end - page) == length &&
                 strncmp(page, line, length) == 0;
        page = end ? end + 1 : NULL;
    }
    return count;
}

/* Nobody but us begins a section. */
static void check_text(const struct trial *trial, int columns, bool ascii)
{
    char *page = print(trial, FORMAT_TEXT, columns, ascii);

    check_signs(trial, page, ascii);
    if (count_lines(page, text(T_REPORT_VERDICT)) != 1 ||
        count_lines(page, text(T_REPORT_TITLE)) != 1)
        broken(trial, "a heading of somebody else", page);
    free(page);
}

/* All the tags there are: any other is foreign. */
static bool is_tag(const char *at)
{
    static const char *const tags[] = {"<article>",
                                       "</article>",
                                       "<h1>",
                                       "</h1>",
                                       "<h2>",
                                       "</h2>",
                                       "<h3>",
                                       "</h3>",
                                       "<p>",
                                       "</p>",
                                       "<ul>",
                                       "</ul>",
                                       "<li>",
                                       "</li>",
                                       "<dl>",
                                       "</dl>",
                                       "<div>",
                                       "</div>",
                                       "<dt>",
                                       "</dt>",
                                       "<dd>",
                                       "</dd>",
                                       "<pre>",
                                       "</pre>",
                                       "<table>",
                                       "</table>",
                                       "<thead>",
                                       "</thead>",
                                       "<tbody>",
                                       "</tbody>",
                                       "<tr>",
                                       "</tr>",
                                       "<td>",
                                       "</td>",
                                       "<th scope=\"col\">",
                                       "<th scope=\"row\">",
                                       "</th>",
                                       "<strong>",
                                       "</strong>",
                                       "<p class=\"verdict good\">",
                                       "<p class=\"verdict warning\">",
                                       "<p class=\"verdict problem\">",
                                       "<p class=\"verdict unknown\">",
                                       "</main>",
                                       "</body>",
                                       "</html>"};

    for (size_t i = 0; i < COUNT(tags); i++)
        if (strncmp(at, tags[i], strlen(tags[i])) == 0)
            return true;
    return false;
}

static void check_html(const struct trial *trial)
{
    char *page = print(trial, FORMAT_HTML, 0, false);
    const char *at = strstr(page, "<main>");

    check_signs(trial, page, false);
    if (!at || strstr(at + 1, "<main>"))
        broken(trial, "two bodies", page);
    for (at += strlen("<main>"); (at = strchr(at, '<')); at++)
        if (!is_tag(at))
            broken(trial, "a tag that is not ours", at);
    free(page);
}

static bool is_told(const cJSON *document, const char *string)
{
    const cJSON *line, *cell;
    char told[TOLD + 1];

    utf8_mend(told, sizeof told, string, strlen(string));
    cJSON_ArrayForEach(line, cJSON_GetObjectItem(document, "report"))
        cJSON_ArrayForEach(
            cell,
            cJSON_GetObjectItem(line, "cells")) if (strstr(cell->valuestring,
                                                           told)) return true;
    return false;
}

static void check_json(const struct trial *trial)
{
    char *page = print(trial, FORMAT_JSON, 0, false);
    cJSON *document = cJSON_ParseWithOpts(page, NULL, true);

    for (const char *at = page; *at; at++)
        if ((unsigned char)*at < ' ' && *at != '\n')
            broken(trial, "a control byte", at);
    if (strstr(page, "\u202e") || strstr(page, "\u2066") ||
        strstr(page, "\xc2\x9b") || strchr(page, 0x7f))
        broken(trial, "a sign that may not go out", page);
    if (!document)
        broken(trial, "no JSON", page);
    if (trial->source->told && !is_told(document, trial->string))
        broken(trial, "a string that is not told", page);
    cJSON_Delete(document);
    free(page);
}

/* Each cell as a spreadsheet reads it; returns what follows it. */
static const char *check_cell(const struct trial *trial, const char *at)
{
    bool quoted = *at == '"';

    if (strchr(FORMULA, at[quoted]) && at[quoted])
        broken(trial, "a formula", at);
    if (!quoted)
        return at + strcspn(at, ";\r");
    for (at++; *at && (*at != '"' || at[1] == '"'); at++)
        at += *at == '"';
    return at + 1;
}

static void check_csv(const struct trial *trial)
{
    char *page = print(trial, FORMAT_COUNT, 0, false);
    const char *at = page + strlen("\xef\xbb\xbf");
    size_t cells = 1;

    while (*at) {
        at = check_cell(trial, at);
        if (strncmp(at, "\r\n", 2) == 0 && at[2] == '\0')
            break;
        cells++;
        at += *at == ';' ? 1 : strncmp(at, "\r\n", 2) == 0 ? 2 : 0;
        if (cells > 14)
            broken(trial, "more cells than there are", page);
    }
    free(page);
}

static void check(const struct source *source, const char *string)
{
    struct trail *trail = trail_new();
    struct trial trial = {source, string, trail};

    source->push(trail, string);
    check_text(&trial, 80, false);
    check_text(&trial, 40, true);
    check_html(&trial);
    check_json(&trial);
    check_csv(&trial);
    trail_free(trail);
}

static void test_none_acts(void **state)
{
    FILE *file = fopen(*state, "r");
    char *line = NULL;
    size_t size = 0, count = 0;
    ssize_t length;

    assert_non_null(file);
    while ((length = getline(&line, &size, file)) > 0) {
        struct event *event = event_parse(line, (size_t)length);

        if (!event)
            print_error("line %zu\n", count + 1);
        assert_non_null(event);
        for (size_t i = 0; i < COUNT(sources); i++)
            check(&sources[i], event_text(event, "text"));
        event_free(event);
        count++;
    }
    assert_true(count >= STRINGS_LEAST);
    free(line);
    fclose(file);
}

int main(void)
{
    const char *top = getenv("TOP");
    char path[1024];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(test_none_acts, path),
    };

    snprintf(path, sizeof path, "%s/tests/data/hostile.jsonl", top ? top : ".");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
