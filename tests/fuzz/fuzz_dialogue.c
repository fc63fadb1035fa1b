/* SPDX-License-Identifier: MIT */
/* What an SMTP server says, as replies, however its packets are cut. */
#include "net/dialogue.h"
#include "tests/fuzz/fuzz.h"

static void check_judgement(const struct reply *reply)
{
    for (enum phase phase = PHASE_GREETING; phase <= PHASE_QUIT; phase++) {
        enum fault fault = dialogue_judge(phase, reply);

        if (reply->code >= 400)
            HOLDS(fault == FAULT_REFUSED ||
                  (fault == FAULT_AUTH && phase == PHASE_AUTH));
        else
            HOLDS(fault == FAULT_NONE || fault == FAULT_PROTOCOL);
    }
}

static uint64_t mix_reply(uint64_t hash, const struct dialogue *dialogue)
{
    struct reply reply;
    unsigned part[3];
    char rest;

    dialogue_reply(dialogue, &reply);
    HOLDS(reply.code >= 200 && reply.code <= 599);
    HOLDS(reply.lines >= 1 && reply.lines <= DIALOGUE_LINES_MAX);
    HOLDS(is_text(reply.text));
    if (reply.enhanced[0])
        HOLDS(sscanf(reply.enhanced, "%1u.%3u.%3u%c", &part[0], &part[1],
                     &part[2], &rest) == 3);
    check_judgement(&reply);
    hash = mix(hash, &reply.code, sizeof(reply.code));
    hash = mix(hash, reply.enhanced, strlen(reply.enhanced));
    return mix(hash, reply.text, strlen(reply.text));
}

/* All that is told of these bytes where they come `step` at a time. */
static uint64_t tell(const char *bytes, size_t length, size_t step)
{
    struct dialogue dialogue;
    enum dialogue_news news = DIALOGUE_MORE;
    uint64_t told = 0;
    const char *cut;

    dialogue_init(&dialogue);
    for (size_t at = 0; at < length && news != DIALOGUE_BROKEN;) {
        size_t part = length - at < step ? length - at : step, said;
        size_t used = dialogue_take(&dialogue, bytes + at, part, &news);
        const char *line = dialogue_line(&dialogue, &said);

        HOLDS(used <= part && (used > 0 || news == DIALOGUE_BROKEN));
        HOLDS(said <= DIALOGUE_LINE_MAX);
        HOLDS((news == DIALOGUE_BROKEN) == (dialogue_broken(&dialogue) != 0));
        at += used;
        if (news != DIALOGUE_MORE)
            told = mix(mix(told, &news, sizeof(news)), line, said);
        if (news == DIALOGUE_REPLY)
            told = mix_reply(told, &dialogue);
    }
    cut = dialogue_cut(&dialogue);
    return cut ? mix(told, cut, strlen(cut)) : told;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data + 1;

    if (size > 1)
        HOLDS(tell(bytes, size - 1, size) ==
              tell(bytes, size - 1, 1 + data[0] % 16));
    return 0;
}
