/* SPDX-License-Identifier: MIT */
/* What becomes of a mail in the practice world, at any moment that is asked
 * for: nothing here waits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "net/practice/trace.h"
#include "net/practice/world.h"

static void names_are_sixteen(void **state)
{
    (void)state;
    assert_int_equal(SCENARIO_NONE, 16);
    assert_int_equal(scenario_from(NULL), SCENARIO_ARRIVES);
    assert_int_equal(scenario_from(""), SCENARIO_ARRIVES);
    assert_int_equal(scenario_from("Arrives"), SCENARIO_NONE);
    assert_null(scenario_name(SCENARIO_NONE));
    for (int i = 0; i < SCENARIO_NONE; i++)
        assert_int_equal(scenario_from(scenario_name((enum scenario)i)), i);
}

static void equals_point_both_ways(void **state)
{
    (void)state;
    for (int i = 0; i < SCENARIO_NONE; i++) {
        enum scenario scenario = (enum scenario)i;
        enum channel own = scenario_channel(scenario);
        enum channel other = own == CHANNEL_API ? CHANNEL_SMTP : CHANNEL_API;
        enum scenario equal = scenario_over(scenario, other);

        assert_int_equal(scenario_over(scenario, own), scenario);
        if (equal != SCENARIO_NONE && equal != scenario) {
            assert_int_equal(scenario_channel(equal), other);
            assert_int_equal(scenario_over(equal, own), scenario);
        }
    }
    assert_int_equal(scenario_over(SCENARIO_HARD_BOUNCE, CHANNEL_SMTP),
                     SCENARIO_HARD_BOUNCE_SMTP);
    assert_int_equal(scenario_over(SCENARIO_NO_CREDITS, CHANNEL_SMTP),
                     SCENARIO_NONE);
}

static void begin(struct world *world, enum scenario scenario)
{
    struct error err;

    assert_int_equal(world_init(world, scenario, &err), 0);
}

static const struct message *hand_in(struct world *world, const char *from,
                                     const char *to, bool smtp, double now)
{
    struct seated people = {.seat = SEAT_TO};
    struct draft draft = {.smtp = smtp,
                          .people = &people,
                          .people_count = 1,
                          .subject = "s",
                          .tag = "",
                          .stream = "outbound",
                          .raw = "Subject: s\r\n\r\nx\r\n",
                          .raw_length = 17};

    snprintf(people.person.address, sizeof(people.person.address), "%s", to);
    snprintf(draft.from.address, sizeof(draft.from.address), "%s", from);
    assert_int_equal(draw_uuid(draft.id), 0);
    assert_int_equal(world_submit(world, &draft, now), 0);
    return world_message(world, draft.id);
}

static size_t count_in(const struct world *world, const char *address,
                       enum folder folder, double now)
{
    const struct copy *copy = NULL;
    size_t count = 0;

    while ((copy = world_next_copy(world, address, folder, now, copy)) != NULL)
        count++;
    return count;
}

/* i: inbox, j: junk, n: nowhere, b: bounced; for both senders to the contact,
 * then for both to the free mailbox. */
static const struct {
    enum scenario scenario;
    const char *fates;
} fates[] = {
    {SCENARIO_ARRIVES, "iiii"},          {SCENARIO_SPAM_FOLDER, "jjii"},
    {SCENARIO_SENDER_BLOCKED, "nini"},   {SCENARIO_CORPORATE_FILTER, "nnii"},
    {SCENARIO_CORPORATE_REJECT, "bbii"}, {SCENARIO_USER_UNKNOWN, "bbii"},
    {SCENARIO_MAILBOX_FULL, "bbii"},     {SCENARIO_GREYLISTED, "iiii"},
    {SCENARIO_NOTHING_ARRIVES, "nnnn"},
};

