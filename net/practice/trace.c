/* SPDX-License-Identifier: MIT */
/* The trace of a mail. All addresses are reserved ones (RFC 5737). */
#include "net/practice/trace.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "net/practice/moment.h"

#define OUR_NAME "salida.servicio.example"
#define OUR_IP "203.0.113.10"

void trace_server(char *out, size_t size, const char *address)
{
    snprintf(out, size, "mx1.%s", person_domain(address));
}

const char *trace_ip(const char *address)
{
    bool company =
        strcasecmp(person_domain(address), person_domain(PLOT_TO)) == 0;

    return company ? "192.0.2.25" : "198.51.100.26";
}

char *trace_copy(const struct world *world, const struct copy *copy,
                 size_t *length)
{
    const struct message *message = copy->message;
    const char *to = copy->recipient->who.person.address;
    const char *from = message->from.address;
    bool junk = copy->folder == FOLDER_JUNK;
    char server[HOST_MAX + 4], date[MOMENT_SIZE];
    struct pile text;

    pile_init(&text, 4 * LETTER_MAX);
    trace_server(server, sizeof(server), to);
    moment_mail(date, world_calendar(world, copy->at));
    pile_format(&text,
                "Return-Path: <%s>\r\n"
                "Authentication-Results: %s; spf=%s smtp.mailfrom=%s;\r\n"
                "\tdkim=%s header.d=%s; dmarc=%s header.from=%s\r\n",
                from, server, junk ? "softfail" : "pass", from,
                junk ? "none" : "pass", person_domain(from),
                junk ? "fail" : "pass", person_domain(from));
    if (junk)
        pile_text(&text, "X-Spam-Flag: YES\r\n");
    pile_format(&text,
                "Received: from " OUR_NAME " (" OUR_NAME " [" OUR_IP "])\r\n"
                "\tby %s with ESMTP id %.8s\r\n\tfor <%s>; %s\r\n",
                server, message->id, to, date);
    pile_add(&text, message->raw, message->raw_length);
    return pile_take(&text, length);
}
