/* SPDX-License-Identifier: MIT */
/* Randomness from the kernel. */
#include "net/practice/draw.h"

#include <stddef.h>
#include <stdio.h>
#include <sys/random.h>

int draw_uuid(char uuid[UUID_SIZE])
{
    unsigned char b[16];

    if (getentropy(b, sizeof(b)) != 0)
        return -1;
    b[6] = (b[6] & 0x0f) | 0x40;
    b[8] = (b[8] & 0x3f) | 0x80;
    snprintf(uuid, UUID_SIZE,
             "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-"
             "%02x%02x%02x%02x%02x%02x",
             b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10],
             b[11], b[12], b[13], b[14], b[15]);
    return 0;
}

int draw_password(char password[PASSWORD_SIZE])
{
    static const char signs[] = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQ"
                                "RSTUVWXYZ23456789abcdefg";
    unsigned char b[PASSWORD_SIZE - 1];

    if (getentropy(b, sizeof(b)) != 0)
        return -1;
    for (size_t i = 0; i < sizeof(b); i++)
        password[i] = signs[b[i] % 64];
    password[sizeof(b)] = '\0';
    return 0;
}
