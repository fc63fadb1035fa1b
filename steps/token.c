/* SPDX-License-Identifier: MIT */
#include "steps/token.h"

#include <stdio.h>
#include <sys/random.h>

/* Nothing that is mistaken for its neighbour when read aloud or off paper. */
static const char alphabet[] = "34679ACDEFGHJKMNPQRTWXY";
#define LETTERS (sizeof alphabet - 1)

int token_draw(char token[TOKEN_MAX], char code[CODE_MAX], struct error *err)
{
    unsigned char random[22];

    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        return error_set(err, "the system gives no random bytes");
    for (size_t i = 0; i < 16; i++)
        snprintf(token + 2 * i, TOKEN_MAX - 2 * i, "%02x", random[i]);
    for (size_t i = 0; i < 6; i++)
        code[i < 3 ? i : i + 1] = alphabet[random[16 + i] % LETTERS];
    code[3] = '-';
    code[7] = '\0';
    return 0;
}
