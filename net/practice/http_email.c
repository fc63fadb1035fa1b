/* SPDX-License-Identifier: MIT */
/* POST /email: the checks in the service's order, then the queue. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "net/line.h"
#include "net/practice/files.h"
#include "net/practice/http_call.h"
#include "net/practice/moment.h"

#define JSON_DEPTH 32
#define STREAM "outbound"
#define INACTIVE_MEANS                                                         \
    "Inactive recipients are ones that have generated a hard bounce, a spam "  \
    "complaint, or a manual suppression."

/* A mail on its way through the checks. */
struct email {
    const struct call *call;
    cJSON *json;
    struct draft draft;
    struct seated people[PEOPLE_MAX];
    struct pile inactive; /* addresses, as the service lists them */
    size_t inactive_count, recipient_count;
    struct pile raw;
    enum manner manner;
    struct answer answer;
};

/* Each returns whether the mail may go on; else the answer is set. */
typedef bool check(struct email *email);

static bool refuse(struct email *email, struct answer answer)
{
    email->answer = answer;
    return false;
}

static const char *text_of(const struct email *email, const char *name)
{
    return cJSON_GetStringValue(
        cJSON_GetObjectItemCaseSensitive(email->json, name));
}

static bool is_json_type(struct email *email)
{
    const char *type = MHD_lookup_connection_value(
        email->call->connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_TYPE);

    if (type && strncasecmp(type, "application/json", 16) == 0)
        return true;
    return refuse(email, answer_fault(UNPROCESSABLE, 409,
                                      "The 'Content-Type' header must be "
                                      "'application/json'."));
}

static bool is_small(struct email *email)
{
    return !email->call->body->over ||
           refuse(email,
                  answer_fault(TOO_LARGE, 300, "The message is too large."));
}

static bool is_json(struct email *email)
{
    const struct pile *body = email->call->body;

    if (body->length && line_is_sane(body->bytes, body->length, JSON_DEPTH))
        email->json = cJSON_ParseWithOpts(body->bytes, NULL, 1);
    return email->json ||
           refuse(email, answer_fault(UNPROCESSABLE, 402,
                                      "Received invalid JSON input."));
}

/* Fields that are given but are no text. */
static bool has_right_types(struct email *email)
{
    static const char *const texts[] = {
        "From", "To",       "Cc",       "Bcc",        "ReplyTo",      "Subject",
        "Tag",  "TextBody", "HtmlBody", "TrackLinks", "MessageStream"};

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        const cJSON *item =
            cJSON_GetObjectItemCaseSensitive(email->json, texts[i]);

        if (item && !cJSON_IsString(item) && !cJSON_IsNull(item))
            return refuse(email,
                          answer_fault(UNPROCESSABLE, 403,
                                       "Invalid value of '%s'.", texts[i]));
    }
    return true;
}

static bool has_from(struct email *email)
{
    const char *from = text_of(email, "From");
    const char *rest = from ? person_read(&email->draft.from, from) : NULL;

    if (!rest || *rest)
        return refuse(email, answer_fault(UNPROCESSABLE, 300,
                                          "Invalid 'From' address: '%.200s'.",
                                          from ? from : ""));
    return true;
}

static bool read_people(struct email *email, const char *name, enum seat seat)
{
    const char *text = text_of(email, name);

    while (text && *text) {
        struct seated *who = &email->people[email->draft.people_count];

        if (email->draft.people_count == PEOPLE_MAX)
            return refuse(email, answer_fault(UNPROCESSABLE, 300,
                                              "Too many recipients."));
        text = person_read(&who->person, text);
        if (!text)
            return refuse(email, answer_fault(UNPROCESSABLE, 300,
                                              "Invalid '%s' address: '%.200s'.",
                                              name, who->person.address));
        who->seat = seat;
        email->draft.people_count++;
        email->recipient_count += seat != SEAT_REPLY_TO;
    }
    return true;
}

static bool has_people(struct email *email)
{
    static const char *const names[SEAT_COUNT] = {"To", "Cc", "Bcc", "ReplyTo"};

    for (int seat = 0; seat < SEAT_COUNT; seat++)
        if (!read_people(email, names[seat], (enum seat)seat))
            return false;
    email->draft.people = email->people;
    if (email->recipient_count == 0)
        return refuse(email, answer_fault(UNPROCESSABLE, 300,
                                          "Zero recipients specified."));
    if (email->recipient_count > RECIPIENTS_MAX)
        return refuse(email, answer_fault(UNPROCESSABLE, 300,
                                          "Too many recipients; at most %d "
                                          "are allowed.",
                                          RECIPIENTS_MAX));
    return true;
}

