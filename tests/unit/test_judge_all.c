/* SPDX-License-Identifier: MIT */
/* Every outcome of every attempt: always one verdict, none that the evidence
 * does not carry, and the same in whatever order the looks end. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "steps/graph.h"
#include "steps/judge.h"
#include "steps/live.h"
#include "steps/steps.h"

#define PAIRS 8

/* What each witness of one attempt tells, as the end of its probe. */
struct tale {
    const char *send, *watch, *mailbox, *notice, *person;
};

#define ACCEPTED "\"outcome\":\"pass\",\"code\":250"
#define LOST "\"outcome\":\"unknown\",\"fault\":\"dropped\",\"phase\":\"final\""
#define REFUSED                                                                \
    "\"outcome\":\"fault\",\"fault\":\"refused\",\"phase\":\"mail\","          \
    "\"code\":550,\"enhanced\":\"5.7.1\",\"reply\":\"Sender rejected\""
#define WITHHELD                                                               \
    "\"outcome\":\"fault\",\"fault\":\"refused\",\"phase\":\"rcpt\","          \
    "\"code\":550,\"reply\":\"recipient is on our suppression list\""
#define STOPPED "\"outcome\":\"fault\",\"fault\":\"cancelled\""

#define DELIVERED "\"outcome\":\"pass\",\"status\":\"delivered\""
#define QUEUED "\"outcome\":\"unknown\",\"status\":\"queued\""
#define ASKED_TO_WAIT                                                          \
    "\"outcome\":\"unknown\",\"fault\":\"refused\",\"status\":\"transient\","  \
    "\"reply\":\"450 4.7.1 Greylisted, please try again later\",\"http\":200"
#define DEAD                                                                   \
    "\"outcome\":\"fault\",\"fault\":\"refused\",\"status\":\"bounced\","      \
    "\"reply\":\"550 5.1.1 User unknown\",\"http\":200"
#define FILTERED                                                               \
    "\"outcome\":\"fault\",\"fault\":\"refused\",\"status\":\"bounced\","      \
    "\"reply\":\"550 5.7.1 Message rejected as spam\",\"http\":200"

#define INBOX "\"outcome\":\"pass\",\"where\":\"inbox\""
#define SPAM "\"outcome\":\"pass\",\"where\":\"spam\""
#define NOWHERE "\"outcome\":\"unknown\",\"where\":null"
#define SIMILAR "\"outcome\":\"unknown\",\"where\":null,\"similar\":true"
#define SHUT "\"outcome\":\"fault\",\"fault\":\"auth\",\"phase\":\"login\""

#define RETURNED                                                               \
    "\"outcome\":\"fault\",\"fault\":\"refused\",\"action\":\"failed\","       \
    "\"ours\":true,\"reply\":\"552 5.2.2 Mailbox full\",\"code\":552"
#define DELAYED                                                                \
    "\"outcome\":\"unknown\",\"fault\":\"refused\",\"action\":\"delayed\","    \
    "\"ours\":true,\"reply\":\"451 4.3.0 Temporary system problem\""
#define OTHERS                                                                 \
    "\"outcome\":\"fault\",\"fault\":\"refused\",\"action\":\"failed\","       \
    "\"ours\":false,\"reply\":\"550 5.1.1 User unknown\""

static const char *const sends[] = {ACCEPTED, LOST, REFUSED, WITHHELD, STOPPED};
static const char *const watches[] = {NULL,          DELIVERED, QUEUED,
                                      ASKED_TO_WAIT, DEAD,      FILTERED};
static const char *const mailboxes[] = {NULL,    INBOX,   SPAM,
                                        NOWHERE, SIMILAR, SHUT};
static const char *const notices[] = {NULL, RETURNED, DELAYED, OTHERS};
static const char *const people[] = {NULL, "inbox", "spam", "no"};

/* The other two attempts, as far as they may matter to the first. */
static const struct tale others[] = {
    {NULL, NULL, NULL, NULL, NULL}, /* never made */
    {ACCEPTED, DELIVERED, INBOX, NULL, NULL},
    {ACCEPTED, NULL, SPAM, NULL, NULL},
    {ACCEPTED, QUEUED, NOWHERE, NULL, NULL},
    {ACCEPTED, FILTERED, NOWHERE, NULL, NULL},
    {REFUSED, NULL, NULL, NULL, NULL},
    {ACCEPTED, NULL, NULL, NULL, "inbox"},
};

