/* SPDX-License-Identifier: MIT */
/* What a terminal sends: ends, says only keys, and says the same however its
 * bytes are cut. */
#include "tests/fuzz/fuzz.h"
#include "ui/keys.h"

struct tale {
    struct keys keys;
    uint64_t told;
    bool pasted; /* the last press was */
};

static void listen(struct tale *tale, double now)
{
    struct press press;

    while (keys_next(&tale->keys, now, &press)) {
        HOLDS(press.kind >= PRESS_NONE && press.kind <= PRESS_HELP);
        if (press.kind == PRESS_CHAR)
            HOLDS(press.code <= 0x10ffff && (press.code >> 11) != 0x1b &&
                  (press.pasted || (press.code >= 0x20 && press.code != 0x7f)));
        if (press.kind == PRESS_CTRL)
            HOLDS(press.code >= 'A' && press.code <= 'Z');
        if (press.pasted)
            HOLDS(press.kind == PRESS_CHAR || press.kind == PRESS_NONE);
        /* What means nothing may come in any number of pieces. */
        if (press.kind == PRESS_NONE)
            continue;
        tale->told = mix(tale->told, &press.kind, sizeof(press.kind));
        if (press.kind == PRESS_CHAR || press.kind == PRESS_CTRL)
            tale->told = mix(tale->told, &press.code, sizeof(press.code));
    }
}

/* Bytes that come all at once, then silence until nothing is left. */
static uint64_t tell(const uint8_t *data, size_t size, size_t step, bool latin)
{
    struct tale tale = {.told = 0};
    double now = 1, left;

    keys_init(&tale.keys, 0.05, latin);
    while (size > 0) {
        unsigned char *at;
        size_t room = keys_room(&tale.keys, &at);
        size_t part = size < step ? size : step;

        HOLDS(room > 0);
        part = part < room ? part : room;
        memcpy(at, data, part);
        keys_filled(&tale.keys, part, now);
        data += part;
        size -= part;
        listen(&tale, now);
    }
    for (int i = 0; (left = keys_left(&tale.keys, now)) >= 0; i++) {
        HOLDS(i < 8);
        now += left;
        listen(&tale, now);
    }
    HOLDS(tale.keys.filled == 0);
    return tale.told;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 1)
        HOLDS(tell(data + 1, size - 1, size, data[0] & 1) ==
              tell(data + 1, size - 1, 1 + (data[0] >> 1) % 8, data[0] & 1));
    return 0;
}
