/* SPDX-License-Identifier: MIT */
/* What the spam filters of a receiver wrote into the header of a mail. */
#include "net/filter.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Microsoft's marks: 5 and more is spam, -1 was let pass unasked. */
#define SCL_SPAM 5

static void say(struct filter *filter, bool spam)
{
    enum filter_verdict verdict = spam ? FILTER_SPAM : FILTER_CLEAN;

    if (verdict > filter->verdict)
        filter->verdict = verdict;
}

/* The number at `text`, within what a score can be. */
static bool read_number(double *number, const char *text)
{
    char *end;
    double value = strtod(text, &end);

    if (end == text || !isfinite(value) || fabs(value) > 1e6)
        return false;
    *number = value;
    return true;
}

/* Behind `key`, which stands at the start of a word, or NULL. */
static const char *after(const char *body, const char *key)
{
    size_t length = strlen(key);

    for (const char *at = body; *at; at++)
        if ((at == body || strchr(" ;,[", at[-1])) &&
            strncasecmp(at, key, length) == 0)
            return at + length;
    return NULL;
}

static void take_score(struct filter *filter, const char *text)
{
    if (text && !filter->scored)
        filter->scored = read_number(&filter->score, text);
}

static void take_limit(struct filter *filter, const char *text)
{
    if (text && !filter->limited)
        filter->limited = read_number(&filter->limit, text);
}

static void add_test(struct filter *filter, const char *name, size_t length)
{
    size_t filled = strlen(filter->tests);

    if (length == 0 || filled + length + 2 > sizeof(filter->tests))
        return;
    snprintf(filter->tests + filled, sizeof(filter->tests) - filled, "%s%.*s",
             filled > 0 ? "," : "", (int)length, name);
}

static size_t test_length(const char *name)
{
    size_t length = 0;

    while (isalnum((unsigned char)name[length]) || name[length] == '_')
        length++;
    return length;
}

/* "A,B=0.1, C autolearn=no": names up to a word of another kind. Those whose
 * own score is below zero speak for the mail. */
static void take_tests(struct filter *filter, const char *list)
{
    while (list && *list) {
        size_t length;
        double score = 0;

        list += strspn(list, " ,[");
        length = test_length(list);
        if (length == 0 || !isupper((unsigned char)*list))
            return;
        if (list[length] == '=')
            read_number(&score, list + length + 1);
        if (score >= 0)
            add_test(filter, list, length);
        list += strcspn(list, ", ");
    }
}

/* "Yes, score=6.1 required=5.0 tests=A,B", of SpamAssassin and its kin. */
static void read_status(struct filter *filter, const char *body)
{
    if (strncasecmp(body, "yes", 3) == 0 || strncasecmp(body, "no", 2) == 0)
        say(filter, tolower((unsigned char)*body) == 'y');
    take_score(filter, after(body, "score="));
    take_score(filter, after(body, "hits="));
    take_limit(filter, after(body, "required="));
    take_limit(filter, after(body, "tag_level="));
    if (!filter->tests[0])
        take_tests(filter, after(body, "tests="));
}

static void read_flag(struct filter *filter, const char *body)
{
    static const char *const yes[] = {"yes", "true", "spam", "1", "junk"};
    static const char *const no[] = {"no",       "false",   "ham",     "ok",
                                     "innocent", "notspam", "notjunk", "0"};
    size_t length = test_length(body);

    for (size_t i = 0; i < COUNT(yes); i++)
        if (strlen(yes[i]) == length && strncasecmp(body, yes[i], length) == 0)
            say(filter, true);
    for (size_t i = 0; i < COUNT(no); i++)
        if (strlen(no[i]) == length && strncasecmp(body, no[i], length) == 0)
            say(filter, false);
}

static void read_score(struct filter *filter, const char *body)
{
    take_score(filter, body);
}

/* "5.5 points; 2.0 URIBL_BLACK Contains ...": a test stands after its score. */
static void read_report(struct filter *filter, const char *body)
{
    const char *at = body;
    char *rest;

    if (filter->tests[0])
        return;
    for (; *at; at++) {
        double score = strtod(at, &rest);
        size_t length;

        if (rest == at || (at > body && at[-1] != ' '))
            continue;
        at = rest + strspn(rest, " ");
        length = test_length(at);
        if (length > 2 && score > 0 && isupper((unsigned char)*at) &&
            isupper((unsigned char)at[1]))
            add_test(filter, at, length);
        if (!*at)
            return;
    }
}

