/* SPDX-License-Identifier: MIT */
/* The help of every step, as a table. */
#include "steps/guide.h"

#include "steps/steps.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define WORDS_MAX 8

/* clang-format off */

static const struct guide {
    const struct step *step;
    enum text_id purpose, happens;
    enum text_id words[WORDS_MAX]; /* ends with T_NONE */
} guides[] = {
    {&step_door, T_GUIDE_DOOR, T_GUIDE_DOOR_NEXT,
     {T_WORD_SESSION, T_WORD_SENDER, T_WORD_RECIPIENT}},
    {&step_door_unknown, T_GUIDE_DOOR, T_GUIDE_DOOR_NEXT, {T_WORD_SESSION}},
    {&step_door_key, T_GUIDE_DOOR_SECRET, T_GUIDE_DOOR_SECRET_NEXT,
     {T_WORD_KEY, T_WORD_SESSION}},
    {&step_door_password, T_GUIDE_DOOR_SECRET, T_GUIDE_DOOR_SECRET_NEXT,
     {T_WORD_SMTP, T_WORD_SESSION}},
    {&step_door_mail, T_GUIDE_DOOR_SECRET, T_GUIDE_DOOR_SECRET_NEXT,
     {T_WORD_IMAP, T_WORD_SESSION}},
    {&step_start, T_GUIDE_START, T_GUIDE_START_NEXT,
     {T_WORD_API, T_WORD_SMTP, T_WORD_SERVICE}},
    {&step_who, T_GUIDE_WHO, T_GUIDE_WHO_NEXT,
     {T_WORD_SENDER, T_WORD_RECIPIENT, T_WORD_DOMAIN}},
    {&step_access_api, T_GUIDE_ACCESS_API, T_GUIDE_ACCESS_API_NEXT,
     {T_WORD_API, T_WORD_KEY}},
    {&step_access_smtp, T_GUIDE_ACCESS_SMTP, T_GUIDE_ACCESS_SMTP_NEXT,
     {T_WORD_SMTP, T_WORD_SERVER, T_WORD_SECURE}},
    {&step_mailbox, T_GUIDE_MAILBOX, T_GUIDE_MAILBOX_NEXT,
     {T_WORD_IMAP, T_WORD_SERVER, T_WORD_SECURE, T_WORD_SPAM}},
    {&step_mailbox_closed, T_GUIDE_MAILBOX, T_GUIDE_MAILBOX_CLOSED_NEXT,
     {T_WORD_CODE, T_WORD_SPAM}},
    {&step_earlier, T_GUIDE_EARLIER, T_GUIDE_EARLIER_NEXT,
     {T_WORD_SERVICE, T_WORD_BOUNCE, T_WORD_HARD}},
    {&step_api_confirm, T_GUIDE_API, T_GUIDE_CONFIRM_NEXT,
     {T_WORD_API, T_WORD_SENDER, T_WORD_RECIPIENT}},
    {&step_api_send, T_GUIDE_SEND, T_GUIDE_SEND_NEXT,
     {T_WORD_API, T_WORD_CODE, T_WORD_HARD, T_WORD_SPAM}},
    {&step_smtp_confirm, T_GUIDE_SMTP, T_GUIDE_CONFIRM_NEXT,
     {T_WORD_SMTP, T_WORD_SERVER, T_WORD_SENDER, T_WORD_RECIPIENT}},
    {&step_smtp_send, T_GUIDE_SEND, T_GUIDE_SEND_NEXT,
     {T_WORD_SMTP, T_WORD_CODE, T_WORD_HARD, T_WORD_SPAM,
      T_WORD_GREYLISTING}},
    {&step_manual, T_GUIDE_MANUAL, T_GUIDE_MANUAL_NEXT,
     {T_WORD_CODE, T_WORD_SENDER, T_WORD_RECIPIENT}},
    {&step_ask, T_GUIDE_ASK, T_GUIDE_ASK_NEXT,
     {T_WORD_CODE, T_WORD_SPAM, T_WORD_QUARANTINE, T_WORD_NOTICE}},
    {&step_later, T_GUIDE_WAIT, T_GUIDE_LATER_NEXT,
     {T_WORD_GREYLISTING, T_WORD_CODE}},
    {&step_wait, T_GUIDE_WAIT, T_GUIDE_WAIT_NEXT,
     {T_WORD_GREYLISTING, T_WORD_CODE}},
    {&step_notice, T_GUIDE_NOTICE, T_GUIDE_NOTICE_NEXT,
     {T_WORD_NOTICE, T_WORD_BOUNCE}},
    {&step_returned, T_GUIDE_RETURNED, T_GUIDE_RETURNED_NEXT,
     {T_WORD_NOTICE, T_WORD_HARD, T_WORD_SOFT, T_WORD_FILTER,
      T_WORD_BLOCKLIST}},
    {&step_copy, T_GUIDE_COPY, T_GUIDE_COPY_NEXT,
     {T_WORD_HEADER, T_WORD_FILTER}},
    {&step_copy_read, T_GUIDE_COPY_READ, T_GUIDE_COPY_READ_NEXT,
     {T_WORD_SPF, T_WORD_DKIM, T_WORD_DMARC, T_WORD_FILTER}},
    {&step_history, T_GUIDE_HISTORY, T_GUIDE_HISTORY_NEXT,
     {T_WORD_BOUNCE, T_WORD_HARD, T_WORD_SOFT, T_WORD_UNBLOCK}},
    {&step_unblock, T_GUIDE_UNBLOCK, T_GUIDE_UNBLOCK_NEXT,
     {T_WORD_UNBLOCK, T_WORD_HARD, T_WORD_REPUTATION}},
    {&step_retype, T_GUIDE_RETYPE, T_GUIDE_RETYPE_NEXT,
     {T_WORD_UNBLOCK, T_WORD_RECIPIENT}},
    {&step_unblock_send, T_GUIDE_UNBLOCK_SEND, T_GUIDE_UNBLOCK_SEND_NEXT,
     {T_WORD_UNBLOCK, T_WORD_CODE, T_WORD_HARD}},
    {&step_remedy, T_GUIDE_REMEDY, T_GUIDE_REMEDY_NEXT,
     {T_WORD_KEY, T_WORD_SENDER, T_WORD_SERVICE}},
    {&step_sender, T_GUIDE_SENDER, T_GUIDE_SENDER_NEXT,
     {T_WORD_SENDER, T_WORD_HARD, T_WORD_REPUTATION}},
    {&step_sender_confirm, T_GUIDE_SENDER, T_GUIDE_CONFIRM_NEXT,
     {T_WORD_SENDER, T_WORD_RECIPIENT}},
    {&step_sender_send, T_GUIDE_SENDER, T_GUIDE_SEND_NEXT,
     {T_WORD_SENDER, T_WORD_CODE, T_WORD_SPAM}},
    {&step_sender_past, T_GUIDE_SENDER_PAST, T_GUIDE_SENDER_PAST_NEXT,
     {T_WORD_BOUNCE, T_WORD_HARD, T_WORD_SOFT, T_WORD_REPUTATION}},
    {&step_free, T_GUIDE_FREE, T_GUIDE_FREE_NEXT,
     {T_WORD_FREE, T_WORD_FILTER, T_WORD_GATEWAY, T_WORD_QUARANTINE}},
    {&step_free_confirm, T_GUIDE_FREE, T_GUIDE_CONFIRM_NEXT,
     {T_WORD_FREE, T_WORD_RECIPIENT}},
    {&step_free_send, T_GUIDE_FREE, T_GUIDE_SEND_NEXT,
     {T_WORD_FREE, T_WORD_CODE, T_WORD_SPAM}},
    {&step_recheck, T_GUIDE_RECHECK, T_GUIDE_RECHECK_NEXT,
     {T_WORD_GREYLISTING, T_WORD_CODE}},
    {&step_verdict, T_GUIDE_VERDICT, T_GUIDE_VERDICT_NEXT,
     {T_WORD_HARD, T_WORD_FILTER, T_WORD_GATEWAY, T_WORD_SPF, T_WORD_DKIM,
      T_WORD_DMARC, T_WORD_BLOCKLIST}},
    {&step_letter_recipient, T_GUIDE_LETTER, T_GUIDE_LETTER_NEXT,
     {T_WORD_FILTER, T_WORD_GATEWAY, T_WORD_QUARANTINE, T_WORD_DKIM}},
    {&step_letter_domain, T_GUIDE_LETTER, T_GUIDE_LETTER_NEXT,
     {T_WORD_DOMAIN, T_WORD_DNS, T_WORD_SPF, T_WORD_DKIM, T_WORD_DMARC}},
    {&step_handover, T_GUIDE_HANDOVER, T_GUIDE_HANDOVER_NEXT,
     {T_WORD_SUPPORT, T_WORD_CODE}},
    {&step_handover_confirm, T_GUIDE_HANDOVER, T_GUIDE_HANDOVER_CONFIRM_NEXT,
     {T_WORD_SUPPORT, T_WORD_SENDER}},
    {&step_handed, T_GUIDE_HANDOVER, T_GUIDE_HANDED_NEXT,
     {T_WORD_SUPPORT, T_WORD_CODE}},
    {&step_contact, T_GUIDE_CONTACT, T_GUIDE_CONTACT_NEXT,
     {T_WORD_SUPPORT, T_WORD_CODE}},
};