static bool has_text(struct email *email)
{
    email->draft.text = text_of(email, "TextBody");
    email->draft.html = text_of(email, "HtmlBody");
    return email->draft.text || email->draft.html ||
           refuse(email, answer_fault(UNPROCESSABLE, 300,
                                      "Provide either email TextBody or "
                                      "HtmlBody or both."));
}

static bool sender_is_good(struct email *email)
{
    const char *from = email->draft.from.address;
    unsigned faults = plot_faults(email->call->world->scenario);

    if (!plot_knows_sender(from))
        return refuse(
            email, answer_fault(UNPROCESSABLE, 400,
                                "The 'From' address you supplied (%s) is not "
                                "a Sender Signature on your account.",
                                from));
    if ((faults & FAULT_AT_SENDER) && strcasecmp(from, PLOT_FROM) == 0)
        return refuse(email,
                      answer_fault(UNPROCESSABLE, 401,
                                   "The Sender Signature of the 'From' address "
                                   "you supplied (%s) is not confirmed.",
                                   from));
    return true;
}

static bool has_credits(struct email *email)
{
    unsigned faults = plot_faults(email->call->world->scenario);

    return !(faults & FAULT_AT_CREDITS) ||
           refuse(email, answer_fault(UNPROCESSABLE, 405,
                                      "Not allowed to send: your account has "
                                      "run out of credits."));
}

static bool has_stream(struct email *email)
{
    const char *stream = text_of(email, "MessageStream");

    return !stream || strcasecmp(stream, STREAM) == 0 ||
           refuse(email, answer_fault(UNPROCESSABLE, 1235,
                                      "The 'MessageStream' provided does not "
                                      "exist on this server."));
}

static bool has_fit_files(struct email *email)
{
    return files_fit(email->json) ||
           refuse(email, answer_fault(UNPROCESSABLE, 411,
                                      "Attachments of this type are not "
                                      "allowed."));
}

static void list_inactive(struct email *email, const char *address)
{
    char small[ADDRESS_MAX];
    size_t i = 0;

    for (; address[i] && i < sizeof(small) - 1; i++)
        small[i] = (char)tolower((unsigned char)address[i]);
    small[i] = '\0';
    pile_format(&email->inactive, "%s%s", email->inactive_count++ ? ", " : "",
                small);
}

static bool refuse_inactive(struct email *email)
{
    bool old = call_has(email->call, QUIRK_BIT(INACTIVE_OLD));
    unsigned status = call_has(email->call, QUIRK_BIT(INACTIVE_406))
                          ? MHD_HTTP_NOT_ACCEPTABLE
                          : UNPROCESSABLE;

    return refuse(email,
                  answer_fault(status, 406,
                               "You tried to send to recipient(s) that have "
                               "been marked as inactive.%sFound inactive "
                               "addresses: %.700s.%s" INACTIVE_MEANS,
                               old ? "\n" : " ", email->inactive.bytes,
                               old ? "\n" : " "));
}

static bool has_active(struct email *email)
{
    const struct call *call = email->call;

    for (size_t i = 0; i < email->draft.people_count; i++) {
        const struct seated *who = &email->people[i];

        if (who->seat != SEAT_REPLY_TO &&
            bounces_block(&call->world->bounces, who->person.address,
                          call->now))
            list_inactive(email, who->person.address);
    }
    return email->inactive_count < email->recipient_count ||
           call_has(call, QUIRK_BIT(INACTIVE_SOME)) || refuse_inactive(email);
}

static unsigned status_of(int code)
{
    static const struct {
        int code;
        unsigned status;
    } statuses[] = {{10, 401}, {100, 503}, {413, 413}, {429, 429}, {500, 500}};

    for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++)
        if (statuses[i].code == code)
            return statuses[i].status;
    return UNPROCESSABLE;
}