/* "default: True [15.2 / 15.00]; SYMBOL(1.00)[option]; ..." of rspamd. */
static void read_rspamd(struct filter *filter, const char *body)
{
    const char *bracket = strchr(body, '[');
    const char *word = after(body, "true") ? "true" : "false";

    if (after(body, word) && bracket)
        say(filter, word[0] == 't');
    if (bracket) {
        const char *slash = strchr(bracket, '/');

        take_score(filter, bracket + 1);
        take_limit(filter, slash ? slash + 1 : NULL);
    }
    while ((body = strchr(body, ';'))) {
        double score = 0;
        size_t length;

        body += 1 + strspn(body + 1, " ");
        length = test_length(body);
        if (body[length] == '(' && read_number(&score, body + length + 1) &&
            score > 0)
            add_test(filter, body, length);
    }
}

static void read_action(struct filter *filter, const char *body)
{
    if (strncasecmp(body, "no action", 9) == 0 ||
        strncasecmp(body, "greylist", 8) == 0)
        say(filter, false);
    else if (strncasecmp(body, "add header", 10) == 0 ||
             strncasecmp(body, "rewrite subject", 15) == 0 ||
             strncasecmp(body, "reject", 6) == 0)
        say(filter, true);
}

/* The capitals after `key`. */
static void take_mark(char *out, size_t size, const char *body, const char *key)
{
    const char *at = after(body, key);
    size_t length = at ? test_length(at) : 0;

    if (out[0] || length == 0 || length >= size)
        return;
    for (size_t i = 0; i < length; i++)
        out[i] = (char)toupper((unsigned char)at[i]);
    out[length] = '\0';
}

static void take_scl(struct filter *filter, const char *text)
{
    take_score(filter, text);
    if (text && filter->scored)
        say(filter, filter->score >= SCL_SPAM);
}

/* "SCL:5;SFV:SPM;CAT:SPM;..." */
static void read_forefront(struct filter *filter, const char *body)
{
    take_scl(filter, after(body, "SCL:"));
    take_mark(filter->sfv, sizeof(filter->sfv), body, "SFV:");
    take_mark(filter->cat, sizeof(filter->cat), body, "CAT:");
    if (strcmp(filter->sfv, "SPM") == 0 || strcmp(filter->sfv, "SKS") == 0 ||
        strcmp(filter->sfv, "SKB") == 0 || strcmp(filter->sfv, "BLK") == 0)
        say(filter, true);
}

static void read_scl(struct filter *filter, const char *body)
{
    take_scl(filter, body);
}

static void read_bulk(struct filter *filter, const char *body)
{
    const char *at = after(body, "BCL:");

    if (at && isdigit((unsigned char)*at))
        filter->bulk = *at - '0';
}

/* "ucf:0;jmr:0;auth:0;dest:J;..." */
static void read_delivery(struct filter *filter, const char *body)
{
    take_mark(filter->dest, sizeof(filter->dest), body, "dest:");
    if (filter->dest[0])
        say(filter, strcmp(filter->dest, "J") == 0);
}

/* "rule=notspam policy=default score=0 ..." */
static void read_proofpoint(struct filter *filter, const char *body)
{
    const char *at = after(body, "rule=");
    char rule[64];

    if (!at)
        return;
    snprintf(rule, sizeof(rule), "%.*s", (int)strcspn(at, " ;"), at);
    say(filter, !strstr(rule, "notspam") &&
                    (strstr(rule, "spam") || strstr(rule, "phish")));
    take_score(filter, after(body, "score="));
}

/* "0 (Mail was not recognized as spam)"; "junk:10;M01:..." */
static void read_gmx(struct filter *filter, const char *body)
{
    double mark;

    if (strncasecmp(body, "junk:", 5) == 0)
        say(filter, true);
    else if (strncasecmp(body, "notjunk:", 8) == 0)
        say(filter, false);
    else if (read_number(&mark, body))
        say(filter, mark > 0);
}

/* The address of who is filtered. */
static void read_always(struct filter *filter, const char *body)
{
    (void)body;
    say(filter, true);
}