/* From what everybody meets to what specialists say. */
static const enum text_id glossary[] = {
    T_WORD_SENDER, T_WORD_RECIPIENT, T_WORD_DOMAIN, T_WORD_SERVER,
    T_WORD_SERVICE, T_WORD_API, T_WORD_SMTP, T_WORD_IMAP, T_WORD_KEY,
    T_WORD_SECURE, T_WORD_HEADER,
    T_WORD_CODE, T_WORD_BOUNCE, T_WORD_HARD, T_WORD_SOFT, T_WORD_NOTICE,
    T_WORD_UNBLOCK, T_WORD_SPAM, T_WORD_FILTER, T_WORD_QUARANTINE,
    T_WORD_GATEWAY, T_WORD_BLOCKLIST, T_WORD_GREYLISTING, T_WORD_REPUTATION,
    T_WORD_FREE, T_WORD_SESSION, T_WORD_DNS, T_WORD_SPF, T_WORD_DKIM, T_WORD_DMARC,
    T_WORD_SUPPORT,
};

/* clang-format on */

static const struct guide *find(const struct step *step)
{
    for (size_t i = 0; i < COUNT(guides); i++)
        if (guides[i].step == step)
            return &guides[i];
    return NULL;
}

static bool is_own(const struct guide *guide, enum text_id word)
{
    for (size_t i = 0; guide && i < WORDS_MAX; i++)
        if (guide->words[i] == word)
            return true;
    return false;
}