struct end {
    enum probe probe;
    int attempt;
    const char *members;
};

static void push_end(struct trail *trail, const struct end *end)
{
    char line[1024];
    struct event *event;

    snprintf(line, sizeof line, "{\"event\":\"end\",\"seconds\":0.1,%s}",
             end->members);
    event = event_parse(line, strlen(line));
    assert_non_null(event);
    live_mark(event, end->probe, end->attempt);
    trail_push(trail, event);
}

static void push_attempt(struct trail *trail, enum part part, int id)
{
    struct event *event = event_new("attempt");

    event_put_number(event, "attempt", id);
    event_put_text(event, "via", "smtp");
    event_put_text(event, "part", part_name(part));
    event_put_text(event, "from",
                   part == PART_SENDER ? "b@tienda.example"
                                       : "a@tienda.example");
    event_put_text(event, "to",
                   part == PART_FREE ? "ana@correo.example"
                                     : "ana@empresa.example");
    trail_push(trail, event);
}

static void push_person(struct trail *trail, const char *choice)
{
    trail_push(trail, trail_visit_event(&step_ask));
    trail_push(trail,
               trail_choice_event(&step_ask, graph_choice(&step_ask, choice)));
}

static size_t add_look(struct end *looks, size_t count, enum probe probe,
                       int attempt, const char *members)
{
    if (!members)
        return count;
    looks[count] = (struct end){probe, attempt, members};
    return count + 1;
}

/* Any order of the looks, by a number. */
static void shuffle(struct end *looks, size_t count, unsigned order)
{
    for (size_t i = count; i > 1; i--) {
        size_t j = order % i;
        struct end look = looks[i - 1];

        order /= (unsigned)i;
        looks[i - 1] = looks[j];
        looks[j] = look;
    }
}

static struct trail *tell(const struct tale tales[PART_COUNT], int blocked,
                          unsigned order)
{
    struct trail *trail = trail_new();
    struct end looks[3 * PART_COUNT + 1];
    size_t count = 0;
    int id = 0;

    trail_push(trail, trail_visit_event(&step_start));
    for (int part = 0; part < PART_COUNT; part++) {
        const struct tale *tale = &tales[part];

        if (!tale->send)
            continue;
        push_attempt(trail, (enum part)part, ++id);
        push_end(trail, &(struct end){PROBE_SMTP, id, tale->send});
        if (tale->person)
            push_person(trail, tale->person);
        count = add_look(looks, count, PROBE_API_WATCH, id, tale->watch);
        count = add_look(looks, count, PROBE_IMAP, id, tale->mailbox);
        count = add_look(looks, count, PROBE_IMAP_RETURN, id, tale->notice);
    }
    if (blocked >= 0)
        count = add_look(looks, count, PROBE_API_HISTORY, 0,
                         blocked ? "\"outcome\":\"pass\",\"blocked\":true,"
                                   "\"count\":1"
                                 : "\"outcome\":\"pass\",\"blocked\":false,"
                                   "\"count\":0");
    shuffle(looks, count, order);
    for (size_t i = 0; i < count; i++)
        push_end(trail, &looks[i]);
    return trail;
}

static const struct attempt *of_part(const struct trail *trail, enum part part)
{
    size_t count;
    const struct attempt *attempts = trail_attempts(trail, &count);

    while (count-- > 0)
        if (attempts[count].part == part &&
            attempts[count].sent != OUTCOME_NONE)
            return &attempts[count];
    return NULL;
}

static bool is_seen(const struct attempt *attempt)
{
    enum outcome outcome = attempt ? attempt_outcome(attempt) : OUTCOME_NONE;

    return outcome == OUTCOME_IN_INBOX || outcome == OUTCOME_IN_SPAM;
}

static bool is_lost(const struct attempt *attempt)
{
    enum outcome outcome = attempt ? attempt_outcome(attempt) : OUTCOME_NONE;

    return outcome == OUTCOME_NOT_SEEN || outcome == OUTCOME_BOUNCED;
}