static char fate_seen(enum scenario scenario, const char *from, const char *to)
{
    struct world world;
    const struct message *message;
    struct told told[2];
    size_t count;
    char seen = 'n';

    begin(&world, scenario);
    message = hand_in(&world, from, to, true, 0);
    assert_non_null(message);
    count = message_events(message, &message->recipients[0], 9, told);
    assert_true(count >= 1);
    if (told[count - 1].kind == TOLD_BOUNCED)
        seen = 'b';
    else if (count_in(&world, to, FOLDER_INBOX, 9) == 1)
        seen = 'i';
    else if (count_in(&world, to, FOLDER_JUNK, 9) == 1)
        seen = 'j';
    assert_int_equal(world.copy_count, seen == 'i' || seen == 'j');
    assert_int_equal(
        bounces_find(&world.bounces, message->recipients[0].bounce, 9) != NULL,
        seen == 'b');
    world_release(&world);
    return seen;
}

static void fates_follow_the_table(void **state)
{
    static const char *const from[] = {PLOT_FROM, PLOT_OTHER_FROM};
    static const char *const to[] = {PLOT_TO, PLOT_FREE_TO};

    (void)state;
    for (size_t i = 0; i < sizeof(fates) / sizeof(*fates); i++)
        for (int k = 0; k < 4; k++)
            assert_int_equal(
                fate_seen(fates[i].scenario, from[k % 2], to[k / 2]),
                fates[i].fates[k]);
}

static void fates_concern_address_or_domain(void **state)
{
    (void)state;
    assert_int_equal(
        fate_seen(SCENARIO_USER_UNKNOWN, PLOT_FROM, "eva@empresa.example"),
        'i');
    assert_int_equal(
        fate_seen(SCENARIO_CORPORATE_FILTER, PLOT_FROM, "eva@Empresa.example"),
        'n');
    assert_int_equal(
        fate_seen(SCENARIO_USER_UNKNOWN, PLOT_FROM, "Ana@Empresa.Example"),
        'b');
}

static void a_mail_takes_its_time(void **state)
{
    struct world world;
    const struct message *message;
    const struct recipient *recipient;
    struct told told[2];

    (void)state;
    begin(&world, SCENARIO_ARRIVES);
    message = hand_in(&world, PLOT_FROM, PLOT_TO, false, 10);
    recipient = &message->recipients[0];
    assert_true(message_is_queued(message, 10.19));
    assert_int_equal(message_events(message, recipient, 10.19, told), 0);
    assert_false(message_is_queued(message, 10.21));
    assert_int_equal(message_events(message, recipient, 10.21, told), 1);
    assert_int_equal(told[0].kind, TOLD_DELIVERED);
    assert_int_equal(count_in(&world, PLOT_TO, FOLDER_INBOX, 10.29), 0);
    assert_int_equal(count_in(&world, PLOT_TO, FOLDER_INBOX, 10.31), 1);
    assert_int_equal(count_in(&world, PLOT_TO, FOLDER_JUNK, 10.31), 0);
    assert_int_equal(count_in(&world, PLOT_FREE_TO, FOLDER_INBOX, 10.31), 0);
    world_release(&world);
}

static void a_greylisted_mail_is_put_off(void **state)
{
    struct world world;
    const struct message *message;
    struct told told[2];

    (void)state;
    begin(&world, SCENARIO_GREYLISTED);
    message = hand_in(&world, PLOT_FROM, PLOT_TO, true, 0);
    assert_int_equal(message_events(message, message->recipients, 0.3, told),
                     1);
    assert_int_equal(told[0].kind, TOLD_TRANSIENT);
    assert_int_equal(count_in(&world, PLOT_TO, FOLDER_INBOX, 1.2), 0);
    assert_int_equal(message_events(message, message->recipients, 1.3, told),
                     2);
    assert_int_equal(told[1].kind, TOLD_DELIVERED);
    assert_true(told[0].at < told[1].at);
    assert_int_equal(count_in(&world, PLOT_TO, FOLDER_INBOX, 1.4), 1);
    world_release(&world);
}

/* A mail that was put off lands after one that was sent later, and uids go by
 * landing: what a client has seen once never moves. */