size_t guide_step(const struct step *step, struct guide_line lines[GUIDE_MAX])
{
    const struct guide *guide = find(step);
    size_t count = 0;

    if (!guide)
        return 0;
    lines[count++] = (struct guide_line){GUIDE_HEADING, T_GUIDE_PURPOSE};
    lines[count++] = (struct guide_line){GUIDE_TEXT, guide->purpose};
    lines[count++] = (struct guide_line){GUIDE_HEADING, T_GUIDE_HAPPENS};
    lines[count++] = (struct guide_line){GUIDE_TEXT, guide->happens};
    lines[count++] = (struct guide_line){GUIDE_HEADING, T_GUIDE_WORDS};
    for (size_t i = 0; i < WORDS_MAX && guide->words[i] != T_NONE; i++)
        lines[count++] = (struct guide_line){GUIDE_WORD, guide->words[i]};
    return count;
}

size_t guide_words(const struct step *step, struct guide_line lines[GUIDE_MAX])
{
    const struct guide *guide = step ? find(step) : NULL;
    size_t count = 0;

    lines[count++] = (struct guide_line){
        GUIDE_HEADING, guide ? T_GUIDE_OTHER_WORDS : T_GUIDE_GLOSSARY};
    for (size_t i = 0; i < COUNT(glossary); i++)
        if (!is_own(guide, glossary[i]))
            lines[count++] = (struct guide_line){GUIDE_WORD, glossary[i]};
    return count;
}
