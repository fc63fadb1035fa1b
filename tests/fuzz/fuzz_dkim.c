/* SPDX-License-Identifier: MIT */
/* Keys of DKIM: what is called sound has a length that a key can have. */
#include "net/dkim_key.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dkim_key key;

    dkim_key_read(&key, (const char *)data, size);
    HOLDS(key.flaw < DKIM_FLAW_COUNT);
    HOLDS((dkim_flaw_word(key.flaw) == NULL) == (key.flaw == DKIM_FLAW_NONE));
    if (key.flaw == DKIM_FLAW_NONE) {
        HOLDS(key.bits >= 256 && key.bits <= 8 * size);
        HOLDS(key.type == DKIM_ED25519 || key.bits >= 1024);
    }
    return 0;
}