/* What a verdict must have in the evidence. */
static bool is_carried(const struct trail *trail, const struct verdict *verdict)
{
    const struct attempt *first = of_part(trail, PART_FIRST);
    const struct attempt *sender = of_part(trail, PART_SENDER);
    const struct attempt *other = of_part(trail, PART_FREE);
    bool waits = first && first->delayed && first->event == OUTCOME_NONE;

    switch (verdict->cause) {
    case CAUSE_UNKNOWN:
        return true;
    case CAUSE_ARRIVED:
        return first && attempt_outcome(first) == OUTCOME_IN_INBOX;
    case CAUSE_ARRIVED_IN_SPAM:
        return first && attempt_outcome(first) == OUTCOME_IN_SPAM;
    case CAUSE_SENDER:
        return is_lost(first) && is_seen(sender) && !waits;
    case CAUSE_RECIPIENT_FILTER:
        return is_lost(first) && is_seen(other) && !is_seen(sender) && !waits;
    case CAUSE_SUPPRESSED:
        return (first && first->cause == CAUSE_SUPPRESSED) ||
               (sender && sender->cause == CAUSE_SUPPRESSED) ||
               (first && trail_history(trail)->blocked &&
                first->event != OUTCOME_DELIVERED);
    default: /* the words of the test itself */
        return first && first->cause == verdict->cause &&
               verdict->attempt == first->id;
    }
}

static bool is_sound(const struct trail *trail, const struct verdict *verdict)
{
    const struct attempt *first = of_part(trail, PART_FIRST);
    const struct attempt *by = trail_attempt(trail, verdict->attempt);
    bool arrived = verdict->cause == CAUSE_ARRIVED ||
                   verdict->cause == CAUSE_ARRIVED_IN_SPAM;

    return verdict->cause < CAUSE_COUNT && verdict->side < SIDE_COUNT &&
           verdict->confidence <= CONFIDENCE_HIGH &&
           verdict->next[0] != T_NONE && is_seen(first) == arrived &&
           (!by || !attempt_contradicts(by) ||
            verdict->confidence == CONFIDENCE_LOW);
}

static bool is_same(const struct verdict *a, const struct verdict *b)
{
    return a->cause == b->cause && a->side == b->side &&
           a->confidence == b->confidence && a->attempt == b->attempt &&
           a->against == b->against && a->why == b->why &&
           a->next[0] == b->next[0];
}

static void check(const struct tale tales[PART_COUNT], int blocked,
                  unsigned order)
{
    struct trail *trail = tell(tales, blocked, 0);
    struct trail *other = tell(tales, blocked, order);
    struct verdict verdict, again;

    judge(&verdict, trail);
    judge(&again, other);
    if (!is_sound(trail, &verdict) || !is_carried(trail, &verdict) ||
        !is_same(&verdict, &again))
        fail_msg("send %s\nwatch %s\nmailbox %s\nnotice %s\nperson %s\n"
                 "blocked %d, order %u: %s (%s), then %s (%s)",
                 tales[0].send, tales[0].watch, tales[0].mailbox,
                 tales[0].notice, tales[0].person, blocked, order,
                 cause_word(verdict.cause), side_word(verdict.side),
                 cause_word(again.cause), side_word(again.side));
    trail_free(trail);
    trail_free(other);
}

/* All of the first attempt, each beside some pairs of the others; pairs and
 * orders are others each time, and the same in each run. */
static void test_every_outcome(void **state)
{
    unsigned order = 1;

    (void)state;
    for (size_t i = 0; i < COUNT(sends) * COUNT(watches) * COUNT(mailboxes) *
                               COUNT(notices) * COUNT(people);
         i++) {
        size_t n = i;
        struct tale tales[PART_COUNT];

        tales[PART_FIRST].send = sends[n % COUNT(sends)];
        n /= COUNT(sends);
        tales[PART_FIRST].watch = watches[n % COUNT(watches)];
        n /= COUNT(watches);
        tales[PART_FIRST].mailbox = mailboxes[n % COUNT(mailboxes)];
        n /= COUNT(mailboxes);
        tales[PART_FIRST].notice = notices[n % COUNT(notices)];
        n /= COUNT(notices);
        tales[PART_FIRST].person = people[n];
        for (size_t o = 0; o < PAIRS; o++) {
            order = order * 1664525u + 1013904223u;
            tales[PART_SENDER] = others[(order >> 8) % COUNT(others)];
            tales[PART_FREE] = others[(order >> 16) % COUNT(others)];
            check(tales, (int)(order >> 20) % 3 - 1, order);
        }
    }
}

