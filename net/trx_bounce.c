/* SPDX-License-Identifier: MIT */
/* Reads the service's bounces. */
#include "net/trx_bounce.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "net/utf8.h"

#define DROPPED 100007
#define DIGITS "0123456789"

static const struct {
    int code;
    const char *kind;
} kinds[] = {
    {1, "HardBounce"},
    {2, "Transient"},
    {16, "Unsubscribe"},
    {32, "Subscribe"},
    {64, "AutoResponder"},
    {128, "AddressChange"},
    {256, "DnsError"},
    {512, "SpamNotification"},
    {1024, "OpenRelayTest"},
    {2048, "Unknown"},
    {4096, "SoftBounce"},
    {8192, "VirusNotification"},
    {16384, "ChallengeVerification"},
    {100000, "BadEmailAddress"},
    {100001, "SpamComplaint"},
    {100002, "ManuallyDeactivated"},
    {100003, "Unconfirmed"},
    {100006, "Blocked"},
    {DROPPED, "SMTPApiError"},
    {100008, "InboundError"},
    {100009, "DMARCPolicy"},
    {100010, "TemplateRenderingFailed"},
};

/* The type is the better witness: a service may number its own kinds anew. */
static void name_kind(struct trx_bounce *bounce)
{
    const char *kind = bounce->type;
    int code = bounce->code;

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (bounce->type[0] ? strcasecmp(bounce->type, kinds[i].kind) == 0
                            : bounce->code == kinds[i].code) {
            kind = kinds[i].kind;
            code = kinds[i].code;
        }
    snprintf(bounce->kind, sizeof(bounce->kind), "%s", kind);
    bounce->dropped = code == DROPPED;
}

/* The bounce itself, whatever it is wrapped in. */
static const cJSON *unwrap(const cJSON *object)
{
    const cJSON *list = json_member(object, "Bounces");
    const cJSON *single = json_member(object, "Bounce");

    if (cJSON_IsArray(list))
        return cJSON_GetArrayItem(list, 0);
    return cJSON_IsObject(single) ? single : object;
}

bool trx_bounce_read(struct trx_bounce *bounce, const cJSON *object)
{
    memset(bounce, 0, sizeof(*bounce));
    object = unwrap(object);
    json_word(object, "ID", bounce->id, sizeof(bounce->id));
    json_whole(object, "TypeCode", &bounce->code);
    json_copy(bounce->type, sizeof(bounce->type), object, "Type");
    json_copy(bounce->email, sizeof(bounce->email), object, "Email");
    json_copy(bounce->from, sizeof(bounce->from), object, "From");
    json_copy(bounce->subject, sizeof(bounce->subject), object, "Subject");
    json_copy(bounce->when, sizeof(bounce->when), object, "BouncedAt");
    json_copy(bounce->message_id, sizeof(bounce->message_id), object,
              "MessageID");
    json_copy(bounce->details, sizeof(bounce->details), object, "Details");
    bounce->inactive = json_flag(object, "Inactive");
    bounce->can_activate = json_flag(object, "CanActivate");
    name_kind(bounce);
    return bounce->id[0] || bounce->kind[0] || bounce->details[0];
}

static void put(struct event *event, const char *key, const char *text)
{
    event_put_text(event, key, text[0] ? text : NULL);
}

struct event *trx_bounce_event(const struct trx_bounce *bounce)
{
    struct event *event = event_new("bounce");

    put(event, "id", bounce->id);
    put(event, "type", bounce->type);
    if (bounce->code)
        event_put_number(event, "code", bounce->code);
    else
        event_put_text(event, "code", NULL);
    put(event, "kind", bounce->kind);
    put(event, "when", bounce->when);
    put(event, "details", bounce->details);
    put(event, "email", bounce->email);
    put(event, "from", bounce->from);
    put(event, "subject", bounce->subject);
    put(event, "message_id", bounce->message_id);
    event_put_flag(event, "inactive", bounce->inactive);
    event_put_flag(event, "can_activate", bounce->can_activate);
    return event;
}

/* The length of "5.1.1", "4.7.26" ... that stands by itself, or 0. */
static size_t enhanced_at(const char *text)
{
    size_t second, third, end;

    if ((text[0] != '4' && text[0] != '5') || text[1] != '.')
        return 0;
    second = strspn(text + 2, DIGITS);
    if (second < 1 || second > 3 || text[2 + second] != '.')
        return 0;
    third = strspn(text + 3 + second, DIGITS);
    end = 3 + second + third;
    if (third < 1 || third > 3 || isalnum((unsigned char)text[end]) ||
        (text[end] == '.' && isdigit((unsigned char)text[end + 1])))
        return 0;
    return end;
}

/* The reply code at `s`: three digits at the start, after a colon or before an
 * enhanced code. Elsewhere they may as well be seconds. */
static int code_at(const char *text, const char *s)
{
    bool fits = s == text || (s - text >= 2 && s[-2] == ':' && s[-1] == ' ');

    if ((s[0] != '4' && s[0] != '5') || s[1] < '0' || s[1] > '5' ||
        !isdigit((unsigned char)s[2]) || !strchr(" -\r\n", s[3]))
        return 0;
    if (!fits && (s[3] == '\0' || enhanced_at(s + 4) == 0))
        return 0;
    return (s[0] - '0') * 100 + (s[1] - '0') * 10 + (s[2] - '0');
}

static void find_codes(const char *text, struct ending *ending)
{
    for (const char *s = text; *s; s++) {
        bool start = s == text || strchr(" ;:(#[-\t\r\n", s[-1]);
        size_t length = start ? enhanced_at(s) : 0;

        if (start && ending->code == 0)
            ending->code = code_at(text, s);
        if (length > 0 && !ending->enhanced[0])
            snprintf(ending->enhanced, sizeof(ending->enhanced), "%.*s",
                     (int)length, s);
    }
}

void trx_bounce_words(const char *details, struct ending *ending)
{
    size_t type = strspn(details, "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789");

    if (type > 0 && details[type] == ';')
        details += type + 1;
    details += strspn(details, " \t\r\n");
    utf8_mend(ending->reply, sizeof(ending->reply), details, strlen(details));
    ending->code = 0;
    ending->enhanced[0] = '\0';
    find_codes(details, ending);
}
