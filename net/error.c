/* SPDX-License-Identifier: MIT */
/* Our own faults, as opposed to the world's: a fixed-size sentence. */
#include "net/error.h"

#include <stdarg.h>
#include <stdio.h>

int error_set(struct error *err, const char *format, ...)
{
    if (err) {
        va_list args;

        va_start(args, format);
        if (vsnprintf(err->text, sizeof(err->text), format, args) < 0)
            err->text[0] = '\0';
        va_end(args);
    }
    return -1;
}
