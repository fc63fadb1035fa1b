/* SPDX-License-Identifier: MIT */
/* The results that a copy's receiver tells: which count, and what they say. */
#include "net/copy_check.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define NAME(id, name) name,
static const char *const method_names[COPY_METHOD_COUNT] = {COPY_METHODS(NAME)};

const char *copy_method_name(enum copy_method method)
{
    return method_names[method];
}

static enum copy_method method_of(const char *name)
{
    for (int i = 0; i < COPY_METHOD_COUNT; i++)
        if (strcmp(method_names[i], name) == 0)
            return (enum copy_method)i;
    return COPY_METHOD_COUNT;
}

void copy_domain(char *out, size_t size, const char *address)
{
    const char *open = strrchr(address, '<');
    const char *at = strrchr(open ? open : address, '@');
    const char *domain = at ? at + 1 : open ? open + 1 : address;
    size_t length = strcspn(domain, ">,; )");

    while (length > 0 && domain[length - 1] == '.')
        length--;
    if (length >= size || memchr(domain, '"', length) ||
        (length == 4 && strncasecmp(domain, "none", 4) == 0))
        length = 0;
    memcpy(out, domain, length);
    out[length] = '\0';
    for (; *out; out++)
        if (*out >= 'A' && *out <= 'Z')
            *out = (char)(*out - 'A' + 'a');
}

/* The domain that a result is about: the first of its properties. */
static void take_domain(char *out, size_t size, enum copy_method method,
                        const struct authres_result *result)
{
    static const char *const names[COPY_METHOD_COUNT][4] = {
        [COPY_SPF] = {"smtp.mailfrom", "smtp.mail", "smtp.helo",
                      "envelope-from"},
        [COPY_DKIM] = {"header.d", "header.i", "header.from", NULL},
        [COPY_DMARC] = {"header.from", "from", "d", NULL},
        [COPY_COMPAUTH] = {NULL},
        [COPY_ARC] = {"header.oldest-pass", NULL},
        [COPY_IPREV] = {"policy.iprev", "smtp.remote-ip", NULL},
        [COPY_SENDERID] = {"header.from", NULL},
        [COPY_DOMAINKEYS] = {"header.from", "header.d", NULL},
    };

    out[0] = '\0';
    for (size_t i = 0; i < COUNT(names[method]) && names[method][i] && !*out;
         i++)
        copy_domain(out, size, authres_property(result, names[method][i]));
}

/* Old words for what has another name now. */
static void take_word(char out[AUTHRES_WORD_MAX], const char *word)
{
    static const struct {
        const char *old, *now;
    } words[] = {
        {"hardfail", "fail"},
        {"error", "temperror"},
        {"temporary", "temperror"},
        {"invalid", "permerror"},
    };

    for (size_t i = 0; i < COUNT(words); i++)
        if (strcmp(words[i].old, word) == 0)
            word = words[i].now;
    snprintf(out, AUTHRES_WORD_MAX, "%s", word);
}

int copy_rank(const char *result, enum alignment aligned)
{
    bool pass = strcmp(result, "pass") == 0;

    return (pass ? 4 : 0) + (aligned != ALIGNMENT_NONE ? 2 : 0) +
           (!pass && strcmp(result, "none") != 0 && result[0] ? 1 : 0);
}

void copy_add_signature(struct copy *copy, const struct copy_check *check)
{
    struct copy_signature *signature;

    if (!check->domain[0] || strcmp(check->result, "none") == 0 ||
        copy->signature_count == COPY_SIGNATURES_MAX)
        return;
    signature = &copy->signatures[copy->signature_count++];
    snprintf(signature->domain, sizeof(signature->domain), "%s", check->domain);
    snprintf(signature->selector, sizeof(signature->selector), "%s",
             check->selector);
    snprintf(signature->result, sizeof(signature->result), "%s", check->result);
    snprintf(signature->note, sizeof(signature->note), "%.255s%s%.250s",
             check->note, check->note[0] && check->reason[0] ? "; " : "",
             check->reason);
}

static void read_check(struct copy_check *check, enum copy_method method,
                       const struct authres *field,
                       const struct authres_result *result)
{
    memset(check, 0, sizeof(*check));
    take_word(check->result, result->result);
    take_domain(check->domain, sizeof(check->domain), method, result);
    snprintf(check->note, sizeof(check->note), "%s", result->note);
    snprintf(check->reason, sizeof(check->reason), "%s", result->reason);
    snprintf(check->by, sizeof(check->by), "%s", field->id);
    if (method == COPY_DKIM)
        snprintf(check->selector, sizeof(check->selector), "%s",
                 authres_property(result, "header.s"));
}

