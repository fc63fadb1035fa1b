/* SPDX-License-Identifier: MIT */
/* The report's domains: each finding, and the records behind it. */
#include <stdio.h>
#include <string.h>

#include "steps/domains.h"
#include "steps/report_parts.h"

static bool is_network(const struct event *finding)
{
    const char *subject = event_text(finding, "subject");

    return strcmp(subject, "network.dns") == 0;
}

static void say_records(struct writer *writer, const struct event *finding)
{
    const char *data = event_text(finding, "data");
    char line[TELL_TEXT_MAX];

    while (data && *data) {
        size_t length = strcspn(data, "\n");
        snprintf(line, sizeof line, "%.*s", (int)length, data);
        report_quote(writer, line);
        data += length + (data[length] == '\n');
    }
}

static void say_finding(struct writer *writer, const struct event *finding)
{
    struct line line;
    const char *extra[] = {"state", "", "found", line.text, NULL};

    domains_tell(finding, &line);
    extra[1] = tell_state(line.state);
    if (line.text[0])
        report_say(writer, REPORT_ITEM,
                   line.state == STATE_NONE ? T_REPORT_DOMAIN_FACT
                                            : T_REPORT_DOMAIN_LINE,
                   extra);
}

static size_t say_side(struct writer *writer, enum domain_side side,
                       enum text_id title, bool network)
{
    const struct event *findings[DOMAINS_MAX];
    size_t count = domains_findings(writer->trail, side, findings);
    const char *extra[] = {"address", domains_address(writer->trail, side),
                           NULL};

    if (count > 0)
        report_say(writer, REPORT_PART, title, extra);
    for (size_t i = 0; i < count; i++) {
        const char *subject = event_text(findings[i], "subject");
        if (is_network(findings[i]) && !network)
            continue;
        say_finding(writer, findings[i]);
        /* Its records stand with the mail servers. */
        if (strcmp(subject, "recipient.gateway") != 0)
            say_records(writer, findings[i]);
    }
    return count;
}

void report_domains(struct writer *writer)
{
    size_t count;

    report_say(writer, REPORT_HEADING, T_REPORT_DOMAINS, NULL);
    count = say_side(writer, DOMAIN_SENDER, T_REPORT_DOMAIN_FROM, true);
    count += say_side(writer, DOMAIN_RECIPIENT, T_REPORT_DOMAIN_TO, count == 0);
    if (count == 0)
        report_say(writer, REPORT_LINE, T_REPORT_DOMAINS_NONE, NULL);
}