static void uids_ascend_with_landing(void **state)
{
    struct world world;
    const struct message *first, *second;
    const struct copy *copy;

    (void)state;
    begin(&world, SCENARIO_GREYLISTED);
    first = hand_in(&world, PLOT_FROM, PLOT_TO, true, 0);
    second = hand_in(&world, PLOT_FROM, PLOT_FREE_TO, true, 0.5);
    copy = world_next_copy(&world, PLOT_FREE_TO, FOLDER_INBOX, 0.9, NULL);
    assert_ptr_equal(copy->message, second);
    assert_int_equal(copy->uid, 1);
    assert_int_equal(world_landed(&world, 0.9), 1);
    copy = world_next_copy(&world, PLOT_TO, FOLDER_INBOX, 1.4, NULL);
    assert_ptr_equal(copy->message, first);
    assert_int_equal(copy->uid, 2);
    assert_int_equal(world_landed(&world, 1.4), 2);
    world_release(&world);
}

static void an_inactive_contact_gets_nothing(void **state)
{
    struct world world;
    const struct bounce *seen[4];

    (void)state;
    begin(&world, SCENARIO_HARD_BOUNCE);
    assert_true(bounces_block(&world.bounces, "ANA@empresa.example", 0));
    assert_false(bounces_block(&world.bounces, PLOT_FREE_TO, 0));
    assert_int_equal(bounces_inactive(&world.bounces, 0), 1);
    assert_null(hand_in(&world, PLOT_FROM, PLOT_TO, false, 1));
    assert_int_equal(bounces_seen(&world.bounces, 2, seen, 4), 1);

    /* By SMTP it is dropped, and only the history tells so. */
    assert_null(hand_in(&world, PLOT_FROM, PLOT_TO, true, 1));
    assert_int_equal(bounces_seen(&world.bounces, 2, seen, 4), 2);
    assert_int_equal(seen[0]->type, BOUNCE_SMTP_API);
    assert_non_null(
        strstr(seen[0]->details, "Found inactive addresses: " PLOT_TO "."));
    assert_int_equal(seen[1]->type, BOUNCE_HARD);
    assert_non_null(strstr(seen[1]->details, "550 5.1.1 <" PLOT_TO ">"));
    assert_true(seen[1]->at < -86400);
    assert_int_equal(world.copy_count, 0);
    world_release(&world);
}

static void an_activated_contact_gets_mail(void **state)
{
    struct world world;

    (void)state;
    begin(&world, SCENARIO_HARD_BOUNCE);
    bounces_activate(&world.bounces, PLOT_TO, 0);
    assert_false(bounces_block(&world.bounces, PLOT_TO, 0));
    assert_non_null(hand_in(&world, PLOT_FROM, PLOT_TO, false, 1));
    assert_int_equal(count_in(&world, PLOT_TO, FOLDER_INBOX, 2), 1);
    world_release(&world);
}

static void a_hard_bounce_blocks_once_it_is_known(void **state)
{
    struct world world;
    const struct message *message;
    struct bounce *bounce;

    (void)state;
    begin(&world, SCENARIO_USER_UNKNOWN);
    message = hand_in(&world, PLOT_FROM, PLOT_TO, false, 0);
    assert_false(bounces_block(&world.bounces, PLOT_TO, 0.19));
    assert_null(
        bounces_find(&world.bounces, message->recipients[0].bounce, 0.19));
    assert_true(bounces_block(&world.bounces, PLOT_TO, 0.21));
    bounce = bounces_find(&world.bounces, message->recipients[0].bounce, 0.21);
    assert_string_equal(bounce->message_id, message->id);
    assert_null(hand_in(&world, PLOT_OTHER_FROM, PLOT_TO, false, 1));
    /* An address that is still wrong is blocked again. */
    bounces_activate(&world.bounces, PLOT_TO, 2);
    assert_non_null(hand_in(&world, PLOT_FROM, PLOT_TO, false, 2));
    assert_true(bounces_block(&world.bounces, PLOT_TO, 2.3));
    world_release(&world);
}