static void doubt(struct copy *copy, const char *id,
                  const struct authres_result *result)
{
    struct copy_doubtful *doubtful;
    enum copy_method method = method_of(result->method);

    if (copy->doubtful_count == COPY_DOUBTFUL_MAX ||
        method == COPY_METHOD_COUNT)
        return;
    doubtful = &copy->doubtful[copy->doubtful_count++];
    snprintf(doubtful->by, sizeof(doubtful->by), "%s", id);
    snprintf(doubtful->method, sizeof(doubtful->method), "%s", result->method);
    snprintf(doubtful->result, sizeof(doubtful->result), "%s", result->result);
    take_domain(doubtful->domain, sizeof(doubtful->domain), method, result);
}

/* Whether a result told in the present field counts: the first field that
 * tells of a method rules, one of a gateway before the mailbox most of all. */
static bool is_first(const struct copy_reading *reading,
                     const struct copy_check *known)
{
    return !known->result[0] || known->field == 0 ||
           known->field == reading->field || reading->zone.layer > known->layer;
}

static void keep(struct copy_reading *reading, enum copy_method method,
                 struct copy_check *check)
{
    struct copy *copy = reading->copy;
    struct copy_check *known = &copy->checks[method];
    bool anew = known->field != reading->field;

    check->field = reading->field;
    check->layer = reading->zone.layer;
    check->aligned = orgdomain_align(check->domain, copy->from);
    if (method == COPY_DMARC && known->result[0] && anew)
        reading->above_failed = strcmp(known->result, "fail") == 0;
    if (method == COPY_DKIM) {
        if (anew && known->result[0]) /* the gateway knows them better */
            copy->signature_count = 0;
        copy_add_signature(copy, check);
    }
    if (anew || copy_rank(check->result, check->aligned) >
                    copy_rank(known->result, known->aligned))
        *known = *check;
}

void copy_take_results(struct copy_reading *reading)
{
    struct authres_result result;
    struct copy_check check;
    struct authres field;
    bool trusted;

    authres_open(&field, reading->body);
    trusted = zone_trusts(&reading->zone, field.id);
    if (trusted && !reading->copy->raw[0])
        snprintf(reading->copy->raw, sizeof(reading->copy->raw), "%.*s",
                 COPY_RAW_MAX - 1, reading->body);
    while (authres_next(&field, &result)) {
        enum copy_method method = method_of(result.method);

        if (method == COPY_METHOD_COUNT)
            continue;
        if (!trusted || !is_first(reading, &reading->copy->checks[method])) {
            doubt(reading->copy, field.id, &result);
            continue;
        }
        read_check(&check, method, &field, &result);
        keep(reading, method, &check);
    }
}

/* What the receiver sealed for who comes after it: the same results, for want
 * of others. */
void copy_take_sealed(struct copy_reading *reading)
{
    struct authres_result result;
    struct authres field;

    if (reading->zone.zone != ZONE_OWN || !reading->zone.traced)
        return;
    authres_open(&field, reading->body);
    while (authres_next(&field, &result)) {
        enum copy_method method = method_of(result.method);
        struct copy_check *known =
            method < COPY_METHOD_COUNT ? &reading->copy->checks[method] : NULL;
        struct copy_check check;

        if (!known || (known->result[0] && known->field != 0))
            continue;
        read_check(&check, method, &field, &result);
        check.aligned = orgdomain_align(check.domain, reading->copy->from);
        if (copy_rank(check.result, check.aligned) >=
            copy_rank(known->result, known->aligned))
            *known = check;
    }
}

/* "pass (domain of x designates ...) client-ip=192.0.2.1; envelope-from=..." */
void copy_take_received_spf(struct copy_reading *reading)
{
    struct copy *copy = reading->copy;
    struct copy_check *known = &copy->checks[COPY_SPF];
    struct copy_check check = {.result = ""};
    struct authres_result result;
    struct authres field;
    char words[HEADER_VALUE_MAX + 8];

    if (!zone_is_own(&reading->zone))
        return;
    snprintf(words, sizeof(words), "spf=%s", reading->body);
    for (char *at = words; *at; at++)
        if (*at == ';')
            *at = ' ';
    authres_open(&field, words);
    if (!authres_next(&field, &result))
        return;
    if (!copy->ip[0])
        received_ip(copy->ip, authres_property(&result, "client-ip"));
    if (known->result[0])
        return;
    read_check(&check, COPY_SPF, &field, &result);
    if (!check.domain[0])
        copy_domain(check.domain, sizeof(check.domain),
                    authres_property(&result, "helo"));
    check.aligned = orgdomain_align(check.domain, copy->from);
    *known = check;
}
