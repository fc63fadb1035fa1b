/* SPDX-License-Identifier: MIT */
#include "steps/sending.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "steps/text.h"

#define NAME_MAX_BYTES 128

/* Where the events of the newest look begin, or where all end. */
static size_t find_look(const struct event *const *events, size_t count)
{
    for (size_t i = count; i-- > 0;)
        if (event_is(events[i], "start") && event_has(events[i], "sender"))
            return i;
    return count;
}

static const char *text_of(const struct event *event, const char *key)
{
    const char *value = event_text(event, key);

    return value ? value : "";
}

static bool is_hard(const char *kind)
{
    return strcmp(kind, "HardBounce") == 0 ||
           strcmp(kind, "BadEmailAddress") == 0;
}

static bool stands_in(const struct returned *returns, size_t count,
                      const char *address)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(returns[i].address, address) == 0)
            return true;
    return false;
}

/* A soft return after a hard one does not make the address good again. */
static void settle(struct returned *returns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        returns[i].again = stands_in(returns, i, returns[i].address);
        for (size_t k = 0; k < count && !returns[i].leaves; k++)
            returns[i].leaves =
                (returns[k].inactive || is_hard(returns[k].kind)) &&
                strcasecmp(returns[k].address, returns[i].address) == 0;
    }
}

size_t sending_returns(const struct trail *trail, struct returned *out,
                       size_t max)
{
    size_t event_count, count = 0;
    const struct event *const *events = trail_events(trail, &event_count);

    for (size_t i = find_look(events, event_count);
         i < event_count && count < max && !event_is(events[i], "visit"); i++)
        if (event_is(events[i], "bounce"))
            out[count++] = (struct returned){
                .address = text_of(events[i], "email"),
                .kind = text_of(events[i], "kind"),
                .when = text_of(events[i], "when"),
                .details = text_of(events[i], "details"),
                .subject = text_of(events[i], "subject"),
                .inactive = event_flag(events[i], "inactive"),
            };
    settle(out, count);
    return count;
}

const char *sending_kind(const char *kind)
{
    static const struct {
        const char *kind;
        enum text_id id;
    } kinds[] = {
        {"HardBounce", T_KIND_HARD},
        {"SoftBounce", T_KIND_SOFT},
        {"Transient", T_KIND_TRANSIENT},
        {"Blocked", T_KIND_BLOCKED},
        {"SpamNotification", T_KIND_SPAM},
        {"SpamComplaint", T_KIND_COMPLAINT},
        {"DMARCPolicy", T_KIND_DMARC},
        {"DnsError", T_KIND_DNS},
        {"BadEmailAddress", T_KIND_BAD_ADDRESS},
        {"ManuallyDeactivated", T_KIND_MANUAL},
        {"SMTPApiError", T_KIND_WITHHELD},
        {"AddressChange", T_KIND_CHANGED},
        {"AutoResponder", T_KIND_AUTOMATIC},
        {"ChallengeVerification", T_KIND_CHALLENGE},
        {"VirusNotification", T_KIND_VIRUS},
        {"Unsubscribe", T_KIND_UNSUBSCRIBED},
        {"Unknown", T_KIND_UNKNOWN},
        {"", T_KIND_UNKNOWN},
    };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return text(kinds[i].id);
    return kind;
}

static const char *same(const char *name)
{
    return name;
}

static void write_counts(const char *counts, const char *(*name)(const char *),
                         char *out, size_t size)
{
    size_t used = 0;

    out[0] = '\0';
    while (*counts) {
        size_t length = strcspn(counts, " "), bytes = strcspn(counts, "=");
        char key[NAME_MAX_BYTES];

        if (bytes > 0 && bytes + 1 < length && used < size) {
            snprintf(key, sizeof key, "%.*s", (int)bytes, counts);
            used += (size_t)snprintf(
                out + used, size - used, "%s%s (%.*s)", used ? ", " : "",
                name(key), (int)(length - bytes - 1), counts + bytes + 1);
        }
        counts += length + (counts[length] == ' ');
    }
}

void sending_kinds(const char *kinds, char *out, size_t size)
{
    write_counts(kinds, sending_kind, out, size);
}

void sending_domains(const char *domains, char *out, size_t size)
{
    write_counts(domains, same, out, size);
}