static const struct {
    const char *field, *name;
    void (*read)(struct filter *, const char *);
} readers[] = {
    {"X-Forefront-Antispam-Report", "microsoft", read_forefront},
    {"X-MS-Exchange-Organization-SCL", "microsoft", read_scl},
    {"X-Microsoft-Antispam", "microsoft", read_bulk},
    {"X-Microsoft-Antispam-Mailbox-Delivery", "microsoft", read_delivery},
    {"X-Spam-Status", "spamassassin", read_status},
    {"X-Spam-Flag", "spamassassin", read_flag},
    {"X-Spam-Report", "spamassassin", read_report},
    {"X-Spamd-Result", "rspamd", read_rspamd},
    {"X-Rspamd-Action", "rspamd", read_action},
    {"X-Spam-Action", "rspamd", read_action},
    {"X-Rspamd-Score", "rspamd", read_score},
    {"X-Barracuda-Spam-Status", "barracuda", read_status},
    {"X-Barracuda-Spam-Flag", "barracuda", read_flag},
    {"X-Barracuda-Spam-Score", "barracuda", read_score},
    {"X-Mimecast-Spam-Score", "mimecast", read_score},
    {"X-Mimecast-Spam-Signature", "mimecast", read_flag},
    {"X-Proofpoint-Spam-Details", "proofpoint", read_proofpoint},
    {"X-TM-AS-Result", "trendmicro", read_flag},
    {"X-GMX-Antispam", "gmx", read_gmx},
    {"X-UI-Filterresults", "gmx", read_gmx},
    {"X-YahooFilteredBulk", "yahoo", read_always},
    {"X-SpamExperts-Class", "spamexperts", read_flag},
    {"X-VR-SPAMSTATE", "ovh", read_flag},
    {"X-Bogosity", "bogofilter", read_flag},
    {"X-DSPAM-Result", "dspam", read_flag},
    {"X-SpamReason", "messagelabs", read_status},
};

static struct filter *filter_of(struct filters *filters, const char *name)
{
    for (size_t i = 0; i < filters->count; i++)
        if (strcmp(filters->filters[i].name, name) == 0)
            return &filters->filters[i];
    if (filters->count == FILTERS_MAX)
        return NULL;
    filters->filters[filters->count].name = name;
    return &filters->filters[filters->count++];
}

bool filter_take(struct filters *filters, const struct header_item *item,
                 const char *body)
{
    for (size_t i = 0; i < COUNT(readers); i++) {
        struct filter *filter;

        if (!header_is(item, readers[i].field))
            continue;
        filter = filter_of(filters, readers[i].name);
        if (filter)
            readers[i].read(filter, body);
        return true;
    }
    return false;
}

const struct filter *filter_find(const struct filters *filters,
                                 const char *name)
{
    for (size_t i = 0; i < filters->count; i++)
        if (strcmp(filters->filters[i].name, name) == 0)
            return &filters->filters[i];
    return NULL;
}

const struct filter *filter_spam(const struct filters *filters)
{
    for (size_t i = 0; i < filters->count; i++)
        if (filters->filters[i].verdict == FILTER_SPAM)
            return &filters->filters[i];
    return NULL;
}

bool filter_is_listed(const struct filter *filter)
{
    static const char *const lists[] = {"RCVD_IN_", "RBL_", "RECEIVED_SPAMHAUS",
                                        "DNSBL"};
    static const char *const good[] = {
        "RCVD_IN_DNSWL", "RCVD_IN_MSPIKE_H",           "RCVD_IN_MSPIKE_WL",
        "RCVD_IN_IADB",  "RCVD_IN_VALIDITY_CERTIFIED", "RCVD_IN_VALIDITY_SAFE"};
    const char *at = filter->tests;

    for (; *at; at += strcspn(at, ","), at += *at == ',') {
        bool is_good = false, is_list = false;

        for (size_t i = 0; i < COUNT(good); i++)
            is_good |= strncmp(at, good[i], strlen(good[i])) == 0;
        for (size_t i = 0; i < COUNT(lists); i++)
            is_list |= strncmp(at, lists[i], strlen(lists[i])) == 0;
        if (is_list && !is_good)
            return true;
    }
    return false;
}

const char *filter_verdict_name(enum filter_verdict verdict)
{
    static const char *const names[] = {
        [FILTER_SILENT] = NULL,
        [FILTER_CLEAN] = "clean",
        [FILTER_SPAM] = "spam",
    };

    return names[verdict];
}