static void test_verdict(const struct tale *first, const struct tale *sender,
                         const struct tale *other, struct verdict *verdict)
{
    struct tale tales[PART_COUNT] = {{NULL}, {NULL}, {NULL}};
    struct trail *trail;

    tales[PART_FIRST] = *first;
    if (sender)
        tales[PART_SENDER] = *sender;
    if (other)
        tales[PART_FREE] = *other;
    trail = tell(tales, -1, 0);
    judge(verdict, trail);
    trail_free(trail);
}

static void test_delay_is_not_yet(void **state)
{
    static const struct tale late = {ACCEPTED, ASKED_TO_WAIT, NOWHERE, NULL,
                                     NULL};
    static const struct tale told = {ACCEPTED, QUEUED, NOWHERE, DELAYED, NULL};
    static const struct tale seen = {ACCEPTED, DELIVERED, INBOX, NULL, NULL};
    struct verdict verdict;

    (void)state;
    test_verdict(&late, &seen, &seen, &verdict);
    assert_int_equal(verdict.cause, CAUSE_GREYLISTING);
    assert_int_equal(verdict.side, SIDE_WAIT);
    test_verdict(&told, &seen, NULL, &verdict);
    assert_int_equal(verdict.cause, CAUSE_SYSTEMERROR);
    assert_int_equal(verdict.side, SIDE_WAIT);
}

/* The notice's own words count for more than the service's account. */
static void test_notice(void **state)
{
    static const struct tale both = {ACCEPTED, DEAD, NOWHERE, RETURNED, NULL};
    static const struct tale foreign = {ACCEPTED, QUEUED, NOWHERE, OTHERS,
                                        NULL};
    static const struct tale after = {ACCEPTED, ASKED_TO_WAIT, NOWHERE,
                                      RETURNED, NULL};
    struct verdict verdict;

    (void)state;
    test_verdict(&both, NULL, NULL, &verdict);
    assert_int_equal(verdict.cause, CAUSE_MAILBOXFULL);
    test_verdict(&foreign, NULL, NULL, &verdict);
    assert_int_equal(verdict.cause, CAUSE_UNKNOWN);
    test_verdict(&after, NULL, NULL, &verdict);
    assert_int_equal(verdict.cause, CAUSE_MAILBOXFULL);
}

static void test_contradiction_is_low(void **state)
{
    static const struct tale first = {ACCEPTED, DEAD, NULL, NULL, "inbox"};
    struct verdict verdict;

    (void)state;
    test_verdict(&first, NULL, NULL, &verdict);
    assert_int_equal(verdict.cause, CAUSE_USERUNKNOWN);
    assert_int_equal(verdict.confidence, CONFIDENCE_LOW);
    assert_int_equal(verdict.why, T_RESULT_CONTRADICTION);
}

/* A block that the recipient's own people keep is theirs to lift. */
static void test_side_of_the_words(void **state)
{
    static const struct tale first = {
        "\"outcome\":\"fault\",\"fault\":\"refused\",\"phase\":\"rcpt\","
        "\"code\":550,\"enhanced\":\"5.7.513\","
        "\"reply\":\"Service unavailable, Client host blocked by customer "
        "block list\"",
        NULL, NULL, NULL, NULL};
    struct verdict verdict;

    (void)state;
    test_verdict(&first, NULL, NULL, &verdict);
    assert_int_equal(verdict.cause, CAUSE_BLOCKED);
    assert_int_equal(verdict.side, SIDE_RECIPIENT);
    assert_int_equal(verdict.next[0], T_NEXT_FILTERED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_outcome),
        cmocka_unit_test(test_delay_is_not_yet),
        cmocka_unit_test(test_notice),
        cmocka_unit_test(test_contradiction_is_low),
        cmocka_unit_test(test_side_of_the_words),
    };

    return cmocka_run_group_tests_name("judge_all", tests, NULL, NULL);
}