static void soft_and_policy_bounces_do_not_block(void **state)
{
    static const enum scenario scenarios[] = {SCENARIO_MAILBOX_FULL,
                                              SCENARIO_CORPORATE_REJECT};

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct world world;

        begin(&world, scenarios[i]);
        hand_in(&world, PLOT_FROM, PLOT_TO, true, 0);
        assert_int_equal(world.bounces.count, 1);
        assert_false(bounces_block(&world.bounces, PLOT_TO, 1));
        world_release(&world);
    }
}

static void a_blocked_sender_has_a_history(void **state)
{
    struct world world;
    const struct bounce *seen[16];
    size_t count, hard = 0;

    (void)state;
    begin(&world, SCENARIO_SENDER_BLOCKED);
    count = bounces_seen(&world.bounces, 0, seen, 16);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(seen[i]->from, PLOT_FROM);
        assert_string_not_equal(seen[i]->to, PLOT_TO);
        hard += bounce_kind(seen[i]->type)->blocks;
        if (i > 0)
            assert_true(seen[i - 1]->at >= seen[i]->at);
    }
    assert_true(hard >= 3);
    world_release(&world);
}

static void a_full_world_says_so(void **state)
{
    struct seated people[PEOPLE_MAX + 1] = {{.seat = SEAT_TO}};
    struct draft draft = {.people = people,
                          .people_count = PEOPLE_MAX + 1,
                          .subject = "",
                          .tag = "",
                          .stream = "",
                          .raw = "",
                          .raw_length = 0};
    struct world world;

    (void)state;
    begin(&world, SCENARIO_ARRIVES);
    assert_int_equal(world_submit(&world, &draft, 0), -1);
    for (int i = 0; i < MESSAGES_MAX; i++)
        assert_non_null(hand_in(&world, PLOT_FROM, PLOT_TO, false, i));
    draft.people_count = 1;
    assert_int_equal(world_submit(&world, &draft, 600), -1);
    assert_int_equal(count_in(&world, PLOT_TO, FOLDER_INBOX, 600),
                     MESSAGES_MAX);
    world_release(&world);
}

static void a_copy_shows_its_way(void **state)
{
    struct world world;
    const struct copy *copy;
    char value[FIELD_MAX];
    size_t length;
    char *text;

    (void)state;
    begin(&world, SCENARIO_SPAM_FOLDER);
    hand_in(&world, PLOT_FROM, PLOT_TO, false, 0);
    copy = world_next_copy(&world, PLOT_TO, FOLDER_JUNK, 1, NULL);
    text = trace_copy(&world, copy, &length);
    assert_non_null(text);
    assert_true(
        letter_field(text, length, "Return-Path", value, sizeof(value)));
    assert_string_equal(value, "<" PLOT_FROM ">");
    assert_true(letter_field(text, length, "Received", value, sizeof(value)));
    assert_non_null(strstr(value, "by mx1.empresa.example"));
    assert_true(letter_field(text, length, "Authentication-Results", value,
                             sizeof(value)));
    assert_non_null(strstr(value, "dmarc=fail"));
    assert_true(letter_field(text, length, "Subject", value, sizeof(value)));
    assert_string_equal(text + length - 3, "x\r\n");
    free(text);
    world_release(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_sixteen),
        cmocka_unit_test(equals_point_both_ways),
        cmocka_unit_test(fates_follow_the_table),
        cmocka_unit_test(fates_concern_address_or_domain),
        cmocka_unit_test(a_mail_takes_its_time),
        cmocka_unit_test(a_greylisted_mail_is_put_off),
        cmocka_unit_test(uids_ascend_with_landing),
        cmocka_unit_test(an_inactive_contact_gets_nothing),
        cmocka_unit_test(an_activated_contact_gets_mail),
        cmocka_unit_test(a_hard_bounce_blocks_once_it_is_known),
        cmocka_unit_test(soft_and_policy_bounces_do_not_block),
        cmocka_unit_test(a_blocked_sender_has_a_history),
        cmocka_unit_test(a_full_world_says_so),
        cmocka_unit_test(a_copy_shows_its_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