/* An actor is asked last of all: what is wrong with the mail was said. */
static bool actor_agrees(struct email *email)
{
    static const char page[] = "<html><head><title>403 Forbidden</title></head>"
                               "<body>Blocked by the gateway</body></html>";
    const struct actor *actor = NULL;
    int code = 0;

    for (size_t i = 0; i < email->draft.people_count && !actor; i++)
        actor = actor_find(email->people[i].person.address, &code);
    if (!actor)
        return true;
    email->manner = actor->manner;
    if (actor->manner == MANNER_PAGE)
        return refuse(
            email, (struct answer){.status = MHD_HTTP_FORBIDDEN, .page = page});
    return actor->manner != MANNER_REFUSE ||
           refuse(email, answer_fault(status_of(code), code,
                                      "The service says %d.", code));
}

/* In the order in which the service looks. */
static check *const checks[] = {
    is_json_type,  is_small,   is_json,        has_right_types, has_from,
    has_people,    has_text,   sender_is_good, has_credits,     has_stream,
    has_fit_files, has_active, actor_agrees,
};

static void put_headers(struct email *email)
{
    const cJSON *headers =
        cJSON_GetObjectItemCaseSensitive(email->json, "Headers");
    const cJSON *header;

    if (!cJSON_IsArray(headers))
        return;
    cJSON_ArrayForEach(header, headers)
    {
        const char *name = cJSON_GetStringValue(
            cJSON_GetObjectItemCaseSensitive(header, "Name"));
        const char *value = cJSON_GetStringValue(
            cJSON_GetObjectItemCaseSensitive(header, "Value"));

        if (name && value)
            letter_add_field(&email->raw, name, value);
    }
}

static int queue(struct email *email)
{
    const struct call *call = email->call;
    struct draft *draft = &email->draft;
    const char *subject = text_of(email, "Subject");
    const char *tag = text_of(email, "Tag");
    char date[MOMENT_SIZE];
    struct parts parts = {.id = draft->id,
                          .date = date,
                          .from = &draft->from,
                          .people = email->people,
                          .people_count = draft->people_count,
                          .subject = subject,
                          .text = draft->text,
                          .html = draft->html};

    moment_mail(date, world_calendar(call->world, call->now));
    draft->subject = subject ? subject : "";
    draft->tag = tag ? tag : "";
    draft->stream = STREAM;
    if (draw_uuid(draft->id) != 0)
        return -1;
    letter_compose_head(&email->raw, &parts);
    put_headers(email);
    letter_compose_body(&email->raw, &parts);
    if (email->raw.over)
        return -1;
    draft->raw = email->raw.bytes;
    draft->raw_length = email->raw.length;
    return world_submit(call->world, draft, call->now);
}

static struct answer accepted(const struct email *email)
{
    const struct call *call = email->call;
    struct answer answer = answer_with(cJSON_CreateObject());
    const char *to = text_of(email, "To");
    char moment[MOMENT_SIZE], text[1024] = "OK";

    /* The offset of the service's own clock, not of ours. */
    moment_json(moment, world_calendar(call->world, call->now), -5 * 60);
    if (email->manner == MANNER_NO_CODE)
        snprintf(text, sizeof(text),
                 "Message accepted, but delivery may be delayed.");
    if (email->inactive_count)
        snprintf(text, sizeof(text),
                 "Message OK, but will not deliver to these inactive "
                 "addresses: %.700s. " INACTIVE_MEANS,
                 email->inactive.bytes);
    if (to)
        cJSON_AddStringToObject(answer.body, "To", to);
    cJSON_AddStringToObject(answer.body, "SubmittedAt", moment);
    cJSON_AddStringToObject(answer.body, "MessageID", email->draft.id);
    if (email->manner != MANNER_NO_CODE)
        cJSON_AddNumberToObject(answer.body, "ErrorCode", 0);
    cJSON_AddStringToObject(answer.body, "Message", text);
    return answer;
}

struct answer http_email_send(const struct call *call)
{
    struct email *email = calloc(1, sizeof(*email));
    struct answer answer = {0};

    if (!email)
        return answer;
    email->call = call;
    pile_init(&email->inactive, LETTER_MAX);
    pile_init(&email->raw, 2 * LETTER_MAX);
    for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++)
        if (!checks[i](email))
            goto out;
    if (queue(email) == 0)
        email->answer = accepted(email);
    else
        email->answer = answer_fault(MHD_HTTP_SERVICE_UNAVAILABLE, 100,
                                     "The service is under maintenance.");
out:
    answer = email->answer;
    answer.manner = email->manner;
    cJSON_Delete(email->json);
    pile_release(&email->inactive);
    pile_release(&email->raw);
    free(email);
    return answer;
}
